"""The few things that apimod does to a disk, each a step that tests can cut off.

A path is a ``Path``. Every method raises OSError as the system does. A step is announced before it
is made, so that "killed before step n" for every n covers every point.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path


class Disk:
    """Writes so that what is reported as written survives a loss of power."""

    chunk = 1 << 20
    """How many bytes are written in one step."""

    def step(self, what: str, path: Path) -> None:
        """Is called before each step. Tests raise here."""

    def write_new(
        self,
        path: Path,
        data: bytes,
        mode: int,
        like: os.stat_result | None = None,
        *,
        exact: bool = True,
    ) -> None:
        """Write a file that must not exist and flush it.

        ``mode`` is its permission bits; without ``exact`` the umask takes from them. ``like`` is
        the status of a file whose owner is taken over where the system allows it.
        """
        self.step("create", path)
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600 if exact else mode
        )
        try:
            for at in range(0, len(data), self.chunk):
                self.step("write", path)
                _write_all(descriptor, data[at : at + self.chunk])
            self.step("mode", path)
            if like is not None:
                _take_owner(path, like)
            if exact:
                path.chmod(mode)
            self.step("sync", path)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file or folder; a file at the target is replaced in one step."""
        self.step("replace", target)
        source.replace(target)

    def publish(self, source: Path, target: Path) -> None:
        """Rename a file to a name that must be free: FileExistsError where it is not."""
        self.step("publish", target)
        try:
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:
            # Not every file system has hard links; there the check and the rename are two steps.
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, "File exists", os.fspath(target)) from None
            source.replace(target)
            return
        self.step("unlink", source)
        source.unlink()

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        self.step("remove", path)
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """Make a folder in one that exists; one that is there already is left as it is."""
        self.step("mkdir", path)
        with contextlib.suppress(FileExistsError):
            path.mkdir()

    def remove_folder(self, path: Path) -> None:
        """Remove a folder if it is there and empty."""
        self.step("rmdir", path)
        with contextlib.suppress(OSError):
            path.rmdir()

    def remove_tree(self, path: Path) -> None:
        """Remove a folder and the files in it; it has no folders."""
        for file in sorted(path.iterdir()):
            self.remove(file)
        self.step("rmdir", path)
        path.rmdir()

    def sync_folder(self, path: Path) -> None:
        """Flush the names in a folder, where the system has that."""
        self.step("sync folder", path)
        if os.name == "nt":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            # Some network file systems cannot flush a folder, and say so in this way.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(descriptor)


_BINARY: int = getattr(os, "O_BINARY", 0)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _take_owner(path: Path, like: os.stat_result) -> None:
    mine = path.stat()
    if hasattr(os, "chown") and (mine.st_uid, mine.st_gid) != (like.st_uid, like.st_gid):
        with contextlib.suppress(PermissionError):
            os.chown(path, like.st_uid, like.st_gid)
