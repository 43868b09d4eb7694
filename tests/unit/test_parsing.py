"""Files that nobody wrote to be read are given up, and cost seconds at most."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tree_sitter import Parser

from apimod import parsing
from apimod.languages import language_of
from apimod.model import SkippedFile
from apimod.source import Source

DEEP = parsing.DEEPEST


@pytest.mark.parametrize(
    ("data", "deep"),
    [
        (b"", False),
        (b"()" * 100_000, False),
        (b"(" * DEEP, False),
        (b"(" * (DEEP + 1), True),
        (b"([{" * DEEP + b"}])" * DEEP, True),
        (b"f(a, [1, {2: (3)}])\n" * 20_000, False),
        (b")" * 100_000 + b"(" * DEEP, False),
        (b'{"a": [' * 400 + b"]}" * 400, False),
        (b"(a [b" * DEEP + b"c)" * 10, True),
    ],
)
def test_brackets_nested_too_deeply(data: bytes, deep: bool) -> None:
    started = time.perf_counter()
    assert parsing.is_deep(data) is deep
    assert time.perf_counter() - started < 2


def test_a_deep_file_is_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = " + b"[" * 5_000 + b"]" * 5_000)
    found = Source.from_disk(tmp_path, "a.py")
    assert found == SkippedFile("a.py", parsing.TOO_DEEP)


def test_what_takes_too_long_has_an_empty_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    language = language_of("a.py")
    assert language is not None
    data = b"a = 1\n" * 20_000
    monkeypatch.setattr(parsing, "SECONDS", -1.0)
    source = Source("a.py", data)
    root = source.tree(language.grammar("a.py")).root_node
    assert (source.given_up, root.child_count, root.has_error) == (parsing.TOO_SLOW, 0, False)


def test_a_large_file_is_parsed_as_a_small_one_is() -> None:
    language = language_of("a.py")
    assert language is not None
    data = "def f(é):\n    return [é, {'a': 1}]\n".encode() * 1_000
    parser = Parser(language.grammar("a.py"))
    tree = parsing.parse(parser, data)
    assert tree is not None
    assert str(tree.root_node) == str(parser.parse(data).root_node)


def test_a_deep_tree_is_searched_in_seconds() -> None:
    from tree_sitter import Query

    language = language_of("a.go")
    assert language is not None
    grammar = language.grammar("a.go")
    tree = Parser(grammar).parse(b"package a\nvar x = " + b"f(" * 60_000 + b")" * 60_000)
    query = Query(grammar, "(call_expression function: (_) @f arguments: (argument_list) @b) @c")
    started = time.perf_counter()
    assert parsing.matches(query, tree.root_node)
    assert time.perf_counter() - started < 5
