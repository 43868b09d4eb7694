"""Lists the planned tree again: exactly the asked endpoints appear, and none is lost or moved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from apimod.errors import InternalError, Refused
from apimod.planning.target import shape
from apimod.projectgraph import codebase_of, graph_of

if TYPE_CHECKING:
    from apimod.model import Edit
    from apimod.planning.builder import Builder
    from apimod.planning.files import Files
    from apimod.routes import RouterGraph, Served

Row = tuple[str, str, str, str, bool]


def check_planned(builder: Builder, files: Files, edits: tuple[Edit, ...]) -> None:
    """Raise Refused unless the planned tree serves the old endpoints and the asked ones only."""
    after = graph_of(
        builder.space,
        codebase_of(builder.space, files.overlay(), before=builder.graph.code),
        builder.pack,
        builder.project,
    )
    old, new = _rows(builder.graph), _rows(after)
    lost, gained = list((old - new).elements()), list((new - old).elements())
    asked = {(m, shape(p)) for m, p in builder.target.endpoints}
    found = Counter((m, shape(p)) for _, m, p, _, mounted in gained if mounted)
    snippet = "".join(
        f"# {path}\n{data.decode('utf-8', 'replace')}\n"
        for path, (data, _) in files.created.items()
        if data
    )
    if lost:
        _, method, path, *_ = lost[0]
        raise Refused(f"the plan would lose {method} {path}", snippet=snippet)
    missing = [key for key in asked if key not in found]
    if missing:
        method, path = sorted(missing)[0]
        raise Refused(
            f"there is no place to register {method} {path} that is sure to serve it",
            advice="paste the snippet, and register it where it belongs; or name a place: --into",
            snippet=snippet,
            flag="--into",
        )
    astray = _astray(builder, after, asked) if builder.way.follows_handlers else ""
    if astray:
        raise Refused(
            f"{astray} would not reach the new handler: the siblings' way to reach theirs is not clear",
            advice="paste the snippet, and register it where it belongs; or follow another: --like",
            snippet=snippet,
            flag="--like",
        )
    open_ = _unguarded(builder, after, asked) if builder.way.guards_alike else ""
    if open_:
        raise Refused(
            f"{open_} would be open to anybody, and the sibling's endpoints are not",
            advice="paste the snippet, and put before it what stands before the sibling's routes",
            snippet=snippet,
            flag="--like",
        )
    extra = [key for key in found if key not in asked or found[key] > 1]
    if extra:
        method, path = sorted(extra)[0]
        raise Refused(f"the plan would also serve {method} {path}", snippet=snippet)
    if not edits:
        raise InternalError("a plan without edits")


def _unguarded(builder: Builder, after: RouterGraph, asked: set[tuple[str, str]]) -> str:
    """Return an asked endpoint that anybody may call, where the sibling's may be by nobody."""
    sibling = builder.sibling
    if sibling is None or not all(s.endpoint.auth for s in sibling.operations.values()):
        return ""
    for one in after.served:
        key = (one.endpoint.method, shape(one.endpoint.path))
        if key in asked and one.endpoint.mounted and not one.endpoint.auth:
            return f"{one.endpoint.method} {one.endpoint.path}"
    return ""


def _astray(builder: Builder, after: RouterGraph, asked: set[tuple[str, str]]) -> str:
    """Return an asked endpoint whose route names no function that the plan defines."""
    for one in after.served:
        key = (one.endpoint.method, shape(one.endpoint.path))
        if key not in asked or not one.endpoint.mounted:
            continue
        there = one.handler is not None and one.handler.source.path
        if not there or (builder.graph.code.has(there) and not _defines(one, builder)):
            return f"{one.endpoint.method} {one.endpoint.path}"
    return ""


def _defines(one: Served, builder: Builder) -> bool:
    """Whether a handler in a file that is there already is not one of the file's old ones."""
    assert one.handler is not None
    old = builder.graph.code.source(one.handler.source.path)
    text = one.handler.source.text(one.handler.node)
    return old is None or text.encode() not in old.data


def _rows(graph: RouterGraph) -> Counter[Row]:
    """Return the endpoints; where their lines moved they are the same."""
    return Counter((e.protocol, e.method, e.path, e.handler, e.mounted) for e in graph.endpoints)
