"""Fields that a framework fills with the project's settings: what an expression of one holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, Instance, Value

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.pack import Unit
    from apimod.settings_files import Placeholders


class BoundSettings:
    """Reads fields of classes with a decorator that units list under ``[settings] binds``.

    Its argument is the prefix of the settings that fill the fields. ``fills`` lists decorators of
    one field, whose argument refers to its setting.
    """

    def __init__(
        self, evaluator: Evaluator, units: Iterable[Unit], settings: Mapping[str, Placeholders]
    ) -> None:
        self.ev = evaluator
        units = list(units)
        self.binds = {n: u.name for u in units for n in u.names("settings", "binds")}
        self.fills = {n: u.name for u in units for n in u.names("settings", "fills")}
        self.settings = settings

    def field(self, at: At) -> Value | None:
        """Return what fills the field or parameter of a declared type, where a decorator says it."""
        language = self.ev.code.language(at.source)
        node = at.node.parent
        for _ in range(2):
            for decorator in language.decorators(at.source, node) if node is not None else ():
                form = self.ev.form(At(at.source, decorator))
                names = self.ev.canonical(At(at.source, decorator))
                unit = next((self.fills[n] for n in names if n in self.fills), None)
                if unit is None or not isinstance(form, forms.Call):
                    continue
                for argument in form.arguments[:1]:
                    for text in self.ev.texts(At(at.source, argument.node)):
                        return self.settings[unit].filled(text)
            node = node.parent if node is not None else None
        return None

    def values(self, at: At) -> list[str]:
        """Return the elements of the setting that ``object.name`` or ``object.getName()`` is."""
        form = self.ev.form(at)
        if isinstance(form, forms.Call) and not form.arguments:
            form = self.ev.form(at.to(form.function))
        if not self.binds or not isinstance(form, forms.Member):
            return []
        name = form.name
        for prefix in ("get", "is"):
            if name.startswith(prefix) and name[len(prefix) : len(prefix) + 1].isupper():
                name = name[len(prefix)].lower() + name[len(prefix) + 1 :]
        for value in self.ev.evaluate(at.to(form.object)):
            if isinstance(value, Instance):
                found = self._of(value.cls, name)
                if found:
                    return found
        return []

    def _of(self, cls: At, name: str) -> list[str]:
        language = self.ev.code.language(cls.source)
        for decorator in language.decorators(cls.source, cls.node):
            at = At(cls.source, decorator)
            for unit in {self.binds[n] for n in self.ev.canonical(at) if n in self.binds}:
                form = self.ev.form(at)
                given = form.arguments if isinstance(form, forms.Call) else ()
                for argument in given:
                    for prefix in self.ev.strings(at.to(argument.node)):
                        found = self.settings[unit].listed(f"{prefix}.{name}")
                        if found:
                            return found
        return []
