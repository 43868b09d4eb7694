"""What the parts of the printer of JavaScript share: texts, quotes, and each other's names."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from tree_sitter import Node

from apimod.languages.javascript_style import ScriptStyle
from apimod.languages.layout import HARD, LITERAL, Doc, Layout, group, parts

_STRING = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"")
_WIDEST = 100_000


class Base(ABC):
    """A file and the style that it is printed in."""

    def __init__(self, data: bytes, style: ScriptStyle) -> None:
        self.data = data
        self.style = style
        self.end = ";" if style.semicolons else ""

    def text(self, node: Node | None) -> str:
        """Return what a node covers."""
        return self.text_between(node.start_byte, node.end_byte) if node is not None else ""

    def text_between(self, start: int, end: int) -> str:
        """Return the text of a range."""
        return self.data[start:end].decode("utf-8", "replace")

    def named(self, node: Node) -> list[Node]:
        """Return the named children that are no comments."""
        return [child for child in node.named_children if child.type != "comment"]

    def verbatim(self, node: Node) -> Doc:
        """Return a node as it is written, but for its quotes; its lines keep their places."""
        if node.type == "comment":
            return self._comment(self.text(node))
        lines = self.quoted(self.text(node)).split("\n")
        out: list[Doc] = [lines[0]]
        for line in lines[1:]:
            out += [LITERAL, line]
        return parts(*out)

    def _comment(self, text: str) -> Doc:
        """Return a comment; the stars of one with several lines stand below each other."""
        lines = text.split("\n")
        out: list[Doc] = [lines[0]]
        starred = all(line.lstrip().startswith("*") for line in lines[1:])
        for line in lines[1:]:
            out += [HARD, f" {line.strip()}"] if starred else [LITERAL, line]
        return parts(*out)

    def requoted(self, text: str) -> str:
        """Return a string in the style's quotes, unless the others need fewer escapes."""
        body = text[1:-1]
        plain = re.sub(r"\\(['\"])", r"\1", body)
        mine, other = self.style.quote, "'" if self.style.quote == '"' else '"'
        quote = other if plain.count(mine) > plain.count(other) else mine
        body = re.sub(
            r"\\(.)|(['\"])",
            lambda m: (
                (f"\\{m[1]}" if m[1] == quote else m[1] if m[1] in "'\"" else m[0])
                if m[1] is not None
                else (f"\\{m[2]}" if m[2] == quote else m[2])
            ),
            body,
            flags=re.DOTALL,
        )
        return f"{quote}{body}{quote}"

    def quoted(self, text: str) -> str:
        """Return a piece of code with its strings in the style's quotes."""
        if "`" in text or "//" in text:
            return text
        return _STRING.sub(lambda m: self.requoted(m[0]), text)

    def flat(self, doc: Doc) -> str:
        """Return a document on one line."""
        return Layout(_WIDEST, self.style.unit, self.style.tab).text(group(doc))

    @abstractmethod
    def value(self, node: Node | None) -> Doc:
        """Return an expression, a pattern or a type."""

    @abstractmethod
    def block(self, node: Node) -> Doc:
        """Return a block of statements in braces."""

    @abstractmethod
    def type(self, node: Node) -> Doc:
        """Return a type."""

    @abstractmethod
    def call(self, node: Node) -> Doc:
        """Return a call, or what is made with ``new``."""

    @abstractmethod
    def member(self, node: Node) -> Doc:
        """Return a member of something."""

    @abstractmethod
    def subscript(self, node: Node) -> Doc:
        """Return an item of something."""

    @abstractmethod
    def function(self, node: Node) -> Doc:
        """Return a function with its word."""

    @abstractmethod
    def method(self, node: Node) -> Doc:
        """Return a method of a class or an object."""

    @abstractmethod
    def arrow(self, node: Node) -> Doc:
        """Return an arrow function."""

    @abstractmethod
    def expanded(self, node: Node) -> Doc:
        """Return an argument that stays open on the line of its call."""

    @abstractmethod
    def is_hugged(self, pattern: Node) -> bool:
        """Tell whether a pattern is a function's only parameter."""

    @abstractmethod
    def is_require(self, node: Node) -> bool:
        """Tell whether a call loads a module."""

    @abstractmethod
    def is_plain_chain(self, node: Node) -> bool:
        """Tell whether members, or calls with next to no arguments, follow one another."""
