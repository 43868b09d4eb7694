"""The small projects under ``tests/listing``: exactly the endpoints that each serves."""

from __future__ import annotations

from pathlib import Path

import pytest
from listing_cases import CASES, ENDPOINTS, UNRESOLVED, defaults, listed, sections, shown, wanted


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_exactly_these_endpoints(case: Path, tmp_path: Path) -> None:
    files = sections(case)
    expected = wanted(files.pop(ENDPOINTS))
    found, unresolved = listed(tmp_path, files)
    lost = expected.count((UNRESOLVED, {}))
    rows = [(row, defaults(said)) for row, said in expected if row != UNRESOLVED]
    assert sorted(f"{e.method} {e.path}" for e in found) == sorted(row for row, _ in rows)
    assert unresolved == lost
    for row, said in rows:
        same = [e for e in found if f"{e.method} {e.path}" == row]
        facts = [{key: shown(e, key) for key in said} for e in same]
        assert said in facts, f"{row}: {facts}"
