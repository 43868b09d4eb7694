"""Workspaces of several projects: go.work, and the workspace table of pyproject.toml."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from apimod.manifests.gomod import directives, unquote
from apimod.manifests.toml import parse, table
from apimod.paths import folder_of, join

if TYPE_CHECKING:
    from apimod.projects import Project


def umbrella_of(project: Project) -> str:
    """Return the nearest folder at or above ``project`` that lists it as a member."""
    folder = project.path
    while True:
        if project.path in _members(project, folder):
            return folder
        if folder == ".":
            return ""
        folder = folder_of(folder)


def _members(project: Project, folder: str) -> set[str]:
    if project.language == "go":
        text = _read(project.root / folder / "go.work")
        used = (words[0] for _, verb, words in directives(text) if verb == "use" and words)
        return {join(folder, unquote(word)) for word in used}
    if project.language != "python":
        return set()
    file = join(folder, "pyproject.toml")
    tool = table(parse(_read(project.root / file), file, lenient=True), "tool")
    patterns = table(tool, "uv", "workspace")
    inner = project.path if folder == "." else project.path.removeprefix(f"{folder}/")
    if not patterns:
        return set()
    takes = any(fnmatchcase(inner, str(p)) for p in patterns.get("members", []))
    leaves = any(fnmatchcase(inner, str(p)) for p in patterns.get("exclude", []))
    return {project.path} if folder == project.path or (takes and not leaves) else set()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""
