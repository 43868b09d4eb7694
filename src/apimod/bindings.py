"""Bindings: the values that they give to their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages.forms import (
    Assigned,
    Binding,
    Defined,
    Element,
    Imported,
    Parameter,
    Part,
    Receiver,
    Stored,
    Typed,
)
from apimod.values import (
    UNKNOWN,
    At,
    ClassValue,
    External,
    Frame,
    Instance,
    Items,
    ListValue,
    Router,
    Unknown,
    Value,
    is_call,
    known,
    unique,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.scopes import Scope
    from apimod.source import Source


class Bindings:
    """Evaluates bindings."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._busy: set[tuple[str, str, int]] = set()

    def of(self, source: Source, binding: Binding, frame: Frame | None) -> list[Value]:
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
        if isinstance(binding, Part):
            return self._part(source, binding, frame)
        if isinstance(binding, Stored):
            around = self.ev.framing.around(source, binding.value, frame)
            return self.ev.evaluate(At(source, binding.value, around))
        return [UNKNOWN]

    def _part(self, source: Source, binding: Part, frame: Frame | None) -> list[Value]:
        """A value taken apart, step by step; its default where there is nothing."""
        values = self.of(source, binding.base, frame)
        for step in binding.steps:
            if isinstance(step, int):
                values = [v for value in values for v in self.ev.component(value, step)]
            else:
                values = [v for value in values for v in self.ev.member(value, step)]
        sure = known(values)
        if binding.default is not None and all(isinstance(v, Unknown | External) for v in sure):
            around = self.ev.framing.around(source, binding.default, frame)
            given = self.ev.evaluate(At(source, binding.default, around))
            sure = known(given) if not sure or _is_open(sure) else sure
        return unique(sure) or [UNKNOWN]

    def _imported(self, source: Source, binding: Imported) -> list[Value]:
        key = (source.path, binding.module, hash(binding.name))
        if key in self._busy:
            return []
        self._busy.add(key)
        try:
            language = self.code.language(source)
            out: list[Value] = []
            for target in language.resolve(self.code, source, binding):
                out += self.ev.lookup.target(target, None, language.name)
            return self.ev.lookup.merged(known(out))
        finally:
            self._busy.discard(key)

    def _frames(self, source: Source, node: Node, frame: Frame | None) -> list[Frame | None]:
        """Return the frames for a value: of a function that sets a variable from outside, all."""
        around = self.ev.framing.around(source, node, frame)
        inner: Scope | None = self.code.scopes(source).at(node.start_byte)
        while inner is not None and _opens(inner, node):
            inner = inner.outer  # what a function without a name holds is not read here
        scope = self.ev.framing.entered(inner)
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
            items: list[tuple[Value, ...]] = []
            for value in values:
                if isinstance(value, ListValue | Items):
                    items += [tuple(e) for e in self.ev.elements(value)]
                elif isinstance(value, Router) or is_call(value):
                    items.append((value,))  # a list that a call gives
            return [Items(tuple(items))]
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
        if not declared and all(isinstance(v, Unknown) for v in values):
            function = At(source, binding.function)
            return self.ev.interpreter.presumed(function, binding.name) or [UNKNOWN]
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


def _is_open(values: list[Value]) -> bool:
    """Whether nothing says that something is there: a setting, or something unknown."""
    return not any(isinstance(v, External) and v.form == "call" for v in values)


def _opens(scope: Scope, node: Node) -> bool:
    """Whether a scope is that of a node itself, or of something that it begins with."""
    return scope.kind != "module" and (
        node.start_byte <= scope.node.start_byte and scope.node.end_byte <= node.end_byte
    )


def _is_name(value: Value) -> bool:
    return isinstance(value, External) and value.form == "name"
