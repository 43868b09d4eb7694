"""After a kill at any point the next command makes the tree wholly old or wholly new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from planning import plan_of
from writing import Crash, CrashingDisk, Tree, put, sample_plan, tree, workspace

from apimod.apply import Pending, pending, recover
from apimod.errors import Conflict, Refused, Stale
from apimod.journal import Journal
from apimod.model import Create
from apimod.records import read_record
from apimod.state import state_folder
from apimod.undo import applies, undo_last


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the real flushes: a process that dies loses nothing that it handed to the system."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def crashed(run: Callable[[CrashingDisk], object], at: int) -> bool:
    """Run something on a disk that dies before a step; tell whether it came so far."""
    try:
        run(CrashingDisk(at))
    except Crash:
        return True
    return False


def final(folder: Path) -> Tree:
    """Return the tree that the sample plan makes."""
    root = workspace(folder)
    put(root, sample_plan())
    return tree(root)


def assert_usable(root: Path, before: Tree, after: Tree) -> None:
    """Go on from a settled tree: apply if it is old, then take back."""
    if tree(root) == before:
        put(root, sample_plan())
    assert tree(root) == after
    assert undo_last(root).undone
    assert tree(root) == before
    assert applies(root) == ()
    assert {p.name for p in state_folder(root).iterdir()} <= {"lock"}


def test_an_apply_killed_before_any_step(tmp_path: Path) -> None:
    after = final(tmp_path / "final")
    outcomes, at = set[str](), 0
    while True:
        root = workspace(tmp_path / str(at))
        before = tree(root)
        if not crashed(lambda disk, r=root: put(r, sample_plan(), disk), at):  # type: ignore[misc]
            break
        cut_off = pending(root)
        assert cut_off is None or cut_off.title == "create-rest users"
        report = recover(root)
        assert (report.outcome == "nothing") == (cut_off is None)
        assert tree(root) in (before, after), at
        assert pending(root) is None
        outcomes.add(report.outcome)
        assert_usable(root, before, after)
        at += 1
    assert at > 100
    assert outcomes == {"nothing", "finished", "rolled back"}


def test_an_undo_killed_before_any_step(tmp_path: Path) -> None:
    outcomes, at = set[str](), 0
    while True:
        root = workspace(tmp_path / str(at))
        before = tree(root)
        put(root, sample_plan())
        after = tree(root)
        if not crashed(lambda disk, r=root: undo_last(r, disk=disk), at):  # type: ignore[misc]
            break
        outcomes.add(recover(root).outcome)
        assert tree(root) in (before, after), at
        assert bool(applies(root)) == (tree(root) == after), at
        assert_usable(root, before, after)
        at += 1
    assert at > 100
    assert outcomes == {"nothing", "finished", "rolled back"}


def test_a_recovery_killed_before_any_step(tmp_path: Path) -> None:
    """The points of the apply are sampled; at each, the recovery dies at every step."""
    after = final(tmp_path / "final")
    for at in range(40, 130, 7):
        step = 0
        while True:
            root = workspace(tmp_path / f"{at}-{step}")
            before = tree(root)
            if not crashed(lambda disk, r=root: put(r, sample_plan(), disk), at):  # type: ignore[misc]
                break
            again = crashed(lambda disk, r=root: recover(r, disk=disk), step)  # type: ignore[misc]
            recover(root)
            assert tree(root) in (before, after), (at, step)
            assert pending(root) is None
            if not again:
                break
            step += 3


def test_the_next_apply_settles_first(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    before = tree(root)
    assert crashed(lambda disk: put(root, sample_plan(), disk), step_of(tmp_path / "x", "remove"))
    assert tree(root) != before
    assert pending(root) == Pending(
        "apply", "create-rest users",
        ("app/main.py", "app/run.sh", "app/users/deep/api.py", "app/users/run", "empty", "old.txt"),
    )  # fmt: skip
    report = put(root, sample_plan())
    assert report.recovered.outcome == "rolled back"
    assert len(report.files) == 6
    undo_last(root)
    assert tree(root) == before


def test_the_next_undo_settles_first(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    put(root, sample_plan())
    crashed(lambda disk: undo_last(root, disk=disk), 70)
    undo_last(root)
    assert tree(root) == before


def step_of(folder: Path, wanted: str) -> int:
    """Return the number of the first step of a kind in the sample's apply."""
    seen: list[str] = []

    class Recording(CrashingDisk):
        def step(self, what: str, path: Path) -> None:
            seen.append(what)

    put(workspace(folder), sample_plan(), Recording(0))
    return seen.index(wanted)


