"""Codemods as content: ``codemods/<name>/codemod.toml`` and one template a role and unit.

A template is ``codemods/<codemod>/<role>/<unit>[.<part>].j2``; its front matter, between two lines
``---``, says where its body lands. Nothing here renders.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from apimod.errors import PackError

WHEN = ("always", "sibling", "in-use", "missing", "asked")
FRONT_KEYS = {"to", "into", "of", "at", "unless", "imports", "requires", "when", "because"}
LIBRARY = re.compile(r"\{%-?\s*(?:import|from|include)\s+\"([^\"]+/_[^\"/]+\.j2)\"")
_KEY_END = re.compile(r":(?=\s|$)")
PLAIN = re.compile(r'"[^"\\]*"')
"""A quoted value that stands for itself, as nearly all do: no parser is needed."""
AT = ("end", "after-last", "before", "after")


class Role(Struct, frozen=True):
    """One part of a codemod's change; ``kind`` names the kind of unit that chooses its template."""

    name: str
    kind: str
    when: str
    words: tuple[str, ...]


class ImportSpec(Struct, frozen=True):
    """An import that a template's body may need; it is added only if ``name`` occurs in the body."""

    module: str
    name: str = ""
    alias: str = ""
    member: str = ""
    """The member whose use needs the import, where the body does not write its name."""


