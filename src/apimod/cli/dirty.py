"""Uncommitted changes in files that are about to change.

Git is asked for its index and nothing else, and files are held against it here: ``git status``
would run filters and monitors that the repository's own configuration names.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from apimod.errors import Refused, shorten
from apimod.planning.children import tool

_GIT = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    # Reading an index is safe, whoever owns it.
    *("-c", "safe.directory=*"),
)


class _Row(Struct, frozen=True):
    """A file in git's index: its mark (``S`` where a sparse checkout leaves it out), its blob."""

    mark: str
    blob: str
    stage: str


def dirty(root: Path, changed: Sequence[str], created: Sequence[str] = ()) -> tuple[str, ...]:
    """Return those files that hold what git could not give back.

    ``changed`` are files that exist: one that differs from the index, or is not in it, is dirty.
    ``created`` are new: one that git tracks, and a sparse checkout leaves out, is there already.
    Outside a git work tree, without git, and before the first commit there are none. Raises Refused
    where git cannot tell.
    """
    paths = [*changed, *created]
    if not paths or not (root / ".git").exists():
        return ()
    try:
        head = _git(root, "rev-parse", "--quiet", "--verify", "HEAD")
        if head.returncode == 1 or b"not a git repository" in head.stderr:
            return ()
        done = _git(root, "ls-files", "--stage", "-t", "-z", "--", *paths)
    except FileNotFoundError:
        return ()
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _unsure(str(error)) from error
    for answer in (head, done):
        if answer.returncode != 0:
            raise _unsure(answer.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
    rows = _rows(done.stdout)
    found = [path for path in changed if _differs(root / path, rows.get(path, []))]
    return (*found, *(path for path in created if any(r.mark == "S" for r in rows.get(path, []))))


def _unsure(why: str) -> Refused:
    return Refused(
        f"git cannot tell whether files have uncommitted changes: {shorten(why, 200)}",
        advice="--allow-dirty changes them all the same",
        flag="--allow-dirty",
    )


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}
    environment |= {"GIT_LITERAL_PATHSPECS": "1", "GIT_NO_LAZY_FETCH": "1"}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"):
        environment.pop(name, None)
    program = tool("git")
    if not program:
        raise FileNotFoundError("git")
    return subprocess.run(
        (program, *_GIT, *arguments),
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=30,
        check=False,
    )


def _rows(listed: bytes) -> dict[str, list[_Row]]:
    """Return what ``git ls-files`` said of each path."""
    found: dict[str, list[_Row]] = {}
    for line in listed.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        parts = about.decode("ascii", "replace").split()
        if tab and len(parts) == 4:
            mark, _, blob, stage = parts
            found.setdefault(os.fsdecode(path), []).append(_Row(mark, blob, stage))
    return found


def _differs(file: Path, rows: Sequence[_Row]) -> bool:
    """Tell whether a file holds other bytes than its one row in the index."""
    if len(rows) != 1 or rows[0].stage != "0":
        return True
    try:
        data = file.read_bytes()
    except OSError:
        return True
    # Git may keep line ends in another form than the work tree has them.
    return rows[0].blob not in {
        _blob(text, rows[0].blob) for text in (data, data.replace(b"\r\n", b"\n"))
    }


def _blob(data: bytes, like: str) -> str:
    """Return the name that git gives to bytes, by the hash that made ``like``."""
    text = b"blob %d\0" % len(data) + data
    if len(like) == 64:
        return hashlib.sha256(text).hexdigest()
    return hashlib.sha1(text, usedforsecurity=False).hexdigest()
