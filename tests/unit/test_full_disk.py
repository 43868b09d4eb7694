"""A file system that really is full, of bytes or of files: a write is made, or nothing is changed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from planning import plan_of
from writing import put, tree, workspace

from apimod.apply import pending, recover
from apimod.errors import Incomplete, Refused
from apimod.model import Create, Insert, Plan
from apimod.undo import undo_last

FILES = {f"f{number}.txt": b"x" * 6000 + b"\n" for number in range(4)}


@pytest.fixture(params=["size=512k", "size=4m,nr_inodes=64"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own; only who may mount one can have it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", request.param, "tmpfs", str(folder))
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        pytest.skip("there is no mount")
    if done.returncode != 0:
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(("umount", str(folder)), check=True)


def plan() -> Plan:
    """Return a plan that changes every file and makes as many."""
    edits = [Insert(f"i{path}", path, 0, b"y" * 5000 + b"\n", "") for path in FILES]
    made = [Create(f"c{path}", f"new/{path}", b"z" * 5000 + b"\n", "") for path in FILES]
    return plan_of(*edits, *made, files=FILES)


def fill(folder: Path, leave: int) -> None:
    """Fill the file system, and then make room for ``leave`` blocks and files."""
    fillers: list[Path] = []
    try:
        while True:
            fillers.append(folder / f"filler{len(fillers)}")
            fillers[-1].write_bytes(b"\0" * 4096)
    except OSError:
        pass
    for filler in [f for f in fillers if f.exists()][:leave]:
        filler.unlink()


def empty(folder: Path) -> None:
    """Remove what filled it."""
    for filler in folder.glob("filler*"):
        filler.unlink()


def test_apply_and_undo_at_every_amount_of_room(small: Path) -> None:
    root = workspace(small / "ws", FILES)
    before = tree(root)
    ends = set[str]()
    for leave in range(70):
        fill(small, leave)
        try:
            put(root, plan())
        except Refused:
            assert tree(root) == before, leave
            assert pending(root) is None
            ends.add("refused")
            empty(small)
            continue
        except Incomplete:
            empty(small)
            recover(root)
            assert tree(root) in (before, _after(before)), leave
        else:
            ends.add("done")
            empty(small)
        if tree(root) != before:
            _undo_with_little_room(small, root, leave, before)
    assert ends == {"refused", "done"}


def _undo_with_little_room(small: Path, root: Path, leave: int, before: object) -> None:
    after = tree(root)
    fill(small, leave % 25)
    try:
        undo_last(root)
    except Refused:
        assert tree(root) == after
        empty(small)
        undo_last(root)
    except Incomplete:
        empty(small)
        recover(root)
        if tree(root) != before:
            undo_last(root)
    empty(small)
    assert tree(root) == before


def _after(before: object) -> object:
    """Return the tree that the plan makes, in a folder beside it that is thrown away."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder) / "ws", FILES)
        assert tree(root) == before
        put(root, plan())
        return tree(root)
