"""What the tests of apply, undo and the journal share: trees on disk, and disks that break."""

from __future__ import annotations

import errno
import stat
from collections.abc import Mapping
from pathlib import Path

from apimod.apply import AppliedReport, apply_plan
from apimod.disk import Disk
from apimod.model import Create, Delete, Insert, Plan, Replace, Span

Tree = dict[str, tuple[int, bytes | str]]

BEFORE = {
    "app/main.py": b"import a\n\napp = [\n    a,\n]\n",
    "app/run.sh": b"#!/bin/sh\r\nrun\r\n",
    "old.txt": b"bye",
}


class Crash(BaseException):
    """The process is gone: nothing that cleans up may run on it."""


class CrashingDisk(Disk):
    """A disk whose process dies before its n-th step; files are written a few bytes a step."""

    chunk = 9

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self, what: str, path: Path) -> None:
        if self.left == 0:
            raise Crash(f"{what} {path.name}")
        self.left -= 1


class FailingDisk(CrashingDisk):
    """A disk that refuses one step, or every one from then on."""

    def __init__(self, at: int, *, for_good: bool = False, code: int = errno.ENOSPC) -> None:
        super().__init__(at)
        self.for_good = for_good
        self.code = code
        self.failed = False

    def step(self, what: str, path: Path) -> None:
        self.left -= 1
        if self.left == -1 or (self.left < 0 and self.for_good):
            self.failed = True
            raise OSError(self.code, "No space left on device", str(path))


def workspace(folder: Path, files: Mapping[str, bytes] = BEFORE) -> Path:
    """Make a work tree of git, as far as apimod looks, with some files; ``.sh`` are executable."""
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        (folder / path).chmod(0o755 if path.endswith(".sh") else 0o640)
    return folder


def tree(root: Path) -> Tree:
    """Return all of a workspace but ``.git``: each path with its mode, and bytes or link target."""
    found: Tree = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.split("/")[0] == ".git":
            continue
        mode = stat.S_IMODE(path.lstat().st_mode)
        if path.is_symlink():
            found[name] = (mode, str(path.readlink()))
        else:
            found[name] = (mode, b"" if path.is_dir() else path.read_bytes())
    return found


def sample_plan() -> Plan:
    """Return a plan of ``BEFORE`` with every kind of edit and new folders."""
    from planning import by_hash, plan_of

    main = BEFORE["app/main.py"]
    return plan_of(
        Insert("1", "app/main.py", 9, b"import users\n", "", ("2",)),
        Create("2", "app/users/deep/api.py", b"def users():\n    pass\n", ""),
        Insert("3", "app/main.py", main.index(b"]"), b"    users,\n", ""),
        Replace("4", "app/run.sh", Span(11, 14), b"run", b"exec run", ""),
        Delete("5", "old.txt", by_hash(b"bye"), ""),
        Create("6", "app/users/run", b"#!/bin/sh\n", "", mode=0o755),
        Create("7", "empty", b"", ""),
        files=BEFORE,
    )


def put(root: Path, plan: Plan, disk: Disk | None = None, group: str = "") -> AppliedReport:
    """Apply a plan where nothing is ignored and no grammar is known."""
    return apply_plan(
        root, plan, ignored=lambda _: False, grammar_of=lambda _: None, disk=disk, group=group
    )
