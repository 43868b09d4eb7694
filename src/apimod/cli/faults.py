"""What is said when apimod itself is at fault: one line, and a file to send."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback

import apimod
from apimod.cli import console
from apimod.errors import ApimodError, shorten


def report(error: BaseException, args: list[str]) -> None:
    """Write a report of ``error`` into a temporary file and say where it lies."""
    lines = [
        f"apimod {apimod.__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"arguments: {[shorten(arg, 200) for arg in args]}",
        "",
        *traceback.format_exception(error),
    ]
    text = "\n".join(lines)
    if not isinstance(error, ApimodError):  # whose line is printed already
        kind = type(error).__name__
        console.note(f"apimod: a fault of apimod's own: {kind}: {shorten(str(error), 200)}")
    if os.environ.get("APIMOD_DEBUG") == "1":
        console.note(text)
        return
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="apimod-fault-", suffix=".txt", encoding="utf-8", delete=False
        ) as file:
            file.write(text)
    except OSError:
        print(text, file=sys.stderr)
        return
    console.note(f"  please send its report to the maintainers: {file.name}")
