"""Where a new import line of Python goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    ImportStyle,
    blank_lines_between,
    in_order,
    is_comment,
    lead,
    neighbours,
    trail,
)
from apimod.languages.python_edit_modules import FUTURE, section

_LINE = re.compile(r"(?:from\s+(?P<from>[.\w]+)\s+import|import\s+(?P<import>[.\w]+))")
_CODING = re.compile(r"#(!|.*?coding[:=])")
_NUMBER = re.compile(r"(\d+)")

SortKey = tuple[object, ...]


def new_line(buffer: Buffer, line: str, style: ImportStyle) -> list[Insertion]:
    """Insert an import statement as a line, or lines, of its own."""
    run = _run(buffer, style)
    new = _Line.of(line, buffer.root, style)
    if not run:
        return _first(buffer, line)
    after, before = _between(run, new)
    gap = _group_gap(run)
    if before is not None and (after is None or (before.near(new) and not after.near(new))):
        return [_above(buffer, before, line, 0 if before.near(new) else gap)]
    if after is None:
        raise buffer.refuse("there is no place for an import here", buffer.root)
    end = buffer.source.line_end(trail(after.node).end_byte)
    following = trail(after.node).next_named_sibling
    missing = 0
    if before is not None and not before.near(new):
        missing = gap - blank_lines_between(after.node, lead(before.node))
    elif before is None and following is not None:
        missing = 1 - blank_lines_between(after.node, following)
    above = 0 if after.near(new) else gap
    return [buffer.insert(end, "\n" * (above + 1) + line + "\n" * max(0, missing))]


def _above(buffer: Buffer, before: _Line, line: str, gap: int) -> Insertion:
    """Insert a line above the import ``before`` and the comments that belong to it."""
    top = lead(before.node)
    if top.start_point.row == 0:
        top = before.node
    start = max(buffer.source.line_start(top.start_byte), len(buffer.source.bom))
    return buffer.insert(start, f"{line}\n" + "\n" * gap)


def name_key(text: str) -> object:
    """Order names of one import as isort does: constants, classes, the rest."""
    name = text.partition(" ")[0]
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return (kind, *natural(name))


def natural(text: str) -> SortKey:
    """Order text without regard to case, its numbers by value."""
    parts = _NUMBER.split(text.lower())
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts)


class _Line(Struct, frozen=True):
    """An import statement that stands there, or is to."""

    module: str
    plain: bool
    section: int
    node: Node

    @classmethod
    def of(cls, text: str, node: Node, style: ImportStyle) -> _Line:
        match = _LINE.match(text)
        module = (match["from"] or match["import"]) if match else ""
        plain = bool(match and match["import"])
        return cls(module, plain, section(module, style.own), node)

    def near(self, other: _Line) -> bool:
        """Tell whether two lines stand in one section."""
        return self.section == other.section

    @property
    def by_kind(self) -> SortKey:
        return (self.section, not self.plain, *self.by_module[1:])

    @property
    def by_module(self) -> SortKey:
        name = self.module.lstrip(".")
        return (self.section, len(name) - len(self.module), natural(name))


def _run(buffer: Buffer, style: ImportStyle) -> list[_Line]:
    """Return the imports at the head of the file, up to the first other statement behind them."""
    run: list[_Line] = []
    for node in buffer.root.named_children:
        if node.type in ("import_statement", "import_from_statement"):
            run.append(_Line.of(buffer.text(node), node, style))
        elif node.type == "future_import_statement":
            run.append(_Line("__future__", False, FUTURE, node))
        elif is_comment(node) or _guards(node):
            continue
        elif any(each.section != FUTURE for each in run):
            break
    return run


def _guards(node: Node) -> bool:
    """Tell whether a statement only guards imports: they may go on behind it."""
    return node.type in ("if_statement", "try_statement")


def _between(run: Sequence[_Line], new: _Line) -> tuple[_Line | None, _Line | None]:
    """Return the lines that the new one comes after and before; in doubt after its nearest kin."""
    if in_order([each.section for each in run]):
        group = [each for each in run if each.section == new.section]
        for order in ("by_kind", "by_module"):
            if in_order([getattr(each, order) for each in group]):
                keys = [(each.section, getattr(each, order)) for each in run]
                own = (new.section, getattr(new, order))
                index = sum(1 for key in keys if not own < key)
                after = run[index - 1] if index else None
                return after, run[index] if index < len(run) else None
    index = max(range(len(run)), key=lambda i: (_shared(run[i], new), i))
    return run[index], run[index + 1] if index + 1 < len(run) else None


def _shared(one: _Line, other: _Line) -> tuple[int, bool]:
    """Return how near two modules are: the parts of their names that agree."""
    count = 0
    for left, right in zip(one.module.split("."), other.module.split("."), strict=False):
        if left != right:
            break
        count += 1
    return count, one.section == other.section


def _group_gap(run: Sequence[_Line]) -> int:
    """Return the blank lines that stand between two sections in this file."""
    for upper, lower in pairwise(run):
        if not upper.near(lower) and neighbours(upper.node)[1] == lower.node:
            return min(1, blank_lines_between(upper.node, lead(lower.node)))
    return 1


def _first(buffer: Buffer, line: str) -> list[Insertion]:
    """Insert the first import: below the docstring and what opens the file, above the code."""
    children = buffer.root.named_children
    code = [each for each in children if not is_comment(each)]
    if code and _is_docstring(code[0]):
        end = buffer.source.line_end(trail(code[0]).end_byte)
        following = trail(code[0]).next_named_sibling
        close = following is not None and blank_lines_between(code[0], following) == 0
        return [buffer.insert(end, f"\n\n{line}" + "\n" * close)]
    if not code:
        if not children:
            return [buffer.insert(len(buffer.data), f"{line}\n")]
        end = buffer.source.line_end(children[-1].end_byte)
        return [buffer.insert(end, f"\n\n{line}")]
    top = lead(code[0])
    while is_comment(top) and (top.start_point.row == 0 or _CODING.match(buffer.text(top))):
        opens = top.start_point.row == 0 and not _CODING.match(buffer.text(top))
        following = top.next_sibling
        if following is None:
            break
        top = code[0] if opens else following
    start = max(buffer.source.line_start(top.start_byte), len(buffer.source.bom))
    defines = code[0].type in ("function_definition", "class_definition", "decorated_definition")
    return [buffer.insert(start, f"{line}\n" + "\n" * (2 if defines else 1))]


def _is_docstring(node: Node) -> bool:
    return (
        node.type == "expression_statement"
        and len(node.named_children) == 1
        and node.named_children[0].type in ("string", "concatenated_string")
    )
