"""Formatters as child processes: none of them runs what a project brings.

A tool is one that came with this program or that an absolute folder of ``PATH`` holds; it starts in a
folder that holds nothing, since some choose what to run by the folder that they start in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SECONDS = 20


def tool(name: str, *, beside: bool = False) -> str:
    """Return the tool of that name; ``""`` where there is none.

    With ``beside``, one that came with this program comes first. A folder of ``PATH`` that counts
    from the working directory may be the project's own, and is left out.
    """
    own = Path(sys.executable).parent / name
    if beside and own.is_file():
        return str(own)
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    path = os.pathsep.join(folder for folder in folders if os.path.isabs(folder))  # noqa: PTH117
    return shutil.which(name, path=path) or "" if path else ""


def piped(command: Sequence[str], text: str, folder: Path | None = None) -> str:
    """Return what a tool makes of a text on standard input; ``""`` where it fails.

    ``folder`` is for a tool that looks there for its settings and runs nothing for them.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="apimod-") as empty:
            done = subprocess.run(
                tuple(command),
                input=text,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=SECONDS,
                cwd=folder if folder is not None and folder.is_dir() else empty,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired, UnicodeError):
        return ""
    return done.stdout if done.returncode == 0 else ""
