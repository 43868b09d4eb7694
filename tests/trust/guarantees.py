"""Makes ``docs/guarantees.md`` of the figures that the campaigns left in ``docs/figures``.

python -m trust.guarantees           the page, from the figures that are there
python -m trust.guarantees --run     the campaigns of this folder first, whole
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from trust.figures import FIGURES, ROOT, collect

PAGE = ROOT / "docs" / "guarantees.md"
COMMAND = "make trust"
CAMPAIGNS = (
    (
        "metamorphic",
        "1. Minimal, whatever the source looks like",
        "tests/trust/test_metamorphic.py",
    ),
    ("fuzz", "5. Parsed, and no harm to damaged sources", "tests/trust/test_fuzz.py"),
    ("hostile", "6. Sure or silent, over hostile input", "tests/trust/test_hostile.py"),
)
HELD = (
    ("1. Minimal", "`tests/unit/test_cases.py`, `tests/unit/test_verify.py`"),
    ("2. Once", "`tests/unit/test_cases.py`: every case is applied twice"),
    ("3. All or nothing", "`tests/unit/test_journal_crash.py`, `tests/unit/test_apply.py`"),
    ("4. Back", "`tests/unit/test_undo.py`; every case is undone to the byte"),
    ("5. Parsed", "`tests/unit/test_verify.py`, `tests/trust/test_fuzz.py`"),
    ("6. Sure, or silent", "`tests/unit/test_refusals.py`, `tests/trust/test_hostile.py`"),
    ("7. Inside", "`tests/unit/test_own_pack.py`, `tests/trust/test_blind.py`"),
    ("8. Real", "`tests/proofs/`, by `make proofs`"),
    ("9. No wider", "`tests/contract/checks_access.py`, by `make proofs`"),
)
HEAD = """# Guarantees

What apimod promises, the test that holds each promise, and the figures of the campaigns. This page is
made by `make guarantees` of `docs/figures/`, where the campaigns leave what they counted; nobody types
a figure. [SECURITY.md](../SECURITY.md) says what is not promised.

| promise | held by |
|---|---|
"""
MIDDLE = """
## Figures

| promise | what was tried, and held | count | test | again by |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    held = "".join(f"| {promise} | {test} |\n" for promise, test in HELD)
    rows = ""
    for file in sorted(FIGURES.glob("*.json")):
        body: dict[str, Any] = json.loads(file.read_text("utf-8"))
        for figure in body["figures"]:
            rows += (
                f"| {body['promise']} | {figure['what']} | {figure['count']:,} "
                f"| `{body['test']}` | `{body['command']}` |\n"
            )
    return HEAD + held + MIDDLE + rows


def run() -> int:
    """Run every campaign whole, and keep its figures where it held; returns the worst exit code."""
    worst = 0
    for name, promise, test in CAMPAIGNS:
        with tempfile.TemporaryDirectory() as folder:
            every = "" if os.environ.get("APIMOD_SAMPLE") else "1"
            environment = {**os.environ, "APIMOD_ALL": every, "APIMOD_FIGURES": folder}
            command = [sys.executable, "-m", "pytest", "-q", "-n", "2", test]
            code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
            if code == 0:
                collect(
                    Path(folder),
                    name,
                    promise,
                    test,
                    COMMAND if every else f"APIMOD_SAMPLE=1 {COMMAND}",
                )
            worst = max(worst, code)
    return worst


def main() -> int:
    """Write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", action="store_true")
    code = run() if parser.parse_args().run else 0
    PAGE.write_text(page(), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
