"""The tests of a sibling, where each class of tests has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod import names

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

LAYERS = ("model", "schema", "repository", "service", "mapper")
"""The roles whose own tests show nothing of endpoints."""


def test_of(study: Study, words: Renamer) -> Source | None:
    """Return the file that tests the sibling's endpoints; None where there is none."""
    routes = study.codemod.role("routes").words
    layers = {w for role in study.codemod.roles if role.name in LAYERS for w in role.words}
    found = []
    for path in study.tests:
        stem = path.rpartition("/")[2].partition(".")[0]
        said = set(names.words(stem))
        if words.mentions(stem) and not said & layers:
            found.append((not said & set(routes), path))
    return study.code.source(min(found)[1]) if found else None


test_of.__test__ = False  # type: ignore[attr-defined]
