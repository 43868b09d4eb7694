"""Fields as the target language and the wire write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod import names
from apimod.conventions.columns import columns, written_table
from apimod.errors import Refused
from apimod.model import Field
from apimod.render import Raw
from apimod.values import At
from apimod.views import Case, EnumValue, FieldView, TargetView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from apimod.conventions.model import OwnerStyle
    from apimod.conventions.study import Study
    from apimod.languages.identifiers import Identifiers

    TargetOf = Callable[[Study, At, str, str], TargetView]

SECRETS = re.compile(r"password|passwd|secret|token|api_?key|private_?key|hash$|salt|otp|pin$")
PRIVILEGES = re.compile(
    r"^(is_)?(superuser|admin|staff|verified|active|enabled|banned|locked)$|role|permission|scope|"
    r"privilege|tenant|organi[sz]ation_id|company_id|owner|created_by|updated_by|balance"
)
MEMBERS = frozenset("metadata registry query collection model_config model_fields".split())
"""Names that a base class of models or schemas has a meaning for, in some library."""


def views(
    fields: Sequence[Field],
    resource: Case,
    wire: str,
    idents: Identifiers,
    targets: dict[str, TargetView],
) -> list[FieldView]:
    """Return the fields as templates see them. ``wire`` is snake or camel."""
    return [_view(field, resource, wire, idents, targets) for field in fields]


def _view(
    field: Field, resource: Case, wire: str, idents: Identifiers, targets: dict[str, TargetView]
) -> FieldView:
    own = f"{field.name}_id" if field.type == "ref" and not field.name.endswith("_id") else ""
    name = own or field.name
    symbol = Case(name, idents.initialisms).written(idents.members)
    if symbol in idents.reserved or symbol in MEMBERS:
        symbol = f"{symbol}_"
    column = f"{name}_hash" if field.secret else name
    enum = resource.pascal + Case(name, idents.initialisms).pascal if field.type == "enum" else ""
    spec = replace(field, name=name)
    return FieldView(
        spec=spec,
        symbol=symbol,
        wire=names.camel(name) if wire == "camel" else name,
        column=column,
        enum=enum,
        values=tuple(_enum_value(v, enum, idents) for v in field.values),
        target=targets.get(field.name),
    )


def _enum_value(value: str, enum: str, idents: Identifiers) -> EnumValue:
    words = "_".join(re.findall(r"[A-Za-z0-9]+", value)) or "value"
    symbol = Case(words.lower(), idents.initialisms).written(idents.values)
    if idents.enum_prefix:
        return EnumValue(Raw(value), enum + symbol)
    if symbol[0].isdigit() or symbol in idents.reserved:
        symbol = Case(f"value_{words.lower()}", idents.initialisms).written(idents.values)
    return EnumValue(Raw(value), symbol)


def resolve_targets(
    study: Study, fields: Sequence[Field], owner: OwnerStyle | None, target: TargetOf
) -> dict[str, TargetView]:
    """Return the models that refs point at. Raises Refused for one that is not there.

    ``owner`` is how rows of the new resource belong to users: theirs may refer to their own only.
    ``target`` reads a model.
    """
    out: dict[str, TargetView] = {}
    for field in fields:
        if field.type != "ref":
            continue
        wanted = names.singular(field.target)
        model = find_model(study, wanted)
        if model is None:
            raise Refused(
                f"{field.name} refers to {field.target}, and no model here is named so",
                advice="create that resource first, or name a model that is there",
            )
        out[field.name] = target(study, model, wanted, owner.field if owner else "")
    return out


def find_model(study: Study, singular: str) -> At | None:
    """Return the model class of a resource, by its name with or without a usual ending."""
    wanted = {names.flat(singular), *(names.flat(singular) + e for e in ("model", "entity", "orm"))}
    for fact in study.models:
        if fact.name.lower() in wanted:
            return fact.at
    return next((at for at in _marked(study, wanted)), None)


def _marked(study: Study, wanted: set[str]) -> Iterator[At]:
    """Yield the structs of those names whose annotations show that an ORM fills them."""
    marks = [str(m) for u in study.units if (m := u.table("conventions").get("model_mark"))]
    for name, at in study.classes_known.structs if marks else ():
        notes = study.language.decorators(at.source, at.node) if name.lower() in wanted else ()
        text = "\n".join(at.source.text(node) for node in notes)
        if any(re.search(mark, text) for mark in marks):
            yield at


def class_target(study: Study, model: At, singular: str, owner: str) -> TargetView:
    """Return a class as what a ref points at. ``owner`` names the column of a row's owner."""
    name = study.language.qualified_name(model.source, model.node)
    found = columns(study, model)
    keys = [c for c in found if c.found(study, "primary_key")]
    key = keys[0] if keys else None
    return TargetView(
        name=Case(singular),
        model=name,
        table=table_of(study, model),
        pk_type=key.type if key is not None and key.type else "int",
        pk_column=key.name if key is not None else "id",
        module=study.module(model.source),
        owner=owner if any(c.name == owner for c in found) else "",
    )


def table_of(study: Study, model: At) -> str:
    """Return the name of a model's table: as it is written, else as its unit derives it."""
    written = written_table(study, model)
    if written:
        return written
    name = names.snake(study.language.qualified_name(model.source, model.node))
    fact = study.model_fact(model)
    style = fact.unit.table("conventions").get("implied_table", "snake_plural") if fact else ""
    return {"flat": names.flat(name), "snake": name}.get(str(style), names.plural(name))
