"""Classes that are routers, and the routes that their methods are.

A class is a router if one of its decorators is said to make it one. Its routes are its methods'
that are so decorated, its own and those of the classes and interfaces that it extends; each hangs
on the class that inherits it, under that class's prefix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING

from apimod.class_mounts import ClassMounts
from apimod.class_resources import ClassResources
from apimod.decorations import Decoration, Decorations, giving, mark_keys, rows
from apimod.graph import Mark, Mount, Route, RouterNode, Use
from apimod.languages import forms
from apimod.languages.forms import Defined
from apimod.match import Fact
from apimod.openapi_operations import Operation, operations_in, plain
from apimod.prefixes import under
from apimod.settings_files import Placeholders
from apimod.values import (
    At,
    ClassValue,
    Constant,
    DictValue,
    Instance,
    Items,
    ListValue,
    Router,
    Text,
    Value,
)
from apimod.versions import versions_of

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
        self.resources = ClassResources(evaluator, self.decorations)
        self._documents: list[Operation] | None = None
        self.prefixes: Callable[[str, At], list[Text]] = lambda unit, cls: []
        """Tells the prefixes that code gives to a class of a unit."""
        self.routes: list[Route] = []
        self.found: dict[tuple[str, object], Router | None] = {}
        """What classes are, by their unit, place and frame: a router, or none."""
        self._noted: list[tuple[Router, Fact]] = []
        self._made: set[Router] = set()
        self.listed = ClassMounts(self)

    @property
    def mounts(self) -> list[Mount]:
        """The mounts of class routers on class routers."""
        return self.listed.mounts

    # --- which classes ---------------------------------------------------------------------------

    def router(self, value: Value) -> list[Router]:
        """Return the routers that a class, or an instance of one, is."""
        if not isinstance(value, ClassValue | Instance):
            return []
        cls = value.at if isinstance(value, ClassValue) else value.cls
        found = (self._router(unit, cls) for unit in self.units.values())
        return [r for r in found if r is not None]

    def _router(self, unit: Unit, cls: At) -> Router | None:
        """Return the router that a class is for a unit; one that must be mounted is made here."""
        key = (unit.name, cls.key)
        if key not in self.found and _is_registered(unit):
            self.found[key] = None
            if self.code.language(cls.source).name == unit.language:
                decorations = self._inherited(unit, cls, "router", "excluded")
                if giving(decorations, "router") and not giving(decorations, "excluded"):
                    self.found[key] = router = Router(cls, unit.name)
                    self._make(router, None)
        return self.found.get(key)

    def watch(self, fact: Fact) -> None:
        """A class that a function makes is another one for every call that its decorators tell."""
        source, node = fact.source, fact.node
        language = self.code.language(source)
        scope = self.ev.framing.entered(self.code.scopes(source).at(node.start_byte))
        if scope is None or fact.unit.name not in self.units:
            return
        if not isinstance(language.form(source, node), forms.ClassForm):
            return
        nodes = [*language.decorators(source, node)]
        nodes += [b.node for b in language.bases(self.code, source, node)]
        for _, method in self._own(At(source, node)):
            nodes += language.decorators(source, method)
        self.ev.narrowing.watch(source, node, nodes)

    def note(self, fact: Fact) -> bool:
        """Tell whether a fact's node is a class that is a router; it is one from then on."""
        unit, source, node = fact.unit, fact.source, fact.node
        language = self.code.language(source)
        if unit.name not in self.units or not isinstance(
            language.form(source, node), forms.ClassForm
        ):
            return False
        decorations = self.decorations.of(unit, source, node)
        made = giving(decorations, "router")
        if not made or giving(decorations, "excluded"):
            return False
        abstract = language.class_kind(source, node) in NOT_MADE
        if abstract and not _is_registered(unit) and not any(d.get("routes") for d in made):
            return False
        if any(self.resources.hidden(d) for d in made):
            return False
        router = Router(At(source, node), unit.name)
        if not _is_registered(unit):
            self.found[unit.name, router.at.key] = router
        self._noted.append((router, fact))
        return True

    def build(self) -> None:
        """Make the nodes of the class routers that need no mount, with all that is theirs."""
        for router, fact in self._noted:
            if not _is_registered(self.units[router.unit]):
                self._make(router, fact)

    def finish(self) -> None:
        """Make those that nothing mounts: not what others extend, nor what a function makes."""
        for router, fact in self._noted:
            key = (router.unit, router.at.key)
            source, node = fact.source, fact.node
            scope = self.ev.framing.entered(self.code.scopes(source).at(node.start_byte))
            abstract = self.code.language(source).class_kind(source, node) in NOT_MADE
            if key not in self.found and scope is None and not abstract:
                extended = any(
                    isinstance(base, At) and base.place == router.at.place
                    for other in self.found.values()
                    if other is not None
                    for base in self.ev.mro(other.at)[1:]
                )
                if not extended:
                    self.router(ClassValue(router.at))
        self.listed.finish()

    def _make(self, router: Router, fact: Fact | None) -> None:
        """Make a router's node, with its prefix, middleware, mounts and routes."""
        if router in self._made:
            return
        self._made.add(router)
        unit = self.units[router.unit]
        node = self.nodes.node(router)
        node.fact = fact
        self._describe(node, unit)
        self._hang(node, unit)

    # --- what a class says -----------------------------------------------------------------------

    def _inherited(self, unit: Unit, cls: At, *kinds: str) -> list[Decoration]:
        """Return a class's decorations of some kinds; by name, those of the first that has it."""
        seen: set[str] = set()
        out: list[Decoration] = []
        for base in self.ev.mro(cls):
            if isinstance(base, str):
                continue
            mine = giving(self.decorations.of(unit, base.source, base.node, base.frame), *kinds)
            fresh = [d for d in mine if d.name not in seen and d.get("on") in (None, "class")]
            out += fresh
            seen |= {d.name for d in fresh}
        return out

    def _describe(self, node: RouterNode, unit: Unit) -> None:
        made = self._inherited(unit, node.at, "router", "prefix")
        node.origin = made[0].name if made else ""
        node.is_root = not _is_registered(unit) or any(d.get("root") for d in made)
        node.is_registered = _is_registered(unit)
        node.absolute = any(d.get("absolute") for d in made)
        texts = [t for d in made for t in self._paths(unit, d)]
        noun = self.resources.noun(node.at) if any(d.get("nouns") for d in made) else None
        if noun is not None and not texts:
            over = [self.placeholders[unit.name].filled(Text(d.get("under") or "")) for d in made]
            texts = [under(o, noun) if o.text else noun for o in over if o.text] or [noun]
        above = [self.placeholders[unit.name].filled(t) for t in self.prefixes(unit.name, node.at)]
        texts = [under(a, t) for a in above for t in texts or [Text("")]] or texts
        node.prefixes = tuple(dict.fromkeys(texts))
        node.versions = self._versions(unit, [*made, *self._inherited(unit, node.at, "version")])
        if not _is_registered(unit):
            for decoration in self._inherited(unit, node.at, "middleware"):
                node.uses += self._uses(decoration)
        for decoration in made:
            self.listed.hang(node, unit, decoration)

    def _versions(self, unit: Unit, decorations: list[Decoration]) -> tuple[Text | None, ...]:
        """Return the versions that decorators say, None for the one that stands in no path."""
        neutral = unit.names("versioning", "neutral")
        out: list[Text | None] = []
        for decoration in decorations:
            for at in self.decorations.argument(decoration, "version"):
                out += versions_of(self.ev, at, neutral)
        return tuple(dict.fromkeys(out))

    def standing(self, unit: Unit, cls: At, method: At | None) -> list[Use]:
        """Return what the decorators of a class and of its method put before it, in order."""
        found = self._inherited(unit, cls, "middleware")
        if method is not None:
            own = self.decorations.of(unit, method.source, method.node, method.frame)
            found = [*found, *giving(own, "middleware")]
        found.sort(key=lambda d: d.get("stage") or 0)
        return [u for d in found for u in self._uses(d)]

    def marks(self, unit: Unit, cls: At, method: At | None) -> tuple[Mark, ...]:
        """Return what the decorators of a method, and of its class, note for guards to read."""
        found = self._inherited(unit, cls, "mark")
        if method is not None:
            own = self.decorations.of(unit, method.source, method.node, method.frame)
            found = [*giving(own, "mark"), *found]
        out: dict[object, bool] = {}
        for decoration in found:
            for key in mark_keys(self.ev, decoration, self.decorations.argument(decoration, "key")):
                out.setdefault(key, self._is_set(decoration))
        return tuple(out.items())

    def around(self, unit: Unit, handler: At | None) -> tuple[list[Use], dict[object, bool]]:
        """Return what stands before a method of a class that is called by no route, and its marks."""
        if handler is None or unit.name not in self.units or not _is_registered(unit):
            return [], {}
        owner = self.code.language(handler.source).owner_class(handler.node)
        if owner is None:
            return [], {}
        cls = handler.to(owner)
        uses = [*self.listed.before_all(unit.name), *self.standing(unit, cls, handler)]
        return uses, dict(self.marks(unit, cls, handler))

    def _is_set(self, decoration: Decoration) -> bool:
        values = [
            v for at in self.decorations.argument(decoration, "value") for v in self.ev.evaluate(at)
        ]
        return not values or any(
            not (isinstance(v, Constant) and v.text in ("false", "null", "undefined"))
            for v in values
        )

    def _said(self, found: list[Decoration], cls: At, unit: Unit) -> tuple[bool, str] | None:
        """Return whether a caller must be known, by the decorators of a method or of its class."""
        verdicts = giving(found, "verdict") or self._inherited(unit, cls, "verdict")
        said: tuple[bool, str] | None = None
        for decoration in verdicts:
            texts = [
                t.text
                for at in self.decorations.argument(decoration, "text")
                for t in self.ev.texts(at)
            ]
            unless = decoration.get("unless") or ()
            opposite = any(re.search(p, t) for p in unless for t in texts)
            shown = decoration.shown
            where = f"{decoration.name.rpartition('.')[2]} at {shown.source.path}:{shown.line}"
            closed = bool(decoration.get("auth")) != opposite
            if said is None or closed:
                said = closed, where
        return said

    def _paths(self, unit: Unit, decoration: Decoration) -> list[Text]:
        fill = self.placeholders[unit.name]
        found = [
            fill.filled(t)
            for at in self.decorations.argument(decoration, "path")
            if not any(self._says_nothing(v) for v in self.ev.evaluate(at))
            for t in self.ev.texts(at)
        ]
        default = decoration.get("default")
        above = fill.filled(Text(decoration.get("under") or ""))
        found = [under(above, t) for t in found] if above.text else found
        return found or ([Text(default)] if default else [])

    def _says_nothing(self, value: Value) -> bool:
        """Whether a value is no path: other settings of a decorator, or an empty list."""
        empty = isinstance(value, ListValue | Items) and not self.ev.elements(value)
        return empty or isinstance(value, DictValue)

    def _uses(self, decoration: Decoration) -> list[Use]:
        given = self.decorations.argument(decoration, "middleware")
        fact = None
        return self.nodes.uses(given or [decoration.at], fact, "route", ())

    # --- methods ---------------------------------------------------------------------------------

    def _hang(self, node: RouterNode, unit: Unit) -> None:
        keeps = unit.table("classes").get("overrides", "inherit") == "inherit"
        shared = self._methods(unit, self._inherited(unit, node.at, "router", "prefix"))
        own = self._inherited(unit, node.at, "route")
        self._contracted(node, unit)
        for decoration in self._inherited(unit, node.at, "router"):
            for verb, path, at, name in self.resources.of(unit, node.at, decoration):
                operation = Operation(name, verb, path.text, ())
                self._operation(node, unit, operation, at, library=True)
        for decoration in own:
            if decoration.get("on") == "class":
                self._route(node, unit, decoration, [], node.at, (node.at, node.at.node), shared)
        for chain in self._chains(node.at):
            for cls, method in chain if keeps else chain[:1]:
                found = self.decorations.of(unit, cls.source, method, cls.frame)
                made = [d for d in giving(found, "route") if d.get("on") in (None, "method")]
                if made:
                    handler = chain[0]
                    for decoration in made:
                        self._route(node, unit, decoration, found, cls, handler, shared)
                    break

    def _contracted(self, node: RouterNode, unit: Unit) -> None:
        """Hang the operations of interfaces that are generated from a document."""
        patterns = unit.table("contract").get("interfaces", ())
        bases = [b for b in self.ev.mro(node.at) if isinstance(b, str)] if patterns else []
        named = (m.group(1) for p in patterns for b in bases for m in [re.search(p, b)] if m)
        wanted = {plain(name) for name in named}
        if not wanted:
            return
        if self._documents is None:
            self._documents = operations_in(self.code, self.code.paths)
        methods = {name: (cls, m) for cls in self._bases(node.at) for name, m in self._own(cls)}
        for operation in self._documents:
            first = operation.path.strip("/").partition("/")[0]
            if not wanted & {plain(t) for t in operation.tags or (first,)}:
                continue
            where, method = methods.get(operation.name, (node.at, node.at.node))
            self._operation(node, unit, operation, At(where.source, method, where.frame))

    def _bases(self, cls: At) -> list[At]:
        return [b for b in reversed(self.ev.mro(cls)) if isinstance(b, At)]

    def _operation(
        self, node: RouterNode, unit: Unit, operation: Operation, at: At, library: bool = False
    ) -> None:
        found = self.decorations.of(unit, at.source, at.node, at.frame)
        owner = self.code.language(node.at.source).qualified_name(node.at.source, node.at.node)
        is_class = at.node == node.at.node
        route = Route(
            node,
            Fact("route", at.source, at.node, {"handler": (at.node,)}, unit),
            None,
            (("rest", operation.method),),
            (Text(operation.path),),
            at,
            at,
            owner if is_class else f"{owner}.{operation.name}",
            (),
            library=is_class or library,
            said=self._said([] if is_class else found, node.at, unit),
        )
        node.routes.append(route)
        self.routes.append(route)

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
        if not self.code.language(method[0].source).overloads:
            return True
        return len(self._types(method)) == len(self._types(base))

    def _with_segments(
        self, decoration: Decoration, cls: At, method: Node, paths: list[Text]
    ) -> list[Text]:
        """Add a segment to paths for each parameter that is decorated as one."""
        names = set(decoration.get("segments") or ())
        language = self.code.language(cls.source)
        for param in language.params(cls.source, method) if names else ():
            for decorator in language.decorators(cls.source, param.node):
                if names & set(self.ev.canonical(At(cls.source, decorator))):
                    paths = [under(t, Text(f"{{{param.name}}}")) for t in paths]
        return paths

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
        if decoration.get("required") and not methods:
            return
        if fixed or not methods:
            methods = [fixed or unit.table("route").get("method", "ANY")]
        paths = self._paths(unit, decoration)
        for other in giving(found, "path"):
            paths += self._paths(unit, other)
        where, method = handler
        name = self.code.language(where.source).function_name(where.source, method) or ""
        if decoration.get("named"):
            paths = [t if t.known else _symbol(t) for t in paths]
        if not paths:
            paths = [Text(name if decoration.get("named") else "")]
        paths = self._with_segments(decoration, where, method, paths)
        at = At(where.source, method, where.frame)
        owner = self.code.language(node.at.source).qualified_name(node.at.source, node.at.node)
        fact = Fact("route", cls.source, decoration.shown.node, {"handler": (method,)}, unit)
        is_class = method == where.node
        if _is_registered(unit):
            uses = self.standing(unit, node.at, None if is_class else at)
        else:
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
            owner if is_class else f"{owner}.{name}",
            (),
            tuple(uses),
            versions=self._versions(unit, giving(found, "version")),
            marks=self.marks(unit, node.at, None if is_class else at),
            said=self._said(found, node.at, unit),
        )
        node.routes.append(route)
        self.routes.append(route)


def _is_registered(unit: Unit) -> bool:
    """Whether a class router serves only where something mounts it."""
    return bool(unit.table("classes").get("registered"))


def _symbol(text: Text) -> Text:
    """A constant of generated code stands for the name that it is called by."""
    found = re.fullmatch(r"\{\?(?:\w+\.)+(\w+)\}", text.text)
    return Text(found.group(1)[:1].lower() + found.group(1)[1:]) if found else text
