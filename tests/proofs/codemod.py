"""Calling apimod as its users do, from outside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from proofs import shell
from proofs.host import REPOSITORY, Case

Json = dict[str, Any]


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run apimod in a folder."""
    env = shell.environment({"PYTHONPATH": str(REPOSITORY / "src"), "NO_COLOR": "1"})
    return shell.attempt([sys.executable, "-m", "apimod", *arguments], folder, env)


def succeed(folder: Path, *arguments: str) -> bytes:
    """Run apimod where it must exit with 0, and return its standard output."""
    done = call(folder, *arguments)
    assert done.returncode == 0, f"apimod {' '.join(arguments)}\n{shell.said(done)}"
    return done.stdout


def outcome(folder: Path, case: Case) -> Json:
    """Return what apimod would do: the one outcome of a dry run in JSON."""
    said = json.loads(succeed(folder, *case.arguments, "-n", "--format", "json"))
    found = said.get("outcomes", [said])
    assert len(found) == 1, f"{len(found)} projects were planned for {case}"
    one: Json = found[0]
    assert one.get("plan"), f"no plan for {case}: {one.get('status')} {one.get('reason')}"
    return one


def created(plan: Json) -> list[str]:
    """Return the paths of a plan's new files."""
    return [edit["path"] for edit in plan["edits"] if edit["kind"] == "create"]
