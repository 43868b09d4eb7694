"""The page of guarantees is what the figures make it, and names tests that are there."""

from __future__ import annotations

import json
import re

from trust.figures import FIGURES, ROOT
from trust.guarantees import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make guarantees"


def test_every_test_that_it_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.-]+)`", PAGE.read_text("utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_figure_counts_something() -> None:
    for file in FIGURES.glob("*.json"):
        body = json.loads(file.read_text("utf-8"))
        assert set(body) >= {"promise", "test", "command", "figures"}
        assert all(row["count"] > 0 and row["what"] for row in body["figures"]), file.name
