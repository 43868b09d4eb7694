"""What insertions ask of Go."""

from __future__ import annotations

import re

import tree_sitter_go
from tree_sitter import Language, Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
    is_comment,
    last_row,
)

_ABOVE = re.compile(r"\A(?:\s*//[^\n]*\n|\s+)*")
_FUNCTION = re.compile(r"func\b")
_IMPORT = re.compile(r"(?:import|package)\b")
_CELLS = re.compile(
    r"(?:(?P<name>\w+(?:, \w+)*)[ \t]+|(?P<key>\w+|\"[^\"\n]*\"):[ \t]*)(?P<rest>[^\s`][^\n]*)"
)
_COMPOUND = re.compile(r"(?:func[ \t]+[\w(]|if\b|for\b|switch\b|select\b|type\b|import\b)")


class GoSyntax:
    """Go, as the insertion kinds see it."""

    name = "go"
    extensions: tuple[str, ...] = (".go",)
    comment = "//"
    unit = "\t"
    top_gap = 1

    def __init__(self) -> None:
        self.grammar = Language(tree_sitter_go.language())

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""
        return frozenset({"source_file", "statement_list", "var_spec_list"})

    def lists(self) -> frozenset[str]:
        """Return the types of the nodes that hold items between brackets."""
        return frozenset({"literal_value", "argument_list", "parameter_list"})

    def leaves(self, node: Node) -> bool:
        """Tell whether a statement ends its block: nothing after it would run."""
        return node.type in (
            "return_statement", "break_statement", "continue_statement", "goto_statement",
        )  # fmt: skip

    def inline(self, text: str) -> bool:
        """Tell whether ``text`` is one simple statement that may share a line."""
        return "\n" not in text.strip() and not _COMPOUND.match(text.strip())

    def stays_last(self, text: str) -> bool:
        """Nothing does: the order of declarations means nothing."""
        return False

    def kind(self, text: str) -> str:
        """Return what a statement's text begins: ``definition``, ``import`` or ``statement``."""
        text = _ABOVE.sub("", text)
        if _FUNCTION.match(text):
            return "definition"
        return "import" if _IMPORT.match(text) else "statement"

    def blank_lines(self, upper: str, lower: str, top: bool) -> int | None:
        """Return what Go files have between two statements; None where the neighbours decide."""
        if not top:
            return None
        if "definition" in (upper, lower):
            return 1
        if upper == lower == "import":
            return 0
        return 1 if "import" in (upper, lower) else None

    def shape(self, buffer: Buffer, node: Node) -> tuple[str, ...]:
        """Return what two statements have in common when they stand in a row."""
        inner = node.named_children[0] if node.type == "expression_statement" else node
        if inner.type == "call_expression":
            called = inner.child_by_field_name("function")
            name = called.child_by_field_name("field") if called is not None else None
            last = name or called
            return ("call", buffer.text(last) if last is not None else "")
        return (inner.type,)

    def aligned(self, buffer: Buffer, beside: Node, text: str) -> tuple[str, list[Insertion]]:
        """Return ``text`` with gofmt's columns, and the blanks that move its neighbours'."""
        match = _CELLS.fullmatch(text)
        rows = _column(beside)
        ends = {_second(row).start_point.column for row in rows}
        if match is None or len(ends) != 1:
            return text, []
        head = (match["name"] or f"{match['key']}:").rstrip()
        width = ends.pop() - rows[0].start_point.column
        missing = max(0, len(head) + 1 - width)
        pads = [Insertion(_second(row).start_byte, b" " * missing) for row in rows if missing]
        return head.ljust(width + missing) + match["rest"], pads

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""
        from apimod.languages.go_edit_imports import add_import

        return add_import(buffer, need, style)


def _second(row: Node) -> Node:
    """Return what stands in the second column: a field's type, a keyed value."""
    field = "type" if row.type == "field_declaration" else "value"
    return row.child_by_field_name(field) or row


def _column(beside: Node) -> list[Node]:
    """Return the rows around ``beside`` whose second cells gofmt puts into one column."""
    rows = [beside] if _has_cells(beside) else []
    above = beside.prev_named_sibling
    while rows and above is not None and _has_cells(above) and _adjoin(above, rows[0]):
        rows.insert(0, above)
        above = above.prev_named_sibling
    last, below = beside, beside.next_named_sibling
    while below is not None and is_comment(below) and below.start_point.row == last_row(last):
        below = below.next_named_sibling
    while below is not None and _has_cells(below) and _adjoin(last, below):
        rows.append(below)
        last, below = below, below.next_named_sibling
    return rows


def _has_cells(node: Node) -> bool:
    one_row = node.start_point.row == node.end_point.row
    return one_row and node.type in ("field_declaration", "keyed_element") and _second(node) != node


def _adjoin(upper: Node, lower: Node) -> bool:
    return upper.end_point.row + 1 == lower.start_point.row


GO = GoSyntax()
