"""Commands, and folders as values."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

TIMEOUT = 900
_LEFT_BEHIND = shutil.ignore_patterns(
    ".git", "__pycache__", "*.egg-info", ".*_cache", ".venv", "*.db", "*.db-*", "*.sqlite3", "bin",
    "node_modules", "dist", "generated", "target",
)  # fmt: skip
_FORGOTTEN = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTEST_CURRENT_TEST", "PYTEST_ADDOPTS")


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without what would lead a host's tools astray."""
    kept = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **(more or {})}


def attempt(
    command: str | list[str], folder: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Run a command, a string through a shell, and return what came of it."""
    argv = ["bash", "-c", command] if isinstance(command, str) else command
    return subprocess.run(
        argv, cwd=folder, env=dict(env), capture_output=True, timeout=TIMEOUT, check=False
    )


def run(command: str | list[str], folder: Path, env: Mapping[str, str]) -> str:
    """Run a command that must succeed and return its standard output."""
    done = attempt(command, folder, env)
    if done.returncode:
        raise AssertionError(f"$ {command}\n{said(done)}\nexit code {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def said(done: subprocess.CompletedProcess[bytes], limit: int = 6000) -> str:
    """Return the end of what a command printed."""
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")[-limit:].strip()


def copy(source: Path, target: Path) -> Path:
    """Copy a host's own files and commit them, so that the copy is a workspace."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True, ignore=_LEFT_BEHIND)
    commit(target)
    return target


def commit(folder: Path) -> None:
    """Make a repository of a folder."""
    identity = ["-c", "user.name=proof", "-c", "user.email=proof@example.com"]
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, *identity, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "The host")


def git(folder: Path, *arguments: str) -> str:
    """Run git with no one's own settings."""
    env = environment({"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"})
    return run(["git", *arguments], folder, env)


def tree(folder: Path) -> dict[str, tuple[int, str]]:
    """Return the mode and the hash of every file outside ``.git``; folders count as well."""
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if relative.parts[0] == ".git":
            continue
        content = os.fsencode(path.readlink()) if path.is_symlink() else _content(path)
        found[relative.as_posix()] = (path.lstat().st_mode, hashlib.sha256(content).hexdigest())
    return found


def _content(path: Path) -> bytes:
    return b"" if path.is_dir() else path.read_bytes()
