"""Routers as nodes of the graph: their origin, their own prefix, what stands before handlers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.commands import Commands
from apimod.constructing import handed_on
from apimod.graph import Order, RouterNode, Use
from apimod.languages import forms
from apimod.match import Fact, select
from apimod.sparing import Sparing
from apimod.values import At, External, Frame, ListValue, Piece, Router, Text, Value

HOLE = re.compile(r"<(\^?[\w,]+)>")

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conditions import Conditions
    from apimod.evaluate import Evaluator
    from apimod.meaning import RouterMeaning
    from apimod.pack import Unit


MAX_GUESSED = 4
"""On how many objects of a class what a method does is put, where nothing calls the method."""


class RouterNodes:
    """Makes a node of every router that is met."""

    def __init__(
        self,
        evaluator: Evaluator,
        meaning: RouterMeaning,
        conditions: Conditions,
        units: Mapping[str, Unit],
        verbs: Callable[[At, dict[str, str]], list[str]],
    ) -> None:
        self.evaluator = evaluator
        self.code = evaluator.code
        self.meaning = meaning
        self.conditions = conditions
        self.units = units
        self.verbs = verbs
        self.commands = Commands(self.code, units.values())
        self.sparing = Sparing(evaluator, units.values())
        self._nodes: dict[Router, RouterNode] = {}
        self._common: dict[str, RouterNode] = {}
        self.wraps = [n for u in units.values() for n in u.names("middleware", "wraps")]

    @property
    def all(self) -> list[RouterNode]:
        """All routers, in the order of the text."""
        return sorted(self._nodes.values(), key=lambda n: n.at.place)

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
            node.is_root |= (node.unit, at.source.path) in self.commands.started
            return
        if not isinstance(form, forms.Call):
            return
        for callee in self.evaluator.evaluate(at.to(form.function)):
            node.origin = node.origin or self.meaning.origin_of(callee, self.meaning.makes)
        node.is_root = bool(node.origin) and self.meaning.roots.unit(node.origin) == unit.name
        if node.origin:
            node.methods = self._methods(at, form, unit, node.origin)
            node.prefixes = tuple(
                t
                for n in self._args(at, form, unit, "router", "path")
                for t in self.evaluator.texts(n)
            )
            if not node.prefixes:
                node.prefixes = self._default(node.origin, at, form, unit)
            for before in self._around(at, unit):
                node.prefixes = tuple(
                    Text.of([*_pieces(before), *_pieces(t)]) for t in node.prefixes or (Text(""),)
                )
            nodes = self._args(at, form, unit, "router", "middleware")
            node.uses += self.uses(nodes, None, "router", ())

    def _around(self, at: At, unit: Unit) -> Iterator[Text]:
        """Yield what annotations of the modules around an annotated item put before its path."""
        wanted = unit.names("origin", "around")
        language = self.code.language(at.source)
        item = language.annotated(at.node) if wanted else None
        while item is not None:
            item = item.parent
            for node in language.decorators(at.source, item) if item is not None else ():
                form = language.form(at.source, node)
                if isinstance(form, forms.Call) and form.arguments:
                    values = self.evaluator.evaluate(at.to(form.function))
                    if any(isinstance(v, External) and v.name in wanted for v in values):
                        yield self.evaluator.texts(at.to(form.arguments[0].node))[0]

    def _default(self, origin: str, at: At, call: forms.Call, unit: Unit) -> tuple[Text, ...]:
        """Return the prefix of a router that is given none: a pattern that an argument fills."""
        pattern = unit.table("origin").get("defaults", {}).get(origin, "")
        options: list[list[Piece]] = [[]]
        end = 0
        for hole in HOLE.finditer(pattern):
            plain = Piece(pattern[end : hole.start()])
            texts = self._fill(hole.group(1), at, call)
            options = [[*o, plain, *(t.pieces or (Piece(t.text),))] for o in options for t in texts]
            end = hole.end()
        if not pattern:
            return ()
        return tuple(Text.of([*o, Piece(pattern[end:])]) for o in options)

    def _fill(self, hole: str, at: At, call: forms.Call) -> list[Text]:
        """Return what stands for ``<0,name>``: an argument; ``<^0>`` is its router's own prefix."""
        for name in hole.lstrip("^").split(","):
            nodes = select(self.code, at.source, call, int(name) if name.isdigit() else name)
            for node in nodes:
                values = self.evaluator.evaluate(at.to(node))
                if hole.startswith("^"):
                    return [
                        t
                        for r in self.meaning.routers(values)
                        for t in self.node(r).prefixes or (Text(""),)
                    ]
                return self.evaluator.texts(at.to(node))
        return [Text("")]

    def given(self, node: RouterNode, part: str) -> list[At]:
        """Return the arguments of the call that makes a router for one of its parts."""
        form = self.evaluator.form(node.at)
        if node.router.assumed or not isinstance(form, forms.Call):
            return []
        return self._args(node.at, form, self.units[node.unit], "router", part)

    def _declared(self, at: At) -> str:
        language = self.code.language(at.source)
        inner = language.type_of(at.source, at.node)
        names = self.evaluator.canonical(At(at.source, inner)) if inner is not None else []
        return names[0] if names else ""

    def _methods(self, at: At, call: forms.Call, unit: Unit, origin: str) -> frozenset[str] | None:
        """Return the methods that a router's maker is named after, or is given."""
        table = unit.table("methods")
        given = [
            m for a in self._args(at, call, unit, "router", "methods") for m in self.verbs(a, table)
        ]
        if given:
            return frozenset(given)
        name = origin.rpartition(".")[2]
        named = any(fnmatchcase(origin, p) for p in unit.names("origin", "verbs"))
        return frozenset({table[name]}) if named and name in table else None

    def _args(self, at: At, call: forms.Call, unit: Unit, kind: str, part: str) -> list[At]:
        fact = self.meaning.made_by.get((at.source.path, at.node.id)) if kind == "router" else None
        if fact is not None and fact.unit.name == unit.name and fact.all(part):
            return [at.to(n) for n in fact.all(part)]
        selectors = unit.table("arguments").get(kind, {}).get(part, [])
        for place, form in (*handed_on(self.evaluator, at, call), (at, call)):
            for selector in selectors if isinstance(selectors, list) else [selectors]:
                nodes = select(self.code, place.source, form, selector)
                if nodes:
                    return [place.to(n) for n in nodes]
        return []

    def on(self, fact: Fact, frame: Frame | None) -> list[RouterNode]:
        """Return the routers that a fact hangs on."""
        node = fact.one("on")
        if node is None:
            enclosing = fact.unit.table("origin").get("enclosing")
            return self._enclosing(fact, frame) if enclosing else []
        values = self.evaluator.evaluate(At(fact.source, node, frame))
        found = [self.node(r) for r in self.meaning.routers(values) if r.unit == fact.unit.name]
        if len(found) > MAX_GUESSED and self.is_uncalled(frame):
            return []
        return found or self._shared(fact, node, values)

    def is_uncalled(self, frame: Frame | None) -> bool:
        """Whether a frame is entered from a method that nothing here calls, whatever is between."""
        while frame is not None and frame.site is not None:
            frame = frame.site.frame
        if frame is None or frame.scope.kind != "function":
            return False
        language = self.code.language(frame.source)
        return language.is_method(frame.source, frame.scope.node)

    def _enclosing(self, fact: Fact, frame: Frame | None) -> list[RouterNode]:
        """Return the router that the innermost call around a fact makes, in a function's body."""
        node = fact.node.parent
        inside = fact.node
        while node is not None:
            form = self.code.language(fact.source).form(fact.source, node)
            if isinstance(form, forms.Call) and inside.id != form.function.id:
                around = self.evaluator.framing.around(fact.source, node, frame)
                at = At(fact.source, node, around)
                if self.meaning.groups.get((fact.source.path, node.id)):
                    return [self.node(Router(self.meaning.identity(at), fact.unit.name))]
                values = self.evaluator.evaluate(at)
                routers = [r for r in self.meaning.routers(values) if r.unit == fact.unit.name]
                if routers:
                    return [self.node(r) for r in routers]
            inside, node = node, node.parent
        return []

    def _shared(self, fact: Fact, node: Node, values: Iterable[Value]) -> list[RouterNode]:
        """Return the one router that a library keeps for all, where a fact hangs on that."""
        names = fact.unit.names("origin", "shared")
        if not any(isinstance(v, External) and v.name in names for v in values):
            return []
        if fact.unit.name not in self._common:
            router = Router(At(fact.source, node), fact.unit.name)
            self._common[fact.unit.name] = self.node(router)
            self._common[fact.unit.name].is_root = True
        return [self._common[fact.unit.name]]

    def uses(
        self,
        nodes: Iterable[At],
        fact: Fact | None,
        scope: str,
        order: Order,
        within: Frame | None = None,
    ) -> list[Use]:
        """Return what stands before handlers; lists are taken apart.

        ``within`` is the way in on which a router is made, for what stands before all of its own.
        """
        out: list[Use] = []
        for at in nodes:
            sure = fact is None or not self.conditions.conditional(fact, at.frame, within)
            for item in self._items(at):
                inner, spared = self.sparing.of(item)
                if fact is not None and fact.kind == "middleware" and not spared:
                    spared = self.sparing.inside(item, fact.unit)
                out.append(Use(inner, fact, order, scope, sure, spared=spared))
        return out

    def _wrapped(self, at: At) -> list[At]:
        """Return what a call wraps that itself stands before nothing."""
        form = self.evaluator.form(at)
        if not self.wraps or not isinstance(form, forms.Call):
            return []
        names = self.evaluator.canonical(at.to(form.function))
        if not any(fnmatchcase(n, w) for n in names for w in self.wraps):
            return []
        return [at.to(a.node) for a in form.arguments]

    def listed(self, at: At) -> list[At]:
        """Return the elements of a list that handlers are given as; none where it is no list."""
        found = self._items(at)
        return found if len(found) > 1 or (found and found[0].node != at.node) else []

    def _items(self, at: At) -> list[At]:
        """Return the elements of a list as they are written, following names to the list."""
        wrapped = self._wrapped(at)
        if wrapped:
            return [a for inner in wrapped for a in self._items(inner)]
        for value in self.evaluator.evaluate(at):
            if isinstance(value, ListValue):
                form = self.evaluator.form(value.at)
                if isinstance(form, forms.Listing):
                    return [a for n in form.items for a in self._items(value.at.to(n))]
        form = self.evaluator.form(at)
        if isinstance(form, forms.Spread):
            return self._items(at.to(form.node))
        if isinstance(form, forms.Joined):
            parts = [at.to(n) for n in form.parts if not isinstance(n, str | forms.Name)]
            return [a for part in parts for a in self._items(part)]
        if isinstance(form, forms.Name | forms.Member):
            behind = self.evaluator.definition(at)
            if any(isinstance(self.evaluator.form(a), forms.Joined) for a in behind):
                return [a for inner in behind for a in self._items(inner)]
        return [at]


def _pieces(text: Text) -> tuple[Piece, ...]:
    return text.pieces or (Piece(text.text, known=text.known),)
