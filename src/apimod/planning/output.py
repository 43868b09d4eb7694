"""From rendered bodies to new files and additions to files that are there.

A template lists the imports that it might need; one is added where its name occurs in the body.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.insert import add_imports, end_of_file
from apimod.insertion import Insertion, compose
from apimod.languages.buffer import Buffer, ImportNeed, ImportStyle
from apimod.planning.children import piped, tool
from apimod.source import Source
from apimod.views import RoleView, Snippet, local_name

if TYPE_CHECKING:
    from apimod.languages.buffer import Syntax


@dataclass
class Output:
    """What goes into one file: bodies in the order of the roles, and the imports on offer."""

    path: str
    bodies: list[str] = field(default_factory=list)
    offered: list[ImportNeed] = field(default_factory=list)
    because: list[str] = field(default_factory=list)

    def add(self, body: str, offered: Iterable[ImportNeed], because: str) -> None:
        """Put a role's body below those that are there."""
        self.bodies.append(body.strip("\n"))
        self.offered += offered
        if because and because not in self.because:
            self.because.append(because)

    def put_first(self, body: str, offered: Iterable[ImportNeed]) -> None:
        """Put what the other bodies need above them; its imports win over theirs."""
        self.bodies.insert(0, body)
        self.offered = [*offered, *self.offered]

    @property
    def text(self) -> str:
        """The bodies as one piece of code."""
        return "\n\n\n".join(body for body in self.bodies if body.strip())


