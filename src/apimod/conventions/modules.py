"""All conventions of a project whose files are modules and whose handlers take a request and an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.model import (
    AuthStyle,
    Conventions,
    DocStyle,
    HandlerStyle,
    SchemaStyle,
    ValidateStyle,
)
from apimod.conventions.modules_answers import answered, list_style
from apimod.conventions.modules_errors import error_style
from apimod.conventions.modules_handlers import (
    Standing,
    before_all,
    handler_style,
    handlers_of,
    standing,
)
from apimod.conventions.modules_store import (
    Stored,
    id_style,
    model_of_sibling,
    model_style,
    models_of,
    owner_style,
    session_style,
    timestamps,
)
from apimod.conventions.modules_testing import test_style
from apimod.conventions.modules_text import text_of
from apimod.conventions.modules_tools import hasher
from apimod.conventions.script_parts import script_parts
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.places import Part
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

TYPED = (".ts", ".mts", ".cts", ".tsx")


@dataclass
class Taught:
    """What was learnt of a sibling whose parts are modules."""

    conventions: Conventions
    parts: dict[str, Part] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    chain: dict[str, tuple[Snippet, ...]] = field(default_factory=dict)
    """The sibling's middleware by operation, without what checks input."""
    model: Stored | None = None
    test_file: Source | None = None


def taught(
    study: Study, sibling: Sibling, words: Renamer, param: str, units: frozenset[str]
) -> Taught:
    """Ask every question of the sibling; ``units`` are those in use."""
    parts = script_parts(study, sibling, words)
    models = list(models_of(study, units, study.documents))
    model = model_of_sibling(models, sibling, parts.get("model"))
    handlers = handlers_of(sibling, parts)
    stands = standing(study, sibling, parts, handlers, _checkers(study, units))
    waits = _waits(study, units)
    answers = answered(study, handlers, words)
    told = "\n".join(at.source.text(at.node) for at in handlers.values())
    status = _wrong_status(study, units)
    validate = replace(stands.validate, status=status)
    guarded = any(s.endpoint.auth for s in sibling.operations.values())
    near = tuple(p.source for p in parts.values())
    testing, test_file = test_style(study, sibling, words, units)
    conventions = Conventions(
        async_=True,
        typed=parts["routes"].path.endswith(TYPED),
        id=id_style(study, model, param),
        timestamps=timestamps(model),
        owner=owner_style(study, model, models, told) if guarded else None,
        session=session_style(study, units, near),
        model=model_style(study, model),
        schema=SchemaStyle(camel=_camel(model)),
        list=list_style(study, parts, answers.envelope),
        item=answers.item,
        delete=answers.delete,
        errors=error_style(study, parts, status),
        auth=AuthStyle() if guarded else None,
        respond=answers.respond,
        handler=replace(
            handler_style(study, sibling, handlers, waits), standing=before_all(study, parts, words)
        ),
        validate=validate,
        docs=DocStyle(docstrings=True),
        test=testing,
        hash=hasher(study, units),
    )
    return Taught(conventions, parts, answers.statuses, stands.chain, model, test_file)


def untaught(study: Study, param: str, units: frozenset[str]) -> Conventions:
    """Ask what can be asked of a project that serves no resource yet."""
    models = list(models_of(study, units, study.documents))
    model = next(iter(models), None)
    waits = _waits(study, units)
    paths = [n.at.source.path for n in study.graph.routers]
    return Conventions(
        async_=True,
        typed=any(p.endswith(TYPED) for p in paths),
        id=id_style(study, model, param),
        timestamps=timestamps(model),
        session=session_style(study, units, ()),
        schema=SchemaStyle(camel=_camel(model)),
        model=model_style(study, model),
        handler=HandlerStyle(forward=not waits),
        validate=ValidateStyle(),
        errors=error_style(study, {}, 400),
        hash=hasher(study, units),
        docs=DocStyle(docstrings=True),
    )


def _camel(model: Stored | None) -> bool:
    """Whether members are spelled as the language's are: so they are, unless a model shows otherwise."""
    names = [m.name for m in model.members] if model is not None else []
    return not any("_" in n.strip("_") for n in names) or any(n != n.lower() for n in names)


def _checkers(study: Study, units: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        str(p)
        for u in study.units
        if u.name in units
        for p in u.table("conventions").get("checks", ())
    )


def _waits(study: Study, units: frozenset[str]) -> bool:
    """Whether the framework's version, or a library that changes it, waits for handlers."""
    for unit in study.units:
        since = unit.table("conventions").get("waits")
        if not since or unit.name not in units:
            continue
        patched = tuple(str(p).encode() for p in unit.table("conventions").get("waits_by", ()))
        for path in study.paths:
            source = study.code.source(path)
            if source is not None and any(p in source.data for p in patched):
                return True
        return study.majors.get(unit.name, int(since)) >= int(since)
    return False


def _wrong_status(study: Study, units: frozenset[str]) -> int:
    """Return the status by which the project answers input that is wrong."""
    checkers = [u.name for u in study.units if u.kind == "validator" and u.name in units]
    words = "|".join(["valid", *map(re.escape, checkers)])
    statuses = r"\b(400|422|BAD_REQUEST|UNPROCESSABLE_ENTITY)\b"
    for path in study.paths:
        source = study.code.source(path)
        text = text_of(source) if source is not None else ""
        found = re.search(rf"(?i)(?:{words})\w*[^;]{{0,300}};?[^;]{{0,200}}?{statuses}", text)
        if found and re.search(r"(?i)error", text):
            return 422 if found[1].upper() in ("422", "UNPROCESSABLE_ENTITY") else 400
    return 400


__all__ = ["Standing", "Taught", "taught", "untaught"]
