"""What a plan must pass before anything is written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import tree_sitter_go
import tree_sitter_python
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import by_hash, plan_of
from tree_sitter import Language

from apimod.errors import ApimodError, Conflict, Refused, Stale, Unsafe
from apimod.model import Create, Delete, Edit, Insert, Plan, Replace, Span
from apimod.source import Source
from apimod.syntax import error_count, leaves
from apimod.verify import verify

PYTHON = Language(tree_sitter_python.language())
GO = Language(tree_sitter_go.language())


def grammar_of(path: str) -> Language | None:
    return {"py": PYTHON, "go": GO}.get(path.rpartition(".")[2])


def ignored(path: str) -> bool:
    return "node_modules" in path


def check(root: Path, plan: Plan) -> list[str]:
    return [f.path for f in verify(root, plan, ignored=ignored, grammar_of=grammar_of)]


def refused(root: Path, plan: Plan, kind: type[ApimodError], message: str) -> None:
    with pytest.raises(kind, match=message):
        check(root, plan)


def one(root: Path, path: str, data: bytes, *edits: Edit) -> Plan:
    """Put one file and return a plan of edits of it."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)
    return plan_of(*edits, files={path: data})


# --- hashes and needs ----------------------------------------------------------------------------


def test_a_good_plan_passes(tmp_path: Path) -> None:
    plan = one(tmp_path, "a.py", b"x = 1\n", Insert("1", "a.py", 6, b"y = 2\n", ""),
               Create("2", "new/b.py", b"z = 3\n", "", ("1",)))  # fmt: skip
    assert check(tmp_path, plan) == ["a.py", "new/b.py"]


def test_changed_files_are_stale(tmp_path: Path) -> None:
    plan = one(tmp_path, "a.py", b"x = 1\n", Create("1", "b", b"", ""))
    (tmp_path / "a.py").write_bytes(b"x = 2\n")
    refused(tmp_path, plan, Stale, "changed since")
    (tmp_path / "a.py").unlink()
    refused(tmp_path, plan, Stale, "changed since")


def test_a_file_that_was_absent_must_be(tmp_path: Path) -> None:
    plan = Plan(plan_of().request, ".", "", (), (("a.py", ""),))
    assert check(tmp_path, plan) == []
    (tmp_path / "a.py").touch()
    refused(tmp_path, plan, Stale, "exists now")


def test_an_edit_needs_the_hash_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x\n")
    refused(tmp_path, plan_of(Insert("1", "a", 0, b"y\n", "")), Refused, "hash")


def test_a_file_to_delete_must_be_the_planned_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x\n")
    assert check(tmp_path, plan_of(Delete("1", "a", by_hash(b"x\n"), ""))) == ["a"]
    refused(tmp_path, plan_of(Delete("1", "a", by_hash(b"y"), "")), Stale, "deleted")


@pytest.mark.parametrize(
    ("needs", "message"),
    [({"1": ("9",)}, "not in the plan"), ({"1": ("2",), "2": ("1",)}, "circle"),
     ({"1": ("1",)}, "circle")],
)  # fmt: skip
def test_needs(tmp_path: Path, needs: dict[str, tuple[str, ...]], message: str) -> None:
    plan = plan_of(*(Create(n, f"f{n}", b"", "", needs.get(n, ())) for n in ("1", "2")))
    refused(tmp_path, plan, Refused, message)


def test_ids_are_unique(tmp_path: Path) -> None:
    refused(tmp_path, plan_of(Create("1", "a", b"", ""), Create("1", "b", b"", "")), Refused, "id")


# --- inside --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/etc/x", "../x", "a/../../x", "", "a//b", "./a", "a/.", "a\0b", ".git/hooks/x", ".GIT/x",
     "sub/.Git/config", ".git", ".git./x", ".git /x", "git~1/x", ".g\u200cit/x",
     ".git::$INDEX_ALLOCATION/x"],
)  # fmt: skip
def test_paths_that_are_not_written(tmp_path: Path, path: str) -> None:
    refused(tmp_path, plan_of(Create("1", path, b"", "")), Unsafe, "plain path|under .git")
    hashed = Plan(plan_of().request, ".", "", (), ((path, "0" * 64),))
    refused(tmp_path, hashed, Unsafe, "plain path|under .git")