def snippets(value: object) -> Iterator[Snippet]:
    """Yield every snippet in a tree of views."""
    if isinstance(value, Snippet):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from snippets(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from snippets(inner)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from snippets(getattr(value, name))


def packages_of_roles(roles: dict[str, RoleView | None], path: str) -> list[ImportNeed]:
    """Return the imports of the other roles' packages, where symbols are reached through these."""
    here = next((r.module for r in roles.values() if r is not None and r.path == path), "")
    return [
        ImportNeed(role.module, role.package)
        for role in roles.values()
        if role is not None and role.package and role.module != here
    ]


def offered_by_roles(roles: dict[str, RoleView | None], path: str) -> list[ImportNeed]:
    """Return the imports that give the symbols of the roles in other files."""
    return [
        ImportNeed(role.modules.get(key, role.module), symbol)
        for role in roles.values()
        if role is not None
        for key, symbol in role.symbols.items()
        if role.paths.get(key, role.path) != path
        and re.fullmatch(r"\w+", symbol)
        and _on_offer(role, key)
    ]


def _on_offer(role: RoleView, key: str) -> bool:
    """Tell whether other files import a symbol: no table's name, no method, no handler."""
    if role.name == "routes":
        return key in ("router", "type") or (key in role.paths and key != "interface")
    if role.name == "mapper":
        return key == "type"
    if role.name in ("service", "repository") and key not in ("type", "new", "interface"):
        return role.form != "class" and role.qualifier is None
    return key not in ("table", "many")


def needed(
    offered: Iterable[ImportNeed], used: frozenset[str], members: frozenset[str] = frozenset()
) -> list[ImportNeed]:
    """Return the offered imports whose names are ``used``, one a name, the first offer wins.

    Those that only make a member known are needed where it is among the ``members``.
    """
    out: dict[str, ImportNeed] = {}
    for need in offered:
        name = local_name(need)
        key = f"{need.module} {need.name}" if name == "_" else name
        if (name in used or (need.member and need.member in members)) and key not in out:
            out[key] = need
    return list(out.values())


def styled(need: ImportNeed, package: str, own: tuple[str, ...], relative: bool) -> ImportNeed:
    """Return an import of the project's own module in the form that the siblings use."""
    top = need.module.split(".")[0]
    if not relative or top not in own or not package:
        return need
    here, there = package.split("."), need.module.split(".")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    if shared == 0:
        return need
    dots = "." * (len(here) - shared + 1)
    return ImportNeed(dots + ".".join(there[shared:]), need.name, need.alias)


# --- new files -----------------------------------------------------------------------------------


def python_header(needs: Iterable[ImportNeed]) -> str:
    """Return import lines; the project's linter puts them in its order."""
    modules: dict[str, list[str]] = {}
    lines: list[str] = []
    for need in needs:
        if need.name is None or need.name == "":
            package, _, last = need.module.rpartition(".")
            if package and need.module.startswith("."):
                lines.append(f"from {package or '.'} import {last}{_as(need.alias, last)}")
            else:
                lines.append(f"import {need.module}{_as(need.alias, need.module)}")
        else:
            modules.setdefault(need.module, []).append(f"{need.name}{_as(need.alias, need.name)}")
    lines += [f"from {m} import {', '.join(sorted(set(n)))}" for m, n in sorted(modules.items())]
    return "\n".join(sorted(lines, key=_group))


def python_file(needs: list[ImportNeed], body: str) -> str:
    """Return a whole file: its docstring first, then what it imports."""
    header = python_header(needs)
    described = re.match(r'"""(?:[^"\\]|\\.|"(?!""))*"""\n*', body)
    if described and header:
        return f"{described[0].strip()}\n\n{header}\n\n{body[described.end() :]}\n"
    return f"{header}\n\n{body}\n" if header else f"{body}\n"


def _as(alias: str | None, name: str) -> str:
    return f" as {alias}" if alias and alias != name else ""


def _group(line: str) -> tuple[int, str]:
    module = line.split()[1]
    if module.startswith("."):
        return 3, line
    return (0 if module.split(".")[0] in sys.stdlib_module_names else 1), line


def go_header(package: str, needs: Iterable[ImportNeed], module_path: str) -> str:
    """Return the package clause and the imports in groups: standard library, others, own."""
    groups: tuple[set[str], ...] = (set(), set(), set())
    for need in needs:
        alias = f"{need.alias} " if need.alias else ""
        own = need.module == module_path or need.module.startswith(f"{module_path}/")
        standard = "." not in need.module.split("/")[0] and not own
        groups[0 if standard else 2 if own and module_path else 1].add(f'{alias}"{need.module}"')
    shown = ["\n".join(f"\t{i}" for i in sorted(g, key=_path)) for g in groups if g]
    block = "import (\n" + "\n\n".join(shown) + "\n)\n\n" if shown else ""
    if len(shown) == 1 and "\n" not in shown[0]:
        block = f"import {shown[0].strip()}\n\n"
    return f"package {package}\n\n{block}"


def _path(line: str) -> str:
    return line.split('"')[1]


# --- additions to a file that is there -----------------------------------------------------------


def addition(
    source: Source, syntax: Syntax, body: str, needs: list[ImportNeed], style: ImportStyle
) -> list[Insertion]:
    """Return the insertions that put a body at a file's end, and its imports where they belong."""
    buffer = Buffer(source, syntax)
    _, imports = add_imports(buffer, needs, style)
    return compose(imports, end_of_file(buffer.after(imports) if imports else buffer, body))


# --- formatting ----------------------------------------------------------------------------------


def format_python(
    text: str, path: Path, root: Path, *, sort: bool, own: frozenset[str] = frozenset()
) -> str:
    """Format a piece of Python as the project's settings want it; ``path`` finds the settings.

    ``root`` is the project's folder, from which its own modules are told.

    ``own`` are modules that belong to the project though no file shows it yet.

    The formatter runs no code of the project. Without it, or where its settings stop it, the text
    stays as the template wrote it, in the style's defaults.
    """
    formatter = tool("ruff", beside=True)
    if not formatter:
        return text
    if sort:
        rules = ["check", "--select", "I,UP007,UP045,F401", "--fix", "--exit-zero", "--quiet"]
        if own:
            named = ", ".join(f'"{name}"' for name in sorted(own))
            rules += ["--config", f"lint.isort.known-first-party = [{named}]"]
        text = _piped([formatter, *rules], text, path, root)
    return _piped([formatter, "format", "--quiet"], text, path, root)


def _piped(command: list[str], text: str, path: Path, root: Path) -> str:
    named = [*command, "--no-cache", "--stdin-filename", str(path), "-"]
    for arguments in (named, [*named[:1], named[1], "--isolated", *named[2:]]):
        if done := piped(arguments, text, root):
            return done
    return text


def format_go(text: str) -> str:
    """Format Go with gofmt where it is on PATH; the text as it is where it is not.

    No block begins or ends with a blank line.
    """
    text = re.sub(r"\n(?:[ \t]*\n)+([ \t]*\}[,)]*\n)", r"\n\1", text)
    text = re.sub(r"(?<=[\w)]) \{\n(?:[ \t]*\n)+", " {\n", text)
    formatter = tool("gofmt")
    return (piped([formatter], text) if formatter else "") or text
