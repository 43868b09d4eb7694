"""Taking the last apply back (promise 4)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from apimod.apply import WAIT, missing_folders
from apimod.diff import FileChange, FileStat, diffstat, file_patch
from apimod.disk import Disk
from apimod.errors import Conflict, Refused
from apimod.inside import check_free
from apimod.journal import Journal
from apimod.merge import regions, without
from apimod.records import Entry, Record, blob, read_record
from apimod.state import locked, state_folder
from apimod.transaction import RecoverReport, commit, settle
from apimod.verify import hash_of, mode_of, read


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo did. ``undone`` is the apply's id, ``""`` where there was none to take back."""

    undone: str
    title: str
    files: tuple[FileStat, ...]
    recovered: RecoverReport


@dataclass(frozen=True, slots=True)
class Applied:
    """An apply that can be taken back."""

    id: str
    title: str
    group: str
    paths: tuple[str, ...]


def applies(root: Path) -> tuple[Applied, ...]:
    """Return the applies that can be taken back, the last one first; changes nothing."""
    records = [read_record(folder) for folder in Journal(root, state_folder(root), Disk()).done()]
    return tuple(
        Applied(r.id, r.title, r.group, tuple(entry.path for entry in r.entries))
        for r in reversed(records)
    )


def undo_changes(root: Path) -> list[FileChange]:
    """Return what ``undo_last`` would do to each file, for a dry run; changes nothing.

    Raises as ``undo_last`` does.
    """
    folders = Journal(root, state_folder(root), Disk()).done()
    return _changes(root, folders[-1]) if folders else []


def undo_last(root: Path, *, wait: float = WAIT, disk: Disk | None = None) -> UndoReport:
    """Take the last apply back, all of it or nothing.

    Bytes and modes become what they were; later edits elsewhere in the same files stay. Settles a
    write that was cut off first. Raises Conflict, whose snippet is a diff of the later edits, where
    those reach into what was applied; else as ``commit`` does.
    """
    state = state_folder(root)
    if not state.is_dir():
        return UndoReport("", "", (), RecoverReport("nothing"))
    with locked(state, wait):
        journal = Journal(root, state, disk or Disk())
        recovered = settle(journal)
        folders = journal.done()
        if not folders:
            return UndoReport("", "", (), recovered)
        applied = read_record(folders[-1])
        files = _changes(root, folders[-1])
        record = Record(
            id=os.urandom(4).hex(),
            kind="undo",
            title=applied.title,
            group=applied.group,
            entries=tuple(_entry(change) for change in files),
            folders=missing_folders(root, [f.path for f in files if f.old is None]),
            emptied=applied.folders,
            undoes=folders[-1].name,
        )
        commit(journal, record, [change.old for change in files], [change.new for change in files])
    return UndoReport(applied.id, applied.title, diffstat(files), recovered)


def _changes(root: Path, folder: Path) -> list[FileChange]:
    """Return what takes an apply back; files that are back already do not come."""
    record = read_record(folder)
    found: list[FileChange] = []
    for number, entry in enumerate(record.entries):
        now = read(root, entry.path)
        if hash_of(now) == entry.old:
            continue
        old = blob(folder, record, number, "old")
        new = blob(folder, record, number, "new")
        goal = old if hash_of(now) == entry.new else _merged(entry, old, new, now)
        if now is None:
            check_free(root, entry.path)
        mode = entry.old_mode if now is None else mode_of(root, entry.path)
        found.append(FileChange(entry.path, now, goal, mode))
    return found


def _merged(entry: Entry, old: bytes | None, new: bytes | None, now: bytes | None) -> bytes:
    """Return a file that was changed since, without what was applied to it."""
    if old is None:
        raise _conflict("was created, and changed since", entry, new, now)
    if new is None:
        raise _conflict("was deleted, and is there again with other content", entry, new, now)
    if now is None:
        raise Conflict("was changed by the apply, and is gone now", where=entry.path)
    merged = without(new, now, regions(old, entry.splices)) if entry.splices else None
    if merged is None:
        raise _conflict("was changed since, in what was applied to it", entry, new, now)
    return merged


def _conflict(what: str, entry: Entry, new: bytes | None, now: bytes | None) -> Conflict:
    try:
        shown = file_patch(FileChange(entry.path, new, now)).decode("utf-8", "replace")
    except Refused:
        shown = ""
    return Conflict(
        what,
        where=entry.path,
        snippet=shown,
        advice="take these later changes back first, or remove what was applied by hand",
    )


def _entry(change: FileChange) -> Entry:
    mode = change.mode or 0
    old, new = hash_of(change.old), hash_of(change.new)
    return Entry(change.path, old, new, mode if old else 0, mode if new else 0)
