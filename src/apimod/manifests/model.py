"""The values that all manifest families share."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

Group = Literal["main", "dev", "optional"]


class Dependency(Struct, frozen=True):
    """One direct dependency, and the line that declares it."""

    name: str
    """Normalised (PEP 503) in Python, the module's path in Go."""
    constraint: str
    """As written: ``>=1,<2``, ``^4.1``, ``v1.9.0``; ``""`` for any version."""
    file: str
    line: int
    group: Group = "main"
    extras: tuple[str, ...] = ()
    local: str = ""
    """The folder or URL that stands in for a published package; ``""`` as a rule."""


def normalise(name: str) -> str:
    """Return a Python distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def line_at(text: str, offset: int) -> int:
    """Return the line, from 1, of a character of ``text``."""
    return text.count("\n", 0, offset) + 1
