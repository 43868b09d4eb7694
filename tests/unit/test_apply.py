"""An apply writes all of a plan or none of it, and leaves nothing else behind."""

from __future__ import annotations

import errno
import os
import subprocess
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from planning import modified, plan_of, reader
from test_diff import file_with_edits
from writing import BEFORE, FailingDisk, put, sample_plan, tree, workspace

from apimod.apply import pending, recover
from apimod.diff import FileStat, patch
from apimod.disk import Disk
from apimod.errors import ApimodError, Conflict, Incomplete, Refused, Stale, Unsafe
from apimod.model import Create, Edit, Insert, Replace
from apimod.state import locked, state_folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the real flushes: a process that dies loses nothing that it handed to the system."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def test_a_plan_is_written_with_modes(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    mask = os.umask(0o027)
    try:
        report = put(root, sample_plan())
    finally:
        os.umask(mask)
    after = modified(BEFORE, sample_plan().edits)
    assert {p: v[1] for p, v in tree(root).items() if (root / p).is_file()} == after
    modes = {p: mode for p, (mode, _) in tree(root).items() if (root / p).is_file()}
    assert modes == {
        "app/main.py": 0o640, "app/run.sh": 0o755, "app/users/deep/api.py": 0o640,
        "app/users/run": 0o750, "empty": 0o640,
    }  # fmt: skip
    assert FileStat("app/main.py", "M", 2, 0) in report.files
    assert [f.path for f in report.files] == sorted(f.path for f in report.files)
    assert report.recovered.outcome == "nothing"
    assert pending(root) is None


