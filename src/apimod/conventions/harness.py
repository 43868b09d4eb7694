"""How tests that call the application without a network set it up."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from apimod.conventions.model import TestStyle

if TYPE_CHECKING:
    from apimod.conventions.anatomy import Anatomy
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source


def harness(study: Study, words: Renamer, parts: Anatomy) -> tuple[TestStyle, Source | None]:
    """Return the style of the tests, and the sibling's own test file."""
    tests = [p for p in study.code.paths if study.language.is_test(p) and study.inside(p)]
    named = sorted(p for p in tests if words.mentions(PurePosixPath(p).stem))
    source = study.code.source(named[0]) if named else None
    del parts
    return TestStyle(), source
