"""The resource's names and fields, and what the project's manifests say of the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.errors import Refused
from apimod.model import Field
from apimod.planning.fields import find_model, from_model, resolve_targets, views
from apimod.views import Case, FieldView, ResourceView

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.placing import Placing


def resource_fields(builder: Builder, placing: Placing) -> tuple[list[FieldView], ResourceView]:
    """Return the fields as templates see them, and the resource's names."""
    request, tools = builder.request, builder.tools
    initialisms = tools.identifiers.initialisms
    view = ResourceView(
        Case(request.resource.singular, initialisms), Case(request.resource.plural, initialisms)
    )
    model = find_model(builder.study, request.resource.singular)
    if model is not None:
        raise Refused(
            f"a model named {builder.study.language.qualified_name(model.source, model.node)} "
            "is there already, and endpoints over an existing model are not generated yet",
            where=f"{model.source.path}:{model.line}",
            advice="name the resource differently",
        )
    fields = request.resource.fields or (Field("name", "string"),)
    targets = resolve_targets(builder.study, fields)
    wire = "camel" if builder.lesson.conventions.schema.camel else "snake"
    return views(fields, view.singular, wire, tools.identifiers, targets), view


def language_version(builder: Builder) -> tuple[int, ...]:
    """Return the oldest version of the language that the project's manifests allow."""
    for file in builder.project.manifests:
        text = builder.project.text(file)
        found = re.search(
            r"^\s*(?:requires-python|python_requires|python|go)\s*=?\s*[\"']?[>=^~ ]*(\d+)\.(\d+)",
            text,
            re.MULTILINE,
        )
        if found:
            return int(found[1]), int(found[2])
    return (3, 11) if builder.project.language == "python" else (1, 22)


__all__ = ["from_model", "language_version", "resource_fields"]
