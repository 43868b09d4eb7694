"""How a handler answers: the call that sends, its status, and where in the body things stand.

A call that sends is a ``respond`` fact, or a function of the project in which one is. Of what is
sent, the leaves are found with their keys, dotted where they are nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.conventions.shape import status_value
from apimod.conventions.tags import tagged
from apimod.languages import forms
from apimod.values import At, ClassValue, FunctionValue, Instance

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.match import Fact

DEPTH = 4
BODIES = ("block", "statement_list")
Env = Mapping[str, "Given"]


class Given(Struct, frozen=True, eq=False):
    """An argument, and what the names in it stood for where it was written."""

    at: At
    env: Env = field(default_factory=dict)


class Leaf(Struct, frozen=True, eq=False):
    """A value that is sent: its dotted key, its expression, and the struct field that it fills."""

    key: str
    at: At
    type: At | None = None


class Sent(Struct, frozen=True, eq=False):
    """An answer: the call that stands in the handler, its status, the leaves of its body."""

    call: At
    status: int | None
    status_at: At | None
    leaves: tuple[Leaf, ...]

    def inside(self, at: At) -> bool:
        """Tell whether an expression stands in the handler's own call."""
        node = self.call.node
        same = at.source.path == self.call.source.path
        return same and node.start_byte <= at.node.start_byte and at.node.end_byte <= node.end_byte


def responses(study: Study) -> dict[tuple[str, int, int], Fact]:
    """Return the calls that send, by their places."""
    return {(f.source.path, f.node.start_byte, f.node.end_byte): f
            for f in study.graph.facts["respond"]}  # fmt: skip


def statements(function: At) -> list[Node]:
    """Return the statements of a function's body, in order."""
    body = function.node.child_by_field_name("body")
    found = list(body.named_children) if body is not None else []
    while len(found) == 1 and found[0].type in BODIES:
        found = list(found[0].named_children)
    return [n for n in found if n.type != "comment"]


def last_answer(study: Study, handler: At) -> Sent | None:
    """Return what a handler sends where nothing went wrong: the last statement that sends.

    Where that is inside a branch, the last call that sends a status of success.
    """
    for node in reversed(statements(handler)):
        if node.type == "expression_statement" and node.named_children:
            found = sent(study, handler.to(node.named_children[0]))
            if found is not None:
                return found
        elif node.type != "return_statement":
            return _branched(study, handler)
    return None


def _branched(study: Study, handler: At) -> Sent | None:
    out = None
    for node in study.language.subtree(handler.node):
        if node.type == "expression_statement" and node.named_children:
            found = sent(study, handler.to(node.named_children[0]))
            if found is not None and found.status is not None and 200 <= found.status < 300:
                out = found
    return out


def sent(
    study: Study, call: At, env: Env | None = None, outer: At | None = None, depth: int = DEPTH
) -> Sent | None:
    """Return what a call sends; None for one that sends nothing."""
    form = study.ev.form(call)
    if not isinstance(form, forms.Call) or depth == 0:
        return None
    here = env or {}
    fact = responses(study).get(call.place)
    if fact is not None:
        status_at = fact.one("status")
        body = fact.one("body")
        found = tuple(leaves(study, Given(call.to(body), here))) if body is not None else ()
        place = call.to(status_at) if status_at is not None else None
        number, where = _status(study, place, here)
        return Sent(outer or call, number, where, found)
    for function in functions(study, call):
        inner = dict(_bound(study, function, call, form, here))
        for node in study.language.subtree(function.node):
            if node.type == "call_expression":
                found_in = sent(study, function.to(node), inner, outer or call, depth - 1)
                if found_in is not None:
                    return found_in
    return None


def functions(study: Study, call: At) -> Iterator[At]:
    """Yield the project's functions that a call may call."""
    form = study.ev.form(call)
    if isinstance(form, forms.Call) and not form.constructs:
        for value in study.ev.evaluate(call.to(form.function)):
            if isinstance(value, FunctionValue) and value.at.node.child_by_field_name("body"):
                yield value.at


def _bound(
    study: Study, function: At, call: At, form: forms.Call, env: Env
) -> Iterator[tuple[str, Given]]:
    params = study.language.params(function.source, function.node)
    for param, argument in zip(params, form.arguments, strict=False):
        yield param.name, Given(call.to(argument.node), env)


