"""What must hold of a tree that apimod changed: promise 1, syntax, linters, formatters."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from tree_sitter import Node

from apimod.languages import language_of
from apimod.source import Source
from apimod.syntax import error_count
from cases import Tree


def changed(before: Tree, after: Tree) -> dict[str, bytes]:
    """Return what the new tree has otherwise than the old one; no file may be gone."""
    assert not before.keys() - after.keys(), "a file is gone"
    return {path: data for path, (data, _) in after.items() if before.get(path, (b"",))[0] != data}


def check_minimal(before: Tree, after: Tree) -> None:
    """Promise 1: old lines stay in their order, or have only grown; and modes stay."""
    for path, data in changed(before, after).items():
        if path in before:
            assert before[path][1] == after[path][1], f"{path}: another mode"
            _check_grown(path, before[path][0].split(b"\n"), data.split(b"\n"))


def _check_grown(path: str, old: list[bytes], new: list[bytes]) -> None:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        assert kind != "delete", f"{path}: lost the line {old[a]!r}"
        if kind == "replace":
            left = iter(_tokens(new[c:d]))
            for token in _tokens(old[a:b]):
                assert token in left, f"{path}: lost {token!r} of line {a + 1}"


def _tokens(lines: list[bytes]) -> list[bytes]:
    return re.findall(rb"\w+|[^\w\s]", b"\n".join(lines))


def check_newlines(before: Tree, after: Tree) -> None:
    """Every changed old file keeps its newline style, its BOM and its missing final newline."""
    for path in changed(before, after):
        if path not in before:
            continue
        old, new = before[path][0], after[path][0]
        assert (b"\r\n" in old) == (b"\r\n" in new), f"{path}: another newline"
        assert (new.count(b"\n") == new.count(b"\r\n")) or b"\r\n" not in old, f"{path}: mixed"
        assert old.startswith(b"\xef\xbb\xbf") == new.startswith(b"\xef\xbb\xbf"), f"{path}: BOM"
        if old:
            assert old.endswith(b"\n") == new.endswith(b"\n"), f"{path}: another final newline"


def check_syntax(before: Tree, after: Tree) -> None:
    """Promise 5: no changed file has a syntax error that it did not have."""
    for path, data in changed(before, after).items():
        language = language_of(path)
        if language is None:
            continue
        grammar = language.grammar(path)
        old = error_count(Source(path, before[path][0]).tree(grammar)) if path in before else 0
        assert error_count(Source(path, data).tree(grammar)) <= old, f"{path}: a syntax error"
        if path.endswith(".py") and not old:
            compile(data, path, "exec")


def check_python(folder: Path, before: Tree, after: Tree) -> None:
    """Ruff finds nothing new, and new files are as the project's settings format them."""
    paths = [path for path in changed(before, after) if path.endswith(".py")]
    if not paths:
        return
    ruff = Path(sys.executable).with_name("ruff")
    found = _findings(ruff, folder, paths)
    _put_back(folder, before, paths)
    known = _findings(ruff, folder, [p for p in paths if p in before])
    _put_back(folder, after, paths)
    assert not found - known, f"ruff: {dict(found - known)}"
    fresh = [path for path in paths if path not in before]
    done = _run(folder, ruff, "format", "--no-cache", "--diff", *fresh) if fresh else None
    assert done is None or done.returncode == 0, f"ruff format: {done.stdout or done.stderr}"


def _put_back(folder: Path, tree: Tree, paths: list[str]) -> None:
    for path in paths:
        if path in tree:
            (folder / path).write_bytes(tree[path][0])


def _findings(ruff: Path, folder: Path, paths: list[str]) -> Counter[tuple[str, str, str]]:
    if not paths:
        return Counter()
    flags = ("check", "--no-cache", "--select", "F,E9,I", "--output-format", "json")
    done = _run(folder, ruff, *flags, *paths)
    rows = json.loads(done.stdout)
    where = {str(folder / path): path for path in paths}
    return Counter((where[row["filename"]], str(row["code"]), row["message"]) for row in rows)


def check_go(folder: Path, before: Tree, after: Tree) -> None:
    """New Go files, and old ones that were so before, are as gofmt leaves them; imports fit."""
    tool = shutil.which("gofmt")
    paths = [path for path in changed(before, after) if path.endswith(".go")]
    for path in paths:
        check_go_imports(path, after[path][0])
    if tool is None or not paths:
        return
    for path in paths:
        if path in before and not _is_formatted(tool, before[path][0]):
            continue
        assert _is_formatted(tool, after[path][0]), f"{path}: not as gofmt leaves it"


def check_go_imports(path: str, data: bytes) -> None:
    """Every import is used, and every package that a type is taken from is imported."""
    language = language_of(path)
    assert language is not None
    nodes = list(language.subtree(Source(path, data).tree(language.grammar(path)).root_node))
    imported = {_package(node) for node in nodes if node.type == "import_spec"}
    taken = {
        (node.child_by_field_name("package") or node).text
        for node in nodes
        if node.type == "qualified_type"
    }
    roots = {
        (node.child_by_field_name("operand") or node).text
        for node in nodes
        if node.type == "selector_expression"
    }
    assert taken <= imported, f"{path}: not imported: {taken - imported}"
    unused = imported - taken - roots - {b"_", b"."}
    assert not unused, f"{path}: imported and not used: {unused}"


def _package(spec: Node) -> bytes:
    """Return the name that an import binds: its alias, else what its path most likely declares."""
    alias, path = spec.child_by_field_name("name"), spec.child_by_field_name("path")
    if alias is not None or path is None:
        return (alias or spec).text or b""
    parts = (path.text or b"").strip(b'"`').split(b"/")
    versioned = len(parts) > 1 and re.fullmatch(rb"v\d+", parts[-1])
    return parts[-2] if versioned else parts[-1]


def _is_formatted(tool: str, data: bytes) -> bool:
    done = subprocess.run((tool,), input=data, capture_output=True, check=False)
    return done.returncode == 0 and done.stdout == data


def _run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
