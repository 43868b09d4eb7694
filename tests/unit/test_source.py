"""What a file's bytes say about it, and the buffer that edits them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import tree_sitter_go
import tree_sitter_python
from hypothesis import given
from hypothesis import strategies as st
from tree_sitter import Language, Node

from apimod.errors import Refused, Stale
from apimod.model import Insert, Replace, SkippedFile, Span
from apimod.source import Source, edited

PYTHON = Language(tree_sitter_python.language())
GO = Language(tree_sitter_go.language())
BOM = b"\xef\xbb\xbf"


def leaf(source: Source, kind: str) -> Node:
    """Return the first node of a kind in a Python file."""
    todo = [source.tree(PYTHON).root_node]
    while todo:
        node = todo.pop(0)
        if node.type == kind:
            return node
        todo += node.children
    raise AssertionError(kind)


# --- encoding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "data", "encoding"),
    [
        ("a.py", b"x = 1\n", "utf-8"),
        ("a.py", b"# -*- coding: latin-1 -*-\n", "latin-1"),
        ("a.py", b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n", "cp1252"),
        ("a.py", b"#!/usr/bin/python\r# coding: cp1252\r", "cp1252"),
        ("a.py", b"x = 1\n# coding: cp1252\n", "utf-8"),
        ("a.py", b"\n\n# coding: cp1252\n", "utf-8"),
        ("a.py", b"# coding: utf-8-unix\n", "utf-8"),
        ("a.py", b"# coding: iso-8859-15\n", "iso-8859-15"),
        ("a.go", b"// coding: latin-1\n", "utf-8"),
        ("a.rb", b"# coding: latin-1\n", "utf-8"),
        ("a.py", BOM + b"# coding: latin-1\n", "utf-8"),
    ],
)
def test_encoding(path: str, data: bytes, encoding: str) -> None:
    source = Source(path, data)
    assert source.encoding == encoding
    assert source.problem == ""


@pytest.mark.parametrize(
    ("path", "data", "problem"),
    [
        ("a.go", b"// \xe9\n", "not valid utf-8"),
        ("a.py", b"# \xe9\n", "not valid utf-8"),
        ("a.py", b"# coding: klingon\n", "not known: klingon"),
        ("a.py", b"# coding: rot13\n", "not known: rot13"),
        ("a.py", b"# coding: utf-7\n", "not supported"),
        ("a.py", b"# coding: utf-16\n", ""),
        ("a.py", "x = 1\n".encode("utf-16"), "UTF-16"),
        ("a.go", b"\x7fELF\0\0", "binary"),
    ],
)
def test_problem(tmp_path: Path, path: str, data: bytes, problem: str) -> None:
    source = Source(path, data)
    assert source.problem
    assert problem in source.problem
    (tmp_path / path).write_bytes(data)
    assert Source.from_disk(tmp_path, path) == SkippedFile(path, source.problem)


def test_from_disk(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(BOM + b"x = 1\n")
    source = Source.from_disk(tmp_path, "a.py")
    assert isinstance(source, Source)
    assert (source.path, source.data, source.text_all) == ("a.py", BOM + b"x = 1\n", "x = 1\n")
    assert isinstance(Source.from_disk(tmp_path, "b.py"), SkippedFile)
    assert isinstance(Source.from_disk(tmp_path, "."), SkippedFile)


def test_from_disk_reads_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    inner = tmp_path / "ws"
    inner.mkdir()
    (inner / "link").symlink_to("../secret")
    (inner / "here").write_text("h")
    (inner / "alias").symlink_to("here")
    assert isinstance(Source.from_disk(inner, "link"), SkippedFile)
    assert isinstance(Source.from_disk(inner, "../secret"), SkippedFile)
    assert isinstance(Source.from_disk(inner, "alias"), Source)


# --- newlines and indentation --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "newline", "final"),
    [
        (b"", "\n", False),
        (b"a", "\n", False),
        (b"a\r\nb\r\nc\n", "\r\n", True),
        (b"a\nb\nc\r\n", "\n", True),
        (b"a\rb\rc", "\r", False),
        (b"a\x0cb\n", "\n", True),
    ],
)
def test_newlines(data: bytes, newline: str, final: bool) -> None:
    source = Source("f", data)
    assert (source.newline, source.final_newline) == (newline, final)


@pytest.mark.parametrize(
    ("data", "unit"),
    [
        (b"a\n", ""),
        (b"a {\n  b {\n    c\n  }\n}\n", "  "),
        (b"a:\n    b:\n        c\n    d\n", "    "),
        (b"func a() {\n\tb()\n\tif c {\n\t\td()\n\t}\n}\n", "\t"),
        (b"a:\r    b\r    c\r", "    "),
        (b"/*\n * doc\n * more\n */\na {\n    b\n}\n", "    "),
        (b"def f(a,\n          b):\n    x\n    if y:\n        z\n", "    "),
    ],
)
def test_indent_unit(data: bytes, unit: str) -> None:
    assert Source("f", data).indent_unit == unit


def test_encode_takes_on_the_files_newlines_and_encoding() -> None:
    assert Source("f", b"a\r\n").encode("é\nb\n") == "é\r\nb\r\n".encode()
    assert Source("a.py", b"# coding: latin-1\r").encode("é\n") == b"\xe9\r"
    with pytest.raises(Refused, match="latin-1"):
        Source("a.py", b"# coding: latin-1\n").encode("→")


# --- places --------------------------------------------------------------------------------------


def test_places_of_an_offset() -> None:
    source = Source("f", b"ab\r\n\tcd\r\n\r\nlast")
    offset = source.data.index(b"cd")
    assert source.position(offset) == (2, 1)
    assert source.line_start(offset) == 4
    assert source.line_end(offset) == 7
    assert source.indent_of(offset) == "\t"
    assert [source.line_text(n) for n in (1, 2, 3, 4)] == ["ab", "\tcd", "", "last"]
    assert source.position(len(source.data)) == (4, 4)
    assert source.line_end(len(source.data)) == len(source.data)


def test_places_in_a_file_of_lone_crs_and_with_a_mark() -> None:
    source = Source("f", BOM + b"  a\rb")
    assert source.indent_of(5) == "  "
    assert source.position(7) == (2, 0)
    assert source.line_text(2) == "b"


@given(st.lists(st.sampled_from([b"a", b"\n", b"\r\n", b" "])).map(b"".join))
def test_lines_cover_the_file(data: bytes) -> None:
    source = Source("f", data)
    for offset in range(len(data) + 1):
        line, column = source.position(offset)
        assert source.line_start(offset) + column == offset
        assert source.data[:offset].count(b"\n") + 1 == line
        assert b"\n" not in data[source.line_start(offset) : source.line_end(offset)]


# --- trees ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        BOM + 'name = "é→😀"\n# ü\n'.encode(),
        "# coding: latin-1\nname = 'é' # ×÷\nnäme = 1\n".encode("latin-1"),
        "# coding: shift_jis\nname = 'ソ表' # ソ\n".encode("shift_jis"),
        b"a = 1\rif a:\r    b = 'x'\r",
        b"if a:\r\n    b = 'x'\r\n",
    ],
)
def test_trees_have_true_offsets_and_no_false_errors(data: bytes) -> None:
    source = Source("m.py", data)
    assert source.problem == ""
    root = source.tree(PYTHON).root_node
    assert not root.has_error
    string = leaf(source, "string")
    assert data[string.start_byte : string.end_byte].decode(source.encoding) == source.text(string)
    assert source.text(string)[0] + source.text(string)[-1] in ("''", '""')
    assert source.line_of(string.start_byte) == string.start_point.row + 1


def test_a_real_error_is_seen_in_another_encoding() -> None:
    assert Source("m.py", b"# coding: latin-1\n# \xe9\nx = (\n").tree(PYTHON).root_node.has_error


def test_trees_are_parsed_once_and_left_out_of_pickles() -> None:
    source = Source("m.go", b"package m\n")
    assert source.tree(GO) is source.tree(GO)
    again = pickle.loads(pickle.dumps(source))
    assert (again.path, again.data) == (source.path, source.data)
    assert not again.tree(GO).root_node.has_error


# --- the edit buffer -----------------------------------------------------------------------------


def insert(offset: int, text: bytes) -> Insert:
    return Insert(f"i{offset}", "f", offset, text, "")


def replace(start: int, old: bytes, new: bytes) -> Replace:
    return Replace(f"r{start}", "f", Span(start, start + len(old)), old, new, "")


def test_edits_at_one_offset_land_in_the_plans_order() -> None:
    edits: list[Insert | Replace] = [
        insert(2, b"1"),
        insert(0, b"0"),
        insert(2, b"2"),
        insert(2, b"3"),
    ]
    assert edited(b"abcd", edits) == b"0ab123cd"


def test_insertions_at_the_edges_of_a_replacement_stay_outside() -> None:
    edits: list[Insert | Replace] = [replace(1, b"bc", b"X"), insert(3, b">"), insert(1, b"<")]
    assert edited(b"abcd", edits) == b"a<X>d"


@pytest.mark.parametrize(
    "edits",
    [
        [replace(0, b"ab", b""), replace(1, b"bc", b"")],
        [replace(0, b"abc", b""), insert(1, b"x")],
        [replace(1, b"b", b"1"), replace(1, b"b", b"2")],
        [replace(0, b"abcd", b""), insert(2, b"x"), replace(3, b"d", b"")],
    ],
)
def test_overlaps_are_refused(edits: list[Insert | Replace]) -> None:
    with pytest.raises(Refused, match="overlap"):
        edited(b"abcd", edits)


@pytest.mark.parametrize(
    "edit", [insert(5, b"x"), insert(-1, b"x"), Replace("r", "f", Span(3, 2), b"", b"", ""),
             Replace("r", "f", Span(3, 9), b"d", b"", "")]
)  # fmt: skip
def test_edits_out_of_range_are_refused(edit: Insert | Replace) -> None:
    with pytest.raises(Refused, match="range"):
        edited(b"abcd", [edit])


def test_other_old_bytes_are_stale() -> None:
    with pytest.raises(Stale):
        edited(b"abcd", [replace(1, b"x", b"y")])


@given(st.binary(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.binary(max_size=4))))
def test_insertions_keep_every_old_byte_and_add_only_their_own(
    data: bytes, texts: list[tuple[int, bytes]]
) -> None:
    edits = [insert(min(offset, len(data)), text) for offset, text in texts]
    expected = b"".join(
        b"".join(e.text for e in edits if e.offset == at) + data[at : at + 1]
        for at in range(len(data) + 1)
    )
    assert edited(data, edits) == expected
