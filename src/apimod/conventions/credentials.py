"""Whether a function that stands before a handler asks who calls."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.conventions.answers import functions
from apimod.languages.forms import Call
from apimod.values import At, FunctionValue

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study

DEPTH = 3


def asks(study: Study, use: At) -> bool:
    """Tell whether a middleware surely reads credentials, and turns away who has none."""
    return _checks(study, use, DEPTH)


def _checks(study: Study, at: At, depth: int) -> bool:
    """Whether a middleware, or what it calls, reads credentials and turns requests away."""
    form = study.ev.form(at)
    called = at.to(form.function) if isinstance(form, Call) else at
    if any(fnmatchcase(n, o) for n in study.ev.canonical(called) for o in study.auth_origins):
        return True
    found = [v.at for v in study.ev.evaluate(called) if isinstance(v, FunctionValue)]
    return any(_reads(study, f, depth) and _denies(study, f, depth) for f in found)


def _reads(study: Study, function: At, depth: int) -> bool:
    wanted = [n.lower() for u in study.units for n in u.names("auth", "reads")]
    for fact in study.graph.facts["read"]:
        name = fact.one("name")
        if name is not None and _within(fact.source.path, fact.node, function):
            texts = study.ev.strings(At(fact.source, name)) or [fact.source.text(name)]
            plain = [t.lower().strip("\"'`") for t in texts]
            if any(fnmatchcase(t, pattern) for t in plain for pattern in wanted):
                return True
    return depth > 0 and any(_reads(study, f, depth - 1) for f in _inner(study, function))


def _denies(study: Study, function: At, depth: int) -> bool:
    kinds = ("statuses", "challenges")
    statuses = {n for u in study.units for kind in kinds for n in u.names("auth", kind)}
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


def _within(path: str, node: Node, function: At) -> bool:
    outer = function.node
    same = path == function.source.path
    return same and outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte
