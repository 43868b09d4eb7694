"""Which patterns of a query a project needs at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from listing_cases import CASES, ENDPOINTS, listed, sections

from apimod import match, queries


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ('(call function: (identifier) @_f (#eq? @_f "use")) @mount', [{"use"}]),
        ('(call (identifier) @_f (#any-of? @_f "get" "put")) @route', [{"get", "put"}]),
        ('(call (identifier)? @_f (#eq? @_f "use")) @mount', []),
        ('(call (name (identifier) @_f)* (#eq? @_f "use")) @mount', []),
        ('(call [(identifier) (member (identifier) @_f)] (#eq? @_f "use")) @mount', []),
        ('(call [(identifier) (member)] @_f (#eq? @_f "use")) @mount', [{"use"}]),
        ('(call (a)? (identifier) @_f (#eq? @_f "use")) @mount', [{"use"}]),
        ('(call "(" (identifier) @_f ")" (#eq? @_f "use")) @mount', [{"use"}]),
        ('(call (identifier)+ @_f (#eq? @_f "use")) @mount', [{"use"}]),
        ('(call (identifier) @_f (#not-eq? @_f "use")) @mount', []),
        ('(call (identifier) @_f (#match? @_f "use$")) @mount', [{"use"}]),
        ('(call (identifier) @_f (#match? @_f "^is_(a|b)$")) @mount', [{"is_a", "is_b"}]),
        ('(call (identifier) @_f (#match? @_f "(Header|Cookie)")) @mount', [{"Header", "Cookie"}]),
        ('(call (identifier) @_f (#match? @_f "(a|)$")) @mount', []),
        ('(call (identifier) @_f (#match? @_f "(?i)use")) @mount', []),
        ('(call (identifier) @_f (#match? @_f "[uU]se")) @mount', []),
        ('(call (identifier) @_f (#match? @_f "a|b")) @mount', []),
        ('(call (identifier) @_f (#match? @_f "use?")) @mount', []),
        ('(call (string) @_f (#eq? @_f "\\"use\\"")) @mount', []),
        ('(a (identifier) @_f) @x ; (#eq? @_f "use")', []),
    ],
)
def test_a_pattern_asks_for_the_texts_that_its_every_match_holds(
    pattern: str, texts: list[set[str]]
) -> None:
    found = [{one.decode() for one in some} for some in queries.needs(pattern)]

    assert found == texts


@pytest.mark.parametrize("case", CASES[::6], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_what_is_left_out_would_have_found_nothing(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sections(case)
    files.pop(ENDPOINTS)
    spared = listed(tmp_path, files)
    monkeypatch.setattr(queries, "FEW", -1)
    monkeypatch.setattr(match, "QUERIES", queries.Queries())

    assert listed(tmp_path, files) == spared
