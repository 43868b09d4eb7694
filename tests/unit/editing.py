"""What the tests of insertions share: a buffer, the node that a snippet is, the result."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from tree_sitter import Node

from apimod.insertion import Insertion, inserted, is_subsequence
from apimod.languages.buffer import Buffer, walk
from apimod.languages.go_edit import GO
from apimod.languages.java_edit import JAVA
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.python_edit import PYTHON
from apimod.languages.rust_edit import RUST
from apimod.source import Source


def python(text: str, path: str = "app/main.py") -> Buffer:
    """Return a buffer of Python."""
    return Buffer(Source(path, dedent(text).encode()), PYTHON)


def go(text: str, path: str = "main.go") -> Buffer:
    """Return a buffer of Go."""
    return Buffer(Source(path, dedent(text).encode()), GO)


def java(text: str, path: str = "src/main/java/shop/Main.java") -> Buffer:
    """Return a buffer of Java."""
    return Buffer(Source(path, dedent(text).encode()), JAVA)


def rust(text: str, path: str = "src/main.rs") -> Buffer:
    """Return a buffer of Rust."""
    return Buffer(Source(path, dedent(text).encode()), RUST)


def script(text: str, path: str = "src/app.ts") -> Buffer:
    """Return a buffer of JavaScript or TypeScript."""
    return Buffer(Source(path, dedent(text).encode()), JAVASCRIPT)


def node(buffer: Buffer, snippet: str, kind: str = "") -> Node:
    """Return the outermost node, of a kind if one is given, that covers just the snippet."""
    blocks = (
        "module", "block", "source_file", "statement_list", "program", "declaration_list",
    )  # fmt: skip
    for each in walk(buffer.root):
        fits = each.type == kind or (not kind and each.type not in blocks)
        if each.is_named and fits and buffer.text(each).strip() == snippet:
            return each
    raise AssertionError(f"no node is {snippet!r}")


def first(buffer: Buffer, kind: str) -> Node:
    """Return the first node of a kind."""
    return next(each for each in walk(buffer.root) if each.type == kind)


def result(buffer: Buffer, insertions: Iterable[Insertion]) -> str:
    """Return the new text; checks that it is the old one with insertions, and parses."""
    made = list(insertions)
    new = inserted(buffer.data, made)
    assert is_subsequence(buffer.data, new)
    after = Buffer(Source(buffer.path, new), buffer.syntax)
    assert buffer.root.has_error or not after.root.has_error, new.decode()
    return new.decode()
