"""An undo restores every byte and mode, and keeps what was changed elsewhere since."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from planning import plan_of
from test_diff import FILE, file_with_edits
from writing import BEFORE, FailingDisk, put, sample_plan, tree, workspace

from apimod.apply import pending, recover
from apimod.diff import patch_of
from apimod.errors import Conflict, Incomplete, Refused
from apimod.merge import Region, without
from apimod.model import Create, Delete, Edit, Insert, Replace, Span
from apimod.state import state_folder
from apimod.undo import applies, undo_changes, undo_last


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the real flushes: a process that dies loses nothing that it handed to the system."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def test_undo_restores_every_byte_and_mode_and_folder(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    report = put(root, sample_plan())
    (undone,) = undo_last(root).undone
    assert tree(root) == before
    assert undone.id == report.id
    assert undone.title == "create-rest users"
    assert {(f.path, f.status) for f in undone.files} >= {("old.txt", "A"), ("empty", "D")}
    assert undo_last(root).undone == ()


def test_nothing_to_undo_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert undo_last(root).undone == ()
    assert undo_changes(root) == []
    assert applies(root) == ()
    assert {p.name for p in (root / ".git").iterdir()} == {"HEAD"}


def test_applies_are_a_stack(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    states = [tree(root)]
    for number in range(12):
        data = (root / "old.txt").read_bytes()
        plan = plan_of(
            Insert("1", "old.txt", 0, b"line %d\n" % number, ""),
            Create("2", f"d/new{number}", b"", ""),
            files={"old.txt": data},
        )
        put(root, plan, group=f"g{number // 2}" if number < 6 else "")
        states.append(tree(root))
    assert [a.group for a in applies(root)][5:9] == ["", "g2", "g2", "g1"]
    assert applies(root)[0].paths == ("d/new11", "old.txt")
    for number in (12, 11, 10, 9, 8, 7, 6, 4, 2, 0):
        assert tree(root) == states[number]
        undo_last(root)
    assert tree(root) == states[0]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_last_applies_are_taken_back_in_one_step(tmp_path: Path, count: int) -> None:
    root = workspace(tmp_path)
    states = [tree(root)]
    for number in range(3):
        data = (root / "old.txt").read_bytes()
        edit = Insert("1", "old.txt", 0, b"line %d\n" % number, "")
        put(root, plan_of(edit, Create("2", f"d{number}/new", b"x", ""), files={"old.txt": data}))
        states.append(tree(root))
    (root / "old.txt").write_bytes(b"mine\n" + (root / "old.txt").read_bytes())
    wanted = {**states[-1 - count]}
    mode, below = wanted["old.txt"]
    assert isinstance(below, bytes)
    wanted["old.txt"] = (mode, b"mine\n" + below)
    report = undo_last(root, count)
    assert tree(root) == wanted
    assert len(report.undone) == count
    assert len(applies(root)) == 3 - count


def test_more_than_there_are_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan())
    after = tree(root)
    with pytest.raises(Refused, match="2 applies are to be taken back, and there are 1"):
        undo_last(root, 2)
    assert tree(root) == after


def test_a_conflict_in_one_of_several_leaves_all(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, plan_of(Insert("1", "app/main.py", 0, b"# top\n", ""), files=BEFORE))
    put(root, plan_of(Create("1", "new", b"x", "")))
    data = (root / "app" / "main.py").read_bytes()
    (root / "app" / "main.py").write_bytes(data.replace(b"# top", b"# mine"))
    before = tree(root)
    with pytest.raises(Conflict):
        undo_last(root, 2)
    assert tree(root) == before
    assert len(applies(root)) == 2


def test_a_file_that_was_created_and_then_changed_goes_with_both(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    put(root, plan_of(Create("1", "d/new", b"a\n", "", mode=0o755)))
    put(root, plan_of(Insert("1", "d/new", 2, b"b\n", ""), files={"d/new": b"a\n"}))
    undo_last(root, 2)
    assert tree(root) == before


def test_a_damaged_record_keeps_no_later_one_from_going_back(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan())
    after = tree(root)
    (first,) = state_folder(root).glob("done-*")
    put(root, plan_of(Create("1", "new", b"x", "")))
    (first / "record.json").write_bytes(b"{")
    assert [bool(a.problem) for a in applies(root)] == [False, True]
    undo_last(root)
    with pytest.raises(Refused, match="damaged"):
        undo_last(root)
    assert tree(root) == after


@pytest.mark.parametrize("bad", ["../../x", "/etc/x", ".git/hooks/pre-commit", "a//b"])
def test_a_record_that_leads_elsewhere_is_refused(tmp_path: Path, bad: str) -> None:
    root = workspace(tmp_path / "ws")
    put(root, sample_plan())
    (folder,) = state_folder(root).glob("done-*")
    record = (folder / "record.json").read_bytes()
    after = tree(tmp_path)
    for old in (b'"empty"', b'"app/users/deep"'):
        (folder / "record.json").write_bytes(record.replace(old, b'"%s"' % bad.encode()))
        with pytest.raises(Refused, match="damaged"):
            undo_last(root)
        folder.rename(state_folder(root) / "pending")
        with pytest.raises(Refused, match="damaged"):
            recover(root)
        (state_folder(root) / "pending").rename(folder)
    assert tree(tmp_path).keys() == after.keys()


def test_what_is_read_only_now_is_not_taken_back(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan())
    (root / "app" / "main.py").chmod(0o444)
    after = tree(root)
    with pytest.raises(Conflict, match="read-only"):
        undo_last(root)
    assert tree(root) == after


def test_what_is_reached_through_a_link_now_is_not_taken_back(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan())
    (root / "app").rename(root / "moved")
    (root / "app").symlink_to("moved")
    after = tree(root)
    with pytest.raises(Conflict, match="symlink"):
        undo_last(root)
    assert tree(root) == after


def test_a_dry_run_shows_what_undo_does(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, plan_of(Insert("1", "app/main.py", 0, b"# top\n", ""), files=BEFORE))
    after = tree(root)
    shown = patch_of(undo_changes(root))
    assert shown.endswith(b"@@ -1,4 +1,3 @@\n-# top\n import a\n \n app = [\n")
    assert tree(root) == after


def test_a_folder_that_others_use_stays(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan())
    (root / "app" / "users" / "mine").write_bytes(b"")
    undo_last(root)
    assert (root / "app" / "users" / "mine").exists()
    assert not (root / "app" / "users" / "deep").exists()


# --- later edits ---------------------------------------------------------------------------------

MAIN = b"import a\nimport b\n\n\napp = [a, b]\n\n\ndef run():\n    return app\n"


def applied(folder: Path) -> tuple[Path, Path]:
    """Return a workspace and a file in which an import and a list item were inserted."""
    root = workspace(folder, {"main.py": MAIN})
    plan = plan_of(
        Insert("1", "main.py", 18, b"import users\n", ""),
        Insert("2", "main.py", MAIN.index(b"]"), b", users", ""),
        files={"main.py": MAIN},
    )
    put(root, plan)
    return root, root / "main.py"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"    return app\n", b"    return [app]\n"),
        (b"import a\n", b""),
        (b"import a\n", b"import os\nimport a\n"),
        (b"import users\n", b"import users\nimport zoo\n"),
        (b"import users\n", b"import top\nimport users\n"),
        (b"users]", b"users, posts]"),
        (b"[a, ", b"["),
        (b"[a, b", b"[b"),
        (b", b, users]", b", users]"),
        (b"app = [", b"application: list = ["),
        (b"def run():", b"\n\n\ndef run() -> None:"),
        (b"\n", b"\r\n"),
    ],
)
def test_later_edits_elsewhere_stay(tmp_path: Path, old: bytes, new: bytes) -> None:
    root, file = applied(tmp_path)
    theirs = file.read_bytes().replace(old, new)
    assert theirs != file.read_bytes()
    file.write_bytes(theirs)
    expected = theirs.replace(b"import users\n", b"").replace(b", users", b"")
    if new == b"\r\n":
        expected = theirs.replace(b"import users\r\n", b"").replace(b", users", b"")
    if new == b"\r\n":
        # Every line end was changed, that of the inserted line as well.
        with pytest.raises(Conflict):
            undo_last(root)
        assert file.read_bytes() == theirs
        return
    undo_last(root)
    assert file.read_bytes() == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"import users\n", b"import users as u\n"),
        (b", users]", b", users()]"[:-1].replace(b"users", b"people") + b"]"),
        (b"import users\n", b"import users, more\n"),
    ],
)
def test_later_edits_of_what_was_inserted_are_a_conflict(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    root, file = applied(tmp_path)
    theirs = file.read_bytes().replace(old, new)
    file.write_bytes(theirs)
    with pytest.raises(Conflict) as caught:
        undo_last(root)
    assert file.read_bytes() == theirs
    assert caught.value.where == "main.py"
    assert "+" + new.decode().strip("], \n") in caught.value.snippet.replace("+app = [a, b, ", "+")
    assert len(applies(root)) == 1


def test_an_insertion_that_is_gone_already_is_taken_back(tmp_path: Path) -> None:
    root, file = applied(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"import users\n", b""))
    undo_last(root)
    assert file.read_bytes() == MAIN


def test_all_taken_back_by_hand_is_no_conflict(tmp_path: Path) -> None:
    root, file = applied(tmp_path)
    file.write_bytes(MAIN)
    assert undo_last(root).undone[0].files == ()
    assert applies(root) == ()


def test_a_changed_mode_stays(tmp_path: Path) -> None:
    root, file = applied(tmp_path)
    file.chmod(0o755)
    undo_last(root)
    assert file.read_bytes() == MAIN
    assert file.stat().st_mode & 0o777 == 0o755


def test_created_files_that_were_changed_are_kept(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    put(root, sample_plan())
    path = "app/users/deep/api.py"
    (root / path).write_bytes(b"mine\n")
    kept = {path: tree(root)[path], "app/users": tree(root)["app/users"],
            "app/users/deep": tree(root)["app/users/deep"]}  # fmt: skip
    (undone,) = undo_last(root).undone
    assert undone.kept == (path,)
    assert tree(root) == {**before, **kept}


def test_created_files_that_were_changed_go_where_that_is_asked_for(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    put(root, sample_plan())
    (root / "app" / "users" / "deep" / "api.py").write_bytes(b"mine\n")
    assert any(c.old == b"mine\n" for c in undo_changes(root, edited_too=True))
    (undone,) = undo_last(root, edited_too=True).undone
    assert undone.kept == ()
    assert tree(root) == before


def test_created_files_that_are_gone_are_no_conflict(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    put(root, sample_plan())
    (root / "empty").unlink()
    undo_last(root)
    assert tree(root) == before


def test_a_file_in_the_place_of_a_deleted_one_is_a_conflict(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan())
    (root / "old.txt").write_bytes(b"mine")
    with pytest.raises(Conflict, match="there again"):
        undo_last(root)
    (root / "old.txt").unlink()
    (root / "OLD.txt").write_bytes(b"mine")
    with pytest.raises(Conflict, match="letter case"):
        undo_last(root)


def test_a_changed_file_that_is_gone_is_a_conflict(tmp_path: Path) -> None:
    root, file = applied(tmp_path)
    file.unlink()
    with pytest.raises(Conflict, match="gone"):
        undo_last(root)


def test_a_deleted_file_comes_back_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    root = workspace(tmp_path, {"a/b/c.sh": b"x"})
    before = tree(root)
    from planning import by_hash

    put(root, plan_of(Delete("1", "a/b/c.sh", by_hash(b"x"), "")))
    (root / "a" / "b").rmdir()
    (root / "a").rmdir()
    undo_last(root)
    assert tree(root) == before


def test_every_step_that_the_disk_refuses_leaves_the_tree_as_applied(tmp_path: Path) -> None:
    at = 0
    while True:
        root = workspace(tmp_path / str(at))
        before = tree(root)
        put(root, sample_plan())
        after = tree(root)
        disk = FailingDisk(at)
        try:
            undo_last(root, disk=disk)
        except Refused:
            assert tree(root) == after, at
            assert pending(root) is None
            undo_last(root)
        except Incomplete:
            assert recover(root).outcome == "finished"
        assert tree(root) == before, at
        assert applies(root) == ()
        if not disk.failed:
            break
        at += 1
    assert at > 40


# --- for any bytes -------------------------------------------------------------------------------


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=file_with_edits())
def test_undo_restores_any_bytes(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[bytes, list[Edit]]
) -> None:
    data, edits = case
    root = workspace(tmp_path_factory.mktemp("ws"), {"f": data})
    try:
        put(root, plan_of(*edits, files={"f": data}))
    except Refused:
        assume(False)
    undo_last(root)
    assert (root / "f").read_bytes() == data


def test_an_insertion_that_stands_elsewhere_now_is_a_conflict() -> None:
    base = b"a\nb\nours\nc\nd\ne\nf\ng\n"
    moved = b"a\nb\nc\nd\ne\nours\nf\ng\n"
    assert without(base, moved, [Region(4, 9, b"")]) is None


def test_of_two_like_places_the_right_one_is_taken_back() -> None:
    twin = b"x(\n  a,\n  u,\n)\n"
    base = b"# 1\n" + twin + b"# 2\n" + twin
    second = base.rindex(b"  u,\n")
    theirs = b"# 0\n" + base.replace(b"# 2", b"# two")
    expected = b"# 0\n# 1\n" + twin + b"# two\nx(\n  a,\n)\n"
    assert without(base, theirs, [Region(second, second + 5, b"")]) == expected


WORDS = st.lists(st.sampled_from([b"aa", b"bb", b"cc", b"dd", b"ee"]), min_size=1, max_size=4)
BLOCK = st.lists(WORDS.map(b" ".join), max_size=6).map(
    lambda lines: b"".join(line + b"\n" for line in lines)
)


@settings(max_examples=150, deadline=None)
@given(BLOCK, BLOCK, BLOCK, BLOCK, st.lists(st.sampled_from([b"one", b"two"]), min_size=1))
def test_later_edits_above_and_below_stay_whatever_they_are(
    above: bytes, below: bytes, new_above: bytes, new_below: bytes, words: list[bytes]
) -> None:
    ours = b" ".join(words) + b"\n"
    fence = b"-- up --\n", b"-- down --\n"
    base = above + fence[0] + ours + fence[1] + below
    theirs = new_above + fence[0] + ours + fence[1] + new_below
    start = len(above + fence[0])
    edit = Region(start, start + len(ours), b"")
    assert without(base, theirs, [edit]) == new_above + fence[0] + fence[1] + new_below


@settings(max_examples=200, deadline=None)
@given(base=FILE, theirs=FILE, data=st.data())
def test_without_never_breaks_and_never_loses_other_bytes(
    base: bytes, theirs: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(base)))
    end = data.draw(st.integers(start, len(base)))
    merged = without(base, theirs, [Region(start, end, b"")])
    if merged is not None:
        assert len(theirs) - len(merged) in (0, end - start)
    assert without(base, base, [Region(start, end, b"old")]) == base[:start] + b"old" + base[end:]


def test_replacements_are_taken_back_too(tmp_path: Path) -> None:
    data = b"total: 3\nlist: [a, b, c]\n"
    root = workspace(tmp_path, {"f": data})
    put(root, plan_of(Replace("1", "f", Span(7, 8), b"3", b"4", ""),
                      Insert("2", "f", 23, b", d", ""), files={"f": data}))  # fmt: skip
    (root / "f").write_bytes(b"# head\ntotal: 4\nlist: [a, b, c, d]\nmore\n")
    undo_last(root)
    assert (root / "f").read_bytes() == b"# head\n" + data + b"more\n"
    assert sorted(p.name for p in root.iterdir()) == [".git", "f"]
