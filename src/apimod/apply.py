"""Plans -> the tree: staged, journalled, and all or nothing (promise 3)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from apimod.diff import FileChange, FileStat, diffstat
from apimod.disk import Disk
from apimod.errors import Refused
from apimod.journal import Journal
from apimod.model import Plan
from apimod.records import Entry, Record
from apimod.state import is_locked, locked, state_folder
from apimod.transaction import RecoverReport, commit, settle
from apimod.verify import GrammarOf, Ignored, hash_of, verify

WAIT = 10.0
"""Seconds to wait for another apimod that is writing."""


class AppliedReport(Struct, frozen=True):
    """What an apply did: a row for each file, none where all was there already.

    ``recovered`` tells of an earlier write that was cut off and had to be settled first.
    """

    id: str
    files: tuple[FileStat, ...]
    recovered: RecoverReport


class Pending(Struct, frozen=True):
    """A write that was cut off: ``apply`` or ``undo``, its title, and the files it is about."""

    kind: str
    title: str
    paths: tuple[str, ...]


def apply_plan(
    root: Path,
    plan: Plan,
    *,
    ignored: Ignored,
    grammar_of: GrammarOf,
    group: str = "",
    wait: float = WAIT,
    disk: Disk | None = None,
) -> AppliedReport:
    """Write what a plan says into the workspace at ``root``, all of it or nothing.

    Settles an earlier write first if it was cut off, then verifies the plan. ``group`` marks the
    applies of one command, so that they can be taken back together; ``wait`` is in seconds. Raises
    as ``verify`` and ``commit`` do.
    """
    state = state_folder(root)
    with locked(state, wait):
        journal = Journal(root, state, disk or Disk())
        recovered = settle(journal)
        files = verify(root, plan, ignored=ignored, grammar_of=grammar_of)
        if not files:
            return AppliedReport("", (), recovered)
        record = Record(
            id=os.urandom(4).hex(),
            kind="apply",
            title=f"{plan.request.codemod} {plan.request.resource.given}".strip(),
            group=group,
            entries=tuple(_entry(change) for change in files),
            folders=missing_folders(root, [change.path for change in files if change.old is None]),
        )
        commit(journal, record, [change.old for change in files], [change.new for change in files])
    return AppliedReport(record.id, diffstat(files), recovered)


def recover(
    root: Path,
    *,
    forget: bool = False,
    keep_edited: bool = False,
    wait: float = WAIT,
    disk: Disk | None = None,
) -> RecoverReport:
    """Make a workspace wholly old or wholly new again after a write was cut off.

    With ``forget`` the files stay as they are and only the journal's record goes, for a person who
    has put things right by hand; with ``keep_edited`` those that were edited since stay, and the
    others are rolled back. Raises as ``settle`` does.
    """
    state = state_folder(root)
    if not state.is_dir():
        return RecoverReport("nothing")
    with locked(state, wait):
        journal = Journal(root, state, disk or Disk(), leave_edited=keep_edited)
        if forget:
            journal.forget()
            return RecoverReport("nothing")
        return settle(journal)


def pending(root: Path) -> Pending | None:
    """Return the write that was cut off in a workspace, if there is one; changes nothing.

    One that another process is making at this moment was not cut off.
    """
    state = state_folder(root)
    if not (state / "pending").is_dir() or is_locked(state):
        return None
    try:
        record = Journal(root, state, Disk()).pending()
    except Refused as damaged:
        return Pending("write", damaged.what, ())
    if record is None:
        return None
    return Pending(record.kind, record.title, tuple(entry.path for entry in record.entries))


def missing_folders(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Return the folders that do not exist and that files at ``paths`` need, outermost first."""
    folders = {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    return tuple(sorted(folder for folder in folders if not (root / folder).is_dir()))


def _entry(change: FileChange) -> Entry:
    if change.mode is None:
        raise Refused("its mode is not known", where=change.path)
    return Entry(
        change.path,
        hash_of(change.old),
        hash_of(change.new),
        0 if change.old is None else change.mode,
        0 if change.new is None else change.mode,
        tuple((splice.start, splice.end, len(splice.new)) for splice in change.splices),
    )
