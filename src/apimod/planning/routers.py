"""The router that the new routes hang on: one of their own, or the one that siblings share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.errors import NoAnchor
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.planning.builder import Builder
    from apimod.routes import RouterNode


STATEMENTS = (
    "expression_statement",
    "assignment",
    "short_var_declaration",
    "var_declaration",
    "assignment_statement",
    "lexical_declaration",
)


_ENCLOSES = frozenset(
    {
        "function_definition", "function_declaration", "class_definition", "arrow_function",
        "function_expression", "method_definition", "class_declaration", "class",
    }
)  # fmt: skip


class RouterView(Struct, frozen=True):
    """A router as the routes' file sees it.

    ``definition`` is the sibling's own statement with the new words; None where the template writes
    its own, with ``prefix``. ``full`` is the URL at which the router stands.
    """

    name: str = "router"
    definition: Snippet | None = None
    prefix: str = ""
    full: str = ""
    own: bool = True
    standing: tuple[Snippet, ...] = ()
    """The sibling's own statements that put something before all routes of its router."""

    def relative(self, url: str) -> str:
        """Return a URL as it is written on the router."""
        return url[len(self.full) :] if url.startswith(self.full) else url


def router_view(builder: Builder, home: str) -> RouterView:
    """Return the router for the new routes; ``home`` is the one file for all, if there is one."""
    target = builder.target
    node = sibling_router(builder)
    shared = _entrypoint(builder, home)
    if shared is not None:
        return RouterView(name=statement_name(shared), full="", own=False)
    if node is None or home:
        above = mount_prefix(builder)
        prefix = target.path[len(above) :] if target.path.startswith(above) else target.path
        return RouterView(prefix=prefix, full=target.path)
    assert builder.sibling is not None
    full = node.reached[0] if node.reached else ""
    collection = builder.sibling.path.rstrip("/")
    new_full = target.path if full.rstrip("/") == collection else full.rstrip("/")
    statement = _statement(node)
    if statement is None:
        builder.way.check_router(node)
        return RouterView(prefix="", full=new_full, own=False)
    at = At(node.at.source, statement)
    snippet = _renamed(builder, builder.study.snippet(at))
    name = re.match(r"\s*(\w+)", snippet.text)
    standing = tuple(_renamed(builder, one) for one in _standing(builder, node))
    return RouterView(
        _bound_name(snippet.text) or (name[1] if name else "router"),
        snippet,
        "",
        new_full,
        standing=standing,
    )


def _bound_name(text: str) -> str:
    """Return the name that a declaration binds; ``""`` for another statement."""
    found = re.match(r"\s*(?:export\s+)?(?:const|let|var)\s+(\w+)", text)
    return found[1] if found else ""


def _standing(builder: Builder, node: RouterNode) -> Iterator[Snippet]:
    """Yield the statements of the sibling's file that stand before the routes of its router."""
    seen: set[int] = set()
    for use in node.uses:
        fact = use.fact
        at: Node | None = fact.node if fact is not None else None
        if fact is None or use.scope != "router" or fact.source.path != node.at.source.path:
            continue
        while at is not None and at.type != "expression_statement":
            at = at.parent
        if at is not None and at.start_byte not in seen:
            seen.add(at.start_byte)
            yield builder.study.snippet(
                At(fact.source, at), "what stands before a sibling's routes"
            )


def _entrypoint(builder: Builder, home: str) -> RouterNode | None:
    """Return the entrypoint that the sibling's routes hang on, if its file takes the new ones."""
    node = builder.sibling.first.router if builder.sibling is not None else None
    if node is None or not home or node.at.source.path != home or not statement_name(node):
        return None
    return node


def sibling_router(builder: Builder) -> RouterNode | None:
    """Return the router that the sibling's routes hang on, where its own file makes it."""
    if builder.sibling is None:
        return None
    first = builder.sibling.first
    part = builder.lesson.parts.get("routes")
    node = first.router
    for edge in reversed(first.edges):
        above = edge.parent
        bare = not statement_name(node) and node.at.source.path == above.at.source.path
        if not bare or above.is_root or not statement_name(above):
            break
        node = above
    if part is None or node.at.source.path != part.path or node.is_root:
        return None
    return node


