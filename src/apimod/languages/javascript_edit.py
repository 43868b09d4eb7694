"""What insertions ask of JavaScript and TypeScript."""

from __future__ import annotations

import re

import tree_sitter_typescript
from tree_sitter import Language, Node

from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, Imported, ImportNeed, ImportStyle

_ABOVE = re.compile(r"\A(?:\s*//[^\n]*\n|\s*/\*.*?\*/|\s*@[\w.]+(?:\([^)]*\))?|\s+)*", re.DOTALL)
_IMPORT = re.compile(
    r"import\b(?!\s*[(.])|(?:const|let|var)\s+(?:\w+|\{[^}]*\})\s*=\s*(?:\w+\()?require\s*\("
    r"|(?:module\.)?exports\.\w+\s*=\s*require\s*\("
    r"|export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^;{]*\bfrom\b"
)
_DEFINES = re.compile(
    r"(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?"
    r"(?:function\b|class\b|interface\b|enum\b)|export\s+(?:const|type)\b"
)
_METHOD = re.compile(
    r"(?!(?:if|for|while|switch|catch|with|return|function)\b)"
    r"(?:(?:public|private|protected|static|async|readonly|override|abstract|get|set)\s+)*"
    r"(?:[\w$#]+\s*(?:<[^>]*>)?\([^;]*\)|[\w$#]+\s*=\s*(?:async\s*)?\([^;]*\))[^;]*\{.*\}\s*;?\s*$",
    re.DOTALL,
)
_CONSTANT = re.compile(
    r"(?:const|let|var)\s+[\w$]+[^=]*=\s*(?:async\b|\(|function\b).*\}\s*;?\s*$", re.DOTALL
)
_COMPOUND = re.compile(
    r"(?:async\s+function|function|class|if|for|while|do|try|switch|export|import|interface|enum)\b"
)
_STRING = ("string", "template_string")


class JavaScriptSyntax:
    """JavaScript and TypeScript, as the insertion kinds see them."""

    name = "javascript"
    extensions: tuple[str, ...] = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx")
    comment = "//"
    unit = "  "
    top_gap = 1

    def __init__(self) -> None:
        self.grammar = Language(tree_sitter_typescript.language_typescript())

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""
        return frozenset({"program", "statement_block", "class_body"})

    def lists(self) -> frozenset[str]:
        """Return the types of the nodes that hold items between brackets."""
        return frozenset(
            {
                "arguments", "array", "array_pattern", "export_clause", "formal_parameters",
                "named_imports", "object", "object_pattern",
            }
        )  # fmt: skip

    def leaves(self, node: Node) -> bool:
        """Tell whether a statement ends its block: nothing after it would run."""
        return node.type in (
            "return_statement", "throw_statement", "break_statement", "continue_statement",
        )  # fmt: skip

    def inline(self, text: str) -> bool:
        """Tell whether ``text`` is one simple statement that may share a line."""
        return "\n" not in text.strip() and not _COMPOUND.match(text.strip())

    def stays_last(self, text: str) -> bool:
        """Tell whether a statement is what a file gives away as a whole, by habit at its end."""
        exported = re.match(r"module\.exports\s*=|export\s+default\s+[\w$]+\s*;?\s*$", text)
        return exported is not None or re.match(r"export\s*(?:=|\{)", text) is not None

    def kind(self, text: str) -> str:
        """Return what a statement's text begins: ``definition``, ``import`` or ``statement``."""
        text = _ABOVE.sub("", text)
        if _IMPORT.match(text):
            return "import"
        if _DEFINES.match(text):
            return "definition"
        function = "\n" in text.strip() and (_METHOD.match(text) or _CONSTANT.match(text))
        return "definition" if function else "statement"

    def blank_lines(self, upper: str, lower: str, top: bool) -> int | None:
        """Return what files have between two statements; None where the neighbours decide."""
        if "definition" in (upper, lower):
            return 1
        if upper == lower == "import":
            return 0
        return 1 if top and upper == "import" else None

    def shape(self, buffer: Buffer, node: Node) -> tuple[str, ...]:
        """Return what two statements have in common when they stand in a row."""
        inner = node.named_children[0] if node.type == "expression_statement" else node
        if inner.type == "await_expression" and inner.named_children:
            inner = inner.named_children[0]
        if inner.type == "call_expression":
            called = inner.child_by_field_name("function")
            name = called.child_by_field_name("property") if called is not None else None
            last = name or called
            return ("call", buffer.text(last) if last is not None else "")
        return (inner.type,)

    def aligned(self, buffer: Buffer, beside: Node, text: str) -> tuple[str, list[Insertion]]:
        """Return ``text`` as it is: the language's formatters align nothing."""
        return text, []

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""
        from apimod.languages.javascript_edit_imports import add_import

        return add_import(buffer, need, style)


JAVASCRIPT = JavaScriptSyntax()
