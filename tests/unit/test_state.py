"""Where the state lies, and the lock around it: one writer at a time, whatever became of the last."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from planning import plan_of
from writing import put, workspace

from apimod.cli import services
from apimod.errors import Refused
from apimod.model import Create
from apimod.state import is_locked, locked, state_folder
from apimod.undo import applies, undo_last
from apimod.workspace import Workspace

HOLD = """
import sys, time
from pathlib import Path
from apimod.state import locked
with locked(Path(sys.argv[1]), 5):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(state: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    made = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(state)], stdout=subprocess.PIPE, text=True, env=env
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "held\n"
    return made


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_the_lock_of_a_dead_process_is_free(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    state = state_folder(root)
    other = holder(state)
    assert is_locked(state)
    with pytest.raises(Refused, match="another apimod"), locked(state, 0.1):
        pass
    other.kill()
    other.wait()
    assert (state / "lock").exists()
    assert not is_locked(state)
    put(root, plan_of(Create("1", "new", b"", "")))


def test_a_lock_whose_file_was_removed_does_not_let_two_in(tmp_path: Path) -> None:
    state = state_folder(workspace(tmp_path))
    with locked(state, 0):
        (state / "lock").unlink()
        # Whoever comes now gets the new file's lock, and nobody the old one's.
        with locked(state, 0), pytest.raises(Refused), locked(state, 0.1):
            pass


def test_a_wait_ends(tmp_path: Path) -> None:
    state = state_folder(workspace(tmp_path))
    with locked(state, 0):
        start = time.monotonic()
        with pytest.raises(Refused), locked(state, 0.3):
            pass
        assert 0.2 < time.monotonic() - start < 5


def test_a_state_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / ".git" / "apimod").write_bytes(b"a file")
    with pytest.raises(Refused, match="own state cannot be written"):
        put(root, plan_of(Create("1", "new", b"", "")))
    assert not (root / "new").exists()
    assert undo_last(root).undone == ()
    assert applies(root) == ()


def test_no_home_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", staticmethod(homeless))
    with pytest.raises(Refused, match="no home directory"):
        state_folder(tmp_path)
    assert services.cut_off(Workspace(tmp_path)) is None


def test_a_submodule_has_its_own_state(tmp_path: Path) -> None:
    root = workspace(tmp_path / "main")
    modules = root / ".git" / "modules" / "sub"
    modules.mkdir(parents=True)
    (modules / "HEAD").write_text("ref: refs/heads/main\n")
    (root / "sub").mkdir()
    (root / "sub" / ".git").write_text("gitdir: ../.git/modules/sub\n")
    assert state_folder(root / "sub").resolve() == modules / "apimod"
    assert state_folder(root) == root / ".git" / "apimod"


def test_strange_entries_in_the_state_are_passed_over(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    state = state_folder(root)
    for name in ("done-x", "done-1-2", "trash-1", "new-1", "other"):
        (state / name / "sub").mkdir(parents=True)
    put(root, plan_of(Create("1", "new", b"", "")))
    assert len(applies(root)) == 1
    undo_last(root)
    assert not (root / "new").exists()
