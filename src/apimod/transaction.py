"""All of a record's writes, or none: making them, and settling what was cut off."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from apimod.errors import Incomplete, Refused
from apimod.journal import Journal
from apimod.records import Record
from apimod.standing import edited, state_of

_RECOVER = "run `apimod recover`"


class RecoverReport(Struct, frozen=True):
    """What became of a write that was cut off: its kind, its title, and the files it is about."""

    outcome: Literal["nothing", "finished", "rolled back"]
    kind: str = ""
    title: str = ""
    paths: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Files that were edited since, and are as they were edited."""


def commit(
    journal: Journal, record: Record, olds: Sequence[bytes | None], news: Sequence[bytes | None]
) -> None:
    """Make a record's writes, all of them or none.

    Raises Refused where the disk would not have them and the tree is as it was, Incomplete where it
    could not be put back or the journal not be closed; the next ``recover`` then settles it.
    """
    try:
        journal.open(record, olds, news)
        journal.write(record, news)
    except (Exception, KeyboardInterrupt) as error:
        try:
            journal.back_out(record)
        except (OSError, Refused) as second:
            raise Incomplete(f"cut off, and not rolled back: {second}", advice=_RECOVER) from error
        if isinstance(error, OSError):
            raise refusal(journal.root, error) from error
        raise
    try:
        journal.finish(record)
    except OSError as error:
        raise Incomplete(
            f"all files are written, but the journal is not closed: {error.strerror}",
            advice=_RECOVER,
        ) from error


def settle(journal: Journal) -> RecoverReport:
    """Finish or roll back the pending write, if there is one.

    A file that was edited since is never touched. Raises Conflict, and touches nothing, where one
    may hold what the write left in it; Incomplete where the disk would not have it.
    """
    record = journal.pending()
    if record is None:
        return RecoverReport("nothing")
    paths = tuple(entry.path for entry in record.entries)
    try:
        journal.check_known(record, record.entries)
        kept = edited(journal.root, record)
        if all(state_of(journal.root, entry) == "new" for entry in record.entries):
            journal.finish(record)
            return RecoverReport("finished", record.kind, record.title, paths)
        journal.roll_back(record)
    except OSError as error:
        raise Incomplete(f"could not be settled: {error}", advice=_RECOVER) from error
    return RecoverReport("rolled back", record.kind, record.title, paths, kept)


def refusal(root: Path, error: OSError) -> Refused:
    """Return what a person is told of a write that the system refused."""
    where = os.path.relpath(error.filename, root) if isinstance(error.filename, str) else ""
    inside = "" if where.startswith("..") else where.replace(os.sep, "/")
    folder, _, name = inside.rpartition("/")
    if name.startswith(".apimod-"):
        # A file of ours, that was to take another's place; its folder says more.
        inside = folder
    reason = error.strerror or "the system gave no reason"
    return Refused(f"nothing was written: {reason}", where=inside)
