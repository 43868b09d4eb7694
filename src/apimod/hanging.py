"""Facts, evaluated in a frame, become the edges and routes of the router graph."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.graph import Mount, Route, RouterNode
from apimod.model import Unresolved
from apimod.values import (
    At,
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

if TYPE_CHECKING:
    from apimod.conditions import Conditions
    from apimod.evaluate import Evaluator
    from apimod.handlers import Handlers
    from apimod.match import Fact
    from apimod.meaning import RouterMeaning
    from apimod.router_nodes import RouterNodes


class Hanging:
    """Hangs groups, mounts, routes and middleware on routers.

    Each method tells whether the fact meant something in that frame.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        meaning: RouterMeaning,
        conditions: Conditions,
        handlers: Handlers,
        nodes: RouterNodes,
    ) -> None:
        self.ev = evaluator
        self.meaning = meaning
        self.conditions = conditions
        self.handlers = handlers
        self.nodes = nodes
        self.mounts: list[Mount] = []
        self.routes: list[Route] = []
        self.unresolved: list[Unresolved] = []

    def group(self, fact: Fact, frame: Frame | None) -> bool:
        """Hang the router that a group makes under the one that it is made from."""
        at = At(fact.source, fact.node, frame)
        parents = self.nodes.on(fact, frame)
        for parent in parents:
            child = self.nodes.node(Router(self.meaning.identity(at), fact.unit.name))
            child.fact = child.fact or fact
            self._edge(fact, frame, parent, child, at)
        return bool(parents)

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
            tuple(self.ev.texts(path_at)) if path_at is not None else (Text(""),),
            path_at,
            self.conditions.conditional(fact, frame),
            order,
            tuple(self.nodes.uses(nodes, fact, scope, order)),
        )
        parent.mounts.append(mount)
        child.mounted_by.append(mount)
        self.mounts.append(mount)

    def mount(self, fact: Fact, frame: Frame | None) -> bool:
        """Hang one router, or several, under another."""
        parents = self.nodes.on(fact, frame)
        if not parents:
            self._lost(fact, frame, "mounts on something that is not known to be a router")
            return False
        found = False
        unknown: list[Value] = []
        for node in fact.all("target"):
            at = At(fact.source, node, frame)
            for child_at, value in self._targets(at):
                children = self._children(fact, frame, value)
                for child in children:
                    for parent in parents:
                        self._edge(fact, frame, parent, self.nodes.node(child), child_at)
                found = found or bool(children)
                unknown.append(value)
        if not found and not self._ignored(fact, unknown):
            names = ", ".join(v.name for v in unknown if isinstance(v, External))
            reason = f"mounts {names}, which is not in this code" if names else ""
            self._report(fact, reason or "mounts something that is not known")
        return found

    def _targets(self, at: At) -> list[tuple[At, Value]]:
        out: list[tuple[At, Value]] = []
        for value in self.ev.evaluate(at):
            if isinstance(value, ListValue | Items):
                out += [(at, v) for element in self.ev.elements(value) for v in element]
            else:
                out.append((at, value))
        return out

    def _children(self, fact: Fact, frame: Frame | None, value: Value) -> list[Router]:
        if isinstance(value, FunctionValue):
            at = self.meaning.identity(At(fact.source, fact.node, frame))
            return [Router(at, fact.unit.name)]
        return self.meaning.routers([value])

    def _ignored(self, fact: Fact, values: Sequence[Value]) -> bool:
        patterns = fact.unit.names("mount", "ignore")
        names = [v.name for v in values if isinstance(v, External)]
        for value in values:
            if isinstance(value, Instance):
                names += [b for b in self.ev.mro(value.cls) if isinstance(b, str)]
        return any(fnmatchcase(n, p) for n in names for p in patterns)

    def route(self, fact: Fact, frame: Frame | None) -> bool:
        """Hang a route on its routers."""
        methods = self.handlers.methods(fact, frame)
        if not methods:
            return False
        routers = self.nodes.on(fact, frame)
        path = fact.one("path")
        paths = self.ev.texts(At(fact.source, path, frame)) if path is not None else [Text("")]
        if not routers:
            if any(t.text.startswith("/") for t in paths):
                self._lost(fact, frame, "is a route on something that is not known to be a router")
            return False
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
                tuple(self.nodes.uses(nodes, fact, "route", order)),
                self.conditions.conditional(fact, frame),
            )
            router.routes.append(route)
            self.routes.append(route)
        return True

    def middleware(self, fact: Fact, frame: Frame | None) -> bool:
        """Put something before the handlers of a router."""
        order = self.conditions.order(fact.source, fact.node, frame)
        nodes = [At(fact.source, n, frame) for n in fact.all("target")]
        routers = self.nodes.on(fact, frame)
        for router in routers:
            router.uses += self.nodes.uses(nodes, fact, "router", order)
        return bool(routers)

    def _lost(self, fact: Fact, frame: Frame | None, reason: str) -> None:
        """Report a fact whose receiver is unknown; not one whose receiver is surely no router."""
        node = fact.one("on")
        if node is None:
            return
        values = self.ev.evaluate(At(fact.source, node, frame))
        if values and not any(isinstance(v, Unknown) for v in values):
            names = [v for v in values if isinstance(v, External) and v.form == "call"]
            if len(names) != len(values):
                return
        self._report(fact, reason)

    def _report(self, fact: Fact, reason: str) -> None:
        found = Unresolved(fact.source.path, fact.line, reason)
        if found not in self.unresolved:
            self.unresolved.append(found)
