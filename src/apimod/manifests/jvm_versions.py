"""The versions that a build gives to what it declares without one.

A parent, an imported list of versions, a platform or a plugin brings one for all artifacts of its own
group. What is written as a property is looked up in the same build files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from apimod.manifests.model import Dependency, normalise
from apimod.manifests.toml import parse, table
from apimod.paths import folder_of, join

PARENT = re.compile(r"<parent>(.*?)</parent>", re.DOTALL)
MANAGED = re.compile(r"<dependencyManagement>(.*?)</dependencyManagement>", re.DOTALL)
ENTRY = re.compile(r"<dependency>(.*?)</dependency>", re.DOTALL)
PLUGIN = re.compile(r"\bid\s*\(?\s*[\"']([\w.-]+)[\"']\s*\)?\s*version\s*\(?\s*[\"']([^\"']+)[\"']")
PLATFORM = re.compile(
    r"\b(?:(?:enforcedP|p)latform\s*\(|mavenBom\s*\(?|classpath\s*\(?)\s*[\"']([\w.-]+):[\w.-]+:([^\"'@]+)[\"']"
)
PROPERTY = re.compile(r"\$\{?([\w.-]+)\}?")
CATALOG = "gradle/libs.versions.toml"


def completed(root: Path, found: list[Dependency], files: list[str]) -> list[Dependency]:
    """Return the dependencies, those without a version with what the build files give their group."""
    texts = {file: _read(root / file) for file in files}
    known = _properties(root, texts)
    given = {group: _filled(v, known) for group, v in _given(root, texts)}
    return [_with_version(one, given, known) for one in found]


def _with_version(
    one: Dependency, given: Mapping[str, str], known: Mapping[str, str]
) -> Dependency:
    written = _filled(one.constraint, known)
    if not written:
        written = given.get(one.name.partition(":")[0], "")
    return replace(one, constraint=written) if written != one.constraint else one


def _given(root: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield groups with the versions that build files give them; the nearest file's come last."""
    for file, text in reversed(list(texts.items())):
        if file.endswith("pom.xml"):
            entries = [m for block in MANAGED.findall(text) for m in ENTRY.findall(block)]
            imported = [e for e in entries if "<type>pom</type>" in "".join(e.split())]
            for entry in (*imported, *PARENT.findall(text)):
                group, version = _tag(entry, "groupId"), _tag(entry, "version")
                if group and version:
                    yield normalise(group), version
            continue
        for pattern in (PLATFORM, PLUGIN):
            for found in pattern.finditer(text):
                yield normalise(found[1]), found[2]
        yield from _catalogued(root, file, text)


def _catalogued(root: Path, file: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the plugins that a build file takes from a catalog of versions."""
    wanted = {
        normalise(name) for name in re.findall(r"\balias\s*\(?\s*libs\.plugins\.([\w.]+)", text)
    }
    if not wanted:
        return
    folder = folder_of(file)
    while not (catalog := _read(root / join(folder, CATALOG))) and folder != ".":
        folder = folder_of(folder)
    parsed = parse(catalog, join(folder, CATALOG), lenient=True)
    versions = table(parsed, "versions")
    for alias, row in table(parsed, "plugins").items():
        if normalise(alias) not in wanted:
            continue
        name, _, version = row.partition(":") if isinstance(row, str) else ("", "", "")
        if isinstance(row, dict):
            name, told = str(row.get("id", "")), row.get("version", "")
            version = str(
                versions.get(str(told.get("ref")), "") if isinstance(told, dict) else told
            )
        if name and version:
            yield normalise(name), version


def _properties(root: Path, texts: Mapping[str, str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for file, text in reversed(list(texts.items())):
        if file.endswith("pom.xml"):
            for block in re.findall(r"<properties>(.*?)</properties>", text, re.DOTALL):
                out.update(re.findall(r"<([\w.-]+)>\s*([^<]*?)\s*</\1>", block))
            continue
        given = _read(root / join(folder_of(file), "gradle.properties"))
        out.update(re.findall(r"^\s*([\w.-]+)\s*[=:]\s*(\S+)", given, re.MULTILINE))
        out.update(re.findall(r"\b(\w+)\s*=\s*[\"']([^\"'$]+)[\"']", text))
        out.update(re.findall(r"\bset\(\s*[\"']([\w.-]+)[\"']\s*,\s*[\"']([^\"']+)[\"']", text))
    return out


def _filled(text: str, known: Mapping[str, str]) -> str:
    for _ in range(3):
        text = PROPERTY.sub(lambda m: known.get(m[1], m[0]), text)
    return "" if "$" in text else text


def _tag(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>\s*([^<]*?)\s*</{tag}>", text)
    return found.group(1) if found else ""


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""
