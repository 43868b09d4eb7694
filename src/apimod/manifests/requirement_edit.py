"""A further requirement in requirements files, setup.cfg and setup.py."""

from __future__ import annotations

import ast

from apimod.errors import Refused
from apimod.manifests import requirements, setup_files
from apimod.manifests.model import Dependency, Group
from apimod.manifests.text import (
    Insertion,
    Item,
    after,
    bare_name,
    in_array,
    insertion,
    newline,
    place,
    requirement,
)


def in_requirements(text: str, file: str, name: str, constraint: str) -> list[Insertion]:
    """Insert one line: in the order of a sorted file, else after the last requirement."""
    if requirements.is_compiled(text) or "--hash" in text:
        raise Refused(
            "a tool wrote this file of requirements, with every version in it",
            where=file,
            advice="add the dependency to the file that it is made from, and make it anew",
            snippet=f"{name}{constraint}",
        )
    starts = _line_starts(text)
    items, siblings = [], []
    for line in requirements.lines(text):
        found = list(requirements.read(line.text, file))
        if found and isinstance(found[0], Dependency):
            at = starts[line.number - 1]
            last = starts[min(line.last, len(starts)) - 1]
            items.append(Item(at, max(at, last), found[0].name))
            siblings.append(line.text)
    written = requirement(name, constraint, siblings)
    if not items:
        if not text.strip("\ufeff"):
            return [insertion(text, len(text), written + "\n")]
        if text.endswith("\n"):
            return [insertion(text, len(text), written + newline(text))]
        return [insertion(text, len(text), newline(text) + written)]
    at = place([item.name for item in items], bare_name(name))
    return [after(text, items, at, written)]


def in_setup_cfg(text: str, file: str, name: str, constraint: str, group: Group) -> list[Insertion]:
    """Insert one line into the list that ``install_requires``, or a test extra, is."""
    starts = _line_starts(text)
    items: list[Item] = []
    siblings: list[str] = []
    chosen = ""
    for section, key, value, line in setup_files.cfg_values(text):
        if setup_files.cfg_group(section, key) != group or (items and key != chosen):
            continue
        chosen = key
        at = starts[line - 1]
        if not text[at].isspace():
            break
        at += len(text[at:]) - len(text[at:].lstrip(" \t"))
        items.append(Item(at, at + len(value), bare_name(value)))
        siblings.append(value)
    if not items:
        raise _no_list(file, name, constraint)
    at = place([_plain(item.name) for item in items], _plain(name))
    lead = text[starts[_line_of(starts, items[0].start)] : items[0].start]
    return [after(text, items, at, lead + requirement(name, constraint, siblings))]


def in_setup_py(text: str, file: str, name: str, constraint: str) -> list[Insertion]:
    """Insert one string into the literal list that ``install_requires`` is."""
    found = setup_files.py_list(text)
    if found is None or found.end_lineno is None or found.end_col_offset is None:
        raise _no_list(file, name, constraint)
    shift = 1 if text.startswith("\ufeff") else 0
    starts = _line_starts(text)

    def at(line: int, column: int) -> int:
        start = starts[line - 1] + (shift if line == 1 else 0)
        return start + len(text[start:].encode()[:column].decode())

    items = [
        Item(
            at(each.lineno, each.col_offset),
            at(each.end_lineno or 0, each.end_col_offset or 0),
            _plain(ast.literal_eval(each)),
        )
        for each in found.elts
    ]
    siblings = [str(ast.literal_eval(each)) for each in found.elts]
    quote = text[items[0].start] if items and text[items[0].start] in "\"'" else '"'
    brackets = (
        at(found.lineno, found.col_offset),
        at(found.end_lineno, found.end_col_offset) - 1,
    )
    item = quote + requirement(name, constraint, siblings) + quote
    return in_array(text, brackets, items, _plain(name), item)


def _plain(name: str) -> str:
    """Return what a requirement is ordered by."""
    for index, character in enumerate(name):
        if not (character.isalnum() or character in "._-"):
            return name[:index].lower()
    return name.lower()


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _line_of(starts: list[int], at: int) -> int:
    return max(index for index, start in enumerate(starts) if start <= at)


def _no_list(file: str, name: str, constraint: str) -> Refused:
    return Refused(
        "the requirements are not a literal list",
        where=file,
        advice="add the dependency by hand",
        snippet=f"{name}{constraint}",
    )
