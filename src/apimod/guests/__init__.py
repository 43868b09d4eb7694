"""Codemods that a team already has, run as guests (docs/adr/0004-bowler-as-a-guest.md).

A guest is called from the command line and from nowhere else, since it runs code. It works on
copies of the Python files in a child process; what it made of them becomes the edits of an ordinary
plan, with the diff, the checks, the journal and the undo of every other.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from apimod.errors import Refused, UnknownName, UsageError, quote, shorten
from apimod.hunks import Run, runs_of_texts, split
from apimod.inside import read_regular
from apimod.model import Edit, Plan, Replace, Request, Resource, Span
from apimod.paths import is_below
from apimod.workspace import Workspace

KINDS = ("bowler", "libcst")
SECONDS = 600
ENDINGS = (".py", ".pyi")
_HERE = Path(__file__).parent


class Guest(Struct, frozen=True):
    """Which tool a guest is written for, and what it is: a module's class, or a script."""

    kind: str
    target: str

    @property
    def name(self) -> str:
        """The guest as it is called."""
        return f"{self.kind}:{self.target}"


def guest_of(codemod: str) -> Guest | None:
    """Return the guest that a codemod's name calls; None where it is no guest's.

    Raises UsageError.
    """
    kind, colon, target = codemod.partition(":")
    if not colon or kind == "local":
        return None
    if kind not in KINDS:
        raise UnknownName("kind of guest", kind, KINDS)
    if kind == "libcst" and not all(part.isidentifier() for part in target.split(".")):
        raise UsageError(
            f"{quote(target)} is no class in a module", advice="write libcst:module.Command"
        )
    if kind == "libcst" and "." not in target:
        raise UsageError(f"{quote(target)} names no class", advice="write libcst:module.Command")
    if kind == "bowler" and not target.endswith(".py"):
        raise UsageError(f"{quote(target)} is no script", advice="write bowler:script.py")
    return Guest(kind, target)


def plan_of(space: Workspace, below: str, guest: Guest, arguments: Sequence[str]) -> Plan | None:
    """Return the plan of what a guest makes of the Python files at or below a folder.

    None where it changes nothing. Raises Refused where it fails, UsageError where it is not there.
    """
    paths = [p for p in space.files() if p.endswith(ENDINGS) and is_below(p, below)]
    olds = {path: data for path in paths if (data := read_regular(space.root / path)) is not None}
    with tempfile.TemporaryDirectory(prefix="apimod-guest-") as made:
        copy = Path(made).resolve() / "tree"
        for path, data in olds.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes(data)
        (copy / below).mkdir(parents=True, exist_ok=True)
        said = _run(guest, arguments, space.root, copy, below, list(olds))
        news = {path: _after(copy / path, path) for path in olds}
    edits = [e for path in olds for e in _edits(path, olds[path], news[path], guest)]
    if not edits:
        return None
    changed = sorted({edit.path for edit in edits})
    hashes = tuple((path, hashlib.sha256(olds[path]).hexdigest()) for path in changed)
    request = Request(guest.name, Resource("", "", ""), project=below)
    notes = tuple(dict.fromkeys(shorten(" ".join(str(n).split()), 300) for n in said))
    return Plan(request, below, guest.kind, tuple(edits), hashes, notes=notes)


def _run(
    guest: Guest, arguments: Sequence[str], root: Path, copy: Path, below: str, paths: list[str]
) -> list[Any]:
    """Run the guest over the copy in a child, and return what it warns of."""
    script = Path(guest.target)
    if guest.kind == "bowler" and not script.is_file():
        raise UsageError("there is no such script", where=guest.target)
    job = {
        "target": str(script.resolve()) if guest.kind == "bowler" else guest.target,
        "arguments": list(arguments),
        "imports": [str(Path.cwd()), str(root / below), str(root)],
        "root": str(copy),
        "paths": paths,
        "answer": str(copy.parent / "answer.json"),
    }
    runner = _HERE / f"run_{guest.kind}.py"
    try:
        done = subprocess.run(
            (sys.executable, "-P", "-B", str(runner)),
            input=json.dumps(job),
            cwd=copy / below,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(f"{guest.name} did not end in {SECONDS} seconds") from error
    try:
        answer = json.loads((copy.parent / "answer.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Refused(f"{guest.name} failed: {shorten(last, 300)}") from error
    if missing := answer.get("missing"):
        raise UsageError(
            f"{guest.name} cannot be loaded: {shorten(str(missing), 200)}",
            advice=f"install the tool with: pip install 'apimod[{guest.kind}]'",
        )
    if failed := answer.get("failed"):
        raise Refused(f"{guest.name} failed: {shorten(str(failed), 300)}")
    return list(answer.get("warnings", ()))


def _after(file: Path, path: str) -> bytes:
    """Return what a guest left of a file."""
    data = None if file.is_symlink() or not file.exists() else read_regular(file)
    if data is None:
        raise Refused("the guest took the file away, which is not carried out", where=path)
    return data


def _edits(path: str, old: bytes, new: bytes, guest: Guest) -> list[Edit]:
    """Return the replacements that make the new bytes of the old ones, in whole lines."""
    lines = split(old)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    out: list[Edit] = []
    for number, run in enumerate(runs_of_texts(old, new) if old != new else ()):
        first, count, text = _whole(run, lines)
        start, end = starts[first], starts[first + count]
        out.append(
            Replace(
                id=f"{path}#{number}",
                path=path,
                span=Span(start, end),
                old=old[start:end],
                new=text,
                because=f"{guest.name} rewrites it",
            )
        )
    return out


def _whole(run: Run, lines: list[bytes]) -> tuple[int, int, bytes]:
    """Return the lines that a run replaces, at least one: where it begins, how many, with what."""
    new = b"".join(run.new)
    if run.old or not lines:
        return run.start, len(run.old), new
    if run.start:
        return run.start - 1, 1, lines[run.start - 1] + new
    return 0, 1, new + lines[0]
