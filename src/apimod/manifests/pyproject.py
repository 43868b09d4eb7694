"""pyproject.toml: PEP 621, PEP 735, and the tables of the package managers. Also Pipfile."""

from __future__ import annotations

from collections.abc import Iterator

from apimod.manifests import requirement
from apimod.manifests.model import Dependency, Group, line_at, normalise
from apimod.manifests.toml import Entry, Keys, Table, parse, scan, table

_TABLES_OF_NAMES = {"dependencies", "dev-dependencies", "packages", "dev-packages"}


def dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield what a pyproject.toml or a Pipfile declares."""
    tables = parse(text, file)
    for entry in scan(text):
        if not isinstance(entry, Entry):
            continue
        group = array_group(entry.keys)
        if group:
            for item in entry.value.items:
                yield from _read_item(text[item.start : item.end], text, item.start, file, group)
    for keys, named, group in _tables(tables):
        yield from _named(text, file, keys, named, group)


def array_group(keys: Keys) -> Group | None:
    """Return the group of the array of requirements at ``keys``; None if it holds none."""
    match keys:
        case ("project", "dependencies"):
            return "main"
        case ("project", "optional-dependencies", name):
            return "dev" if requirement.group_of(name) == "dev" else "optional"
        case ("dependency-groups", _) | ("tool", "uv", "dev-dependencies"):
            return "dev"
        case ("tool", "pdm", "dev-dependencies", _):
            return "dev"
        case ("tool", "hatch", "envs", _, "dependencies" | "extra-dependencies"):
            return "dev"
    return None


def table_group(keys: Keys) -> Group | None:
    """Return the group of the table of ``name = constraint`` at ``keys``; None if it is none."""
    match keys:
        case ("tool", "poetry", "dependencies") | ("packages",):
            return "main"
        case ("tool", "poetry", "dev-dependencies") | ("dev-packages",):
            return "dev"
        case ("tool", "poetry", "group", name, "dependencies"):
            return "main" if name == "main" else "dev"
    return None


def _tables(tables: Table) -> Iterator[tuple[Keys, Table, Group]]:
    poetry = table(tables, "tool", "poetry")
    groups = [("tool", "poetry", "group", name, "dependencies") for name in table(poetry, "group")]
    for keys in (
        ("tool", "poetry", "dependencies"),
        ("tool", "poetry", "dev-dependencies"),
        *groups,
        ("packages",),
        ("dev-packages",),
    ):
        group = table_group(keys)
        if group:
            yield keys, table(tables, *keys), group


def _named(text: str, file: str, keys: Keys, named: Table, group: Group) -> Iterator[Dependency]:
    """Yield the dependencies of a table whose keys are names; ``python`` is the interpreter."""
    lines: dict[str, int] = {}
    for found in scan(text):
        if found.keys[: len(keys)] == keys and len(found.keys) > len(keys):
            lines.setdefault(found.keys[len(keys)], line_at(text, found.start))
    for name, value in named.items():
        if name == "python":
            continue
        one = value[0] if isinstance(value, list) and value else value
        constraint, local = one, ""
        extras: tuple[str, ...] = ()
        if isinstance(one, dict):
            constraint = one.get("version", "")
            local = next((str(one[k]) for k in ("git", "path", "url", "file") if k in one), "")
            extras = tuple(normalise(str(e)) for e in one.get("extras", ()))
            optional = group == "main" and one.get("optional") is True
        else:
            optional = False
        yield Dependency(
            normalise(name),
            "" if constraint == "*" else str(constraint),
            file,
            lines.get(name, 1),
            "optional" if optional else group,
            extras,
            local,
        )


def _read_item(source: str, text: str, start: int, file: str, group: Group) -> Iterator[Dependency]:
    value = parse(f"x = {source}", file)["x"]
    if isinstance(value, str):  # a table here includes another group
        found = requirement.read(value, file, line_at(text, start), group)
        if found:
            yield found


def name(text: str, file: str) -> str:
    """Return the project's name; ``""`` if the file gives none."""
    tables = parse(text, file, lenient=True)
    given = table(tables, "project").get("name") or table(tables, "tool", "poetry").get("name")
    return str(given or "")


def source_folders(text: str, file: str) -> Iterator[str]:
    """Yield the folders that the build and the test runner are told to import from."""
    tables = parse(text, file, lenient=True)
    tool = table(tables, "tool")
    setuptools = table(tool, "setuptools")
    yield from _strings(table(setuptools, "package-dir").get(""))
    yield from _strings(table(setuptools, "packages", "find").get("where"))
    packages = table(tool, "poetry").get("packages")
    for package in packages if isinstance(packages, list) else ():
        yield from _strings(package.get("from") if isinstance(package, dict) else None)
    wheel = table(tool, "hatch", "build", "targets", "wheel")
    for package in _strings(wheel.get("packages")):
        yield package.rpartition("/")[0] or "."
    yield from _strings(wheel.get("sources"))
    yield from _strings(table(tool, "uv", "build-backend").get("module-root"))
    yield from _strings(table(tool, "pdm", "build").get("package-dir"))
    for runner in tool.values():
        yield from _strings(table(runner, "ini_options").get("pythonpath"))


def _strings(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each or "."
