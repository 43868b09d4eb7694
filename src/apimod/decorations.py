"""Decorators and annotations: what those on a class or method mean, composed ones taken apart.

A matcher's ``[[decorators]]`` rows say by canonical name what a decorator gives. One that the code
defines itself stands for those that it is decorated with, or for what its function gives back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from apimod.languages import forms
from apimod.match import select
from apimod.values import (
    At,
    ClassValue,
    External,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    Text,
    Value,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.pack import Unit
    from apimod.source import Source
    from apimod.values import Frame

MAX_DEPTH = 6
OPEN = "*"
"""The key of a mark that lets everybody pass, whatever the guard."""

Overrides = Mapping[str, tuple[At, ...]]


class Decoration(Struct, frozen=True, eq=False):
    """One decorator: what it is called, where its arguments stand, and what it means."""

    name: str
    at: At
    """The call that holds its arguments, or the bare name."""
    shown: At
    """The decorator as it is written on the class or method."""
    row: Mapping[str, Any]
    overrides: Overrides = field(default_factory=dict)
    """Arguments that a composed decorator hands on, by their names here."""

    def get(self, key: str) -> Any:
        """Return what the matcher's row says."""
        return self.row.get(key)


class Decorations:
    """Reads decorators by the rows of units."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._memo: dict[object, list[Decoration]] = {}

    def of(
        self, unit: Unit, source: Source, node: Node, frame: Frame | None = None
    ) -> list[Decoration]:
        """Return the decorations of a class or method that a unit knows, in order.

        ``frame`` is that of the function around, for a class that a function makes.
        """
        key = (unit.name, source.path, node.id, id(frame))
        if key not in self._memo:
            out: list[Decoration] = []
            for decorator in self.code.language(source).decorators(source, node):
                at = At(source, decorator, frame)
                out += self._expanded(unit, at, at, {}, 0)
            self._memo[key] = out
        return self._memo[key]

    def _expanded(
        self, unit: Unit, at: At, shown: At, overrides: Overrides, depth: int
    ) -> Iterator[Decoration]:
        if depth > MAX_DEPTH:
            return
        for value in self.ev.evaluate(at):
            yield from self._value(unit, value, at, shown, overrides, depth)

    def _value(
        self, unit: Unit, value: Value, at: At, shown: At, overrides: Overrides, depth: int
    ) -> Iterator[Decoration]:
        if isinstance(value, External):
            call = value.at or at
            known = [r for r in rows(unit) if any(fnmatchcase(value.name, n) for n in r["names"])]
            for row in known:
                if row["gives"] == "all":
                    form = self.ev.form(call)
                    given = form.arguments if isinstance(form, forms.Call) else ()
                    for argument in given:
                        yield from self._expanded(
                            unit, call.to(argument.node), shown, {}, depth + 1
                        )
                else:
                    yield Decoration(value.name, call, shown, row, overrides)
        elif isinstance(value, ListValue | Items):
            for element in self.ev.elements(value):
                for one in element:
                    yield from self._value(unit, one, at, shown, overrides, depth + 1)
        elif isinstance(value, ClassValue | Instance):
            cls = value.at if isinstance(value, ClassValue) else value.cls
            yield from self._composed(unit, cls, at, shown, overrides, depth)
        elif isinstance(value, FunctionValue):
            yield from self._applied(unit, value, shown, depth)

    def _applied(
        self, unit: Unit, function: FunctionValue, shown: At, depth: int
    ) -> Iterator[Decoration]:
        """A decorator that is a function stands for those that it calls: ``Get(path)(target)``."""
        language = self.code.language(function.at.source)
        for node in language.subtree(function.at.node):
            form = language.form(function.at.source, node)
            if isinstance(form, forms.Call) and form.arguments:
                inner = At(function.at.source, form.function, function.at.frame)
                if isinstance(self.ev.form(inner), forms.Call):
                    yield from self._expanded(unit, inner, shown, {}, depth + 1)

    def _composed(
        self, unit: Unit, cls: At, at: At, shown: At, overrides: Overrides, depth: int
    ) -> Iterator[Decoration]:
        """An annotation that is annotated itself stands for its own annotations."""
        language = self.code.language(cls.source)
        if language.class_kind(cls.source, cls.node) != "annotation":
            return
        handed = self._handed(unit, cls, at, overrides)
        for decorator in language.decorators(cls.source, cls.node):
            inner = At(cls.source, decorator)
            names = self.ev.canonical(inner)
            mine = [h for name, h in handed if not name or name in names]
            given = {key: nodes for h in mine for key, nodes in h.items()}
            yield from self._expanded(unit, inner, shown, given, depth + 1)

    def _handed(
        self, unit: Unit, cls: At, at: At, overrides: Overrides
    ) -> list[tuple[str, dict[str, tuple[At, ...]]]]:
        """Return what elements of a composed annotation mean in those that it stands for."""
        aliases = [r for r in rows(unit) if r["gives"] == "alias"]
        language = self.code.language(cls.source)
        out: list[tuple[str, dict[str, tuple[At, ...]]]] = []
        for name, decorated, default in language.elements(cls.source, cls.node):
            value = self._element(at, name, overrides) or (
                (At(cls.source, default),) if default is not None else ()
            )
            for decorator in language.decorators(cls.source, decorated) if value else ():
                call = At(cls.source, decorator)
                for row in aliases:
                    if not any(c in row["names"] for c in self.ev.canonical(call)):
                        continue
                    target = [
                        n for a in self.args(call, row.get("target")) for n in self.ev.canonical(a)
                    ]
                    given = [
                        t for a in self.args(call, row.get("name")) for t in self.ev.strings(a)
                    ]
                    out += [(t, {(given or [name])[0]: value}) for t in target or [""]]
        return out

    def _element(self, at: At, name: str, overrides: Overrides) -> tuple[At, ...]:
        if name in overrides:
            return overrides[name]
        form = self.ev.form(at)
        given = form.arguments if isinstance(form, forms.Call) else ()
        return tuple(at.to(a.node) for a in given if (a.name or "value") == name)

    # --- arguments -------------------------------------------------------------------------------

    def argument(self, decoration: Decoration, part: str) -> list[At]:
        """Return the expressions of a part, as the row's selectors pick them."""
        wanted = decoration.get(part)
        if wanted is None:
            return []
        for selector in wanted if isinstance(wanted, list) else [wanted]:
            if isinstance(selector, str) and selector in decoration.overrides:
                return list(decoration.overrides[selector])
        return self.args(decoration.at, wanted)

    def args(self, at: At, selectors: Any) -> list[At]:
        """Return the arguments of a call that selectors mean: of the first that means any."""
        form = self.ev.form(at)
        while isinstance(form, forms.Wrapped):
            at = at.to(form.node)
            form = self.ev.form(at)
        if not isinstance(form, forms.Call) or selectors is None:
            return []
        for selector in selectors if isinstance(selectors, list) else [selectors]:
            nodes = select(self.code, at.source, form, selector)
            if nodes:
                return [at.to(n) for n in nodes]
        return []


