"""Insertions between brackets: list items, arguments, parameters, entries, fields; chain links."""

from __future__ import annotations

from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, Part, is_comment, last_row, trail
from apimod.languages.items import SURE, SortKey, index_of, items_of, place, plain, sorted_place


def list_item(
    buffer: Buffer,
    container: Node,
    text: str,
    *,
    after: Node | None = None,
    sort: bool | None = None,
    key: SortKey | None = None,
) -> list[Insertion]:
    """Insert an item into a list, tuple, set, dictionary or composite literal.

    Where the items stand in order it takes its place among them (``sort`` asks for it, or forbids
    it); else it follows ``after``; else it comes last.
    """
    items = items_of(buffer, container)
    if sort is not False:
        at = sorted_place(buffer, items, text, key or plain, sure=1 if sort else SURE)
        if at is not None:
            return place(buffer, items, at, text, container)
    if after is None:
        return place(buffer, items, len(items.items), text, container)
    return place(buffer, items, index_of(buffer, items, after) + 1, text, container)


def entry(
    buffer: Buffer, container: Node, text: str, *, after: Node | None = None
) -> list[Insertion]:
    """Insert ``key: value`` into a dictionary or a keyed literal."""
    return list_item(buffer, container, text, after=after, sort=None if after is None else False)


def argument(
    buffer: Buffer, call: Node, text: str, *, after: Node | None = None, keyword: bool = False
) -> list[Insertion]:
    """Insert an argument into a call: a positional one before the keywords, a keyword last."""
    container = call.child_by_field_name("arguments") or call
    items = items_of(buffer, container)
    if after is not None:
        at = index_of(buffer, items, after) + 1
    elif keyword:
        at = len(items.items)
    else:
        kinds = ("keyword_argument", "dictionary_splat")
        at = next((i for i, one in enumerate(items.items) if one.type in kinds), len(items.items))
    if at and items.items[at - 1].type == "variadic_argument":
        raise buffer.refuse("nothing can follow an argument that spreads a list", call)
    return place(buffer, items, at, text, container)


def parameter(
    buffer: Buffer, parameters: Node, text: str, *, after: Node | None = None
) -> list[Insertion]:
    """Insert a parameter: after ``after``, else last among those of its kind.

    A parameter with a default comes behind those without; all come before what takes the rest.
    """
    items = items_of(buffer, parameters)
    if after is not None:
        return place(buffer, items, index_of(buffer, items, after) + 1, text, parameters)
    stop = ["list_splat_pattern", "dictionary_splat_pattern", "keyword_separator"]
    stop += ["variadic_parameter_declaration"]
    if not _has_default(text):
        stop += ["default_parameter", "typed_default_parameter"]
    at = next(
        (i for i, one in enumerate(items.items) if one.type in stop or _spreads(one)),
        len(items.items),
    )
    return place(buffer, items, at, text, parameters)


def chain_link(buffer: Buffer, call: Node, text: str) -> list[Insertion]:
    """Insert a link (``.name(…)``) behind a call, laid out as the call's own link is."""
    called = call.child_by_field_name("function")
    if called is None or len(called.children) < 3 or called.children[-2].type != ".":
        raise buffer.refuse("there is no chain here", call)
    inner, dot, name = called.children[0], called.children[-2], called.children[-1]
    ahead = _blanks(buffer.reads(inner.end_byte, dot.start_byte))
    behind = _blanks(buffer.reads(dot.end_byte, name.start_byte))
    link = ahead + "." + behind + text.lstrip().removeprefix(".")
    end = trail(call).end_byte if "\n" in link else call.end_byte
    return [buffer.insert(end, link)]


def _blanks(text: str) -> str:
    """Return the line break and the indentation that end a text, comments before them left out."""
    text = text.replace("\r\n", "\n")
    return text[text.rfind("\n") :] if "\n" in text else ""


def braced_line(
    buffer: Buffer, body: Node, text: str, *, after: Node | None = None
) -> list[Insertion]:
    """Insert a line into braces whose members end with their line: fields, an empty block.

    Where commas part the members, they are the items of a list.
    """
    if body.type in buffer.syntax.lists():
        if body.named_children:
            return list_item(buffer, body, text, after=after, sort=False)
        text = f"{text},"
    opened = next((child for child in body.children if child.type == "{"), None)
    if opened is None or body.has_error:
        raise buffer.refuse("there is no body here to insert into", body)
    named = body.named_children[:]
    members = [
        each for each in named if not is_comment(each) and each.start_byte >= opened.end_byte
    ]
    close = body.children[-1]
    outer = buffer.indent(body)
    unit = buffer.unit
    if not members:
        indent = outer + unit
        body_text = "\n".join(indent + line if line else "" for line in text.split("\n"))
        tail = "" if last_row(opened) < close.start_point.row else f"\n{outer}"
        comments = [each for each in named if is_comment(each)]
        at = comments[-1].end_byte if comments else opened.end_byte
        return [buffer.insert(at, f"\n{body_text}{tail}")]
    anchor = after if after is not None else members[-1]
    following = anchor.next_sibling
    if last_row(anchor) == close.start_point.row or (
        following is not None and following.type == ";"
    ):
        return [buffer.insert(anchor.end_byte, f"; {text}")]
    indent = buffer.indent(anchor)
    text, pads = buffer.syntax.aligned(buffer, anchor, text)
    lines = "\n".join(indent + line if line else "" for line in text.split("\n"))
    return [*pads, buffer.insert(buffer.source.line_end(anchor.end_byte), f"\n{lines}")]


def _has_default(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if char == "=" and depth == 0:
            return True
    return text.startswith("*")


def _spreads(node: Part) -> bool:
    if not isinstance(node, Node) or node.type != "typed_parameter":
        return False
    return node.named_children[0].type.endswith("splat_pattern")
