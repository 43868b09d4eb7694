"""All conventions of a project of handlers over a context and structs with tags, asked once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apimod.conventions.anatomy import Anatomy, anatomy
from apimod.conventions.asked import list_style
from apimod.conventions.callers import inlined, owner_style
from apimod.conventions.guards import is_guarded
from apimod.conventions.harness import harness
from apimod.conventions.model import AuthStyle, Conventions, DocStyle, SchemaStyle
from apimod.conventions.places import Part
from apimod.conventions.refusals import refusals
from apimod.conventions.shown import Shown, shown
from apimod.conventions.stored import (
    id_style,
    is_camel,
    model_style,
    session_style,
    timestamps,
    unit_of,
)
from apimod.conventions.tags import tagged
from apimod.values import At, External
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source


@dataclass
class Taught:
    """What was learnt of a sibling whose parts are structs and functions."""

    conventions: Conventions
    parts: dict[str, Part] = field(default_factory=dict)
    anatomy: Anatomy = field(default_factory=Anatomy)
    statuses: dict[str, int] = field(default_factory=dict)
    model: At | None = None
    read: At | None = None
    bodies: dict[str, At] = field(default_factory=dict)
    """The types that requests are read into: create, update, query."""
    test_file: Source | None = None
    documented: str = ""
    """What full paths begin with that documented ones leave out."""


def taught(study: Study, sibling: Sibling, words: Renamer, param: str) -> Taught:
    """Ask every question of the sibling."""
    built = anatomy(study, sibling, words)
    model = _model(study, sibling, built, words)
    answers = shown(study, built, words)
    bodies = _bodies(study, built, words)
    fields = tagged(study, model) if model is not None else []
    travelling = [c for c in (*bodies.values(), answers.read, model) if c is not None]
    guarded = any(is_guarded(study, s) for s in sibling.operations.values())
    plain = Conventions()
    docs, documented = _docs(study, built)
    testing, test_file = harness(study, words, built)
    conventions = Conventions(
        id=id_style(study, model, fields, param) if model else id_style_of(param),
        timestamps=timestamps(study, model, fields) if model else plain.timestamps,
        owner=owner_style(study, built, model, fields, words) if model and guarded else None,
        session=session_style(study, built, _session_expression(study, built)),
        model=model_style(study, model, fields) if model else plain.model,
        schema=SchemaStyle(camel=is_camel(study, travelling), response=answers.read is not None),
        list=list_style(study, built.handlers.get("list"), answers.listed),
        item=answers.item,
        delete=answers.delete,
        errors=refusals(study, built, words),
        auth=AuthStyle() if guarded else None,
        respond=answers.respond,
        docs=docs,
        test=testing,
    )
    return Taught(
        conventions,
        _parts(study, built, model, bodies, answers, words),
        built,
        answers.statuses,
        model,
        answers.read,
        bodies,
        test_file,
        documented,
    )


def id_style_of(param: str):  # type: ignore[no-untyped-def]
    """Return the default key."""
    from apimod.conventions.model import IdStyle

    return IdStyle(name="id", symbol="ID", wire="id", param=param)


# --- which types -----------------------------------------------------------------------------------


def _model(study: Study, sibling: Sibling, built: Anatomy, words: Renamer) -> At | None:
    """Return the sibling's model: by its name, else by being used where the sibling is served."""
    named = [f for f in study.models if f.name.lower() == sibling.singular.replace("_", "")]
    bearing = [f for f in study.models if words.mentions(f.name)]
    near = sorted(named or bearing, key=lambda f: (len(f.name), f.at.source.path))
    return near[0].at if near else next((f.at for f in study.models), None)


