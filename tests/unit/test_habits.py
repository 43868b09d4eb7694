"""What ``detect`` tells of a project's conventions."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from trees import plant

from apimod.cli import services
from apimod.stack import Stack
from apimod.workspace import Workspace

HOSTS = Path(__file__).parents[1] / "hosts"


def told(root: Path) -> Stack:
    space = Workspace.find(root)
    (stack,) = services.stacks(space, ".")
    return services.with_conventions(space, stack)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("fastapi-layered", {"layout": "by layer", "owner": "owner_id", "asynchronous": True}),
        ("fastapi-single", {"asynchronous": False}),
        ("gin-groups", {"layout": "by layer", "id": "id:uuid", "owner": "owner_id"}),
    ],
)
def test_a_host(tmp_path: Path, host: str, expected: dict[str, Any]) -> None:
    shutil.copytree(HOSTS / host, tmp_path / host)
    stack = told(tmp_path / host)
    assert expected.items() <= dict(stack.conventions).items()
    assert stack.learnt
    for place in stack.learnt:
        lines = (tmp_path / host / place.file).read_text().splitlines()
        assert lines[place.line - 1].strip()


def test_nobody_teaches(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "pyproject.toml": '[project]\nname = "x"\ndependencies = ["fastapi"]\n',
            "main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
        },
    )
    stack = told(tmp_path)
    assert (stack.conventions, stack.learnt) == ({}, ())
