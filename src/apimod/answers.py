"""What answers behind a route: a function, or the members of a class, each with what guards it.

A unit's ``[expand]`` table says which members of a class answer which verbs, which classes outside
of the codebase bring such members along, and which attributes and decorators stand before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.languages import forms
from apimod.values import At, ClassValue, External, FunctionValue, Router, Value

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.pack import Unit

MAX_DEPTH = 8


class Target(Struct, frozen=True):
    """What an expression that names a handler leads to."""

    cls: At | None = None
    """A class of the codebase."""
    external: str = ""
    """A class or function that is not in the codebase."""
    function: At | None = None
    call: At | None = None
    """The call that made a handler of the class."""
    wrappers: tuple[At, ...] = ()
    """What it was handed to on the way, the outermost first."""


class Answer(Struct, frozen=True):
    """One thing that answers behind a route."""

    methods: tuple[str, ...]
    """Its verbs; none for those that the route says."""
    handler: At | None
    name: str
    path: str = ""
    """What it adds to the route's path."""
    uses: tuple[At, ...] = ()
    """What stands before it."""
    library: bool = False
    """It is not code of the codebase, and known all the same."""


class Targets:
    """Follows an expression to the function or class that answers."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def of(self, at: At, unit: Unit, depth: int = 0) -> Target | None:
        """Return what an expression leads to; None where that is no function and no class."""
        if depth > MAX_DEPTH:
            return None
        form = self.ev.form(at)
        if isinstance(form, forms.Wrapped):
            return self.of(at.to(form.node), unit, depth)
        if isinstance(form, forms.Call):
            return self._call(at, form, unit, depth)
        values = self.ev.evaluate(at)
        for value in values:
            if isinstance(value, FunctionValue):
                return Target(function=value.at)
            if isinstance(value, ClassValue):
                return Target(cls=value.at)
        if isinstance(form, forms.Name | forms.Member):
            for definition in self.ev.definition(at):
                if definition.key != at.key:
                    found = self.of(definition, unit, depth + 1)
                    if found is not None:
                        return found
        return self._outside(values)

    def _outside(self, values: Sequence[Value]) -> Target | None:
        for value in values:
            if isinstance(value, External) and value.form == "name" and "." in value.name:
                return Target(external=value.name)
        return None

    def _call(self, at: At, call: forms.Call, unit: Unit, depth: int) -> Target | None:
        callee = self.ev.form(at.to(call.function))
        makers = unit.names("expand", "call")
        if isinstance(callee, forms.Member) and callee.name in makers:
            for value in self.ev.evaluate(at.to(callee.object)):
                if isinstance(value, ClassValue):
                    return Target(cls=value.at, call=at)
                if isinstance(value, External):
                    return Target(external=value.name, call=at)
        for argument in reversed(call.arguments):
            if argument.name is None:
                inner = self.of(at.to(argument.node), unit, depth + 1)
                if inner is not None and (inner.function or inner.call):
                    wrappers = (at.to(call.function), *inner.wrappers)
                    return Target(inner.cls, inner.external, inner.function, inner.call, wrappers)
        for value in self.ev.evaluate(at):
            if isinstance(value, FunctionValue):
                return Target(function=value.at)
            if isinstance(value, External) and value.form == "call":
                return Target(external=value.name)
        return None


class Decorators:
    """What decorates a function or class, as far as it stands before it when it answers."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def of(self, at: At) -> list[At]:
        """Return the decorators of a definition, the outermost first."""
        language = self.ev.code.language(at.source)
        return [at.to(node) for node in language.decorators(at.source, at.node)]

    def standing(self, at: At, unit: Unit, member: str = "") -> list[At]:
        """Return what decorators put before a handler: not those that register it.

        With ``member``, those of a class that are for that member. What stands above the one that
        registers a handler never runs, in a unit whose decorators only count below it.
        """
        out: list[At] = []
        below = unit.table("middleware").get("decorators") == "below"
        for decorator in self.of(at):
            name = self._on_router(decorator)
            if name is not None and name in unit.table("methods"):
                if below:
                    out = []
                continue
            if name is not None and not self.ev.canonical(self._callee(decorator)):
                continue  # a router's own, and no guard that is known
            out += self.carried(decorator, unit, member)
        return out

    def carried(self, at: At, unit: Unit, member: str = "") -> list[At]:
        """Return what a decorator puts there: itself, or what it is handed."""
        form = self.ev.form(at)
        if not isinstance(form, forms.Call):
            return [] if self._is_method_kind(at) else [at]
        names = self.ev.canonical(at.to(form.function))
        if not any(n in unit.names("auth", "carriers") for n in names):
            return [at]
        for argument in form.arguments:
            if argument.name == "name" and member not in self.ev.strings(at.to(argument.node)):
                return []
        return [at.to(a.node) for a in form.arguments if a.name is None]

    def _is_method_kind(self, at: At) -> bool:
        return at.source.text(at.node) in ("staticmethod", "classmethod", "property")

    def _callee(self, at: At) -> At:
        form = self.ev.form(at)
        return at.to(form.function) if isinstance(form, forms.Call) else at

    def _on_router(self, at: At) -> str | None:
        """Return the name of the method, where a decorator is one of a router."""
        callee = self.ev.form(self._callee(at))
        if isinstance(callee, forms.Member) and any(
            isinstance(v, Router) for v in self.ev.evaluate(at.to(callee.object))
        ):
            return callee.name
        return None

    def methods(self, at: At, unit: Unit) -> list[str]:
        """Return the verbs that decorators limit a handler to."""
        table = unit.table("expand").get("decorators", {})
        verbs = unit.table("methods")
        for decorator in self.of(at) if table else ():
            found = self.verbs_of(decorator, table, verbs)
            if found:
                return found
        return []

    def verbs_of(self, at: At, table: dict[str, list[str]], verbs: dict[str, str]) -> list[str]:
        """Return the verbs that one decorator or wrapper says."""
        form = self.ev.form(at)
        call = form if isinstance(form, forms.Call) else None
        names = self.ev.canonical(at.to(call.function) if call is not None else at)
        for name in names:
            for word in table.get(name, ()):
                found = self._said(at, call, word) if word.isdigit() else [word]
                out = [verbs[v.upper()] for v in found if v.upper() in verbs]
                if out:
                    return list(dict.fromkeys(out))
        return []

    def _said(self, at: At, call: forms.Call | None, word: str) -> Iterator[str] | list[str]:
        plain = [a.node for a in call.arguments] if call is not None else []
        return self.ev.strings(at.to(plain[int(word)])) if int(word) < len(plain) else []
