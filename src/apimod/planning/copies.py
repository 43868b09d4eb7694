"""Copies of what lists the sibling's routes, with the new resource's lines in place of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.insert import after as insert_after
from apimod.languages.buffer import Buffer
from apimod.planning.lines import STATEMENT, block
from apimod.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.analogy import Clone
    from apimod.insertion import Insertion
    from apimod.planning.lines import Line, Registrar

WRAP = "package p\n\nfunc _() {\n"


def insertions(made: Registrar, clone: Clone, text: str) -> list[Insertion]:
    """Return the insertions of a copy; that of a bare block goes into the block, at its end.

    A block that is copied alone belongs to the group that is made above it, and so to all.
    """
    first = clone.nodes[0]
    if clone.kind != "statement" or len(clone.nodes) != 1 or first.type != "block":
        return clone.insertions(text)
    if not made.within(clone.path, [first]):
        return clone.insertions(text)
    inner = [n for n in _children(first) if n.type != "comment"]
    body = text.strip()
    while len(inner) == 1 and inner[0].type == "block":
        inner = [n for n in _children(inner[0]) if n.type != "comment"]
        body = body.removeprefix("{").removesuffix("}").strip()
    body = body.removeprefix("{").removesuffix("}").strip()
    if not inner:
        return clone.insertions(text)
    return list(insert_after(clone.buffer, inner[-1], body, verbatim=True, gap=1))


def _children(block: Node) -> list[Node]:
    found = list(block.named_children)
    if len(found) == 1 and found[0].type == "statement_list":
        return list(found[0].named_children)
    return found


def with_lines(made: Registrar, clone: Clone) -> str:
    """Return a copy's text with the new lines in place of the copied ones."""
    inside = made.within(clone.path, list(clone.nodes))
    if not inside or clone.kind != "statement":
        return clone.text
    indent = clone.buffer.indent(clone.nodes[0])
    return replaced(made, clone.text, list(clone.nodes), inside, indent)


def replaced(
    made: Registrar, text: str, nodes: list[Node], inside: list[Line], indent: str = ""
) -> str:
    """Replace the copies of lines in a copy's text by the lines of the new resource.

    ``indent`` is what stands before the text itself.
    """
    data = WRAP.encode() + text.encode() + b"\n}\n"
    buffer = Buffer(Source("copy.go", data), made.builder.tools.syntax)
    copied = [n for n in _statements(buffer.root) if n.start_byte >= len(WRAP.encode())]
    original = [s for node in nodes for s in _statements(node)]
    if len(copied) != len(original):
        return text
    places = {node.start_byte: index for index, node in enumerate(original)}
    spans = []
    for line in inside:
        spans.append((copied[places[line.node.start_byte]], line))
    rendered = _grouped(made, [line for _, line in spans])
    out = _without_comments(data, buffer, [node for node, _ in spans])
    for index in range(len(spans) - 1, -1, -1):
        node, line = spans[index]
        start, end = node.start_byte, node.end_byte
        new = rendered.get(line.node.start_byte, "")
        while out[start - 1 : start] in (b" ", b"\t"):
            start -= 1
        if new:
            before = (
                indent if start <= len(WRAP.encode()) else out[start : node.start_byte].decode()
            )
            new = new.replace("\n", f"\n{before}")
            out = out[: node.start_byte] + new.encode() + out[end:]
        else:
            out = out[:start] + out[end + 1 :]
    text = out[len(WRAP.encode()) : -3].decode()
    text = re.sub(r"(?m)^[ \t]+$", "", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"\{\n\n+", "{\n", text)
    return re.sub(r"\n\n+([ \t]*\})", r"\n\1", text).strip("\n")


def _without_comments(data: bytes, buffer: Buffer, nodes: list[Node]) -> bytes:
    """Blank the comments between lines, and those right above the first: they speak of the old."""
    if not nodes:
        return data
    out = bytearray(data)
    for node in nodes:
        above = node.prev_sibling
        row = node.start_point.row
        while above is not None and above.type == "comment" and above.end_point.row >= row - 1:
            row = above.start_point.row
            out[above.start_byte : above.end_byte] = b" " * (above.end_byte - above.start_byte)
            above = above.prev_sibling
    return bytes(out)


def _grouped(made: Registrar, lines: list[Line]) -> dict[int, str]:
    """Return the new lines by the sibling's line that they replace."""
    homes = made.homes
    out: dict[int, str] = {}
    routers: dict[str, list[str]] = {}
    first: dict[str, Line] = {}
    for line in lines:
        on = line.served.route.fact.one("on")
        key = line.served.route.fact.source.text(on) if on is not None else ""
        first.setdefault(key, line)
        routers.setdefault(key, [])
        routers[key] += [op for op, home in homes.items() if home is line]
    order = [op.name for op in made.context.ops.all]
    for key, ops in routers.items():
        if ops:
            out[first[key].node.start_byte] = block(made, sorted(ops, key=order.index), first[key])
    return out


def _statements(root: Node) -> list[Node]:
    out: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == STATEMENT:
            out.append(node)
        stack.extend(reversed(node.named_children))
    return out
