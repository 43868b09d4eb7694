"""The router graph: facts, evaluated, become routers, mounts and routes; a walk gives endpoints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.bound_settings import BoundSettings
from apimod.class_guards import ClassGuards
from apimod.class_routers import ClassRouters
from apimod.conditions import Conditions
from apimod.evaluate import Evaluator
from apimod.expand import Expansion
from apimod.graph import Mount, Route, RouterNode, Served, Use
from apimod.guards import Guards
from apimod.handlers import Handlers
from apimod.hanging import Hanging
from apimod.interceptors import Interceptors
from apimod.interpret import Settings
from apimod.languages import forms
from apimod.match import Fact, find_facts
from apimod.meaning import RouterMeaning
from apimod.model import Endpoint, SkippedFile, Unresolved
from apimod.operations import Operations
from apimod.path_rules import PathRules
from apimod.prefixes import Prefixes
from apimod.project_settings import ProjectSettings
from apimod.router_nodes import RouterNodes
from apimod.serving import Serving
from apimod.settings_files import Placeholders, read_settings
from apimod.tables import Tables
from apimod.upgrades import Upgrades
from apimod.values import (
    At,
    Constant,
    DictValue,
    External,
    Frame,
    FunctionValue,
    Items,
    ListValue,
    Router,
    Text,
    Value,
)
from apimod.walk_graph import Walk
from apimod.whole_app import WholeApp

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.pack import Unit

HANGING = (
    "router", "verbs", "group", "mount", "route", "middleware", "prefix", "versioning",
)  # fmt: skip
READ = ("on", "path", "methods", "target")
"""The parts of a fact that decide where it hangs."""


class RouterGraph:
    """The routers of one project in one language, and what they serve.

    ``paths`` are the project's own files, tests left out; imports may lead to any file of ``code``.
    """

    def __init__(
        self,
        code: Codebase,
        units: Sequence[Unit],
        paths: Iterable[str],
        project: str = "",
        documents: Iterable[str] = (),
    ) -> None:
        self.code = code
        self.project = project
        self.owners: Mapping[str, str] = {}
        """The project of each file, where the graph is of several."""
        paths = tuple(paths)
        self.own = frozenset(paths)
        self.units = {u.name: u for u in units}
        code.libraries |= libraries_of(units)
        self.facts = find_facts(code, units, paths)
        self.frameworks = [u for u in units if u.kind == "framework"]
        self._won: set[object] = set()
        self._understand()
        bound = self._read_settings(project)
        self._read_classes()
        self._hang()
        self.interceptors = Interceptors(self.evaluator, self.facts["interceptor"])
        self.rules = PathRules(self.evaluator, self.facts, units, project, bound)
        self._walk = Walk(self)
        self.serving = Serving(self)
        self.operations = Operations(self, documents)

    def _understand(self) -> None:
        """Make what says what expressions and handlers are."""
        units, frameworks = tuple(self.units.values()), self.frameworks
        self.meaning = RouterMeaning(frameworks, self.facts)
        self.evaluator = Evaluator(self.code, self.meaning, settings_of(units))
        self.evaluator.home = self.own
        self.meaning.ev = self.evaluator
        self.conditions = Conditions(self.evaluator)
        self.handlers = Handlers(self.evaluator)
        self.guards = Guards(self.evaluator, self.conditions, self.facts, frameworks)
        self.nodes = RouterNodes(
            self.evaluator, self.meaning, self.conditions, self.units, self.handlers.named
        )
        self.guards.bodies.understood = self.nodes.sparing.blocks

    def _read_settings(self, project: str) -> BoundSettings:
        """Read what the code and its settings files say of prefixes."""
        self.settings = ProjectSettings(self.evaluator, self.facts)
        self.placeholders = {
            u.name: Placeholders(
                read_settings(self.code, u, project), bool(u.table("settings").get("references"))
            )
            for u in self.frameworks
        }
        bound = BoundSettings(self.evaluator, self.frameworks, self.placeholders)
        self.meaning.filled = bound.field if bound.fills else self.meaning.filled
        return bound

    def _read_classes(self) -> None:
        """Find the classes that are routers, and what their members stand for."""
        self.classes = ClassRouters(
            self.evaluator, self.handlers, self.nodes, self.units, self.placeholders
        )
        prefixes = Prefixes(self.evaluator, self.classes.decorations, self.facts["under"])
        self.classes.prefixes = prefixes.of
        self.meaning.classes = self.classes.router
        self.class_guards = ClassGuards(self.evaluator, self.settings)
        self.expansion = Expansion(self.evaluator, self.class_guards)

    def _hang(self) -> None:
        """Hang routes, mounts and middleware on the routers."""
        self.hanging = Hanging(
            self.evaluator,
            self.meaning,
            self.conditions,
            self.handlers,
            self.nodes,
            self.expansion,
            Upgrades(self.evaluator, self.facts, self.units.values()),
            self.placeholders,
        )
        self.whole = WholeApp(self.evaluator, self.nodes, self.handlers, self.classes)
        self.guards.routes = lambda: self.hanging.routes
        self._build()

    # --- what others ask -------------------------------------------------------------------------

    @property
    def routers(self) -> list[RouterNode]:
        """All routers, in the order of the text."""
        return self.nodes.all

    @property
    def mounts(self) -> list[Mount]:
        """All mounts and groups, in the order in which they were found."""
        return self.hanging.mounts + self.classes.mounts

    @property
    def routes(self) -> list[Route]:
        """All routes, reached or not."""
        return self.hanging.routes + self.classes.routes

    @property
    def unresolved(self) -> list[Unresolved]:
        """Facts of which it is not known where they belong, or what they mount."""
        found = [*self.hanging.unresolved, *(self.serving.unresolved if self.contracted else ())]
        cut = self._walk.given_up_at
        if cut is not None:
            reason = "is mounted in more ways than can be followed: endpoints are missing"
            found.append(Unresolved(cut.at.source.path, cut.line, reason))
        return found

    @property
    def served(self) -> list[Served]:
        """Every endpoint with the way to it, those of orphans last."""
        return self._walk.served

    @cached_property
    def endpoints(self) -> list[Endpoint]:
        """The endpoints, without repetitions, by path and method."""
        found: dict[object, Endpoint] = {}
        for endpoint in (*(s.endpoint for s in self.served), *self.contracted):
            key = replace(endpoint, middleware=(), auth=None, auth_evidence="")
            unit = self.units.get(endpoint.framework)
            if unit is not None and unit.table("route").get("unique"):
                key = replace(key, handler="", file="", line=0)  # told apart by more than the path
            other = found.setdefault(key, endpoint)
            if other.auth != endpoint.auth:  # alternatives: which one holds is not known
                found[key] = replace(other, auth=None, auth_evidence="")
        return sorted(found.values(), key=lambda e: (e.path, e.method, e.file, e.line))

    @cached_property
    def contracted(self) -> list[Endpoint]:
        """What contracts say that is served: methods of services, and operations of schemas."""
        return [*self.serving.endpoints(), *self.operations.endpoints()]

    @property
    def skipped(self) -> list[SkippedFile]:
        """The contracts that could not be read."""
        return [*self.serving.skipped, *self.operations.skipped] if self.contracted else []

    @property
    def folder(self) -> str:
        """What the paths of all its files begin with."""
        return "" if self.project in ("", ".") else f"{self.project}/"

    @property
    def orphans(self) -> list[RouterNode]:
        """Routers with routes that no entrypoint reaches."""
        return self._walk.orphans

    def base(self, unit: str) -> tuple[Text, ...]:
        """Return the prefix that the project's settings put before all that a unit serves."""
        keys = self.units[unit].table("settings").get("prefix", ())
        texts = [self.placeholders[unit].get(key) for key in keys]
        return tuple(t for t in texts if t.text)

    def project_of(self, path: str) -> str:
        """Return the project that a file belongs to."""
        return self.owners.get(path, self.project)

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
        shared = fact.unit.names("origin", "shared")
        if shared and any(isinstance(v, External) and v.name in shared for v in values):
            return True
        return any(not _surely_no_router(v) for v in values) or not values

    def _build(self) -> None:
        for fact in self.facts["router"]:
            self.classes.watch(fact)
        classes = [f for f in self.facts["router"] if self.classes.note(f)]
        self.facts["router"] = [
            f for f in self.facts["router"] if f not in classes and self._makes_router(f)
        ]
        for kind in HANGING:
            self.facts[kind] = [f for f in self.facts[kind] if self._may_hang(f)]
            for fact in self.facts[kind]:
                self.evaluator.narrowing.watch(fact.source, fact.node, self._read(fact))
        for fact in self.facts["router"]:
            for frame in self.evaluator.frames(fact.source, fact.node):
                at = At(fact.source, fact.node, frame)
                for value in self.evaluator.evaluate(at):
                    if isinstance(value, Router) and value.at.node == fact.node:
                        self.nodes.node(value).fact = fact
        for fact in self.facts["verbs"]:
            self._each(fact, self.hanging.verbs)
        self.hanging.contracts = {(f.source.path, f.node.id) for f in self.facts["service"]}
        self.hanging.doubtful = {(f.source.path, f.node.id) for f in self.facts["route"]}
        self.classes.build()
        for fact in self.facts["group"]:
            self._each(fact, self.hanging.group)
        for fact in self.facts["mount"]:
            self._each(fact, self.hanging.mount)
        for fact in self.facts["route"]:
            self._each(fact, self.hanging.route)
        Tables(self.evaluator, self.hanging, self.settings, self.units, self.facts).build()
        for node in self.nodes.all:
            self._implied(node)
        for fact in self.facts["middleware"]:
            self._each(fact, self.hanging.middleware)
        for fact in self.facts["prefix"]:
            self._each(fact, self.whole.prefix)
        for fact in self.facts["versioning"]:
            self._each(fact, self.whole.versioning)
        for fact in self.facts["entrypoint"]:
            self._each(fact, self.whole.started)
        self.classes.finish()
        for fact in sorted(self.facts["standing"], key=self.whole.depth):
            self.whole.standing(fact)

    def _implied(self, node: RouterNode) -> None:
        """Hang what a kind of router serves of its own."""
        unit = self.units[node.unit]
        said = unit.table("origin").get("routes", {}).get(node.origin)
        if said and (node.routes or node.mounted_by):
            uses = self.class_guards.everywhere(unit)
            self.hanging.implied(
                node, Fact("route", node.at.source, node.at.node, {}, unit), said, uses
            )

    def _each(self, fact: Fact, add: Callable[[Fact, Frame | None], bool]) -> None:
        for frame in self.evaluator.frames(fact.source, fact.node, self._read(fact)):
            key = (fact.kind, fact.source.path, fact.node.id, frame)
            if fact.kind == "route" and ("mount", *key[1:]) in self._won:
                continue  # what it hangs there is a router
            if key in self._won or not self.conditions.reachable(fact.source, fact.node, frame):
                continue
            if add(fact, frame):  # of several patterns, the first that means something
                self._won.add(key)

    def _read(self, fact: Fact) -> list[Node]:
        """Return what must be known of a fact: not how its handlers and middleware were made."""
        nodes = [n for part in READ for n in fact.all(part)] + self.hanging.given.bases(fact)
        for node in (*fact.all("handler"), *fact.all("middleware")):
            if isinstance(self.code.language(fact.source).form(fact.source, node), forms.Name):
                nodes.append(node)
        conditions = self.code.language(fact.source).conditions(fact.source, fact.node)
        return nodes + [c.subject for c in conditions]


def _surely_no_router(value: Value) -> bool:
    if isinstance(value, External):
        return value.form != "call"
    return isinstance(value, Text | Constant | ListValue | Items | DictValue | FunctionValue)


def libraries_of(units: Iterable[Unit]) -> set[str]:
    """Return the packages that units know routers of."""
    named = (n for u in units for key in ("router", "types") for n in u.names("origin", key))
    return {n.partition(".")[0] for n in named}


def settings_of(units: Sequence[Unit]) -> Settings:
    """Return the calls that read settings, from all units' tables."""
    reads: dict[str, tuple[int | str, ...]] = {}
    for unit in units:
        for row in unit.table("settings").get("reads", ()):
            default = row["default"]
            reads[row["name"]] = tuple(default if isinstance(default, list) else [default])
    lists = frozenset(n for u in units for n in u.names("values", "lists"))
    functions = {k: v for u in units for k, v in u.table("values").get("functions", {}).items()}
    return Settings(reads, lists, functions)


__all__ = ["Mount", "Route", "RouterGraph", "RouterNode", "Served", "Use", "settings_of"]
