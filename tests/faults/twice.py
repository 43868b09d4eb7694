"""A second apply, after everything that people do to a project next: it finds nothing to do."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from later_edits import EDITS

import cases
from faults.campaign import Tally
from faults.project import Project


def twice(tally: Tally) -> None:
    """Go through all cases that change something, and each later edit of each."""
    for name in cases.names():
        case = cases.load(name)
        if case.expect == "changed" and not case.known_wrong:
            with tempfile.TemporaryDirectory() as folder:
                _case(case, Path(folder), tally)


def _case(case: cases.Case, folder: Path, tally: Tally) -> None:
    root = folder / "work"
    root.mkdir()
    cases.build(case, root)
    cases.commit(root)
    before = cases.tree(root)
    words = ("apply", *case.args, "-y", "--allow-dirty")
    project = Project(root, folder / "none")
    if (first := project.run(words)).code != 0:
        tally.wrong.append(f"{case.name}: {first.text[-300:]}")
    after = cases.tree(root)
    for what, edit in EDITS.items():
        copy = folder / what.replace(" ", "-") / "work"
        shutil.copytree(root, copy, symlinks=True)
        edit(copy, before, after)
        edited = cases.tree(copy)
        if edited == after:
            continue
        tally.counts[f"second applies that found nothing to do: {what}"] += 1
        second = Project(copy, folder / "none").run(words)
        if second.code != 0 or "nothing to do" not in second.text or cases.tree(copy) != edited:
            tally.wrong.append(f"{case.name}, {what}: {second.text[-300:]}")
