"""What the journal holds of one write: a folder with ``record.json`` and both sides of each file.

For its n-th file, ``n.old`` and ``n.new`` hold the bytes before and after, where there are any.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

from msgspec import Struct

from apimod.errors import Refused, Unsafe, UsageError, shorten
from apimod.inside import check_shape, read_regular
from apimod.plan_json import decoded, encoded, parsed
from apimod.verify import hash_of

DONE = re.compile(r"done-[0-9]{8,}-[0-9a-f]{8}")
"""The name of the folder of an apply that can be taken back: its number and its record's id."""
_ID = re.compile(r"[0-9a-f]{8}")


class Entry(Struct, frozen=True):
    """One file of a record. A hash is empty, and a mode 0, where the file does not exist.

    ``splices`` are the (start, end, length of the new bytes) of its edits in the old bytes, in
    order; none where the file is created or deleted.
    """

    path: str
    old: str
    new: str
    old_mode: int
    new_mode: int
    splices: tuple[tuple[int, int, int], ...] = ()


class Record(Struct, frozen=True):
    """What one apply or undo does.

    ``folders`` are those that it makes and ``emptied`` those that it removes at its end if nothing
    is left in them; both outermost first.
    """

    id: str
    kind: Literal["apply", "undo"]
    title: str
    group: str
    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()
    """For an undo, the folders of the applies that it takes back."""


def read_record(folder: Path) -> Record:
    """Return the record in a folder.

    Raises Refused where it cannot be read, or names what no record of ours would: a git directory
    may have come with the files, from anyone.
    """
    try:
        data = read_regular(folder / "record.json")
        record = decoded(Record, parsed(data or b""), "record")
        _check(record)
    except (OSError, UsageError, Unsafe) as error:
        raise _damaged(folder, " ".join(str(error).split())) from error
    return record


def _check(record: Record) -> None:
    """Raise UsageError or Unsafe for names that lead elsewhere than a record's own do."""
    if not _ID.fullmatch(record.id):
        raise UsageError("its id is none")
    if not all(DONE.fullmatch(name) for name in record.undoes):
        raise UsageError("it takes back what is no apply")
    for path in (*(entry.path for entry in record.entries), *record.folders, *record.emptied):
        check_shape(path)


def _damaged(folder: Path, why: str) -> Refused:
    return Refused(
        f"a record of apimod's journal is damaged: {shorten(why, 200)}",
        where=folder.name,
        advice="`apimod recover --forget` drops one that is pending and leaves every file as it is",
    )


def blob(folder: Path, record: Record, number: int, side: Literal["old", "new"]) -> bytes | None:
    """Return the bytes that a record holds of one side of a file, None if there was no file.

    Raises Refused where they are not those that were put there.
    """
    wanted = getattr(record.entries[number], side)
    if not wanted:
        return None
    try:
        data = read_regular(folder / f"{number}.{side}")
    except OSError as error:
        raise _damaged(folder, str(error.strerror)) from error
    if data is None or hash_of(data) != wanted:
        raise _damaged(folder, f"{number}.{side} is not what was put there")
    return data


def to_json(record: Record) -> bytes:
    """Return what ``record.json`` holds."""
    return json.dumps(encoded(record), indent=1).encode()
