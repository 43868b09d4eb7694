"""The imports of a file, and the members that it uses of them, by a scan over the text.

Comments and strings are blanked first, so a name in one is no import; nothing is parsed, which
is why a whole tree takes no longer than reading it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct


class Import(Struct, frozen=True):
    """One imported name: canonical (``a.b.C``, ``host/path``), as the file calls it, its line."""

    name: str
    alias: str
    line: int


_PY_INERT = re.compile(
    r"#[^\n]*|[rbfutRBFUT]{0,2}(?:'''.*?(?:'''|\Z)|\"\"\".*?(?:\"\"\"|\Z)"
    r"|'(?:\\.|[^'\\\n])*'?|\"(?:\\.|[^\"\\\n])*\"?)",
    re.DOTALL,
)
_PY_IMPORT = re.compile(
    r"^[ \t]*(?:import[ \t]+(?P<modules>[^\n;]+)"
    r"|from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]*(?:\((?P<many>[^)]*)\)|(?P<few>[^\n;]+)))",
    re.MULTILINE,
)
_PY_NAME = re.compile(r"([\w.]+|\*)(?:\s+as\s+(\w+))?")
_GO_INERT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|`[^`]*`|'(?:\\.|[^'\\\n])+'", re.DOTALL)
_GO_COMMENT = re.compile(r'//[^\n]*|/\*(?:(?!/\*).)*?\*/|("(?:\\.|[^"\\\n])*"|`[^`]*`)', re.DOTALL)
_PY_COMMENT = re.compile(r"#[^\n]*|('(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")")
_PY_DOCSTRING = re.compile(
    r"^[ \t]*[rR]?(?:\'\'\'.*?\'\'\'|\"\"\".*?\"\"\")[ \t]*$", re.DOTALL | re.MULTILINE
)
_RUST_INERT = re.compile(
    r'//[^\n]*|/\*.*?(?:\*/|\Z)|r(?:"[^"]*"|#".*?"#|##".*?"##)|"(?:\\.|[^"\\])*"', re.DOTALL
)
_RUST_COMMENT = re.compile(r'//[^\n]*|/\*.*?(?:\*/|\Z)|("(?:\\.|[^"\\])*")', re.DOTALL)
_RUST_USE = re.compile(r"\buse\s+((?:(?!\buse\s)[^;])+);")
_RUST_PATH = re.compile(r"(?<![\w:.])[a-z]\w*(?:::\w+)+")
_RUST_TEST = re.compile(r"#\[\s*(?:\w+::)*(?:test|async_test)\b")
_RUST_EXTERN = re.compile(r"\bextern\s+crate\s+(\w+)")
_GO_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"')
_GO_IMPORTS = re.compile(r'^import\b[ \t]*(?:\(([^)]*)\)|([^\n]*"[^"\n]*"))', re.MULTILINE)
_GO_SPEC = re.compile(r'(?:(?<![\w.])([\w.]++)[ \t]+)?"([^"\n]+)"')


def python_imports(text: str) -> Iterator[Import]:
    """Yield what a Python file imports absolutely; ``from a import B`` is ``a.B``."""
    if "import" not in text:
        return
    text = blank(text, _PY_INERT).replace("\\\n", "  ")
    for found in _PY_IMPORT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        module = found["module"]
        if module is None:
            for name, alias in _PY_NAME.findall(found["modules"]):
                yield Import(name, alias or name, line)
        elif not module.startswith("."):
            for name, alias in _PY_NAME.findall(found["many"] or found["few"] or ""):
                yield Import(f"{module}.{name}", alias or name, line)


def go_imports(text: str) -> Iterator[Import]:
    """Yield what a Go file imports; a blank import's alias is ``_``."""
    if "import" not in text:
        return
    text = blank(text, _GO_INERT)
    for block in _GO_IMPORTS.finditer(text):
        group = 1 if block[1] is not None else 2
        for spec in _GO_SPEC.finditer(text, block.start(group), block.end(group)):
            path = spec[2]
            line = text.count("\n", 0, spec.start()) + 1
            yield Import(path, spec[1] or go_package(path), line)


