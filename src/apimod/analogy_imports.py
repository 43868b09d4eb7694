"""The imports of a sibling, for the new resource."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from tree_sitter import Node

from apimod.analogy_file import File
from apimod.analogy_text import pragma
from apimod.analogy_wires import Wires
from apimod.insert import add_import
from apimod.languages.buffer import ImportNeed, ImportStyle
from apimod.languages.outline import ImportedName
from apimod.rename import Renamer


class ImportCopy(Struct, frozen=True):
    """An import of the sibling's: the name it binds, the name its copy binds, what that needs.

    ``need`` is None for an import inside a function, which is copied as the statement it is.
    ``needed`` says whether a copy in the file uses it, or nothing uses the sibling's either.
    """

    source: ImportedName
    old: str
    new: str
    need: ImportNeed | None
    needed: bool


def copied_imports(
    file: File,
    ours: Wires,
    renamer: Renamer,
    style: ImportStyle,
    spans: Sequence[tuple[int, int]],
    gone: frozenset[str] = frozenset(),
) -> list[ImportCopy]:
    """Return the copies of all imports that lead to the sibling; ``spans`` are what is copied.

    ``gone`` are names of the sibling's that the new resource has no counterpart of.
    """
    copies: list[ImportCopy] = []
    for each in ours.imports.get(file.path, ()):
        if each.name in gone or each.inline:
            continue
        need = _need(file, ours, each, renamer, style)
        if need == ImportNeed(each.module, each.name, None) or need is None:
            continue
        needed = _needed(file, each, spans)
        if not each.top or each.name == "*":
            copies.append(
                ImportCopy(each, each.local, renamer.identifier(each.local), None, needed)
            )
            continue
        local = add_import(file.buffer, need, style).local
        copies.append(ImportCopy(each, each.local, local, need, needed))
    return copies


def _need(
    file: File, ours: Wires, each: ImportedName, renamer: Renamer, style: ImportStyle
) -> ImportNeed | None:
    module = _module(each.module, renamer, style)
    if file.outline.imports_folders:
        alias = renamer.identifier(each.name) if each.name else None
        return ImportNeed(module, None, alias) if module != each.module else None
    name = each.name
    if name is not None:
        known = name in ours.symbols
        name = renamer.identifier(name) if known else _last(name, renamer)
    if (module, name) == (each.module, each.name):
        return None
    plain = each.local in (each.name, each.module)
    alias = None if plain else renamer.identifier(each.local)
    return ImportNeed(module, name, alias, pragma(file, each.statement))


def _module(module: str, renamer: Renamer, style: ImportStyle) -> str:
    """Return a module's name with the noun exchanged below the project's own prefix."""
    for prefix in sorted(style.own, key=len, reverse=True):
        if module.startswith((f"{prefix}/", f"{prefix}.")):
            return prefix + renamer.module(module[len(prefix) :])
    return renamer.module(module)


def _last(name: str, renamer: Renamer) -> str:
    return renamer.module(name) if name.islower() else renamer.identifier(name)


def _needed(file: File, each: ImportedName, spans: Sequence[tuple[int, int]]) -> bool:
    uses = [
        leaf.node
        for leaf in file.leaves
        if leaf.kind == "name" and leaf.text == each.local and not file.in_import(leaf.node)
    ]
    return not uses or any(_inside(node, spans) for node in uses)


def _inside(node: Node, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= node.start_byte < end for start, end in spans)
