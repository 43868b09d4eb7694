"""One requirement as PEP 508 writes it: ``name[extra] >=1,<2 ; marker`` or ``name @ url``."""

from __future__ import annotations

import re

from apimod.manifests.model import Dependency, Group, normalise

_REQUIREMENT = re.compile(
    r"\s*(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*"
    r"(?:\[(?P<extras>[^\]]*)\])?\s*(?:@\s*(?P<url>\S+)|(?P<constraint>[(<>=!~^][^;]*)?)\s*(?:;.*)?",
    re.DOTALL,
)
_DEV = re.compile(r"dev|tests?|testing|lint|linting|typing|types|docs?|ci|qa|check|format|style")


def read(text: str, file: str, line: int, group: Group = "main") -> Dependency | None:
    """Return the dependency that a requirement declares; None if it is none."""
    found = _REQUIREMENT.fullmatch(text)
    if found is None:
        return None
    extras = tuple(normalise(e.strip()) for e in (found["extras"] or "").split(",") if e.strip())
    constraint = re.sub(r"\s+", "", found["constraint"] or "").strip("()")
    return Dependency(
        normalise(found["name"]), constraint, file, line, group, extras, found["url"] or ""
    )


def group_of(name: str) -> Group:
    """Return the group that an extra, or a file of requirements, stands for by its name."""
    words = re.split(r"[^a-z]+", name.lower())
    return "dev" if any(_DEV.fullmatch(word) for word in words) else "main"