def rows(unit: Unit) -> Sequence[Mapping[str, Any]]:
    """Return what a unit says of decorators."""
    found = unit.tables.get("decorators", ())
    return found if isinstance(found, list) else ()


def giving(decorations: Iterable[Decoration], *kinds: str) -> list[Decoration]:
    """Return the decorations that give one of some things."""
    return [d for d in decorations if d.get("gives") in kinds]


def mark_keys(ev: Evaluator, decoration: Decoration, given: Sequence[At]) -> list[object]:
    """Return by what guards find a mark: its key's text, or where its decorator was made."""
    if decoration.get("open"):
        return [OPEN]
    keys: list[object] = [t for at in given for t in key_of(ev, at)]
    form = ev.form(decoration.at)
    if not given and isinstance(form, forms.Call):
        keys = key_of(ev, decoration.at.to(form.function))
    return keys


def key_of(ev: Evaluator, at: At) -> list[object]:
    """Return what tells one mark's key from another's: a text, or the place of what made it."""
    out: list[object] = []
    for value in ev.evaluate(at):
        if isinstance(value, Text):
            out.append(value.text)
        elif isinstance(value, External):
            out.append(value.at.place if value.at is not None else value.name)
    return out


def mapped_onto(ev: Evaluator, decorator: At) -> tuple[str, str]:
    """Return ``first`` and ``delete`` of ``@first.mapping.delete``: one more verb of a member."""
    form = ev.form(decorator)
    holder = ev.form(decorator.to(form.object)) if isinstance(form, forms.Member) else None
    if isinstance(form, forms.Member) and isinstance(holder, forms.Member):
        if holder.name == "mapping":
            return decorator.source.text(holder.object), form.name
    return "", ""
