"""POSIX paths relative to the workspace, as text."""

from __future__ import annotations


def folder_of(path: str) -> str:
    """Return the folder of a path, ``""`` for the workspace itself."""
    return path.rpartition("/")[0]


def join(folder: str, *parts: str) -> str:
    """Join and normalise; a path that leaves the workspace keeps its ``..`` and has no file."""
    out: list[str] = []
    for part in "/".join((folder, *parts)).split("/"):
        if part == ".." and out and out[-1] != "..":
            out.pop()
        elif part not in ("", "."):
            out.append(part)
    return "/".join(out)
