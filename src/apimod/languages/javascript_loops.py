"""JavaScript: methods of lists that run a function for every element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.languages.javascript_defs import FUNCTIONS, children, field

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.source import Source

EACH = frozenset({"forEach", "map", "flatMap"})


class Loop(Struct, frozen=True):
    """``list.map(function)``: what is looped over, and where its element comes in."""

    function: Node
    iterable: Node
    body: Node | None
    """What one round gives."""
    element: int
    """The position of the parameter that holds the element."""
    initial: Node | None = None
    """What the first parameter of a fold begins with."""


def looped(source: Source, call: Node) -> Loop | None:
    """Return the loop that a call of a list's method is, where its function stands in place."""
    callee = field(call, "function")
    if callee.type != "member_expression":
        return None
    name = source.text(field(callee, "property"))
    given = children(call.child_by_field_name("arguments"))
    if not given or given[0].type not in FUNCTIONS:
        return None
    function, iterable = given[0], field(callee, "object")
    if name in EACH:
        return Loop(function, iterable, _result(function), 0)
    if name == "reduce" and len(given) > 1:
        return Loop(function, iterable, None, 1, given[1])
    return None


def loop_of(source: Source, function: Node) -> Loop | None:
    """Return the loop that a function is the body of."""
    parent = function.parent
    call = parent.parent if parent is not None and parent.type == "arguments" else None
    if call is None or call.type != "call_expression":
        return None
    loop = looped(source, call)
    return loop if loop is not None and loop.function == function else None


def _result(function: Node) -> Node | None:
    body = function.child_by_field_name("body")
    if body is None or body.type != "statement_block":
        return body
    for statement in reversed(body.named_children):
        if statement.type == "return_statement" and statement.named_children:
            return statement.named_children[0]
    return None
