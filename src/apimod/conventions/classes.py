"""The classes that an ORM or a validator gives a meaning to, and their fields.

A unit's ``[origin] model`` names the bases; ``[conventions] model_mark`` is a pattern that the
class's own text must match to be a table where the base alone does not say so (others of that base
are schemas). ``field_mark`` does the same for structs without a base, by a field's tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.languages.forms import Defined
from apimod.values import At

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.pack import Unit
    from apimod.source import Source

CLASSES = ("class_definition", "type_spec", "class_declaration", "struct_item")


class ClassFact(Struct, frozen=True, eq=False):
    """A class that a unit knows. ``kind`` is model or schema."""

    kind: str
    name: str
    at: At
    unit: Unit


class FieldFact(Struct, frozen=True, eq=False):
    """A field as its class declares it."""

    name: str
    type: str
    at: At
    unit: Unit

    @property
    def text(self) -> str:
        """The declaration."""
        return self.at.source.text(self.at.node)


class Classes:
    """Finds the models and schemas of a project, each once."""

    def __init__(self, ev: Evaluator, units: Sequence[Unit], paths: Sequence[str]) -> None:
        self.ev = ev
        self.paths = paths
        self.bases: list[ClassFact] = []
        """The project's own bases of models."""
        self.units = [u for u in units if u.kind in ("orm", "validator")]

    @cached_property
    def all(self) -> list[ClassFact]:
        """Every class that a unit knows, in the order of files."""
        return [fact for at in self._defined() if (fact := self._known(at)) is not None]

    @cached_property
    def structs(self) -> list[tuple[str, At]]:
        """Every struct of the project by its name, known to a unit or not, in the order of files."""
        language = self.ev.code.language
        return [
            (language(at.source).qualified_name(at.source, at.node), at)
            for at in self._defined()
            if at.node.type == "struct_item"
        ]

    @cached_property
    def _by_node(self) -> dict[tuple[str, int], ClassFact]:
        return {(f.at.source.path, f.at.node.start_byte): f for f in self.all}

    def of(self, at: At) -> ClassFact | None:
        """Return what is known of a class."""
        return self._by_node.get((at.source.path, at.node.start_byte))

    def fields(self, at: At, unit: Unit) -> Iterator[FieldFact]:
        """Yield the fields that a class itself declares."""
        for node in _declarations(at.node):
            name, kind = _parts(at.source, node)
            for each in name:
                yield FieldFact(each, kind, At(at.source, node), unit)

    def _defined(self) -> Iterator[At]:
        for path in self.paths:
            source = self.ev.code.source(path)
            if source is None:
                continue
            for bindings in self.ev.code.scopes(source).module.names.values():
                for binding in bindings:
                    if isinstance(binding, Defined) and binding.node.type in CLASSES:
                        yield At(source, binding.node)

    def _known(self, at: At) -> ClassFact | None:
        bases = {base for base in self.ev.mro(at) if isinstance(base, str)}
        name = self.ev.code.language(at.source).qualified_name(at.source, at.node)
        text = at.source.text(at.node)
        for unit in self.units:
            table = unit.table("conventions")
            if bases & set(unit.names("origin", "model")):
                mark = table.get("model_mark")
                is_table = unit.kind == "orm" and (not mark or re.search(mark, _head(text)))
                if unit.kind == "orm" and not mark and self._is_base(at, unit):
                    self.bases.append(ClassFact("base", name, at, unit))
                    continue
                return ClassFact("model" if is_table else "schema", name, at, unit)
            if table.get("field_mark") and re.search(table["field_mark"], text):
                return ClassFact("model" if unit.kind == "orm" else "schema", name, at, unit)
        return None

    def _is_base(self, at: At, unit: Unit) -> bool:
        """Whether a class is the project's own base: no field of it is a key, none a table."""
        table = unit.table("conventions")
        text = at.source.text(at.node)
        return not any(re.search(p, text) for p in table.get("table", ())) and not any(
            re.search(p, text) for p in table.get("column", ())
        )


def _head(text: str) -> str:
    return text.split(":\n", 1)[0].split("\n\n", 1)[0][:500]


def _declarations(cls: Node) -> Iterator[Node]:
    body = cls.child_by_field_name("body") or cls.child_by_field_name("type")
    if body is None:
        return
    for child in body.named_children:
        if child.type == "expression_statement" and child.named_children:
            inner = child.named_children[0]
            left = inner.child_by_field_name("left")
            if inner.type == "assignment" and left is not None and left.type == "identifier":
                yield inner
        elif child.type == "field_declaration":
            yield child
        elif child.type == "field_declaration_list":
            yield from (c for c in child.named_children if c.type == "field_declaration")


def _parts(source: Source, node: Node) -> tuple[list[str], str]:
    kind = node.child_by_field_name("type")
    written = source.text(kind) if kind is not None else ""
    if node.type == "assignment":
        left = node.child_by_field_name("left")
        return ([source.text(left)] if left is not None else []), written
    holders = node.children_by_field_name("declarator") or [node]
    names = [source.text(n) for h in holders for n in h.children_by_field_name("name")]
    return names or [written.lstrip("*").rpartition(".")[2]], written
