"""Breaking a generated handler, to see whether the generated tests notice."""

from __future__ import annotations

import ast
import re
from pathlib import Path

MESSAGE = "broken by the proof"


def break_handler(folder: Path, files: list[str], handler: str) -> tuple[Path, bytes]:
    """Make a handler fail at once; returns its file and what stood in it."""
    name = re.split(r"[.:#]", handler.removesuffix("-fm"))[-1]
    for relative in files:
        path = folder / relative
        old = path.read_bytes()
        text = old.decode("utf-8")
        new = _BREAKERS[path.suffix](text, name) if path.suffix in _BREAKERS else None
        if new is not None:
            path.write_text(new, encoding="utf-8", newline="")
            return path, old
    raise AssertionError(f"the handler {handler!r} is in none of {files}")


def _python(text: str, name: str) -> str | None:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            lines = text.splitlines(keepends=True)
            first = node.body[0]
            indent = " " * first.col_offset
            lines.insert(first.lineno - 1, f'{indent}raise RuntimeError("{MESSAGE}")\n')
            return "".join(lines)
    return None


def _go(text: str, name: str) -> str | None:
    found = re.search(rf"^func (\([^)]*\) )?{re.escape(name)}\(.*\{{$", text, re.MULTILINE)
    if found is None:
        return None
    place = found.end()
    if inner := re.compile(r"\n\treturn func\(.*\{$", re.MULTILINE).search(text, place):
        body = text[place : inner.start()]
        place = place if "\n}" in body else inner.end()
    return f'{text[:place]}\n\tpanic("{MESSAGE}"){text[place:]}'


def _javascript(text: str, name: str) -> str | None:
    """Break a function, a method, an arrow function of a constant, or one in a wrapper's call."""
    word = re.escape(name)
    starts = (
        rf"\bfunction {word}\s*\([^{{]*?\{{$",
        rf"\b(?:const|let) {word}\b[^;]*?=>\s*\{{$",
        rf"^\s*(?:static |public |async )*{word}\s*(?:=[^;]*?=>\s*|\([^{{]*?)\{{$",
    )
    for start in starts:
        if found := re.search(start, text, re.MULTILINE):
            return f'{text[: found.end()]}\nthrow new Error("{MESSAGE}");{text[found.end() :]}'
    return None


def _java(text: str, name: str) -> str | None:
    """Break a method; what always throws would make the rest of its body an error."""
    start = rf"^[ \t]+(?:public |protected )?[\w<>\[\], .?]+ {re.escape(name)}\([^{{;]*\{{$"
    if found := re.search(start, text, re.MULTILINE):
        broken = f'\nif (true) {{ throw new IllegalStateException("{MESSAGE}"); }}'
        return f"{text[: found.end()]}{broken}{text[found.end() :]}"
    return None


def _rust(text: str, name: str) -> str | None:
    """Break a function; what follows the panic may not be reached, and is no error."""
    start = rf"^[ \t]*(?:pub(?:\([^)]*\))? )?async fn {re.escape(name)}\([^{{]*\{{$"
    if found := re.search(start, text, re.MULTILINE):
        return f'{text[: found.end()]}\npanic!("{MESSAGE}");{text[found.end() :]}'
    return None


_BREAKERS = {".py": _python, ".go": _go, ".java": _java, ".rs": _rust} | dict.fromkeys(
    (".js", ".ts", ".mjs", ".cjs"), _javascript
)


def command(language: str, files: list[str]) -> str:
    """Return the command that runs the generated tests, or ``""`` where there are none."""
    if language == "python":
        paths = [f for f in files if re.fullmatch(r"(.*/)?(test_\w+|\w+_test)\.py", f)]
        return f"pytest -q -x {' '.join(paths)}" if paths else ""
    if language == "javascript":
        paths = [f for f in files if re.search(r"\.(test|spec)\.[cm]?[jt]s$", f)]
        return f"npm test -- {' '.join(paths)}" if paths else ""
    if language == "java":
        names = [Path(f).stem for f in files if re.search(r"(^|/)src/test/.*Tests?\.java$", f)]
        return f"mvn -q -B test -Dtest={','.join(names)}" if names else ""
    if language == "rust":
        targets = [Path(f).stem for f in files if re.fullmatch(r"(.*/)?tests/\w+\.rs", f)]
        return f"cargo test --quiet {' '.join(f'--test {t}' for t in targets)}" if targets else ""
    folders = {str(Path(f).parent) for f in files if f.endswith("_test.go")}
    return f"go test {' '.join(f'./{folder}' for folder in sorted(folders))}" if folders else ""
