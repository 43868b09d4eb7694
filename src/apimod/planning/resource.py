"""The resource's names and fields, and what the project's manifests say of the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.errors import Refused
from apimod.model import Field
from apimod.planning.existing import on_columns
from apimod.planning.fields import resolve_targets, views
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
    found = builder.existing
    fields: tuple[Field, ...]
    if found is not None:
        targets = resolve_targets(
            builder.study, found.fields, found.styled.owner, builder.way.target
        )
        wire = "camel" if found.styled.schema.camel else "snake"
        made = views(found.fields, view.singular, wire, tools.identifiers, targets)
        return on_columns(made, found), view
    fields = request.resource.fields or (Field("name", "string"),)
    targets = builder.way.targets(builder, fields, builder.lesson.conventions.owner)
    wire = "camel" if builder.lesson.conventions.schema.camel else "snake"
    return views(fields, view.singular, wire, tools.identifiers, targets), view


def language_version(builder: Builder) -> tuple[int, ...]:
    """Return the oldest version of the language that the project's manifests allow."""
    for file in builder.project.manifests:
        text = builder.project.text(file)
        for pattern in builder.way.stated_versions:
            found = re.search(pattern, text, re.MULTILINE)
            if found:
                return tuple(int(part) for part in found.groups())
    return builder.way.assumed_version


def check_language(builder: Builder) -> None:
    """Refuse a project that is written for an older version of its language than the new code."""
    table = builder.pack.by_name[builder.request.framework].table("versions")
    needed = tuple(int(part) for part in str(table.get("language", "0")).split("."))
    found = language_version(builder)
    if found < needed:
        name = builder.project.language.capitalize()
        raise Refused(
            f"this project is for {name} {'.'.join(map(str, found))}, and the new code needs "
            f"{name} {table['language']}",
            where=f"{builder.project.manifests[0]}:1" if builder.project.manifests else "",
            advice="raise the version in the manifest",
        )


__all__ = ["check_language", "language_version", "resource_fields"]
