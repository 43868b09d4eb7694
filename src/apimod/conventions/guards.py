"""Whether something on the way to a handler asks who calls."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.conventions.answers import functions
from apimod.languages.forms import Call
from apimod.values import At, FunctionValue

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.routes import Served

DEPTH = 3


def is_guarded(study: Study, served: Served) -> bool:
    """Tell whether an endpoint asks who calls, by what stands before its handler."""
    if served.endpoint.auth is not None:
        return served.endpoint.auth
    return any(_checks(study, use.at, DEPTH) for use in served.uses)


def _checks(study: Study, at: At, depth: int) -> bool:
    """Whether a middleware, or what it calls, reads credentials and turns requests away."""
    form = study.ev.form(at)
    called = at.to(form.function) if isinstance(form, Call) else at
    if any(fnmatchcase(n, o) for n in study.ev.canonical(called) for o in study.auth_origins):
        return True
    found = [v.at for v in study.ev.evaluate(called) if isinstance(v, FunctionValue)]
    return any(_reads(study, f, depth) and _denies(study, f, depth) for f in found)


def _reads(study: Study, function: At, depth: int) -> bool:
    wanted = {n.lower() for u in study.units for n in u.names("auth", "reads")}
    for fact in study.graph.facts["read"]:
        name = fact.one("name")
        if name is not None and _within(fact.source.path, fact.node, function):
            texts = study.ev.strings(At(fact.source, name)) or [fact.source.text(name)]
            if any(t.lower().strip("\"'`") in wanted for t in texts):
                return True
    return depth > 0 and any(_reads(study, f, depth - 1) for f in _inner(study, function))


def _denies(study: Study, function: At, depth: int) -> bool:
    statuses = {n for u in study.units for n in u.names("auth", "statuses")}
    for node in study.language.subtree(function.node):
        if node.type in ("selector_expression", "int_literal", "attribute", "integer"):
            at = function.to(node)
            if function.source.text(node) in statuses or set(study.ev.canonical(at)) & statuses:
                return True
    return depth > 0 and any(_denies(study, f, depth - 1) for f in _inner(study, function))


def _inner(study: Study, function: At) -> list[At]:
    out: list[At] = []
    for node in study.language.subtree(function.node):
        if node.type in ("call_expression", "call"):
            out += functions(study, function.to(node))
    return [f for f in dict.fromkeys(out) if f.place != function.place]


def _within(path: str, node: object, function: At) -> bool:
    start, end = node.start_byte, node.end_byte  # type: ignore[attr-defined]
    same = path == function.source.path
    return same and bool(function.node.start_byte <= start and end <= function.node.end_byte)
