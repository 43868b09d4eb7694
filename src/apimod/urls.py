"""URL paths: put together as a unit does, and rewritten to the OpenAPI form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

MAX_VARIANTS = 16
NAME = re.compile(r"\{[^{}?]*\}")
HOLE = re.compile(r"\{\?[^{}]*\}")


class PathStyle:
    """How one unit joins and writes paths."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.segments = table.get("join", "concat") == "segments"
        self.slashed = table.get("join") == "slashed"
        trailing = table.get("trailing", "keep")
        self.keeps_trailing = trailing != "drop"
        self.keeps_lone = trailing == "keep"
        self.optional = re.compile(table["optional"]) if table.get("optional") else None
        rewrites = table.get("rewrite", ())
        self.rewrites = [(re.compile(pattern), with_) for pattern, with_ in rewrites]

    def join(self, parts: Sequence[str]) -> str:
        """Return a whole path from its pieces, in the OpenAPI form, with all that may be there."""
        return self.variants(parts)[0]

    def variants(self, parts: Sequence[str]) -> list[str]:
        """Return the whole paths: several where a part of it may be there or not."""
        if self.slashed:
            parts = [p if not p or p.startswith("/") else f"/{p}" for p in parts]
        whole = self._segments(parts) if self.segments else "".join(parts)
        out = []
        for path in self._chosen(whole):
            done = self.rewritten(path)
            out.append(done if done.startswith("/") else "/" + done)
        shapes: dict[str, str] = {}
        for path in out:
            shapes.setdefault(NAME.sub("{}", path), path)
        return list(shapes.values())

    def _chosen(self, path: str) -> list[str]:
        """Return a path with and without each of its optional parts."""
        found = self.optional.search(path) if self.optional is not None else None
        if found is None:
            return [path]
        before, after = path[: found.start()], path[found.end() :]
        return [
            *self._chosen(before + found[found.lastindex or 0] + after),
            *self._chosen(before + self._without(found.group(), after)),
        ][:MAX_VARIANTS]

    def _without(self, gone: str, after: str) -> str:
        """Return what may follow where an optional segment is not there: no such segment more.

        What comes first fills the first of them: `/:a?/:b?` has no `/b` without an `/a`.
        """
        assert self.optional is not None
        next_one = self.optional.match(after)
        while gone.startswith("/") and next_one and next_one.group().startswith("/"):
            after = after[next_one.end() :]
            next_one = self.optional.match(after)
        return after

    def _segments(self, parts: Sequence[str]) -> str:
        path = ""
        for part in parts:
            inner = part.strip("/")
            if inner:
                path = f"{path.rstrip('/')}/{inner}"
            if (self.keeps_trailing and inner and part.endswith("/")) or (
                part == "/" and self.keeps_lone and not path.endswith("/")
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
