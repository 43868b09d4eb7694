"""The figures of the campaigns: counted as they run, kept in ``docs/figures``, shown on a page.

Counting is on only where ``APIMOD_FIGURES`` names a folder: each process appends a line there for
each thing that it tried, and ``collect`` sums them up.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "docs" / "figures"


def count(name: str, what: str, number: int = 1) -> None:
    """Count something that was tried, and held."""
    folder = os.environ.get("APIMOD_FIGURES")
    if folder:
        with (Path(folder) / f"{name}.{os.getpid()}.counts").open("a", encoding="utf-8") as file:
            file.write(json.dumps([what, number]) + "\n")


def collect(folder: Path, name: str, promise: str, test: str, command: str) -> None:
    """Sum up what was counted under a name, and write it as the figures of a promise."""
    sums: Counter[str] = Counter()
    for file in folder.glob(f"{name}.*.counts"):
        for line in file.read_text("utf-8").splitlines():
            what, number = json.loads(line)
            sums[what] += number
    body = {
        "promise": promise,
        "test": test,
        "command": command,
        "figures": [{"what": what, "count": sums[what]} for what in sorted(sums)],
    }
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / f"{name}.json").write_text(json.dumps(body, indent=2) + "\n", "utf-8")
