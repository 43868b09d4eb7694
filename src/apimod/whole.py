"""Routes whose first argument is a path, or the first of what answers where a group has the path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from apimod.graph import RouterNode
    from apimod.match import Fact


def is_whole(router: RouterNode) -> bool:
    """Whether a router stands for one path: its routes have none of their own."""
    return router.fact is not None and router.fact.one("whole") is not None


def told_apart(
    fact: Fact, routers: Sequence[RouterNode]
) -> list[tuple[Fact, list[RouterNode]]] | None:
    """Return the fact as it is meant on its routers; None where it is no route on any of them."""
    own = [r for r in routers if not is_whole(r)]
    whole = [r for r in routers if is_whole(r)]
    parts = {n.id: n for p in ("path", "middleware", "handler") for n in fact.all(p)}
    nodes = sorted(parts.values(), key=lambda n: n.start_byte)
    out: list[tuple[Fact, list[RouterNode]]] = []
    if whole and nodes:
        rest = {k: v for k, v in fact.captures.items() if k not in ("path", "middleware")}
        meant = {**rest, "middleware": tuple(nodes[:-1]), "handler": (nodes[-1],)}
        out.append((replace(fact, captures=meant), whole))
    if len(nodes) > 1 and (own or not whole):
        out.append((fact, own))
    return out or None
