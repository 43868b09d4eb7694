"""What stands before some paths only: whether a path lies at or below another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from apimod.graph import Use
    from apimod.urls import PathStyle

WILD = re.compile(r"\{[^{}]*\*\}")
SLASHED = re.compile(r"/.*[\\^$(.*].*/[a-z]*", re.DOTALL)
"""What is an expression in slashes, and no path."""
PARAMETER = re.compile(r"\{[^{}]+\}")


def below(under: str, path: str) -> bool | None:
    """Whether a path is ``under`` or lies below it; None where only some requests' paths do."""
    wanted = [s for s in under.split("/") if s]
    given = [s for s in path.split("/") if s]
    sure = True
    for index, segment in enumerate(wanted):
        if WILD.fullmatch(segment):
            return sure or None
        if index >= len(given):
            return False
        mine = given[index]
        if segment == mine or (PARAMETER.fullmatch(segment) and "{?" not in segment):
            continue
        if "{?" in segment or "{?" in mine:
            sure = False
        else:
            return False
    return True if sure else None


def spared(pattern: str, path: str) -> bool | None:
    """Whether a path is one that a pattern spares; None where that is not known."""
    if pattern == "?" or "{?" in pattern or "{?" in path:
        return None
    plain = PARAMETER.sub("x", path)
    if pattern.startswith("/") and pattern.rindex("/") > 0 and SLASHED.fullmatch(pattern):
        body, _, flags = pattern[1:].rpartition("/")
        try:
            return re.search(body, plain, re.IGNORECASE if "i" in flags else 0) is not None
        except re.error:
            return None
    return pattern.rstrip("/") == plain.rstrip("/") or pattern.rstrip("/") == path.rstrip("/")


def anchored(uses: Sequence[Use], style: PathStyle, parts: Sequence[str]) -> list[Use]:
    """Return what stands before some paths, with these in full."""
    return [
        replace(u, paths=tuple(style.join([*parts, p]) for p in u.paths)) if u.paths else u
        for u in uses
    ]


def applying(uses: Sequence[Use], path: str) -> list[Use]:
    """Return what stands before a path; what may is not sure to."""
    out: list[Use] = []
    for use in uses:
        spares = [spared(one, path) for one in use.spared]
        if True in spares:
            continue
        found = [below(under, path) for under in use.paths] or [True]
        if None in spares and True in found:
            out.append(replace(use, sure=False))
            continue
        if True in found:
            out.append(use)
        elif None in found:
            out.append(replace(use, sure=False))
    return out
