"""Small projects under ``tests/listing``, and exactly the endpoints that each serves.

A case is one text file: a line that says what it is about, then the project's files, each after a
line ``-- path --``, and last the endpoints after ``-- endpoints --``: ``METHOD /path``, and after it
what else is to be so: ``protocol=websocket``, ``auth=true|false|null``, ``mounted=false``,
``handler=…``, ``middleware=a,b``, ``unresolved`` for a line of its own. The files are written to
disk and listed as ``apimod list`` would do.
"""

from __future__ import annotations

import re
from pathlib import Path

from apimod.cli import services
from apimod.model import Endpoint
from apimod.workspace import Workspace

FOLDER = Path(__file__).parents[1] / "listing"
CASES = sorted(FOLDER.glob("*/*.txt"))
SECTION = re.compile(r"^-- (.+) --\n", re.MULTILINE)
ENDPOINTS = "endpoints"
UNRESOLVED = "unresolved"


def sections(case: Path) -> dict[str, str]:
    """Return the files of a case, and its endpoints, by the names of its sections."""
    _, *parts = SECTION.split(case.read_text())
    return dict(zip(parts[::2], parts[1::2], strict=True))


def wanted(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return ``METHOD /path`` of every line, and what else it says."""
    out = []
    for line in text.splitlines():
        words = line.partition("#")[0].split() if not line.startswith("/") else line.split()
        if words:
            head = [w for w in words if not re.match(r"\w+=", w)]
            out.append((" ".join(head), dict(w.split("=", 1) for w in words[len(head) :])))
    return out


def shown(endpoint: Endpoint, key: str) -> str:
    """Return how a line says one of an endpoint's facts."""
    if key == "middleware":
        return ",".join("".join(name.split()) for name in endpoint.middleware)
    value = getattr(endpoint, key)
    return {True: "true", False: "false", None: "null"}.get(value, str(value))


def defaults(said: dict[str, str]) -> dict[str, str]:
    """Return what a line says, and what it means by saying nothing."""
    return {"protocol": "rest", "mounted": "true"} | said


def listed(root: Path, files: dict[str, str]) -> tuple[list[Endpoint], int]:
    """Write a project and list it; return the endpoints and the number of what is unresolved."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    found = services.listing(Workspace.find(root), ".")
    return found.endpoints, len(found.unresolved)
