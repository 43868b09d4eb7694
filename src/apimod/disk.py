"""The few things that apimod does to a disk, each a step that tests can cut off.

A path is a ``Path``. Every method raises OSError as the system does. A step is announced before it
is made, so that "killed before step n" for every n covers every point.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
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
        like: Path | None = None,
        *,
        exact: bool = True,
    ) -> None:
        """Write a file that must not exist and flush it.

        ``mode`` is its permission bits; without ``exact`` the umask takes from them. ``like`` is
        a file whose owner and extended attributes are taken over where the system allows it.
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
                _take_attributes(descriptor, like)
            if exact:
                # Last, since a change of owner clears the bits that lend its rights.
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
        try:
            path.rmdir()
        except OSError as error:
            # Elsewhere than on Linux, a folder that is not empty "exists".
            if error.errno not in (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                raise

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


_NO_ATTRIBUTES = (errno.ENOTSUP, errno.EPERM, errno.EACCES, errno.ENODATA, errno.EINVAL)
_BINARY: int = getattr(os, "O_BINARY", 0)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _take_owner(path: Path, like: Path) -> None:
    mine, theirs = path.stat(), like.stat()
    if hasattr(os, "chown") and (mine.st_uid, mine.st_gid) != (theirs.st_uid, theirs.st_gid):
        with contextlib.suppress(PermissionError):
            os.chown(path, theirs.st_uid, theirs.st_gid)


def _take_attributes(descriptor: int, like: Path) -> None:
    """Copy extended attributes, access control lists among them; not all may be set by anyone."""
    if sys.platform != "linux":
        return
    try:
        names = os.listxattr(like)
    except OSError as error:
        if error.errno not in _NO_ATTRIBUTES:
            raise
        return
    for name in names:
        try:
            os.setxattr(descriptor, name, os.getxattr(like, name))
        except OSError as error:
            if error.errno not in _NO_ATTRIBUTES:
                raise
