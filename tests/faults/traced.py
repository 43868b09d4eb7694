"""The same faults from outside: a program that strace fails or kills in the n-th call of a name.

Nothing of Python's is in the way here, so this holds for the program as it is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence

from faults.calls import INTERRUPT, KILL
from faults.campaign import Tally, settle
from faults.project import Ended, Project

CALLS = (
    *("write", "pwrite64", "fsync", "rename", "link", "linkat", "unlink", "mkdir", "rmdir"),
    *("chmod", "fchmod", "chown", "fsetxattr", "ftruncate"),
)


def missing() -> str:
    """Say why this cannot be done here; ``""`` where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    probe = ("strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=fsync", "true")
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        return "strace may not trace here"
    return ""


def apply_traced(
    project: Project, program: Sequence[str], kinds: Sequence[str], tally: Tally, stride: int = 1
) -> None:
    """Go through the calls of ``program`` as it applies the plan, every ``stride``-th of a name."""
    kinds = [kind for kind in kinds if kind != INTERRUPT]
    for turn, (call, at, number) in enumerate(_points(project, program, stride)):
        kind = kinds[turn % len(kinds)]
        project.ready(project.before)
        how = f"signal=KILL:when={at}" if kind == KILL else f"error={kind}:when={at}"
        ended = _run(project, (*_STRACE, "-e", f"inject={call}:{how}", *program))
        what = f"traced apply, {call} {at} of {number}, {kind}"
        if ended.code == 3 and project.state() != project.before:
            tally.wrong.append(f"{what}: refused, and the tree is not old")
        how = "killed by" if kind == KILL else f"{kind} from"
        settle(project, what, f"{how} a tracer, in a call of apply that writes", tally, ended)
    project.ready(project.before)


_STRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-o", os.devnull, "-e", "trace=none")


def _points(
    project: Project, program: Sequence[str], stride: int
) -> Iterator[tuple[str, int, int]]:
    """Yield each call to strike: its name, its number, and how many there are of that name."""
    for call in CALLS:
        log = project.plan.with_suffix(".strace")
        words = ("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}", *program)
        project.ready(project.before)
        _run(project, words)
        number = sum(f" {call}(" in line for line in log.read_text("utf-8", "replace").splitlines())
        for at in range(1, number + 1, stride):
            yield call, at, number


def _run(project: Project, words: Sequence[str]) -> Ended:
    done = subprocess.run(
        (*words, *project.apply), cwd=project.root, capture_output=True, check=False, timeout=300
    )
    # A tracer ends as the traced did; a shell's way of saying so is 128 and the signal's number.
    code = done.returncode - 256 if done.returncode > 128 else done.returncode
    return Ended(code, (done.stdout + done.stderr).decode("utf-8", "replace"))