def _bodies(study: Study, built: Anatomy, words: Renamer) -> dict[str, At]:
    """Return the types that requests are read into."""
    from apimod.conventions.answers import classes
    from apimod.conventions.asked import _facts

    out: dict[str, At] = {}
    for op, key in (("create", "create"), ("update", "update"), ("list", "query")):
        handler = built.handlers.get(op)
        for fact in _facts(study, handler, "bind") if handler is not None else ():
            node = fact.one("target")
            found = classes(study, At(fact.source, node)) if node is not None else []
            for cls in found:
                name = study.language.qualified_name(cls.source, cls.node)
                if not study.is_model(cls) and words.mentions(name):
                    out.setdefault(key, cls)
    return out


def _parts(
    study: Study,
    built: Anatomy,
    model: At | None,
    bodies: dict[str, At],
    answers: Shown,
    words: Renamer,
) -> dict[str, Part]:
    """Return the files of the sibling's parts by role."""
    out: dict[str, Part] = {}

    def put(role: str, found: list[At]) -> None:
        if found:
            first = found[0]
            named = {study.language.qualified_name(a.source, a.node): a for a in found
                     if a.source.path == first.source.path}  # fmt: skip
            out[role] = Part(role, first.source, named)

    handlers = [h.at for h in built.handlers.values()]
    paths = [a.source.path for a in handlers]
    most = max(dict.fromkeys(paths), key=paths.count, default="")
    put("routes", [*[a for a in handlers if a.source.path == most],
                   *([built.owner] if built.owner is not None else [])])  # fmt: skip
    for role, layer in built.layers.items():
        put(role, [layer.cls])
    if model is not None and words.mentions(study.language.qualified_name(model.source, model.node)):
        put("model", [model])
    schemas = [*bodies.values(), *([answers.read] if answers.read is not None else [])]
    put("schema", schemas)
    return out


def _session_expression(study: Study, built: Anatomy) -> Snippet | None:
    """Return the expression by which plain functions reach the database."""
    from apimod.conventions.pieces import piece

    if built.form != "functions":
        return None
    for handler in built.handlers.values():
        for node in study.language.subtree(handler.inner.node):
            if node.type not in ("identifier", "selector_expression", "call_expression"):
                continue
            at = handler.inner.to(node)
            names = {v.name for v in study.ev.evaluate(at) if isinstance(v, External)}
            if not names & study.types("session"):
                continue
            found = inlined(study, at, handler, None)
            if found is not None:
                study.learn("how code reaches the database", at)
                return found
    del piece
    return None


# --- documentation ---------------------------------------------------------------------------------


def _docs(study: Study, built: Anatomy) -> tuple[DocStyle, str]:
    """Return what comments above handlers say to a generator of documents."""
    tables = [u.table("conventions") for u in study.units if u.table("conventions").get("comment")]
    for table in tables:
        for handler in built.handlers.values():
            text = comment_above(handler.at)
            found = re.search(table["comment"], text)
            if not found:
                continue
            study.learn("comments document the endpoints", handler.at)
            every = "\n".join(comment_above(h.at) for h in built.handlers.values())
            security = re.search(table["comment_security"], every)
            error = re.search(table["comment_error"], every)
            written = Snippet(re.sub(r"\s+", "\t", security[0].strip())) if security else None
            full = handler.served.endpoint.path
            shape = re.sub(r"\{\w+\}", "{}", found[1])
            whole = re.sub(r"\{\w+\}", "{}", full)
            base = full[: len(whole) - len(shape)] if whole.endswith(shape) else ""
            return DocStyle(
                comments=True, comment_security=written, error_type=error[1] if error else ""
            ), base
    return DocStyle(), ""


def comment_above(at: At) -> str:
    """Return the comment that stands above a definition."""
    lines: list[str] = []
    node = at.node.prev_sibling
    row = at.node.start_point.row
    while node is not None and node.type == "comment" and node.end_point.row == row - 1:
        lines.insert(0, at.source.text(node))
        row = node.start_point.row
        node = node.prev_sibling
    return "\n".join(lines)


__all__ = ["ImportNeed", "Taught", "taught", "unit_of"]
