"""Every case under ``tests/cases``: planned, diffed, applied, applied again and undone."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from checked import check_go, check_minimal, check_newlines, check_python, check_syntax
from later_edits import EDITS
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension
from syrupy.location import PyTestLocation

import cases
from apimod.cli import main
from cases import Case, Tree


class DiffFiles(SingleFileSnapshotExtension):
    """One readable file a case, ``snapshots/create-rest/<case>.diff``."""

    file_extension = "diff"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the folder of the snapshots."""
        return str(cases.ROOT / "snapshots" / "create-rest")

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        """Return the case's name."""
        return str(index)


@dataclass
class Run:
    """What a run of the command line left behind."""

    code: int
    out: bytes
    err: str

    @property
    def first(self) -> str:
        """The first line on standard error."""
        return self.err.partition("\n")[0]


@dataclass
class Apimod:
    """Runs apimod in a case's tree."""

    root: Path
    capsys: pytest.CaptureFixture[bytes]

    def __call__(self, *args: str) -> Run:
        code = main.main(list(args))
        captured = self.capsys.readouterr()
        return Run(code, captured.out, captured.err.decode())

    def tree(self) -> Tree:
        """Return the tree as it is now."""
        return cases.tree(self.root)


def _param(name: str) -> Any:
    wrong = cases.load(name).known_wrong
    marks = [pytest.mark.xfail(strict=True, reason=wrong)] if wrong else []
    return pytest.param(name, marks=marks, id=name)


@pytest.fixture
def apimod(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Apimod:
    """The program, in an empty folder of its own."""
    root = tmp_path / "work"
    root.mkdir()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(root)
    return Apimod(root, capsysbinary)


@pytest.mark.parametrize("name", [_param(name) for name in cases.names()])
def test_case(name: str, apimod: Apimod, snapshot: SnapshotAssertion) -> None:
    case = cases.load(name)
    cases.build(case, apimod.root)
    cases.commit(apimod.root)
    before = apimod.tree()
    dry = apimod("apply", *case.args, "-n")
    assert apimod.tree() == before, "a dry run wrote"
    assert dry.code == case.exit, dry.first
    if case.reason:
        assert re.search(case.reason, dry.first), dry.first
    if case.expect == "refused":
        _check_refusal(case, apimod, dry, before)
    elif case.expect == "unchanged":
        _check_nothing_to_do(case, apimod, before)
    else:
        _check_change(case, apimod, dry, before)
        if not case.known_wrong:
            assert dry.out == snapshot(name=name, extension_class=DiffFiles)


def _check_refusal(case: Case, apimod: Apimod, dry: Run, before: Tree) -> None:
    assert dry.out == b""
    rest = dry.err.partition("\n")[2].strip()
    assert dry.first.startswith("apimod: ") and dry.first.isprintable() and len(dry.first) < 400
    assert bool(rest) == case.snippet, f"{'a' if rest else 'no'} snippet: {dry.first}"
    assert apimod("apply", *case.args, "-y").code == case.exit
    assert apimod.tree() == before, "a refusal wrote"


def _check_nothing_to_do(case: Case, apimod: Apimod, before: Tree) -> None:
    for flag in ("-n", "-y"):
        run = apimod("apply", *case.args, flag)
        assert (run.code, run.out) == (0, b""), run.err
        assert "nothing to do" in run.err
    assert apimod("apply", *case.args, "--check").code == 0
    assert apimod.tree() == before


def _check_change(case: Case, apimod: Apimod, dry: Run, before: Tree) -> None:
    text = dry.out.decode("utf-8", "replace")
    for pattern in case.shows:
        assert re.search(pattern, text, re.MULTILINE), f"{pattern} is not in the diff"
    for pattern in case.hides:
        found = re.search(pattern, text, re.MULTILINE)
        assert not found, f"{pattern} is in the diff: {found[0] if found else ''}"
    assert str(apimod.root) not in text, "a machine's path"
    patched = _patched(case, apimod, dry.out)
    run = apimod("apply", *case.args, "-y")
    assert run.code == 0, run.err
    after = apimod.tree()
    assert after == patched, "the diff is not what is written"
    check_minimal(before, after)
    check_newlines(before, after)
    check_syntax(before, after)
    check_python(apimod.root, before, after)
    check_go(apimod.root, before, after)
    assert apimod.tree() == after
    _check_nothing_to_do(case, apimod, after)
    _check_twice_after_later_edits(case, apimod, before, after)
    assert apimod("undo", "-y").code == 0
    assert apimod.tree() == before, "undo left something"
    assert cases.git(apimod.root, "status", "--porcelain", "--ignored") == ""


def _check_twice_after_later_edits(case: Case, apimod: Apimod, before: Tree, after: Tree) -> None:
    """Promise 2 for what people do to a project next: nothing of it makes a second apply write."""
    for name, edit in EDITS.items():
        copy = apimod.root.parent / "later" / name.replace(" ", "-") / "copy"
        shutil.copytree(apimod.root, copy, symlinks=True)
        edit(copy, before, after)
        changed = cases.tree(copy)
        if changed == after:
            continue
        with contextlib.chdir(copy):
            run = apimod("apply", *case.args, "-y", "--allow-dirty")
        assert (run.code, run.out) == (0, b""), f"{name}: {run.first}"
        assert "nothing to do" in run.err, f"{name}: {run.first}"
        assert cases.tree(copy) == changed, name


def _patched(case: Case, apimod: Apimod, diff: bytes) -> Tree:
    """Return the tree that git makes of the diff, in a copy of the project elsewhere."""
    copy = apimod.root.parent / "elsewhere" / "copy"
    copy.mkdir(parents=True)
    cases.build(case, copy)
    cases.commit(copy)
    assert _again(copy, case) == diff, "another place, process and seed give another diff"
    file = copy.parent / "out.diff"
    file.write_bytes(diff)
    cases.git(copy, "apply", "--check", str(file))
    cases.git(copy, "apply", str(file))
    return cases.tree(copy)


def _again(folder: Path, case: Case) -> bytes:
    command = (sys.executable, "-m", "apimod", "apply", *case.args, "-n")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(cases.ROOT / "src")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
