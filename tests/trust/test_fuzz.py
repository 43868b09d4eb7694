"""A short run of the mutation fuzzer; ``python -m trust.fuzz --seconds 3600`` is the long one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from trust.figures import count
from trust.running import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a trial is a fork")
def test_damaged_sources_do_no_harm() -> None:
    seconds = os.environ.get("APIMOD_FUZZ_SECONDS", "20")
    done = subprocess.run(
        [sys.executable, "-m", "trust.fuzz", "--seconds", seconds],
        cwd=ROOT / "tests",
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    trials, applied, refused, _ = (int(word) for word in done.stdout.split() if word.isdecimal())
    count("fuzz", "damaged projects listed, detected and planned", trials)
    count("fuzz", "of these applied, parsed again and undone to the byte", applied)
    count("fuzz", "of these refused, and untouched", refused)
