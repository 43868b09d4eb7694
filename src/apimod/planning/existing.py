"""A model that is there already: its columns are the fields, and endpoints are put over it.

Credential columns are secret; keys, timestamps, owner, tenant and privilege columns are read-only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from apimod import names
from apimod.conventions.columns import Column, columns, id_style, timestamps
from apimod.conventions.model import Conventions, OwnerStyle
from apimod.errors import Refused
from apimod.model import Field
from apimod.planning.fields import PRIVILEGES, SECRETS, find_model, table_of
from apimod.values import At
from apimod.views import FieldView, RoleView, Symbols

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.planning.builder import Builder

_HASHED = re.compile(r"^(?:hashed|encrypted)_(\w+)$|^(\w+?)_(?:hash|digest|hashed)$")
_LITERAL = re.compile(r"\bdefault\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(-?\d+(?:\.\d+)?|True|False)\b)")
_NULL = re.compile(r"\bnullable\s*=\s*True")


class Existing(Struct, frozen=True):
    """A model that is there: its class, and its fields with the columns that hold them."""

    at: At
    name: str
    table: str
    fields: tuple[Field, ...]
    held_by: dict[str, str]
    styled: Conventions


def existing(builder: Builder) -> Existing | None:
    """Return the project's model of the resource. Raises Refused for one that cannot be served."""
    study = builder.study
    model = find_model(study, builder.request.resource.singular)
    if model is None:
        builder.way.check_no_model(builder)
        return None
    name = study.language.qualified_name(model.source, model.node)
    if not builder.way.over_existing:
        raise Refused(
            f"a model named {name} is there already, and endpoints over an existing model are "
            f"not generated in {builder.project.language} yet",
            where=f"{model.source.path}:{model.line}",
            advice="name the resource differently",
        )
    found = columns(study, model)
    styled = replace(
        builder.lesson.conventions,
        id=id_style(study, found, builder.param),
        timestamps=timestamps(study, found),
        owner=_owner(builder, found),
    )
    kept = {styled.timestamps.created, styled.timestamps.updated} if styled.timestamps else set()
    kept |= {styled.owner.field} if styled.owner else set()
    rows = [c for c in found if c.name not in kept and not c.found(study, "primary_key")]
    rows = [c for c in rows if _is_column(study, c)]
    fields = tuple(_field(study, c) for c in rows)
    held = {f.name: c.name for f, c in zip(fields, rows, strict=True)}
    return Existing(
        model, name, table_of(study, model), _asked(builder, model, name, fields), held, styled
    )


def _owner(builder: Builder, found: list[Column]) -> OwnerStyle | None:
    taught = builder.lesson.conventions.owner
    if taught is not None and any(c.name == taught.field for c in found):
        return taught
    if taught is not None:
        builder.notes.append(
            "rows of this model have no owner: whoever may call the endpoints sees all of them"
        )
    return None


def _is_column(study: Study, column: Column) -> bool:
    """Whether a member is a column: not a relation, not a setting of the class."""
    if column.name.startswith("_") or re.search(r"\b[Rr]elationship\(", column.text):
        return False
    return bool(column.fact.type or column.type)


def _field(study: Study, column: Column) -> Field:
    name = names.snake(column.name)
    nullable = column.optional or bool(_NULL.search(column.text))
    literal = _LITERAL.search(column.text)
    default = next((g for g in literal.groups() if g is not None), None) if literal else None
    filled = bool(column.found(study, "default")) or nullable
    secret = bool(SECRETS.search(name)) and column.type in ("string", "text")
    readonly = not secret and bool(PRIVILEGES.search(name))
    reference = column.found(study, "foreign_key")
    kind, target = column.type, ""
    if reference is not None and find_model(study, names.singular(reference[1].split(".")[0])):
        kind, target = "ref", names.singular(reference[1].split(".")[0])
    if not kind or (readonly and not filled):
        if not filled:
            raise Refused(
                f"{name} must be given, and is not a column that a client may set",
                where=f"{column.at.source.path}:{column.at.line}",
                advice="write these endpoints by hand, or give the column a default",
            )
        kind, readonly = kind or "string", True
    hashed = _HASHED.match(name) if secret else None
    return Field(
        name=(hashed[1] or hashed[2]) if hashed else name,
        type=kind,
        target=target,
        unique=bool(column.found(study, "unique")),
        optional=nullable,
        secret=secret,
        readonly=readonly,
        default=None if secret or readonly or kind == "ref" else _spelled(default),
    )


def _spelled(default: str | None) -> str | None:
    return default.lower() if default in ("True", "False") else default


def _asked(builder: Builder, model: At, name: str, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields that were asked for, as the model has them; all where none were."""
    given = builder.request.resource.fields
    if not given:
        return fields
    known = {f.name: f for f in fields} | {f.name.removesuffix("_id"): f for f in fields}
    lacking = [f.name for f in given if f.name not in known]
    if lacking:
        raise Refused(
            f"{name} has no column for {', '.join(lacking)}",
            where=f"{model.source.path}:{model.line}",
            advice=f"it has {', '.join(f.name for f in fields)}; without fields, all of them serve",
        )
    asked = {known[f.name].name for f in given}
    missing = [f for f in fields if f.name not in asked]
    needed = [f.name for f in missing if not (f.optional or f.default is not None or f.readonly)]
    if needed:
        raise Refused(
            f"{name} cannot be made without {', '.join(needed)}",
            where=f"{model.source.path}:{model.line}",
            advice="name these fields too, or none",
        )
    return tuple(f for f in fields if f.name in asked)


def model_role(builder: Builder, found: Existing) -> RoleView:
    """Return the role of the model that is there."""
    path = found.at.source.path
    return RoleView(
        name="model",
        path=path,
        module=builder.study.module(found.at.source),
        shared=True,
        exists=True,
        form="class",
        symbols=Symbols({"model": found.name, "table": found.table}),
    )


def on_columns(fields: list[FieldView], found: Existing) -> list[FieldView]:
    """Return the fields with the columns that the model keeps them in."""
    out = []
    for field in fields:
        column = found.held_by.get(field.name, field.column)
        symbol = field.symbol if field.secret else column
        out.append(replace(field, column=column, symbol=symbol))
    return out
