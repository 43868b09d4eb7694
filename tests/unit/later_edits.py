"""What people do to a project after an apply, none of which makes its endpoints others.

Each function changes a tree on disk; ``before`` and ``after`` are the tree around the apply.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from checked import changed

from cases import Tree

_RUFF = str(Path(sys.executable).with_name("ruff"))
_MOVED = "by_hand"
Edit = Callable[[Path, Tree, Tree], None]


def format_all(root: Path, before: Tree, after: Tree) -> None:
    """Run formatters over all files, with settings that are not the project's."""
    narrow = ("--config", "line-length = 60", "--config", "format.quote-style = 'single'")
    subprocess.run((_RUFF, "format", "-q", "--isolated", *narrow, "."), cwd=root, check=False)
    sort = ("check", "-q", "--isolated", "--select", "I", "--fix", "--exit-zero", ".")
    subprocess.run((_RUFF, *sort), cwd=root, check=True)
    subprocess.run((_RUFF, "format", "-q", "."), cwd=root, check=False)
    gofmt = shutil.which("gofmt")
    if gofmt and any(root.rglob("*.go")):
        subprocess.run((gofmt, "-w", "-s", "."), cwd=root, capture_output=True, check=False)


def rename_files(root: Path, before: Tree, after: Tree) -> None:
    """Rename every file that the apply made, and whatever imports it as a module."""
    for path in _made(before, after):
        old = PurePosixPath(path)
        if old.suffix == ".go":
            tail = "_test.go" if old.name.endswith("_test.go") else ".go"
            new = old.with_name(old.name.removesuffix(tail) + "_" + _MOVED + tail)
            (root / old).rename(root / new)
        elif old.suffix == ".py" and old.stem != "__init__":
            new = old.with_name(f"{old.stem}_{_MOVED}.py")
            (root / old).rename(root / new)
            _import_as(root, old, new)


def move_files(root: Path, before: Tree, after: Tree) -> None:
    """Move every Python module that the apply made into a package beside it."""
    for path in _made(before, after):
        old = PurePosixPath(path)
        if old.suffix != ".py" or old.stem in ("__init__", "main") or old.name.startswith("test_"):
            continue
        if b"from ." in (root / old).read_bytes() or len(old.parts) == 1:
            continue
        new = old.parent / _MOVED / old.name
        (root / new).parent.mkdir(exist_ok=True)
        (root / new.parent / "__init__.py").touch()
        (root / old).rename(root / new)
        _import_as(root, old, new)


def reorder(root: Path, before: Tree, after: Tree) -> None:
    """Swap every inserted line with the line above it, where the two are alike."""
    for path, data in changed(before, after).items():
        if path not in before:
            continue
        lines = data.split(b"\n")
        old = before[path][0].split(b"\n")
        for number in range(1, len(lines)):
            if lines[number] not in old and _alike(lines[number - 1], lines[number]):
                lines[number - 1 : number + 1] = lines[number], lines[number - 1]
        (root / path).write_bytes(b"\n".join(lines))


def rename_functions(root: Path, before: Tree, after: Tree) -> None:
    """Rename every function that a made file declares, wherever it is named."""
    names: set[str] = set()
    for path in _made(before, after):
        text = after[path][0].decode("utf-8", "replace")
        if "test" not in PurePosixPath(path).name:
            found = re.findall(r"^ *(?:async )?def (\w+)|^func (?:\([^)]*\) )?(\w+)", text, re.M)
            names |= {left or right for left, right in found}
    # Routers have methods of these names as well.
    names -= {"delete", "patch", "options", "trace"}
    names = {name for name in names if len(name) > 4 and not name.startswith("__")}
    names -= _words(data for data, _ in before.values())
    if not names:
        return
    pattern = re.compile(r"(?<![\"'/])\b(" + "|".join(sorted(names)) + r")\b(?![\"'/])")
    for path in changed(before, after):
        text = (root / path).read_bytes().decode("utf-8", "surrogateescape")
        new = pattern.sub(lambda found: f"{found[1]}ByHand", text)
        (root / path).write_bytes(new.encode("utf-8", "surrogateescape"))


EDITS: dict[str, Edit] = {
    "formatted": format_all,
    "files renamed": rename_files,
    "files moved": move_files,
    "registration reordered": reorder,
    "functions renamed": rename_functions,
}


def _made(before: Tree, after: Tree) -> list[str]:
    return sorted(after.keys() - before.keys())


def _words(texts: Iterator[bytes]) -> set[str]:
    return {word.decode() for text in texts for word in re.findall(rb"\w+", text) if word.isascii()}


def _alike(above: bytes, line: bytes) -> bool:
    """Tell whether two lines are one kind of statement, each whole by itself."""
    shape = re.compile(rb"\s*[\w.]+\(.*\)$")
    if not shape.fullmatch(above) or not shape.fullmatch(line):
        return False
    return above.partition(b"(")[0] == line.partition(b"(")[0]


def _import_as(root: Path, old: PurePosixPath, new: PurePosixPath) -> None:
    """Make every Python file import the module where it is now, under its old name."""
    folder, name = old.parent.name, old.stem
    inner = ".".join(new.relative_to(old.parent).with_suffix("").parts)
    holder, _, last = inner.rpartition(".")
    for file in root.rglob("*.py"):
        text = file.read_bytes().decode("utf-8", "surrogateescape")
        # from app.routers.users import router
        made = re.sub(
            rf"^(\s*from [\w.]*\b{folder}\.|\s*from \.+){name}( import )", rf"\g<1>{inner}\g<2>",
            text, flags=re.M,
        )  # fmt: skip
        # from app.routers import items, users
        made = re.sub(
            rf"^(\s*from (?:[\w.]*\b{folder}|\.+\w*) import [^\n(#]*)\b{name}\b(?! as)([^\n]*)$",
            lambda found: _apart(found, name, holder, last),
            made,
            flags=re.M,
        )
        # import app.routers.users as users
        made = re.sub(
            rf"^(\s*import [\w.]*\b{folder}\.){name}\b", rf"\g<1>{inner}", made, flags=re.M
        )
        if made != text:
            file.write_bytes(made.encode("utf-8", "surrogateescape"))


def _apart(found: re.Match[str], name: str, holder: str, last: str) -> str:
    """Return an import of several modules without one, and that one's import behind it."""
    head, _, names = (found[1] + name + found[2]).rstrip("\r").partition(" import ")
    end = "\r" if found[0].endswith("\r") else ""
    rest = [part.strip() for part in names.split(",") if part.strip() not in ("", name)]
    package = f"{head}.{holder}" if holder and not head.endswith(".") else f"{head}{holder}"
    moved = f"{package} import {last} as {name}"
    return "\n".join(([f"{head} import {', '.join(rest)}{end}"] if rest else []) + [moved + end])
