"""What a ref points at, where models are classes with members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod import names
from apimod.conventions.bean_styles import key_style
from apimod.conventions.beans import class_name
from apimod.conventions.columns import written_table
from apimod.views import Case, TargetView

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.values import At


def bean_target(study: Study, model: At, singular: str) -> TargetView:
    """Return a model as what a ref points at."""
    key = key_style(study, model, "id")
    name = class_name(study, model)
    return TargetView(
        name=Case(singular),
        model=name,
        table=written_table(study, model) or names.snake(name),
        pk_type=key.type,
        pk_column=key.name,
        module=study.module(model.source),
        pk_annotation=key.annotation.text if key.annotation is not None else "",
    )
