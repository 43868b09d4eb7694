"""What insertions ask of Java."""

from __future__ import annotations

import re

import tree_sitter_java
from tree_sitter import Language, Node

from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, Imported, ImportNeed, ImportStyle

_ABOVE = re.compile(r"\A(?:\s*//[^\n]*\n|\s*/\*.*?\*/|\s+)*", re.DOTALL)
_ANNOTATION = re.compile(r"@(?!interface\b)[\w.]+[ \t]*")
_MODIFIERS = re.compile(
    r"(?:(?:public|protected|private|static|final|abstract|default|synchronized|native|strictfp"
    r"|sealed|non-sealed|transient|volatile)\s+)*"
)
_TYPE = re.compile(r"(?:class|interface|enum|record|@interface)\b")
_IMPORT = re.compile(r"(?:import|package)\b")
_NO_METHOD = re.compile(
    r"(?:return|throw|new|else|yield|assert|if|for|while|do|switch|try|case|catch|this|super)\b"
)
_METHOD = re.compile(r"(?:<[^()]*>\s*)?(?:[\w.\[\]?,&]|<[^()]*>|\s)*?\w+\s*\(", re.DOTALL)
_COMPOUND = re.compile(r"(?:if|for|while|do|switch|try|synchronized)\b")


class JavaSyntax:
    """Java, as the insertion kinds see it."""

    name = "java"
    extensions: tuple[str, ...] = (".java",)
    comment = "//"
    unit = "    "
    top_gap = 1

    def __init__(self) -> None:
        self.grammar = Language(tree_sitter_java.language())

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""
        return frozenset(
            {"program", "block", "constructor_body", "class_body", "interface_body",
             "annotation_type_body", "enum_body_declarations"}
        )  # fmt: skip

    def lists(self) -> frozenset[str]:
        """Return the types of the nodes that hold items between brackets."""
        return frozenset(
            {"argument_list", "formal_parameters", "array_initializer",
             "element_value_array_initializer", "annotation_argument_list"}
        )  # fmt: skip

    def leaves(self, node: Node) -> bool:
        """Tell whether a statement ends its block: nothing after it would run."""
        return node.type in (
            "return_statement", "throw_statement", "break_statement", "continue_statement",
            "yield_statement",
        )  # fmt: skip

    def inline(self, text: str) -> bool:
        """Tell whether ``text`` is one simple statement that may share a line."""
        return "\n" not in text.strip() and not _COMPOUND.match(text.strip())

    def stays_last(self, text: str) -> bool:
        """Nothing does: the order of declarations means nothing."""
        return False

    def kind(self, text: str) -> str:
        """Return what a statement's text begins: ``definition``, ``import`` or ``statement``.

        A method without a body is a statement: interfaces have them line by line.
        """
        text = _undecorated(_ABOVE.sub("", text))
        if _IMPORT.match(text):
            return "import"
        plain = text[_MODIFIERS.match(text).end() :]  # type: ignore[union-attr]
        if _TYPE.match(plain):
            return "definition"
        if not text.rstrip().endswith("}") or _NO_METHOD.match(plain):
            return "statement"
        return "definition" if _METHOD.match(plain) or plain.startswith("{") else "statement"

    def blank_lines(self, upper: str, lower: str, top: bool) -> int | None:
        """Return what Java files have between two statements; None where the neighbours decide."""
        if "definition" in (upper, lower):
            return 1
        if not top:
            return None
        return 0 if upper == lower == "import" else 1

    def shape(self, buffer: Buffer, node: Node) -> tuple[str, ...]:
        """Return what two statements have in common when they stand in a row."""
        inner = node.named_children[0] if node.type == "expression_statement" else node
        if inner.type == "method_invocation":
            name = inner.child_by_field_name("name")
            return ("call", buffer.text(name) if name is not None else "")
        return (inner.type,)

    def aligned(self, buffer: Buffer, beside: Node, text: str) -> tuple[str, list[Insertion]]:
        """Return ``text`` as it is: Java's formatters align nothing."""
        return text, []

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""
        from apimod.languages.java_edit_imports import add_import

        return add_import(buffer, need, style)


def _undecorated(text: str) -> str:
    """Return a declaration's text without the annotations that it begins with."""
    while match := _ANNOTATION.match(text):
        text = text[match.end() :]
        if text.startswith("("):
            text = text[_closing(text) :]
        text = _ABOVE.sub("", text)
    return text


def _closing(text: str) -> int:
    """Return where the bracket that ``text`` begins with is closed."""
    depth, quoted = 0, False
    for at, char in enumerate(text):
        if char == '"' and text[at - 1 : at] != "\\":
            quoted = not quoted
        if not quoted:
            depth += (char == "(") - (char == ")")
        if depth == 0:
            return at + 1
    return len(text)


JAVA = JavaSyntax()
