"""The checks of a plan before anything of it is written: promises 1, 5 and 7.

``verify`` reads the workspace and writes nothing. A plan that it lets pass may still be stale a
moment later, so ``apimod.apply`` looks at the hashes again just before each rename.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.diff import FileChange, changes
from apimod.errors import Conflict, Refused, Stale, Unsafe
from apimod.inside import check_file, check_free, check_shape, read_regular, real_path, same_name
from apimod.minimal import check_minimal
from apimod.model import Create, Delete, Edit, Plan
from apimod.source import Source
from apimod.syntax import error_count, first_error

if TYPE_CHECKING:
    from tree_sitter import Language

Ignored = Callable[[str], bool]
"""Tells whether a file at a path would be ignored."""
GrammarOf = Callable[[str], "Language | None"]
"""Returns the grammar of the file at a path, or None."""


def verify(root: Path, plan: Plan, *, ignored: Ignored, grammar_of: GrammarOf) -> list[FileChange]:
    """Return what the plan changes, file by file, after all checks; raises the first that fails.

    Paths in the result are those of the real files, with symlinks followed. Raises Stale where a
    file is not what it was planned from, Conflict where something is in the way, Unsafe where a
    write would leave what may be written, and Refused for all else that is wrong with the plan.
    """
    check_needs(plan)
    check_hashes(root, plan)
    real = resolved(root, plan)
    check_targets(root, plan, ignored)
    check_targets(root, real, ignored)
    files = changes(real, lambda path: read(root, path), lambda path: mode_of(root, path))
    by_path: dict[str, list[Edit]] = {}
    for edit in real.edits:
        by_path.setdefault(edit.path, []).append(edit)
    for change in files:
        _check_change(change, by_path[change.path], grammar_of(change.path))
    return files


def resolved(root: Path, plan: Plan) -> Plan:
    """Return the plan with every edit's path led to its real file, so that two names meet.

    A file to delete keeps its name: refused where that is a symlink.
    """
    edits = tuple(replace(edit, path=real_path(root, edit.path)) for edit in plan.edits)
    for before, after in zip(plan.edits, edits, strict=True):
        if isinstance(before, Delete) and before.path != after.path:
            raise Unsafe("is reached through a symlink and is not deleted", where=before.path)
    return replace(plan, edits=edits)


def check_needs(plan: Plan) -> None:
    """Raise Refused unless ids are unique and ``needs`` name edits of the plan, with no circle."""
    ids = [edit.id for edit in plan.edits]
    if len(set(ids)) < len(ids):
        raise Refused("two edits of the plan have the same id")
    left = {edit.id: set(edit.needs) for edit in plan.edits}
    for edit in plan.edits:
        if unknown := sorted(left[edit.id] - set(ids)):
            raise Refused(f"edit {edit.id} needs {unknown[0]}, which is not in the plan")
    while left:
        ready = {name for name, needs in left.items() if not needs}
        if not ready:
            raise Refused(f"edits need each other in a circle: {', '.join(sorted(left))}")
        left = {name: needs - ready for name, needs in left.items() if name not in ready}


def check_hashes(root: Path, plan: Plan) -> None:
    """Raise Stale unless every file is what the plan was made from."""
    for path, wanted in plan.hashes:
        check_shape(path)
        data = read(root, path)
        if not wanted and data is not None:
            raise Stale("exists now, and did not when this was planned", where=path)
        if wanted and hash_of(data) != wanted:
            raise Stale("changed since it was planned", where=path, advice="plan again")
    known = dict(plan.hashes)
    for edit in plan.edits:
        if isinstance(edit, Delete):
            if hash_of(read(root, edit.path)) != edit.old_hash:
                raise Stale("is to be deleted and changed since", where=edit.path)
        elif not isinstance(edit, Create) and not known.get(edit.path):
            raise Refused("is edited by a plan that does not hold its hash", where=edit.path)


def check_targets(root: Path, plan: Plan, ignored: Ignored) -> None:
    """Raise unless every file may be written: Conflict, or Unsafe for ignored files."""
    created: dict[str, str] = {}
    for edit in plan.edits:
        check_shape(edit.path)
        if ignored(edit.path):
            raise Unsafe("is an ignored file, and is not written", where=edit.path)
        if isinstance(edit, Create):
            check_free(root, edit.path)
            _check_created(edit, created)
        else:
            check_file(root, edit.path)
    for path in created.values():
        folders = (path[:at] for at, char in enumerate(path) if char == "/")
        if taken := next((f for f in folders if same_name(f) in created), None):
            raise Conflict("is created as a file and as a folder", where=taken)


def read(root: Path, path: str) -> bytes | None:
    """Return a workspace file's bytes, None where there is none; raises as ``real_path`` does."""
    try:
        data = read_regular(root / real_path(root, path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Refused(f"cannot be read: {error.strerror}", where=path) from error
    if data is None:
        raise Conflict("is not a regular file", where=path)
    return data


def mode_of(root: Path, path: str) -> int:
    """Return an existing file's permission bits."""
    return (root / path).stat().st_mode & 0o7777


def hash_of(data: bytes | None) -> str:
    """Return the SHA-256 of a file's bytes in hex; ``""`` where there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _check_created(edit: Create, created: dict[str, str]) -> None:
    if edit.mode not in (0o644, 0o755):
        raise Unsafe(f"is to be created with mode {edit.mode:o}", where=edit.path)
    other = created.setdefault(same_name(edit.path), edit.path)
    if other != edit.path:
        raise Conflict(f"its name differs only in letter case from {other!r}", where=edit.path)


def _check_change(change: FileChange, edits: list[Edit], grammar: Language | None) -> None:
    if change.new is None:
        return
    new = Source(change.path, change.new)
    if new.problem:
        raise Refused(f"would be a file that {new.problem}", where=change.path)
    old = None if change.old is None else Source(change.path, change.old)
    if old is not None and old.problem:
        raise Refused(f"is not changed: it {old.problem}", where=change.path)
    if grammar is not None:
        before = 0 if old is None else error_count(old.tree(grammar))
        if error_count(new.tree(grammar)) > before:
            where = f"{change.path}:{first_error(new.tree(grammar), change.splices)}"
            raise Refused("the plan would make a syntax error", where=where)
        if new.given_up or (old is not None and old.given_up):
            raise Refused("is not changed: it takes too long to parse", where=change.path)
    if old is not None:
        check_minimal(old, new, edits, change.splices, grammar)
