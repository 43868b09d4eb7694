"""How long commands take, as multiples of a bare interpreter and of importing libcst.

    python bench/startup.py

The bound: ``apimod apply … -n`` on a small project stays within ten bare interpreters and two
imports of libcst. Exits 1 where it does not.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 9
REQUEST = ("create-rest", "users", "email:email:unique", "name:string", "role:enum=user,admin")
APIMOD = (sys.executable, "-m", "apimod")
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPATH": str(ROOT / "src"),
}
LIBCST_MS = 190.0
"""What importing it takes on a small machine, for where it is not installed."""


def timed(command: Sequence[str], folder: str) -> float:
    """Return the least time of a command, in milliseconds: what else ran adds to the others."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(
            command,
            cwd=folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        times.append((time.perf_counter() - start) * 1000)
    return min(times[1:])  # the first one fills caches


def heaviest(folder: str, arguments: Sequence[str], count: int = 12) -> list[tuple[float, str]]:
    """Return the modules that cost most to import by themselves, in milliseconds."""
    done = subprocess.run(
        (sys.executable, "-X", "importtime", "-m", "apimod", *arguments),
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    rows = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)", done.stderr)
    packages: dict[str, float] = {}
    for own, name in rows:
        package = name.partition(".")[0]
        packages[package] = packages.get(package, 0) + int(own) / 1000
    return sorted(((ms, name) for name, ms in packages.items()), reverse=True)[:count]


def main() -> int:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        shop = str(Path(scratch) / "shop")
        shutil.copytree(ROOT / "examples" / "fastapi-shop", shop)
        bare = timed((sys.executable, "-c", "pass"), shop)
        libcst = LIBCST_MS
        if importlib.util.find_spec("libcst") is not None:
            libcst = timed((sys.executable, "-c", "import libcst"), shop) - bare
        bound = 10 * bare + 2 * libcst
        rows = {
            "apimod --help": timed((*APIMOD, "--help"), shop),
            "apimod detect": timed((*APIMOD, "detect"), shop),
            "apimod list": timed((*APIMOD, "list"), shop),
            "apimod apply … -n": timed((*APIMOD, "apply", *REQUEST, "-n"), shop),
        }
        print(f"{'a bare interpreter':<20}{bare:7.0f} ms")
        print(f"{'import libcst':<20}{libcst:7.0f} ms")
        for name, ms in rows.items():
            print(f"{name:<20}{ms:7.0f} ms {ms / bare:5.1f} × bare {ms / libcst:5.1f} × libcst")
        print(f"{'the bound':<20}{bound:7.0f} ms {bound / bare:5.1f} × bare")
        print("\nimports of apply, by package:")
        for ms, name in heaviest(shop, ("apply", *REQUEST, "-n")):
            print(f"{ms:7.1f} ms  {name}")
    return 0 if rows["apimod apply … -n"] <= bound else 1


if __name__ == "__main__":
    sys.exit(main())