@pytest.mark.parametrize("path", [".gitignore", ".github/x", "git", "...", "a b", "-x", "x.git"])
def test_paths_that_are_written(tmp_path: Path, path: str) -> None:
    assert check(tmp_path, plan_of(Create("1", path, b"", ""))) == [path]


def test_ignored_files_are_not_written(tmp_path: Path) -> None:
    refused(tmp_path, plan_of(Create("1", "node_modules/x", b"", "")), Unsafe, "ignored")


def test_symlinks(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    (root / "real").mkdir(parents=True)
    (root / ".git").mkdir()
    (tmp_path / "out").mkdir()
    (root / "real" / "a").write_bytes(b"x\n")
    for name, target in (("in", "real"), ("out", "../out"), ("hooks", ".git"), ("file", "real/a"),
                         ("round", "round"), ("dangling", "real/none"),
                         ("away", "../out/none")):  # fmt: skip
        (root / name).symlink_to(target)
    assert check(root, plan_of(Create("1", "in/b", b"", ""))) == ["real/b"]
    linked = plan_of(Insert("1", "file", 0, b"y\n", ""), files={"file": b"x\n"})
    assert check(root, linked) == ["real/a"]
    refused(root, plan_of(Create("1", "round/b", b"", "")), Conflict, "folder is needed")
    for path in ("out/b", "round", "away"):
        refused(root, plan_of(Create("1", path, b"", "")), Unsafe, "symlink")
    refused(root, plan_of(Create("1", "hooks/b", b"", "")), Unsafe, "under .git")
    refused(root, plan_of(Create("1", "dangling", b"", "")), Conflict, "already")
    refused(root, plan_of(Delete("1", "file", by_hash(b"x\n"), "")), Unsafe, "symlink")
    twice = plan_of(
        Replace("1", "file", Span(0, 1), b"x", b"1", ""),
        Replace("2", "real/a", Span(0, 1), b"x", b"2", ""),
        files={"file": b"x\n", "real/a": b"x\n"},
    )
    refused(root, twice, Refused, "overlap")


def test_targets_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "Users").mkdir()
    (tmp_path / "Users" / "views.py").write_bytes(b"")
    (tmp_path / "caf\u00e9").write_bytes(b"")
    for path in ("Users/views.py", "Users", "Users/Views.py", "users/new.py", "cafe\u0301"):
        refused(tmp_path, plan_of(Create("1", path, b"", "")), Conflict, "already|letter case")
    refused(tmp_path, plan_of(Create("1", "Users/views.py/x", b"", "")), Conflict, "folder")
    refused(tmp_path, plan_of(Create("1", "a/b", b"", ""), Create("2", "a/B", b"", "")),
            Conflict, "letter case")  # fmt: skip
    refused(tmp_path, plan_of(Create("1", "a", b"", ""), Create("2", "a/b", b"", "")),
            Conflict, "as a folder")  # fmt: skip
    refused(tmp_path, plan_of(Create("1", "a", b"", ""), Create("2", "a", b"", "")),
            Refused, "same plan")  # fmt: skip


def test_read_only_files_and_odd_modes(tmp_path: Path) -> None:
    plan = one(tmp_path, "a", b"x\n", Insert("1", "a", 0, b"y\n", ""))
    (tmp_path / "a").chmod(0o444)
    refused(tmp_path, plan, Conflict, "read-only")
    refused(tmp_path, plan_of(Create("1", "b", b"", "", mode=0o4755)), Unsafe, "mode")


# --- syntax --------------------------------------------------------------------------------------


def test_a_new_syntax_error_is_refused(tmp_path: Path) -> None:
    plan = one(tmp_path, "a.py", b"x = 1\ny = 2\n", Insert("1", "a.py", 6, b"z = (\n", ""))
    refused(tmp_path, plan, Refused, "syntax error")
    refused(tmp_path, plan_of(Create("1", "b.go", b"func {", "")), Refused, "syntax error")


