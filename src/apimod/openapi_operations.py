"""Operations of OpenAPI documents: what interfaces that are generated from them declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from apimod.codebase import Codebase

MARK = re.compile(rb"(?m)^[\"']?(openapi|swagger)[\"']?\s*:")
KEY = re.compile(r"( *)([\"']?)([^\"':#\s-][^\"':#]*|/[^\"'#]*?)\2\s*:(?:\s+(.*))?$")
ITEM = re.compile(r" *- +[\"']?([^\"'#]+?)[\"']?\s*$")
VERBS = frozenset("get post put patch delete head options trace".split())


class Operation(Struct, frozen=True):
    """One operation of a document."""

    name: str
    method: str
    path: str
    tags: tuple[str, ...]


def plain(name: str) -> str:
    """Return a name as names are compared: letters and digits, in lower case."""
    return re.sub(r"[^A-Za-z0-9]", "", name).lower()


def operations_in(code: Codebase, paths: Iterable[str]) -> list[Operation]:
    """Return the operations of the YAML documents among some files."""
    out: list[Operation] = []
    for path in paths:
        source = code.source(path) if path.endswith((".yml", ".yaml")) else None
        if source is not None and MARK.search(source.data):
            out += operations(source.data.decode("utf-8", "replace"))
    return out


def operations(text: str) -> Iterator[Operation]:
    """Yield the operations of one document, as far as it is written in blocks."""
    path, method, name, tags = "", "", "", []
    levels: list[int] = []
    inside = in_tags = False
    for line in text.splitlines():
        found = KEY.match(line)
        if found is None:
            item = ITEM.match(line)
            if in_tags and item:
                tags.append(item.group(1))
            continue
        indent, key, value = len(found.group(1)), found.group(3).strip(), found.group(4) or ""
        if indent == 0:
            if method:
                yield Operation(name, method.upper(), path, tuple(tags))
            inside, method, in_tags, levels = key == "paths", "", False, []
            continue
        if not inside:
            continue
        if not levels or indent <= levels[0]:
            if method:
                yield Operation(name, method.upper(), path, tuple(tags))
            levels, path, method, in_tags = [indent], key, "", False
        elif len(levels) == 1 or indent <= levels[1]:
            if method:
                yield Operation(name, method.upper(), path, tuple(tags))
            levels = [levels[0], indent]
            method, name, tags, in_tags = key if key in VERBS else "", "", [], False
        elif len(levels) == 2 or indent == levels[2]:
            levels = [*levels[:2], indent]
            in_tags = key == "tags"
            if key == "operationId":
                name = value.strip("\"' ")
            elif in_tags and value:
                tags = [t.strip(" \"'") for t in value.strip("[] ").split(",") if t.strip()]
    if inside and method:
        yield Operation(name, method.upper(), path, tuple(tags))
