"""The framework's own table of routes."""

from __future__ import annotations

import re
from collections import Counter

_ROW = re.compile(r"^\s*(GET|POST|PUT|PATCH|DELETE|TRACE|CONNECT|WS)\s+(/\S*)(.*)$", re.MULTILINE)
Row = tuple[str, str]


def parse(text: str) -> Counter[Row]:
    """Return how often each (method, path) is in a table, with the parameters' names left out."""
    return Counter((method, plain(path)) for method, path, _ in _ROW.findall(text))


def plain(path: str) -> str:
    """Return a path with every parameter as ``{}`` and every catch-all as ``{*}``."""
    path = re.sub(r"\{[^}/]*(:path|\*)\}|\{\*[^}]*\}|/\*\w+", lambda m: _catch_all(m[0]), path)
    return re.sub(r"\{[^*}][^}]*\}|(?<=/):\w+", "{}", path)


def _catch_all(text: str) -> str:
    return "/{*}" if text.startswith("/") else "{*}"


def lost(before: str, after: str) -> list[str]:
    """Return the lines of the old table that the new one lacks; a line may name its handler."""
    kept = Counter(line.strip() for line in after.splitlines())
    return [line for line in (row.strip() for row in before.splitlines()) if not kept[line]]
