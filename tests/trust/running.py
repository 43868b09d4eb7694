"""Runs apimod as a child with bounds, and says what a run may never do.

Which apimod is run: the one that ``APIMOD`` in the environment names (an installed wheel's), else
this checkout's.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
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
    return [installed] if installed else [sys.executable, "-m", "apimod"]


def run(folder: Path, *arguments: str, seconds: float = SECONDS, stdin: bytes = b"") -> Ran:
    """Run apimod in a folder."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = str(ROOT / "src") if "APIMOD" not in os.environ else ""
    environment["TMPDIR"] = os.environ.get("TMPDIR", "/tmp")
    started = time.monotonic()
    with subprocess.Popen(
        [*command(), *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        try:
            out, err = child.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            out, err = child.communicate()
    took = time.monotonic() - started
    return Ran(
        arguments, child.returncode, out, err.decode("utf-8", "replace"), took, _peak_of_children()
    )


def _peak_of_children() -> int:
    """Return the most that any child so far has taken: only ever too much."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
