"""Rust: macros read as calls, tests left out.

The grammar leaves a macro's arguments as loose tokens. ``name![a, b]`` has the bytes of
``name (a, b)`` but for three of them, so the tree of a file is made from its bytes with those
three replaced: every offset stays, and the arguments are expressions. What is compiled only for
tests is blanked in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

SILENT = frozenset(
    "println print eprintln eprint write writeln assert assert_eq assert_ne debug_assert panic "
    "todo unimplemented unreachable matches log trace debug info warn error json bail ensure".split()
)
"""Macros whose arguments mean nothing for what is served."""
ENTRY = re.compile(rb'"\s*:[^:]|=>')
"""What a macro's arguments hold that are no list of expressions."""
TEST = re.compile(r"(^|_)r?test(_|$)|quickcheck$|proptest$")
CFG_TEST = re.compile(rb"\bcfg\s*\(\s*(all\s*\(\s*)?test\b")
ITEMS = frozenset({"source_file", "declaration_list"})
MAX_ARGUMENTS = 60_000


def readable(data: bytes, root: Node, parser: Parser) -> bytes:
    """Return a file's bytes with macros as calls and without tests; as long as ``data``."""
    out = bytearray(data)
    for node in _walk(root):
        if node.type == "attribute_item":
            item = _annotated(node)
            if item is not None and _is_test(data, node, item):
                _blank(out, item.start_byte, item.end_byte)
        elif node.type == "macro_invocation" and _is_expression(node):
            _call(out, data, node, parser)
    return bytes(out)


def _walk(root: Node) -> Iterator[Node]:
    """Yield attributes and macros, macros inside of macros not among them."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in ("attribute_item", "macro_invocation"):
            yield node
        elif node.type not in ("macro_definition", "token_tree"):
            stack.extend(reversed(node.named_children))


def _annotated(attribute: Node) -> Node | None:
    item = attribute.next_named_sibling
    while item is not None and item.type in ("attribute_item", "line_comment", "block_comment"):
        item = item.next_named_sibling
    return item


def _is_test(data: bytes, attribute: Node, item: Node) -> bool:
    if item.type not in ("function_item", "mod_item", "impl_item", "use_declaration"):
        return False
    inner = attribute.named_children[0] if attribute.named_children else None
    if inner is None or inner.type != "attribute" or not inner.named_children:
        return False
    if CFG_TEST.search(data, inner.start_byte, inner.end_byte):
        return True
    path = inner.named_children[0]
    name = data[path.start_byte : path.end_byte].decode("utf-8", "replace").rpartition("::")[2]
    return item.type == "function_item" and TEST.search(name) is not None


def _blank(out: bytearray, start: int, end: int) -> None:
    for at in range(start, end):
        if out[at] not in b"\r\n":
            out[at] = 32


def _is_expression(node: Node) -> bool:
    """Whether a macro stands for a value; a braced statement would need a semicolon."""
    parent = node.parent
    if parent is None or parent.type in ITEMS:
        return False
    tokens = node.named_children[-1]
    braced = tokens.type == "token_tree" and tokens.children[0].type == "{"
    return not (braced and parent.type in ("block", "expression_statement"))


def _call(out: bytearray, data: bytes, node: Node, parser: Parser) -> None:
    tokens = node.named_children[-1]
    name = node.child_by_field_name("macro")
    if tokens.type != "token_tree" or name is None:
        return
    text = data[name.start_byte : name.end_byte].decode("utf-8", "replace")
    if text.rpartition("::")[2] in SILENT or tokens.end_byte - tokens.start_byte > MAX_ARGUMENTS:
        return
    given = data[tokens.start_byte : tokens.end_byte]
    if b"=>" in given or (b'"' in given and ENTRY.search(given)):
        return
    edits = [*_edits(data, name, tokens), *_nested(data, tokens)]
    trial = bytearray(data[tokens.start_byte : tokens.end_byte])
    for at, byte in edits:
        if at >= tokens.start_byte:
            trial[at - tokens.start_byte] = byte
    if not parser.parse(b"fn f(){g" + bytes(trial) + b";}").root_node.has_error:
        for at, byte in edits:
            out[at] = byte


def _edits(data: bytes, name: Node, tokens: Node) -> list[tuple[int, int]]:
    bang = data.find(b"!", name.end_byte, tokens.start_byte)
    return [(bang, ord(" ")), (tokens.start_byte, ord("(")), (tokens.end_byte - 1, ord(")"))]


def _nested(data: bytes, tokens: Node) -> Iterator[tuple[int, int]]:
    """Yield the replacements for macros among a macro's tokens."""
    stack = [tokens]
    while stack:
        node = stack.pop()
        children = node.children
        for index, child in enumerate(children):
            if child.type != "token_tree":
                continue
            stack.append(child)
            if index > 1 and children[index - 1].type == "!" and _is_name(children[index - 2]):
                yield from _edits(data, children[index - 2], child)


def _is_name(node: Node) -> bool:
    return node.type == "identifier"
