"""pom.xml and Gradle's build files: what a module needs, with what it inherits from those above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from apimod.manifests import jvm_versions
from apimod.manifests.model import Dependency, Group, line_at, normalise
from apimod.manifests.toml import parse, table
from apimod.paths import folder_of, join

COMMENT = re.compile(
    r"<!--(?:(?!<!--).)*?-->|/\*(?:(?!/\*).)*?\*/|(?<![:\"'\w])//[^\n]*", re.DOTALL
)
MANAGED = re.compile(r"<(dependencyManagement|pluginManagement)>.*?</\1>", re.DOTALL)
ENTRY = re.compile(r"<(dependency|plugin)>(.*?)</\1>", re.DOTALL)
INNER = re.compile(r"<(dependencies|executions|configuration|exclusions)>.*?</\1>", re.DOTALL)
PARENT = re.compile(r"<parent>(.*?)</parent>", re.DOTALL)
LINE = re.compile(
    r"\b(\w++)\s*+\(?\s*+(?:(?:enforcedP|p)latform\s*\(\s*)?[\"']([\w.-]+):([\w.-]+)(?::([^\"'@]+))?"
)
NAMED = re.compile(
    r"\b(\w++)\s*+\(?\s*+group\s*[:=]\s*[\"']([\w.-]+)[\"']\s*,\s*name\s*[:=]\s*[\"']([\w.-]+)[\"']"
)
CATALOG = re.compile(r"\b(\w++)\s*+\(?\s*+(?:(?:enforcedP|p)latform\s*\(\s*)?libs\.([\w.]+)")
PLUGIN = re.compile(r"\bid\s*\(?\s*[\"']([\w.-]+)[\"']")
CONFIGURATION = re.compile(
    r"(?:\w*(?:[iI]mplementation|[aA]pi|[cC]ompile|[rR]untimeOnly|[cC]ompileOnly|[rR]untime|"
    r"[aA]nnotationProcessor|[dD]evelopmentOnly)|kapt\w*|ksp\w*)$"
)
SHARED = re.compile(r"\b(subprojects|allprojects)\b")


def dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield what one build file declares; tests' and plugins' are for development."""
    plain = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    yield from _maven(plain, file) if file.endswith("pom.xml") else _gradle(plain, file)


def inherited(root: Path, file: str) -> Iterator[Dependency]:
    """Yield what the build files above declare for a module: a parent, a build of several."""
    for above in files_above(root, file):
        text = _read(root / above)
        if above.endswith("pom.xml") or SHARED.search(text):
            yield from dependencies(text, above)


def files_above(root: Path, file: str) -> list[str]:
    """Return the build files that a module inherits from, the nearest first."""
    out = [file]
    while (above := _above(root, out[-1])) is not None and above not in out:
        out.append(above)
    return out[1:]


def completed(root: Path, found: list[Dependency], manifests: tuple[str, ...]) -> list[Dependency]:
    """Return the dependencies with those from above, and with what a catalog names filled in."""
    known = {d.name for d in found}
    for file in manifests:
        for one in inherited(root, file):
            if one.name not in known:
                known.add(one.name)
                found.append(one)
    files = [f for file in manifests for f in (file, *files_above(root, file))]
    named = [_from_catalog(root, d) for d in found]
    return jvm_versions.completed(root, named, list(dict.fromkeys(files)))


def name(text: str, file: str) -> str:
    """Return the artifact's name; ``""`` where the file says none."""
    if not file.endswith("pom.xml"):
        return ""
    head = PARENT.sub("", text)
    found = re.search(r"<artifactId>\s*([^<\s]+)", ENTRY.sub("", head))
    return found.group(1) if found else ""


def _maven(text: str, file: str) -> Iterator[Dependency]:
    blank = MANAGED.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    for found in ENTRY.finditer(blank):
        inner = INNER.sub("", found.group(2)) if found.group(1) == "plugin" else found.group(2)
        group, artifact = _tag(inner, "groupId"), _tag(inner, "artifactId")
        if not artifact:
            continue
        dev = found.group(1) == "plugin" or _tag(inner, "scope") == "test"
        kind: Group = "dev" if dev else "main"
        line = line_at(text, found.start())
        yield Dependency(normalise(f"{group}:{artifact}"), _tag(inner, "version"), file, line, kind)


def _tag(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>\s*([^<]*?)\s*</{tag}>", text)
    return found.group(1) if found else ""


def _gradle(text: str, file: str) -> Iterator[Dependency]:
    for pattern in (LINE, NAMED):
        for found in pattern.finditer(text):
            if CONFIGURATION.fullmatch(found.group(1)):
                version = found.group(4) if pattern is LINE else ""
                whole = normalise(f"{found.group(2)}:{found.group(3)}")
                line = line_at(text, found.start())
                yield Dependency(whole, version or "", file, line, _group(found.group(1)))
    for found in CATALOG.finditer(text):
        if CONFIGURATION.fullmatch(found.group(1)):
            line = line_at(text, found.start())
            yield Dependency(f"libs.{found.group(2)}", "", file, line, _group(found.group(1)))
    for found in PLUGIN.finditer(text):
        yield Dependency(normalise(found.group(1)), "", file, line_at(text, found.start()), "dev")


def _group(configuration: str) -> Group:
    return "dev" if "test" in configuration.lower() else "main"


def _from_catalog(root: Path, dependency: Dependency) -> Dependency:
    """``libs.group.name`` is what gradle/libs.versions.toml says it is."""
    if not dependency.name.startswith("libs."):
        return dependency
    folder = folder_of(dependency.file)
    while True:
        path = join(folder, "gradle/libs.versions.toml")
        text = _read(root / path)
        if text or folder == ".":
            break
        folder = folder_of(folder)
    wanted = normalise(dependency.name.removeprefix("libs."))
    for alias, given in table(parse(text, path, lenient=True), "libraries").items():
        if normalise(alias) != wanted:
            continue
        whole = given if isinstance(given, str) else given.get("module", "")
        if not whole and isinstance(given, dict):
            whole = f"{given.get('group', '')}:{given.get('name', '')}"
        short = ":".join(str(whole).split(":")[:2])
        return Dependency(normalise(short), "", dependency.file, dependency.line, dependency.group)
    return dependency


def _above(root: Path, file: str) -> str | None:
    """Return the build file that a module inherits from."""
    folder = folder_of(file)
    if file.endswith("pom.xml"):
        parent = PARENT.search(_read(root / file))
        if parent is None:
            return None
        given = re.search(r"<relativePath>\s*([^<\s]+)", parent.group(1))
        path = join(folder, given.group(1) if given else "../pom.xml")
        path = path if path.endswith(".xml") else join(path, "pom.xml")
        return path if not path.startswith("..") and (root / path).is_file() else None
    while folder != ".":
        folder = folder_of(folder)
        for each in ("build.gradle", "build.gradle.kts"):
            path = join(folder, each)
            if (root / path).is_file():
                return path
    return None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""
