"""The lesson of a project whose handlers are functions of typed parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apimod.conventions.typed import taught, untaught
from apimod.planning.teach import Lesson

if TYPE_CHECKING:
    from apimod.conventions.model import Conventions
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer


def typed_lesson(
    study: Study, sibling: Sibling | None, words: Renamer | None, param: str, units: frozenset[str]
) -> Lesson:
    """Ask every question of the sibling; ``units`` are those in use."""
    if sibling is None or words is None:
        return Lesson(_general(study, untaught(study, param), units))
    found = taught(study, sibling, words, param)
    return Lesson(
        _general(study, found.conventions, units),
        found.parts,
        found.parameters,
        found.model,
        bodies=found.bodies,
    )


def _general(study: Study, conventions: Conventions, units: frozenset[str]) -> Conventions:
    """Add what the whole project teaches, whichever sibling is followed."""
    from apimod.conventions.tools import logger

    return replace(conventions, log=conventions.log or logger(study, units))
