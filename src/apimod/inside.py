"""Which places in a workspace may be written, and where a path really leads.

Paths that go in are POSIX strings relative to the workspace, as plans carry them. Nothing here
writes.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path

from apimod.errors import Conflict, Unsafe

# Code points that HFS+ leaves out when it compares names; git guards against the same set.
_IGNORED_BY_HFS = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_SHORT_GIT_NAME = re.compile(r"git~\d+")
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)


def check_shape(path: str) -> None:
    """Raise Unsafe unless ``path`` is a plain relative path that stays out of ``.git``."""
    parts = path.split("/")
    if not path or "\0" in path or any(part in ("", ".", "..") for part in parts):
        raise Unsafe(f"{path!r} is not a plain path inside the workspace")
    if os.name == "nt" and ("\\" in path or ":" in path):
        raise Unsafe(f"{path!r} is not a plain path inside the workspace")
    if any(_is_git(part) for part in parts):
        raise Unsafe("apimod writes nothing under .git", where=path)


def real_path(root: Path, path: str) -> str:
    """Return the file that ``path`` stands for once its symlinks are followed; it need not exist.

    The result is relative to the workspace. Raises Unsafe where it lies outside or under ``.git``.
    """
    check_shape(path)
    base = os.path.realpath(root)
    real = os.path.realpath(os.path.join(base, path))  # noqa: PTH118 (resolve() raises on loops)
    inside = os.path.relpath(real, base).replace(os.sep, "/")
    if inside in (".", "..") or inside.startswith("../") or Path(inside).is_absolute():
        raise Unsafe("a symlink leads out of the workspace", where=path)
    check_shape(inside)
    if os.path.islink(real):  # noqa: PTH114 (a name that is too long is no link)
        raise Unsafe("a symlink leads round in a circle", where=path)
    return inside


def same_name(path: str) -> str:
    """Return what two paths share that some file systems take for one: case and composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def check_free(root: Path, path: str) -> None:
    """Raise Conflict unless a file can be created at ``path``.

    In the way are an entry of that name, of that name in other letters, and a file where the path
    wants a folder. A symlink that leads nowhere is in the way as well.
    """
    folder = root
    *folders, name = path.split("/")
    for part in folders:
        if not _holds(folder, part, path):
            return
        folder /= part
        if not folder.is_dir():
            raise Conflict("a file is where a folder is needed", where=path)
    if _holds(folder, name, path):
        raise Conflict("there is something at this path already", where=path)


def check_file(root: Path, path: str) -> None:
    """Raise Conflict unless ``path`` is a regular file that may be written."""
    try:
        mode = (root / path).stat().st_mode
    except OSError as error:
        raise Conflict(f"cannot be changed: {error.strerror}", where=path) from error
    if not stat.S_ISREG(mode):
        raise Conflict("is not a regular file", where=path)
    # A rename would get past what the system forbids to write, so the bits alone decide for root.
    if not mode & 0o222 or not os.access(root / path, os.W_OK):
        raise Conflict("is read-only", where=path, advice="make it writable first")


def read_regular(path: Path) -> bytes | None:
    """Return a file's bytes, None where what stands there is no regular file.

    Raises OSError as ``open`` does. Looks before it opens, and never waits, as a FIFO would make it.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT | _BINARY)
    with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor)
        return file.read() if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def _holds(folder: Path, name: str, path: str) -> bool:
    """Tell whether ``folder`` holds ``name``; raises Conflict if it holds it in other letters."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 (names, not paths)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Conflict(f"its folder cannot be read: {error.strerror}", where=path) from error
    if name in names:
        return True
    alike = same_name(name)
    for other in names:
        if same_name(other) == alike:
            raise Conflict(f"its name differs only in letter case from {other!r}", where=path)
    return False


def _is_git(part: str) -> bool:
    bare = _IGNORED_BY_HFS.sub("", part).casefold().split(":")[0].rstrip(". ")
    return bare == ".git" or _SHORT_GIT_NAME.fullmatch(bare) is not None
