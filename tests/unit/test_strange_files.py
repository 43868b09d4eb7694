"""What stands at a path instead of the file that a plan knew, and what a file carries beside bytes.

Between the plan and the write anything may happen to a work tree; so it may between a crash and the
recovery, and between an apply and its undo.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from planning import plan_of
from writing import BEFORE, Crash, CrashingDisk, put, sample_plan, tree, workspace

from apimod.apply import recover
from apimod.errors import ApimodError, Conflict, Refused, Unsafe
from apimod.inside import read_regular
from apimod.model import Create, Insert
from apimod.undo import undo_last

PATH = "app/main.py"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the real flushes."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket has little room
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _folder(path: Path) -> None:
    path.mkdir()


def _link_out(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _link_to_the_same(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(BEFORE[PATH])
    path.symlink_to(copy.name)


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


INSTEAD = [_fifo, _socket, _folder, _link_out, _circle, _device]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
@pytest.mark.parametrize("instead", INSTEAD)
def test_something_else_in_the_place_of_a_planned_file(
    tmp_path: Path, instead: Callable[[Path], None]
) -> None:
    root = workspace(tmp_path)
    (root / PATH).unlink()
    instead(root / PATH)
    before = _names(root)
    with pytest.raises(Refused):
        put(root, sample_plan())
    assert _names(root) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
@pytest.mark.parametrize("instead", [*INSTEAD, _link_to_the_same])
def test_something_else_in_the_place_of_an_applied_file(
    tmp_path: Path, instead: Callable[[Path], None]
) -> None:
    root = workspace(tmp_path)
    put(root, sample_plan())
    (root / PATH).unlink()
    instead(root / PATH)
    before = _names(root)
    with pytest.raises(Refused):
        undo_last(root)
    assert _names(root) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
@pytest.mark.parametrize("instead", [*INSTEAD, _link_to_the_same])
def test_something_else_in_the_place_of_a_file_that_was_cut_off(
    tmp_path: Path, instead: Callable[[Path], None]
) -> None:
    root = workspace(tmp_path)
    with pytest.raises(Crash):
        put(root, sample_plan(), CrashingDisk(_steps_to_first_replace(tmp_path / "x") + 1))
    (root / PATH).unlink()
    instead(root / PATH)
    before = _names(root)
    with pytest.raises(Conflict, match="changed since a write was cut off"):
        recover(root)
    assert _names(root) == before


def test_a_folder_that_became_a_link_out_in_the_middle_is_told(tmp_path: Path) -> None:
    class Swapping(CrashingDisk):
        def step(self, what: str, path: Path) -> None:
            if what == "publish" and not (root / "moved").exists():
                (root / "app").rename(root / "moved")
                (root / "app").symlink_to(tmp_path)

    root = workspace(tmp_path / "ws")
    with pytest.raises(ApimodError, match="cut off"):
        put(root, sample_plan(), Swapping(0))
    (root / "app").unlink()
    (root / "moved").rename(root / "app")
    recover(root)
    assert tree(root) == tree(workspace(tmp_path / "fresh"))


def test_a_mode_that_changed_before_the_recovery_stays(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with pytest.raises(Crash):
        put(root, sample_plan(), CrashingDisk(_steps_to_first_replace(tmp_path / "x") + 1))
    (root / PATH).chmod(0o600)
    recover(root)
    assert (root / PATH).read_bytes() == BEFORE[PATH]
    assert (root / PATH).stat().st_mode & 0o7777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o755, 0o600, 0o4755, 0o2644, 0o200 | 0o444])
def test_every_mode_stays(tmp_path: Path, mode: int) -> None:
    root = workspace(tmp_path)
    (root / PATH).chmod(mode)
    before = tree(root)
    put(root, sample_plan())
    assert tree(root)[PATH][0] == before[PATH][0]
    undo_last(root)
    assert tree(root) == before


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's extended attributes")
def test_extended_attributes_stay(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    try:
        os.setxattr(root / PATH, "user.note", b"kept")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    put(root, sample_plan())
    assert os.getxattr(root / PATH, "user.note") == b"kept"
    undo_last(root)
    assert os.getxattr(root / PATH, "user.note") == b"kept"


def test_another_name_of_a_file_keeps_its_old_bytes(tmp_path: Path) -> None:
    """A file that is linked from elsewhere, as copies of work trees are, is not written there."""
    root = workspace(tmp_path / "ws")
    os.link(root / PATH, tmp_path / "outside.py")
    put(root, sample_plan())
    assert (tmp_path / "outside.py").read_bytes() == BEFORE[PATH]
    undo_last(root)
    assert (root / PATH).read_bytes() == BEFORE[PATH]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_the_owner_stays_even_one_without_a_name(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    os.chown(root / PATH, 54321, 54322)
    put(root, sample_plan())
    made = (root / PATH).stat()
    assert (made.st_uid, made.st_gid) == (54321, 54322)
    undo_last(root)
    made = (root / PATH).stat()
    assert (made.st_uid, made.st_gid) == (54321, 54322)


def test_paths_that_the_system_does_not_take_are_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    for path in ("x" * 300 + ".py", "/".join(["long" * 50] * 30) + "/x.py"):
        with pytest.raises(Refused):
            put(root, plan_of(Create("1", path, b"", "")))
        assert tree(root) == before


@pytest.mark.parametrize("path", ["APP/main.py", "app/MAIN.py", "Old.txt/x", "app/main.py/x"])
def test_names_that_some_systems_take_for_others_are_refused(tmp_path: Path, path: str) -> None:
    root = workspace(tmp_path)
    before = tree(root)
    with pytest.raises(Conflict):
        put(root, plan_of(Create("1", path, b"", "")))
    assert tree(root) == before


def test_a_work_tree_inside_the_workspace_is_not_ours(tmp_path: Path) -> None:
    from apimod.workspace import Workspace

    root = workspace(tmp_path)
    (root / "lib" / "src").mkdir(parents=True)
    (root / "lib" / ".git").write_text("gitdir: ../.git/modules/lib\n")
    space = Workspace(root)
    assert space.why_ignored("lib/src/new.py") == "in a git work tree of its own"
    with pytest.raises(Unsafe):
        from apimod.apply import apply_plan

        plan = plan_of(Create("1", "lib/src/new.py", b"", ""))
        apply_plan(root, plan, ignored=space.ignored, grammar_of=lambda _: None)


def test_reading_never_waits(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("the system has no FIFOs")
    os.mkfifo(tmp_path / "f")
    assert read_regular(tmp_path / "f") is None
    assert read_regular(tmp_path) is None
    (tmp_path / "x").write_bytes(b"x")
    assert read_regular(tmp_path / "x") == b"x"


def test_an_insertion_at_a_read_only_file_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / PATH).chmod(0o444)
    before = tree(root)
    with pytest.raises(Conflict, match="read-only"):
        put(root, plan_of(Insert("1", PATH, 0, b"# x\n", ""), files=BEFORE))
    assert tree(root) == before


def _steps_to_first_replace(folder: Path) -> int:
    """Return how many steps an apply of the sample makes before a file changes."""
    seen: list[str] = []

    class Recording(CrashingDisk):
        def step(self, what: str, path: Path) -> None:
            seen.append(f"{what} {path.name}")

    put(workspace(folder), sample_plan(), Recording(0))
    return seen.index("replace main.py")


def _names(root: Path) -> dict[str, int]:
    """Return every path with its kind and mode, and open nothing."""
    return {
        path.relative_to(root).as_posix(): path.lstat().st_mode
        for path in sorted(root.rglob("*"))
        if ".git" not in path.parts
    }