def test_a_file_with_an_error_of_its_own_can_be_edited(tmp_path: Path) -> None:
    data = b"x = 1\n\ndef f(:\n    pass\n"
    assert error_count(Source("a.py", data).tree(PYTHON)) > 0
    assert check(tmp_path, one(tmp_path, "a.py", data, Insert("1", "a.py", 6, b"y = 2\n", "")))


def test_a_file_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    plan = one(tmp_path, "a.txt", b"\xe9\n", Insert("1", "a.txt", 2, b"y\n", ""))
    refused(tmp_path, plan, Refused, "not valid utf-8")


# --- minimal -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "data", "at", "text"),
    [
        ("a.py", b"x = [a, b]\n", b"]", b", c"),
        ("a.py", b"x = [\n    a,\n]\n", b"]", b"    b,\n"),
        ("a.py", b'x = """\none\ntwo\n"""\n', b"two", b"new\n"),
        ("a.go", b"package a\n\nfunc f() {\n\tg()\n}\n", b"}", b"\th()\n"),
        ("a.toml", b'deps = ["a"]\n', b"]", b', "b"'),
        ("a.py", b"# coding: latin-1\nx = '\xe9'\n", b"x", b"y = '\xe8'\n"),
    ],
)
def test_insertions_between_tokens_pass(
    tmp_path: Path, path: str, data: bytes, at: bytes, text: bytes
) -> None:
    plan = one(tmp_path, path, data, Insert("1", path, data.rindex(at), text, ""))
    assert check(tmp_path, plan) == [path]


@pytest.mark.parametrize(
    ("path", "data", "edit", "message"),
    [
        ("a.py", b"name = 1\n", (2, b"x"), "split"),
        ("a.py", b"name = 1\n", (4, b"x"), "run into"),
        ("a.py", b"name = 1\n", (0, b"x"), "run into"),
        ("a.py", b"x = 'ab'\n", (6, b"c"), "split"),
        ("a.py", b"x = 1  # note\n", (13, b"s"), "run into"),
        ("a.py", b"x = 1  # note\n", (5, b"  #"), "run into"),
        ("a.txt", b"name\n", (2, b"x"), "split"),
        ("a.txt", b"name\n", (4, b"x"), "run into"),
        ("a.txt", b"\xef\xbb\xbfname\n", (0, b"x\n"), "byte order mark"),
        ("a.py", b"# note\nx = 1\n", (0, b"# coding: latin-1\n"), "encoding"),
        ("a.txt", b"a\r\nb\r\n", (3, b"x\n"), "newlines"),
        ("a.txt", b"a\nb\n", (2, b"x\r\n"), "newlines"),
        ("a.txt", b"a\nb", (3, b"\nc\n"), "last newline"),
        ("a.txt", b"a\nb\n", (4, b"c"), "last newline"),
    ],
)
def test_insertions_that_change_more_are_refused(
    tmp_path: Path, path: str, data: bytes, edit: tuple[int, bytes], message: str
) -> None:
    plan = one(tmp_path, path, data, Insert("1", path, *edit, ""))
    refused(tmp_path, plan, Refused, message)


def test_a_replacement_is_free_of_its_own_tokens_only(tmp_path: Path) -> None:
    data = b"x: list[3] = a\n"
    good = one(tmp_path, "a.py", data, Replace("1", "a.py", Span(8, 9), b"3", b"4", ""))
    assert check(tmp_path, good) == ["a.py"]
    bad = one(tmp_path, "a.py", data, Replace("1", "a.py", Span(8, 9), b"3", b"4", ""),
              Insert("2", "a.py", 14, b"b", ""))  # fmt: skip
    refused(tmp_path, bad, Refused, "run into")


PARTS = st.sampled_from([b"x", b" ", b"\n", b"'s\xc3\xa9'", b"(", b"# c\n", b"\\", b"def f():\n  "])


@settings(deadline=None)
@given(st.lists(PARTS, max_size=20).map(b"".join))
def test_leaves_cover_all_that_is_not_blank_whatever_the_text(data: bytes) -> None:
    spans = list(leaves(Source("a.py", data).tree(PYTHON), data))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    left = bytearray(data)
    for span in spans:
        left[span.start : span.end] = b" " * (span.end - span.start)
    assert not left.strip()
