"""The text of a copy: a sibling's element with the new resource's words in place of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from tree_sitter import Node

from apimod.analogy_file import File
from apimod.languages.buffer import is_comment, last_row, lead, neighbours, trail
from apimod.rename import Renamer

_PRAGMA = re.compile(r"(?:#|//)\s*(?:noqa|type:|pragma|fmt:|pylint|nolint|lint:)")
_CONTAINER_METHODS = frozenset({"copy", "count", "index", "items", "keys", "values"})


def renamed(file: File, start: int, end: int, renamer: Renamer, local: Mapping[str, str]) -> str:
    """Return the text of a range with its nouns exchanged, token by token.

    ``local`` maps names that are bound otherwise for the new resource.
    """
    starts = [leaf.node.start_byte for leaf in file.leaves]
    out: list[str] = []
    at = start
    for leaf in file.leaves[bisect_left(starts, start) : bisect_left(starts, end)]:
        out.append(file.buffer.reads(at, leaf.node.start_byte))
        at = leaf.node.end_byte
        if leaf.kind == "comment":
            out.append(renamer.prose(leaf.text))
        elif leaf.kind == "string":
            module = file.names_module(leaf.node)
            out.append(renamer.module(leaf.text) if module else renamer.string(leaf.text))
        elif leaf.kind == "name":
            out.append(local.get(leaf.text) or renamer.identifier(leaf.text))
        else:
            kept = leaf.text in _CONTAINER_METHODS and _called_empty(leaf.node)
            out.append(leaf.text if kept else renamer.identifier(leaf.text))
    out.append(file.buffer.reads(at, end))
    return "".join(out).replace("\r\n", "\n")


def extent(file: File, nodes: Sequence[Node], renamer: Renamer) -> tuple[int, int]:
    """Return the range of statements with the comments that are copied along.

    A comment above comes along if it speaks of the sibling, one behind also if a tool reads it.
    """
    first, last = nodes[0], nodes[-1]
    start, end = first.start_byte, last.end_byte
    top = lead(first)
    if top != first and renamer.mentions(file.buffer.reads(top.start_byte, start)):
        start = top.start_byte
    tail = trail(last)
    if tail != last and is_comment(tail):
        text = file.buffer.text(tail)
        if _PRAGMA.match(text) or renamer.mentions(text):
            end = tail.end_byte
    while end > start and file.buffer.data[end - 1 : end] in (b"\n", b"\r"):
        end -= 1
    return start, end


def statements_text(
    file: File, nodes: Sequence[Node], renamer: Renamer, local: Mapping[str, str]
) -> str:
    """Return the copy of statements; what once stood between them is left out."""
    runs: list[list[Node]] = []
    for node in nodes:
        if runs and neighbours(runs[-1][-1])[1] == node:
            runs[-1].append(node)
        else:
            runs.append([node])
    indent = file.buffer.indent(nodes[0])
    texts = [renamed(file, *extent(file, run, renamer), renamer, local) for run in runs]
    return f"\n{indent}".join(texts)


def pragma(file: File, node: Node) -> str:
    """Return the comment behind a statement that a tool reads, or ``""``."""
    tail = trail(node)
    text = file.buffer.text(tail) if tail != node else ""
    return text if _PRAGMA.match(text) else ""


def squeezed(text: str) -> str:
    """Return text without blanks and trailing commas, to compare what it says."""
    return re.sub(r",(?=[)\]}])", "", re.sub(r"\s+", "", text))


def rows_between(upper: Node, lower: Node) -> int:
    """Return the blank lines between a statement and the next one with its comments."""
    return max(0, lead(lower).start_point.row - last_row(upper) - 1)


def _called_empty(node: Node) -> bool:
    member = node.parent
    call = member.parent if member is not None else None
    arguments = call.child_by_field_name("arguments") if call is not None else None
    return arguments is not None and arguments.named_child_count == 0
