"""Definitions: what names, members and imports stand for, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.languages import language_named
from apimod.languages.base import ExternalRef, ModuleRef, Target
from apimod.languages.forms import (
    Assigned,
    Defined,
    Imported,
    Member,
    Name,
    Parameter,
    Part,
    Stored,
    Typed,
    Wrapped,
)
from apimod.lookup import Place
from apimod.values import At, ClassValue, External, FunctionValue, Instance, ModuleValue, Value

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator

MAX_HOPS = 20


class Definitions:
    """Follows names to what is behind them."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code

    def definition(self, at: At, hops: int = 0) -> list[At]:
        """Follow names, members and imports to the expression or definition behind them."""
        form = self.ev.form(at)
        if hops > MAX_HOPS:
            return [at]
        if isinstance(form, Wrapped):
            return self.definition(at.to(form.node), hops + 1)
        if isinstance(form, Name):
            out: list[At] = []
            for target in self.ev.lookup.targets(at, form.text):
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
        if isinstance(binding, Part) and isinstance(binding.steps[-1], str) and hops < MAX_HOPS:
            whole = replace(binding, steps=binding.steps[:-1])
            values = self.ev.bindings.of(source, whole if whole.steps else binding.base, frame)
            return [
                at
                for value in values
                for found in self._member_targets(value, binding.steps[-1])
                for at in self._behind(found, hops + 1)
            ]
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
