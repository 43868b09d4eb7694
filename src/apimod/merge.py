"""Taking edits back out of a file that was changed elsewhere since.

Three texts: **base** is what the edits left, **mine** is what stood before them, **theirs** is what
stands now. The changes from base to theirs are found token by token; where none of them reaches
into an edit's bytes, the edits are taken out of theirs and all else stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from apimod.hunks import shared
from apimod.spans import Splice, spliced

_TOKENS = re.compile(rb"[\w\x80-\xff]+|\r\n|[ \t]+|.", re.DOTALL)


class Region(Struct, frozen=True):
    """Where an edit left its bytes in the base, and what stood there before."""

    start: int
    end: int
    before: bytes


class _Change(Struct, frozen=True):
    """Bytes of the base, and those that came in their place in theirs."""

    start: int
    end: int
    new_start: int
    new_end: int


def regions(old: bytes, made: Sequence[tuple[int, int, int]]) -> list[Region]:
    """Return where splices (start, end, length of the new bytes) lie in what they made."""
    found: list[Region] = []
    shift = 0
    for start, end, length in made:
        found.append(Region(start + shift, start + shift + length, old[start:end]))
        shift += length - (end - start)
    return found


def without(base: bytes, theirs: bytes, edits: Sequence[Region]) -> bytes | None:
    """Return ``theirs`` with the edits taken back, or None where a later change touches one.

    An insertion that is gone from ``theirs`` altogether counts as taken back.
    """
    edits = _joined(edits)
    pinned = _pinned(base, theirs, edits)
    if pinned is not None:
        return spliced(theirs, pinned)
    clear = _slid_apart(base, theirs, _changes(base, theirs), edits)
    out: list[bytes] = []
    at = 0
    for edit in edits:
        if any(_removes(change, edit) for change in clear):
            if _came_back(base, theirs, clear, edit):
                return None
            continue
        if any(_touches(change, edit) for change in clear):
            return None
        start, end = _moved(edit.start, clear, after=True), _moved(edit.end, clear, after=False)
        if theirs[start:end] != base[edit.start : edit.end]:
            return None
        out += (theirs[at:start], edit.before)
        at = end
    return b"".join((*out, theirs[at:]))


def _joined(edits: Sequence[Region]) -> list[Region]:
    """Return the regions with those that touch made one: they were put there as one."""
    out: list[Region] = []
    for edit in edits:
        if edit.start == edit.end and not edit.before:
            continue
        if out and out[-1].end == edit.start:
            last = out.pop()
            edit = Region(last.start, edit.end, last.before + edit.before)  # noqa: PLW2901
        out.append(edit)
    return out


def _pinned(base: bytes, theirs: bytes, edits: Sequence[Region]) -> list[Splice] | None:
    """Return what takes the edits back where each stands among its old lines, and only there.

    None where the lines around one were changed, or stand elsewhere as well; then the two texts
    must be compared as wholes.
    """
    found: list[Splice] = []
    for edit in edits:
        start, end = _with_lines_around(base, edit)
        window = base[start:end]
        at = theirs.find(window)
        once = at >= 0 and theirs.find(window, at + 1) < 0
        if not once or base.find(window) < start or base.find(window, start + 1) >= 0:
            return None
        shift = at - start
        if found and found[-1].end > edit.start + shift:
            return None
        found.append(Splice(edit.start + shift, edit.end + shift, edit.before))
    return found


def _with_lines_around(base: bytes, edit: Region) -> tuple[int, int]:
    """Return the span of the lines of an edit, and of one line more on both sides."""
    own = base.rfind(b"\n", 0, edit.start)
    start = base.rfind(b"\n", 0, max(own, 0)) + 1
    last = base.find(b"\n", max(edit.end - 1, 0))
    end = base.find(b"\n", last + 1) if last >= 0 else -1
    return start, end + 1 if end >= 0 else len(base)


def _changes(base: bytes, theirs: bytes) -> list[_Change]:
    """Return what was changed, by tokens, between the ends that the two texts share."""
    from difflib import SequenceMatcher

    old, new = base.splitlines(keepends=True), theirs.splitlines(keepends=True)
    found: list[_Change] = []
    starts, new_starts = _starts(old), _starts(new)
    head, tail = shared(old, new)
    starts, new_starts = starts[head:], new_starts[head:]
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            left, right = (_TOKENS.findall(b"".join(side)) for side in (old[i:j], new[k:m]))
            left_starts, right_starts = _starts(left), _starts(right)
            codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
            found += (
                _Change(
                    starts[i] + left_starts[a], starts[i] + left_starts[b],
                    new_starts[k] + right_starts[c], new_starts[k] + right_starts[d],
                )
                for inner, a, b, c, d in codes
                if inner != "equal"
            )  # fmt: skip
        elif tag != "equal":
            found.append(_Change(starts[i], starts[j], new_starts[k], new_starts[m]))
    return found


def _starts(parts: Sequence[bytes]) -> list[int]:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _slid_apart(
    base: bytes, theirs: bytes, changes: Sequence[_Change], edits: Sequence[Region]
) -> list[_Change]:
    """Return the changes, each moved out of every edit where equal bytes around it let it move.

    Bytes taken out of, or put in, a run of equal ones may have been any of them.
    """
    out: list[_Change] = []
    for change, after in pairwise([*changes, _end(base, theirs)]):
        before = out[-1] if out else _Change(0, 0, 0, 0)
        out.append(_slid(base, theirs, change, edits, (before, after)))
    return out


def _slid(
    base: bytes,
    theirs: bytes,
    change: _Change,
    edits: Sequence[Region],
    between: tuple[_Change, _Change],
) -> _Change:
    if not any(_touches(change, edit) for edit in edits):
        return change
    for step in (-1, 1):
        moved = change
        while _may_shift(base, theirs, moved, step, between):
            moved = _Change(
                moved.start + step, moved.end + step, moved.new_start + step, moved.new_end + step
            )
            if not any(_touches(moved, edit) for edit in edits):
                return moved
    return change


def _may_shift(
    base: bytes, theirs: bytes, change: _Change, step: int, between: tuple[_Change, _Change]
) -> bool:
    """Tell whether an insertion or deletion means the same one byte further."""
    before, after = between
    if step < 0 and (change.start <= before.end or change.new_start <= before.new_end):
        return False
    if step > 0 and (change.end >= after.start or change.new_end >= after.new_start):
        return False
    if change.new_start == change.new_end:
        data, start, end = base, change.start, change.end
    elif change.start == change.end:
        data, start, end = theirs, change.new_start, change.new_end
    else:
        return False
    return data[start - 1] == data[end - 1] if step < 0 else data[start] == data[end]


def _end(base: bytes, theirs: bytes) -> _Change:
    return _Change(len(base), len(base), len(theirs), len(theirs))


def _touches(change: _Change, edit: Region) -> bool:
    """Tell whether a change reaches into an edit's bytes; its edges are not in it.

    Where an edit took bytes away and left none, a change at that very place touches it.
    """
    if edit.start == edit.end or change.start == change.end:
        inside = change.start <= edit.start <= change.end
        return inside if edit.start == edit.end else edit.start < change.start < edit.end
    return change.start < edit.end and edit.start < change.end


def _removes(change: _Change, edit: Region) -> bool:
    """Tell whether a change took an insertion out, whole, and put nothing in its place."""
    covers = change.start <= edit.start and edit.end <= change.end
    return covers and not edit.before and change.new_start == change.new_end


def _came_back(base: bytes, theirs: bytes, changes: Sequence[_Change], edit: Region) -> bool:
    """Tell whether an insertion that is gone from its place stands in what was put elsewhere."""
    text = base[edit.start : edit.end].strip()
    return any(text in theirs[change.new_start : change.new_end] for change in changes)


def _moved(offset: int, changes: Sequence[_Change], *, after: bool) -> int:
    """Return where an offset of the base lies in theirs.

    Of what came in at the very offset, ``after`` says to stay behind it.
    """
    shift = 0
    for change in changes:
        if change.end < offset or (change.end == offset and (after or change.start < offset)):
            shift = change.new_end - change.end
    return offset + shift