def _status(study: Study, at: At | None, env: Env) -> tuple[int | None, At | None]:
    if at is None:
        return None, None
    text = at.source.text(at.node)
    if text in env:
        return _status(study, env[text].at, env[text].env)
    return status_value(study, at), at


def leaves(study: Study, given: Given, key: str = "", depth: int = 6) -> Iterator[Leaf]:
    """Yield the values in what is sent, with their dotted keys."""
    at, env = given.at, given.env
    form = study.ev.form(at)
    while isinstance(form, forms.Wrapped) and form.node != at.node:
        at = at.to(form.node)
        form = study.ev.form(at)
    if depth == 0:
        return
    if isinstance(form, forms.Name) and form.text in env:
        yield from leaves(study, env[form.text], key, depth - 1)
    elif isinstance(form, forms.Mapping):
        for name, node in form.entries:
            text = name if isinstance(name, str) else at.source.text(name) if name else ""
            inner = join(key, text.strip("\"'`"))
            yield from leaves(study, Given(at.to(node), env), inner, depth - 1)
    elif isinstance(form, forms.Call) and form.constructs and form.arguments:
        yield from _constructed(study, at, form, env, key, depth)
    elif isinstance(form, forms.Name) and (literal := _literal(study, at)) is not None:
        yield from leaves(study, Given(literal, env), key, depth - 1)
    elif isinstance(form, forms.Call) and (made := _made(study, at, form, env)) is not None:
        yield from leaves(study, made, key, depth - 1)
    else:
        yield Leaf(key, at)


def _constructed(
    study: Study, at: At, form: forms.Call, env: Env, key: str, depth: int
) -> Iterator[Leaf]:
    """Yield the leaves of a struct's literal, by their names in JSON."""
    cls = next(iter(classes(study, at)), None)
    if cls is None:
        yield Leaf(key, at)
        return
    wires = {f.name: f.wire for f in tagged(study, cls)}
    order = [f.name for f in tagged(study, cls)]
    for index, argument in enumerate(form.arguments):
        name = argument.name or (order[index] if index < len(order) else "")
        if wires.get(name):
            inner = Given(at.to(argument.node), env)
            yield from leaves(study, inner, join(key, wires[name]), depth - 1)


def _literal(study: Study, at: At) -> At | None:
    """Return the dictionary that a local name holds."""
    for place in study.ev.definition(at):
        form = study.ev.form(place)
        if place != at and isinstance(form, forms.Mapping) and form.entries:
            return place
    return None


def _made(study: Study, call: At, form: forms.Call, env: Env) -> Given | None:
    """Return the literal that a function of the project gives back."""
    for function in functions(study, call):
        inner = dict(_bound(study, function, call, form, env))
        for node in study.language.returns(function.source, function.node):
            at = function.to(node)
            found = study.ev.form(at)
            while isinstance(found, forms.Wrapped) and found.node != at.node:
                at = at.to(found.node)
                found = study.ev.form(at)
            if isinstance(found, forms.Mapping) or (
                isinstance(found, forms.Call) and found.constructs and found.arguments
            ):
                return Given(at, inner)
    return None


def classes(study: Study, at: At) -> list[At]:
    """Return the classes of the project that an expression may be an instance of."""
    found = study.ev.evaluate(at)
    return [v.cls for v in found if isinstance(v, Instance)] + [
        v.at for v in found if isinstance(v, ClassValue)
    ]


def join(key: str, name: str) -> str:
    """Return a dotted key."""
    return f"{key}.{name}" if key and name else key or name


# --- texts with holes ------------------------------------------------------------------------------


def holes(sent_: At, parts: Mapping[str, list[At]]) -> str:
    """Return a node's text with ``{name}`` in place of the nodes that are given for it."""
    base = sent_.node.start_byte
    data = sent_.source.data[base : sent_.node.end_byte]
    spans = sorted(
        ((p.node.start_byte - base, p.node.end_byte - base, name)
         for name, places in parts.items() for p in places),
        reverse=True,
    )  # fmt: skip
    last = len(data) + 1
    for start, end, name in spans:
        if end <= last:
            data = data[:start] + b"{" + name.encode() + b"}" + data[end:]
            last = start
    return data.decode("utf-8", "replace")


def context_named(text: str, old: str, new: str = "c") -> str:
    """Return code with the context's parameter under the name that templates give it."""
    return text if old == new else re.sub(rf"(?<![\w.\"]){re.escape(old)}\b(?!\"|:)", new, text)
