"""What a path tells by itself."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_TEST_FOLDERS = frozenset(
    ("benches", "test", "tests", "testdata", "__tests__", "e2e", "spec", "specs")
)
_TEST_NAME = re.compile(
    r"(test_.*|.*_tests?|tests|conftest)\.py|.*_test\.go|.*\.(test|spec)\.[cm]?[jt]sx?"
    r"|.*(Tests?|IT)\.java|(tests?|test_.*|.*_tests?)\.rs"
)

MAIN = "src/main"
"""Where some build tools have the application's code: what lies there is no test."""


def is_test(path: str, within: str = ".") -> bool:
    """Tell by its name whether a file holds tests; ``within`` is its project's folder."""
    inner = path if within == "." else path.removeprefix(f"{within}/")
    inner = f"{MAIN}/" + inner.rpartition("/")[2] if f"{MAIN}/" in inner else inner
    *folders, name = PurePosixPath(inner).parts or ("",)
    return _TEST_NAME.fullmatch(name) is not None or not _TEST_FOLDERS.isdisjoint(folders)


def is_below(path: str, folder: str) -> bool:
    """Tell whether ``path`` is ``folder`` or lies in it; ``.`` is the workspace."""
    return folder in (".", path) or path.startswith(f"{folder}/")


def folder_of(path: str) -> str:
    """Return the folder of a file, ``.`` at the top."""
    return path.rpartition("/")[0] or "."


def join(folder: str, name: str) -> str:
    """Return ``name`` in ``folder``, with ``.`` and ``..`` worked out; ``.`` is the top.

    A path that leaves the workspace keeps its leading ``..``.
    """
    parts: list[str] = []
    for part in f"{folder}/{name}".split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or "."
