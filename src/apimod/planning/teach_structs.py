"""The lesson of a project whose siblings are structs and functions over a context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.model import Conventions
from apimod.conventions.structs import taught, untaught
from apimod.planning.teach import Lesson

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer


def struct_lesson(
    study: Study, sibling: Sibling | None, words: Renamer | None, param: str, units: frozenset[str]
) -> Lesson:
    """Ask every question of the sibling; ``units`` are those in use."""
    if sibling is None or words is None:
        return Lesson(_general(study, untaught(study, param), units))
    found = taught(study, sibling, words, param)
    return Lesson(
        _general(study, found.conventions, units),
        found.parts,
        {},
        found.model,
        found.test_file,
        anatomy=found.anatomy,
        statuses=found.statuses,
        bodies=found.bodies,
        read=found.read,
        documented=found.documented,
        set_up=found.set_up,
    )


def _general(study: Study, conventions: Conventions, units: frozenset[str]) -> Conventions:
    """Add what the whole project teaches, whichever sibling is followed."""
    from apimod.conventions.tools import hasher, logger

    return replace(
        conventions, hash=hasher(study, units), log=conventions.log or logger(study, units)
    )
