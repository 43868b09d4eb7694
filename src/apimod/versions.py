"""Versions in paths: what an application puts between its prefix and the rest of a path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from apimod.reach import excepted
from apimod.values import At, Constant, External, Items, ListValue, Piece, Text

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.graph import Route, RouterNode


def versions_of(ev: Evaluator, at: At, neutral: Sequence[str]) -> list[Text | None]:
    """Return the versions that an expression gives; None for the one that stands in no path."""
    out: list[Text | None] = []
    for value in ev.evaluate(at):
        parts = ev.elements(value) if isinstance(value, ListValue | Items) else [[value]]
        for one in (v for part in parts for v in part):
            if isinstance(one, External) and one.name in neutral:
                out.append(None)
            elif isinstance(one, Text | Constant):
                out.append(one if isinstance(one, Text) else Text(one.text))
            else:
                out.append(Text.of([Piece(f"{{?{at.source.text(at.node)}}}", known=False)]))
    return list(dict.fromkeys(out))


def placed(
    root: RouterNode, node: RouterNode, route: Route, parts: Sequence[Text], verb: str
) -> Iterator[tuple[Text, ...]]:
    """Yield the pieces of a route's path: the prefix of its application, a version, the rest.

    ``parts`` are the prefix of the application, if it has one, and all that comes after.
    """
    if node.absolute:
        yield tuple(parts[-1:])
        return
    head = tuple(parts[:1]) if root.prefixes else ()
    rest = tuple(parts[len(head) :])
    if head and excepted(root.excepted, [t.text for t in rest], verb):
        head = ()
    if root.versioning is None:
        yield (*head, *rest)
        return
    for version in route.versions or node.versions or root.versioning.default or (None,):
        if version is None:
            yield (*head, *rest)
        else:
            pieces = version.pieces or (Piece(version.text),)
            yield (*head, Text.of([Piece("/" + root.versioning.prefix), *pieces]), *rest)
