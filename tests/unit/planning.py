"""Plans for tests, and what they make of a tree that is held in a dictionary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from apimod.model import Create, Delete, Edit, Insert, Plan, Replace, Request, Resource
from apimod.source import edited

REQUEST = Request("create-rest", Resource("user", "users", "users"))


def by_hash(data: bytes) -> str:
    """Return what a plan's ``hashes`` hold for a file."""
    return hashlib.sha256(data).hexdigest()


def plan_of(*edits: Edit, files: Mapping[str, bytes] | None = None) -> Plan:
    """Return a plan made from ``files``, whose hashes it carries."""
    hashes = tuple((path, by_hash(data)) for path, data in sorted((files or {}).items()))
    return Plan(REQUEST, ".", "flask", tuple(edits), hashes)


def reader(files: Mapping[str, bytes] | None = None) -> Callable[[str], bytes | None]:
    """Return what reads a tree held in a dictionary."""
    return dict(files or {}).get


def modified(files: Mapping[str, bytes], edits: Iterable[Edit]) -> dict[str, bytes]:
    """Return the files as the edits make them."""
    edits = tuple(edits)
    after = dict(files)
    spans: dict[str, list[Insert | Replace]] = {}
    for edit in edits:
        if isinstance(edit, Create):
            after[edit.path] = edit.content
        elif isinstance(edit, Delete):
            del after[edit.path]
        else:
            spans.setdefault(edit.path, []).append(edit)
    return after | {path: edited(files[path], group) for path, group in spans.items()}
