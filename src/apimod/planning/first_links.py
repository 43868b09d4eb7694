"""The first registration in a chain of calls that makes an application: one link more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.errors import NoAnchor
from apimod.insert import chain_link
from apimod.languages.buffer import Buffer
from apimod.planning.routers import chosen_router
from apimod.render import environment, render

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.insertion import Insertion
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files

SHORT = 60
"""So wide may a chain be on one line."""


def register_link(builder: Builder, context: Context, files: Files) -> None:
    """Insert the link that registers the new routes on the chosen application."""
    from apimod.planning.registration import catchalls

    router = chosen_router(builder)
    path = router.at.source.path
    links = _links(builder, router.at.node)
    mounts = {m.fact.node.end_byte for m in builder.graph.mounts if m.fact.source.path == path}
    last = {n.end_byte for p, n in catchalls(builder) if p == path}
    ahead = links
    last |= _shadowing(builder, path, links)
    for index, link in enumerate(links):
        if link.end_byte in last:
            ahead = links[:index]
            break
    mounting = [link for link in ahead if link.end_byte in mounts]
    anchor = (mounting or ahead or [router.at.node])[-1]
    buffer = Buffer(router.at.source, builder.tools.syntax)
    there = buffer.root.descendant_for_byte_range(anchor.start_byte, anchor.end_byte - 1)
    while there is not None and there.end_byte != anchor.end_byte:
        there = there.parent
    if there is None:
        raise NoAnchor(
            "the application is not made where it was seen", where=f"{path}:{router.line}"
        )
    text = _text(builder, context, path)
    because = f"the routes hang on what is made at {path}:{router.line}"
    files.merge(path, _link(builder, buffer, there, text), because)


def _shadowing(builder: Builder, path: str, links: list[Node]) -> set[int]:
    """Return where the links end that serve, by a parameter, what the new routes are to serve."""
    urls = [builder.target.url(op) for op in builder.target.operations]
    out = set()
    for served in builder.graph.served:
        shape = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(served.endpoint.path))
        if served.route.fact.source.path != path or "{" not in served.endpoint.path:
            continue
        if any(re.fullmatch(shape, re.sub(r"\{\w*\}", "1", url)) for url in urls):
            at = served.route.fact.node.start_byte
            out |= {link.end_byte for link in links if _adds(builder, link, at)}
    return out


def _adds(builder: Builder, link: Node, at: int) -> bool:
    """Tell whether a place lies in what a link adds to its chain."""
    inner = builder.tools.outline.chained(link)
    return inner is not None and inner.end_byte <= at < link.end_byte


def _links(builder: Builder, base: Node) -> list[Node]:
    """Return the calls that go on from a call, the innermost first."""
    outline = builder.tools.outline
    out: list[Node] = []
    at: Node | None = base
    current = base
    while at is not None and at.parent is not None and at.type not in outline.closures:
        at = at.parent
        if at.type in outline.calls:
            inner = outline.chained(at)
            if inner is None or inner.end_byte != current.end_byte:
                break
            out.append(at)
            current = at
    return out


def _link(builder: Builder, buffer: Buffer, anchor: Node, text: str) -> list[Insertion]:
    """Return the insertion of a link; behind what has none yet it begins a line, or goes on."""
    if builder.tools.outline.chained(anchor) is not None:
        return chain_link(buffer, anchor, text)
    alone = anchor.parent is None or builder.tools.outline.chained(anchor.parent) is None
    width = anchor.end_byte - anchor.start_byte + len(text)
    if alone and width <= SHORT:
        return [buffer.insert(anchor.end_byte, text)]
    return [buffer.insert(anchor.end_byte, f"\n{buffer.indent(anchor)}{buffer.unit}{text}")]


def _text(builder: Builder, context: Context, path: str) -> str:
    """Return the link, as the framework's template writes it."""
    unit = builder.request.framework
    found = [t for t in builder.codemod.of("routes", unit) if t.front.into == "mount"]
    if not found:
        raise NoAnchor(f"{builder.codemod.name} cannot register on a router by itself")
    env = environment(builder.pack.root, builder.tools.literal)
    name = builder.way.reached_as(builder, path, context.placing.routes)
    return render(env, found[0], {**context.values(), "registered": name}).strip()