def rust_imports(text: str) -> Iterator[Import]:
    """Yield what a Rust file uses: each path of ``use``, and paths written out in code.

    ``use a::{b, c as d}`` is ``a.b`` and ``a.c``; ``a::B::new()`` is ``a.B.new``.
    """
    text = blank(text, _RUST_INERT)
    taken: list[tuple[int, int]] = []
    for found in _RUST_USE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        taken.append(found.span())
        for path in _rust_paths(found[1]):
            name = re.sub(r"(?<!\s)\s*+::\s*", ".", path.strip().removeprefix("::"))
            name, _, alias = name.partition(" as ")
            if name:
                yield Import(name.strip(), alias.strip() or name.rpartition(".")[2], line)
    for found in _RUST_PATH.finditer(text):
        name = re.sub(r"(?<!\s)\s*+::\s*", ".", found[0])
        if not any(start <= found.start() < end for start, end in taken):
            yield Import(name, name, text.count("\n", 0, found.start()) + 1)
    for found in _RUST_TEST.finditer(text):
        yield Import("std.prelude.test", "test", text.count("\n", 0, found.start()) + 1)
    for found in _RUST_EXTERN.finditer(text):
        yield Import(found[1], found[1], text.count("\n", 0, found.start()) + 1)


def _rust_paths(tree: str) -> Iterator[str]:
    """Yield each path of a tree of imports; ``self`` stands for the path around."""
    head, brace, rest = tree.partition("{")
    if not brace:
        yield tree
        return
    depth, start = 0, 0
    inner = rest[: rest.rfind("}")] if "}" in rest else rest
    for at, char in enumerate(f"{inner},"):
        depth += (char == "{") - (char == "}")
        if char == "," and depth == 0:
            part = inner[start:at].strip()
            start = at + 1
            if part:
                whole = head.rstrip().removesuffix("::") if part == "self" else head + part
                yield from _rust_paths(whole)


def go_package(path: str) -> str:
    """Return the name that a package most likely has, from its path."""
    path = re.sub(r"/v\d+$", "", path)
    last = re.sub(r"\.v\d+$", "", path.rpartition("/")[2])
    return last.removeprefix("go-").removesuffix("-go").replace("-", "_")


_JS_COMMENT = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|(\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])*'|`(?:\\\\.|[^`\\\\])*`)",
    re.DOTALL,
)
_JS_IMPORT = re.compile(
    r"\bimport\s+(?P<clause>[\w${}*,\s]*?)\s*from\s*[\"'](?P<spec>[^\"'\n]+)[\"']"
    r"|\bexport\s+(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*[\"'](?P<again>[^\"'\n]+)[\"']"
    r"|\bimport\s*[\"'](?P<bare>[^\"'\n]+)[\"']"
    r"|(?:\b(?:const|let|var)\s+(?P<names>[\w$]+|\{[^}]*\})\s*=\s*(?:await\s+)?)?"
    r"\b(?:require|import)\s*\(\s*[\"'](?P<called>[^\"'\n]+)[\"']"
    r"|\bimport\s+(?P<alias>\w+)\s*=\s*require\s*\(\s*[\"'](?P<old>[^\"'\n]+)[\"']"
)
_JS_NAME = re.compile(r"([\w$]+|\*)(?:\s*(?:\bas\b|:)\s*([\w$]+))?")


