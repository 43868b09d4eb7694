"""What is asked for as (method, path), and how much of it is there already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod import names
from apimod.errors import Refused, UsageError
from apimod.model import OPERATIONS, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apimod.conventions.siblings import Sibling
    from apimod.routes import Served

METHODS = {"create": "POST", "list": "GET", "get": "GET", "update": "PUT", "delete": "DELETE"}
ITEM = ("get", "update", "delete")


class Target(Struct, frozen=True):
    """The endpoints to add: ``path`` is the collection's URL, ``param`` the key's name in it."""

    path: str
    param: str
    methods: Mapping[str, str]
    operations: tuple[str, ...]
    slash: bool = False
    """The siblings' collections end in a slash."""

    def url(self, operation: str) -> str:
        """Return an operation's path in OpenAPI form."""
        if operation in ITEM:
            return f"{self.path}/{{{self.param}}}" + ("/" if self.slash_items else "")
        return self.path + ("/" if self.slash else "")

    slash_items: bool = False

    def ending(self, operation: str) -> str:
        """Return the slash that an operation's path ends in, or nothing."""
        return "/" if (self.slash_items and operation in ITEM) or self.slash else ""

    @property
    def endpoints(self) -> tuple[tuple[str, str], ...]:
        """(method, path) of every asked operation."""
        return tuple((self.methods[op], self.url(op)) for op in self.operations)


def target(request: Request, like: Sibling | None, parent: str, param: str) -> Target:
    """Return what the request asks for; ``parent`` is the URL to hang below without a sibling."""
    operations = tuple(op for op in OPERATIONS if op in (request.only or OPERATIONS))
    methods = dict(METHODS)
    if like is not None and "update" in like.operations:
        methods["update"] = like.operations["update"].endpoint.method
    slash, slash_items = _slashes(like)
    path = request.path.rstrip("/") if request.path else ""
    if path:
        check_url(path)
    else:
        base = like.parent if like is not None else parent
        path = f"{base}/{segment(request.resource.plural, like)}"
    return Target(path, param, methods, operations, slash, slash_items)


def check_url(path: str) -> None:
    """Raise UsageError unless ``path`` is an absolute URL path of plain segments."""
    plain = re.fullmatch(r"(/([A-Za-z0-9._~-]+|\{[A-Za-z_]\w*\}))+", path)
    if not plain or ".." in path or len(path) > 200:
        raise UsageError(
            f"--path is not a URL path of plain segments: {path[:60]!r}",
            advice="write it as /people or /api/v1/people",
        )


def _slashes(like: Sibling | None) -> tuple[bool, bool]:
    if like is None:
        return False, False
    collection = [like.operations[op] for op in ("list", "create") if op in like.operations]
    items = [like.operations[op] for op in ITEM if op in like.operations]
    ends = [s.endpoint.path.endswith("/") for s in collection]
    return bool(ends) and all(ends), bool(items) and all(
        s.endpoint.path.endswith("/") for s in items
    )


def segment(plural: str, like: Sibling | None) -> str:
    """Write the collection's segment in the case that the siblings' are written in."""
    words = names.words(plural)
    if like is None or len(words) == 1:
        return "-".join(words)
    shape = like.word
    if "_" in shape:
        return "_".join(words)
    if re.search(r"[a-z][A-Z]", shape):
        return names.camel(plural)
    return "-".join(words)


def missing(asked: Target, served: Sequence[Served]) -> tuple[str, ...]:
    """Return the operations that nothing serves yet.

    Raises Refused where some of them are there and others are not.
    """
    there = {(s.endpoint.method, shape(s.endpoint.path)): s for s in served}
    found = {
        op: there[key]
        for op in asked.operations
        if (key := (asked.methods[op], shape(asked.url(op)))) in there
    }
    lacking = tuple(op for op in asked.operations if op not in found)
    if found and lacking:
        first = next(iter(found.values())).endpoint
        shown = ", ".join(f"{asked.methods[op]} {asked.url(op)}" for op in found)
        raise Refused(
            f"served already: {shown}",
            where=f"{first.file}:{first.line}",
            advice=f"name the others: --only {','.join(lacking)}",
            flag=f"--only {','.join(lacking)}",
        )
    return lacking


def shape(path: str) -> str:
    """Return a path without its final slash and with nameless parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/") or "/"
