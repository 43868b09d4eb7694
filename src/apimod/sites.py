"""Call sites: which calls may enter a function, by what is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.languages.forms import Assigned, Binding, Call, Element
from apimod.values import At, External, FunctionValue, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.scopes import Scope
    from apimod.source import Source


MAX_GUESSED = 16
"""Up to how many calls on something unknown may be calls of any method of that name."""
MAX_HANDED = 200
"""Of how many mentions of a name it is looked up what they hand on."""


class Sites:
    """Finds the calls of a function: by its name, or by that of what it was handed to."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._found: dict[object, list[tuple[Source, Node]]] = {}
        self._named: dict[tuple[str, str], _Calls] = {}

    def of(self, function: At) -> list[tuple[Source, Node]]:
        """Return the calls that may call a function: by its name, or by that of a parameter."""
        if function.key not in self._found:
            self._found[function.key] = self._search(function)
        return self._found[function.key]

    def _search(self, function: At) -> list[tuple[Source, Node]]:
        language = self.code.language(function.source)
        name = language.reached_name(function.source, function.node)
        sites: list[tuple[Source, Node]] = []
        handed: list[tuple[Source, Node]] = []
        if name is None:
            sites += self._inline(function)
            sites += self._assigned(function)
            handed = [(function.source, function.node)]
        elif name in language.constructors:
            owner = language.qualified_name(function.source, function.node).split(".")
            if len(owner) > 1:
                for cls in self.ev.subclass_names(function, owner[-2]):
                    sites += self.code.calls(language.name, cls, self.ev.home)
        else:
            sites += self._calls(language.name, name).of(function)
            handed = self.code.mentions(language.name, name, self.ev.home)
            handed = handed if len(handed) <= MAX_HANDED else []
        known_as = function
        owner_class = language.owner_class(function.node)
        if name in language.constructors and owner_class is not None:
            known_as = function.to(owner_class)
        for alias in language.aliases(self.code, function.source, known_as.node):
            if alias != name:
                sites += self.code.calls(language.name, alias, self.ev.home)
                handed += self.code.mentions(language.name, alias, self.ev.home)
        for source, node in handed:
            sites += self._through(source, node)
            sites += self._looped(source, node)
        inside = function.node
        return [
            (s, n)
            for s, n in dict.fromkeys(sites)
            if s is not function.source
            or not inside.start_byte <= n.start_byte < n.end_byte <= inside.end_byte
            or n.end_byte > inside.end_byte
        ]

    def _calls(self, language: str, name: str) -> _Calls:
        """Return all calls by a name, sorted by what they call as far as declarations tell.

        Sorted once for all functions of the name: each of hundreds of methods called ``get`` would
        else look at each of thousands of calls.
        """
        key = (language, name)
        if key not in self._named:
            self._named[key] = made = _Calls({}, [])
            for source, node in self.code.calls(language, name, self.ev.home):
                form = self.code.language(source).form(source, node)
                if isinstance(form, Call):
                    frame = self.ev.entries.unbound(source, form.function)
                    made.add(source, node, self.ev.evaluate(At(source, form.function, frame)))
        return self._named[key]

    def _assigned(self, function: At) -> Iterator[tuple[Source, Node]]:
        """Yield the calls of a variable that a function without a name is put into."""
        scopes = self.code.scopes(function.source)
        scope: Scope | None = scopes.at(function.node.start_byte)
        while scope is not None:
            for name, bindings in scope.names.items():
                if any(isinstance(b, Assigned) and b.value == function.node for b in bindings):
                    for call in scopes.calls.get(name, ()):
                        if scope.start <= call.start_byte < scope.end:
                            yield function.source, call
            scope = scope.outer

    def _inline(self, function: At) -> list[tuple[Source, Node]]:
        """A function that is called where it is written."""
        parent = function.node.parent
        while parent is not None and parent.type == "parenthesized_expression":
            parent = parent.parent
        if parent is None:
            return []
        form = self.code.language(function.source).form(function.source, parent)
        called = isinstance(form, Call) and form.function.end_byte >= function.node.end_byte
        return [(function.source, parent)] if called else []

    def _through(self, source: Source, node: Node) -> list[tuple[Source, Node]]:
        """A function handed to another one, which calls its parameter."""
        language = self.code.language(source)
        parent = node.parent
        for _ in range(3):
            if parent is None or isinstance(language.form(source, parent), Call):
                break
            parent = parent.parent
        form = language.form(source, parent) if parent is not None else None
        if parent is None or not isinstance(form, Call):
            return []
        sites: list[tuple[Source, Node]] = []
        for value in self.ev.evaluate(
            At(source, form.function, self.ev.entries.unbound(source, parent))
        ):
            if not isinstance(value, FunctionValue):
                continue
            params = self.ev.framing.bind(value, At(source, parent), form.arguments)
            scopes = self.code.scopes(value.at.source)
            for name, bound in params.items():
                if isinstance(bound, At) and bound.node.id == node.id:
                    sites += [
                        (value.at.source, call)
                        for call in scopes.calls.get(name, ())
                        if value.at.node.start_byte <= call.start_byte < value.at.node.end_byte
                    ]
        return sites

    def _looped(self, source: Source, node: Node) -> Iterator[tuple[Source, Node]]:
        """A function put into a list, which a loop over that list calls."""
        scopes = self.code.scopes(source)
        for scope in scopes.all:
            for variable, bindings in scope.names.items() if scope.kind == "loop" else ():
                if any(isinstance(b, Element) and _inside(node, b.iterable) for b in bindings):
                    for call in scopes.calls.get(variable, ()):
                        if scope.start <= call.start_byte < scope.end:
                            yield source, call
        for name in self._holders(source, node):
            for other in self.code.holding(self.code.language(source).name, name):
                scopes = self.code.scopes(other)
                for scope in scopes.all:
                    for variable, bindings in scope.names.items() if scope.kind == "loop" else ():
                        if any(_over(other, b, name) for b in bindings):
                            for call in scopes.calls.get(variable, ()):
                                if scope.start <= call.start_byte < scope.end:
                                    yield other, call

    def _holders(self, source: Source, node: Node) -> Iterator[str]:
        """Yield the names of the variables whose value a node is part of."""
        scope: Scope | None = self.code.scopes(source).at(node.start_byte)
        while scope is not None:
            for name, bindings in scope.names.items():
                for binding in bindings:
                    if isinstance(binding, Assigned) and _inside(node, binding.value):
                        yield name
            scope = scope.outer


class _Calls(Struct):
    """The calls by one name: of which function each is, and those of nobody knows which."""

    known: dict[tuple[str, int, int], list[tuple[Source, Node]]]
    others: list[tuple[Source, Node]]

    def add(self, source: Source, node: Node, values: list[Value]) -> None:
        """Sort a call in by the values that what it calls may have."""
        places = {v.at.place for v in values if isinstance(v, FunctionValue)}
        for place in places:
            self.known.setdefault(place, []).append((source, node))
        if not values or any(not isinstance(v, FunctionValue | External) for v in values):
            self.others.append((source, node))

    def of(self, function: At) -> list[tuple[Source, Node]]:
        """Return the calls that may be a function's."""
        known = self.known.get(function.place, [])
        return [*known, *self.others] if len(self.others) <= MAX_GUESSED else list(known)


def _inside(node: Node, outer: Node) -> bool:
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


def _over(source: Source, binding: Binding, name: str) -> bool:
    """Whether a loop's variable runs over a list of that name."""
    if not isinstance(binding, Element) or binding.keys:
        return False
    text = source.text(binding.iterable)
    return text == name or text.endswith("." + name)
