"""What insertions ask of Rust."""

from __future__ import annotations

import re

import tree_sitter_rust
from tree_sitter import Language, Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
    significant,
)

_ABOVE = re.compile(r"\A(?:\s*//[^\n]*\n|\s*#!?\[[^\n]*\]|\s+)*")
_VISIBLE = r"(?:pub(?:\([^)]*\))?\s+)?"
_DEFINES = re.compile(
    rf"{_VISIBLE}(?:(?:default|const|async|unsafe|extern(?:\s+\"[^\"]*\")?)\s+)*"
    r"(?:fn|struct|enum|union|trait|impl|mod|macro_rules!)(?=\W)"
)
_IMPORT = re.compile(rf"{_VISIBLE}(?:use|extern\s+crate)\b")
_MODULE = re.compile(rf"{_VISIBLE}mod\s+\w+\s*;")
_TESTS = re.compile(rf"{_VISIBLE}mod\s+(?:\w+_)?tests?\s*\{{")
_ENDED = ("_statement", "_declaration", "_item", "_definition", "_comment")
_LEAVES = ("return_expression", "break_expression", "continue_expression")
_AROUND = ("expression_statement", "await_expression", "try_expression")


class RustSyntax:
    """Rust, as the insertion kinds see it."""

    name = "rust"
    extensions: tuple[str, ...] = (".rs",)
    comment = "//"
    unit = "    "
    top_gap = 1

    def __init__(self) -> None:
        self.grammar = Language(tree_sitter_rust.language())

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""
        return frozenset({"source_file", "block", "declaration_list"})

    def lists(self) -> frozenset[str]:
        """Return the types of the nodes that hold items between brackets."""
        return frozenset(
            {
                "array_expression", "tuple_expression", "arguments", "parameters", "token_tree",
                "field_declaration_list", "field_initializer_list", "enum_variant_list", "use_list",
            }
        )  # fmt: skip

    def leaves(self, node: Node) -> bool:
        """Tell whether a statement ends its block: it returns, or is the block's value."""
        block = node.parent
        if block is None or block.type != "block":
            return False
        if node.type != "expression_statement":
            return not node.type.endswith(_ENDED)
        if node.named_children and node.named_children[0].type in _LEAVES:
            return True
        open_end = node.children[-1].type != ";" and significant(block)[-1] == node
        return open_end and not _gives_nothing(block)

    def inline(self, text: str) -> bool:
        """Nothing shares a line: the formatter puts each statement on its own."""
        return False

    def stays_last(self, text: str) -> bool:
        """Tell whether a statement is the module of the file's own tests."""
        return bool(_TESTS.match(_ABOVE.sub("", text)))

    def kind(self, text: str) -> str:
        """Return what a statement's text begins.

        That is ``definition``, ``import``, ``module`` for the declaration of one, ``statement``.
        """
        text = _ABOVE.sub("", text)
        if _MODULE.match(text):
            return "module"
        if _DEFINES.match(text):
            return "definition"
        return "import" if _IMPORT.match(text) else "statement"

    def blank_lines(self, upper: str, lower: str, top: bool) -> int | None:
        """Return what Rust files have between two statements; None where the neighbours decide."""
        if "definition" in (upper, lower):
            return 1
        if upper == lower and upper in ("import", "module"):
            return 0
        grouped = top and ({upper, lower} & {"import", "module"})
        return 1 if grouped else None

    def shape(self, buffer: Buffer, node: Node) -> tuple[str, ...]:
        """Return what two statements have in common when they stand in a row."""
        inner = node
        while inner.type in _AROUND and inner.named_children:
            inner = inner.named_children[0]
        if inner.type == "call_expression":
            called = inner.child_by_field_name("function")
            last = called
            if called is not None:
                last = called.child_by_field_name("field") or called.child_by_field_name("name")
            shown = last or called
            return ("call", buffer.text(shown) if shown is not None else "")
        return (inner.type,)

    def aligned(self, buffer: Buffer, beside: Node, text: str) -> tuple[str, list[Insertion]]:
        """Return ``text`` as it is: rustfmt aligns nothing."""
        return text, []

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""
        from apimod.languages.rust_edit_imports import add_import

        return add_import(buffer, need, style)


def _gives_nothing(block: Node) -> bool:
    """Tell whether a block is the body of a function without a result."""
    function = block.parent
    if function is None or function.type != "function_item":
        return False
    return function.child_by_field_name("return_type") is None


RUST = RustSyntax()
