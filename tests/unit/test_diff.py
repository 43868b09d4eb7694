"""Patches are judged by git itself: it must take them, and make of them what the plan makes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning import by_hash, modified, plan_of, reader

from apimod.diff import FileChange, FileStat, changes, diffstat, file_patch, patch, quoted
from apimod.errors import Refused
from apimod.model import Create, Delete, Edit, Insert, Replace, Span
from apimod.source import edited

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def git(folder: Path, *args: str, stdin: bytes = b"", ok: tuple[int, ...] = (0,)) -> bytes:
    """Run git without anyone's configuration, and return what it prints."""
    env = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    command = ("git", "-c", "core.autocrlf=false", *args)
    done = subprocess.run(
        command, cwd=folder, env=env, input=stdin, capture_output=True, check=False
    )
    assert done.returncode in ok, done.stderr.decode() + stdin.decode("latin-1")
    return done.stdout


def put(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def tree(folder: Path) -> dict[str, bytes]:
    found = (p for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def assert_git_agrees(folder: Path, before: dict[str, bytes], *edits: Edit) -> bytes:
    """Apply the patch of some edits with git, and compare with what the edits make."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    for path in tree(folder):
        (folder / path).unlink()
    put(folder, before)
    made = patch(plan_of(*edits), reader(before))
    if made:
        git(folder, "apply", "--check", "--whitespace=nowarn", stdin=made)
        git(folder, "apply", "--whitespace=nowarn", stdin=made)
    assert tree(folder) == modified(before, edits)
    return made


# --- what it looks like --------------------------------------------------------------------------


def test_nothing_to_do_prints_nothing() -> None:
    assert patch(plan_of(), reader()) == b""
    assert patch(plan_of(Insert("1", "a", 0, b"", "")), reader({"a": b"x\n"})) == b""


def test_added_lines_are_exactly_the_inserted_ones() -> None:
    old = b"def a():\n    return 1\n\n\ndef c():\n    return 3\n"
    text = b"def b():\n    return 2\n\n\n"
    made = patch(plan_of(Insert("1", "m.py", old.index(b"def c"), text, "")), reader({"m.py": old}))
    added = [line[1:] for line in made.split(b"\n") if line.startswith(b"+") and line[1:2] != b"+"]
    assert b"\n".join(added) + b"\n" == text
    assert b"\n-" not in made.split(b"@@", 2)[2]


def test_a_line_put_after_another_from_its_end_shows_as_one_added_line() -> None:
    made = patch(plan_of(Insert("1", "l", 4, b"\n  b,", "")), reader({"l": b"  a,\n  c,\n"}))
    assert made.endswith(b"@@ -1,2 +1,3 @@\n   a,\n+  b,\n   c,\n")


@pytest.mark.parametrize("path", ["x y.txt", 'q"uote', "ünï", "-dash", "tab\there", "b\\s", "é f"])
@pytest.mark.parametrize("mode", [0o644, 0o755])
def test_headers_are_those_of_git(tmp_path: Path, path: str, mode: int) -> None:
    git(tmp_path, "init", "-q")
    old = b"".join(b"line %d\n" % n for n in range(40))
    put(tmp_path, {path: old, "gone": b"bye", "empty": b""})
    (tmp_path / path).chmod(mode)
    git(tmp_path, "add", "-A")
    before = git(tmp_path, "write-tree").decode().strip()
    edits = (
        Insert("1", path, old.index(b"line 7\n"), b"new\n", ""),
        Insert("2", path, old.index(b"line 30\n"), b"more\r\n", ""),
        Delete("3", "gone", "", ""),
        Delete("4", "empty", "", ""),
        Create("5", "new", b"fresh\n\x0cform", "", mode=mode),
        Create("6", "blank", b"", ""),
    )
    files = {path: old, "gone": b"bye", "empty": b""}
    for name, data in modified(files, edits).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "gone").unlink()
    (tmp_path / "empty").unlink()
    (tmp_path / "new").chmod(mode)
    git(tmp_path, "add", "-A")
    shown = git(tmp_path, "diff", "--cached", "--abbrev=7", "--no-renames", before)
    # git adds the line that heads a hunk's section; that is a guess of its own.
    plain = [line[: line.index(b"@@", 3) + 2] if line[:2] == b"@@" else line
             for line in shown.split(b"\n")]  # fmt: skip
    made = patch(plan_of(*edits), reader(files), lambda p: mode if p == path else 0o644)
    assert made == b"\n".join(plain)


def test_hunks_join_where_their_contexts_touch() -> None:
    old = b"".join(b"%d\n" % n for n in range(20))
    for gap, count in ((6, 1), (7, 2)):
        at = old.index(b"\n5\n") + 1, old.index(b"\n%d\n" % (5 + gap)) + 1
        edits = [Insert(str(n), "f", offset, b"+\n", "") for n, offset in enumerate(at)]
        assert patch(plan_of(*edits), reader({"f": old})).count(b"\n@@ ") == count


def test_binary_files_are_refused() -> None:
    with pytest.raises(Refused, match="binary"):
        patch(plan_of(Create("1", "x", b"a\0b", "")), reader())


def test_edits_that_do_not_belong_together_are_refused() -> None:
    both = (Create("1", "x", b"", ""), Insert("2", "x", 0, b"a", ""))
    with pytest.raises(Refused, match="same plan"):
        patch(plan_of(*both), reader())
    with pytest.raises(Refused, match="does not exist"):
        patch(plan_of(Insert("1", "x", 0, b"a", "")), reader())


def test_diffstat_counts_lines() -> None:
    files = {"a": b"1\n2\n", "d": b"x\ny\nz"}
    plan = plan_of(
        Replace("1", "a", Span(0, 1), b"1", b"one", ""),
        Create("2", "c", b"1\n2\n3", ""),
        Delete("3", "d", by_hash(files["d"]), ""),
    )
    assert diffstat(changes(plan, reader(files))) == (
        FileStat("a", "M", 1, 1), FileStat("c", "A", 3, 0), FileStat("d", "D", 0, 3),
    )  # fmt: skip


def test_names_are_quoted_as_git_does() -> None:
    assert quoted("a b") == "a b"
    assert quoted('a"\\\t\x01ü') == '"a\\"\\\\\\t\\001\\303\\274"'
    assert quoted("\udcff") == '"\\377"'


# --- git takes it, whatever the bytes ------------------------------------------------------------

LINE = st.sampled_from(
    [b"", b"a", b"b", b"  c", b"x\r", b"\r", b"a\rb", b"\x0c", "p\u2028q".encode(), b"\xe9\xff",
     b"-- a", b"+++ b", b"@@ -1 +1 @@", b"\\ No newline", b"\x85", b"\x1c", b"\tT "]
)  # fmt: skip
FILE = st.builds(
    lambda lines, last: b"\n".join(lines) + last,
    st.lists(LINE, max_size=14),
    st.sampled_from([b"", b"\n", b"\r\n"]),
)
CHUNK = st.builds(lambda lines, end: b"\n".join(lines) + end, st.lists(LINE, max_size=3),
                  st.sampled_from([b"", b"\n"]))  # fmt: skip


@st.composite
def file_with_edits(draw: st.DrawFn, path: str = "f") -> tuple[bytes, list[Edit]]:
    """A file, and edits of it that do not overlap."""
    data = draw(FILE)
    points = sorted(draw(st.lists(st.integers(0, len(data)), max_size=8)))
    edits: list[Edit] = []
    for number, (start, end) in enumerate(zip(points[::2], points[1::2], strict=False)):
        text = draw(CHUNK)
        if draw(st.booleans()):
            edits.append(Insert(f"i{number}", path, start, text, ""))
        else:
            edits.append(Replace(f"r{number}", path, Span(start, end), data[start:end], text, ""))
    return data, edits


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("repo")


@SLOW
@given(case=file_with_edits())
def test_git_makes_of_a_patch_what_the_edits_make(
    repository: Path, case: tuple[bytes, list[Edit]]
) -> None:
    data, edits = case
    assert_git_agrees(repository, {"f": data}, *edits)


@SLOW
@given(old=FILE, new=FILE)
def test_git_takes_a_patch_between_any_two_texts(repository: Path, old: bytes, new: bytes) -> None:
    edits = (
        Replace("1", "whole", Span(0, len(old)), old, new, ""),
        Create("2", "dir é/new", new, ""),
        Delete("3", "gone", "", ""),
    )
    made = assert_git_agrees(repository, {"whole": old, "gone": old}, *edits)
    searched = file_patch(FileChange("whole", old, new))
    assert searched == b"" or searched in made


def test_edits_that_join_two_lines_between_them(repository: Path) -> None:
    edits = (Insert("1", "f", 2, b"x", ""), Replace("2", "f", Span(2, 4), b"b\n", b"", ""))
    made = assert_git_agrees(repository, {"f": b"a\nb\nc\nd\n"}, *edits)
    assert made.endswith(b"\n a\n-b\n-c\n+xc\n d\n")


NAMES = st.text(
    st.characters(
        codec="utf-8",
        exclude_characters="/\0",
        categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf"),
    ),
    min_size=1,
    max_size=12,
).filter(lambda n: n not in (".", "..") and n.lower() != ".git")


@settings(SLOW, max_examples=30)
@given(name=NAMES, folder=NAMES)
def test_git_takes_any_name(repository: Path, name: str, folder: str) -> None:
    path = f"{folder}/{name}"
    before = {"z z/" + name: b"a\nb\n"}
    edits = (Create("1", path, b"x", ""), Insert("2", "z z/" + name, 2, b"n\n", ""))
    if folder != "z z":
        assert_git_agrees(repository, before, *edits)


def test_patch_is_what_edited_makes() -> None:
    read = reader({"f": b"one\ntwo\n"})
    edit = Insert("1", "f", 4, b"mid\n", "")
    (change,) = changes(plan_of(edit), read)
    assert change.new == edited(b"one\ntwo\n", [edit])
