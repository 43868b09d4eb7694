"""Imports of Java: where they go, and when there is nothing to do."""

from __future__ import annotations

import pytest
from editing import java, result
from hypothesis import given
from hypothesis import strategies as st

from apimod.insert import add_import, add_imports
from apimod.languages.buffer import ImportNeed, ImportStyle
from apimod.languages.java_edit_imports import arranged, groups_of, import_lines, learnt_layout

OWN = ImportStyle(own=("com.shop",))


def need(name: str) -> ImportNeed:
    """Return the need for a class by its whole name."""
    module, _, last = name.rpartition(".")
    return ImportNeed(module, last)


def added(text: str, name: str, style: ImportStyle = OWN) -> str:
    """Return the text with the import; a second time must change nothing."""
    buffer = java(text)
    imported = add_import(buffer, need(name), style)
    new = result(buffer, imported.insertions)
    assert add_import(java(new), need(name), style).insertions == ()
    return new


GOOGLE = """\
package com.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.shop.books.Book;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;

class A {}
"""
IDEA = """\
package com.shop;

import com.shop.books.Book;
import jakarta.validation.Valid; // why
import org.springframework.http.HttpStatus;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class A {}
"""
ECLIPSE = """\
package com.shop;

import java.util.List;

import org.springframework.http.HttpStatus;

import com.shop.books.Book;

class A {}
"""


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        (GOOGLE, "java.net.URI", "Valid;\nimport java.net.URI;\nimport java.util.List;"),
        (GOOGLE, "java.util.UUID", "List;\nimport java.util.UUID;\nimport org"),
        (GOOGLE, "lombok.Data", "List;\nimport lombok.Data;\nimport org"),
        (GOOGLE, "com.shop.a.A1", "\n\nimport com.shop.a.A1;\nimport com.shop.books.Book;"),
        (GOOGLE, "static a.B.c", "\n\nimport static a.B.c;\nimport static org.assertj"),
        (IDEA, "java.net.URI", "HttpStatus;\n\nimport java.net.URI;\nimport java.util.List;\n\n"),
        (IDEA, "lombok.Data", "Valid; // why\nimport lombok.Data;\nimport org"),
        (IDEA, "static a.B.c", "List;\n\nimport static a.B.c;\nimport static org"),
        (ECLIPSE, "java.util.UUID", "List;\nimport java.util.UUID;\n\nimport org"),
        (ECLIPSE, "com.shop.users.User", "Book;\nimport com.shop.users.User;\n\nclass"),
        (ECLIPSE, "jakarta.validation.Valid", "List;\n\nimport jakarta.validation.Valid;\n\nimport org"),
    ],
)  # fmt: skip
def test_a_class_takes_its_place(text: str, name: str, at: str) -> None:
    assert at in added(text, name)


@pytest.mark.parametrize(
    ("old", "name", "new"),
    [
        ("package a;\n\nclass A {}\n", "b.B", "package a;\n\nimport b.B;\n\nclass A {}\n"),
        ("package a;\nclass A {}\n", "b.B", "package a;\n\nimport b.B;\n\nclass A {}\n"),
        ("class A {}\n", "b.B", "import b.B;\n\nclass A {}\n"),
        ("/* (c) */\npackage a;\n", "b.B", "/* (c) */\npackage a;\n\nimport b.B;\n"),
        ("import z.Z;\nimport b.B;\n", "b.C", "import z.Z;\nimport b.B;\nimport b.C;\n"),
    ],
)  # fmt: skip
def test_forms(old: str, name: str, new: str) -> None:
    assert added(old, name) == new


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("package a.b;\nclass A {}\n", "a.b.C"),
        ("package a;\nimport java.util.*;\nclass A {}\n", "java.util.List"),
        ("package a;\nimport static x.Y.*;\nclass A {}\n", "static x.Y.z"),
        ("package a;\nclass A {}\n", "java.lang.String"),
        ("package a;\nimport b . C ;\nclass A {}\n", "b.C"),
    ],
)
def test_nothing_to_import(text: str, name: str) -> None:
    assert added(text, name) == text


@pytest.mark.parametrize(
    "text", ["package a;\nimport c.List;\nclass A {}\n", "package a;\nclass List {}\n"]
)
def test_a_taken_name_is_written_in_full(text: str) -> None:
    imported = add_import(java(text), need("java.util.List"), OWN)
    assert (imported.local, imported.insertions) == ("java.util.List", ())


def test_the_siblings_layout_places_a_group_that_the_file_lacks() -> None:
    style = ImportStyle(layout=(("com", "jakarta", "org"), ("java",), ("static",)))
    text = "package a;\n\nimport com.shop.Book;\nimport org.x.Y;\n\nclass A {}\n"
    assert "org.x.Y;\n\nimport java.util.List;\n\nclass" in added(text, "java.util.List", style)
    assert "Book;\nimport jakarta.a.B;\nimport org" in added(text, "jakarta.a.B", style)


@pytest.mark.parametrize("text", [GOOGLE, IDEA, ECLIPSE])
def test_a_new_file_is_laid_out_as_its_siblings(text: str) -> None:
    buffer = java(text)
    names = [line.text for line in import_lines(buffer)]
    header = arranged(reversed(names), learnt_layout([buffer]))
    assert header == text.partition("\n\n")[2].partition("\n\nclass")[0].replace(" // why", "")


def test_a_new_file_without_siblings() -> None:
    names = ["org.x.Y", "java.util.List", "static a.B.c", "com.shop.Book", "java.util.List"]
    assert arranged(names, ()) == (
        "import static a.B.c;\n\nimport com.shop.Book;\nimport java.util.List;\nimport org.x.Y;"
    )


def test_several_at_once() -> None:
    buffer = java(IDEA)
    names, made = add_imports(buffer, [need("java.net.URI"), need("java.net.URL")], OWN)
    assert names == ["URI", "URL"]
    assert "\n\nimport java.net.URI;\nimport java.net.URL;\nimport java.util" in result(
        buffer, made
    )


_NAMES = st.sampled_from(
    ["java.util.List", "java.net.URI", "javax.x.Y", "jakarta.a.B", "org.a.B", "com.shop.C", "lombok.D",
     "static a.B.c"]
)  # fmt: skip


@given(st.lists(_NAMES, unique=True), _NAMES)
def test_order_is_kept(names: list[str], new: str) -> None:
    for layout in ((), (("java", "javax"), ("com", "org"), ("static",)), (("static",), ("java",))):
        text = f"package a;\n\n{arranged(names, layout)}\n\nclass A {{}}\n"
        after = java(added(text, new, ImportStyle(layout=layout)))
        for group in groups_of(import_lines(after)):
            texts = [line.text for line in group]
            assert texts == sorted(texts)
