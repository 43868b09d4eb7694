"""The edit buffer: spans of a file's bytes and what comes in their place.

Offsets count bytes of the old file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from apimod.errors import Refused, Stale
from apimod.model import Insert, Replace


class Splice(Struct, frozen=True):
    """``new`` in place of the bytes from ``start`` to ``end``, none for an insertion."""

    start: int
    end: int
    new: bytes


def splices(data: bytes, edits: Iterable[Insert | Replace]) -> tuple[Splice, ...]:
    """Return the edits of one file, in the order of its bytes, after checking them.

    An insertion at the edge of a replaced span stays outside of it. Raises Refused where an edit
    is out of range or two overlap, Stale where a replaced span does not hold the ``old`` bytes.
    """
    edits = tuple(edits)
    ordered = sorted(
        (_splice(data, edit) for edit in edits), key=lambda s: (s.start, s.end > s.start)
    )
    for left, right in pairwise(ordered):
        if left.end > right.start:
            raise Refused(f"two edits overlap at byte {right.start}", where=edits[0].path)
    return tuple(ordered)


def edited(data: bytes, edits: Iterable[Insert | Replace]) -> bytes:
    """Return ``data`` with the edits made; several at one offset land in the order given.

    Raises as ``splices`` does.
    """
    return spliced(data, splices(data, edits))


def spliced(data: bytes, ordered: Sequence[Splice]) -> bytes:
    """Return ``data`` with splices made that are in order and do not overlap."""
    out: list[bytes] = []
    at = 0
    for splice in ordered:
        out += (data[at : splice.start], splice.new)
        at = splice.end
    return b"".join((*out, data[at:]))


def _splice(data: bytes, edit: Insert | Replace) -> Splice:
    if isinstance(edit, Insert):
        start = end = edit.offset
        new = edit.text
    else:
        start, end, new = edit.span.start, edit.span.end, edit.new
    if not 0 <= start <= end <= len(data):
        raise Refused(f"edit {edit.id} is out of range: {start}..{end}", where=edit.path)
    if isinstance(edit, Replace) and data[start:end] != edit.old:
        raise Stale(f"the bytes at {start} are not those that were planned for", where=edit.path)
    return Splice(start, end, new)
