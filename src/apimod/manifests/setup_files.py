"""setup.cfg and setup.py, read as they stand: nothing is ever run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from apimod.manifests import requirement
from apimod.manifests.model import Dependency, Group

_SECTION = re.compile(r"\[([^\]]+)\]\s*$")
_KEY = re.compile(r"([A-Za-z0-9_.-]+)\s*[=:]\s*(.*)$")


def cfg_values(text: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield (section, key, value, line) of each line of each value in setup.cfg."""
    section = key = ""
    for number, line in enumerate(_lines(text), start=1):
        bare = re.sub(r"(^|\s)[#;].*" if line[:1].isspace() else r"^[#;].*", "", line).rstrip()
        if not bare.strip():
            continue
        if line[0].isspace():
            yield section, key, bare.strip(), number
            continue
        heading = _SECTION.match(bare)
        pair = _KEY.match(bare)
        if heading:
            section, key = heading[1].strip(), ""
        elif pair:
            key = pair[1]
            if pair[2].strip():
                yield section, key, pair[2].strip(), number


def _lines(text: str) -> list[str]:
    """Return the lines as editors count them: ``splitlines`` also splits at form feeds."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def cfg_dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield what setup.cfg declares."""
    for section, key, value, line in cfg_values(text):
        group = cfg_group(section, key)
        for part in value.split(";;") if group else ():
            found = requirement.read(part, file, line, group or "main")
            if found:
                yield found


def cfg_group(section: str, key: str) -> Group | None:
    """Return the group of a list of requirements in setup.cfg; None if it is none."""
    if section == "options" and key == "install_requires":
        return "main"
    if section == "options" and key == "tests_require":
        return "dev"
    if section == "options.extras_require":
        return "dev" if requirement.group_of(key) == "dev" else "optional"
    return None


def cfg_source_folders(text: str) -> Iterator[str]:
    """Yield the folders that setup.cfg says hold the packages, or the tests' imports."""
    for section, key, value, _ in cfg_values(text):
        if section == "options" and key == "package_dir" and value.startswith("="):
            yield value.lstrip("= ") or "."
        elif section == "options.packages.find" and key == "where":
            yield value
        elif section.startswith("tool:") and key == "pythonpath":
            yield from value.split()


def py_dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield the requirements that setup.py gives as literals."""
    for keyword, value in _arguments(text).items():
        if keyword == "install_requires":
            yield from _strings(value, file, "main")
        elif keyword == "tests_require":
            yield from _strings(value, file, "dev")
        elif keyword == "extras_require" and isinstance(value, ast.Dict):
            for key, each in zip(value.keys, value.values, strict=True):
                name = key.value if isinstance(key, ast.Constant) else ""
                dev = requirement.group_of(str(name)) == "dev"
                yield from _strings(each, file, "dev" if dev else "optional")


def py_list(text: str) -> ast.List | None:
    """Return the literal list that ``install_requires`` is, or names; None if it is no literal."""
    value = _arguments(text).get("install_requires")
    return value if isinstance(value, ast.List) and _is_literal(value) else None


def py_value(text: str, keyword: str) -> str:
    """Return a string argument of ``setup``; ``""`` if it is no literal."""
    value = _arguments(text).get(keyword)
    return str(value.value) if isinstance(value, ast.Constant) else ""


def py_source_folders(text: str) -> Iterator[str]:
    """Yield what setup.py gives as ``package_dir={"": folder}``."""
    value = _arguments(text).get("package_dir")
    if isinstance(value, ast.Dict):
        for key, folder in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "":
                yield str(folder.value) if isinstance(folder, ast.Constant) else "."


def _arguments(text: str) -> dict[str, ast.expr]:
    """Return the keyword arguments of the call of ``setup``, names replaced by what they hold."""
    try:
        tree = ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError):
        return {}
    held = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "setup":
            for keyword in node.keywords:
                value = keyword.value
                if isinstance(value, ast.Name):
                    value = held.get(value.id, value)
                if keyword.arg:
                    found[keyword.arg] = value
    return found


def _is_literal(value: ast.List) -> bool:
    return all(isinstance(e, ast.Constant) and isinstance(e.value, str) for e in value.elts)


def _strings(value: ast.expr, file: str, group: Group) -> Iterator[Dependency]:
    """Yield the requirements in a literal list, in a sum of such lists, or in one string."""
    if isinstance(value, ast.BinOp):
        yield from _strings(value.left, file, group)
        yield from _strings(value.right, file, group)
    elif isinstance(value, ast.List | ast.Tuple | ast.Set):
        for each in value.elts:
            yield from _strings(each, file, group)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        for part in value.value.splitlines():
            found = requirement.read(part, file, value.lineno, group)
            if found:
                yield found
