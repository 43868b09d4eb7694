"""What a copy would name and the new files do not define: it is not copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from apimod.analogy_file import File
from apimod.analogy_pick import Pick
from apimod.analogy_wires import Wires
from apimod.languages.buffer import Buffer, Part
from apimod.languages.outline import Outline
from apimod.rename import Renamer


class Kept(Struct, frozen=True):
    """The picks that can be copied, and the nodes that cannot, with the name that is missing."""

    picks: Mapping[str, Sequence[Pick]]
    dropped: Sequence[tuple[File, Part, str]]
    gone: frozenset[str]
    """The sibling's names that have no counterpart."""


def defined_names(buffers: Iterable[Buffer], outline: Outline) -> frozenset[str]:
    """Return what files define at their top, for ``Wiring.defined``."""
    return frozenset(
        name
        for buffer in buffers
        for bound in outline.bindings(buffer)
        if bound.top
        for name in bound.names
    )


def keep_defined(
    files: Mapping[str, File],
    picks: Mapping[str, Sequence[Pick]],
    ours: Wires,
    renamer: Renamer,
    defined: frozenset[str],
) -> Kept:
    """Drop the picks that need what is not ``defined``, and those that need what they bind."""
    gone = {
        name
        for name in (*ours.own_symbols, *_staying(files, picks, ours))
        if renamer.identifier(name) not in defined
    }
    dropped: dict[tuple[str, int], tuple[File, Part, str]] = {}
    while True:
        fresh = [
            (file, node, name)
            for path, file in files.items()
            for pick in picks.get(path, ())
            for node in pick.own
            if (path, node.start_byte) not in dropped
            and (name := _first_of(file, node, gone)) is not None
        ]
        if not fresh:
            break
        for file, node, name in fresh:
            dropped[file.path, node.start_byte] = (file, node, name)
            gone |= _bound_in(file, node, ours)
    left = {
        path: [
            replace(pick, nodes=nodes)
            for pick in found
            if (
                nodes := tuple(
                    node
                    for node, own in zip(pick.nodes, pick.own, strict=True)
                    if (path, own.start_byte) not in dropped
                )
            )
        ]
        for path, found in picks.items()
    }
    return Kept(left, list(dropped.values()), frozenset(gone))


def _staying(
    files: Mapping[str, File], picks: Mapping[str, Sequence[Pick]], ours: Wires
) -> Iterator[str]:
    """Yield the names of the sibling's functions in shared files that are not copied."""
    for path, file in files.items():
        spans = [(n.start_byte, n.end_byte) for pick in picks.get(path, ()) for n in pick.nodes]
        kinds = file.outline.functions | file.outline.classes
        for bound in file.bindings:
            closures = [v for v in bound.values if v.type in file.outline.closures]
            if not bound.top or (bound.node.type not in kinds and not closures):
                continue
            start = bound.node.start_byte
            if not any(left <= start < right for left, right in spans):
                yield from (name for name in bound.names if ours.named(name))


def _first_of(file: File, node: Part, names: set[str]) -> str | None:
    kinds = ("name", "member", "string")
    found = (leaf.text for leaf in file.leaves_in(node) if leaf.kind in kinds)
    return next((text for text in found if text in names), None)


def _bound_in(file: File, node: Part, ours: Wires) -> set[str]:
    """Return the names that a dropped statement or parameter would have bound."""
    return {
        name
        for bound in file.bindings
        if node.start_byte <= bound.node.start_byte and bound.node.end_byte <= node.end_byte
        for name in bound.names
        if ours.named(name)
    }
