"""Whether guards that are classes deny those who are not known, on a route with some marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from apimod.checks import Check, Checks, class_of, is_open
from apimod.languages import forms
from apimod.values import At, External, FunctionValue, Unknown, Value
from apimod.verdicts import OPEN, UNSURE, Level, Verdict

if TYPE_CHECKING:
    from apimod.guards import Guards
    from apimod.pack import Unit

MAX_DEPTH = 6
Marks = Mapping[object, bool]


class Checked:
    """Judges what is put before a handler by the methods that ``[auth] checks`` names."""

    def __init__(self, guards: Guards) -> None:
        self.guards = guards
        self.ev = guards.ev
        self.checks = Checks(guards.ev)
        self._memo: dict[object, Verdict] = {}

    def expression(self, at: At, unit: Unit, marks: Marks, depth: int = 0) -> Verdict:
        """Judge an expression that gives a guard, a class of guards, or anything else."""
        key = (at.key, unit.name, tuple(marks.items()))
        if key not in self._memo:
            self._memo[key] = UNSURE  # for what asks itself
            self._memo[key] = self._expression(at, unit, marks, depth)
        return self._memo[key]

    def _expression(self, at: At, unit: Unit, marks: Marks, depth: int) -> Verdict:
        values = self.ev.evaluate(at)
        if depth > MAX_DEPTH or not values:
            return UNSURE
        found = [self._value(v, at, unit, marks, depth) for v in values]
        return min(found, key=lambda v: v.level)

    def _value(self, value: Value, at: At, unit: Unit, marks: Marks, depth: int) -> Verdict:
        cls = class_of(value)
        if cls is not None:
            verdict = self._class(value, cls, unit, marks, depth)
            if verdict is None:
                return self._runs(value, unit, depth)
            name = self._name(cls)
            return self._shown(verdict, name, at)
        if isinstance(value, FunctionValue):
            made = [v for v in self.ev.results(value, None) if class_of(v) is not None]
            if made:
                found = [self._value(v, at, unit, marks, depth + 1) for v in made]
                return min(found, key=lambda v: v.level)
        if isinstance(value, External) and is_open(marks):
            return OPEN
        if isinstance(value, External) and self._is_for_nobody(value, unit):
            return OPEN
        if isinstance(value, Unknown):
            form = self.ev.form(at)
            named = at.to(form.function) if isinstance(form, forms.Call) else at
            suspect = self.guards.kinds.is_suspect(named.source.text(named.node), unit)
            return UNSURE if suspect else OPEN
        return self.guards.value(value, at, unit, depth)

    def _name(self, cls: At) -> str:
        language = self.ev.code.language(cls.source)
        return language.qualified_name(cls.source, cls.node) or "a class"

    def _shown(self, verdict: Verdict, name: str, at: At) -> Verdict:
        if verdict.level is not Level.CLOSED:
            return verdict
        return Verdict(Level.CLOSED, f"{name} at {at.source.path}:{at.line}")

    def _is_for_nobody(self, value: External, unit: Unit) -> bool:
        """Whether a call lists a way in that everybody has."""
        form = self.ev.form(value.at) if value.at is not None else None
        nobody = unit.names("auth", "nobody")
        if not nobody or value.at is None or not isinstance(form, forms.Call):
            return False
        told = [s for a in form.arguments for s in self.ev.strings(value.at.to(a.node))]
        return any(t in nobody for t in told)

    # --- classes ---------------------------------------------------------------------------------

    def _class(self, value: Value, cls: At, unit: Unit, marks: Marks, depth: int) -> Verdict | None:
        """Judge a class; None where it checks nobody."""
        if depth > MAX_DEPTH:
            return UNSURE
        results = self.checks.own(cls, unit.names("auth", "results"))
        language = self.ev.code.language(cls.source)
        if results is not None and not language.raises(results.source, results.node):
            name = language.function_name(results.source, results.node)
            if f".{name}(" not in results.source.text(results.node):
                return OPEN  # who is not known passes as nobody
        method = self.checks.own(cls, unit.names("auth", "checks"))
        if method is None:
            return self._above(cls, unit, marks, depth)
        check = self.checks.of(method, unit)
        if is_open(marks) or check.passes(marks):
            return OPEN
        if check.above:
            return self._above(cls, unit, marks, depth) or UNSURE
        asked = [self.expression(a, unit, marks, depth + 1) for a in self._asked(method, unit)]
        if any(v.level is Level.CLOSED for v in asked):
            return max(asked, key=lambda v: v.level)
        return self._judged(check, cls, unit)

    def _judged(self, check: Check, cls: At, unit: Unit) -> Verdict:
        if not check.denies:
            return OPEN
        if check.challenges or self.checks.shows(cls, unit):
            return Verdict(Level.CLOSED, "")
        suspect = self.guards.kinds.is_suspect(self._name(cls), unit)
        return UNSURE if suspect else OPEN

    def _above(self, cls: At, unit: Unit, marks: Marks, depth: int) -> Verdict | None:
        """Judge what a class extends."""
        for base in self.checks.bases(cls):
            inner = class_of(base)
            if inner is not None:
                found = self._class(base, inner, unit, marks, depth + 1)
                if found is not None:
                    return found
            elif isinstance(base, External):
                return self._value(base, base.at or cls, unit, marks, depth + 1)
            else:
                suspect = self.guards.kinds.is_suspect(self._name(cls), unit)
                return UNSURE if suspect else OPEN
        return None

    def _asked(self, method: At, unit: Unit) -> Iterator[At]:
        """Yield the guards that a guard asks: ``this.other.canActivate(context)``."""
        language = self.ev.code.language(method.source)
        names = unit.names("auth", "checks")
        for node in language.subtree(method.node):
            form = language.form(method.source, node)
            if isinstance(form, forms.Call):
                callee = self.ev.form(method.to(form.function))
                if isinstance(callee, forms.Member) and callee.name in names:
                    if method.source.text(callee.object) != "super":
                        yield method.to(callee.object)

    def _runs(self, value: Value, unit: Unit, depth: int) -> Verdict:
        """Judge a class that stands before handlers by what it does when a request passes."""
        found = [
            self.guards.function(m, unit, depth + 1)
            for chain in unit.names("middleware", "runs")
            for m in self.guards.kinds.chained(value, chain)
            if isinstance(m, FunctionValue)
        ]
        return max(found, key=lambda v: v.level, default=OPEN)
