"""Which names a piece of code uses: what decides the imports that it gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.languages.buffer import walk

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.buffer import Syntax

MEMBERS = frozenset({"field_identifier", "property_identifier"})
JOINTS = (".", "::")
NAMES = frozenset(
    {"identifier", "type_identifier", "package_identifier", "shorthand_property_identifier"}
)


def used_names(syntax: Syntax, text: str, clause: str = "") -> frozenset[str]:
    """Return every name that a piece of code mentions, but those after a dot and keywords.

    ``clause`` is what a file of the language has to begin with.
    """
    return frozenset(
        node.text.decode()
        for node in _nodes(syntax, clause + text)
        if node.type in NAMES and not _belongs(node) and node.text is not None
    )


def used_members(syntax: Syntax, text: str, clause: str = "") -> frozenset[str]:
    """Return the names of the members that a piece of code reads or calls."""
    return frozenset(
        node.text.decode()
        for node in _nodes(syntax, clause + text)
        if (node.type in MEMBERS or (node.type in NAMES and _belongs(node))) and node.text
    )


def _nodes(syntax: Syntax, text: str) -> Iterator[Node]:
    from tree_sitter import Parser

    yield from walk(Parser(syntax.grammar).parse(text.encode()).root_node)


def _belongs(node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "attribute":
        return parent.child_by_field_name("attribute") == node
    if parent.type == "keyword_argument":
        return parent.child_by_field_name("name") == node
    if parent.type in ("scoped_identifier", "scoped_type_identifier"):
        return parent.child_by_field_name("name") == node and len(parent.children) > 2
    before = node.prev_sibling
    return parent.type == "token_tree" and before is not None and before.type in JOINTS
