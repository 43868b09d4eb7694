"""The resources that a project serves already, as the router graph shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod import names
from apimod.errors import UnknownName

if TYPE_CHECKING:
    from apimod.routes import Served

NO_RESOURCES = frozenset(
    "login logout signin signup register auth token refresh me health healthz healthcheck ping "
    "status metrics docs swagger openapi version ready live readyz livez api static assets media "
    "public admin test utils debug".split()
)
"""Last segments that name no collection."""


class Sibling(Struct, frozen=True, eq=False):
    """A collection: ``path`` is its full URL, ``word`` its last segment as it is written."""

    singular: str
    plural: str
    path: str
    word: str
    operations: dict[str, Served] = field(default_factory=dict)
    others: tuple[Served, ...] = ()

    @property
    def parent(self) -> str:
        """The URL that the collection hangs below, without a final slash."""
        return self.path.rstrip("/").rpartition("/")[0]

    @property
    def first(self) -> Served:
        """One of its endpoints: the first in the order of the operations."""
        return next(iter(self.operations.values()), *self.others[:1])

    @property
    def files(self) -> tuple[str, ...]:
        """The files of its endpoints' routes."""
        every = (*self.operations.values(), *self.others)
        return tuple(dict.fromkeys(s.endpoint.file for s in every))


def siblings(served: Sequence[Served]) -> list[Sibling]:
    """Group endpoints into collections, best example first."""
    groups: dict[tuple[str, str], list[tuple[str, str, Served]]] = defaultdict(list)
    for one in served:
        if one.endpoint.protocol != "rest":
            continue
        place = _place(one.endpoint.path)
        if place is not None:
            parent, word, rest = place
            groups[parent, names.singular(word)].append((word, rest, one))
    found = [_sibling(parent, rows) for (parent, _), rows in groups.items()]
    found = [s for s in found if s.operations]
    paths = {s.path.rstrip("/") for s in found}
    found = [s for s in found if not (_is_lookup(s) and s.parent in paths)]
    return sorted(found, key=_rank)


def _is_lookup(sibling: Sibling) -> bool:
    """Whether a path only finds members of the collection above it: ``/users/email/{email}``."""
    return not {"list", "create"} & set(sibling.operations)


def choose(found: Sequence[Sibling], like: str, near: str) -> Sibling | None:
    """Return the sibling to follow: the one named ``like``, else the nearest to ``near``.

    ``near`` is the URL that the new collection will have, or ``""``. A collection with fewer than
    two operations teaches nothing, unless it is asked for. Raises UnknownName.
    """
    if like:
        wanted = names.singular(like)
        for sibling in found:
            if wanted in (sibling.singular, names.singular(sibling.word)):
                return sibling
        raise UnknownName("resource of this project", like, [s.plural for s in found])
    taught = [s for s in found if len(s.operations) >= 2]
    parent = near.rstrip("/").rpartition("/")[0]
    beside = [s for s in taught if near and s.parent == parent]
    return next(iter(beside or taught), None)


def _place(path: str) -> tuple[str, str, str] | None:
    """Split a URL into what is above a collection, the collection, and what is below it."""
    parts = [p for p in path.split("/") if p]
    rest = ""
    if parts and parts[-1].startswith("{"):
        if parts[-1].endswith("*}") or "?" in parts[-1]:
            return None
        rest = parts.pop()
    if not parts or not re.fullmatch(r"[A-Za-z][\w.-]*", parts[-1]):
        return None
    word = parts[-1]
    if word.lower() in NO_RESOURCES or re.fullmatch(r"v\d+", word):
        return None
    return "/" + "/".join(parts[:-1]) if parts[:-1] else "", word, rest


def _sibling(parent: str, rows: list[tuple[str, str, Served]]) -> Sibling:
    operations: dict[str, Served] = {}
    others: list[Served] = []
    for _, rest, one in rows:
        name = _operation(one.endpoint.method, bool(rest))
        if name and name not in operations:
            operations[name] = one
        elif name == "update" and one.endpoint.method == "PUT":
            others.append(operations[name])
            operations[name] = one
        else:
            others.append(one)
    order = ("list", "create", "get", "update", "delete")
    lists = [w for w, rest, one in rows if not rest and one.endpoint.method == "GET"]
    word = (lists or [w for w, _, _ in rows])[0]
    snake = names.snake(word)
    path = (operations.get("list") or operations.get("create") or rows[0][2]).endpoint.path
    path = re.sub(r"/\{[^/]*\}/?$", "", path) if not lists else path
    return Sibling(
        names.singular(snake),
        names.plural(names.singular(snake)),
        path,
        word,
        {name: operations[name] for name in order if name in operations},
        tuple(others),
    )


def _operation(method: str, item: bool) -> str:
    table = {
        ("POST", False): "create",
        ("GET", False): "list",
        ("GET", True): "get",
        ("PUT", True): "update",
        ("PATCH", True): "update",
        ("DELETE", True): "delete",
    }
    return table.get((method, item), "")


def _rank(sibling: Sibling) -> tuple[int, int, int, str]:
    """More operations first; then own collections over nested ones; then as it is registered."""
    nested = sibling.path.count("{")
    return (nested, -len(sibling.operations), len(sibling.others), sibling.path)
