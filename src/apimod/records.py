"""What the journal holds of one write: a folder with ``record.json`` and both sides of each file.

For its n-th file, ``n.old`` and ``n.new`` hold the bytes before and after, where there are any.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from apimod.errors import InternalError, UsageError
from apimod.plan_json import decoded, encoded, parsed
from apimod.verify import hash_of


@dataclass(frozen=True, slots=True)
class Entry:
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


@dataclass(frozen=True, slots=True)
class Record:
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
    undoes: str = ""
    """For an undo, the folder of the apply that it takes back."""


def read_record(folder: Path) -> Record:
    """Return the record in a folder; raises InternalError where it cannot be read."""
    try:
        return decoded(Record, parsed((folder / "record.json").read_bytes()), "record")
    except (OSError, UsageError) as error:
        raise InternalError(f"a record of apimod's journal cannot be read: {error}") from error


def blob(folder: Path, record: Record, number: int, side: Literal["old", "new"]) -> bytes | None:
    """Return the bytes that a record holds of one side of a file, None if there was no file.

    Raises InternalError where they are not those that were put there.
    """
    wanted = getattr(record.entries[number], side)
    if not wanted:
        return None
    data = (folder / f"{number}.{side}").read_bytes()
    if hash_of(data) != wanted:
        raise InternalError("a record of apimod's journal is damaged", where=folder.name)
    return data


def to_json(record: Record) -> bytes:
    """Return what ``record.json`` holds."""
    return json.dumps(encoded(record), indent=1).encode()