def test_bytes_and_names_are_flushed_before_a_file_takes_its_place(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    seen: list[tuple[str, str]] = []

    class Recording(Disk):
        def step(self, what: str, path: Path) -> None:
            seen.append((what, path.name))

    put(root, plan_of(Create("1", "new", b"x\n", "")), Recording())
    kinds = [what for what, _ in seen]
    assert kinds.index("sync") < kinds.index("sync folder") < kinds.index("replace")
    staged = max(n for n, what in enumerate(kinds) if what == "sync")
    placed = kinds.index("publish")
    assert seen.index(("replace", "pending")) < staged < placed
    assert ("sync folder", root.name) in seen[placed:]


def test_nothing_to_do_leaves_no_record(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    assert put(root, plan_of()).files == ()
    assert put(root, plan_of(Insert("1", "old.txt", 0, b"", ""), files=BEFORE)).files == ()
    assert tree(root) == before
    assert not list(state_folder(root).glob("done-*"))


@pytest.mark.parametrize("linked", [False, True])
def test_git_sees_only_what_the_plan_says(tmp_path: Path, linked: bool) -> None:
    def git(*args: str) -> str:
        env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        identity = ("-c", "user.name=n", "-c", "user.email=e")
        command = ("git", *identity, *args)
        return subprocess.run(
            command, cwd=root, env=env, capture_output=True, check=True, text=True
        ).stdout

    root = tmp_path / "main"
    root.mkdir()
    git("init", "-q")
    (root / "old.txt").write_bytes(b"bye")
    git("add", "-A")
    git("commit", "-qm", "c")
    if linked:
        git("worktree", "add", "-q", "../linked")
        root = tmp_path / "linked"
    put(root, plan_of(Create("1", "new", b"x\n", "")))
    assert git("status", "--porcelain", "--ignored") == "?? new\n"
    assert git("clean", "-ndx") == "Would remove new\n"
    assert state_folder(root).is_dir()
    assert ("worktrees" in state_folder(root).parts) == linked


def test_state_is_kept_outside_where_there_is_no_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "ws"
    root.mkdir()
    put(root, plan_of(Create("1", "new", b"x\n", "")))
    assert tree(root).keys() == {"new"}
    assert state_folder(root).parent == tmp_path / "state" / "apimod"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert state_folder(root).parent == Path.home() / ".local" / "state" / "apimod"
    (root / ".git").write_text("gitdir: nowhere\n")
    assert state_folder(root).name != "apimod"


# --- refusals leave the tree alone ---------------------------------------------------------------


def test_a_stale_plan_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "app" / "main.py").write_bytes(b"other\n")
    before = tree(root)
    with pytest.raises(Stale):
        put(root, sample_plan())
    assert tree(root) == before


class MeddlingDisk(Disk):
    """A disk on which someone else writes a file just before a certain step."""

    def __init__(self, what: str, path: Path, data: bytes) -> None:
        self.what, self.path, self.data = what, path, data

    def step(self, what: str, path: Path) -> None:
        if what == self.what and path.parent != self.path.parent / "none":
            self.what = ""
            self.path.write_bytes(self.data)


@pytest.mark.parametrize(("what", "path"), [("create", "old.txt"), ("create", "empty"),
                                            ("publish", "empty")])  # fmt: skip
def test_what_someone_else_writes_meanwhile_is_not_lost(
    tmp_path: Path, what: str, path: str
) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    with pytest.raises(Refused):
        put(root, sample_plan(), MeddlingDisk(what, root / path, b"theirs"))
    assert (root / path).read_bytes() == b"theirs"
    after = tree(root)
    after.pop(path)
    before.pop(path, None)
    assert after == before
    assert pending(root) is None


def test_a_rollback_does_not_overwrite_what_someone_else_wrote(tmp_path: Path) -> None:
    class Failing(Disk):
        def step(self, what: str, path: Path) -> None:
            if what == "remove" and path.name == "old.txt":
                (root / "app" / "main.py").write_bytes(b"theirs")
                raise OSError(28, "No space left on device", str(path))

    root = workspace(tmp_path)
    with pytest.raises(Incomplete, match=r"app/main\.py"):
        put(root, sample_plan(), Failing())
    assert (root / "app" / "main.py").read_bytes() == b"theirs"
    (root / "app" / "main.py").write_bytes(BEFORE["app/main.py"])
    assert recover(root).outcome == "rolled back"
    assert not (root / "empty").exists()


def test_every_step_that_the_disk_refuses_leaves_the_tree_untouched(tmp_path: Path) -> None:
    at = 0
    while True:
        root = workspace(tmp_path / str(at))
        before = tree(root)
        disk = FailingDisk(at)
        try:
            put(root, sample_plan(), disk)
        except Refused as error:
            assert "No space left" in error.what
            assert tree(root) == before, at
            assert pending(root) is None
        except Incomplete:
            # All is written and only the journal is open; the next command closes it.
            assert recover(root).outcome == "finished"
        if not disk.failed:
            break
        at += 1
    assert at > 40


def test_a_refusal_names_no_file_of_our_own(tmp_path: Path) -> None:
    class Refusing(Disk):
        def step(self, what: str, path: Path) -> None:
            if path.name.startswith(".apimod-"):
                raise OSError(errno.EACCES, "Permission denied", str(path))

    root = workspace(tmp_path)
    with pytest.raises(Refused, match="Permission denied") as caught:
        put(root, sample_plan(), Refusing())
    assert caught.value.where == "app"


def test_a_disk_that_refuses_everything_is_settled_later(tmp_path: Path) -> None:
    at, outcomes = 0, set[str]()
    while True:
        root = workspace(tmp_path / str(at))
        before = tree(root)
        disk = FailingDisk(at, for_good=True)
        try:
            put(root, sample_plan(), disk)
        except Refused:
            assert tree(root) == before, at
        except Incomplete as error:
            assert "apimod recover" in error.advice
            assert pending(root) is not None
            outcome = recover(root).outcome
            outcomes.add(outcome)
            assert outcome == "finished" or tree(root) == before
        if not disk.failed:
            break
        at += 3
    assert outcomes == {"finished", "rolled back"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "app").chmod(0o555)
    before = tree(root)
    with pytest.raises(Refused, match="Permission denied"):
        put(root, sample_plan())
    assert tree(root) == before


def test_an_interrupt_rolls_back(tmp_path: Path) -> None:
    class Interrupted(FailingDisk):
        def step(self, what: str, path: Path) -> None:
            if what == "remove" and not self.failed:
                self.failed = True
                raise KeyboardInterrupt

    root = workspace(tmp_path)
    before = tree(root)
    with pytest.raises(KeyboardInterrupt):
        put(root, sample_plan(), Interrupted(0))
    assert tree(root) == before
    assert pending(root) is None


# --- links and locks -----------------------------------------------------------------------------


def test_a_link_inside_is_written_through(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "link.py").symlink_to("app/main.py")
    plan = plan_of(Insert("1", "link.py", 0, b"# top\n", ""),
                   files={"link.py": BEFORE["app/main.py"]})  # fmt: skip
    put(root, plan)
    assert (root / "link.py").is_symlink()
    assert (root / "app" / "main.py").read_bytes() == b"# top\n" + BEFORE["app/main.py"]


def test_a_link_out_is_not_followed(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(Unsafe):
        put(root, plan_of(Create("1", "out/x", b"", "")))
    assert {p.name for p in tmp_path.iterdir()} == {"ws"}


def test_a_link_swapped_in_meanwhile_is_not_followed(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.py").write_bytes(BEFORE["app/main.py"])

    class Swapping(Disk):
        def step(self, what: str, path: Path) -> None:
            if what == "sync" and path.name.endswith("-0.tmp"):
                (root / "app").rename(root / "moved")
                (root / "app").symlink_to(tmp_path / "app")

    plan = plan_of(Insert("1", "app/main.py", 0, b"x\n", ""), files=BEFORE)
    with pytest.raises(ApimodError):
        put(root, plan, Swapping())
    assert (tmp_path / "app" / "main.py").read_bytes() == BEFORE["app/main.py"]


def test_one_apply_at_a_time(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with locked(state_folder(root), 0), pytest.raises(Refused, match="another apimod"):
        recover(root, wait=0.1)
    results: list[str] = []

    def one(number: int) -> None:
        put(root, plan_of(Create("1", f"new{number}", b"", "")))
        results.append("done")

    threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["done"] * 8
    assert len(list(state_folder(root).glob("done-*"))) == 8


def test_creating_over_something_is_a_conflict(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with pytest.raises(Conflict) as caught:
        put(root, plan_of(Create("1", "old.txt", b"", "")))
    assert caught.value.where == "old.txt"
    assert caught.value.exit_code == 3


# --- what is written is what the patch says ------------------------------------------------------


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=file_with_edits())
def test_apply_writes_what_the_edits_make(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[bytes, list[Edit]]
) -> None:
    data, edits = case
    # Insertions may not split what stands there; replacements may do as they like.
    edits = [edit for edit in edits if isinstance(edit, Replace)]
    root = workspace(tmp_path_factory.mktemp("ws"), {"f": data})
    plan = plan_of(*edits, files={"f": data})
    try:
        report = put(root, plan)
    except Refused:
        assert (root / "f").read_bytes() == data
        return
    assert (root / "f").read_bytes() == modified({"f": data}, edits)["f"]
    assert bool(report.files) == bool(patch(plan, reader({"f": data})))
