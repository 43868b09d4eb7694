"""Finds a pack, reads its matchers and queries, and checks them.

A pack is a folder with ``queries/``, ``matchers/`` and ``codemods/``: content, and no code. The
repository's root is one, and so is ``apimod/_pack/`` inside an installed wheel.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from apimod.errors import PackError
from apimod.pack_schema import KINDS, REQUIRED, check_matcher

HEAD = re.compile(r'name = "([\w.+-]+)"\nkind = "([\w-]+)"\nlanguage = "(\w+)"\n')
"""How a matcher begins; one that begins otherwise is read at once."""
INHERITS = re.compile(r"^;+\s*inherits:\s*([\w ,./-]+?)\s*$", re.MULTILINE)


class Tables(Mapping[str, Any]):
    """The tables of a matcher, read and checked when one is first asked for.

    A program that meets one language does not read the matchers of all the others.
    """

    def __init__(self, file: Path, where: str) -> None:
        self._file = file
        self._where = where
        self._read: dict[str, Any] | None = None

    @property
    def all(self) -> dict[str, Any]:
        """The tables. Raises PackError."""
        if self._read is None:
            self._read = _tables(self._file, self._where)
        return self._read

    def __getitem__(self, key: str) -> Any:
        return self.all[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)


class Unit(Struct, frozen=True):
    """One library, as a matcher describes it: its kind, its language, and the closed tables."""

    name: str
    kind: str
    language: str
    tables: Mapping[str, Any]
    query: str = ""
    """The text of its query, with what it inherits; empty where it has none."""
    file: str = ""
    query_file: str = ""
    dialects: Mapping[str, str] = field(default_factory=dict)
    """The texts of its queries for other syntaxes of its language, by the syntax's name."""

    def __hash__(self) -> int:
        return hash((self.name, self.language))

    def text(self, dialect: str) -> str:
        """Return its query for a syntax."""
        return self.query if dialect == self.language else self.dialects.get(dialect, "")

    def table(self, name: str) -> dict[str, Any]:
        """Return the table of that name, or an empty one."""
        found = self.tables.get(name, {})
        return found if isinstance(found, dict) else {}

    def names(self, table: str, key: str) -> tuple[str, ...]:
        """Return the list of strings under ``table.key``, or an empty one."""
        return tuple(self.table(table).get(key, ()))


class Pack(Struct, frozen=True, dict=True):
    """A folder of content and the units that it describes."""

    root: Path
    units: tuple[Unit, ...]
    namespace: str = ""
    """What the names of its codemods begin with where they are asked for."""

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        """The units by their names."""
        return {unit.name: unit for unit in self.units}

    def of(self, kind: str, language: str = "") -> tuple[Unit, ...]:
        """Return the units of a kind, of one language where one is given."""
        return tuple(
            u for u in self.units if u.kind == kind and (not language or u.language == language)
        )


def builtin_root() -> Path:
    """Return the folder of the pack that comes with the program, installed or checked out."""
    here = Path(__file__).resolve().parent
    for root in (here / "_pack", here.parents[1]):
        if (root / "matchers").is_dir() and (root / "queries").is_dir():
            return root
    raise PackError("the built-in pack is missing", advice="install apimod again")


def load_pack(root: Path, *, lazy: bool = False) -> Pack:
    """Read every matcher under ``root``, check it, and give it its query.

    With ``lazy`` each is read and checked when something of it is asked for: for the pack that
    comes with the program, which tests have checked.
    """
    folder = root / "matchers"
    if not folder.is_dir():
        raise PackError("a pack has no folder matchers/", where=str(root))
    queries = {
        place.name: frozenset(file.stem for file in place.glob("*.scm"))
        for place in sorted((root / "queries").glob("*/"))
    }
    units = tuple(_unit(root, file, queries) for file in sorted(folder.glob("*.toml")))
    seen: dict[str, str] = {}
    for unit in units:
        if unit.name in seen:
            raise PackError(f"two matchers are named {unit.name!r}", where=unit.file)
        seen[unit.name] = unit.file
        if not lazy:
            len(unit.tables)
    return Pack(root, units)


def _unit(root: Path, file: Path, queries: Mapping[str, frozenset[str]]) -> Unit:
    where = f"matchers/{file.name}"
    tables: Mapping[str, Any] = Tables(file, where)
    head = HEAD.match(_text(file, where))
    name, kind, language = head.groups() if head else tuple(tables[key] for key in REQUIRED)
    if name != file.stem:
        raise PackError(f"name is {name!r}, but the file is {file.name}", where=where)
    texts = {
        syntax: _query(root, syntax, name, ()) for syntax, found in queries.items() if name in found
    }
    query_file = f"queries/{language}/{name}.scm"
    return Unit(name, kind, language, tables, texts.pop(language, ""), where, query_file, texts)


def _text(file: Path, where: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"can't be read: {error}", where=where) from error


def _tables(file: Path, where: str) -> dict[str, Any]:
    try:
        tables = tomllib.loads(_text(file, where))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackError(f"not valid TOML: {error}", where=where) from error
    check_matcher(tables, where)
    return tables


def _query(root: Path, language: str, name: str, stack: tuple[str, ...]) -> str:
    file = root / "queries" / language / f"{name}.scm"
    where = f"queries/{language}/{name}.scm"
    if name in stack:
        raise PackError(f"inherits itself by way of {' -> '.join((*stack, name))}", where=where)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"can't be read: {error}", where=where) from error
    parts = []
    for found in INHERITS.finditer(text):
        for parent in re.split(r"[\s,]+", found.group(1)):
            parts.append(_query(root, language, parent, (*stack, name)))
    return "\n".join((*parts, text))


__all__ = ["KINDS", "Pack", "Unit", "builtin_root", "load_pack"]
