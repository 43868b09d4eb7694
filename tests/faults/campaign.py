"""Every call that writes, failed or made the last one, in ``apply``, ``undo`` and ``recover``.

After each, one of three comes next: ``recover``, the next ``apply`` or the next ``undo``. What must
hold: a refusal left the tree as it was; after what comes next the tree is wholly old or wholly new,
with nothing left beside it; and no end was a fault of apimod's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from faults.calls import INTERRUPT, KILL, Faults
from faults.project import Ended, Project, State, is_report

UNDO = ("undo",)
RECOVER = ("recover",)


@dataclass
class Tally:
    """What a campaign counted, and what it found wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Blow:
    """One fault: in which command, at which call, of what kind, and what comes next."""

    words: tuple[str, ...]
    at: int
    kind: str
    for_good: bool
    next: tuple[str, ...]

    def __str__(self) -> str:
        good = " for good" if self.for_good else ""
        return f"{self.words[0]}, call {self.at}, {self.kind}{good}, then {self.next[0]}"

    @property
    def counted(self) -> str:
        """As what it is counted."""
        how = {KILL: "killed", INTERRUPT: "interrupted"}.get(self.kind, self.kind)
        return f"{how} in a call of {self.words[0]} that writes"

    @property
    def faults(self) -> Faults:
        """What does it."""
        return Faults(self.at, self.kind, self.for_good, is_report)


def apply_and_undo(
    project: Project, kinds: Sequence[str], tally: Tally, stride: int = 1, offset: int = 0
) -> None:
    """Go through the calls of an apply, and of its undo, every ``stride``-th of each kind."""
    for blow in blows(project, project.apply, kinds, stride, offset):
        _strike(project, blow, tally, project.before, project.after)
    project.ready(project.after)
    for blow in blows(project, UNDO, kinds, stride, offset):
        _strike(project, blow, tally, project.after, project.before)
    project.ready(project.before)


def recovery(
    project: Project, kinds: Sequence[str], tally: Tally, stride: int = 1, every: int = 1
) -> None:
    """Kill an apply at every ``every``-th call; then go through the calls of the recovery."""
    for turn, cut in enumerate(range(0, _count(project, project.apply), every)):
        _cut_off(project, cut)
        for at in range(turn % stride, len(project.calls(RECOVER)), stride):
            _cut_off(project, cut)
            blow = Blow(RECOVER, at, kinds[(turn + at) % len(kinds)], False, RECOVER)
            ended = project.run(RECOVER, blow.faults)
            settle(project, str(blow), blow.counted, tally, ended, blow.next)
    project.ready(project.before)


def _cut_off(project: Project, at: int) -> None:
    project.ready(project.before)
    project.run(project.apply, Faults(at, KILL, spare=is_report))


def blows(
    project: Project, words: tuple[str, ...], kinds: Sequence[str], stride: int, offset: int
) -> Iterator[Blow]:
    """Yield the faults of a command; what comes next, and whether for good, takes turns."""
    number = _count(project, words)
    nexts = (RECOVER, project.apply, UNDO)
    for turn, kind in enumerate(kinds):
        for at in range((offset + turn) % stride, number, stride):
            for_good = kind not in (KILL, INTERRUPT) and (at + turn) % 4 == 3
            yield Blow(words, at, kind, for_good, nexts[(at // stride + turn) % 3])


def _count(project: Project, words: tuple[str, ...]) -> int:
    """Return how many calls that write a command makes; the tree is as before it then."""
    start = project.state()
    number = len(project.calls(words))
    assert number, f"{words[0]} writes nothing"
    project.ready(start)
    return number


def _strike(project: Project, blow: Blow, tally: Tally, old: State, new: State) -> None:
    """Strike once from ``old``, which goes to ``new`` if all goes well, and see what became of it."""
    project.ready(old)
    ended = project.run(blow.words, blow.faults)
    now = project.state()
    if ended.code == 0 and now != new:
        tally.wrong.append(f"{blow}: done, and the tree is not new")
    if ended.code == 3 and now != old:
        tally.wrong.append(f"{blow}: refused, and the tree is not old")
    settle(project, str(blow), blow.counted, tally, ended, blow.next)


def settle(
    project: Project,
    what: str,
    kind: str,
    tally: Tally,
    ended: Ended,
    then: tuple[str, ...] = RECOVER,
) -> None:
    """Let come what comes next, and hold the tree against its two possible states.

    ``what`` happened, and counts as a ``kind``.
    """
    tally.counts[kind] += 1
    allowed = {0, 3, 4}
    if kind.startswith(("killed", "interrupted")):
        # What is told and not struck down ends in order, and says so.
        allowed = {0, -9 if kind.startswith("killed") else 130}
    if ended.code not in allowed or "Traceback" in ended.text:
        tally.wrong.append(f"{what}: exit {ended.code}: {ended.text[-600:]}")
    after = project.run(then)
    if after.code != 0 and not (then != RECOVER and after.code == 3):
        tally.wrong.append(f"{what}: exit {after.code}: {after.text[-600:]}")
    now = project.state()
    if now not in (project.before, project.after):
        tally.wrong.append(f"{what}: the tree is neither old nor new: {project.difference(now)}")
    if project.leftovers():
        tally.wrong.append(f"{what}: left behind: {project.leftovers()}")
