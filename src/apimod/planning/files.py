"""The files of a plan while it is made: new ones, and insertions into those that are there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from apimod.errors import Conflict, Refused
from apimod.insertion import Insertion, compose, inserted, merged
from apimod.model import Create, Edit, Insert, Replace
from apimod.source import Source

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.planning.tools import Tools


class Files:
    """What a plan creates and inserts, file by file."""

    def __init__(self, root: Path, code: Codebase, tools: Tools) -> None:
        self.root = root
        self.code = code
        self.tools = tools
        self.created: dict[str, tuple[bytes, str]] = {}
        self.changed: dict[str, list[Insertion]] = {}
        self.because: dict[str, list[str]] = {}
        self.formed: dict[str, bytes] = {}
        """What the formatter makes of changed files that it had left as they were."""

    def create(self, path: str, text: str, because: str) -> None:
        """Plan a new file. Raises Conflict where something is in its way."""
        if (self.root / path).exists() or path in self.created:
            raise Conflict(
                "a file is in the way of a new one",
                where=f"{path}:1",
                advice="move it, or name the resource differently",
            )
        self.created[path] = (text.encode(), because)

    def insert(self, path: str, insertions: Sequence[Insertion], because: str) -> None:
        """Plan insertions; their offsets count in the file as the plan leaves it so far."""
        if not insertions:
            return
        self.changed[path] = compose(self.changed.get(path, []), insertions)
        reasons = self.because.setdefault(path, [])
        if because not in reasons:
            reasons.append(because)

    def merge(self, path: str, insertions: Sequence[Insertion], because: str) -> None:
        """Plan insertions whose offsets count in the file as it is on disk.

        These go before any ``insert`` into the same file.
        """
        if not insertions:
            return
        self.changed[path] = merged([*self.changed.get(path, []), *insertions])
        reasons = self.because.setdefault(path, [])
        if because not in reasons:
            reasons.append(because)

    def source(self, path: str) -> Source:
        """Return a file as the plan leaves it so far. Raises Refused where it cannot be read."""
        if path in self.created:
            return Source(path, self.created[path][0])
        old = self.old(path)
        return Source(path, inserted(old.data, self.changed.get(path, [])))

    def old(self, path: str) -> Source:
        """Return a file as it is on disk."""
        found = self.code.source(path)
        if found is not None:
            return found
        loaded = Source.from_disk(self.root, path)
        if not isinstance(loaded, Source):
            raise Refused(f"the file cannot be used: {loaded.reason}", where=f"{path}:1")
        return loaded

    def overlay(self) -> dict[str, bytes]:
        """Return every planned file's bytes."""
        out = {path: data for path, (data, _) in self.created.items()}
        out.update({path: self.source(path).data for path in self.changed})
        return out

    def edits(self) -> tuple[tuple[Edit, ...], tuple[tuple[str, str], ...]]:
        """Return the edits in a fixed order, and the hashes of the files that they were made from."""
        edits: list[Edit] = []
        hashes: list[tuple[str, str]] = []
        for path in sorted(self.created):
            data, because = self.created[path]
            edits.append(Create(f"create:{path}", path, data, because))
            hashes.append((path, ""))
        for path in sorted(self.changed):
            because = "; ".join(self.because[path])
            edits += self._formed(path, because) or (
                Insert(f"insert:{path}:{index}", path, one.offset, one.text, because)
                for index, one in enumerate(self.changed[path], 1)
            )
            hashes.append((path, hashlib.sha256(self.old(path).data).hexdigest()))
        return tuple(edits), tuple(sorted(hashes))

    def _formed(self, path: str, because: str) -> list[Edit]:
        """Return the edits that make of a file what its formatter does; none where it is not asked."""
        from apimod.planning.settled import changes

        if path not in self.formed:
            return []
        old = self.old(path)
        found = changes(old, Source(path, self.formed[path]), self.tools.syntax.grammar)
        edits: list[Edit] = []
        for index, (span, new) in enumerate(found or (), 1):
            if span.start == span.end:
                edits.append(Insert(f"insert:{path}:{index}", path, span.start, new, because))
                continue
            was = old.data[span.start : span.end]
            edits.append(Replace(f"replace:{path}:{index}", path, span, was, new, because))
        return edits
