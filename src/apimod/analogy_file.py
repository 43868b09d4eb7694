"""A file as wiring by analogy sees it, and the functions of several files."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from tree_sitter import Node

from apimod.languages.buffer import Buffer, Part, walk
from apimod.languages.outline import Bound, ImportedName, LeafKind, Outline


class Leaf(Struct, frozen=True):
    """A token of a file that could name something."""

    node: Node
    kind: LeafKind
    text: str


class File:
    """A shared file: its leaves, what it binds and imports, worked out once."""

    def __init__(self, buffer: Buffer, outline: Outline) -> None:
        self.buffer = buffer
        self.outline = outline
        self.path = buffer.path
        self.imported: list[ImportedName] = list(outline.imported(buffer))
        self.bindings: list[Bound] = list(outline.bindings(buffer))
        self.leaves: list[Leaf] = []
        self.import_spans = _spans(each for each in self.imported if not each.inline)
        self.module_spans = _spans(self.imported)
        for node in walk(buffer.root):
            kind = "" if node.child_count else outline.leaf(node)
            if kind:
                self.leaves.append(Leaf(node, kind, buffer.text(node)))
        self._starts = [leaf.node.start_byte for leaf in self.leaves]

    def leaves_in(self, node: Part) -> list[Leaf]:
        """Return the leaves of a node."""
        first = bisect_left(self._starts, node.start_byte)
        return self.leaves[first : bisect_left(self._starts, node.end_byte)]

    def in_import(self, node: Node) -> bool:
        """Tell whether a node stands in an import."""
        return _within(self.import_spans, node)

    def names_module(self, node: Node) -> bool:
        """Tell whether a string stands where a module is named."""
        return _within(self.module_spans, node)


def _spans(imported: Iterable[ImportedName]) -> list[tuple[int, int]]:
    return sorted({(each.statement.start_byte, each.statement.end_byte) for each in imported})


def _within(spans: Sequence[tuple[int, int]], node: Node) -> bool:
    return any(start <= node.start_byte < end for start, end in spans)


def functions_named(files: Mapping[str, File], name: str) -> Iterator[tuple[File, Node]]:
    """Yield the parameters of each function of that name, a class's constructor among them."""
    for file in files.values():
        for each in file.bindings:
            if name in each.names and each.node.type in file.outline.functions:
                found = each.node.child_by_field_name("parameters")
                if found is not None:
                    yield file, found
            elif name in each.names and each.node.type in file.outline.classes:
                for node in walk(each.node):
                    if node.type in file.outline.functions and (
                        file.outline.constructs(file.buffer, node)
                    ):
                        found = node.child_by_field_name("parameters")
                        if found is not None:
                            yield file, found


def parameter_names(
    other: File, parameters: Node, file: File, argument: Node, index: int
) -> set[str]:
    """Return the names of the parameters that an argument may reach."""
    named = parameters.named_children
    key = file.outline.key(argument) if argument.type in file.outline.keyed else None
    wanted = file.buffer.text(key) if key is not None else ""
    names: set[str] = set()
    for place, parameter in enumerate(named):
        inner = next((n for n in walk(parameter) if other.outline.leaf(n) == "name"), None)
        if inner is None:
            continue
        text = other.buffer.text(inner)
        if text == wanted or (not wanted and abs(place - index) <= 1):
            names.add(text)
    return names
