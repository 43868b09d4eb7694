"""Runs apimod as a child with bounds, and says what a run may never do.

Which apimod is run: the one that ``APIMOD`` in the environment names (an installed wheel's), else
this checkout's.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 60.0
"""After this long a run is a hang; a busy machine is slow."""
BYTES = 1 << 30
"""The memory that a run may take."""
EXPECTED = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Ran:
    """One run: its exit code, what it printed, and what it took."""

    arguments: tuple[str, ...]
    code: int
    out: bytes
    err: str
    seconds: float
    peak: int

    def wrong(self) -> str:
        """Say what a run may never do and this one did; ``""`` as a rule."""
        if "Traceback (most recent call last)" in self.err:
            return "a traceback"
        if self.code == -signal.SIGKILL:
            return f"killed after {self.seconds:.0f} s"
        if self.code not in EXPECTED:
            return f"exit {self.code}"
        if self.code and not self.err.strip() and self.code != 1:
            return f"exit {self.code} without a word"
        if self.peak > BYTES:
            return f"{self.peak >> 20} MiB"
        return ""


def command() -> list[str]:
    """Return the words that start apimod."""
    installed = os.environ.get("APIMOD")
    return [installed] if installed else [sys.executable, "-P", "-m", "apimod"]


def run(folder: Path, *arguments: str, seconds: float = SECONDS) -> Ran:
    """Run apimod in a folder."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = str(ROOT / "src") if "APIMOD" not in os.environ else ""
    environment["TMPDIR"] = os.environ.get("TMPDIR", "/tmp")
    started = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(
            [*command(), *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        code, peak = _ended(child.pid, started + seconds)
        child.returncode = code
        took = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        said = err.read().decode("utf-8", "replace")
        return Ran(arguments, code, out.read(), said, took, peak)


def _ended(child: int, deadline: float) -> tuple[int, int]:
    """Wait for a child, kill it when it is late, and return its code and its peak of memory."""
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.01)
