"""Where a router is mounted by hand, if what stands above a mount runs before it.

It comes behind what reads requests and behind the other mounts, and before what ends the chain: the
answer that nothing was found, and what handles errors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.errors import NoAnchor

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.routes import RouterNode

ERRORS = 4
"""With so many parameters a function handles errors."""
_CLOSING = re.compile(r"(?i)not.?found|404|error|catch.?all|fallback")


def ordered_place(router: RouterNode, name: str) -> tuple[str, str]:
    """Return the file to mount in, and the router's name there.

    Raises NoAnchor where the router is passed on, and no mount shows where mounts belong.
    """
    own = router.at.source.path
    mounts = Counter(m.fact.source.path for m in router.mounts)
    if mounts and own not in mounts:
        path = mounts.most_common(1)[0][0]
        last = [m for m in router.mounts if m.fact.source.path == path][-1]
        on = last.fact.one("on")
        text = last.fact.source.text(on) if on is not None else ""
        if re.fullmatch(r"[\w.]+", text):
            return path, text
    elsewhere = [u for u in router.uses if u.fact is not None and u.fact.source.path != own]
    if mounts and own in mounts:
        return own, name
    if elsewhere:
        use = elsewhere[0]
        raise NoAnchor(
            "what reads requests is put before the routes in another file than the application "
            "is made in, and no mount shows where mounts belong",
            where=f"{use.at.source.path}:{use.at.line}",
            advice="name the router to register on: --into FILE:LINE",
            flag="--into",
        )
    return own, name


def closing(router: RouterNode, path: str) -> Iterator[Node]:
    """Yield what ends the chain of a router in a file: nothing that is mounted below it runs."""
    for use in router.uses:
        if use.fact is not None and use.fact.source.path == path and _closes(use.at.node, use.name):
            yield use.fact.node


def _closes(node: Node, name: str) -> bool:
    """Tell whether something stands at a chain's end: by what it is called, or by what it takes."""
    params = node.child_by_field_name("parameters")
    if params is None:
        return bool(_CLOSING.search(name)) and "(" not in name.rstrip("()")
    found = [child for child in params.named_children if child.type != "comment"]
    body = node.child_by_field_name("body")
    text = body.text or b"" if body is not None else b""
    hands_on = len(found) > 2 and b"next(" in text
    return len(found) >= ERRORS or not hands_on or b"404" in text
