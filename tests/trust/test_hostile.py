"""Hostile names, sources, manifests and special files: no traceback, no hang, nothing written.

    APIMOD_ALL=1 python -m pytest tests/trust/test_hostile.py    everything, in all languages

Without ``APIMOD_ALL`` it is a sample. ``APIMOD`` names an installed program to run instead.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

import cases
from trust import trees
from trust.figures import count
from trust.inputs import FIELDS, NAMES
from trust.running import run

EVERY = bool(os.environ.get("APIMOD_ALL"))
COMMANDS = (
    ("detect",),
    ("list", "--format", "json"),
    ("apply", "create-rest", "users", "name:string", "-n"),
    ("undo", "-n"),
)


def some(rows: Sequence[tuple[str, ...]], number: int) -> Sequence[tuple[str, ...]]:
    """Return all rows, or those whose names hash lowest."""
    if EVERY:
        return rows
    return sorted(rows, key=lambda row: zlib.crc32(" ".join(row).encode("utf-8", "surrogatepass")))[
        :number
    ]


CONTENTS = [
    (language, name, where)
    for language in trees.SEEDS
    for name in trees.content(language)
    for where in ("beside", "in the router's file", "manifests")
]
KINDS = [
    (language, kind, where)
    for language in trees.SEEDS
    for kind in trees.KINDS
    for where in ("beside", "in the router's file", "manifests")
    if EVERY or "100 MB" not in kind
]


def _state(root: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for folder, folders, names in os.walk(root):
        for name in (*folders, *names):
            info = (Path(folder) / name).lstat()
            size = info.st_size if stat.S_ISREG(info.st_mode) else 0
            found[str(Path(folder, name).relative_to(root))] = (info.st_mode, size)
    return found


def _places(language: str, where: str) -> list[str]:
    result = trees.RESULT[language]
    if where == "beside":
        return [name for name in trees.SOURCES[language] if name != result]
    return [result] if where != "manifests" else [*trees.MANIFESTS[language], *trees.SETTINGS]


def _held(root: Path) -> None:
    before = _state(root)
    for words in COMMANDS:
        ran = run(root, *words)
        assert not ran.wrong(), (words, ran.wrong(), ran.err[-500:])
        assert _state(root) == before, f"{words[0]} wrote"
        count("hostile", "runs over hostile sources, manifests and special files")


@pytest.mark.parametrize(("language", "name", "where"), some(CONTENTS, 6))
def test_contents(language: str, name: str, where: str, tmp_path: Path) -> None:
    trees.seed(tmp_path, language)
    data = trees.content(language)[name]()
    for place in _places(language, where):
        file = tmp_path / place
        old = file.read_bytes() + b"\n" if where == "in the router's file" else b""
        trees.put(file, old + data)
    _held(tmp_path)


@pytest.mark.parametrize(("language", "kind", "where"), some(KINDS, 6))
def test_special_files(language: str, kind: str, where: str, tmp_path: Path) -> None:
    trees.seed(tmp_path, language)
    for place in _places(language, where):
        trees.become(tmp_path / place, kind)
    _held(tmp_path)


GIVEN: list[tuple[str, ...]] = [(name,) for name in NAMES] + [("things", field) for field in FIELDS]


@pytest.mark.parametrize("case", ["fastapi-shop", "gin-shop"])
def test_names_and_fields(case: str, tmp_path: Path) -> None:
    cases.build(cases.load(case), tmp_path)
    cases.commit(tmp_path)
    before = cases.tree(tmp_path)
    for words in some(GIVEN, 12):
        given = [word.replace("\ud800", "\udcff") for word in words]
        ran = run(tmp_path, "apply", "create-rest", "-n", "--", *given)
        assert not ran.wrong(), (given, ran.wrong(), ran.err[-500:])
        assert cases.tree(tmp_path) == before
        count("hostile", "hostile names and fields")
