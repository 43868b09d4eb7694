"""Which routes something is for that names them by patterns, verbs and classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apimod.graph import Only, Reach, Use

TOKEN = re.compile(r"/?\{/?\*\w*\}|/?\(\.\*\)|/?\*\w*|:\w+(?:\([^()]*\))?\??|\{|\}")


def joined(parts: Iterable[str]) -> str:
    """Return a path of pieces, as it is written."""
    return "/" + "/".join(p.strip("/") for p in parts if p.strip("/"))


@cache
def _expression(pattern: str, below: bool) -> re.Pattern[str]:
    out, end = [], 0
    pattern = "/" + pattern.strip("/")
    for token in TOKEN.finditer(pattern):
        out.append(re.escape(pattern[end : token.start()]))
        text = token.group()
        if text in "{}":
            out.append("(?:" if text == "{" else ")?")
        elif "*" in text:
            out.append("(?:/.*)?" if text.startswith("/") or text.startswith("{/") else ".*")
        else:
            out.append("[^/]+")
        end = token.end()
    out.append(re.escape(pattern[end:]))
    return re.compile("".join(out).rstrip("/") + ("(?:/.*)?" if below else "") + "/?")


def excepted(rows: Sequence[Only], parts: Sequence[str], verb: str, owner: object = None) -> bool:
    """Whether one of some rows means a route."""
    return any(_means(row, joined(parts), verb, owner) for row in rows)


def _means(row: Only, path: str, verb: str, owner: object) -> bool:
    if row.owner is not None:
        return row.owner == owner
    if row.verb not in ("", "ANY", verb):
        return False
    return _expression(row.pattern, row.below).fullmatch(path) is not None


def applies(use: Use, parts: Sequence[str], verb: str, owner: object) -> bool:
    """Whether something stands before a route."""
    reach: Reach | None = use.reach
    if reach is None:
        return True
    if excepted(reach.excepted, parts, verb, owner):
        return False
    return excepted(reach.only, parts, verb, owner)
