"""Every command line of the documents runs, in a copy of the example, and exits as it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "fastapi-shop"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d+)$")


def command_lines() -> list[tuple[str, str, int]]:
    """Return the commands of the documents: where each stands, what it is, how it exits."""
    found = []
    pages = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    for page in filter(Path.is_file, pages):
        text = page.read_text("utf-8")
        for block in _BLOCK.finditer(text):
            at = text.count("\n", 0, block.start(1)) + 1
            for number, line in enumerate(block.group(1).splitlines(), at):
                if line.startswith("$ "):
                    code = _EXIT.search(line)
                    command = _EXIT.sub("", line[2:])
                    where = f"{page.relative_to(ROOT).as_posix()}:{number}"
                    found.append((where, command, int(code.group(1)) if code else 0))
    return found


LINES = [line for line in command_lines() if re.search(r"\bapimod\b", line[1])]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example, committed, as its reader would have it."""
    if not EXAMPLE.is_dir():
        pytest.skip("the example is not there")
    copy = tmp_path / "shop"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__"))
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com")
    for args in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "start")):
        subprocess.run((*git, *args), cwd=copy, check=True)
    return copy


@pytest.mark.parametrize(("where", "command", "code"), LINES, ids=[line[0] for line in LINES])
def test_a_command_of_the_documents(
    where: str, command: str, code: int, example: Path, tmp_path: Path
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "apimod").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m apimod "$@"\n')
    (tools / "apimod").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        ("bash", "-c", command),
        cwd=example,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, f"{where}: {command}\n{done.stdout}\n{done.stderr}"


def test_there_are_commands_to_run() -> None:
    assert len(LINES) > 20
