"""Wiring by analogy: what registers a sibling is copied for the new resource.

``wire`` looks through the files that several resources share for what is there on the sibling's
account (an import, a statement, an argument, a field, an item) and gives each copy as a Clone: its
text and the place where it goes. The caller may leave one out, or give another text for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tree_sitter import Node

from apimod import insert
from apimod.analogy_file import File
from apimod.analogy_first import register_first
from apimod.analogy_imports import ImportCopy, copied_imports
from apimod.analogy_judge import Judge, Places
from apimod.analogy_pick import Pick, Picker
from apimod.analogy_text import extent, renamed, squeezed
from apimod.analogy_wires import Kin, Wires
from apimod.insert_items import braced_line
from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, ImportNeed, ImportStyle, significant
from apimod.languages.outline import Outline
from apimod.mentions import Noun
from apimod.model import Evidence
from apimod.rename import Renamer, Spelling

__all__ = ["Clone", "Kin", "Note", "Places", "Wired", "Wiring", "register_first", "wire"]

_NO_WIRING = re.compile(
    r"(^|/)(tests?|testing|testdata|fixtures?|seeds?|seeders?|migrations?|versions|docs?|"
    r"examples?|scripts)/|(^|/)(seeds?|seeder|fixtures?|factories|conftest|init_db|test_[^/]*)\.\w+$"
    r"|_test\.\w+$|(^|/)docs\.go$"
)
_GENERATED = re.compile(rb"\A(?:[^\n]*\n){0,5}?[^\n]*(?:DO NOT EDIT|@generated)")

_INTO: dict[str, Callable[..., list[Insertion]]] = {
    "argument": insert.argument,
    "parameter": insert.parameter,
    "field": braced_line,
    "item": insert.list_item,
}


@dataclass(frozen=True, slots=True)
class Wiring:
    """What is to be wired, and after whom.

    ``buffers`` are all files of the project's language, those that resources own among them.
    """

    sibling: Kin
    new: Noun
    buffers: Mapping[str, Buffer]
    outline: Outline
    others: Sequence[Kin] = ()
    places: Places = field(default_factory=Places)
    spelling: Spelling = field(default_factory=Spelling)
    exact: Mapping[str, str] = field(default_factory=dict)
    style: Callable[[str], ImportStyle] = lambda _: ImportStyle()


@dataclass(frozen=True, slots=True)
class Clone:
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
        into = _INTO[self.role]
        return into(self.buffer, self.container, new, after=self.anchor)


@dataclass(frozen=True, slots=True)
class Note:
    """A place that holds the sibling too and is left alone."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Wired:
    """The copies, file by file in the order of the text, and what was left alone."""

    clones: tuple[Clone, ...]
    notes: tuple[Note, ...]


def wire(wiring: Wiring) -> Wired:
    """Find all that wires the sibling in shared files, and copy it for the new resource."""
    kins = (wiring.sibling, *wiring.others)
    owned = frozenset().union(*(kin.files for kin in kins))
    files = {
        path: File(buffer, wiring.outline)
        for path, buffer in sorted(wiring.buffers.items())
        if path in owned or _speaks_of(buffer, kins)
    }
    shared = {path: file for path, file in files.items() if path not in owned}
    ours, *others = (
        Wires(kin, shared, {path: files[path] for path in kin.files if path in files})
        for kin in kins
    )
    names = frozenset(
        name for path in owned if path in files for b in files[path].bindings for name in b.names
    )
    judge = Judge(ours, others, shared, names, wiring.places)
    clones: list[Clone] = []
    notes: list[Note] = []
    for path, file in shared.items():
        if _NO_WIRING.search(path) or _GENERATED.match(file.buffer.data):
            notes += _mentioned(file, ours)
            continue
        picker = Picker(file, judge).run()
        clones += _clones(wiring, file, ours, picker.picks)
        notes += [_note(file, node, ours) for node in picker.noted]
    return Wired(tuple(clones), tuple(notes))


# --- from picks to clones ------------------------------------------------------------------------