def javascript_imports(text: str) -> Iterator[Import]:
    """Yield what a file imports or requires from packages; ``{ A } from "p"`` is ``p.A``.

    A package's own name has its dots written as underscores, so that a dot parts it from members.
    """
    if "import" not in text and "require" not in text and "from" not in text:
        return
    text = blank(text, _JS_COMMENT)
    for found in _JS_IMPORT.finditer(text):
        spec = next(found[g] for g in _JS_SPECS if found[g])
        if spec.startswith((".", "/", "#")):
            continue
        module = module_key(spec.removeprefix("node:"))
        line = text.count("\n", 0, found.start()) + 1
        clause = found["clause"] or found["names"] or found["alias"] or ""
        outer, brace, inner = clause.partition("{")
        plain = outer.replace(",", " ").replace("*", " ").split()
        alias = next((w for w in plain if w not in ("as", "type", "typeof")), "")
        yield Import(module, alias or module, line)
        for name, other in _JS_NAME.findall(inner) if brace else ():
            if name not in ("type", "*"):
                yield Import(f"{module}.{name}", other or name, line)


_JS_SPECS = ("spec", "again", "bare", "called", "old")


def module_key(spec: str) -> str:
    """Return a package's name, or a path in one, in a form without dots."""
    return spec.replace(".", "_")


def member_line(text: str, language: str, alias: str, member: str) -> int:
    """Return the line of the first ``alias.member`` in code; 0 if there is none."""
    wanted = re.compile(rf"(?<![\w.]){re.escape(alias)}\s*\.\s*{re.escape(member)}\b")
    if not wanted.search(text):
        return 0
    if language == "javascript":
        text = blank(text, _JS_COMMENT)
    elif language == "go":
        text = blank(blank(text, _GO_INERT), _GO_STRING)
    elif language == "java":
        text = blank(text, _JVM_INERT)
    else:
        text = blank(text, _PY_INERT)
    found = wanted.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def without_comments(text: str, language: str) -> str:
    """Return the text with its comments, and in Python its docstrings, blanked."""
    if language == "go":
        return blank(text, _GO_COMMENT)
    if language == "javascript":
        return blank(text, _JS_COMMENT)
    if language == "java":
        return blank(text, _JVM_COMMENT)
    if language == "rust":
        return blank(text, _RUST_COMMENT)
    return blank(blank(text, _PY_DOCSTRING), _PY_COMMENT)


def blank(text: str, inert: re.Pattern[str]) -> str:
    """Replace what ``inert`` matches, but not what a group of it holds, keeping every newline."""

    def spaces(found: re.Match[str]) -> str:
        if found.re.groups and found[1] is not None:
            return found[0]
        return re.sub(r"[^\n]", " ", found[0])

    return inert.sub(spaces, text)


_JVM_INERT = re.compile(r'//[^\n]*|/\*.*?(?:\*/|\Z)|\"\"\".*?\"\"\"|"(?:\\.|[^"\\\n])*"', re.DOTALL)
_JVM_COMMENT = re.compile(r'//[^\n]*|/\*.*?(?:\*/|\Z)|("(?:\\.|[^"\\\n])*")', re.DOTALL)
_JVM_IMPORT = re.compile(r"^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]+)(\.\*)?", re.MULTILINE)


def jvm_imports(text: str) -> Iterator[Import]:
    """Yield what a Java or Kotlin file imports; of ``a.b.*`` the package."""
    if "import" not in text:
        return
    text = blank(text, _JVM_INERT)
    for found in _JVM_IMPORT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Import(found[1], found[1].rpartition(".")[2], line)


SCANNERS: dict[str, Callable[[str], Iterable[Import]]] = {
    "python": python_imports,
    "go": go_imports,
    "javascript": javascript_imports,
    "java": jvm_imports,
    "rust": rust_imports,
}


def covers(prefix: str, name: str, language: str) -> bool:
    """Tell whether an import of ``name`` is one of ``prefix``, or of something in it.

    In Go any major version (``/v5``) of a path is that path.
    """
    if not name.startswith(prefix):
        return False
    rest = name[len(prefix) :]
    separator = "/" if language == "go" else "."
    if language == "javascript" and rest.startswith("/"):
        return True
    return rest == "" or rest.startswith(separator) or (language == "go" and prefix.endswith("/"))
