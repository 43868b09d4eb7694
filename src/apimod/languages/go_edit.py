"""What insertions ask of Go."""

from __future__ import annotations

import re

import tree_sitter_go
from tree_sitter import Language, Node

from apimod.languages.buffer import (
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
    blank_lines_between,
    neighbours,
)

_FUNCTIONS = ("function_declaration", "method_declaration")
_DECLARES = re.compile(r"(?://[^\n]*\n\s*)*func\b")
_COMPOUND = re.compile(r"(?:func[ \t]+[\w(]|if\b|for\b|switch\b|select\b|type\b|import\b)")


class GoSyntax:
    """Go, as the insertion kinds see it."""

    name = "go"
    extensions: tuple[str, ...] = (".go",)
    comment = "//"
    closed_lists = True

    def __init__(self) -> None:
        self.grammar = Language(tree_sitter_go.language())

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""
        return frozenset({
            "source_file", "statement_list", "expression_case", "default_case", "type_case",
            "communication_case",
        })  # fmt: skip

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

    def blank_lines(self, buffer: Buffer, before: Node | None, text: str) -> int | None:
        """Return what Go files have above ``text``; None where the neighbours decide."""
        if before is None or before.parent is None or before.parent.type != "source_file":
            return None
        if before.type in ("package_clause", "import_declaration"):
            return 0 if before.type == "import_declaration" and text.startswith("import") else 1
        if before.type in _FUNCTIONS or _DECLARES.match(text.lstrip()):
            return 1
        above, _ = neighbours(before)
        if above is not None and above.type == before.type:
            return min(1, blank_lines_between(above, before))
        return 1

    def shape(self, buffer: Buffer, node: Node) -> tuple[str, ...]:
        """Return what two statements have in common when they stand in a row."""
        inner = node.named_children[0] if node.type == "expression_statement" else node
        if inner.type == "call_expression":
            called = inner.child_by_field_name("function")
            name = called.child_by_field_name("field") if called is not None else None
            last = name or called
            return ("call", buffer.text(last) if last is not None else "")
        return (inner.type,)

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""
        from apimod.languages.go_imports import add_import

        return add_import(buffer, need, style)


GO = GoSyntax()
