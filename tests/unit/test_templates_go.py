"""The Go templates render in every shape, and what they render is Go."""

from __future__ import annotations

import itertools
import re
from functools import cache

import pytest
import tree_sitter_go
from tree_sitter import Language, Node, Parser

from templates_go import rendering, shapes
from templates_go.contexts import Shape, context

SHAPES = shapes.some()


@cache
def rendered(shape: Shape) -> dict[str, str]:
    return rendering.files(context(shape), {"test": shape.test})


def broken(text: str) -> list[str]:
    """Return the places that the grammar does not understand."""
    stack: list[Node] = [Parser(Language(tree_sitter_go.language())).parse(text.encode()).root_node]
    found = []
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(f"line {node.start_point[0] + 1}")
        stack.extend(node.children)
    return found


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_it_is_go(shape: Shape) -> None:
    files = {path: text for path, text in rendered(shape).items() if path.endswith(".go")}
    assert files
    assert {path: found for path, text in files.items() if (found := broken(text))} == {}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_exported_symbol_is_documented(shape: Shape) -> None:
    for path, text in rendered(shape).items():
        if path.endswith("_test.go"):
            continue
        lines = text.split("\n")
        for above, line in itertools.pairwise(lines):
            found = re.match(r"(?:func (?:\([^)]*\) )?|type )([A-Z]\w*)", line)
            assert not found or above.startswith("//") or found[1] == "Error", f"{path}: {line}"


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_each_import_is_used(shape: Shape) -> None:
    for path, text in rendered(shape).items():
        head, _, body = text.partition("\n)\n")
        for module in re.findall(r'^\t"([^"]+)"$', head, re.MULTILINE):
            name = re.sub(r"/v\d+$", "", module).rsplit("/", 1)[-1]
            assert re.search(rf"\b{name}\.", body), f"{path}: {module}"


def test_the_shapes_have_every_trait() -> None:
    for trait in ("owner", "deviating", "home", "response", "dto", "swag", "siblings", "register",
                  "migration", "embedded", "interface"):  # fmt: skip
        assert {bool(getattr(shape, trait)) for shape in SHAPES} == {True, False}, trait


def test_a_secret_is_never_in_json() -> None:
    shape = Shape(fields="usual", response=False)
    model = rendered(shape)["internal/models/user.go"]
    assert re.search(r'PasswordHash +string +`[^`]*json:"-"`', model)
    assert "Password " not in model


def test_sql_words_are_quoted() -> None:
    shape = next(s for s in shapes.every() if s.name == "migrated-odd")
    script = next(text for path, text in rendered(shape).items() if path.endswith(".up.sql"))
    assert '"order" VARCHAR(255) NOT NULL' in script
    assert not re.search(r"^ +order ", script, re.MULTILINE)
