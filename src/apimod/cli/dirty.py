"""Uncommitted changes in files that are about to change."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


def dirty(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``paths`` with changes that git could not give back.

    Outside a git work tree, and without git, there are none. New files are not among them.
    """
    if not paths or not (root / ".git").exists():
        return ()
    command = (*_GIT, "status", "--porcelain", "-z", "--no-renames", "--ignore-submodules=all")
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"}
    try:
        done = subprocess.run(
            (*command, "--", *paths),
            cwd=root,
            env=environment,
            capture_output=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    if done.returncode != 0:
        return ()
    rows = [os.fsdecode(row) for row in done.stdout.split(b"\0") if len(row) > 3]
    return tuple(row[3:] for row in rows if row[1] in "MTDU" or "U" in row[:2])
