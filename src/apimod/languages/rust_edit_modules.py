"""Declarations of modules in Rust: ``mod x;`` in its place among those that are there."""

from __future__ import annotations

import re
from itertools import pairwise

from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, blank_lines_between, is_comment, lead, trail
from apimod.languages.rust_use import order

_OPENS = ("inner_attribute_item", "extern_crate_declaration")
DECLARES = re.compile(r"(?:pub(?:\([^)]*\))? )?mod")
"""What a need for a module asks for in the place of a path."""


def declared(buffer: Buffer) -> list[Node]:
    """Return the declarations of modules that have files of their own."""
    top = buffer.root.named_children
    return [n for n in top if n.type == "mod_item" and n.child_by_field_name("body") is None]


def module_name(buffer: Buffer, node: Node) -> str:
    """Return the name of a module that is declared."""
    name = node.child_by_field_name("name")
    return buffer.text(name).removeprefix("r#") if name is not None else ""


def visibility(buffer: Buffer, node: Node) -> str:
    """Return what a declaration begins with: ``pub mod``, ``mod``."""
    found = re.match(rf"{DECLARES.pattern}\b", re.sub(r"\s+", " ", buffer.text(node)))
    return found[0] if found else "mod"


def declare(buffer: Buffer, name: str, head: str = "") -> list[Insertion]:
    """Return the insertion that declares a module; none where it is declared.

    ``head`` is what the line begins with; without, it begins as most others do.
    """
    items = [n for n in buffer.root.named_children if n.type == "mod_item"]
    if any(module_name(buffer, node) == name for node in items):
        return []
    found = declared(buffer)
    marks = [visibility(buffer, node) for node in found]
    usual = "mod" if buffer.path.endswith("main.rs") else "pub mod"
    line = f"{head or max(dict.fromkeys(marks), key=marks.count, default=usual)} {name};"
    if not found:
        return [_first(buffer, line)]
    run = _run(found)
    keys = [order(module_name(buffer, node), versions=False) for node in run]
    place = len(run)
    if all(a <= b for a, b in pairwise(keys)):  # type: ignore[operator]
        own = order(name, versions=False)
        place = sum(not own < key for key in keys)  # type: ignore[operator]
    if place == 0:
        start = buffer.source.line_start(lead(run[0]).start_byte)
        return [buffer.insert(max(start, len(buffer.source.bom)), f"{line}\n")]
    end = buffer.source.line_end(trail(run[place - 1]).end_byte)
    return [buffer.insert(end, f"\n{line}")]


def _run(found: list[Node]) -> list[Node]:
    """Return the longest run of declarations that nothing parts."""
    runs = [[found[0]]]
    for upper, lower in pairwise(found):
        if lead(lower) == lower and lower.start_point.row == upper.end_point.row + 1:
            runs[-1].append(lower)
        else:
            runs.append([lower])
    return max(runs, key=len)


def _first(buffer: Buffer, line: str) -> Insertion:
    """Insert the first declaration: below what opens the file, above what it imports."""
    above: Node | None = None
    below: Node | None = None
    for node in buffer.root.named_children:
        if node.type in _OPENS or _documents(buffer, node):
            above = node
        elif not is_comment(node):
            below = node
            break
    if above is not None:
        end = buffer.source.line_end(above.end_byte - (buffer.text(above)[-1:] == "\n"))
        close = below is not None and blank_lines_between(above, lead(below)) == 0
        return buffer.insert(end, f"\n\n{line}" + "\n" * close)
    if below is None:
        return buffer.insert(len(buffer.data), f"{line}\n")
    start = buffer.source.line_start(lead(below).start_byte)
    return buffer.insert(max(start, len(buffer.source.bom)), f"{line}\n\n")


def _documents(buffer: Buffer, node: Node) -> bool:
    return buffer.text(node).startswith(("//!", "/*!"))
