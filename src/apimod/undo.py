"""Taking the last applies back (promise 4)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field

from apimod.apply import WAIT, missing_folders
from apimod.diff import FileChange, FileStat, diffstat, file_patch
from apimod.disk import Disk
from apimod.errors import Conflict, Refused
from apimod.inside import check_file, check_free, real_path
from apimod.journal import Journal
from apimod.merge import regions, without
from apimod.records import Entry, Record, blob, read_record
from apimod.standing import state_of
from apimod.state import locked, state_folder
from apimod.transaction import RecoverReport, commit, settle
from apimod.verify import hash_of, mode_of, read


class Undone(Struct, frozen=True):
    """One apply that was taken back.

    ``kept`` are files that it made and that were edited since, so that they stay; ``gone`` are those
    that it made and that are not there any more: removed, or moved elsewhere.
    """

    id: str
    title: str
    files: tuple[FileStat, ...]
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class UndoReport(Struct, frozen=True):
    """What an undo did: the applies that it took back, the last one first, and what was settled."""

    undone: tuple[Undone, ...]
    recovered: RecoverReport


class Applied(Struct, frozen=True):
    """An apply that can be taken back; ``problem`` says why one cannot be."""

    id: str
    title: str
    group: str
    paths: tuple[str, ...]
    when: datetime
    problem: str = ""


def applies(root: Path) -> tuple[Applied, ...]:
    """Return the applies of a workspace, the last one first; changes nothing."""
    folders = Journal(root, state_folder(root), Disk()).done()
    return tuple(_applied(folder) for folder in reversed(folders))


def undo_changes(root: Path, count: int = 1, *, edited_too: bool = False) -> list[FileChange]:
    """Return what ``undo_last`` would do to each file, for a dry run; changes nothing.

    Raises as ``undo_last`` does.
    """
    return _Back(root, edited_too).take(_last(Journal(root, state_folder(root), Disk()), count))


def undo_last(
    root: Path,
    count: int = 1,
    *,
    edited_too: bool = False,
    wait: float = WAIT,
    disk: Disk | None = None,
) -> UndoReport:
    """Take the last ``count`` applies back, all of them or nothing; those of a group count as one.

    Bytes and modes become what they were; later edits elsewhere in the same files stay. So do
    created files that were edited since, unless ``edited_too``. Settles a write that was cut off
    first. Raises Conflict, whose snippet is a diff of the later edits, where those reach into what
    was applied; Refused where there are fewer applies; else as ``commit`` does.
    """
    state = state_folder(root)
    if not state.is_dir():
        return UndoReport((), RecoverReport("nothing"))
    with locked(state, wait):
        journal = Journal(root, state, disk or Disk())
        recovered = settle(journal)
        folders = _last(journal, count)
        if not folders:
            return UndoReport((), recovered)
        back = _Back(root, edited_too)
        files = back.take(folders)
        record = Record(
            id=os.urandom(4).hex(),
            kind="undo",
            title=", ".join(undone.title for undone in back.undone),
            group="",
            entries=tuple(_entry(change) for change in files),
            folders=missing_folders(root, [f.path for f in files if f.old is None]),
            emptied=tuple(sorted(back.folders)),
            undoes=tuple(folder.name for folder in folders),
        )
        commit(journal, record, [change.old for change in files], [change.new for change in files])
    return UndoReport(tuple(back.undone), recovered)


def _last(journal: Journal, count: int) -> list[Path]:
    """Return the folders of the last ``count`` commands, the last one first."""
    found: list[Path] = []
    commands, group = 0, ""
    for folder in reversed(journal.done()):
        its_group = _applied(folder).group
        if not group or its_group != group:
            if commands == count:
                break
            commands, group = commands + 1, its_group
        found.append(folder)
    if found and commands < count:
        raise Refused(
            f"{count} applies are to be taken back, and there are {commands}",
            advice="apimod undo --list shows them",
        )
    return found


class _Back(Struct, dict=True):
    """Applies taken back one upon the other: what each file is now, and what it is to become."""

    root: Path
    edited_too: bool
    undone: list[Undone] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    _files: dict[str, FileChange] = field(default_factory=dict)

    def take(self, folders: Sequence[Path]) -> list[FileChange]:
        """Take back the applies in ``folders``; return the files that change by all of it."""
        for folder in folders:
            self._take(folder)
        changed = (self._files[path] for path in sorted(self._files))
        return [change for change in changed if change.old != change.new]

    def _take(self, folder: Path) -> None:
        record = read_record(folder)
        found: list[FileChange] = []
        kept: list[str] = []
        gone: list[str] = []
        for number, entry in enumerate(record.entries):
            now = self._now(entry)
            if hash_of(now) == entry.old:
                if now is None:
                    gone.append(entry.path)
                continue
            old = blob(folder, record, number, "old")
            new = blob(folder, record, number, "new")
            if old is None and hash_of(now) != entry.new and not self.edited_too:
                kept.append(entry.path)
                continue
            goal = old if hash_of(now) == entry.new else _merged(entry, old, new, now)
            found.append(self._change(entry, now, goal))
        self.folders.update(record.folders)
        self.undone.append(
            Undone(record.id, record.title, diffstat(found), tuple(kept), tuple(gone))
        )

    def _now(self, entry: Entry) -> bytes | None:
        """Return what stands at an entry's path once the later applies are taken back."""
        if entry.path in self._files:
            return self._files[entry.path].new
        if real_path(self.root, entry.path) != entry.path:
            raise Conflict("is reached through a symlink that was no part of it", where=entry.path)
        return read(self.root, entry.path)

    def _change(self, entry: Entry, now: bytes | None, goal: bytes | None) -> FileChange:
        before = self._files.get(entry.path)
        if before is not None:
            mode = entry.old_mode if before.mode is None else before.mode
            self._files[entry.path] = FileChange(entry.path, before.old, goal, mode)
            return FileChange(entry.path, now, goal, mode)
        if now is None:
            check_free(self.root, entry.path)
        else:
            check_file(self.root, entry.path)
        mode = entry.old_mode if now is None else mode_of(self.root, entry.path)
        self._files[entry.path] = FileChange(entry.path, now, goal, mode)
        return self._files[entry.path]


def _merged(entry: Entry, old: bytes | None, new: bytes | None, now: bytes | None) -> bytes | None:
    """Return a file that was changed since, without what was applied to it."""
    if old is None:
        return None
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


def _applied(folder: Path) -> Applied:
    try:
        when = datetime.fromtimestamp((folder / "record.json").stat().st_mtime, UTC)
        record = read_record(folder)
    except (OSError, Refused) as error:
        when = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        return Applied(folder.name.split("-")[2], "", "", (), when, str(error).split("\n")[0])
    paths = tuple(entry.path for entry in record.entries)
    return Applied(record.id, record.title, record.group, paths, when)


def last_left(root: Path, path: str) -> bool:
    """Tell whether a file is as the last apply that wrote it left it; changes nothing."""
    journal = Journal(root, state_folder(root), Disk())
    for folder in reversed(journal.done()):
        try:
            entries = read_record(folder).entries
        except Refused:
            return False
        for entry in entries:
            if entry.path == path:
                return state_of(root, entry) == "new"
    return False
