"""The handler of a route, its name, and the methods that the route answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, Constant, External, Frame, FunctionValue, Instance, Text, Value

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.match import Fact
    from apimod.pack import Unit

SHORT = 60
VERB = re.compile(r"[A-Z]{3,20}")
"""How a method is written that no matcher lists."""
MAX_WRAPS = 3


class Handlers:
    """Reads what a route calls, and for which methods."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def methods(
        self, fact: Fact, frame: Frame | None, said: Sequence[At] | None = None
    ) -> tuple[tuple[str, str], ...]:
        """Return protocol and method for every method of a route; nothing for an unknown one.

        ``said`` are the expressions of its methods, where the fact's own captures are not all.
        """
        table = fact.unit.table("methods")
        protocols = fact.unit.table("protocols")
        name = fact.one("method")
        called = fact.source.text(name) if name is not None else ""
        protocol = protocols.get(called, "rest")
        out: list[str] = []
        if said is None:
            said = [At(fact.source, n, frame) for n in fact.all("methods")]
        for at in said:
            out += self.named(at, table)
        if not said and called in table:
            out.append(table[called])
        elif not said and name is None:
            out.append(fact.unit.table("route").get("method", "ANY"))
        return tuple(dict.fromkeys((protocol, m) for m in out))

    def named(self, at: At, table: Mapping[str, str]) -> list[str]:
        """Return the methods that an expression names, by a unit's table."""
        out: list[str] = []
        for value in self.ev.evaluate(at):
            parts = self.ev.elements(value) or [[value]]
            for one in (v for part in parts for v in part):
                text = _text(one) or self._written(at)
                for name in [text, *_segments(one)] if text else ():
                    said = [table[n] for n in (name.upper(), name, name.lower()) if n in table]
                    if said:
                        out.append(said[0])
                        break
                else:
                    out += [text] if VERB.fullmatch(text) else []
        return out

    def _written(self, at: At) -> str:
        """Return a name of which nothing is known but what it is called."""
        form = self.ev.form(at)
        return form.text if isinstance(form, forms.Name) else ""

    def is_static(self, at: At, unit: Unit, depth: int = 0) -> bool:
        """Whether a handler only gives files: made by one of a unit's functions for that."""
        patterns = unit.names("route", "static")
        if not patterns or depth > MAX_WRAPS:
            return False
        written = self.ev.form(at)
        if isinstance(written, forms.Call) and not written.constructs:
            if any(self.is_static(at.to(a.node), unit, depth + 1) for a in written.arguments):
                return True
        for value in self.ev.evaluate(at):
            if isinstance(value, External):
                if any(fnmatchcase(value.name, p) for p in patterns):
                    return True
                form = self.ev.form(value.at) if value.at is not None else None
                for argument in form.arguments if isinstance(form, forms.Call) else ():
                    assert value.at is not None
                    if self.is_static(value.at.to(argument.node), unit, depth + 1):
                        return True
            elif isinstance(value, FunctionValue) and not self._is_named(value.at):
                if self._calls_one(value.at, patterns):
                    return True
        return False

    def _calls_one(self, function: At, patterns: Sequence[str]) -> bool:
        language = self.ev.code.language(function.source)
        for node in language.subtree(function.node):
            form = language.form(function.source, node)
            if isinstance(form, forms.Call):
                names = self.ev.canonical(function.to(form.function))
                if any(fnmatchcase(n, p) for n in names for p in patterns):
                    return True
        return False

    def of(self, at: At | None) -> tuple[At | None, str]:
        """Return the definition and the name of a handler."""
        if at is None:
            return None, ""
        form = self.ev.form(at)
        if isinstance(form, forms.Call):
            inner = self._wrapped(at, form)
            if inner is not None:
                return inner
        for value in self.ev.evaluate(at):
            if isinstance(value, FunctionValue):
                return value.at, self._name(value.at, at)
            if isinstance(value, Instance):
                return value.cls, self.ev.code.language(value.cls.source).qualified_name(
                    value.cls.source, value.cls.node
                )
        return None, shown(at)

    def _wrapped(self, at: At, call: forms.Call) -> tuple[At | None, str] | None:
        """``wrap(handler)``: the function that a call is handed."""
        for argument in reversed(call.arguments):
            for value in self.ev.evaluate(at.to(argument.node)):
                if isinstance(value, FunctionValue) and self._is_named(value.at):
                    return value.at, self._name(value.at, at)
        return None

    def _is_named(self, at: At) -> bool:
        return self.ev.code.language(at.source).function_name(at.source, at.node) is not None

    def _name(self, definition: At, at: At) -> str:
        language = self.ev.code.language(definition.source)
        if self._is_named(definition):
            return language.qualified_name(definition.source, definition.node)
        form = self.ev.form(at)
        if isinstance(form, forms.Call):
            for value in self.ev.evaluate(at.to(form.function)):
                if isinstance(value, FunctionValue):
                    return self._name(value.at, at.to(form.function))
        if isinstance(form, forms.Name | forms.Member):
            return shown(at)
        return "<anonymous>"


def shown(at: At) -> str:
    """Return an expression's text on one line, shortened."""
    text = re.sub(r"\s+", " ", at.source.text(at.node))
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _text(value: Value) -> str:
    if isinstance(value, Text):
        return value.text
    if isinstance(value, External):
        return value.name.rsplit(".", 1)[-1]
    return value.text if isinstance(value, Constant) else ""


def _segments(value: Value) -> list[str]:
    """Return the parts of an external name but the last, the last ones first."""
    return value.name.split(".")[-2:0:-1] if isinstance(value, External) else []
