"""What a ref points at, where models are structs with tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod import names
from apimod.conventions.stored import key_of, owner_field, unit_of
from apimod.conventions.tags import tagged
from apimod.views import Case, TargetView

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.values import At


def struct_target(study: Study, model: At, singular: str) -> TargetView:
    """Return the model that a ref points at: its table, and its key."""
    fields, unit = tagged(study, model), unit_of(study, model)
    key = key_of(fields, unit) if unit is not None else None
    kind = key.kind(unit) if key is not None and unit is not None else "int"
    owner = owner_field(fields) if unit is not None else None
    return TargetView(
        name=Case(singular),
        model=study.language.qualified_name(model.source, model.node),
        table=table_of(study, model),
        pk_type=kind if kind in ("uuid", "string") else "int",
        pk_column=key.column(unit) if key is not None and unit is not None else "id",
        module=study.module(model.source),
        pk_annotation=key.type.lstrip("*") if key is not None else "",
        owner=owner.column(unit) if owner is not None and unit is not None else "",
    )


def table_of(study: Study, model: At) -> str:
    """Return the name of a model's table: as a method says it, else the plural of its name."""
    unit = unit_of(study, model)
    members = study.language.members(study.code, model.source, model.node)
    patterns = unit.table("conventions").get("table", ()) if unit is not None else ()
    for found in members.get("TableName", ()):
        node = getattr(found.binding, "node", None)
        text = found.source.text(node) if node is not None else ""
        for pattern in patterns:
            hit = re.search(pattern, text)
            if hit:
                return hit[1]
    return names.plural(names.snake(study.language.qualified_name(model.source, model.node)))
