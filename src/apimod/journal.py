"""The journal: what a write of several files is about to do, kept until all of it is done.

A **record** is a folder of the state folder. It is written whole under a passing name, flushed, and
renamed to ``pending``; only then is the tree touched. From there the write
ends in one of two renames: of ``pending`` to the stack of applies (``done-…``), or out of the way
(``trash-…``) when it was rolled back. So whoever finds a ``pending`` knows both the old and the new
bytes of every file, and can tell by hashes which of them stand.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from apimod.disk import Disk
from apimod.errors import Conflict, Refused, Stale
from apimod.records import DONE, Entry, Record, blob, read_record, to_json
from apimod.standing import state_of, temporary, unreached
from apimod.verify import mode_of

DEPTH = 100
"""How many applies can be taken back."""


class Journal:
    """The records of one workspace. Whoever writes holds the lock of the state folder.

    With ``leave_edited`` a file that was edited since a write was cut off keeps no other from being
    rolled back; it stays as it is in any case.
    """

    def __init__(self, root: Path, state: Path, disk: Disk, *, leave_edited: bool = False) -> None:
        self.root = root
        self.state = state
        self.disk = disk
        self.leave_edited = leave_edited
        self._begun = 0

    @property
    def pending_folder(self) -> Path:
        """Where the record of an unfinished write lies."""
        return self.state / "pending"

    def pending(self) -> Record | None:
        """Return the record of an unfinished write."""
        return read_record(self.pending_folder) if self.pending_folder.is_dir() else None

    def done(self) -> list[Path]:
        """Return the folders of the applies that can be taken back, oldest first."""
        return sorted(f for f in self.state.glob("done-*") if DONE.fullmatch(f.name))

    def open(
        self, record: Record, olds: Sequence[bytes | None], news: Sequence[bytes | None]
    ) -> None:
        """Write a record and make it the pending one."""
        self._sweep()
        disk, folder = self.disk, self.state / f"new-{record.id}"
        disk.make_folder(folder)
        for side, blobs in (("old", olds), ("new", news)):
            for number, data in enumerate(blobs):
                if data is not None:
                    disk.write_new(folder / f"{number}.{side}", data, 0o600)
        disk.write_new(folder / "record.json", to_json(record), 0o600)
        disk.sync_folder(folder)
        disk.replace(folder, self.pending_folder)
        disk.sync_folder(self.state)

    def write(self, record: Record, news: Sequence[bytes | None]) -> None:
        """Do what the pending record says: stage every file, look again, and rename them all."""
        self._begun = 0
        for folder in record.folders:
            self.disk.make_folder(self.root / folder)
        for number, data in enumerate(news):
            if data is not None:
                self._stage(record, number, data, record.entries[number].new_mode)
        for entry in record.entries:
            self._check_old(entry)
        for number, data in enumerate(news):
            create = not record.entries[number].old
            # Again, and at the last moment: an editor may have saved since the first look.
            self._check_old(record.entries[number])
            self._begun = number + 1
            try:
                self._put(record, number, staged=data is not None, create=create)
            except FileExistsError:
                # Someone else's file took the place, so there is nothing of ours to take back.
                self._begun = number
                raise
        self._sync(record)

    def finish(self, record: Record) -> None:
        """Close the pending record, all of whose files are new."""
        self._remove_temporary(record)
        for folder in reversed(record.emptied):
            self.disk.remove_folder(self.root / folder)
        if record.kind == "undo":
            for name in record.undoes:
                if (self.state / name).is_dir():
                    self._discard(self.state / name)
            self._discard(self.pending_folder)
            return
        done = self.done()
        number = int(done[-1].name.split("-")[1]) + 1 if done else 1
        self.disk.replace(self.pending_folder, self.state / f"done-{number:08d}-{record.id}")
        with contextlib.suppress(OSError):
            self.disk.sync_folder(self.state)
            for old in self.done()[:-DEPTH]:
                self._discard(old)

    def back_out(self, record: Record) -> None:
        """Roll back what this very object began to write, and nothing that it did not reach."""
        if self.pending_folder.is_dir():
            self.roll_back(record, record.entries[: self._begun])
        else:
            self._sweep()

    def roll_back(self, record: Record, entries: Sequence[Entry] | None = None) -> None:
        """Make the files of the pending record old again, or only ``entries``; drop the record.

        Looks at all of them first: raises Conflict, and touches nothing, where one is neither old
        nor new, and Refused where the record is damaged.
        """
        entries = record.entries if entries is None else entries
        self.check_known(record, entries)
        for number in range(len(entries)):
            blob(self.pending_folder, record, number, "old")
        self._remove_temporary(record)
        for number, entry in enumerate(entries):
            if state_of(self.root, entry) == "new":
                self._restore(record, number)
        self._sync(record)
        for folder in reversed(record.folders):
            self.disk.remove_folder(self.root / folder)
        self._discard(self.pending_folder)

    def forget(self) -> None:
        """Drop the pending record and leave the files as they are."""
        if not self.pending_folder.is_dir():
            return
        # Of a record that is damaged nothing can be said, so its temporary files stay.
        with contextlib.suppress(Refused):
            self._remove_temporary(read_record(self.pending_folder))
        self._discard(self.pending_folder)

    def check_known(self, record: Record, entries: Sequence[Entry]) -> None:
        """Raise Conflict where a file that the write may have reached was edited since."""
        other = [
            entry.path
            for number, entry in enumerate(entries)
            if state_of(self.root, entry) == "other" and not unreached(self.root, record, number)
        ]
        if other and not self.leave_edited:
            raise Conflict(
                f"changed since a write was cut off: {', '.join(other)}",
                where=other[0],
                advice="put back what it was; or `apimod recover --keep-edited` to roll back the "
                "others, or `apimod recover --forget` to leave all as it is",
            )

    def _check_old(self, entry: Entry) -> None:
        if state_of(self.root, entry) != "old":
            raise Stale("changed while it was being written", where=entry.path, advice="try again")

    def _stage(
        self, record: Record, number: int, data: bytes, mode: int, *, back: bool = False
    ) -> None:
        """Write a file's bytes beside its place; ``mode`` meets the umask only for new files."""
        target = self.root / record.entries[number].path
        like = target if target.exists() else None
        fresh = record.kind == "apply" and not record.entries[number].old
        self.disk.write_new(
            temporary(self.root, record, number, back=back), data, mode, like, exact=not fresh
        )

    def _put(
        self, record: Record, number: int, *, staged: bool, create: bool, back: bool = False
    ) -> None:
        """Bring a staged file to its place, or remove what stands there if none was staged."""
        target = self.root / record.entries[number].path
        source = temporary(self.root, record, number, back=back)
        if not staged:
            self.disk.remove(target)
        elif create:
            self.disk.publish(source, target)
        else:
            self.disk.replace(source, target)

    def _restore(self, record: Record, number: int) -> None:
        entry = record.entries[number]
        data = blob(self.pending_folder, record, number, "old")
        if data is not None:
            # A mode that was changed since then stays, as it was no part of what is taken back.
            mode = mode_of(self.root, entry.path) if entry.new else entry.old_mode
            self._stage(record, number, data, mode, back=True)
        self._put(record, number, staged=data is not None, create=not entry.new, back=True)

    def _remove_temporary(self, record: Record) -> None:
        for number in range(len(record.entries)):
            for back in (False, True):
                if temporary(self.root, record, number, back=back).exists():
                    self.disk.remove(temporary(self.root, record, number, back=back))

    def _sync(self, record: Record) -> None:
        touched = {(self.root / entry.path).parent for entry in record.entries}
        made = {(self.root / folder).parent for folder in record.folders}
        for folder in sorted(touched | made):
            if folder.is_dir():
                self.disk.sync_folder(folder)

    def _discard(self, folder: Path) -> None:
        """Drop a record: one rename decides, and what follows may be cut off."""
        trash = self.state / f"trash-{folder.name}-{os.urandom(4).hex()}"
        self.disk.replace(folder, trash)
        with contextlib.suppress(OSError):
            self.disk.sync_folder(self.state)
            self.disk.remove_tree(trash)

    def _sweep(self) -> None:
        for pattern in ("new-*", "trash-*"):
            for folder in self.state.glob(pattern):
                # What cannot be removed is in nobody's way.
                with contextlib.suppress(OSError):
                    self.disk.remove_tree(folder)
