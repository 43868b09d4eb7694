"""Small trees on disk for tests."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from apimod.projects import Project
from apimod.workspace import Workspace


def plant(root: Path, files: dict[str, str | bytes]) -> Workspace:
    """Write files below ``root`` and return the workspace there."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else dedent(content).lstrip("\n").encode()
        target.write_bytes(data)
    return Workspace.find(root)


def only_project(workspace: Workspace) -> Project:
    """Return the workspace's project, of which there is one."""
    (project,) = workspace.projects()
    return project
