"""What a ref points at, where models are structs with annotated fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod import names
from apimod.conventions.typed_structs import fields_of, id_style
from apimod.views import Case, TargetView

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.values import At


def typed_target(study: Study, model: At, singular: str, owner: str) -> TargetView:
    """Return what a ref points at. ``owner`` names the column of a row's owner."""
    fields = fields_of(study, model)
    key = id_style(study, model, fields, "id")
    written = key.annotation.text if key.annotation is not None else ""
    bits = re.search(r"(\d+)$", written)
    return TargetView(
        name=Case(singular),
        model=study.language.qualified_name(model.source, model.node),
        table=_table(study, singular),
        pk_type=key.type,
        pk_column=key.name,
        module=study.module(model.source),
        pk_annotation=written,
        pk_bits=int(bits[1]) if bits else 64,
        owner=owner if any(f.name == owner for f in fields) else "",
    )


def _table(study: Study, singular: str) -> str:
    """Return the table that the project's SQL makes for a model: in its plural, else as it is."""
    many = names.plural(singular)
    made = "\n".join(study.sql)
    for name in (many, singular):
        if re.search(rf"(?i)create\s+table\s+(?:if\s+not\s+exists\s+)?\W?{name}\b", made):
            return name
    return many
