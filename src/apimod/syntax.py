"""What a syntax tree holds at its leaves, and where it is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from apimod.model import Span
from apimod.spans import Splice

if TYPE_CHECKING:
    from tree_sitter import Node, Tree


def error_count(tree: Tree) -> int:
    """Return how many nodes of a tree are errors or missing."""
    return sum(1 for _ in _errors(tree))


def first_error(tree: Tree, splices: Sequence[Splice] = ()) -> int:
    """Return the line, from 1, of a tree's first error at or after where a splice begins.

    The rest of a file can hold errors of its own; 1 if there is none at all.
    """
    lines = [node.start_point.row + 1 for node in _errors(tree)]
    first = splices[0].start if splices else 0
    after = [node.start_point.row + 1 for node in _errors(tree) if node.end_byte >= first]
    return min(after or lines or [1])


def leaves(tree: Tree, data: bytes) -> Iterator[Span]:
    """Yield the spans of a file's tokens in order, comments included.

    Some grammars leave text between two leaves without a node, such as what a string holds; its
    span comes as a token too. Layout tokens, which hold blanks or nothing, do not come.
    """
    at = 0
    for node in _walk(tree, into_errors=True):
        if node.child_count:
            continue
        start = max(node.start_byte, at)
        yield from _trimmed(data, at, start)
        yield from _trimmed(data, start, node.end_byte)
        at = max(at, node.end_byte)
    yield from _trimmed(data, at, len(data))


def _errors(tree: Tree) -> Iterator[Node]:
    if tree.root_node.has_error:
        yield from (n for n in _walk(tree, into_errors=False) if n.is_error or n.is_missing)


def _walk(tree: Tree, *, into_errors: bool) -> Iterator[Node]:
    """Yield every node, parents first; without ``into_errors``, only on the way to a broken one."""
    cursor = tree.walk()
    while True:
        node = cursor.node
        assert node is not None
        yield node
        if (into_errors or node.has_error) and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _trimmed(data: bytes, start: int, end: int) -> Iterator[Span]:
    text = data[start:end]
    bare = text.strip()
    if bare:
        start += len(text) - len(text.lstrip())
        yield Span(start, start + len(bare))
