"""URL paths: put together as a unit does, and rewritten to the OpenAPI form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

HOLE = re.compile(r"\{\?[^{}]*\}")


class PathStyle:
    """How one unit joins and writes paths."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.segments = table.get("join", "concat") == "segments"
        self.keeps_trailing = table.get("trailing", "keep") == "keep"
        rewrites = table.get("rewrite", ())
        self.rewrites = [(re.compile(pattern), with_) for pattern, with_ in rewrites]

    def join(self, parts: Sequence[str]) -> str:
        """Return a whole path from its pieces, in the OpenAPI form."""
        path = self._segments(parts) if self.segments else "".join(parts)
        path = self.rewritten(path)
        return path if path.startswith("/") else "/" + path

    def _segments(self, parts: Sequence[str]) -> str:
        path = ""
        for part in parts:
            inner = part.strip("/")
            if inner:
                path = f"{path.rstrip('/')}/{inner}"
            if (self.keeps_trailing and inner and part.endswith("/")) or (
                part == "/" and self.keeps_trailing and not path.endswith("/")
            ):
                path += "/"
        return path

    def rewritten(self, path: str) -> str:
        """Rewrite parameters to ``{name}`` and catch-alls to ``{name*}``; holes stay."""
        pieces: list[str] = []
        end = 0
        for hole in HOLE.finditer(path):
            pieces += [self._rewrite(path[end : hole.start()]), hole.group()]
            end = hole.end()
        pieces.append(self._rewrite(path[end:]))
        return "".join(pieces)

    def _rewrite(self, text: str) -> str:
        for pattern, with_ in self.rewrites:
            text = pattern.sub(with_, text)
        return text
