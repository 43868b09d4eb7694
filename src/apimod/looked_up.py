"""Settings that code looks up by name, and instances that it looks up by class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, ClassValue, External, FunctionValue, Instance, Router, Text, Value

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.languages.forms import Call
    from apimod.match import Fact
    from apimod.pack import Unit


class LookedUp:
    """Answers calls such as ``settings.get("app.prefix")`` and ``app.get(Settings)``."""

    def __init__(self, units: Iterable[Unit], facts: Mapping[str, list[Fact]]) -> None:
        units = list(units)
        self.looks = {n for u in units for n in u.names("settings", "looks")}
        self.last = {n.rpartition(".")[2] for n in self.looks}
        self.resolves = {u.name: set(u.names("origin", "resolves")) for u in units}
        self.containers = {n for names in self.resolves.values() for n in names if "." in n}
        """Containers of libraries, by the canonical names of the method that gives an instance."""
        self.any = self.last.union(
            n.rpartition(".")[2] for names in self.resolves.values() for n in names
        )
        self.named: dict[str, list[At]] = {}
        for fact in facts.get("setting", ()):
            name = fact.one("name")
            text = fact.source.text(name) if name is not None else ""
            if fact.unit.names("settings", "looks"):
                self.named.setdefault(text, []).extend(
                    At(fact.source, n) for n in fact.all("value")
                )

    def of(self, ev: Evaluator, at: At, call: Call) -> list[Value] | None:
        """Return what a call looks up; None where it is no such call, or nothing is found."""
        if not self.any or not call.arguments:
            return None
        form = ev.code.language(at.source).form(at.source, call.function)
        if not isinstance(form, forms.Member) or form.name not in self.any:
            return None
        first = at.to(call.arguments[0].node)
        for value in ev.evaluate(at.to(form.object)):
            if isinstance(value, Router) and form.name in self.resolves.get(value.unit, ()):
                return self._instances(ev, first)
            if isinstance(value, External) and f"{value.name}.{form.name}" in self.containers:
                return self._instances(ev, first)
            if isinstance(value, External) and f"{value.name}.{form.name}" in self.looks:
                return self._setting(ev, at, call, first)
        return None

    def _instances(self, ev: Evaluator, first: At) -> list[Value] | None:
        out: list[Value] = []
        for value in ev.evaluate(first):
            if isinstance(value, ClassValue):
                out.append(Instance(value.at))
            elif isinstance(value, External):
                out.append(External(value.name, "instance"))
        return out or None

    def _setting(self, ev: Evaluator, at: At, call: Call, first: At) -> list[Value] | None:
        out: list[Value] = []
        for key in ev.strings(first):
            head, _, rest = key.partition(".")
            for name, path in ((head, rest), ("", key)):
                for given in self.named.get(name, ()):
                    out += self._below(ev, ev.evaluate(given), path)
        sure = [v for v in out if isinstance(v, Text)]
        if not sure and len(call.arguments) > 1:
            default = ev.evaluate(at.to(call.arguments[1].node))
            sure = [v for v in default if isinstance(v, Text)]
        return list(sure) or None

    def _below(self, ev: Evaluator, values: list[Value], path: str) -> list[Value]:
        for step in path.split(".") if path else ():
            values = [m for v in self._called(ev, values) for m in ev.member(v, step)]
        return self._called(ev, values)

    def _called(self, ev: Evaluator, values: list[Value]) -> list[Value]:
        """What functions among values give, and a library's calls what functions they hold."""
        out: list[Value] = []
        for value in values:
            if isinstance(value, FunctionValue):
                out += ev.results(value, None)
            else:
                out.append(value)
        return out
