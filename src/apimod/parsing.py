"""Parsing and searching within bounds, for files that nobody wrote to be read.

A few bytes can take a grammar's error recovery, or a query over a deep tree, minutes. A file that
takes longer than ``SECONDS`` is given up: it is treated as one that holds nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Parser, Query, Tree

SECONDS = 2.0
SMALL = 1 << 13
"""What is no larger cannot take long, and is parsed without looking at the clock."""
DEEPEST = 1000
"""How deep brackets may be nested in a file that is read at all."""
DEEPEST_MATCH = 4000
"""How deep in a tree a match may begin: a chain of a thousand calls is as deep as that."""
TOO_SLOW = "takes too long to parse"
TOO_DEEP = "is nested too deeply"

_OPEN = b"([{"
_NO_BRACKET = bytes(set(range(256)) - set(b"()[]{}"))
_PAIRS = re.compile(rb"\(\)|\[\]|\{\}")

Matches = list[tuple[int, dict[str, list["Node"]]]]


def is_deep(data: bytes) -> bool:
    """Tell whether brackets are nested deeper than any person would."""
    left = data.translate(None, _NO_BRACKET)
    while sum(map(left.count, (b"(", b"[", b"{"))) > DEEPEST:
        fewer = _PAIRS.sub(b"", left)
        if len(fewer) > len(left) * 0.9:
            return _depth(fewer) > DEEPEST
        left = fewer
    return False


def parse(parser: Parser, data: bytes) -> Tree | None:
    """Return the tree of some bytes; None where that takes too long."""
    if len(data) <= SMALL:
        return parser.parse(data)
    try:
        return parser.parse(lambda at, _: data[at:], progress_callback=_deadline())
    except ValueError:
        return None


def matches(query: Query, node: Node) -> Matches:
    """Return the matches of a query below a node, those that begin in its depths left out.

    What a query has begun and not ended costs at each further node: a deep tree takes minutes.
    """
    from tree_sitter import QueryCursor

    cursor = QueryCursor(query)
    cursor.set_max_start_depth(DEEPEST_MATCH)
    return cursor.matches(node)


def empty(grammar: Language, data: bytes) -> Tree:
    """Return a tree as long as some bytes, with nothing in it."""
    from tree_sitter import Parser

    return Parser(grammar).parse(re.sub(rb"[^\n]", b" ", data))


def _deadline() -> Callable[..., bool]:
    end = time.monotonic() + SECONDS
    return lambda *_: time.monotonic() > end


def _depth(brackets: bytes) -> int:
    """Return how deep brackets are nested; those that nothing closes count."""
    depth = deepest = 0
    for bracket in brackets:
        depth += 1 if bracket in _OPEN else -1
        deepest = max(deepest, depth)
    return deepest
