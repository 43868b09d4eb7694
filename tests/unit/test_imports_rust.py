"""Imports of Rust: where they go, and when there is nothing to do."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from editing import result, rust
from hypothesis import given, settings
from hypothesis import strategies as st

from apimod.insert import add_import
from apimod.languages.buffer import ImportNeed, ImportStyle

OWN = ImportStyle(own=("shop",), package="crate::api")


def added(text: str, need: ImportNeed, style: ImportStyle = OWN) -> str:
    """Return the text with the import; a second time must change nothing."""
    buffer = rust(text)
    imported = add_import(buffer, need, style)
    new = result(buffer, imported.insertions)
    again = add_import(rust(new), need, style)
    assert again.insertions == ()
    assert again.local == imported.local
    return new


GROUPS = """\
use std::collections::HashMap;
use std::sync::Arc;

use actix_web::{App, HttpServer, web};
use sqlx::PgPool;

use crate::config::Config;
use crate::models::{Book, book};

fn f() {}
"""


@pytest.mark.parametrize(
    ("module", "name", "at"),
    [
        ("std.time", "Duration", "Arc;\nuse std::time::Duration;\n\n"),
        ("actix_web", "HttpResponse", "{App, HttpResponse, HttpServer, web}"),
        ("actix_web", "middleware", "{App, HttpServer, middleware, web}"),
        ("serde", "Serialize", "web};\nuse serde::Serialize;\nuse sqlx"),
        ("validator", "Validate", "PgPool;\nuse validator::Validate;\n\n"),
        ("crate::models", "User", "models::{Book, User, book}"),
        ("crate::models", "user", "models::{Book, book, user}"),
        ("crate::users", None, "book};\nuse crate::users;\n"),
        ("crate::config", "Other", "config::{Config, Other};"),
    ],
)
def test_a_name_takes_its_place(module: str, name: str | None, at: str) -> None:
    assert at in added(GROUPS, ImportNeed(module, name))


@pytest.mark.parametrize(
    ("old", "need", "new"),
    [
        ("", ImportNeed("a", "b"), "use a::b;\n"),
        ("fn f() {}\n", ImportNeed("a", "b"), "use a::b;\n\nfn f() {}\n"),
        (
            "//! Doc.\n#![warn(x)]\nmod c;\nfn f() {}\n",
            ImportNeed("a", "b"),
            "//! Doc.\n#![warn(x)]\nmod c;\n\nuse a::b;\n\nfn f() {}\n",
        ),
        ("//! Doc.\n/// F.\nfn f() {}\n", ImportNeed("a", "b"), "//! Doc.\nuse a::b;\n\n/// F.\nfn f() {}\n"),
        ("use a::b;\n", ImportNeed("a", "c"), "use a::{b, c};\n"),
        ("use a::b as d;\n", ImportNeed("a", "C"), "use a::{b as d, C};\n"),
        ("use a::b;\nuse a::d;\n", ImportNeed("a", "c"), "use a::b;\nuse a::c;\nuse a::d;\n"),
        ("use a::{b::C, d};\n", ImportNeed("a::e", "F"), "use a::{b::C, d, e::F};\n"),
        ("use a::{b, d};\n", ImportNeed("a::e", "F"), "use a::e::F;\nuse a::{b, d};\n"),
        ("use a::{self, b};\n", ImportNeed("a", "c"), "use a::{self, b, c};\n"),
        ("use a::{\n    b,\n    c,\n};\n", ImportNeed("a", "d"), "use a::{\n    b,\n    c,\n    d,\n};\n"),
        ("pub use a::b;\n", ImportNeed("a", "c"), "pub use a::b;\nuse a::c;\n"),
        ("#[cfg(x)]\nuse a::b;\n", ImportNeed("a", "b"), "#[cfg(x)]\nuse a::b;\nuse a::b as b_a;\n"),
        ("use super::models::A;\n", ImportNeed("crate::models", "B"), "use super::models::{A, B};\n"),
        ("mod c;\n\nuse c::A;\n", ImportNeed("crate::api::c", "B"), "mod c;\n\nuse c::{A, B};\n"),
        ("use a::b;\n", ImportNeed("a", "T", "_"), "use a::{b, T as _};\n"),
    ],
)  # fmt: skip
def test_forms(old: str, need: ImportNeed, new: str) -> None:
    assert added(old, need) == new


@pytest.mark.parametrize(
    ("text", "need", "local"),
    [
        ("use a::b;\n", ImportNeed("a", "b"), "b"),
        ("use a::b as c;\n", ImportNeed("a", "b"), "c"),
        ("use a::{b::{C, D}};\n", ImportNeed("a.b", "D"), "D"),
        ("use a::prelude::*;\n", ImportNeed("a::prelude", "X"), "X"),
        ("use a::prelude::*;\n", ImportNeed("a::prelude", "*"), "*"),
        ("use a::{self, b};\n", ImportNeed("a::b", None), "b"),
        ("use super::models::A;\n", ImportNeed("crate::models", "A"), "A"),
        ("", ImportNeed("uuid", None), "uuid"),
        ("struct A;\n", ImportNeed("crate::api", "A"), "A"),
    ],
)
def test_what_is_there_is_used(text: str, need: ImportNeed, local: str) -> None:
    imported = add_import(rust(text), need, OWN)
    assert (imported.local, imported.insertions) == (local, ())


def test_a_taken_name_gets_an_alias() -> None:
    assert "use crate::models::User as UserModel;" in added(
        "struct User;\n", ImportNeed("crate::models", "User")
    )
    assert "use crate::errors::Result as ResultError;" in added(
        "", ImportNeed("crate::errors", "Result")
    )


def test_the_order_of_the_file_s_style() -> None:
    old = added("use a::{b, C};\n", ImportNeed("a", "D"))
    new = added("use a::{C, b};\n", ImportNeed("a", "d"))
    assert (old, new) == ("use a::{b, C, D};\n", "use a::{C, b, d};\n")
    style = ImportStyle(edition="2024")
    assert added("use a::b;\n", ImportNeed("a", "C"), style) == "use a::{C, b};\n"


_NAMES = ["web", "App", "HttpServer", "MAX_SIZE", "a_b", "ab", "x10", "x9", "crate_x", "Json"]
_PATHS = st.builds(
    lambda *parts: "::".join(parts),
    st.sampled_from(["std", "crate", "super", "actix_web", "serde", "sqlx"]),
    st.sampled_from(["a", "b2", "b10", "models"]),
    st.sampled_from(_NAMES),
)


def _formatted(text: str, edition: str) -> str:
    command = ["rustfmt", "--edition", edition]
    run = subprocess.run(command, input=text, text=True, capture_output=True, check=True)
    return run.stdout


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(_PATHS, min_size=1, max_size=5, unique=True), max_size=3),
    st.lists(st.sampled_from(_NAMES), min_size=2, max_size=6, unique=True),
    _PATHS,
    st.sampled_from(["2021", "2024"]),
)
@pytest.mark.skipif(shutil.which("rustfmt") is None, reason="needs rustfmt")
def test_a_formatted_file_stays_so(
    groups: list[list[str]], names: list[str], path: str, edition: str
) -> None:
    lines = "\n\n".join("\n".join(f"use {each};" for each in group) for group in groups)
    text = f"{lines}\nuse tokio::{{{', '.join(names)}}};\n\nfn f() {{}}\n"
    text = _formatted(text, edition)
    module, _, name = path.rpartition("::")
    style = ImportStyle(edition=edition)
    for need in (ImportNeed(module, name), ImportNeed("tokio", "Duration")):
        text = added(text, need, style)
        assert _formatted(text, edition) == text
