"""The fields of types that say in tags how they are stored and sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod import names
from apimod.values import At

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.pack import Unit
    from apimod.source import Source

TAG = re.compile(r'([\w-]+):"((?:[^"\\]|\\.)*)"')


class Tagged(Struct, frozen=True, eq=False):
    """A field: its name, its type as it is written, its tags, and who declares it."""

    name: str
    type: str
    text: str
    tags: dict[str, str] = field(default_factory=dict)
    at: At | None = None
    base: str = ""
    """The embedded type that brings it; ``""`` for one of the type's own."""

    @property
    def wire(self) -> str:
        """Its name in JSON; ``""`` where it is not sent."""
        if "json" not in self.tags:
            return self.name if self.name[:1].isupper() else ""
        name = self.tags["json"].split(",")[0]
        return "" if self.tags["json"] == "-" else name or self.name

    @property
    def form(self) -> str:
        """Its name in a query; ``""`` where it has none."""
        return self.tags.get("form", "").split(",")[0]

    def found(self, unit: Unit, key: str) -> re.Match[str] | None:
        """Return the first match of a unit's patterns under ``key``."""
        for pattern in unit.table("conventions").get(key, ()):
            hit = re.search(pattern, self.text)
            if hit:
                return hit
        return None

    def kind(self, unit: Unit) -> str:
        """Return the type of field that its type means to a unit; ``""`` where none."""
        table = unit.table("conventions").get("types", {})
        return next((str(k) for p, k in table.items() if re.search(p, self.type)), "")

    def column(self, unit: Unit) -> str:
        """Return the name of its column."""
        written = self.found(unit, "column")
        return written[1] if written else names.snake(self.name)


def tagged(study: Study, cls: At) -> list[Tagged]:
    """Return the fields of a type, those that embedded types bring in their places."""
    return list(_fields(study, cls, "", 4))


def _fields(study: Study, cls: At, base: str, depth: int) -> Iterator[Tagged]:
    for node in study.language.declarations(cls.node):
        declared = node.child_by_field_name("type")
        if declared is None:
            continue
        own = [cls.source.text(n) for n in node.children_by_field_name("name")]
        if own:
            yield from (_field(cls.source, node, name, declared, base) for name in own)
        elif depth:
            yield from _embedded(study, cls, declared, base or cls.source.text(node), depth)


def _field(source: Source, node: Node, name: str, declared: Node, base: str) -> Tagged:
    tag = node.child_by_field_name("tag")
    tags = dict(TAG.findall(source.text(tag))) if tag is not None else {}
    return Tagged(name, source.text(declared), source.text(node), tags, At(source, node), base)


def _embedded(study: Study, cls: At, declared: Node, base: str, depth: int) -> Iterator[Tagged]:
    at = At(cls.source, declared)
    inner = study.classes(at)
    if inner:
        yield from _fields(study, inner[0], base, depth - 1)
        return
    known = study.type_names(at)
    for unit in study.units:
        for name, brought in unit.table("conventions").get("bases", {}).items():
            if name in known:
                for member, text in brought.items():
                    kind, _, tag = text.partition("`")
                    line = f"{member} {text}"
                    yield Tagged(member, kind.strip(), line, dict(TAG.findall(tag)), None, base)


def embeds(study: Study, cls: At) -> list[At]:
    """Return the declarations of the types that a type embeds."""
    return [
        At(cls.source, node)
        for node in study.language.declarations(cls.node)
        if not node.children_by_field_name("name")
    ]
