"""A sample of the faults that ``python -m faults`` goes through one by one; and that it can fail."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if not hasattr(os, "fork"):
    pytest.skip("the system cannot fork", allow_module_level=True)

import cases
from apimod import journal
from apimod.disk import Disk
from faults.calls import INTERRUPT, KILL, KINDS
from faults.campaign import Tally, apply_and_undo, recovery
from faults.project import Project
from faults.races import Races


@pytest.fixture
def project(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A case's project, committed, with a plan of the case's request; nothing is really flushed."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    case = cases.load(request.param)
    root = tmp_path / "work"
    root.mkdir()
    cases.build(case, root)
    cases.commit(root)
    return Project.make(root, tmp_path / "plan.json", case.args)


@pytest.mark.parametrize("project", ["fastapi-shop", "gin-shop"], indirect=True)
def test_every_end_of_a_write_is_old_or_new(project: Project) -> None:
    tally = Tally()
    apply_and_undo(project, (*KINDS, INTERRUPT), tally, stride=41)
    recovery(project, (KILL, "ENOSPC"), tally, stride=11, every=37)
    assert tally.wrong == []
    assert tally.counts.total() > 20


@pytest.mark.parametrize("project", ["fastapi-main-memory"], indirect=True)
def test_many_processes_at_once_some_of_them_killed(project: Project) -> None:
    tally = Tally()
    Races(project, tally, seed=7).run(rounds=1, processes=4, kills=1)
    assert tally.wrong == []


@pytest.mark.parametrize("project", ["fastapi-main-memory"], indirect=True)
def test_a_write_without_a_journal_is_found_out(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(self: Disk, source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(Disk, "publish", careless)
    monkeypatch.setattr(journal.Journal, "back_out", lambda *_: None)
    with pytest.raises(AssertionError, match="not old"):
        apply_and_undo(project, ("EIO", KILL), tally := Tally(), stride=7)
        assert not tally.wrong, tally.wrong[0]
