"""The ignore rules against git's own answers."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apimod.workspace import Workspace

NAMES = ("a", "b", "c.py", "d.pyc", "log")
PATTERNS = (
    "a", "a/", "/a", "b/", "*.py", "*.pyc", "!c.py", "!*.py", "!a/", "!b", "*", "!*/", "a/*",
    "!a/b", "**/b", "a/**", "!a/b/c.py", "/*", "!/a", "b/c.py", "log", "!log", "# note", "", "[ab]",
    "a/**/log", r"\!x", "?", "c.py ", "a/b/", "!a/b/", "**", "a/**/", "**/", "*/b", "/**/b/*.py",
    "[!a]", "[]a]", "[", "c.p[[:alpha:]]", r"\a", "a\\", "l*g", "!**", "**a", "a**", "!/*",
    "a/b/**",
)  # fmt: skip
FILES = [
    f"{x}{y}{z}"
    for x in ("", "a/", "b/", "log/")
    for y in ("", "a/", "b/")
    for z in ("c.py", "d.pyc", "e")
]

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@needs_git
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from((".gitignore", "a/.gitignore", "a/b/.gitignore", ".git/info/exclude")),
        st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=6),
        min_size=1,
    )
)
def test_the_walk_finds_what_git_would_add(
    tmp_path_factory: pytest.TempPathFactory, rules: dict[str, list[str]]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    _git(root, "init", "-q")
    for path in FILES:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")
    for path, lines in rules.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("\n".join(lines) + "\n")
    expected = _git(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0")[:-1]
    workspace = Workspace.find(root)
    assert workspace.files() == tuple(sorted(p for p in expected if not p.endswith(".pyc")))
    for path in FILES:
        assert workspace.ignored(path) == (path not in expected), path


def _git(root: Path, *arguments: str) -> str:
    nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ("git", "-c", "init.defaultBranch=main", "-C", str(root), *arguments)
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **nowhere}
    )
    return done.stdout
