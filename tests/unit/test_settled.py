"""A formatter's new layout of a changed file, as replaced blanks and insertions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apimod.languages.rust_edit import RUST
from apimod.planning.output_rust import format_rust
from apimod.planning.settled import changes
from apimod.source import Source

OLD = "use a::b;\n\nfn f() {\n    x.one(1).two(2);\n}\n"
NEW = "use a::{b, c};\n\nfn f() {\n    x.one(1)\n        .two(2) // why\n        .three(3);\n}\n"


def applied(old: str, new: str) -> str | None:
    found = changes(Source("a.rs", old.encode()), Source("a.rs", new.encode()), RUST.grammar)
    if found is None:
        return None
    data = old.encode()
    for span, text in reversed(found):
        assert not data[span.start : span.end].strip()
        data = data[: span.start] + text + data[span.end :]
    return data.decode()


def test_only_blanks_are_replaced() -> None:
    assert applied(OLD, NEW) == NEW
    assert applied(OLD, OLD) == OLD


def test_a_token_that_would_be_lost() -> None:
    assert applied(OLD, NEW.replace("two", "deux")) is None


@given(st.lists(st.sampled_from(["a", "b;", "\n", " ", "// c\n"])), st.integers(0, 9))
def test_what_is_put_in(pieces: list[str], at: int) -> None:
    old = "fn f() { " + " ".join(pieces) + "\n}\n"
    new = "fn f() {\n" + " ".join([*pieces[:at], "new();", *pieces[at:]]) + " \n}\n"
    assert applied(old, new) == new


@pytest.mark.skipif(shutil.which("rustfmt") is None, reason="needs rustfmt")
def test_the_edition_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "a"\nedition = "2024"\n')
    text = "use a::{b, C};\n"
    assert format_rust(text, tmp_path / "src/x.rs", tmp_path) == "use a::{C, b};\n"
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "a"\nedition = "2021"\n')
    assert format_rust(text, tmp_path / "src/x.rs", tmp_path) == text
