"""Which names a piece of code uses: what decides the imports that it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.buffer import Syntax

NAMES = frozenset({"identifier", "type_identifier", "package_identifier"})


def used_names(syntax: Syntax, text: str, clause: str = "") -> frozenset[str]:
    """Return every name that a piece of code mentions, but those after a dot and keywords.

    ``clause`` is what a file of the language has to begin with.
    """
    from tree_sitter import Parser

    data = (clause + text).encode()
    tree = Parser(syntax.grammar).parse(data)
    out: set[str] = set()
    stack = [tree.root_node]
    while stack:
        node = stack.pop()
        if node.type in NAMES and not _belongs(node) and node.text is not None:
            out.add(node.text.decode())
        stack.extend(node.children)
    return frozenset(out)


def _belongs(node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "attribute":
        return parent.child_by_field_name("attribute") == node
    if parent.type == "keyword_argument":
        return parent.child_by_field_name("name") == node
    return False