def test_what_was_changed_since_the_kill_is_not_overwritten(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    at = step_of(tmp_path / "x", "remove")
    assert crashed(lambda disk: put(root, sample_plan(), disk), at)
    (root / "app" / "main.py").write_bytes(b"mine\n")
    before = tree(root)
    for attempt in (
        lambda: recover(root),
        lambda: undo_last(root),
        lambda: put(root, sample_plan()),
    ):
        with pytest.raises(Conflict) as caught:
            attempt()
        assert caught.value.where == "app/main.py"
        assert "--forget" in caught.value.advice
        assert tree(root) == before
    recover(root, forget=True)
    left = tree(root)
    assert {p for p in before if p not in left} == {p for p in before if p.endswith(".tmp")}
    assert pending(root) is None
    with pytest.raises(Stale):
        put(root, sample_plan())


def test_what_was_changed_before_the_write_came_to_it_stays(tmp_path: Path) -> None:
    """Cut off before the first file, a write has nothing in a file that someone edits then."""
    root = workspace(tmp_path / "ws")
    at = step_of(tmp_path / "x", "publish")
    assert crashed(lambda disk: put(root, sample_plan(), disk), at)
    (root / "old.txt").write_bytes(b"mine\n")
    before = tree(workspace(tmp_path / "fresh"))
    report = recover(root)
    assert (report.outcome, report.kept) == ("rolled back", ("old.txt",))
    assert tree(root) == {**before, "old.txt": (before["old.txt"][0], b"mine\n")}


def test_the_others_are_rolled_back_where_that_is_asked_for(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    at = step_of(tmp_path / "x", "remove")
    assert crashed(lambda disk: put(root, sample_plan(), disk), at)
    (root / "app" / "main.py").write_bytes(b"mine\n")
    before = tree(workspace(tmp_path / "fresh"))
    report = recover(root, keep_edited=True)
    assert (report.outcome, report.kept) == ("rolled back", ("app/main.py",))
    assert tree(root) == {**before, "app/main.py": (before["app/main.py"][0], b"mine\n")}


@pytest.mark.parametrize("path", ["app/main.py", "app/users/deep/api.py", "old.txt", "empty"])
def test_what_is_edited_between_the_kill_and_the_recovery_is_never_lost(
    tmp_path: Path, path: str
) -> None:
    at, ends = 0, set[str]()
    fresh = tree(workspace(tmp_path / "fresh"))
    while True:
        root = workspace(tmp_path / str(at))
        if not crashed(lambda disk, r=root: put(r, sample_plan(), disk), at):  # type: ignore[misc]
            break
        if pending(root) is not None and (root / path).parent.is_dir():
            (root / path).write_bytes(b"mine\n")
            try:
                ends.add(recover(root).outcome)
            except Conflict:
                ends.add("refused")
                recover(root, keep_edited=True)
            left = tree(root)
            assert left.pop(path)[1] == b"mine\n", at
            folders = {str(folder) for folder in Path(path).parents}
            wanted = {p: v for p, v in fresh.items() if p != path}
            assert {p: v for p, v in left.items() if p not in folders} == {
                p: v for p, v in wanted.items() if p not in folders
            }, at
        at += 1
    assert ends >= {"rolled back", "refused"} or path == "old.txt"


def test_a_damaged_record_is_told_and_nothing_touched(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    at = step_of(tmp_path / "x", "remove")
    assert crashed(lambda disk: put(root, sample_plan(), disk), at)
    before = tree(root)
    record = state_folder(root) / "pending" / "record.json"
    record.write_bytes(record.read_bytes()[:50])
    with pytest.raises(Refused, match="damaged"):
        recover(root)
    assert tree(root) == before
    assert pending(root) == Pending("write", pending_problem(root), ())
    recover(root, forget=True)
    assert tree(root) == before
    assert pending(root) is None


def pending_problem(root: Path) -> str:
    """Return what is wrong with the pending record, as a refusal says it."""
    with pytest.raises(Refused) as caught:
        recover(root)
    return caught.value.what


def test_a_damaged_side_is_told_before_anything_is_put_back(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    at = step_of(tmp_path / "x", "remove")
    assert crashed(lambda disk: put(root, sample_plan(), disk), at)
    before = tree(root)
    (state_folder(root) / "pending" / "1.old").write_bytes(b"other")
    with pytest.raises(Refused, match="damaged"):
        recover(root)
    assert tree(root) == before


def test_only_the_newest_applies_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apimod.journal.DEPTH", 2)
    root = workspace(tmp_path)
    for name in "abcd":
        put(root, plan_of(Create("1", name, b"", "")))
    assert [a.paths for a in applies(root)] == [("d",), ("c",)]


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[3].split(os.pathsep)
from writing import CrashingDisk, put, sample_plan
from apimod.undo import undo_last

class Killing(CrashingDisk):
    def step(self, what, path):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

root, at, undo = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[4] == "undo"
undo_last(root, disk=Killing(at)) if undo else put(root, sample_plan(), Killing(at))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.parametrize("what", ["apply", "undo"])
@pytest.mark.parametrize("at", [0, 30, 50, 62, 75, 88, 96, 104])
def test_a_real_kill(tmp_path: Path, what: str, at: int) -> None:
    after = final(tmp_path / "final")
    root = workspace(tmp_path / "ws")
    before = tree(root)
    if what == "undo":
        put(root, sample_plan())
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(root), str(at), paths, what], check=False
    )
    assert done.returncode == -signal.SIGKILL
    recover(root)
    assert tree(root) in (before, after)
    assert_usable(root, before, after)


def test_a_record_says_what_was_done(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan(), group="g")
    journal = Journal(root, state_folder(root), CrashingDisk(0))
    record = read_record(journal.done()[0])
    assert (record.kind, record.group, record.folders) == (
        "apply", "g", ("app/users", "app/users/deep"),
    )  # fmt: skip
    assert record.entries[0].splices == ((9, 9, 13), (25, 25, 11))


ASKED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[3].split(os.pathsep)
from apimod.cli import main
from writing import CrashingDisk, put, sample_plan

class Asked(CrashingDisk):
    def step(self, what, path):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGTERM)
        self.left -= 1

main.main = lambda _: put(Path(sys.argv[1]), sample_plan(), Asked(int(sys.argv[2]))) and 0
try:
    main.run()
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="the system has no SIGTERM")
@pytest.mark.parametrize("at", [30, 62, 88])
def test_a_request_to_end_rolls_back(tmp_path: Path, at: int) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(root), str(at), paths], check=False, capture_output=True
    )
    assert done.returncode == 130, done.stderr
    assert tree(root) == before
    assert pending(root) is None
