"""The first registration of a project, where there is no sibling to follow."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from apimod import insert
from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer


def register_first(
    buffer: Buffer,
    text: str,
    *,
    mounts: Sequence[Node] = (),
    makers: Sequence[Node] = (),
    catchalls: Sequence[Node] = (),
    function: Node | None = None,
) -> list[Insertion]:
    """Insert the first registration, where there is no sibling to follow.

    After the last of ``mounts``; else after the last of ``makers`` (what creates the application
    or router and what it passes through first); always before the first of ``catchalls``. Else at
    the end of ``function``, before it returns. Raises NoAnchor where there is nothing of this.
    """
    first = min((node.start_byte for node in catchalls), default=len(buffer.data))
    for anchors in (mounts, makers):
        ahead = [node for node in anchors if node.start_byte < first]
        if ahead:
            return insert.after(buffer, max(ahead, key=lambda node: node.start_byte), text)
    if catchalls:
        return insert.before(buffer, min(catchalls, key=lambda node: node.start_byte), text)
    if function is not None:
        return insert.at_end(buffer, function, text)
    raise buffer.refuse("there is no router here to register at", buffer.root)
