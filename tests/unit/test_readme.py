"""The README's picture is what the command under it prints, and its links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
    *(ROOT / "docs").rglob("*.md"),
    ROOT / "matchers" / "README.md",
    ROOT / "queries" / "README.md",
]
FILE = re.compile(r"^(?=diff --git )", re.MULTILINE)


def test_the_picture_is_real(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"^```diff\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    command = re.search(r"^\$ apimod (.*--dry-run)$", text, re.MULTILINE)
    assert shown and command
    copy = tmp_path / "shop"
    shutil.copytree(ROOT / "examples" / "fastapi-shop", copy)
    subprocess.run(("git", "init", "-q"), cwd=copy, check=True)
    done = subprocess.run(
        (sys.executable, "-m", "apimod", *command[1].split()),
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    printed = FILE.split(done.stdout)[1:]
    pictured = FILE.split(shown[1])[1:]
    assert pictured == printed[: len(pictured)]
    for name in re.findall(r"^\+\+\+ b/(.*)$", done.stdout, re.MULTILINE):
        assert name in text


@pytest.mark.parametrize("page", PAGES, ids=[p.relative_to(ROOT).as_posix() for p in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (page.parent / link).exists(), link
