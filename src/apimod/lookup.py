"""Names: from a scope outwards, through imports, to what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apimod.languages.base import ExternalRef, Found, ModuleRef, Target
from apimod.languages.forms import (
    Assigned,
    Binding,
    Defined,
    Element,
    Imported,
    Member,
    Name,
    Parameter,
    Receiver,
    Stored,
    Typed,
    Wrapped,
)
from apimod.values import (
    UNKNOWN,
    At,
    ClassValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    ModuleValue,
    Router,
    Unknown,
    Value,
    known,
    unique,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.scopes import Scope
    from apimod.source import Source

MAX_HOPS = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A binding, its file, the scope that holds it and the frame around."""

    source: Source
    binding: Binding
    frame: Frame | None


class Lookup:
    """Finds what names are bound to."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._busy: set[tuple[str, str, int]] = set()

    # --- values ----------------------------------------------------------------------------------

    def name(self, at: At, name: str) -> list[Value]:
        """Return the values of a name."""
        language = self.code.language(at.source).name
        out: list[Value] = []
        declared: list[Value] = []
        for target in self.targets(at, name):
            typed = isinstance(target, Found | Place) and isinstance(target.binding, Typed)
            (declared if typed else out).extend(self.target(target, at.frame, language))
        if declared and all(isinstance(v, Unknown | External) for v in out):
            out = declared + [v for v in out if not isinstance(v, Unknown)]
        return self._merged(_sure(known(out)))

    def target(self, target: Target | Place, frame: Frame | None, language: str) -> list[Value]:
        """Return the values of what a name or an import leads to."""
        if isinstance(target, ExternalRef):
            return [External(target.name)]
        if isinstance(target, ModuleRef):
            return [ModuleValue(target.path, language)]
        if isinstance(target, Found):
            return self.binding(target.source, target.binding, None)
        return self.binding(target.source, target.binding, target.frame)

    def _merged(self, values: list[Value]) -> list[Value]:
        """Put together a list that grows statement by statement."""
        if len(values) > 1 and any(isinstance(v, Items) for v in values):
            lists = [v for v in values if isinstance(v, Items | ListValue)]
            if len(lists) > 1:
                items = [tuple(e) for v in unique(lists) for e in self.ev.elements(v)]
                rest = [v for v in values if not isinstance(v, Items | ListValue)]
                return [Items(tuple(items)), *rest]
        return values

    def binding(self, source: Source, binding: Binding, frame: Frame | None) -> list[Value]:
        """Return the values that a binding gives its name."""
        if isinstance(binding, Assigned):
            return self._assigned(source, binding, frame)
        if isinstance(binding, Defined):
            around = self.ev.framing.around(source, binding.node, frame)
            return self.ev.evaluate(At(source, binding.node, around))
        if isinstance(binding, Imported):
            return self._imported(source, binding)
        if isinstance(binding, Parameter):
            return self._parameter(source, binding, frame)
        if isinstance(binding, Receiver):
            return self._receiver(source, binding, frame)
        if isinstance(binding, Element):
            return self._element(source, binding, frame)
        if isinstance(binding, Typed):
            return self.typed(At(source, binding.type))
        if isinstance(binding, Stored):
            around = self.ev.framing.around(source, binding.value, frame)
            return self.ev.evaluate(At(source, binding.value, around))
        return [UNKNOWN]

    def _imported(self, source: Source, binding: Imported) -> list[Value]:
        key = (source.path, binding.module, hash(binding.name))
        if key in self._busy:
            return []
        self._busy.add(key)
        try:
            language = self.code.language(source)
            out: list[Value] = []
            for target in language.resolve(self.code, source, binding):
                out += self.target(target, None, language.name)
            return self._merged(known(out))
        finally:
            self._busy.discard(key)

    def _frames(self, source: Source, node: Node, frame: Frame | None) -> list[Frame | None]:
        """Return the frames for a value: of a function that sets a variable from outside, all."""
        around = self.ev.framing.around(source, node, frame)
        scope = self.ev.framing.entered(self.code.scopes(source).at(node.start_byte))
        if scope is None or (around is not None and around.scope is scope):
            return [around]
        while scope is not None and scope.kind == "loop":
            scope = self.ev.framing.entered(scope.outer)
        if scope is None or (around is not None and around.scope is scope):
            return [around]
        return self.ev.frames(source, node)

    def _assigned(self, source: Source, binding: Assigned, frame: Frame | None) -> list[Value]:
        out: list[Value] = []
        for around in self._frames(source, binding.value, frame):
            out += self._value(At(source, binding.value, around), binding)
        return unique(out)

    def _value(self, at: At, binding: Assigned) -> list[Value]:
        values = self.ev.evaluate(at)
        if binding.adds:
            if binding.index == -1:
                return [Items((tuple(values),))]
            lists = [v for v in values if isinstance(v, ListValue | Items)]
            return [Items(tuple(tuple(e) for v in lists for e in self.ev.elements(v)))]
        if binding.index is None:
            return values
        out: list[Value] = []
        for value in values:
            if isinstance(value, ListValue | Items):
                out += self.ev.component(value, binding.index)
            elif binding.index == 0 and not self.code.language(at.source).single_result:
                out.append(value)
        return out or [UNKNOWN]

    def _parameter(self, source: Source, binding: Parameter, frame: Frame | None) -> list[Value]:
        scope = self.code.scopes(source).of(binding.function)
        entered = self.ev.framing.find(scope, frame) if scope is not None else None
        bound = entered.bind.get(binding.name) if entered is not None else None
        values: list[Value] = []
        if isinstance(bound, At):
            values = self.ev.evaluate(bound)
        elif bound is not None:
            values = list(bound)
        if any(not isinstance(v, Unknown | External) or _is_name(v) for v in values):
            return values
        declared = self._declared(source, binding, frame)
        return declared or values or [UNKNOWN]

    def _declared(self, source: Source, binding: Parameter, frame: Frame | None) -> list[Value]:
        language = self.code.language(source)
        for param in language.params(source, binding.function):
            if param.name != binding.name:
                continue
            if param.type is not None:
                values = known(self.typed(At(source, param.type, frame)))
                if any(not isinstance(v, Unknown) for v in values):
                    return values
            if param.default is not None:
                return self.ev.evaluate(At(source, param.default, None))
        return []

    def _receiver(self, source: Source, binding: Receiver, frame: Frame | None) -> list[Value]:
        scope = self.code.scopes(source).of(binding.function)
        entered = self.ev.framing.find(scope, frame) if scope is not None else None
        if entered is not None and entered.receiver is not None:
            return [entered.receiver]
        values = self.ev.evaluate(At(source, binding.owner))
        if binding.is_class:
            return values
        return [Instance(v.at) if isinstance(v, ClassValue) else v for v in values]

    def _element(self, source: Source, binding: Element, frame: Frame | None) -> list[Value]:
        scope = self.code.scopes(source).of(binding.loop)
        entered = self.ev.framing.find(scope, frame) if scope is not None else None
        if entered is not None and scope is not None:
            for name, bindings in scope.names.items():
                if binding in bindings and name in entered.bind:
                    bound = entered.bind[name]
                    return list(bound) if isinstance(bound, tuple) else self.ev.evaluate(bound)
        at = At(source, binding.iterable, self.ev.framing.around(source, binding.iterable, frame))
        return [v for turn in self.ev.turns(at) for v in self.ev.variable(binding, turn)]

    def typed(self, at: At) -> list[Value]:
        """Return what something of a declared type is."""
        language = self.code.language(at.source)
        node = language.type_of(at.source, at.node)
        if node is None:
            return [UNKNOWN]
        out: list[Value] = []
        for value in self.ev.evaluate(At(at.source, node)):
            if isinstance(value, ClassValue):
                given = self.ev.interpreter.typed(at, self.ev.name_of(value.at))
                out.append(given or Instance(value.at))
            elif isinstance(value, External) and value.form == "name":
                given = self.ev.interpreter.typed(at, value.name)
                out.append(given or External(value.name, "instance"))
        return out or [UNKNOWN]

    # --- scopes ----------------------------------------------------------------------------------

    def targets(self, at: At, name: str) -> Iterator[Target | Place]:
        """Yield what binds a name, as seen from an expression."""
        scopes = self.code.scopes(at.source)
        position = at.node.start_byte
        scope: Scope | None = scopes.at(position)
        inside = scope
        while scope is not None:
            bindings = scope.names.get(name)
            hidden = scope.kind == "class" and inside is not scope and inside is not None
            if bindings and not (hidden and self._between(inside, scope)):
                chosen = self._reaching(at, scope, inside, bindings)
                if chosen and scope.kind == "module" and self._is_shared(at.source, chosen):
                    break
                if chosen:
                    for binding in chosen:
                        yield Place(at.source, binding, at.frame)
                    return
            scope = scope.outer
        yield from self.code.language(at.source).outside(self.code, at.source, name)

    def _is_shared(self, source: Source, bindings: Sequence[Binding]) -> bool:
        """Whether other files may bind the same name: they make up one module."""
        if any(isinstance(b, Imported | Defined) for b in bindings):
            return False
        return self.code.language(source).shares_modules

    def _between(self, inside: Scope | None, cls: Scope) -> bool:
        """Whether a function stands between a scope and the class around."""
        while inside is not None and inside is not cls:
            if inside.kind == "function":
                return True
            inside = inside.outer
        return False

    def _reaching(
        self, at: At, scope: Scope, inside: Scope | None, bindings: Sequence[Binding]
    ) -> list[Binding]:
        """Return the bindings that may hold where a name is read."""
        position = at.node.start_byte
        if len(bindings) == 1 and scope.kind != "block":
            return [] if _holds(bindings[0], position) else list(bindings)
        same = not self._between(inside, scope)
        if not same or scope.kind == "loop":
            return list(bindings)
        before = [b for b in bindings if _position(b) < position and not _holds(b, position)]
        out: list[Binding] = []
        for binding in reversed(before):
            out.append(binding)
            adds = isinstance(binding, Assigned) and binding.adds
            if not adds and self._dominates(at, binding):
                break
        if not before and (scope.kind == "block" or all(_holds(b, position) for b in bindings)):
            return []
        return out[::-1] or list(bindings)

    def _dominates(self, at: At, binding: Binding) -> bool:
        """Whether a binding's block holds the place where the name is read."""
        node = _node(binding)
        blocks = self.code.language(at.source).blocks
        while node is not None and node.type not in blocks:
            node = node.parent
        return node is None or node.start_byte <= at.node.start_byte < node.end_byte

    # --- definitions and names -------------------------------------------------------------------

    def definition(self, at: At, hops: int = 0) -> list[At]:
        """Follow names, members and imports to the expression or definition behind them."""
        form = self.ev.form(at)
        if hops > MAX_HOPS:
            return [at]
        if isinstance(form, Wrapped):
            return self.definition(at.to(form.node), hops + 1)
        if isinstance(form, Name):
            out: list[At] = []
            for target in self.targets(at, form.text):
                out += self._behind(target, hops)
            return list(dict.fromkeys(out))
        if isinstance(form, Member):
            out = []
            for value in self.ev.evaluate(at.to(form.object)):
                for found in self._member_targets(value, form.name):
                    out += self._behind(found, hops)
            return list(dict.fromkeys(out))
        return [at]

    def _member_targets(self, value: Value, name: str) -> Iterator[Target]:
        if isinstance(value, ModuleValue):
            from apimod.languages import language_named

            yield from language_named(value.language).exported(self.code, value.path, name)
        elif isinstance(value, ClassValue | Instance):
            cls = value.at if isinstance(value, ClassValue) else value.cls
            for base in self.ev.mro(cls):
                if isinstance(base, At):
                    language = self.code.language(base.source)
                    found = language.members(self.code, base.source, base.node).get(name)
                    if found:
                        yield from found
                        return

    def _behind(self, target: Target | Place, hops: int) -> list[At]:
        if isinstance(target, ModuleRef | ExternalRef):
            return []
        frame = target.frame if isinstance(target, Place) else None
        source, binding = target.source, target.binding
        if isinstance(binding, Assigned | Stored):
            around = self.ev.framing.around(source, binding.value, frame)
            return self.definition(At(source, binding.value, around), hops + 1)
        if isinstance(binding, Defined):
            return [At(source, binding.node, self.ev.framing.around(source, binding.node, frame))]
        if isinstance(binding, Imported):
            language = self.code.language(source)
            found = language.resolve(self.code, source, binding)
            return (
                [at for t in found for at in self._behind(t, hops + 1)] if hops < MAX_HOPS else []
            )
        if isinstance(binding, Parameter):
            scope = self.code.scopes(source).of(binding.function)
            entered = self.ev.framing.find(scope, frame) if scope is not None else None
            bound = entered.bind.get(binding.name) if entered is not None else None
            return self.definition(bound, hops + 1) if isinstance(bound, At) else []
        if isinstance(binding, Typed):
            return [At(source, binding.type)]
        return []

    def canonical(self, at: At) -> list[str]:
        """Return the dotted names of what an expression refers to."""
        out: list[str] = []
        for value in self.ev.evaluate(at):
            if isinstance(value, External):
                out.append(value.name)
            elif isinstance(value, FunctionValue | ClassValue):
                out.append(self.ev.name_of(value.at))
            elif isinstance(value, Instance):
                out.append(self.ev.name_of(value.cls))
        return list(dict.fromkeys(out))


def _sure(values: list[Value]) -> list[Value]:
    """Leave out routers that are only declared where one is known."""
    if any(isinstance(v, Router) and not v.assumed for v in values):
        return [v for v in values if not (isinstance(v, Router) and v.assumed)]
    return values


def _is_name(value: Value) -> bool:
    return isinstance(value, External) and value.form == "name"


def _node(binding: Binding) -> Node | None:
    if isinstance(binding, Assigned | Stored):
        return binding.value
    if isinstance(binding, Defined):
        return binding.node
    if isinstance(binding, Element):
        return binding.iterable
    return binding.type if isinstance(binding, Typed) else None


def _position(binding: Binding) -> int:
    node = _node(binding)
    return -1 if node is None else node.start_byte


def _holds(binding: Binding, position: int) -> bool:
    """Whether a place stands inside of the value that a binding assigns."""
    if not isinstance(binding, Assigned):
        return False
    return binding.value.start_byte <= position < binding.value.end_byte