def _clones(wiring: Wiring, file: File, ours: Wires, picks: Sequence[Pick]) -> list[Clone]:
    keep = [kin.noun for kin in wiring.others if kin.noun != wiring.new]
    renamer = Renamer(wiring.sibling.noun, wiring.new, keep, wiring.spelling, wiring.exact)
    style = wiring.style(file.path)
    spans = [(pick.nodes[0].start_byte, pick.nodes[-1].end_byte) for pick in picks]
    imports = copied_imports(file, ours, renamer, style, spans)
    local = {copy.old: copy.new for copy in imports}
    clones = _import_clones(file, imports, style, renamer)
    seen: set[str] = set()
    for pick in sorted(picks, key=lambda one: one.conditional):
        if pick.container is None:
            start, end = extent(file, pick.nodes, renamer)
        else:
            start, end = pick.nodes[0].start_byte, pick.nodes[-1].end_byte
        text = renamed(file, start, end, renamer, local)
        plain = squeezed(text)
        if plain == squeezed(file.buffer.reads(start, end)) or _stands(file, pick, plain):
            continue
        if pick.conditional and plain in seen:
            continue
        seen.add(plain)
        clones.append(
            Clone(
                file.buffer, pick.kind, pick.nodes, text, _because(file, pick.nodes[0], ours),
                pick.anchor, pick.container, pick.gap, style=style,
                role=pick.role, foreign=pick.foreign,
            )
        )  # fmt: skip
    return sorted(clones, key=lambda clone: clone.nodes[0].start_byte)


def _import_clones(
    file: File, imports: Sequence[ImportCopy], style: ImportStyle, renamer: Renamer
) -> list[Clone]:
    clones: list[Clone] = []
    needed = [copy for copy in imports if copy.needed and copy.need is not None]
    if needed:
        needs = tuple(copy.need for copy in needed if copy.need is not None)
        node = needed[0].source.statement
        text = "\n".join(
            f"{need.module}.{need.name}" if need.name else need.module for need in needs
        )
        reason = Evidence("imported beside its sibling", file.path, node.start_point.row + 1)
        clones.append(
            Clone(file.buffer, "import", (node,), text, reason, node, needs=needs, style=style)
        )
    for node in {
        copy.source.statement.start_byte: copy.source.statement
        for copy in imports
        if copy.needed and copy.need is None
    }.values():
        start, end = extent(file, (node,), renamer)
        text = renamed(file, start, end, renamer, {})
        pick = Pick("statement", (node,), node)
        if not _stands(file, pick, squeezed(text)):
            reason = Evidence("imported beside its sibling", file.path, node.start_point.row + 1)
            clones.append(Clone(file.buffer, "statement", (node,), text, reason, node))
    return [clone for clone in clones if clone.kind != "import" or clone.insertions()]


def _stands(file: File, pick: Pick, plain: str) -> bool:
    """Tell whether the copy stands there already."""
    around = pick.container if pick.container is not None else pick.nodes[0].parent
    if around is None:
        return False
    if pick.container is not None:
        return any(squeezed(file.buffer.text(item)) == plain for item in significant(around))
    return plain in squeezed(file.buffer.text(around))


def _because(file: File, node: Node, ours: Wires) -> Evidence:
    noun = ours.kin.noun.plural.replace("_", " ")
    return Evidence(f"as {noun} is wired", file.path, node.start_point.row + 1)


def _note(file: File, node: Node, ours: Wires) -> Note:
    noun = ours.kin.noun.plural.replace("_", " ")
    return Note(file.path, node.start_point.row + 1, f"also mentions {noun}")


def _mentioned(file: File, ours: Wires) -> list[Note]:
    found = [*file.outline.statements(file.buffer.root)]
    return [_note(file, node, ours) for node in found if ours.hits(file, node)][:1]


def _speaks_of(buffer: Buffer, kins: Sequence[Kin]) -> bool:
    """Tell from a file's bytes whether it can name one of the resources."""
    lower = buffer.data.lower().replace(b"_", b"").replace(b"-", b"")
    return any(
        form.replace("_", "").encode() in lower
        for kin in kins
        for form in (kin.noun.singular, kin.noun.plural)
    )
