"""All conventions of a project of handlers over a context and structs with tags, asked once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.anatomy import Anatomy, anatomy
from apimod.conventions.asked import list_style
from apimod.conventions.callers import inlined, owner_style
from apimod.conventions.harness import harness
from apimod.conventions.model import AuthStyle, Conventions, DocStyle, IdStyle, SchemaStyle
from apimod.conventions.places import Part
from apimod.conventions.refusals import refusals
from apimod.conventions.shown import Shown, shown
from apimod.conventions.stored import (
    id_style,
    is_camel,
    model_style,
    session_style,
    timestamps,
)
from apimod.conventions.tags import tagged
from apimod.values import At, External
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.routes import Served
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
    set_up: Source | None = None
    """The test file that shows how the application is set up."""


def taught(study: Study, sibling: Sibling, words: Renamer, param: str) -> Taught:
    """Ask every question of the sibling."""
    built = anatomy(study, sibling, words)
    model = _model(study, sibling, built, words)
    answers = shown(study, built, words)
    bodies = _bodies(study, built, words)
    fields = tagged(study, model) if model is not None else []
    travelling = [c for c in (*bodies.values(), answers.read, model) if c is not None]
    guarded = any(_guarded(study, s) for s in sibling.operations.values())
    plain = Conventions(id=IdStyle(name="id", symbol="ID", wire="id", param=param))
    docs, documented = _docs(study, built)
    testing, test_file, shows = harness(study, words, guarded)
    conventions = Conventions(
        id=id_style(study, model, fields, param) if model else plain.id,
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
        shows,
    )


def untaught(study: Study, param: str) -> Conventions:
    """Ask what can be asked of a project that serves no resource yet."""
    plain = Conventions(id=IdStyle(name="id", symbol="ID", wire="id", param=param))
    model = next((f.at for f in study.models), None)
    session = session_style(study, Anatomy(), shared_session(study))
    taught_ = replace(plain, session=session, schema=SchemaStyle(response=False))
    if model is None:
        return taught_
    fields = tagged(study, model)
    return replace(
        taught_,
        id=id_style(study, model, fields, param),
        timestamps=timestamps(study, model, fields),
        model=model_style(study, model, fields),
        schema=SchemaStyle(camel=is_camel(study, [model]), response=False),
    )


def _guarded(study: Study, served: Served) -> bool:
    """Whether an endpoint asks who calls."""
    if served.endpoint.auth is not None:
        return served.endpoint.auth
    return any(study.checks(use.at) for use in served.uses)


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
    if model is not None and words.mentions(
        study.language.qualified_name(model.source, model.node)
    ):
        put("model", [model])
    schemas = [*bodies.values(), *([answers.read] if answers.read is not None else [])]
    put("schema", schemas)
    return out


def _session_expression(study: Study, built: Anatomy) -> Snippet | None:
    """Return the expression by which plain functions reach the database."""
    if built.form not in ("functions", "inline"):
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
    return None


def shared_session(study: Study) -> Snippet | None:
    """Return the variable of a package that holds the database, where there is one."""
    from apimod.conventions.pieces import package_of

    for path in study.paths:
        source = study.code.source(path)
        for node in study.code.root(source).named_children if source is not None else ():
            if source is None or node.type != "var_declaration":
                continue
            for spec in study.language.subtree(node):
                declared = spec.child_by_field_name("type") if spec.type == "var_spec" else None
                name = spec.child_by_field_name("name")
                if declared is None or name is None:
                    continue
                if study.type_names(At(source, declared)) & study.types("session"):
                    at = At(source, spec)
                    study.learn("how code reaches the database", at)
                    text = f"{package_of(study, at)}.{source.text(name)}"
                    return Snippet(text, (ImportNeed(study.module(source)),))
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


__all__ = ["Taught", "taught", "untaught"]
