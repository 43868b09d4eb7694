"""The ``[detect]`` table of a matcher: by which signs a library is recognised.

``matchers/README.md`` describes each key with an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import fields

from apimod.errors import PackError

DECLARED_IS_ENOUGH = frozenset(("test", "formatter", "linter", "database"))
"""The kinds that are in use once a manifest declares them; the others must be imported."""


class UnitLike(Protocol):
    """What detection needs of a pack's unit."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def tables(self) -> Mapping[str, Any]: ...


class Signs(Struct, frozen=True):
    """By what one fact is recognised; each field is a key of the table."""

    unit: str
    kind: str
    fact: str
    packages: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


_LISTS = frozenset(f.name for f in fields(Signs)) - {"unit", "kind", "fact"}


def signs_of(unit: UnitLike) -> tuple[Signs, ...]:
    """Return the signs that a unit's ``[detect]`` gives, those of ``[[detect.also]]`` too."""
    table = unit.tables.get("detect")
    if table is None:
        return ()
    where = f"matchers/{unit.name}.toml"
    own = {key: value for key, value in table.items() if key != "also"}
    return (
        _signs(unit, own, where),
        *(_signs(unit, also, where) for also in _also(table, where)),
    )


def _also(table: Mapping[str, Any], where: str) -> Iterator[Mapping[str, Any]]:
    rows = table.get("also", [])
    if not isinstance(rows, list):
        raise PackError("detect.also is not a list of tables", where=where)
    for row in rows:
        if not isinstance(row, dict) or not {"kind", "fact"} <= row.keys():
            raise PackError("a detect.also lacks kind or fact", where=where)
        yield row


def _signs(unit: UnitLike, table: Mapping[str, Any], where: str) -> Signs:
    lists: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        if key in ("kind", "fact"):
            if not isinstance(value, str):
                raise PackError(f"detect.{key} is not a string", where=where)
        elif key not in _LISTS:
            known = ", ".join(sorted(_LISTS | {"kind", "fact", "also"}))
            raise PackError(f"has the unknown key detect.{key}", where=where, advice=known)
        elif not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise PackError(f"detect.{key} is not a list of strings", where=where)
        else:
            lists[key] = tuple(value)
    return Signs(
        unit.name, str(table.get("kind", unit.kind)), str(table.get("fact", unit.name)), **lists
    )
