"""The lesson of a project whose siblings are classes that are handed to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.bean_callers import callers, owner_style
from apimod.conventions.bean_failures import failures
from apimod.conventions.bean_harness import harness
from apimod.conventions.bean_lists import list_style
from apimod.conventions.bean_styles import generated_accessors, key_style, stamps, table_style
from apimod.conventions.bean_tests import test_of
from apimod.conventions.bean_tools import with_tools
from apimod.conventions.beans import Beans, beans, class_name
from apimod.conventions.model import (
    AuthStyle,
    Conventions,
    DeleteStyle,
    IdStyle,
    SchemaStyle,
    SessionStyle,
    TimestampStyle,
)
from apimod.conventions.places import Part
from apimod.conventions.shape import status
from apimod.planning.bean_scope import check_layers, check_scope
from apimod.planning.teach import Lesson

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.values import At


def bean_lesson(
    study: Study, sibling: Sibling | None, words: Renamer | None, param: str, units: frozenset[str]
) -> Lesson:
    """Ask every question of the sibling; ``units`` are those in use."""
    if sibling is None or words is None:
        plain = _general(study, _untaught(study, param))
        return Lesson(with_tools(study, Beans(), plain, units))
    found = beans(study, sibling, words)
    check_layers(study, found)
    model = found.model
    conventions = _untaught(study, param, model)
    travelling = [c for c in found.travelling.values() if c != model]
    guarded = any(s.endpoint.auth for s in sibling.operations.values())
    known = callers(study, found)
    owner = owner_style(study, found, known)
    check_scope(study, found, known, owner)
    conventions = replace(
        conventions,
        owner=owner,
        schema=replace(conventions.schema, response=bool(travelling)),
        list=list_style(study, found),
        delete=_delete(study, sibling),
        errors=failures(study, found, words),
        auth=AuthStyle(user=known[0].name if known else "") if guarded else None,
    )
    given = {c.op: [c.parameter] for c in known} if owner is not None else {}
    conventions = with_tools(study, found, _general(study, conventions), units)
    lesson = Lesson(conventions, _parts(study, found, words), given, model)
    lesson.beans = found
    lesson.test_file = test_of(study, words)
    if lesson.test_file is not None:
        style = harness(study, lesson.test_file, words)
        lesson.conventions = replace(lesson.conventions, test=style)
    return lesson


def _untaught(study: Study, param: str, model: At | None = None) -> Conventions:
    """Return what can be asked of a project's models, the sibling's first."""
    plain = Conventions(
        id=IdStyle(param=param),
        timestamps=TimestampStyle(created_symbol="createdAt", updated_symbol="updatedAt"),
        schema=SchemaStyle(camel=True),
        session=SessionStyle(commit=False),
    )
    model = model or next((f.at for f in study.models), None)
    if model is None:
        return plain
    return replace(
        plain,
        id=key_style(study, model, param),
        timestamps=stamps(study, model),
        model=table_style(study, model, None),
        accessors=generated_accessors(study, model),
    )


def _general(study: Study, conventions: Conventions) -> Conventions:
    """Add what the whole project teaches, whichever sibling is followed."""
    snake = study.types("snake")
    if snake and any(name in text for name in snake for text in study.settings_texts):
        conventions = replace(conventions, schema=replace(conventions.schema, camel=False))
    return conventions


def _parts(study: Study, found: Beans, words: Renamer) -> dict[str, Part]:
    """Return the files of the sibling's parts by role."""
    out: dict[str, Part] = {}
    if found.routes is not None:
        out["routes"] = Part(
            "routes", found.routes.cls.source, {found.routes.name: found.routes.cls}
        )
    for role, bean in found.layers.items():
        out[role] = Part(role, bean.cls.source, {bean.name: bean.cls})
    if found.model is not None and words.mentions(class_name(study, found.model)):
        name = class_name(study, found.model)
        out["model"] = Part("model", found.model.source, {name: found.model})
    bodies = {class_name(study, c): c for c in found.travelling.values() if c != found.model}
    if bodies:
        first = next(iter(bodies.values()))
        out["schema"] = Part("schema", first.source, bodies)
    return out


def _delete(study: Study, sibling: Sibling) -> DeleteStyle:
    served = sibling.operations.get("delete")
    declared = status(study, served) if served is not None else None
    return DeleteStyle(status=declared or 204)
