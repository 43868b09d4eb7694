"""package.json: what it declares, its name, and the package manager that its lock file shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from apimod.manifests.model import Dependency, Group, line_at, normalise

TABLES: dict[str, Group] = {
    "dependencies": "main",
    "peerDependencies": "main",
    "optionalDependencies": "optional",
    "devDependencies": "dev",
}
LOCKS = {
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lock": "bun",
    "bun.lockb": "bun",
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
}
"""The managers by the lock files that they keep."""


def read(text: str) -> dict[str, Any]:
    """Return the file as a table; an empty one where it is broken."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield what the tables of dependencies list."""
    data = read(text)
    for table, group in TABLES.items():
        listed = data.get(table)
        for name, constraint in listed.items() if isinstance(listed, dict) else ():
            found = re.search(rf'"{re.escape(name)}"\s*:\s*"', text)
            line = line_at(text, found.start()) if found else 1
            yield Dependency(normalise(name), str(constraint), file, line, group)


def name(text: str) -> str:
    """Return the package's name; ``""`` if it has none."""
    found = read(text).get("name")
    return found if isinstance(found, str) else ""


def declared_manager(text: str) -> str:
    """Return the manager that ``packageManager`` names."""
    found = read(text).get("packageManager")
    return found.partition("@")[0] if isinstance(found, str) else ""
