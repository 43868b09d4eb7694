"""Cargo.toml: the package's name, and what it needs, the workspace's table filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from apimod.manifests.model import Dependency, Group, line_at
from apimod.manifests.toml import parse, table
from apimod.paths import folder_of, join

_GROUPS: tuple[tuple[str, Group], ...] = (
    ("dependencies", "main"),
    ("build-dependencies", "dev"),
    ("dev-dependencies", "dev"),
)
INHERITED = "workspace"
"""The constraint of a dependency that the workspace's manifest describes."""


def name(text: str, file: str) -> str:
    """Return the package's name; ``""`` without one."""
    given = table(parse(text, file, lenient=True), "package").get("name")
    return str(given or "")


def dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield the direct dependencies, those for some targets too; features are their extras."""
    content = parse(text, file)
    tables = [content, *(t for t in table(content, "target").values() if isinstance(t, dict))]
    for given in tables:
        for key, group in _GROUPS:
            for named, value in table(given, key).items():
                yield _dependency(named, value, text, file, group)


def inherited(text: str, file: str) -> dict[str, Dependency]:
    """Return what a workspace's manifest describes for its members, by name."""
    content = table(parse(text, file, lenient=True), "workspace", "dependencies")
    return {k: _dependency(k, v, text, file, "main") for k, v in content.items()}


def _dependency(named: str, value: Any, text: str, file: str, group: Group) -> Dependency:
    given: Mapping[str, Any] = value if isinstance(value, dict) else {"version": value}
    real = str(given.get("package", named))
    version = INHERITED if given.get("workspace") else str(given.get("version", ""))
    extras = tuple(str(f) for f in given.get("features", ()) or ())
    path = given.get("path")
    local = join(folder_of(file), str(path)) if path else str(given.get("git") or "")
    return Dependency(real, version, file, _line(text, named), group, extras, local)


def _line(text: str, named: str) -> int:
    key = rf"[\"']?{re.escape(named)}[\"']?"
    shape = re.compile(
        rf"^[ \t]*{key}[ \t]*[.=]|^[ \t]*\[[^\]\n]*dependencies\.{key}\s*\]", re.MULTILINE
    )
    tables = re.compile(r"^[ \t]*\[[^\]\n]*dependencies", re.MULTILINE).search(text)
    found = shape.search(text, tables.start() if tables else 0)
    return line_at(text, found.end() - 1) if found else 1


def completed(root: Path, found: Iterator[Dependency]) -> Iterator[Dependency]:
    """Yield dependencies with what the workspace's manifest says of them."""
    known: dict[str, dict[str, Dependency]] = {}
    for each in found:
        if each.constraint != INHERITED:
            yield each
            continue
        folder = folder_of(each.file)
        if folder not in known:
            known[folder] = _above(root, folder)
        base = known[folder].get(each.name)
        extras = (*base.extras, *each.extras) if base is not None else each.extras
        constraint, local = (base.constraint, base.local) if base is not None else ("", "")
        yield replace(each, constraint=constraint, extras=extras, local=local)


def shared(root: Path, folder: str) -> dict[str, Dependency]:
    """Return what the workspace above a package's folder describes for its members, by name."""
    return _above(root, folder) if folder != "." else {}


def _above(root: Path, folder: str) -> dict[str, Dependency]:
    while True:
        file = join(folder, "Cargo.toml")
        try:
            text = (root / file).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            text = ""
        if re.search(r"^[ \t]*\[workspace", text, re.MULTILINE):
            return inherited(text, file)
        if folder == ".":
            return {}
        folder = folder_of(folder)
