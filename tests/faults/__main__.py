"""``python -m faults``: the whole campaign, and its figures; ``make faults`` calls it.

    python -m faults [--stride N] [--program apimod] [--case NAME]… [--figures FOLDER] [--traced N]
    python -m faults --folder DIR users email:email:unique

Ends with 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import cases
from faults import traced
from faults.calls import KINDS
from faults.campaign import Tally, apply_and_undo, recovery
from faults.project import Project
from faults.races import Races
from faults.twice import twice

CASES = ("fastapi-shop", "gin-shop")


def main() -> int:
    """Read the call, strike, and say what came of it."""
    given = _arguments()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for name, root, words in _projects(given, Path(folder)):
            project = Project.make(root, Path(folder) / f"{name}.json", words)
            print(f"{name}: {len(project.calls(project.apply))} calls write", flush=True)
            project.ready(project.before)
            apply_and_undo(project, KINDS, tally, given.stride)
            recovery(project, KINDS, tally, max(3, given.stride), every=max(7, given.stride))
            Races(project, tally).run(given.rounds, processes=8, kills=3)
            if given.traced:
                _trace(project, given, tally)
            print(f"  {tally.counts.total()} faults, {len(tally.wrong)} wrong", flush=True)
    later = Tally()
    if not given.folder and not given.case:
        twice(later)
        print(f"{later.counts.total()} second applies, {len(later.wrong)} wrong", flush=True)
    wrong = [*tally.wrong, *later.wrong]
    for line in wrong[:50]:
        print(line)
    if given.figures and not wrong:
        _write(Path(given.figures) / "faults.json", "All or nothing", "test_faults.py", tally)
        _write(Path(given.figures) / "twice.json", "Once", "test_cases.py", later)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m faults")
    parser.add_argument("--stride", type=int, default=1, help="take every N-th call")
    parser.add_argument("--case", action="append", default=[], help="a folder of tests/cases")
    parser.add_argument("--folder", help="another work tree; it is copied")
    parser.add_argument("--program", default=f"{sys.executable} -m apimod", help="what is traced")
    parser.add_argument("--traced", type=int, default=3, help="trace every N-th call; 0: none")
    parser.add_argument("--rounds", type=int, default=6, help="rounds of processes at once")
    parser.add_argument("--figures", metavar="FOLDER", help="where the figures go, if all is well")
    parser.add_argument("request", nargs="*", help="what is applied in the folder")
    return parser.parse_args()


def _projects(given: argparse.Namespace, folder: Path) -> list[tuple[str, Path, list[str]]]:
    """Return name, work tree and request of each project, built below ``folder``."""
    found: list[tuple[str, Path, list[str]]] = []
    if given.folder:
        root = folder / "folder"
        subprocess.run(("cp", "-a", given.folder, str(root)), check=True)
        found.append((Path(given.folder).name, root, ["create-rest", *given.request]))
    for name in given.case or ([] if given.folder else CASES):
        case = cases.load(name)
        root = folder / name
        root.mkdir()
        cases.build(case, root)
        cases.commit(root)
        found.append((name, root, list(case.args)))
    return found


def _trace(project: Project, given: argparse.Namespace, tally: Tally) -> None:
    if why := traced.missing():
        print(f"  not traced: {why}", flush=True)
        return
    program = shlex.split(given.program)
    traced.apply_traced(project, program, KINDS, tally, given.traced)


def _write(file: Path, promise: str, test: str, tally: Tally) -> None:
    figures = [{"what": what, "count": count} for what, count in sorted(tally.counts.items())]
    body = {
        "promise": promise,
        "test": f"tests/unit/{test}",
        "command": "make faults",
        "figures": figures,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
