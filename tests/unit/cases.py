"""Cases: small "before" projects under ``tests/cases``, and what ``apimod apply`` makes of each.

A case is a folder with a ``case.toml`` and the project's files beside it. Its keys:

- ``about``: one line, what the case is about;
- ``args``: the words after ``apimod apply``;
- ``expect``: changed, unchanged or refused; ``exit``: the exit code, where it is not the usual one;
- ``reason``: a pattern that the first line on standard error matches;
- ``snippet``: true where a refusal comes with something to paste;
- ``shows`` and ``hides``: patterns that the diff matches, and those that it does not;
- ``base``: another case, whose files come first;
- ``[[file]]``: changes to one file (``path``) that plain files in git cannot hold: ``text`` with
  TOML's escapes, ``newline = "crlf"``, ``bom``, ``encoding``, ``final_newline = false``, ``tabs``,
  ``link`` (a symlink's target), ``absent`` (also a folder's);
- ``known_wrong``: why the diff is wrong as it is. Such a case is expected to fail, and no snapshot
  holds what it shows.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
SETTINGS = "case.toml"
GIT = (
    "git",
    *("-c", "user.name=a", "-c", "user.email=a@example.com"),
    *("-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null"),
)

Tree = dict[str, tuple[bytes, int]]
"""Every file's bytes and permission bits, by path."""


@dataclass(frozen=True)
class Case:
    """One case; see the module's text for the keys."""

    name: str
    about: str
    args: tuple[str, ...]
    expect: str
    exit: int
    reason: str = ""
    snippet: bool = False
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    base: str = ""
    known_wrong: str = ""
    files: tuple[dict[str, Any], ...] = field(default=(), hash=False)


@cache
def load(name: str) -> Case:
    """Return a case by its folder's name."""
    with (CASES / name / SETTINGS).open("rb") as stream:
        body = tomllib.load(stream)
    expect = body["expect"]
    assert expect in ("changed", "unchanged", "refused"), f"{name}: expect = {expect!r}"
    return Case(
        name=name,
        about=body["about"],
        args=tuple(body["args"]),
        expect=expect,
        exit=body.get("exit", 3 if expect == "refused" else 0),
        reason=body.get("reason", ""),
        snippet=body.get("snippet", False),
        shows=tuple(body.get("shows", ())),
        hides=tuple(body.get("hides", ())),
        base=body.get("base", ""),
        known_wrong=body.get("known_wrong", ""),
        files=tuple(body.get("file", ())),
    )


def names() -> list[str]:
    """Return the names of all cases."""
    return sorted(path.parent.name for path in CASES.glob(f"*/{SETTINGS}"))


def build(case: Case, folder: Path) -> None:
    """Make the case's project in a folder, without git."""
    if case.base:
        build(load(case.base), folder)
    shutil.copytree(
        CASES / case.name,
        folder,
        dirs_exist_ok=True,
        symlinks=True,
        ignore=shutil.ignore_patterns(SETTINGS, "__pycache__", ".*_cache"),
    )
    for change in case.files:
        _change(folder / change["path"], change)


def _change(target: Path, change: dict[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if change.get("absent") and target.is_dir():
        shutil.rmtree(target)
        return
    if change.get("absent") or "link" in change:
        target.unlink(missing_ok=True)
        if "link" in change:
            target.symlink_to(change["link"])
        return
    text = change["text"] if "text" in change else target.read_text("utf-8")
    if change.get("tabs"):
        text = re.sub(r"(?m)^( {4})+", lambda found: "\t" * (len(found[0]) // 4), text)
    if change.get("final_newline") is False:
        text = text.rstrip("\n")
    if change.get("newline") == "crlf":
        text = text.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if change.get("bom") else b""
    target.write_bytes(mark + text.encode(change.get("encoding", "utf-8")))


def commit(folder: Path) -> None:
    """Make a folder a git work tree whose files are all committed."""
    for args in (("init", "-q"), ("add", "-A"), ("commit", "-q", "--allow-empty", "-m", "start")):
        git(folder, *args)


def git(folder: Path, *args: str) -> str:
    """Run git, and return what it prints."""
    done = subprocess.run((*GIT, *args), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(args)}: {done.stderr}"
    return done.stdout


def tree(folder: Path) -> Tree:
    """Return all files of a folder but git's own; a symlink counts as its target's name."""
    found: Tree = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] == ".git" or (path.is_dir() and not path.is_symlink()):
            continue
        if path.is_symlink():
            found[name] = (str(path.readlink()).encode(), 0)
        else:
            found[name] = (path.read_bytes(), path.stat().st_mode & 0o7777)
    return found
