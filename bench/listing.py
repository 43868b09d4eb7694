"""How long listing a generated monorepo takes, beside one structural search over the same files.

    python bench/listing.py [FILES…]

For each size: seconds and peak memory of ``apimod list``, seconds of ``ast-grep run`` for one
pattern over the same files, and their ratio. Time per file shows whether it grows linearly. Without
ast-grep (``pip install ast-grep-cli``) its columns stay empty.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from monorepo import generate

ROOT = Path(__file__).parents[1]
SIZES = (100, 1_000, 5_000)
RUNS = 3
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
LIST = (sys.executable, "-m", "apimod", "list", "--format", "json")


def search_tool() -> str:
    """Return the path of ast-grep, or ``""``."""
    beside = Path(sys.executable).parent / "ast-grep"
    return str(beside) if beside.is_file() else shutil.which("ast-grep") or ""


def seconds(command: tuple[str, ...], folder: Path) -> float:
    """Return the least time of a command."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


def main(sizes: tuple[int, ...]) -> None:
    """Print a row for each size."""
    tool = search_tool()
    print("  files  endpoints   list s   ms/file   peak MiB   ast-grep s   ratio")
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            wanted = generate(folder, size)
            done = subprocess.run(
                LIST, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, check=True
            )
            found = len(json.loads(done.stdout)["endpoints"])
            assert found == wanted, f"{found} endpoints of {wanted}"
            took = seconds(LIST, folder)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            row = f"{size:7,} {found:10,} {took:8.2f} {took / size * 1000:9.2f} {peak:10.0f}"
            if tool:
                other = seconds((tool, "run", "-p", "router.get($$$A)", "."), folder)
                row += f" {other:12.2f} {took / other:7.1f}"
            print(row, flush=True)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
