"""Where apimod keeps what it must remember of a workspace, and the lock around it.

Inside git that is ``apimod/`` in the git directory, which no ``git status`` shows and no ``git
clean`` removes; each linked work tree has its own. Outside git it is a folder in the user's state
directory, named after the workspace's path. Git is not run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from apimod.disk import Disk
from apimod.errors import Refused

_WHERE = "it is kept in the git directory, or outside git in $XDG_STATE_HOME"
_POLL = 0.05
"""Seconds between two tries to get the lock."""


def state_folder(root: Path) -> Path:
    """Return the folder for a workspace's state, which need not exist."""
    git = _git_folder(root)
    if git is not None:
        return git / "apimod"
    return user_folder() / hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]


def user_folder() -> Path:
    """Return the folder for what the user who runs this keeps, whatever the workspace."""
    base = os.environ.get("XDG_STATE_HOME", "")
    home = Path(base) if Path(base).is_absolute() else _home() / ".local" / "state"
    return home / "apimod"


@contextlib.contextmanager
def locked(folder: Path, wait: float) -> Iterator[None]:
    """Hold the one right to write the workspace whose state lies in ``folder``, made if absent.

    Waits up to ``wait`` seconds; raises Refused where another apimod still holds it, or where the
    folder cannot be written.
    """
    try:
        _make(folder)
        release = _acquire(folder / "lock", wait)
    except OSError as error:
        raise Refused(
            f"apimod's own state cannot be written: {error.strerror}", advice=_WHERE
        ) from (error)
    if release is None:
        raise Refused("another apimod is writing this workspace", advice="try again when it ends")
    with release:
        yield


def is_locked(folder: Path) -> bool:
    """Tell whether an apimod is writing the workspace at this moment; changes nothing."""
    lock = folder / "lock"
    if not lock.exists():
        return False
    try:
        release = _acquire(lock, 0)
    except OSError:
        return False
    if release is None:
        return True
    release.close()
    return False


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise Refused("there is no home directory to keep apimod's state in", advice=_WHERE) from (
            error
        )


def _make(folder: Path) -> None:
    """Make a folder and those above it, each flushed into the one that holds it."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in reversed(missing):
        Disk().sync_folder(made.parent)


def _git_folder(root: Path) -> Path | None:
    git = root / ".git"
    try:
        if git.is_file():
            kind, _, target = git.read_text("utf-8").strip().partition(":")
            git = root / target.strip()
            if kind != "gitdir":
                return None
        return git if (git / "HEAD").is_file() else None
    except (OSError, UnicodeDecodeError):
        return None


def _acquire(lock: Path, wait: float) -> contextlib.ExitStack | None:
    """Return what releases the lock when closed, or None where it could not be had in time."""
    deadline = time.monotonic() + wait
    while True:
        release = _try(lock)
        if release is not None or time.monotonic() >= deadline:
            return release
        time.sleep(_POLL)


def _try(lock: Path) -> contextlib.ExitStack | None:
    with contextlib.ExitStack() as stack:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        stack.callback(os.close, descriptor)
        if not _lock(descriptor):
            return None
        # Whoever removed the file meanwhile let another process lock one of the same name.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), lock.stat()):
                return stack.pop_all()
        return None


def _lock(descriptor: int) -> bool:
    """Lock an open file; the system drops the lock when the process ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
