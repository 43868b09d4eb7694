"""Classes that are routers, and the routes that their methods are.

A class is a router if one of its decorators is said to make it one. Its routes are its methods'
that are so decorated, its own and those of the classes and interfaces that it extends; each hangs
on the class that inherits it, under that class's prefix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING

from apimod.decorations import Decoration, Decorations, giving, rows
from apimod.graph import Mount, Route, RouterNode, Use
from apimod.languages import forms
from apimod.languages.forms import Defined
from apimod.match import Fact
from apimod.settings_files import Placeholders
from apimod.values import At, ClassValue, Instance, Items, ListValue, Router, Text, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.handlers import Handlers
    from apimod.pack import Unit
    from apimod.router_nodes import RouterNodes
    from apimod.source import Source

NOT_MADE = frozenset({"abstract", "interface", "annotation"})
Method = tuple[At, "Node"]
"""The class that a method is written in, and the method."""


class ClassRouters:
    """Finds the classes that are routers, and hangs their methods on them."""

    def __init__(
        self,
        evaluator: Evaluator,
        handlers: Handlers,
        nodes: RouterNodes,
        units: Mapping[str, Unit],
        placeholders: Mapping[str, Placeholders],
    ) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self.handlers = handlers
        self.nodes = nodes
        self.units = {name: u for name, u in units.items() if rows(u)}
        self.placeholders = placeholders
        self.decorations = Decorations(evaluator)
        self.routes: list[Route] = []
        self.mounts: list[Mount] = []
        self.found: dict[tuple[str, tuple[str, int, int]], Router] = {}
        """The class routers, by their unit and place."""

    # --- which classes ---------------------------------------------------------------------------

    def router(self, value: Value) -> list[Router]:
        """Return the routers that a class, or an instance of one, is."""
        if not isinstance(value, ClassValue | Instance):
            return []
        cls = value.at if isinstance(value, ClassValue) else value.cls
        return [r for (_, place), r in self.found.items() if place == cls.place]

    def note(self, fact: Fact) -> bool:
        """Tell whether a fact's node is a class that is a router; it is one from then on."""
        unit, source, node = fact.unit, fact.source, fact.node
        language = self.code.language(source)
        if unit.name not in self.units or not isinstance(
            language.form(source, node), forms.ClassForm
        ):
            return False
        if language.class_kind(source, node) in NOT_MADE and not _is_registered(unit):
            return False
        decorations = self.decorations.of(unit, source, node)
        if not giving(decorations, "router") or giving(decorations, "excluded"):
            return False
        at = At(source, node)
        self.found[unit.name, at.place] = Router(at, unit.name)
        return True

    def build(self, facts: Mapping[tuple[str, tuple[str, int, int]], Fact]) -> None:
        """Make the nodes of all class routers, with prefixes, middleware and routes."""
        for key, router in self.found.items():
            node = self.nodes.node(router)
            node.fact = facts.get(key)
            self._describe(node, self.units[key[0]])
        for key, router in self.found.items():
            self._hang(self.nodes.node(router), self.units[key[0]])

    # --- what a class says -----------------------------------------------------------------------

    def _inherited(self, unit: Unit, cls: At, *kinds: str) -> list[Decoration]:
        """Return a class's decorations of some kinds; by name, those of the first that has it."""
        seen: set[str] = set()
        out: list[Decoration] = []
        for base in self.ev.mro(cls):
            if isinstance(base, str):
                continue
            mine = giving(self.decorations.of(unit, base.source, base.node), *kinds)
            fresh = [d for d in mine if d.name not in seen and d.get("on") in (None, "class")]
            out += fresh
            seen |= {d.name for d in fresh}
        return out

    def _describe(self, node: RouterNode, unit: Unit) -> None:
        made = self._inherited(unit, node.at, "router", "prefix")
        node.origin = made[0].name if made else ""
        node.is_root = not _is_registered(unit) or any(d.get("root") for d in made)
        texts = [t for d in made for t in self._paths(unit, d)]
        node.prefixes = tuple(dict.fromkeys(texts))
        for decoration in self._inherited(unit, node.at, "middleware"):
            node.uses += self._uses(decoration)
        for decoration in made:
            self._mounts(node, unit, decoration)

    def _mounts(self, node: RouterNode, unit: Unit, decoration: Decoration) -> None:
        """A decorator may list the classes that its own one mounts."""
        fact = node.fact
        for at in self.decorations.argument(decoration, "mounts") if fact is not None else ():
            for value in self.ev.evaluate(at):
                elements = self.ev.elements(value) if _is_list(value) else [[value]]
                for one in (v for element in elements for v in element):
                    for router in self.router(one):
                        child = self.nodes.node(router)
                        if router.unit == unit.name and child is not node and fact is not None:
                            paths = (Text(""),)
                            mount = Mount(node, child, fact, None, at, paths, None, False, ())
                            node.mounts.append(mount)
                            child.mounted_by.append(mount)
                            self.mounts.append(mount)

    def _paths(self, unit: Unit, decoration: Decoration) -> list[Text]:
        fill = self.placeholders[unit.name]
        return [
            fill.filled(t)
            for at in self.decorations.argument(decoration, "path")
            for t in self.ev.texts(at)
        ]

    def _uses(self, decoration: Decoration) -> list[Use]:
        given = self.decorations.argument(decoration, "middleware")
        fact = None
        return self.nodes.uses(given or [decoration.at], fact, "route", ())

    # --- methods ---------------------------------------------------------------------------------

    def _hang(self, node: RouterNode, unit: Unit) -> None:
        keeps = unit.table("classes").get("overrides", "inherit") == "inherit"
        shared = self._methods(unit, self._inherited(unit, node.at, "router", "prefix"))
        for chain in self._chains(node.at):
            for cls, method in chain if keeps else chain[:1]:
                found = self.decorations.of(unit, cls.source, method)
                made = [d for d in giving(found, "route") if d.get("on") in (None, "method")]
                if made:
                    handler = chain[0]
                    for decoration in made:
                        self._route(node, unit, decoration, found, cls, handler, shared)
                    break

    def _chains(self, cls: At) -> Iterator[list[Method]]:
        """Yield each method that a class has, with those that it overrides behind it."""
        chains: list[list[Method]] = []
        by_name: dict[str, list[int]] = {}
        for base in self.ev.mro(cls):
            if isinstance(base, str):
                continue
            for name, method in self._own(base):
                over = [
                    i
                    for i in by_name.get(name, ())
                    if all(c.key != base.key for c, _ in chains[i])
                    and self._overrides(chains[i][0], (base, method))
                ]
                same = [i for i in over if self._types(chains[i][0]) == self._types((base, method))]
                if over:
                    chains[(same or over)[0]].append((base, method))
                else:
                    by_name.setdefault(name, []).append(len(chains))
                    chains.append([(base, method)])
        yield from chains

    def _own(self, cls: At) -> list[tuple[str, Node]]:
        language = self.code.language(cls.source)
        return [
            (name, item.binding.node)
            for name, found in language.members(self.code, cls.source, cls.node).items()
            for item in found
            if isinstance(item.binding, Defined)
            and isinstance(language.form(item.source, item.binding.node), forms.FunctionForm)
        ]

    def _overrides(self, method: Method, base: Method) -> bool:
        return len(self._types(method)) == len(self._types(base))

    def _types(self, method: Method) -> tuple[str, ...]:
        source: Source = method[0].source
        params = self.code.language(source).params(source, method[1])
        return tuple(source.text(p.type) if p.type is not None else "" for p in params)

    def _methods(self, unit: Unit, decorations: list[Decoration]) -> list[str]:
        table = unit.table("methods")
        return [
            m
            for d in decorations
            for at in self.decorations.argument(d, "methods")
            for m in self.handlers.named(at, table)
        ]

    def _route(
        self,
        node: RouterNode,
        unit: Unit,
        decoration: Decoration,
        found: list[Decoration],
        cls: At,
        handler: Method,
        shared: list[str],
    ) -> None:
        methods = [*shared, *self._methods(unit, [decoration])]
        fixed = decoration.get("method")
        if fixed or not methods:
            methods = [fixed or unit.table("route").get("method", "ANY")]
        paths = self._paths(unit, decoration)
        for other in giving(found, "path"):
            paths += self._paths(unit, other)
        where, method = handler
        name = self.code.language(where.source).function_name(where.source, method) or ""
        if not paths:
            paths = [Text(name if decoration.get("named") else "")]
        at = At(where.source, method)
        owner = self.code.language(node.at.source).qualified_name(node.at.source, node.at.node)
        fact = Fact("route", cls.source, decoration.shown.node, {"handler": (method,)}, unit)
        uses = [u for d in giving(found, "middleware") for u in self._uses(d)]
        protocol = decoration.get("protocol") or "rest"
        route = Route(
            node,
            fact,
            None,
            tuple(product((protocol,), dict.fromkeys(methods))),
            tuple(dict.fromkeys(paths)),
            at,
            at,
            f"{owner}.{name}",
            (),
            tuple(uses),
        )
        node.routes.append(route)
        self.routes.append(route)


def _is_list(value: Value) -> bool:
    return isinstance(value, ListValue | Items)


def _is_registered(unit: Unit) -> bool:
    """Whether a class router serves only where something mounts it."""
    return bool(unit.table("classes").get("registered"))
