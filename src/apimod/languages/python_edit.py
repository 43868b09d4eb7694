"""What insertions ask of Python."""

from __future__ import annotations

import re

import tree_sitter_python
from tree_sitter import Language, Node

from apimod.languages.buffer import (
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
    blank_lines_between,
    neighbours,
)

_DEFINITIONS = ("function_definition", "class_definition", "decorated_definition")
_IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
_DEFINES = re.compile(r"(?:@|(?:async[ \t]+)?def\b|class\b)")
_COMPOUND = re.compile(
    r"(?:@|(?:async|def|class|if|for|while|with|try|match|case|else|elif|except|finally)\b)"
)


class PythonSyntax:
    """Python, as the insertion kinds see it."""

    name = "python"
    extensions: tuple[str, ...] = (".py", ".pyi")
    comment = "#"
    closed_lists = False

    def __init__(self) -> None:
        self.grammar = Language(tree_sitter_python.language())

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""
        return frozenset({"module", "block"})

    def lists(self) -> frozenset[str]:
        """Return the types of the nodes that hold items between brackets."""
        return frozenset(
            {"list", "tuple", "set", "dictionary", "argument_list", "parameters"}
        )

    def leaves(self, node: Node) -> bool:
        """Tell whether a statement ends its block: nothing after it would run."""
        return node.type in (
            "return_statement", "raise_statement", "break_statement", "continue_statement",
        )  # fmt: skip

    def inline(self, text: str) -> bool:
        """Tell whether ``text`` is one simple statement that may share a line."""
        return "\n" not in text.strip() and not _COMPOUND.match(text.strip())

    def blank_lines(self, buffer: Buffer, before: Node | None, text: str) -> int | None:
        """Return what PEP 8 wants above ``text``; None where the neighbours decide."""
        if before is None or before.parent is None:
            return None
        defines = bool(_DEFINES.match(text.lstrip()))
        if before.type in _DEFINITIONS or defines:
            above, _ = neighbours(before)
            if defines and before.type in _DEFINITIONS and above is not None:
                if above.type in _DEFINITIONS:
                    return max(1, blank_lines_between(above, _top(before)))
            return 2 if before.parent.type == "module" else 1
        if before.type in _IMPORTS and before.parent.type == "module":
            return 0 if re.match(r"(?:import|from)\b", text.lstrip()) else 1
        return None

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

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""
        from apimod.languages.python_imports import add_import

        return add_import(buffer, need, style)


def _top(node: Node) -> Node:
    from apimod.languages.buffer import lead

    return lead(node)


PYTHON = PythonSyntax()
