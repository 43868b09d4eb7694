"""What stands at the paths of a record: the old file, the new one, or something else. Reads only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from apimod.errors import Unsafe
from apimod.inside import read_regular, real_path
from apimod.records import Entry, Record
from apimod.verify import hash_of


def state_of(root: Path, entry: Entry) -> Literal["old", "new", "other"]:
    """Tell by its hash what stands at an entry's path."""
    # A symlink put there since then leads to what the record does not know.
    try:
        if real_path(root, entry.path) != entry.path:
            return "other"
        data = read_regular(root / entry.path)
    except Unsafe:
        return "other"
    except (FileNotFoundError, NotADirectoryError):
        now = ""
    else:
        if data is None:
            return "other"
        now = hash_of(data)
    return "old" if now == entry.old else "new" if now == entry.new else "other"


def edited(root: Path, record: Record) -> tuple[str, ...]:
    """Return the files that are neither what they were nor what they were to become."""
    return tuple(entry.path for entry in record.entries if state_of(root, entry) == "other")


def unreached(root: Path, record: Record, number: int) -> bool:
    """Tell whether a write was surely cut off before it came to a file.

    Files are staged in their order, and put in their places in the same order: where one is still
    staged, neither it nor any later one was put.
    """
    staged = (n for n in range(number + 1) if record.entries[n].new)
    return any(temporary(root, record, n).exists() for n in staged)


def temporary(root: Path, record: Record, number: int, *, back: bool = False) -> Path:
    """Return the name beside a file's own under which its new bytes lie, or its old ones."""
    target = root / record.entries[number].path
    return target.with_name(f".apimod-{record.id}-{number}.{'back' if back else 'tmp'}")
