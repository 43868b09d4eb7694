r"""Plan -> patch: unified diffs over bytes, as git prints and accepts them.

Lines end in LF and in nothing else, names are quoted as git quotes them, and a missing final
newline is marked. Text only: a file that holds a NUL byte is refused, since git would take a binary
patch for it. Neither renames nor changes of mode are shown; an apply makes none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable

from msgspec import Struct

from apimod.errors import Refused
from apimod.hunks import CONTEXT, Run, hunks, runs_of_edits, runs_of_texts, split
from apimod.model import Create, Delete, Insert, Plan, Replace
from apimod.spans import Splice, spliced, splices

Read = Callable[[str], bytes | None]
"""Returns the bytes of a file of the workspace, or None where there is none."""

_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
_ABSENT = "0000000"


class FileChange(Struct, frozen=True):
    """One file before and after; None where it does not exist.

    ``mode`` is its permission bits, or None where they are not known. ``splices`` says how ``new``
    was made from ``old``; without them the difference is searched for.
    """

    path: str
    old: bytes | None
    new: bytes | None
    mode: int | None = None
    splices: tuple[Splice, ...] = ()


class FileStat(Struct, frozen=True):
    """What a change does to a file: ``A``, ``M`` or ``D``, and lines added and removed."""

    path: str
    status: str
    added: int
    removed: int


def changes(plan: Plan, read: Read, mode: Callable[[str], int] | None = None) -> list[FileChange]:
    """Return what a plan does to each file, ordered by path as git orders.

    ``mode`` returns the permission bits of an existing file. Raises Stale or Refused where the
    edits do not fit the bytes that ``read`` returns.
    """
    by_path: dict[str, list[Create | Insert | Replace | Delete]] = {}
    for edit in plan.edits:
        by_path.setdefault(edit.path, []).append(edit)
    found: list[FileChange] = []
    for path in sorted(by_path, key=os.fsencode):
        change = _change(path, by_path[path], read(path), mode)
        if change.old != change.new:
            found.append(change)
    return found


def patch(plan: Plan, read: Read, mode: Callable[[str], int] | None = None) -> bytes:
    """Return the patch of a plan, which ``git apply`` takes; ``b""`` where nothing changes.

    Raises as ``changes`` does, and Refused for binary files.
    """
    return patch_of(changes(plan, read, mode))


def patch_of(files: Iterable[FileChange]) -> bytes:
    """Return the patch of some changes; those that change nothing are left out."""
    return b"".join(file_patch(change) for change in files)


def diffstat(files: Iterable[FileChange]) -> tuple[FileStat, ...]:
    """Return a row for each change."""
    rows: list[FileStat] = []
    for change in files:
        runs = _runs(change)
        status = "A" if change.old is None else "D" if change.new is None else "M"
        added, removed = sum(len(r.new) for r in runs), sum(len(r.old) for r in runs)
        rows.append(FileStat(change.path, status, added, removed))
    return tuple(rows)


def file_patch(change: FileChange) -> bytes:
    """Return one file's part of a patch; ``b""`` where old and new are equal."""
    old, new = change.old, change.new
    if old == new:
        return b""
    if b"\0" in (old or b"") + (new or b""):
        raise Refused("is binary, and a diff cannot show it", where=change.path)
    head = [f"diff --git {quoted('a/' + change.path)} {quoted('b/' + change.path)}"]
    head += _mode_and_index(change)
    runs = _runs(change)
    if runs:
        head.append("--- " + (_named("a/" + change.path) if old is not None else "/dev/null"))
        head.append("+++ " + (_named("b/" + change.path) if new is not None else "/dev/null"))
    out = [os.fsencode("\n".join(head) + "\n")]
    lines = split(old or b"")
    shift = 0
    for group in hunks(runs):
        out.append(_hunk(lines, group, shift))
        shift += sum(len(run.new) - len(run.old) for run in group)
    return b"".join(out)


def quoted(name: str) -> str:
    """Return a name as git prints it: in C quotes if it holds quotes, controls or non-ASCII."""
    raw = os.fsencode(name)
    if all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in raw):
        return name
    return '"' + "".join(_quoted_byte(byte) for byte in raw) + '"'


def blob_hash(data: bytes) -> str:
    """Return the name that git gives to a blob, in full."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _change(
    path: str,
    edits: list[Create | Insert | Replace | Delete],
    old: bytes | None,
    mode: Callable[[str], int] | None,
) -> FileChange:
    spans = [edit for edit in edits if isinstance(edit, Insert | Replace)]
    if len(spans) == len(edits):
        if old is None:
            raise Refused("is to be edited and does not exist", where=path)
        made = splices(old, spans)
        return FileChange(path, old, spliced(old, made), mode(path) if mode else None, made)
    if len(edits) > 1:
        raise Refused("is created or deleted and edited by the same plan", where=path)
    if isinstance(edits[0], Create):
        return FileChange(path, None, edits[0].content, edits[0].mode)
    if old is None:
        raise Refused("is to be deleted and does not exist", where=path)
    return FileChange(path, old, None, mode(path) if mode else None)


def _runs(change: FileChange) -> list[Run]:
    if change.old is not None and change.splices:
        return runs_of_edits(change.old, change.splices)
    return runs_of_texts(change.old or b"", change.new or b"")


def _mode_and_index(change: FileChange) -> list[str]:
    """Return the header's lines between the names, as git prints them.

    A mode that is not known is left out where git allows it, and is 100644 where it does not.
    """
    bits = "100755" if change.mode and change.mode & 0o100 else "100644"
    before = _ABSENT if change.old is None else blob_hash(change.old)[:7]
    after = _ABSENT if change.new is None else blob_hash(change.new)[:7]
    if change.old is None:
        return [f"new file mode {bits}", f"index {before}..{after}"]
    if change.new is None:
        return [f"deleted file mode {bits}", f"index {before}..{after}"]
    return [f"index {before}..{after}" + (f" {bits}" if change.mode is not None else "")]


def _hunk(lines: list[bytes], runs: list[Run], shift: int) -> bytes:
    """Return one hunk; ``shift`` is how many lines the hunks before it added."""
    first = max(runs[0].start - CONTEXT, 0)
    after = min(runs[-1].end + CONTEXT, len(lines))
    body: list[bytes] = []
    at = first
    for run in runs:
        body += (_line(b" ", line) for line in lines[at : run.start])
        body += (_line(b"-", line) for line in run.old)
        body += (_line(b"+", line) for line in run.new)
        at = run.end
    body += (_line(b" ", line) for line in lines[at:after])
    count = after - first
    grown = count + sum(len(run.new) - len(run.old) for run in runs)
    old, new = _range(first, count), _range(first + shift, grown)
    return f"@@ -{old} +{new} @@\n".encode() + b"".join(body)


def _range(first: int, count: int) -> str:
    """Return a hunk's range; git counts from 1, and names the line before an empty range."""
    if count == 0:
        return f"{first},0"
    return f"{first + 1}" if count == 1 else f"{first + 1},{count}"


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + (line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n")


def _named(name: str) -> str:
    # git ends a name that holds a blank with a tab, so that readers see where it ends.
    return quoted(name) + ("\t" if " " in name else "")


def _quoted_byte(byte: int) -> str:
    if byte in _ESCAPES:
        return "\\" + _ESCAPES[byte]
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
