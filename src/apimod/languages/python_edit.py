"""What insertions ask of Python."""

from __future__ import annotations

import re

import tree_sitter_python
from tree_sitter import Language, Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
)

_ABOVE = re.compile(r"\A(?:\s*#[^\n]*\n|\s+)*")
_DEFINES = re.compile(r"(?:@|(?:async[ \t]+)?def\b|class\b)")
_IMPORT = re.compile(r"(?:import|from)\b")
_COMPOUND = re.compile(
    r"(?:@|(?:async|def|class|if|for|while|with|try|match|case|else|elif|except|finally)\b)"
)


class PythonSyntax:
    """Python, as the insertion kinds see it."""

    name = "python"
    extensions: tuple[str, ...] = (".py", ".pyi")
    comment = "#"
    unit = "    "
    top_gap = 0

    def __init__(self) -> None:
        self.grammar = Language(tree_sitter_python.language())

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""
        return frozenset({"module", "block"})

    def lists(self) -> frozenset[str]:
        """Return the types of the nodes that hold items between brackets."""
        return frozenset({"list", "tuple", "set", "dictionary", "argument_list", "parameters"})

    def leaves(self, node: Node) -> bool:
        """Tell whether a statement ends its block: nothing after it would run."""
        return node.type in (
            "return_statement", "raise_statement", "break_statement", "continue_statement",
        )  # fmt: skip

    def inline(self, text: str) -> bool:
        """Tell whether ``text`` is one simple statement that may share a line."""
        return "\n" not in text.strip() and not _COMPOUND.match(text.strip())

    def stays_last(self, text: str) -> bool:
        """Tell whether a statement is ``if __name__ == "__main__":``."""
        return bool(re.match(r"if\s+__name__\s*==", text))

    def kind(self, text: str) -> str:
        """Return what a statement's text begins: ``definition``, ``import`` or ``statement``."""
        text = _ABOVE.sub("", text)
        if _DEFINES.match(text):
            return "definition"
        return "import" if _IMPORT.match(text) else "statement"

    def blank_lines(self, upper: str, lower: str, top: bool) -> int | None:
        """Return what PEP 8 wants between two statements; None where the neighbours decide."""
        if "definition" in (upper, lower):
            return 2 if top else 1
        if upper == lower == "import":
            return 0
        return 1 if top and upper == "import" else None

    def shape(self, buffer: Buffer, node: Node) -> tuple[str, ...]:
        """Return what two statements have in common when they stand in a row."""
        inner = node.named_children[0] if node.type == "expression_statement" else node
        if inner.type == "await" and inner.named_children:
            inner = inner.named_children[0]
        if inner.type == "call":
            called = inner.child_by_field_name("function")
            name = called.child_by_field_name("attribute") if called is not None else None
            last = name or called
            return ("call", buffer.text(last) if last is not None else "")
        return (inner.type,)

    def aligned(self, buffer: Buffer, beside: Node, text: str) -> tuple[str, list[Insertion]]:
        """Return ``text`` as it is: Python's formatters align nothing."""
        return text, []

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""
        from apimod.languages.python_edit_imports import add_import

        return add_import(buffer, need, style)


PYTHON = PythonSyntax()
