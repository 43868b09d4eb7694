"""Imports of Java: find the one that gives a class, or make the line for it.

A static import's module is written ``static a.b.Class``, and its name is the member.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
    in_order,
    last_row,
    lead,
    trail,
)

STATIC = "static "
ORDER = ("java", "javax", "jakarta", "org", "com")
"""How groups are ordered by those who have one a head."""

Layout = tuple[tuple[str, ...], ...]
"""The heads of each group of imports, ``static`` among them: ``(("java", "javax"), ("org",))``."""


class Line(Struct, frozen=True):
    """An import as it is written: ``static a.b.C.d``, ``a.b.C`` or ``a.b.*``."""

    text: str
    node: Node | None = None

    @property
    def head(self) -> str:
        """``static``, or the first part of the name."""
        return "static" if self.text.startswith(STATIC) else self.text.partition(".")[0]

    @property
    def module(self) -> str:
        """Everything before the last part."""
        return self.text.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The last part: the simple name, or ``*``."""
        return self.text.rpartition(".")[2]


def add_import(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
    """Find the import that gives ``need``, or make the insertions for it.

    A name that means something else in the file is written out in full.
    """
    line = Line(f"{need.module}.{need.name}" if need.name else need.module)
    here = package_of(buffer) or style.package
    present = import_lines(buffer)
    if line.module in (here, "java.lang") or any(
        each.text == line.text or (each.name == "*" and each.module == line.module)
        for each in present
    ):
        return Imported(line.name)
    taken = {each.name for each in present} | declared(buffer) | style.taken
    if line.name in taken:
        return Imported(line.text.removeprefix(STATIC))
    return Imported(line.name, tuple(_insert(buffer, line, present, style)))


def package_of(buffer: Buffer) -> str:
    """Return the package that a file declares, or ``""``."""
    for node in buffer.root.named_children:
        if node.type == "package_declaration":
            return "".join(buffer.text(node.named_children[-1]).split())
    return ""


def import_lines(buffer: Buffer) -> list[Line]:
    """Return a file's imports in their order."""
    return [
        Line(_plain(buffer.text(node)), node)
        for node in buffer.root.named_children
        if node.type == "import_declaration"
    ]


def _plain(statement: str) -> str:
    """Return an import's name as it is usually spaced."""
    words = statement.removeprefix("import").rstrip(";").split()
    static = STATIC if words[:1] == ["static"] else ""
    return static + "".join(words[1:] if static else words)


def declared(buffer: Buffer) -> set[str]:
    """Return the names of the classes at a file's top."""
    names = (node.child_by_field_name("name") for node in buffer.root.named_children)
    return {buffer.text(name) for name in names if name is not None}


def layout_of(groups: Iterable[Sequence[Line]]) -> Layout:
    """Return which heads stand in which group, each in its order."""
    return tuple(tuple(dict.fromkeys(line.head for line in group)) for group in groups)


def groups_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return a file's imports as its blank lines part them."""
    groups = [[lines[0]]] if lines else []
    for upper, lower in pairwise(lines):
        if upper.node is None or lower.node is None or _apart(upper.node, lower.node):
            groups.append([lower])
        else:
            groups[-1].append(lower)
    return groups


def learnt_layout(buffers: Iterable[Buffer]) -> Layout:
    """Return the layout that the most of some files' imports show."""
    best: list[list[Line]] = []
    for buffer in buffers:
        groups = groups_of(import_lines(buffer))
        if _told(groups) > _told(best):
            best = groups
    return layout_of(best)


def arranged(texts: Iterable[str], layout: Layout) -> str:
    """Return the import statements of a new file, laid out as ``layout`` has them."""
    lines = sorted({text: Line(text) for text in texts}.values(), key=lambda line: line.text)
    places = [(_rank(line.head, layout), line) for line in lines]
    places.sort(key=lambda place: place[0])
    blocks = [
        "\n".join(f"import {line.text};" for _, line in group)
        for _, group in groupby(places, key=lambda place: place[0][0])
    ]
    return "\n\n".join(blocks)


def _told(groups: Sequence[Sequence[Line]]) -> tuple[int, int]:
    heads = {line.head for group in groups for line in group}
    return len(heads), sum(map(len, groups))


def _rank(head: str, layout: Layout) -> tuple[tuple[int, int], int]:
    """Return where a head's imports stand in a new file: its group, its place in the group."""
    for index, group in enumerate(layout):
        if head in group:
            ordered = in_order(group) or len(group) < 2
            return (index, 0), 0 if ordered else group.index(head)
    if head == "static":
        return (-1, 0), 0
    plain = [(len(group), -i) for i, group in enumerate(layout) if "static" not in group]
    if not plain:
        return (0, 0), 0
    if len(plain) == 1 or max(plain)[0] > 1:
        home = -max(plain)[1]
        group = layout[home]
        return (home, 0), 0 if in_order(group) else sum(each < head for each in group)
    above = [i for i, group in enumerate(layout) if _order(group[0]) < _order(head)]
    return (max(above, default=-1), 1 + _order(head)), 0


def _order(head: str) -> int:
    if head == "static":
        return len(ORDER) + 1
    return ORDER.index(head) if head in ORDER else len(ORDER)


# --- a file that is there ------------------------------------------------------------------------


def _insert(buffer: Buffer, line: Line, present: list[Line], style: ImportStyle) -> list[Insertion]:
    text = f"import {line.text};"
    if not present:
        return _first(buffer, text)
    groups = groups_of(present)
    group = _group_for(groups, line, style)
    if group is not None:
        return _into_group(buffer, group, line, text)
    layout = layout_of(groups)
    known = style.layout if any(line.head in each for each in style.layout) else layout
    mine = _rank(line.head, known)[0]
    above = [g for g, heads in zip(groups, layout, strict=True) if _rank(heads[0], known)[0] < mine]
    if above:
        last = above[-1][-1].node
        assert last is not None
        return [buffer.insert(buffer.source.line_end(trail(last).end_byte), f"\n\n{text}")]
    first = groups[0][0].node
    assert first is not None
    start = buffer.source.line_start(lead(first).start_byte)
    return [buffer.insert(max(start, len(buffer.source.bom)), f"{text}\n\n")]


def _group_for(groups: Sequence[list[Line]], line: Line, style: ImportStyle) -> list[Line] | None:
    """Return the group whose imports are the nearest in name; None for a group of its own."""
    best = max(groups, key=lambda group: max(_shared(each, line) for each in group))
    if max(_shared(each, line) for each in best):
        return best
    plain = [group for group in groups if group[0].head != "static"]
    if line.head == "static" or not plain:
        return None
    for heads in style.layout:
        if line.head in heads:
            return next((g for g in plain if {each.head for each in g} & {*heads}), None)
    mixed = [group for group in plain if len({each.head for each in group}) > 1]
    if mixed:
        return max(mixed, key=len)
    return plain[0] if len(plain) == 1 and not style.layout and len(plain[0]) < 2 else None


def _into_group(buffer: Buffer, group: Sequence[Line], line: Line, text: str) -> list[Insertion]:
    index = _index(group, line)
    if index == 0:
        top = group[0].node
        assert top is not None
        start = max(buffer.source.line_start(top.start_byte), len(buffer.source.bom))
        return [buffer.insert(start, f"{text}\n")]
    above = group[index - 1].node
    assert above is not None
    return [buffer.insert(buffer.source.line_end(trail(above).end_byte), f"\n{text}")]


def _index(group: Sequence[Line], line: Line) -> int:
    """Return where a line stands in a group: in its order, else behind its nearest kin."""
    for fold in (str, str.lower):
        if in_order([fold(each.text) for each in group]):
            return sum(fold(each.text) < fold(line.text) for each in group)
    near = max(_shared(each, line) for each in group)
    kin = [i for i, each in enumerate(group) if _shared(each, line) == near]
    return next((i for i in kin if line.text < group[i].text), kin[-1] + 1)


def _shared(one: Line, other: Line) -> int:
    """Return how many parts of two names agree, from the first."""
    if (one.head == "static") != (other.head == "static"):
        return 0
    count = 0
    for left, right in zip(one.text.split("."), other.text.split("."), strict=False):
        if left != right:
            break
        count += 1
    return count + (one.head == "static")


def _first(buffer: Buffer, text: str) -> list[Insertion]:
    package = next((n for n in buffer.root.children if n.type == "package_declaration"), None)
    if package is not None:
        end = buffer.source.line_end(trail(package).end_byte)
        following = trail(package).next_named_sibling
        close = following is not None and following.start_point.row == last_row(package) + 1
        return [buffer.insert(end, f"\n\n{text}" + "\n" * close)]
    code = next(iter(buffer.root.named_children), None)
    start = lead(code).start_byte if code is not None else len(buffer.data)
    return [buffer.insert(max(start, len(buffer.source.bom)), f"{text}\n\n")]


def _apart(upper: Node, lower: Node) -> bool:
    return lead(lower).start_point.row > last_row(trail(upper)) + 1
