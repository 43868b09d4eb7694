"""The engine's floors, as ``docs/architecture.md`` draws them: nothing imports from above."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "src" / "apimod"
UNNAMED = 2
"""The floor of modules that no row names."""
ROW = re.compile(r"^\| (\d) \| [^|]+ \| ([^|]+) \|", re.MULTILINE)
FILES = [f for f in sorted(ENGINE.rglob("*.py")) if f.name not in ("__init__.py", "__main__.py")]


def floors() -> dict[str, int]:
    """Return the floor of every module and package; the page may name several by a pattern."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = {
        name: int(row[1])
        for row in ROW.finditer(text)
        for name in re.findall(r"`([\w*]+)/?`", row[2])
    }
    unnamed = dict.fromkeys(map(name_of, FILES), UNNAMED)
    return unnamed | {
        name: floor
        for pattern, floor in named.items()
        for name in ({name_of(f) for f in FILES} if "*" in pattern else {pattern})
        if fnmatch(name, pattern)
    }


def name_of(path: Path) -> str:
    """Return the name by which the page knows a file: the first part below the package."""
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the parts of the engine that a file imports, for their types only or not."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "apimod":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("apimod."):
            found.add((node.module or "").split(".")[1])
    return found


def test_every_module_that_is_named_is_there() -> None:
    assert set(floors()) == {name_of(file) for file in FILES}


def test_nothing_imports_from_above() -> None:
    floor = floors()
    wrong = [
        f"{name_of(file)} (floor {floor[name_of(file)]}) imports {name} (floor {floor[name]})"
        for file in FILES
        for name in sorted(imported(file))
        if name in floor and floor[name] > floor[name_of(file)]
    ]
    assert wrong == []


CHILDREN = "bounds"
"""The module whose forked child ends without coming back: not the program's exit."""


def test_only_the_command_line_prints_and_exits() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in FILES
        if name_of(file) not in ("cli", CHILDREN)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "input", "exit", "quit", "sys.exit", "os._exit")
    ]
    assert wrong == []
