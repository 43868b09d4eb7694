"""Settings that a project's own code keeps in variables: what a unit asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, DictValue, Text

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.match import Fact


class ProjectSettings:
    """The values that ``@setting`` facts show, by unit and name."""

    def __init__(self, evaluator: Evaluator, facts: Mapping[str, Iterable[Fact]]) -> None:
        self.ev = evaluator
        self.facts: dict[tuple[str, str], list[At]] = {}
        for fact in facts.get("setting", ()):
            name, value = fact.one("name"), fact.one("value")
            if name is not None and value is not None:
                key = (fact.unit.name, fact.source.text(name))
                self.facts.setdefault(key, []).append(At(fact.source, value))

    def values(self, unit: str, name: str) -> list[At]:
        """Return what a setting holds: ``NAME``, or an entry ``NAME.key`` of a dictionary."""
        head, _, key = name.partition(".")
        out: list[At] = []
        for at in self.facts.get((unit, head), ()):
            out += self._entry(at, key) if key else [at]
        return out

    def _entry(self, at: At, key: str) -> list[At]:
        out: list[At] = []
        for value in self.ev.evaluate(at):
            form = self.ev.form(value.at) if isinstance(value, DictValue) else None
            if isinstance(value, DictValue) and isinstance(form, forms.Mapping):
                for name, node in form.entries:
                    if name is not None and not isinstance(name, str):
                        texts = self.ev.evaluate(value.at.to(name))
                        if any(isinstance(t, Text) and t.text == key for t in texts):
                            out.append(value.at.to(node))
                    elif name == key:
                        out.append(value.at.to(node))
        return out