def mount_prefix(builder: Builder) -> str:
    """Return the URL of the router that a router of the resource's own will be mounted on."""
    sibling = builder.sibling
    if builder.by_hand or sibling is None:
        reached = chosen_router(builder).reached
        return reached[0].rstrip("/") if reached else ""
    edges = sibling.first.edges
    own = builder.lesson.parts.get("routes")
    for edge in reversed(edges):
        if own is None or edge.fact.source.path != own.path:
            return edge.parent.reached[0].rstrip("/") if edge.parent.reached else ""
    root = sibling.first.router
    return root.reached[0].rstrip("/") if root.reached else ""


def chosen_router(builder: Builder) -> RouterNode:
    """Return the router that a person named with --into, else the only entrypoint.

    Raises NoAnchor where there is none, or several.
    """
    framework = builder.request.framework
    routers = [n for n in builder.graph.routers if n.unit == framework and n.reached]
    if builder.request.into:
        return _named(builder, routers)
    roots = [n for n in routers if n.is_root]
    named = [n for n in roots if statement_name(n)]
    if len(named) == 1:
        return named[0]
    if builder.way.chains and len(roots) == 1:
        return roots[0]
    choices = [f"{n.at.source.path}:{n.line}" for n in named or roots]
    if not choices:
        raise NoAnchor(
            "no router here could be registered on", advice=_unread(builder), flag="--into"
        )
    raise NoAnchor(
        f"{len(choices)} places could be registered at",
        where=choices[0],
        advice=f"say which: --into {choices[0]}",
        flag="--into",
        choices=tuple(choices),
    )


def _unread(builder: Builder) -> str:
    """Return why there may be no router: a file that was left out; else what to do."""
    prefix = builder.project.prefix
    for each in builder.space.skipped:
        if each.file.startswith(prefix) and each.file.endswith(builder.tools.suffix):
            return f"{each.file} was not read: {each.reason}"
    return "name one with --into"


def _named(builder: Builder, routers: list[RouterNode]) -> RouterNode:
    into = builder.request.into
    file, _, line = into.rpartition(":")
    found = [
        n
        for n in routers
        if (line.isdigit() and n.at.source.path == file and n.line == int(line))
        or statement_name(n) == into
    ]
    if not found:
        choices = [f"{n.at.source.path}:{n.line}" for n in routers if statement_name(n)]
        raise NoAnchor(
            f"there is no router at {into[:60]}",
            advice=f"routers are at {', '.join(choices[:5]) or 'no place that is known'}",
            choices=tuple(choices),
        )
    places = {n.at.place for n in found}
    if len(places) > 1:
        choices = [f"{n.at.source.path}:{n.line}" for n in found]
        raise NoAnchor(
            f"several routers are named {into[:60]}",
            advice=f"say which: --into {choices[0]}",
            choices=tuple(choices),
        )
    return found[0]


def statement_name(node: RouterNode) -> str:
    """Return the name that a router's statement binds it to; ``""`` where it binds none."""
    at: Node | None = node.at.node
    while at is not None and at.type not in STATEMENTS:
        at = at.parent
    text = node.at.source.text(at) if at is not None else ""
    declared = _bound_name(text)
    if declared:
        return declared
    found = re.match(r"(?:var\s+)?([\w.]+)(?:\s*:[^=\n]+|\s+[\w.*]+)?\s*:?=(?!=)", text)
    return found[1] if found else ""


def _renamed(builder: Builder, snippet: Snippet) -> Snippet:
    """Return a router's statement with the new words, and the asked URL in its strings."""
    from apimod.planning.operations import renamed

    words = builder.words
    if words is None:
        return snippet

    def string(content: str) -> str:
        new = words.string(content)
        if not content.startswith("/"):
            return new
        above = content.rstrip("/").rpartition("/")[0]
        last = builder.target.path.rpartition("/")[2]
        return f"{above}/{last}" + ("/" if new.endswith("/") else "")

    return renamed(snippet, words, string)


def _statement(node: RouterNode) -> Node | None:
    """Return the assignment that binds a router at the top of its file."""
    at: Node | None = node.at.node
    while at is not None and at.parent is not None:
        if at.parent.type in ("module", "source_file", "program"):
            return at
        if at.type in _ENCLOSES:
            return None
        at = at.parent
    return None
