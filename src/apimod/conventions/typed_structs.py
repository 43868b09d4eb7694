"""Structs whose fields carry annotations: keys, timestamps, what travels under which name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.conventions.model import IdStyle, TimestampStyle
from apimod.values import At
from apimod.views import Case, Snippet

if TYPE_CHECKING:
    from apimod.conventions.study import Study

CREATED = ("created_at", "created", "inserted_at", "created_on", "creation_date", "createdAt")
UPDATED = ("updated_at", "updated", "modified_at", "updated_on", "last_modified", "updatedAt")
_RENAME = re.compile(r"\brename\s*=\s*\"([^\"]+)\"")
_RENAME_ALL = re.compile(r"\brename_all\s*=\s*\"([^\"]+)\"")
_CASES = {
    "camelCase": "camel",
    "PascalCase": "pascal",
    "kebab-case": "kebab",
    "snake_case": "snake",
}


class Field(Struct, frozen=True, eq=False):
    """A field: its name, its type as it is written, its annotations, its name on the wire."""

    name: str
    type: At
    notes: str
    wire: str

    @property
    def written(self) -> str:
        """Its type's text."""
        return self.type.source.text(self.type.node)

    @property
    def optional(self) -> bool:
        """Whether it may be absent."""
        return self.written.startswith("Option<")


def fields_of(study: Study, cls: At) -> list[Field]:
    """Return the fields of a struct in their order; none of another type."""
    case = wire_case(study, cls)
    out = []
    for node in study.language.declarations(cls.node):
        name, typed = node.child_by_field_name("name"), node.child_by_field_name("type")
        if name is None or typed is None:
            continue
        text = cls.source.text(name).removeprefix("r#")
        notes = notes_on(study, At(cls.source, node))
        renamed = _RENAME.search(notes)
        wire = renamed[1] if renamed else Case(text).written(case) if case else text
        out.append(Field(text, At(cls.source, typed), notes, wire))
    return out


def notes_on(study: Study, at: At) -> str:
    """Return the annotations of an item or a field as one text."""
    found = study.language.decorators(at.source, at.node)
    return "\n".join(at.source.text(node) for node in found)


def wire_case(study: Study, cls: At) -> str:
    """Return the case of all its names on the wire; ``""`` where they are as they are written."""
    found = _RENAME_ALL.search(notes_on(study, cls))
    return _CASES.get(found[1], "") if found else ""


def id_style(study: Study, model: At, fields: list[Field], param: str) -> IdStyle:
    """Return the primary key of a model: the field ``id``, one named for the model, the first."""
    own = f"{study.language.qualified_name(model.source, model.node).lower()}_id"
    by_name = {f.name.replace("_", "").lower(): f for f in fields}
    found = by_name.get("id") or by_name.get(own.replace("_", "")) or next(iter(fields), None)
    if found is None:
        return IdStyle(param=param)
    study.learn(f"the key is {found.name}: {found.written}", found.type)
    name = found.name if found.name in ("id", "uuid") else "id"
    return IdStyle(
        type=kind_of(found.written),
        name=name,
        symbol=name,
        wire=found.wire if name == found.name else "id",
        param=param,
        annotation=study.snippet(found.type),
    )


def kind_of(written: str) -> str:
    """Return the type of a field as requests name it: ``int``, ``uuid`` or ``string``."""
    inner = re.sub(r"^Option<(.*)>$", r"\1", written).rpartition("::")[2]
    if re.fullmatch(r"[iu](8|16|32|64|128|size)", inner):
        return "int"
    return "uuid" if inner.endswith("Uuid") else "string"


def timestamps(
    study: Study, model: At, fields: list[Field], shown: str = ""
) -> TimestampStyle | None:
    """Return the fields for creation and last change; None where there are none.

    ``shown`` is the case of what travels, where the model itself does not.
    """
    by_name = {f.name: f for f in fields}
    created = next((by_name[n] for n in CREATED if n in by_name), None)
    updated = next((by_name[n] for n in UPDATED if n in by_name), None)
    if created is None and updated is None:
        return None
    both = [f for f in (created, updated) if f is not None]
    study.learn("rows say when they were made and changed", both[0].type)
    case = shown if shown and "Serialize" not in notes_on(study, model) else ""
    return TimestampStyle(
        created=created.name if created else "",
        updated=updated.name if updated else "",
        declarations=tuple(study.snippet(f.type) for f in both),
        types=tuple(f.written for f in both),
        created_optional=created is not None and created.optional,
        updated_optional=updated is not None and updated.optional,
        created_symbol=created.name if created else "",
        updated_symbol=updated.name if updated else "",
        created_wire=_shown(created, case) if created else "",
        updated_wire=_shown(updated, case) if updated else "",
    )


def _shown(field: Field, case: str) -> str:
    return Case(field.name).written(case) if case else field.wire


def derives(study: Study, cls: At) -> Snippet:
    """Return the names that a struct derives, with the imports that they need."""
    found = re.search(r"derive\(([^)]*)\)", notes_on(study, cls))
    names = [n.strip() for n in found[1].split(",") if n.strip()] if found else []
    needs = {study.need(cls.source, n.partition("::")[0]) for n in names}
    imports = tuple(sorted((n for n in needs if n is not None), key=str))
    return Snippet(", ".join(names), imports)
