"""Where two versions of a file differ, as runs of lines that end in LF.

Edits know what they put where, so runs are made from them and not searched for: the added lines of
an insertion are then exactly the inserted ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from apimod.spans import Splice, spliced

CONTEXT = 3


class Run(Struct, frozen=True):
    """Old lines, from ``start``, counted from 0, and the lines that come in their place."""

    start: int
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]

    @property
    def end(self) -> int:
        """The first old line after the run."""
        return self.start + len(self.old)


def split(data: bytes) -> list[bytes]:
    """Return the lines with their LF; the last may lack it. Nothing else ends a line."""
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def runs_of_edits(old: bytes, splices: Sequence[Splice]) -> list[Run]:
    """Return the runs that ordered splices make, nearest to where they were put."""
    lines = split(old)
    starts = [0, *accumulate(len(line) for line in lines)]
    runs: list[Run] = []
    for first, after, members in _groups(starts, lines, splices):
        new = _replaced(old, starts[first], starts[after], members)
        runs += _narrowed(first, lines[first:after], split(new))
    runs = _sorted_out(runs)
    new = spliced(old, splices)
    # Splices that join lines between them can leave a run that ends inside a line.
    return runs if _applied(lines, runs) == split(new) else runs_of_texts(old, new)


def runs_of_texts(old: bytes, new: bytes) -> list[Run]:
    """Return the runs by which two texts differ, found by comparing their lines."""
    return _sorted_out(_narrowed(0, split(old), split(new)))


def hunks(runs: Sequence[Run]) -> list[list[Run]]:
    """Group runs whose contexts would touch, as git does."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and run.start - groups[-1][-1].end <= 2 * CONTEXT:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _groups(
    starts: list[int], lines: list[bytes], splices: Sequence[Splice]
) -> list[tuple[int, int, list[Splice]]]:
    """Return ranges of old lines, each with the splices that change it and no line outside it."""
    groups: list[tuple[int, int, list[Splice]]] = []
    for splice in splices:
        first, after = _touched(starts, lines, splice)
        if groups and first <= groups[-1][1]:
            begin, end, members = groups.pop()
            groups.append((begin, max(end, after), [*members, splice]))
        else:
            groups.append((first, after, [splice]))
    return groups


def shared(old: Sequence[bytes], new: Sequence[bytes]) -> tuple[int, int]:
    """Return how many lines two texts share at their start and at their end."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _touched(starts: list[int], lines: list[bytes], splice: Splice) -> tuple[int, int]:
    """Return the old lines that a splice changes; none if it only puts lines between two."""
    first = _line_at(starts, lines, splice.start)
    last = _line_at(starts, lines, splice.end)
    whole_start = starts[first] == splice.start
    whole_end = starts[last] == splice.end
    if whole_end and (splice.new.endswith(b"\n") or (whole_start and not splice.new)):
        return first, last
    return first, min(last + 1, len(lines))


def _line_at(starts: list[int], lines: list[bytes], offset: int) -> int:
    """Return the line of an offset, from 0; an unfinished last line holds the file's end too."""
    line = bisect_right(starts, offset) - 1
    unfinished = line == len(lines) > 0 and not lines[-1].endswith(b"\n")
    return line - 1 if unfinished else line


def _applied(lines: Sequence[bytes], runs: Sequence[Run]) -> list[bytes]:
    out: list[bytes] = []
    at = 0
    for run in runs:
        out += (*lines[at : run.start], *run.new)
        at = run.end
    return [*out, *lines[at:]]


def _replaced(old: bytes, start: int, end: int, splices: Sequence[Splice]) -> bytes:
    out: list[bytes] = []
    for splice in splices:
        out += (old[start : splice.start], splice.new)
        start = splice.end
    return b"".join((*out, old[start:end]))


def _narrowed(start: int, old: Sequence[bytes], new: Sequence[bytes]) -> list[Run]:
    """Return the runs inside a region, without the lines that its two sides share."""
    head, tail = shared(old, new)
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    start += head
    if not old or not new or len(old) == len(new) == 1:
        return [Run(start, tuple(old), tuple(new))] if old or new else []
    return _compared(start, old, new)


def _compared(start: int, old: Sequence[bytes], new: Sequence[bytes]) -> list[Run]:
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Run(start + i, tuple(old[i:j]), tuple(new[k:m]))
        for tag, i, j, k, m in codes
        if tag != "equal"
    ]


def _sorted_out(runs: Sequence[Run]) -> list[Run]:
    """Return the runs with those that touch made one: deletions first, as git shows them."""
    out: list[Run] = []
    for run in runs:
        if out and out[-1].end == run.start:
            before = out.pop()
            run = Run(before.start, before.old + run.old, before.new + run.new)  # noqa: PLW2901
        out.append(run)
    return out
