"""What others wrote reaches a terminal as text only."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apimod.model import Endpoint
from apimod.printable import clean
from apimod.review import terminal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("\x9b2J", "\\x9b2J"),
        ("ad\u202emin", "ad\\u202emin"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("é用户🦀", "é用户🦀"),
        ("\r", "\\x0d"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_moves_or_hides_is_spelt_out(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_nothing_that_steers_is_left(text: str) -> None:
    kinds = {unicodedata.category(c) for c in clean(text) if c not in "\t\n"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(c) for c in clean(text)} & {"RLO", "LRO", "RLI", "LRE"}


def test_a_table_and_a_diff_show_text_only() -> None:
    evil = "\x1b[2J\u202e[red]x[/red]"
    row = Endpoint("rest", "GET", f"/{evil}", evil, evil, f"shop{evil}", f"{evil}.py", 1)
    shown = terminal.listing([row], colour=False, width=200)
    assert "\x1b" not in shown and "\u202e" not in shown
    assert "[red]" in shown, "names are not markup"
    patch = f"diff --git a/{evil} b/{evil}\n@@ -0,0 +1 @@\n+{evil}\n".encode()
    assert "\x1b" not in terminal.diff(patch, colour=False)
    assert "\u202e" not in terminal.diff(patch, colour=True)
