"""Python: an import that outgrows its line becomes one with a name a line."""

from __future__ import annotations

from itertools import pairwise

from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer
from apimod.languages.items import Items, sorted_place
from apimod.languages.python_edit_place import name_key


def name_index(buffer: Buffer, items: Items, clause: str) -> int:
    """Return where a name goes among those that a statement imports: at the end of unsorted ones."""
    index = sorted_place(buffer, items, clause, name_key, sure=1)
    return len(items.items) if index is None else index


def wrapped(buffer: Buffer, node: Node, items: Items, clause: str) -> list[Insertion] | None:
    """Return the insertions that parenthesise a one-line import and add a name to it.

    The space behind each comma becomes the last of the next line's indentation, so nothing is
    replaced. None where brackets, a comment, another statement or tabs are in the way.
    """
    names, unit = items.items, buffer.unit
    line = buffer.source.line_text(node.start_point.row + 1)
    whole = line.strip() == buffer.text(node).strip()
    spaced = all(buffer.reads(a.end_byte, b.start_byte) == ", " for a, b in pairwise(names))
    if items.close is not None or not whole or not spaced or not unit or set(unit) != {" "}:
        return None
    index = name_index(buffer, items, clause)
    indent = buffer.source.indent_of(node.start_byte)
    start, short = f"\n{indent}{unit}", f"\n{indent}{unit[1:]}"
    head = f"({start}{clause},{start}" if index == 0 else f"({start}"
    made = [buffer.insert(names[0].start_byte, head)]
    for place, (_, after) in enumerate(pairwise(names), 1):
        text = f"{start}{clause},{short}" if place == index else short
        made.append(buffer.insert(after.start_byte - 1, text))
    last = f",{start}{clause}" if index == len(names) else ""
    return [*made, buffer.insert(names[-1].end_byte, f"{last},\n{indent})")]
