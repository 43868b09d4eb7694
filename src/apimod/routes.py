"""The router graph: facts, evaluated, become routers, mounts and routes; a walk gives endpoints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from apimod.conditions import Conditions
from apimod.evaluate import Evaluator
from apimod.graph import Mount, Order, Route, RouterNode, Served, Use
from apimod.guards import Guards
from apimod.handlers import Handlers
from apimod.interpret import Settings
from apimod.languages import forms
from apimod.match import Fact, find_facts, select
from apimod.meaning import RouterMeaning
from apimod.model import Endpoint, Unresolved
from apimod.values import (
    At,
    Constant,
    DictValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    Router,
    Text,
    Unknown,
    Value,
)
from apimod.walk_graph import Walk

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.pack import Unit

HANGING = ("router", "group", "mount", "route", "middleware")
READ = ("on", "path", "methods", "target")
"""The parts of a fact that decide where it hangs."""


class RouterGraph:
    """The routers of one project in one language, and what they serve.

    ``paths`` are the project's own files, tests left out; imports may lead to any file of ``code``.
    """

    def __init__(
        self, code: Codebase, units: Sequence[Unit], paths: Iterable[str], project: str = ""
    ) -> None:
        self.code = code
        self.project = project
        self.units = {u.name: u for u in units}
        self.facts = find_facts(code, units, paths)
        frameworks = [u for u in units if u.kind == "framework"]
        self.meaning = RouterMeaning(frameworks, self.facts)
        self.evaluator = Evaluator(code, self.meaning, settings_of(units))
        self.meaning.ev = self.evaluator
        self.conditions = Conditions(self.evaluator)
        self.handlers = Handlers(self.evaluator)
        self.guards = Guards(self.evaluator, self.conditions, self.facts, frameworks)
        self._won: set[object] = set()
        self._nodes: dict[Router, RouterNode] = {}
        self.mounts: list[Mount] = []
        self.routes: list[Route] = []
        self.unresolved: list[Unresolved] = []
        self._build()
        self._walk = Walk(self)

    # --- what others ask -------------------------------------------------------------------------

    @property
    def routers(self) -> list[RouterNode]:
        """All routers, in the order of the text."""
        return sorted(self._nodes.values(), key=lambda n: n.at.place)

    @property
    def served(self) -> list[Served]:
        """Every endpoint with the way to it, those of orphans last."""
        return self._walk.served

    @cached_property
    def endpoints(self) -> list[Endpoint]:
        """The endpoints, without repetitions, by path and method."""
        found: dict[object, Endpoint] = {}
        for endpoint in (s.endpoint for s in self.served):
            key = replace(endpoint, middleware=(), auth=None, auth_evidence="")
            other = found.setdefault(key, endpoint)
            if other.auth != endpoint.auth:  # alternatives: which one holds is not known
                found[key] = replace(other, auth=None, auth_evidence="")
        return sorted(found.values(), key=lambda e: (e.path, e.method, e.file, e.line))

    @property
    def orphans(self) -> list[RouterNode]:
        """Routers with routes that no entrypoint reaches."""
        return self._walk.orphans

    # --- building --------------------------------------------------------------------------------

    def _makes_router(self, fact: Fact) -> bool:
        """Whether what a fact calls is an origin: looked up before anything is evaluated for it."""
        node = fact.one("is")
        if node is None:
            return True
        frame = self.evaluator.entries.unbound(fact.source, node)
        values = self.evaluator.evaluate(At(fact.source, node, frame))
        return any(self.meaning.origin_of(v, self.meaning.makes) for v in values)

    def _may_hang(self, fact: Fact) -> bool:
        """Whether what a fact hangs on may be a router, as far as its declarations tell."""
        node = fact.one("on")
        if node is None:
            return True
        frame = self.evaluator.entries.unbound(fact.source, node)
        values = self.evaluator.evaluate(At(fact.source, node, frame))
        return any(not _surely_no_router(v) for v in values) or not values

    def _build(self) -> None:
        self.facts["router"] = [f for f in self.facts["router"] if self._makes_router(f)]
        for kind in HANGING:
            self.facts[kind] = [f for f in self.facts[kind] if self._may_hang(f)]
            for fact in self.facts[kind]:
                self.evaluator.narrowing.watch(fact.source, fact.node, self._read(fact))
        for fact in self.facts["router"]:
            for frame in self.evaluator.frames(fact.source, fact.node):
                at = At(fact.source, fact.node, frame)
                for value in self.evaluator.evaluate(at):
                    if isinstance(value, Router) and value.at.node == fact.node:
                        self.node(value).fact = fact
        for fact in self.facts["group"]:
            self._each(fact, self._group)
        for fact in self.facts["mount"]:
            self._each(fact, self._mount)
        for fact in self.facts["route"]:
            self._each(fact, self._route)
        for fact in self.facts["middleware"]:
            self._each(fact, self._middleware)

    def _each(self, fact: Fact, add: Callable[[Fact, Frame | None], bool]) -> None:
        for frame in self.evaluator.frames(fact.source, fact.node, self._read(fact)):
            key = (fact.kind, fact.source.path, fact.node.id, frame)
            if key in self._won or not self.conditions.reachable(fact.source, fact.node, frame):
                continue
            if add(fact, frame):  # of several patterns, the first that means something
                self._won.add(key)

    def _read(self, fact: Fact) -> list[Node]:
        """Return what must be known of a fact: not how its handlers and middleware were made."""
        nodes = [n for part in READ for n in fact.all(part)]
        for node in (*fact.all("handler"), *fact.all("middleware")):
            if isinstance(self.code.language(fact.source).form(fact.source, node), forms.Name):
                nodes.append(node)
        conditions = self.code.language(fact.source).conditions(fact.source, fact.node)
        return nodes + [c.subject for c in conditions]

    def node(self, router: Router) -> RouterNode:
        """Return the node of a router."""
        found = self._nodes.get(router)
        if found is None:
            found = self._nodes[router] = RouterNode(router)
            self._describe(found)
        return found

    def _describe(self, node: RouterNode) -> None:
        at, unit = node.at, self.units[node.unit]
        form = self.evaluator.form(at)
        if node.router.assumed:
            node.origin = self._declared(at)
            node.is_root = self.meaning.roots.unit(node.origin) is not None
            return
        if not isinstance(form, forms.Call):
            return
        for callee in self.evaluator.evaluate(at.to(form.function)):
            node.origin = node.origin or self.meaning.origin_of(callee, self.meaning.makes)
        node.is_root = bool(node.origin) and self.meaning.roots.unit(node.origin) == unit.name
        if node.origin:
            node.prefixes = tuple(
                t for n in self._args(at, form, unit, "router", "path") for t in self.texts(n)
            )
            nodes = self._args(at, form, unit, "router", "middleware")
            node.uses += self.uses(nodes, None, "router", ())

    def _declared(self, at: At) -> str:
        language = self.code.language(at.source)
        inner = language.type_of(at.source, at.node)
        names = self.evaluator.canonical(At(at.source, inner)) if inner is not None else []
        return names[0] if names else ""

    def _args(self, at: At, call: forms.Call, unit: Unit, kind: str, part: str) -> list[At]:
        selectors = unit.table("arguments").get(kind, {}).get(part, [])
        for selector in selectors if isinstance(selectors, list) else [selectors]:
            nodes = select(self.code, at.source, call, selector)
            if nodes:
                return [at.to(n) for n in nodes]
        return []

    def texts(self, at: At) -> list[Text]:
        """Return the strings of an expression, holes for what is unknown."""
        return self.evaluator.texts(at)

    def on(self, fact: Fact, frame: Frame | None) -> list[RouterNode]:
        """Return the routers that a fact hangs on."""
        node = fact.one("on")
        if node is None:
            return []
        values = self.evaluator.evaluate(At(fact.source, node, frame))
        return [self.node(r) for r in self.meaning.routers(values) if r.unit == fact.unit.name]

    def uses(self, nodes: Iterable[At], fact: Fact | None, scope: str, order: Order) -> list[Use]:
        """Return what stands before handlers; lists are taken apart."""
        out: list[Use] = []
        for at in nodes:
            sure = fact is None or not self.conditions.conditional(fact, at.frame)
            out += [Use(a, fact, order, scope, sure) for a in self._items(at)]
        return out

    def _items(self, at: At) -> list[At]:
        """Return the elements of a list as they are written, following names to the list."""
        for value in self.evaluator.evaluate(at):
            if isinstance(value, ListValue):
                form = self.evaluator.form(value.at)
                if isinstance(form, forms.Listing):
                    return [a for n in form.items for a in self._items(value.at.to(n))]
        form = self.evaluator.form(at)
        if isinstance(form, forms.Spread):
            return self._items(at.to(form.node))
        return [at]

    def _group(self, fact: Fact, frame: Frame | None) -> bool:
        at = At(fact.source, fact.node, frame)
        for parent in self.on(fact, frame):
            child = self.node(Router(self.meaning.identity(at), fact.unit.name))
            child.fact = child.fact or fact
            self._edge(fact, frame, parent, child, at)

    def _edge(
        self, fact: Fact, frame: Frame | None, parent: RouterNode, child: RouterNode, target: At
    ) -> None:
        path = fact.one("path")
        path_at = At(fact.source, path, frame) if path is not None else None
        order = self.conditions.order(fact.source, fact.node, frame)
        nodes = [At(fact.source, n, frame) for n in fact.all("middleware")]
        scope = "router" if fact.kind == "group" else "mount"
        mount = Mount(
            parent,
            child,
            fact,
            frame,
            target,
            tuple(self.texts(path_at)) if path_at is not None else (Text(""),),
            path_at,
            self.conditions.conditional(fact, frame),
            order,
            tuple(self.uses(nodes, fact, scope, order)),
        )
        parent.mounts.append(mount)
        child.mounted_by.append(mount)
        self.mounts.append(mount)

    def _mount(self, fact: Fact, frame: Frame | None) -> bool:
        parents = self.on(fact, frame)
        if not parents:
            self._lost(fact, frame, "mounts on something that is not known to be a router")
            return
        found = False
        unknown: list[Value] = []
        for node in fact.all("target"):
            at = At(fact.source, node, frame)
            for child_at, value in self._targets(at):
                children = self._children(fact, frame, value)
                for child in children:
                    for parent in parents:
                        self._edge(fact, frame, parent, self.node(child), child_at)
                found = found or bool(children)
                unknown.append(value)
        if not found and not self._ignored(fact, unknown):
            names = ", ".join(v.name for v in unknown if isinstance(v, External))
            reason = f"mounts {names}, which is not in this code" if names else ""
            self._report(fact, reason or "mounts something that is not known")

    def _targets(self, at: At) -> list[tuple[At, Value]]:
        out: list[tuple[At, Value]] = []
        for value in self.evaluator.evaluate(at):
            if isinstance(value, ListValue | Items):
                out += [(at, v) for element in self.evaluator.elements(value) for v in element]
            else:
                out.append((at, value))
        return out

    def _children(self, fact: Fact, frame: Frame | None, value: Value) -> list[Router]:
        if isinstance(value, FunctionValue):
            at = self.meaning.identity(At(fact.source, fact.node, frame))
            return [Router(at, fact.unit.name)]
        return self.meaning.routers([value])

    def _ignored(self, fact: Fact, values: Sequence[Value]) -> bool:
        from fnmatch import fnmatchcase

        patterns = fact.unit.names("mount", "ignore")
        names = [v.name for v in values if isinstance(v, External)]
        for value in values:
            if isinstance(value, Instance):
                names += [b for b in self.evaluator.mro(value.cls) if isinstance(b, str)]
        return any(fnmatchcase(n, p) for n in names for p in patterns)

    def _route(self, fact: Fact, frame: Frame | None) -> bool:
        methods = self.handlers.methods(fact, frame)
        if not methods:
            return
        routers = self.on(fact, frame)
        path = fact.one("path")
        paths = self.texts(At(fact.source, path, frame)) if path is not None else [Text("")]
        if not routers:
            if any(t.text.startswith("/") for t in paths):
                self._lost(fact, frame, "is a route on something that is not known to be a router")
            return
        order = self.conditions.order(fact.source, fact.node, frame)
        node = fact.one("handler")
        handler_at = At(fact.source, node, frame) if node is not None else None
        handler, name = self.handlers.of(handler_at)
        nodes = [At(fact.source, n, frame) for n in fact.all("middleware")]
        for router in routers:
            route = Route(
                router,
                fact,
                frame,
                methods,
                tuple(paths),
                handler,
                handler_at,
                name,
                order,
                tuple(self.uses(nodes, fact, "route", order)),
                self.conditions.conditional(fact, frame),
            )
            router.routes.append(route)
            self.routes.append(route)

    def _middleware(self, fact: Fact, frame: Frame | None) -> bool:
        order = self.conditions.order(fact.source, fact.node, frame)
        nodes = [At(fact.source, n, frame) for n in fact.all("target")]
        for router in self.on(fact, frame):
            router.uses += self.uses(nodes, fact, "router", order)

    def _lost(self, fact: Fact, frame: Frame | None, reason: str) -> None:
        """Report a fact whose receiver is unknown; not one whose receiver is surely no router."""
        node = fact.one("on")
        if node is None:
            return
        values = self.evaluator.evaluate(At(fact.source, node, frame))
        if values and not any(isinstance(v, Unknown) for v in values):
            names = [v for v in values if isinstance(v, External) and v.form == "call"]
            if len(names) != len(values):
                return
        self._report(fact, reason)

    def _report(self, fact: Fact, reason: str) -> None:
        found = Unresolved(fact.source.path, fact.line, reason)
        if found not in self.unresolved:
            self.unresolved.append(found)


def _surely_no_router(value: Value) -> bool:
    if isinstance(value, External):
        return value.form != "call"
    return isinstance(value, Text | Constant | ListValue | Items | DictValue | FunctionValue)


def settings_of(units: Iterable[Unit]) -> Settings:
    """Return the calls that read settings, from all units' tables."""
    reads: dict[str, tuple[int | str, ...]] = {}
    for unit in units:
        for row in unit.table("settings").get("reads", ()):
            default = row["default"]
            reads[row["name"]] = tuple(default if isinstance(default, list) else [default])
    return Settings(reads)


__all__ = ["Mount", "Route", "RouterGraph", "RouterNode", "Served", "Use", "settings_of"]
