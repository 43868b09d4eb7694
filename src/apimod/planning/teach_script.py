"""What a sibling teaches where its parts are modules: where they lie, and what each is like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.conventions.modules import taught, untaught
from apimod.planning.teach import Lesson

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer


def script_lesson(
    study: Study, sibling: Sibling | None, words: Renamer | None, param: str, units: frozenset[str]
) -> Lesson:
    """Ask every question of the sibling; ``units`` are those in use."""
    if sibling is None or words is None:
        return Lesson(untaught(study, param, units))
    found = taught(study, sibling, words, param, units)
    return Lesson(
        found.conventions,
        found.parts,
        statuses=found.statuses,
        test_file=found.test_file,
        standing=found.chain,
    )
