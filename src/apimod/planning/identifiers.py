"""Which names a piece of code uses: what decides the imports that it gets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Node

    from apimod.languages.buffer import Syntax

WORD = re.compile(rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]*")
MEMBERS = frozenset({"field_identifier", "property_identifier"})
JOINTS = (".", "::")
NAMES = frozenset(
    {"identifier", "type_identifier", "package_identifier", "shorthand_property_identifier"}
)


def used_names(syntax: Syntax, text: str, clause: str = "") -> frozenset[str]:
    """Return every name that a piece of code mentions, but those after a dot and keywords.

    ``clause`` is what a file of the language has to begin with.
    """
    return _mentioned(syntax.grammar, clause + text)[0]


def used_members(syntax: Syntax, text: str, clause: str = "") -> frozenset[str]:
    """Return the names of the members that a piece of code reads or calls."""
    return _mentioned(syntax.grammar, clause + text)[1]


@lru_cache(maxsize=64)
def _mentioned(grammar: Language, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that code mentions, and those of members, from the nodes of its words."""
    from tree_sitter import Parser

    data = text.encode()
    root = Parser(grammar).parse(data).root_node
    names: set[str] = set()
    members: set[str] = set()
    for word in WORD.finditer(data):
        node = root.descendant_for_byte_range(*word.span())
        if node is None or (node.start_byte, node.end_byte) != word.span():
            continue
        if node.type in NAMES and not _belongs(node):
            names.add(word[0].decode())
        elif node.type in NAMES or node.type in MEMBERS:
            members.add(word[0].decode())
    return frozenset(names), frozenset(members)


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
