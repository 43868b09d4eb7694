"""Second places: lists of paths that name the sibling's, such as those of a guard of all requests.

A text that is the sibling's path, or all below it, gets one like it for the new resource beside it,
where it stands among texts in a list or in a call that takes any number of them. Other mentions are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.insert import list_item
from apimod.languages.buffer import Buffer, significant, walk

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files


class Mention(Struct, frozen=True):
    """A text of a shared file that is a path of the sibling's."""

    path: str
    node: Node
    text: str


def register_listed(builder: Builder, context: Context, files: Files) -> None:
    """Plan a path beside each of the sibling's that is listed in a shared file."""
    if builder.sibling is None:
        return
    own = {part.path for part in builder.lesson.parts.values()}
    for path in builder.study.paths:
        source = builder.graph.code.source(path)
        if source is None or path in own or not path.endswith(builder.tools.suffix):
            continue
        buffer = Buffer(source, builder.tools.syntax)
        for mention in _mentions(builder, buffer):
            _follow(builder, context, files, buffer, mention)


def _follow(
    builder: Builder, context: Context, files: Files, buffer: Buffer, mention: Mention
) -> None:
    new = _new_path(builder, mention.text)
    container = mention.node.parent
    line = mention.node.start_point.row + 1
    where = f"{mention.path}:{line}"
    if container is None or not _takes_more(builder, buffer, container, mention.node):
        context.notes.append(f"{where} names {mention.text}; look whether it wants {new} beside it")
        return
    listed = [buffer.text(one).strip('"') for one in significant(container)]
    if new in listed:
        return
    made = list_item(buffer, container, f'"{new}"', after=mention.node, sort=False)
    files.merge(mention.path, made, f"as {mention.text} is listed at {where}")


def _mentions(builder: Builder, buffer: Buffer) -> Iterator[Mention]:
    """Yield the texts that are the sibling's path, or stand for what is below it."""
    assert builder.sibling is not None
    whole = builder.sibling.path.rstrip("/")
    paths = {whole, _below_base(builder, whole)}
    if not any(p.encode() in buffer.data for p in paths):
        return
    for node in walk(buffer.root):
        if node.type != "string_literal":
            continue
        text = buffer.text(node)[1:-1]
        if any(re.fullmatch(re.escape(p) + r"(?:/?(?:\*\*?|\{\w+\}))*/?", text) for p in paths):
            yield Mention(buffer.path, node, text)


def _below_base(builder: Builder, path: str) -> str:
    base = "/".join(t.text.strip("/") for t in builder.graph.base(builder.request.framework))
    base = f"/{base}" if base.strip("/") else ""
    return path[len(base) :] if base and path.startswith(f"{base}/") else path


def _new_path(builder: Builder, text: str) -> str:
    """Return a listed path with the new resource's in the place of the sibling's."""
    assert builder.sibling is not None
    whole = builder.sibling.path.rstrip("/")
    for old, new in (
        (whole, builder.target.path),
        (_below_base(builder, whole), _below_base(builder, builder.target.path)),
    ):
        if text.startswith(old):
            return new + text[len(old) :]
    return text


def _takes_more(builder: Builder, buffer: Buffer, container: Node, node: Node) -> bool:
    """Tell whether a list holds texts to its end, so that one more stands for one more path.

    A call takes more where a unit says that it takes any number, and only texts follow.
    """
    if container.type not in builder.tools.outline.containers:
        return False
    items = significant(container)
    rest = items[items.index(node) :]
    if not all(one.type == "string_literal" for one in rest):
        return False
    if container.type not in builder.tools.outline.arguments:
        return True
    call = container.parent
    name = call.child_by_field_name("name") if call is not None else None
    return name is not None and buffer.text(name) in builder.study.types("lists_paths")