class FrontMatter(Struct, frozen=True):
    """Where a body lands: a new file (``to``), or an anchor (``into``) and the place at it."""

    to: str = ""
    into: str = ""
    of: str = ""
    """The head of the block that a ``member`` goes into: ``model User``."""
    at: str = "end"
    unless: str = ""
    when: str = ""
    because: str = ""
    imports: tuple[ImportSpec, ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    """(identifier, requirement): what the manifest must list where the body uses the identifier."""

    def with_library(self, other: FrontMatter) -> FrontMatter:
        """Return it with what a library of macros needs besides."""
        imports = dict.fromkeys((*self.imports, *other.imports))
        requires = dict.fromkeys((*self.requires, *other.requires))
        return replace(self, imports=tuple(imports), requires=tuple(requires))


class Template(Struct, frozen=True):
    """A template as it stands in the pack; ``name`` is its path below ``codemods/``."""

    name: str
    role: str
    unit: str
    part: str
    front: FrontMatter
    body: str
    first_line: int


class Codemod(Struct, frozen=True):
    """A codemod of a pack."""

    name: str
    title: str
    description: str
    protocol: str
    operations: tuple[str, ...]
    roles: tuple[Role, ...]
    templates: tuple[Template, ...]
    root: Path
    ports: tuple[tuple[str, str], ...] = ()
    """(name, folder): the libraries of macros that every template sees by name."""

    def role(self, name: str) -> Role:
        """Return the role of that name; KeyError where there is none."""
        return next(role for role in self.roles if role.name == name)

    def of(self, role: str, unit: str) -> tuple[Template, ...]:
        """Return the templates of a role for a unit, its parts in order of their names."""
        return tuple(t for t in self.templates if t.role == role and t.unit == unit)

    def units(self, role: str) -> tuple[str, ...]:
        """Return the names of the units that have a template for this role."""
        return tuple(sorted({t.unit for t in self.templates if t.role == role}))


@cache
def load_codemods(root: Path) -> Mapping[str, Codemod]:
    """Return every codemod below ``root/codemods`` by name, read once.

    Raises PackError with the file at fault.
    """
    folder = root / "codemods"
    found = sorted(path.parent for path in folder.glob("*/codemod.toml"))
    return {path.name: load_codemod(path) for path in found}


def load_codemod(folder: Path) -> Codemod:
    """Return the codemod in one folder. Raises PackError."""
    where = f"codemods/{folder.name}/codemod.toml"
    try:
        table = tomllib.loads((folder / "codemod.toml").read_text("utf-8"))
        roles = tuple(_role(name, row, where) for name, row in table["roles"].items())
        templates = tuple(
            _template(path, folder.parent)
            for role in roles
            for path in sorted((folder / role.name).glob("*.j2"))
            if not path.name.startswith("_")
        )
        return Codemod(
            name=folder.name,
            title=str(table["title"]),
            description=str(table["description"]),
            protocol=str(table["protocol"]),
            operations=tuple(table["operations"]),
            roles=roles,
            templates=templates,
            root=folder,
            ports=tuple(
                (str(name), str(inside)) for name, inside in table.get("ports", {}).items()
            ),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"cannot read the codemod: {error}", where=where) from error
    except KeyError as error:
        raise PackError(f"the codemod lacks {error}", where=where) from error


def _role(name: str, row: dict[str, Any], where: str) -> Role:
    unknown = set(row) - {"kind", "when", "words"}
    if unknown or row.get("when") not in WHEN:
        what = f"unknown key {sorted(unknown)[0]!r}" if unknown else f"`when` is none of {WHEN}"
        raise PackError(f"role {name}: {what}", where=where)
    return Role(name, str(row["kind"]), str(row["when"]), tuple(row.get("words", ())))


def _template(path: Path, codemods: Path) -> Template:
    name = path.relative_to(codemods).as_posix()
    unit, _, part = path.name.removesuffix(".j2").partition(".")
    text = path.read_text("utf-8")
    head, body, first_line = _split(text, name)
    front = _front(head, name)
    for inner in _libraries(body, codemods):
        front = front.with_library(inner)
    return Template(name, path.parent.name, unit, part, front, body, first_line)


@cache
def library(codemods: Path, name: str) -> FrontMatter:
    """Return what a library of macros, and those that it imports, need; it may have no head.

    ``name`` is its path below ``codemods``. Raises PackError.
    """
    try:
        text = (codemods / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"cannot read the template: {error}", where=name) from error
    head, body, _ = _split(text, name) if text.startswith("---\n") else ([], text, 1)
    front = _front(head, name)
    for inner in _libraries(body, codemods):
        front = front.with_library(inner)
    return front


def _libraries(body: str, codemods: Path) -> list[FrontMatter]:
    names = dict.fromkeys(LIBRARY.findall(body))
    return [library(codemods, name) for name in names]


def _split(text: str, name: str) -> tuple[list[str], str, int]:
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise PackError("the template has no front matter between two lines `---`", where=name)
    end = lines.index("---", 1)
    return lines[1:end], "\n".join(lines[end + 1 :]), end + 2


def _front(lines: list[str], name: str) -> FrontMatter:
    values: dict[str, Any] = {}
    imports: list[ImportSpec] = []
    requires: list[tuple[str, str]] = []
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, value = _KEY_END.sub("\0", line, count=1).partition("\0")
        where = f"{name}:{number}"
        if line[0].isspace() and colon:
            imports += _import_line(key.strip(), value.strip(), where)
        elif key in FRONT_KEYS and colon:
            if key == "requires" and value.strip():
                requires += _requirements(value.strip(), where)
            elif value.strip():
                values[key] = _value(value.strip(), where)
        else:
            raise PackError(f"unknown front matter {key.strip()!r}", where=where)
    if values.get("at", "end") not in AT:
        raise PackError(f"`at` is none of {', '.join(AT)}", where=name)
    return FrontMatter(**values, imports=tuple(imports), requires=tuple(requires))


def _value(text: str, where: str) -> Any:
    if PLAIN.fullmatch(text):
        return text[1:-1]
    try:
        return tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError as error:
        raise PackError(
            f"a front matter value is quoted as in TOML: {text}", where=where
        ) from error


def _requirements(text: str, where: str) -> list[tuple[str, str]]:
    """``{Identifier = "package>=2"}``: what an identifier needs."""
    table = _value(text, where)
    if not isinstance(table, dict):
        raise PackError('`requires` is `{Identifier = "requirement"}`', where=where)
    return [(name, str(requirement)) for name, requirement in table.items()]


def _import_line(module: str, names: str, where: str) -> list[ImportSpec]:
    """``module: [A, B as C, D for member]``, ``module: as x`` or ``module:`` for the module itself."""
    module = module.strip("\"'")
    if not names:
        return [ImportSpec(module)]
    if names.startswith("as "):
        return [ImportSpec(module, alias=names[3:].strip())]
    if not (names.startswith("[") and names.endswith("]")):
        raise PackError("imports are `module: [Name, Other as Alias]`", where=where)
    specs = []
    for item in names[1:-1].split(","):
        written, _, member = item.strip().partition(" for ")
        name, _, alias = written.partition(" as ")
        if name:
            specs.append(ImportSpec(module, name.strip(), alias.strip(), member.strip()))
    return specs
