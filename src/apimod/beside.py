"""What annotations beside a function or class say: ``#[graphql(name = "x", skip)]``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, ClassValue

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator


class Beside:
    """Reads annotations by their names and keys, written ``name.key``."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def given(self, item: At | None, keys: Sequence[str]) -> list[At]:
        """Return what annotations of an item give for keys: the value, or the key itself."""
        if item is None or not keys:
            return []
        return [
            item.to(argument.node)
            for name, argument in self._arguments(item)
            for key in keys
            if f"{name}.{argument.name or item.source.text(argument.node)}" == key
        ]

    def strings(self, item: At | None, keys: Sequence[str]) -> list[str]:
        """Return the strings among them."""
        return [s for at in self.given(item, keys) for s in self.ev.strings(at)]

    def merged(self, cls: At, names: Sequence[str]) -> Iterator[ClassValue]:
        """Yield the types of a class's fields, where an annotation says that it is made of them."""
        if not names or not any(
            cls.source.text(argument.node).rpartition("::")[2] in names
            for _, argument in self._arguments(cls)
        ):
            return
        language = self.ev.code.language(cls.source)
        for declaration in language.declarations(cls.node):
            declared = declaration.child_by_field_name("type") or declaration
            node = language.type_of(cls.source, declared)
            for value in self.ev.evaluate(At(cls.source, node)) if node is not None else ():
                if isinstance(value, ClassValue):
                    yield value

    def _arguments(self, item: At) -> Iterator[tuple[str, forms.Argument]]:
        language = self.ev.code.language(item.source)
        for node in language.decorators(item.source, item.node):
            form = language.form(item.source, node)
            if isinstance(form, forms.Call):
                name = item.source.text(form.function).rpartition("::")[2]
                for argument in form.arguments:
                    yield name, argument
