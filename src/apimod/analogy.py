"""Wiring by analogy: what registers a sibling is copied for the new resource.

``wire`` looks through the files that several resources share for what is there on the sibling's
account (an import, a statement, an argument, a field, an item) and gives each copy as a Clone: its
text and the place where it goes. The caller may leave one out, or give another text for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from tree_sitter import Node

from apimod.analogy_clone import Clone, Note, Wired
from apimod.analogy_file import File
from apimod.analogy_first import register_first
from apimod.analogy_imports import ImportCopy, copied_imports
from apimod.analogy_judge import Judge, Places
from apimod.analogy_missing import defined_names, keep_defined
from apimod.analogy_pick import Pick, Picker
from apimod.analogy_text import extent, renamed, squeezed, statements_text
from apimod.analogy_wires import Kin, Wires
from apimod.languages.buffer import Buffer, ImportStyle, Part, significant
from apimod.languages.items import Items
from apimod.languages.outline import Outline
from apimod.mentions import Noun
from apimod.model import Evidence
from apimod.rename import Renamer, Spelling

__all__ = [
    "Clone",
    "Kin",
    "Note",
    "Places",
    "Wired",
    "Wiring",
    "defined_names",
    "register_first",
    "wire",
]

_NO_WIRING = re.compile(
    r"(^|/)(tests?|testing|testdata|fixtures?|seeds?|seeders?|migrations?|versions|docs?|"
    r"examples?|scripts)/|(^|/)(seeds?|seeder|fixtures?|factories|conftest|init_db|test_[^/]*)\.\w+$"
    r"|_test\.\w+$|(^|/)docs\.go$"
)
_TESTS = re.compile(r"(^|/)(tests?|testing|testdata)/|(^|/)(conftest|test_[^/]*)\.\w+$|_test\.\w+$")
_GENERATED = re.compile(rb"\A(?:[^\n]*\n){0,5}?[^\n]*(?:DO NOT EDIT|@generated)")


class Wiring(Struct, frozen=True):
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
    defined: frozenset[str] | None = None
    """What the new resource's files define; a copy that needs more is left out. None: not known."""
    marks: frozenset[str] = frozenset()
    """Strings that stand at the sibling's routes beside their paths: the names of its rights."""
    root: str = ""
    """The project's folder with a final slash; what stands above it says nothing of a file."""


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
        Wires(
            kin,
            shared,
            {path: files[path] for path in kin.files if path in files},
            wiring.marks if kin is wiring.sibling else frozenset(),
        )
        for kin in kins
    )
    names = frozenset(
        name for path in owned if path in files for b in files[path].bindings for name in b.names
    )
    judge = Judge(ours, others, shared, names, wiring.places)
    notes: list[Note] = []
    picks: dict[str, Sequence[Pick]] = {}
    for path, file in shared.items():
        inner = path.removeprefix(wiring.root)
        if _NO_WIRING.search(inner) or _GENERATED.match(file.buffer.data):
            notes += [] if _TESTS.search(inner) else _mentioned(file, ours)
            continue
        picker = Picker(file, judge).run()
        picks[path] = picker.picks
        notes += [_note(file, node, ours) for node in picker.noted]
    keep = [kin.noun for kin in wiring.others if kin.noun != wiring.new]
    renamer = Renamer(wiring.sibling.noun, wiring.new, keep, wiring.spelling, wiring.exact)
    known = wiring.defined
    if known is None:
        known = frozenset(renamer.identifier(name) for name in ours.own_symbols)
    kept = keep_defined(shared, picks, ours, renamer, known)
    for file, node, name in kept.dropped:
        missing = f"uses {name}, which the new resource has nothing like"
        notes.append(Note(file.path, node.start_point.row + 1, missing))
    clones = [
        clone
        for path, found in kept.picks.items()
        for clone in _clones(wiring, shared[path], ours, found, renamer, kept.gone)
    ]
    return Wired(tuple(clones), tuple(notes))


# --- from picks to clones ------------------------------------------------------------------------


def _clones(
    wiring: Wiring,
    file: File,
    ours: Wires,
    picks: Sequence[Pick],
    renamer: Renamer,
    gone: frozenset[str],
) -> list[Clone]:
    style = wiring.style(file.path)
    spans = [(node.start_byte, node.end_byte) for pick in picks for node in pick.own]
    imports = copied_imports(file, ours, renamer, style, spans, gone)
    local = {copy.old: copy.new for copy in imports}
    clones = _import_clones(file, imports, style, renamer)
    seen: set[str] = set()
    for pick in sorted(picks, key=lambda one: one.conditional):
        first = pick.nodes[0]
        if pick.container is None:
            text = statements_text(file, pick.nodes, renamer, local)
        else:
            whole = pick.whole or first
            inner = file.outline.chained(first) if pick.role == "link" else None
            start = inner.end_byte if inner is not None else whole.start_byte
            text = renamed(file, start, whole.end_byte, renamer, local)
        plain = squeezed(text)
        if _stands(file, pick, plain):
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
    if pick.role == "link":
        return plain in squeezed(file.buffer.text(around))
    if pick.container is not None:
        return any(squeezed(file.buffer.text(item)) == plain for item in _items(file, around))
    return plain in squeezed(file.buffer.text(around))


def _items(file: File, container: Node) -> Sequence[Part]:
    loose = container.type in file.outline.loose
    return Items.of(container.children).items if loose else significant(container)


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
