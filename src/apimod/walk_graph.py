"""The walk over the router graph, from its entrypoints down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conditions import before
from apimod.graph import Mount, Order, Route, RouterNode, Served, Use
from apimod.model import Endpoint
from apimod.reach import applies
from apimod.scoped import anchored, applying
from apimod.urls import PathStyle
from apimod.values import Text
from apimod.versions import placed

if TYPE_CHECKING:
    from apimod.pack import Unit
    from apimod.routes import RouterGraph

MAX_DEPTH = 20
MAX_EDGES = 200
NAMED = frozenset({"graphql"})
"""The protocols whose endpoints have a name, and no path."""
MAX_SERVED = 50_000
MAX_VISITS = 20_000
"""After how many steps, beside some for each route, to stop: routers that are mounted on each other
have no end of ways."""


class Walk:
    """Finds every way from an entrypoint to a route."""

    def __init__(self, graph: RouterGraph) -> None:
        self.graph = graph
        self.styles = {u.name: PathStyle(u.table("path")) for u in graph.units.values()}
        self.reached: set[RouterNode] = set()
        self._seen: set[object] = set()
        self._visits = 0
        self._cut: RouterNode | None = None

    @cached_property
    def served(self) -> list[Served]:
        """Every endpoint, those of orphans last."""
        out = list(self._mounted)
        for orphan in self.orphans:
            out += self._from(orphan, False)
        return out[:MAX_SERVED]

    @property
    def given_up_at(self) -> RouterNode | None:
        """The router at which there were too many ways to follow, if there was one."""
        _ = self.served
        return self._cut

    @cached_property
    def _mounted(self) -> list[Served]:
        return [s for root in self.roots for s in self._from(root, True)]

    @cached_property
    def roots(self) -> list[RouterNode]:
        """The entrypoints: applications that nothing mounts, and that are not only made."""
        roots = [
            n
            for n in self.graph.routers
            if n.is_root
            and all(m.parent is n or self._leads_nowhere(m.parent) for m in n.mounted_by)
        ]
        return [n for n in roots if not self._is_idle(n, roots)]

    def _leads_nowhere(self, node: RouterNode) -> bool:
        """Whether a router is only a part of another one, and of none that is here."""
        return self._is_partial(node) and not node.mounted_by

    def _is_idle(self, root: RouterNode, roots: Sequence[RouterNode]) -> bool:
        """Whether nothing starts an application, and another one that is started serves the same."""
        if not self.graph.units[root.unit].table("origin").get("started") or root.is_started:
            return False
        below = {m.child for m in root.mounts}
        return any(other.is_started and below <= {m.child for m in other.mounts} for other in roots)

    @cached_property
    def orphans(self) -> list[RouterNode]:
        """Routers with something on them that no entrypoint reaches; the topmost ones."""
        list(self._mounted)
        idle = [n for n in self.graph.routers if n.is_root and n not in self.roots]
        lost = [
            n
            for n in self.graph.routers
            if n not in self.reached
            and n not in idle
            and (n.routes or n.mounts)
            and not self._is_partial(n)
        ]
        return [n for n in lost if not any(m.parent in lost for m in n.mounted_by)]

    def _is_partial(self, node: RouterNode) -> bool:
        """Whether a router is only a part of another, and serves nothing by itself."""
        partial = self.graph.units[node.unit].names("origin", "partial")
        return any(fnmatchcase(node.origin, p) for p in partial)

    def _from(self, root: RouterNode, mounted: bool) -> Iterator[Served]:
        parts = self.graph.base(root.unit) if mounted else ()
        self._seen.clear()
        yield from self._visit(root, (), parts, (), mounted, frozenset())

    def _visit(
        self,
        node: RouterNode,
        edges: tuple[Mount, ...],
        parts: tuple[Text, ...],
        uses: tuple[Use, ...],
        mounted: bool,
        stack: frozenset[RouterNode],
        overridden: bool = False,
        verbs: frozenset[str] | None = None,
    ) -> Iterator[Served]:
        whole = tuple(t.text for t in parts if t.text)
        if node in stack or len(whole) > MAX_DEPTH or len(edges) > MAX_EDGES:
            return
        self._visits += 1
        if self._visits > MAX_VISITS + 4 * len(self.graph.routes):
            self._cut = self._cut or node
            return
        key = (node, whole, uses, overridden, verbs, not edges)
        if key in self._seen:
            return  # by another way, but to the same end
        self._seen.add(key)
        if not mounted and node in self.reached and node.is_registered:
            return
        verbs = node.methods if verbs is None else verbs & (node.methods or verbs)
        if mounted:
            self.reached.add(node)
        style = self.styles[node.unit]
        for prefix in (() if overridden else node.prefixes) or (None,):
            here = (*parts, prefix) if prefix is not None else parts
            where = style.join([t.text for t in here])
            if where not in node.reached:
                node.reached.append(where)
            for route in node.routes:
                self._visits += 1
                yield from self._route(node, route, edges, here, uses, mounted, verbs)
            for mount in node.mounts:
                standing = self._standing(node, mount.order, here)
                through = (*uses, *standing, *mount.uses)
                for path in mount.paths:
                    yield from self._visit(
                        mount.child,
                        (*edges, mount),
                        (*here, path),
                        through,
                        mounted,
                        stack | {node},
                        self._overrides(mount),
                        verbs,
                    )

    def _overrides(self, mount: Mount) -> bool:
        """Whether the path of a mount takes the place of the router's own prefix."""
        return mount.path is not None and bool(
            self.graph.units[mount.fact.unit.name].table("mount").get("overrides")
        )

    def _places(self, protocol: str, style: PathStyle, parts: Sequence[str]) -> list[str]:
        """Return the paths of an endpoint; of an operation only its name."""
        return [parts[-1]] if protocol in NAMED else list(style.variants(parts))

    def _inner(self, unit: Unit, where: str) -> str:
        """Return a path without what the settings put before all."""
        base = "".join(t.text for t in self.graph.base(unit.name)).rstrip("/")
        return where.removeprefix(base) if base else where

    def _around(self, unit: Unit, protocol: str, where: str) -> list[Use]:
        if protocol != "rest" or not self.graph.interceptors.found:
            return []
        return self.graph.interceptors.before(unit.name, self._inner(unit, where))

    def _judged(
        self,
        unit: Unit,
        route: Route,
        protocol: str,
        method: str,
        where: str,
        found: tuple[bool | None, str],
    ) -> tuple[bool | None, str]:
        """Return what guards, decorators and rules for paths say together."""
        if route.said is not None and route.said[0]:
            return route.said
        if found[0]:
            return found
        rule = self.graph.rules.judge(method, self._inner(unit, where), protocol)
        if rule is None or (rule[0] is False and found[0] is None):
            return found
        return rule if rule[0] or route.said is None else (rule[0], "")

    def _standing(self, node: RouterNode, order: Order, parts: Sequence[Text]) -> tuple[Use, ...]:
        """Return what a router puts before something that is added to it at a certain moment."""
        unit = self.graph.units[node.unit]
        style = self.styles[node.unit]
        earlier = self._earlier(node, order, unit)
        if unit.table("middleware").get("whole"):
            return earlier
        return tuple(anchored(earlier, style, [p.text for p in parts]))

    def _earlier(self, node: RouterNode, order: Order, unit: Unit) -> tuple[Use, ...]:
        table = unit.table("middleware")
        if not table.get("ordered") or node.origin in table.get("unordered", ()):
            return tuple(reversed(node.uses) if table.get("reversed") else node.uses)
        out: list[Use] = []
        for use in node.uses:
            earlier = before(use.order, order) if use.order else True
            if earlier is not False:
                out.append(use if earlier else replace(use, sure=False))
        return tuple(out)

    def _route(
        self,
        node: RouterNode,
        route: Route,
        edges: tuple[Mount, ...],
        parts: tuple[Text, ...],
        uses: tuple[Use, ...],
        mounted: bool,
        verbs: frozenset[str] | None,
    ) -> Iterator[Served]:
        style = self.styles[node.unit]
        before_all = (*uses, *self._standing(node, route.order, parts), *route.uses)
        if node.absolute:
            before_all = route.uses
        unit = self.graph.units[node.unit]
        source = route.fact.source
        root = edges[0].parent if edges else node
        for path, (protocol, method) in product(route.paths, _left(route.methods, verbs)):
            bare = [t.text for t in (*parts[1 if root.prefixes else 0 :], path)]
            mine = [u for u in before_all if applies(u, bare, method, node.at.place)]
            for whole in placed(root, node, route, (*parts, path), method):
                for where in self._places(protocol, style, [p.text for p in whole]):
                    around = self._around(unit, protocol, where)
                    standing = (*around, *applying(mine, where))
                    auth, evidence = self.graph.guards.judge(standing, route, unit)
                    endpoint = Endpoint(
                        protocol,
                        method,
                        where,
                        route.handler_name,
                        node.unit,
                        self.graph.project_of(root.at.source.path),
                        source.path,
                        route.fact.line,
                        tuple(u.name for u in standing),
                        *self._judged(unit, route, protocol, method, where, (auth, evidence)),
                        mounted,
                    )
                    yield Served(endpoint, route, node, edges, whole, standing)


def _left(
    methods: tuple[tuple[str, str], ...], verbs: frozenset[str] | None
) -> list[tuple[str, str]]:
    """Return the methods of a route that the routers around it let through."""
    if verbs is None:
        return list(methods)
    out: list[tuple[str, str]] = []
    for protocol, method in methods:
        if method == "ANY":
            out += [(protocol, m) for m in sorted(verbs)]
        elif method in verbs or "ANY" in verbs:
            out.append((protocol, method))
    return out
