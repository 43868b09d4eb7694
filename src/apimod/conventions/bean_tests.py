"""The tests of a sibling, where each class of tests has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source


def test_of(study: Study, words: Renamer) -> Source | None:
    """Return the file that tests the sibling's endpoints; None where there is none."""
    routes = study.codemod.role("routes").words
    found = []
    for path in study.tests:
        stem = path.rpartition("/")[2].partition(".")[0]
        if words.mentions(stem):
            found.append((not any(w in stem.lower() for w in routes), path))
    return study.code.source(min(found)[1]) if found else None


test_of.__test__ = False  # type: ignore[attr-defined]
