"""Imports of Go: where they go, and when there is nothing to do."""

from __future__ import annotations

import shutil
import subprocess
from textwrap import dedent

import pytest
from editing import go, result
from hypothesis import given, settings
from hypothesis import strategies as st

from apimod.insert import add_import, add_imports
from apimod.languages.buffer import ImportNeed, ImportStyle
from apimod.languages.go_edit_imports import package_name

OWN = ImportStyle(own=("example.com/shop",))


def added(text: str, need: ImportNeed, style: ImportStyle = OWN) -> str:
    """Return the text with the import; a second time must change nothing."""
    buffer = go(text)
    imported = add_import(buffer, need, style)
    new = result(buffer, imported.insertions)
    again = add_import(go(new), need, style)
    assert again.insertions == ()
    assert again.local == imported.local
    return new


BLOCK = """\
package main

import (
	"fmt"
	"os"

	"github.com/a/a"
	"github.com/c/c" // why

	"example.com/shop/internal/books"
	"example.com/shop/internal/config"
)
"""


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("errors", '(\n\t"errors"\n\t"fmt"\n'),
        ("log", '"fmt"\n\t"log"\n\t"os"\n'),
        ("strings", '"os"\n\t"strings"\n\n'),
        ("github.com/b/b", '/a/a"\n\t"github.com/b/b"\n\t"github.com/c/c" // why\n'),
        ("github.com/z/z", '// why\n\t"github.com/z/z"\n\n'),
        ("example.com/shop/internal/users", 'config"\n\t"example.com/shop/internal/users"\n)'),
        ("example.com/shop/internal/abc", '\n\n\t"example.com/shop/internal/abc"\n\t"example'),
    ],
)
def test_a_package_takes_its_place(path: str, at: str) -> None:
    assert at in added(BLOCK, ImportNeed(path))


@pytest.mark.parametrize(
    ("old", "path", "new"),
    [
        ("", "fmt", '\nimport "fmt"\n'),
        ("\nvar x = 1\n", "fmt", '\nimport "fmt"\n\nvar x = 1\n'),
        ('\nimport "fmt"\n', "os", '\nimport "fmt"\nimport "os"\n'),
        ("\nimport ()\n", "os", '\nimport (\n\t"os"\n)\n'),
        ('\nimport (\n\t"fmt"\n)\n', "github.com/x/y", '\nimport (\n\t"fmt"\n\n\t"github.com/x/y"\n)\n'),
        ('\nimport (\n\t"github.com/x/y"\n)\n', "fmt", '\nimport (\n\t"fmt"\n\n\t"github.com/x/y"\n)\n'),
        (
            '\nimport "C"\n\nimport (\n\t"fmt"\n)\n',
            "os",
            '\nimport "C"\n\nimport (\n\t"fmt"\n\t"os"\n)\n',
        ),
        (
            '\nimport (\n\t// all of it\n\t"fmt"\n)\n',
            "errors",
            '\nimport (\n\t"errors"\n\t// all of it\n\t"fmt"\n)\n',
        ),
        (
            '\nimport (\n\t"example.com/shop/a"\n\t"fmt"\n)\n',
            "example.com/shop/b",
            '\nimport (\n\t"example.com/shop/a"\n\t"example.com/shop/b"\n\t"fmt"\n)\n',
        ),
    ],
)  # fmt: skip
def test_forms(old: str, path: str, new: str) -> None:
    assert added(f"package main\n{old}", ImportNeed(path)) == f"package main\n{new}"


def test_what_is_there_is_used() -> None:
    text = 'package a\n\nimport (\n\th "example.com/shop/handlers"\n\t_ "lib/x"\n)\n'
    assert add_import(go(text), ImportNeed("example.com/shop/handlers"), OWN).local == "h"
    assert add_import(go(text), ImportNeed("lib/x"), OWN).insertions


@pytest.mark.parametrize(
    ("body", "path", "line"),
    [
        ("var user = 1", "example.com/shop/internal/user", 'userpkg "example.com/shop/internal/user"'),
        ("func user() {}", "example.com/shop/handlers/user", 'userhandler "example.com/shop/handlers/user"'),
        ("var x = 1", "example.com/shop/handlers/error", 'errorhandler "example.com/shop/handlers/error"'),
        ("type (\n\tA int\n\tuser int\n)", "a.b/c/user", 'userc "a.b/c/user"'),
    ],
)  # fmt: skip
def test_a_taken_name_gets_an_alias(body: str, path: str, line: str) -> None:
    assert f"import {line}\n" in added(f"package a\n\n{body}\n", ImportNeed(path))


def test_two_packages_of_one_name() -> None:
    text = 'package a\n\nimport "example.com/shop/books/handler"\n'
    got = added(text, ImportNeed("example.com/shop/users/handler"))
    assert 'import userhandler "example.com/shop/users/handler"' in got


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("fmt", "fmt"),
        ("github.com/x/echo/v4", "echo"),
        ("gopkg.in/yaml.v3", "yaml"),
        ("github.com/x/go-redis", "redis"),
        ("github.com/x/nats.go", "nats"),
    ],
)
def test_names_of_packages(path: str, name: str) -> None:
    assert package_name(path) == name


def test_several_at_once() -> None:
    buffer = go(BLOCK)
    needs = [ImportNeed("log"), ImportNeed("io"), ImportNeed("log")]
    names, made = add_imports(buffer, needs, OWN)
    assert names == ["log", "io", "log"]
    assert '"fmt"\n\t"io"\n\t"log"\n\t"os"\n' in result(buffer, made)


_PATHS = st.sampled_from(
    ["fmt", "os", "net/http", "github.com/a/b", "github.com/z/b2", "example.com/shop/x", "log"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(_PATHS, min_size=1, unique=True), max_size=3), _PATHS)
@pytest.mark.skipif(shutil.which("gofmt") is None, reason="needs gofmt")
def test_a_formatted_file_stays_so(groups: list[list[str]], path: str) -> None:
    lines = "\n\n".join("\n".join(f'\t"{each}"' for each in sorted(group)) for group in groups)
    text = _formatted(dedent(f"package a\n\nimport (\n{lines}\n)\n\nvar x = 1\n"))
    new = added(text, ImportNeed(path))
    assert _formatted(new) == new


def _formatted(text: str) -> str:
    run = subprocess.run(["gofmt"], input=text, text=True, capture_output=True, check=True)
    return run.stdout
