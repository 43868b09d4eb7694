"""Where a new import line of JavaScript goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    blank_lines_between,
    in_order,
    is_comment,
    last_row,
    lead,
    trail,
)
from apimod.languages.javascript_bound import imported_by

RUNTIME, PACKAGE, OWN = range(3)
_SURE = 3


class _Line(Struct, frozen=True):
    """An import statement that stands there."""

    node: Node
    module: str

    @property
    def section(self) -> int:
        return section(self.module)


def section(module: str) -> int:
    """Return whether a module is the runtime's, someone else's, or the project's own."""
    if module.startswith("node:"):
        return RUNTIME
    return OWN if re.match(r"[./#]|[@~]/", module) else PACKAGE


def new_line(buffer: Buffer, line: str, module: str) -> list[Insertion]:
    """Insert an import statement as a line of its own, beside those of its kind."""
    lines = _lines(buffer)
    if not lines:
        return _first(buffer, line)
    groups = _groups(lines)
    group = max(groups, key=lambda one: _likeness(one, module))
    same = [each for each in group if each.section == section(module)]
    if not same:
        return _new_group(buffer, lines, groups, line, section(module))
    modules = [_key(each.module) for each in same]
    if len(same) >= _SURE and in_order(modules):
        later = next((each for each in same if _key(each.module) > _key(module)), None)
        if later is not None:
            return [_above(buffer, later.node, line, 0)]
        return [_below(buffer, same[-1].node, line, 0)]
    index = max(range(len(same)), key=lambda i: (_shared(same[i].module, module), i))
    return [_below(buffer, same[index].node, line, 0)]


def _lines(buffer: Buffer) -> list[_Line]:
    """Return the file's imports at its top level, the first name of each for the whole."""
    lines: list[_Line] = []
    for statement in buffer.root.named_children:
        first = next(imported_by(buffer, statement), None)
        if first is not None:
            lines.append(_Line(statement, first.module))
    return lines


def _groups(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Return the imports that stand together, without a blank line or other code between."""
    groups = [[lines[0]]]
    for one in lines[1:]:
        if lead(one.node).start_point.row > last_row(trail(groups[-1][-1].node)) + 1:
            groups.append([one])
        else:
            groups[-1].append(one)
    return groups


def _likeness(group: Sequence[_Line], module: str) -> tuple[int, int, int]:
    alike = [each for each in group if each.section == section(module)]
    near = max((_shared(each.module, module) for each in alike), default=-1)
    return (1 if alike else 0, near, len(alike))


def _shared(one: str, other: str) -> int:
    """Return how near two modules are: the parts of their paths that agree."""
    count = 0
    left, right = one.split("/"), other.split("/")
    for a, b in zip(left[:-1], right[:-1], strict=False):
        if a != b:
            break
        count += 1
    tail = left[-1].partition(".")[2] == right[-1].partition(".")[2] and len(left) == len(right)
    return 2 * count + (1 if tail else 0)


def _new_group(
    buffer: Buffer, lines: Sequence[_Line], groups: Sequence[Sequence[_Line]], line: str, kind: int
) -> list[Insertion]:
    """Insert the first import of its kind: packages come before the project's own files."""
    gap = 1 if len(groups) > 1 and _sorted(groups) else 0
    lower = [each for each in lines if each.section <= kind]
    if not lower:
        return [_above(buffer, lines[0].node, line, gap)]
    last = lower[-1]
    later = [each for each in lines if each.node.start_byte > last.node.start_byte]
    below = gap if later and not blank_lines_between(last.node, lead(later[0].node)) else 0
    return [_below(buffer, last.node, line, gap, below)]


def _sorted(groups: Sequence[Sequence[_Line]]) -> bool:
    """Tell whether blank lines divide the imports by their kind."""
    kinds = [{each.section for each in group} for group in groups]
    return in_order([min(each) for each in kinds]) and all(len(each) < _SURE for each in kinds)


def _key(module: str) -> str:
    return module.lower()


def _above(buffer: Buffer, before: Node, line: str, gap: int) -> Insertion:
    top = lead(before)
    if top.start_point.row == 0:
        top = before
    start = max(buffer.source.line_start(top.start_byte), len(buffer.source.bom))
    return buffer.insert(start, f"{line}\n" + "\n" * gap)


def _below(buffer: Buffer, after: Node, line: str, gap: int, below: int = 0) -> Insertion:
    end = buffer.source.line_end(trail(after).end_byte)
    return buffer.insert(end, "\n" * (gap + 1) + line + "\n" * below)


def _first(buffer: Buffer, line: str) -> list[Insertion]:
    """Insert the first import: below the directives and what opens the file, above the code."""
    children = buffer.root.children
    code = [each for each in children if not is_comment(each) and each.type != "hash_bang_line"]
    directives = 0
    while directives < len(code) and _is_directive(code[directives]):
        directives += 1
    if directives:
        last = trail(code[directives - 1])
        close = directives < len(code) and not blank_lines_between(last, lead(code[directives]))
        end = buffer.source.line_end(last.end_byte)
        return [buffer.insert(end, f"\n\n{line}" + "\n" * close)]
    if not code:
        tail = "" if buffer.source.final_newline or not buffer.data else "\n"
        return [buffer.insert(len(buffer.data), f"{tail}{line}\n")]
    top = lead(code[0])
    if top.start_point.row == 0 and top != code[0]:
        top = code[0]
    start = max(buffer.source.line_start(top.start_byte), len(buffer.source.bom))
    return [buffer.insert(start, f"{line}\n\n")]


def _is_directive(node: Node) -> bool:
    inner = node.named_children[0] if node.named_child_count == 1 else None
    return node.type == "expression_statement" and inner is not None and inner.type == "string"
