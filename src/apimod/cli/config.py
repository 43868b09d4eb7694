"""``.apimod/config.toml``: the answers that a workspace keeps, so that nothing is asked twice.

    [defaults]                                 for every project
    [project."services/shop"]                  for one
    [resource.people]                          for one resource, as it is called on the command line
    [project."services/shop".resource.people]  for one resource in one project

The later of these win, and a flag wins over all. Consent (``--yes``, ``--allow-dirty``) is never
kept in a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from apimod import names
from apimod.errors import UsageError
from apimod.inside import read_regular
from apimod.manifests.toml import loads

FILE = ".apimod/config.toml"
LARGEST = 1 << 20
ANSWERS = ("framework", "into", "like", "path", "only", "orm", "auth", "singular", "plural")
_RESOURCE_ONLY = ("path", "singular", "plural")
_CHOICE = ("projects", "all")

Table = Mapping[str, Any]


class Config(Struct, frozen=True):
    """What the file says; empty where there is none."""

    tables: Table = field(default_factory=dict)

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects that ``apply`` takes where none is named."""
        return tuple(self.tables.get("defaults", {}).get("projects", ()))

    @property
    def all(self) -> bool:
        """Whether ``apply`` takes every project where none is named."""
        return bool(self.tables.get("defaults", {}).get("all", False))

    def answers(self, project: str, resource: str) -> dict[str, str]:
        """Return the kept answers for a resource in a project."""
        mine = self.tables.get("project", {}).get(project, {})
        found: dict[str, str] = {}
        for table in (
            self.tables.get("defaults", {}),
            _of_resource(self.tables, resource),
            mine,
            _of_resource(mine, resource),
        ):
            found |= {key: _text(table[key]) for key in ANSWERS if key in table}
        return found


def load(root: Path) -> Config:
    """Return the workspace's configuration. Raises UsageError with the key at fault."""
    try:
        data = read_regular(root / FILE)
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except OSError as error:
        raise UsageError(f"can't be read: {error.strerror}", where=FILE) from error
    if data is None or len(data) > LARGEST:
        what = "is not a regular file" if data is None else "is larger than 1 MiB"
        raise UsageError(what, where=FILE)
    try:
        tables = loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError("is not UTF-8", where=FILE) from error
    except ValueError as error:
        raise UsageError(f"is not valid TOML: {error}", where=FILE) from error
    _check(tables)
    return Config(tables)


def _of_resource(table: Table, resource: str) -> Table:
    words = names.words(resource)
    for name, kept in table.get("resource", {}).items():
        if names.words(name) == words:
            return dict(kept)
    return {}


def _text(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def _check(tables: Table) -> None:
    _keys(tables, "", ("defaults", "project", "resource"))
    projects = _table(tables.get("project", {}), "project")
    _answers(_table(tables.get("defaults", {}), "defaults"), "defaults", _CHOICE)
    _resources(tables, "resource")
    for name, table in projects.items():
        where = f'project."{name}"'
        _answers(_table(table, where), where, ("resource",))
        _resources(table, f"{where}.resource")


def _resources(table: Table, where: str) -> None:
    for name, kept in _table(table.get("resource", {}), where).items():
        _answers(_table(kept, f"{where}.{name}"), f"{where}.{name}", (), resource=True)


def _answers(table: Table, where: str, more: tuple[str, ...], *, resource: bool = False) -> None:
    known = tuple(key for key in ANSWERS if resource or key not in _RESOURCE_ONLY)
    _keys(table, where, (*known, *more))
    for key, value in table.items():
        if key == "resource":
            continue
        if key == "all":
            fits, what = isinstance(value, bool), "true or false"
        elif key in ("only", "projects"):
            fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
            what = "a list of strings"
        else:
            fits, what = isinstance(value, str), "a string"
        if not fits:
            raise UsageError(f"{where}.{key} must be {what}", where=FILE)


def _keys(table: Table, where: str, known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            place = f"{where}.{key}" if where else key
            only = ""
            if key in _RESOURCE_ONLY:
                only = f"; {key} belongs into a table [resource.NAME]"
            advice = f"known: {', '.join(known)}{only}"
            raise UsageError(f"the key {place!a} is unknown", where=FILE, advice=advice)


def _table(value: Any, where: str) -> Table:
    if not isinstance(value, dict):
        raise UsageError(f"{where} must be a table", where=FILE)
    return value
