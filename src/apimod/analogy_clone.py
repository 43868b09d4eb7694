"""The outcome of wiring by analogy: copies, each with the place where it goes, and notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct, field
from tree_sitter import Node

from apimod import insert
from apimod.insert_items import braced_line
from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, ImportNeed, ImportStyle
from apimod.model import Evidence

_INTO: dict[str, Callable[..., list[Insertion]]] = {
    "argument": insert.argument,
    "parameter": insert.parameter,
    "field": braced_line,
    "item": insert.list_item,
}


class Clone(Struct, frozen=True):
    """A copy of what stands for the sibling. ``nodes`` is the original, ``text`` the copy."""

    buffer: Buffer
    kind: Literal["statement", "item", "import"]
    nodes: tuple[Node, ...]
    text: str
    reason: Evidence
    anchor: Node
    container: Node | None = None
    gap: int | None = None
    needs: tuple[ImportNeed, ...] = ()
    style: ImportStyle = field(default_factory=ImportStyle)
    role: str = "item"
    """What an item is to its container: ``argument``, ``parameter``, ``field`` or ``item``."""
    foreign: bool = False
    """The original also uses another resource, and so does the copy."""

    @property
    def path(self) -> str:
        """The file that the copy goes into."""
        return self.buffer.path

    def insertions(self, text: str | None = None) -> list[Insertion]:
        """Return the insertions that make the copy, of ``text`` in place of its own if given."""
        if self.kind == "import":
            return insert.add_imports(self.buffer, self.needs, self.style)[1]
        new = self.text if text is None else text
        if self.container is None:
            return insert.after(self.buffer, self.anchor, new, verbatim=True, gap=self.gap)
        if self.role == "link":
            return insert.chain_link(self.buffer, self.anchor, new)
        into = _INTO[self.role]
        return into(self.buffer, self.container, new, after=self.anchor)


class Note(Struct, frozen=True):
    """A place that holds the sibling too and is left alone."""

    path: str
    line: int
    text: str


class Wired(Struct, frozen=True):
    """The copies, file by file in the order of the text, and what was left alone."""

    clones: tuple[Clone, ...]
    notes: tuple[Note, ...]
