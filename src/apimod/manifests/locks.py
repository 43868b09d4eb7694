"""Package managers, the lock files that they keep, and the versions written there."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.manifests import names, package_json, requirements
from apimod.manifests.model import Dependency, line_at
from apimod.paths import folder_of, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apimod.projects import Project

_LOCKS = {
    "uv.lock": ("uv", ("uv", "lock")),
    "poetry.lock": ("poetry", ("poetry", "lock")),
    "pdm.lock": ("pdm", ("pdm", "lock")),
    "Pipfile.lock": ("pipenv", ("pipenv", "lock")),
    "requirements.lock": ("rye", ("rye", "lock")),
}
_SIGNS = (
    ("poetry", re.compile(r"^\[tool\.poetry(\.|\])|poetry\.core\.masonry", re.MULTILINE)),
    ("uv", re.compile(r"^\[tool\.uv(\.|\])|^build-backend\s*=\s*.uv_build.", re.MULTILINE)),
    ("pdm", re.compile(r"^\[tool\.pdm(\.|\])|pdm\.backend", re.MULTILINE)),
    ("hatch", re.compile(r"^\[tool\.hatch\.envs[.\]]", re.MULTILINE)),
)


class Lock(Struct, frozen=True):
    """The command that brings a lock file, or the environment, up to date; run it in ``folder``."""

    command: tuple[str, ...]
    folder: str

    def __str__(self) -> str:
        command = " ".join(self.command)
        return command if self.folder == "." else f"cd {self.folder} && {command}"


class Version(Struct, frozen=True):
    """A version as far as it is known, and where it is written."""

    text: str
    major: int
    minor: int | None
    exact: bool
    file: str
    line: int


def package_manager(project: Project) -> tuple[str, str, int]:
    """Return the manager's name and the file and line that show it; ``""`` if none does."""
    if project.language == "go":
        return "go", next(iter(project.manifests), ""), 1
    if project.language == "rust":
        return "cargo", next(iter(project.manifests), ""), 1
    if project.language == "java":
        file = next(iter(project.manifests), "")
        return ("maven" if file.endswith("pom.xml") else "gradle" if file else ""), file, 1
    if project.language == "javascript":
        return _javascript(project)
    lock = _lock_file(project)
    if lock:
        return _LOCKS[PurePosixPath(lock).name][0], lock, 1
    for file in project.manifests:
        name = PurePosixPath(file).name
        if name == "pyproject.toml":
            text = project.text(file)
            for manager, sign in _SIGNS:
                found = sign.search(text)
                if found:
                    return manager, file, line_at(text, found.start())
        elif name == "Pipfile":
            return "pipenv", file, 1
        elif name.startswith("environment."):
            return "conda", file, 1
    return ("pip", project.manifests[0], 1) if project.manifests else ("", "", 0)


def _javascript(project: Project) -> tuple[str, str, int]:
    """The manager of the project's, or of a folder's above, lock file, else what is declared."""
    folder = project.path
    while True:
        for name, manager in package_json.LOCKS.items():
            if (project.root / folder / name).is_file():
                return manager, join(folder, name), 1
        if folder == ".":
            break
        folder = folder_of(folder)
    for file in project.manifests:
        return package_json.declared_manager(project.text(file)) or "npm", file, 1
    return "", "", 0


def lock_command(project: Project, file: str = "") -> Lock | None:
    """Return what to run after ``file``, a manifest of the project, was edited."""
    manager, shown, _ = package_manager(project)
    if manager == "go":
        return Lock(("go", "mod", "tidy"), project.path)
    if manager == "cargo":
        return Lock(("cargo", "generate-lockfile"), project.path)
    if project.language == "javascript":
        return Lock((manager or "npm", "install"), folder_of(shown) if shown else project.path)
    if manager in ("maven", "gradle"):
        return None
    lock = _lock_file(project)
    if lock:
        return Lock(_LOCKS[PurePosixPath(lock).name][1], folder_of(lock))
    if names.is_requirements(file):
        inner = file.removeprefix(project.prefix)
        compiled = inner.removesuffix(".in") + ".txt"
        if inner.endswith(".in") and project.prefix + compiled in project.files:
            by_uv = re.search(r"^#.*\buv\b", project.text(project.prefix + compiled), re.MULTILINE)
            tool = ("uv", "pip", "compile") if by_uv else ("pip-compile",)
            return Lock((*tool, inner, "-o", compiled), project.path)
        return Lock(("pip", "install", "-r", inner), project.path)
    by_manager = {
        "poetry": ("poetry", "install"),
        "uv": ("uv", "sync"),
        "pdm": ("pdm", "install"),
        "pipenv": ("pipenv", "install"),
        "conda": ("conda", "env", "update", "-f", PurePosixPath(shown).name),
    }
    if not project.manifests:
        return None
    return Lock(by_manager.get(manager, ("pip", "install", "-e", ".")), project.path)


def version_of(project: Project, dependency: Dependency) -> Version | None:
    """Return the best known version: an exact pin, else the lock file's, else the lower bound."""
    written = _from_constraint(dependency)
    if written and written.exact:
        return written
    return _from_locks(project, dependency.name) or written


def _from_constraint(dependency: Dependency) -> Version | None:
    constraint = dependency.constraint
    pin = re.match(r"={2,3}\s*v?(\d[^,\s]*)|(v\d\S*)$|(\d[\w.]*)$", constraint)
    if pin:
        text = next(group for group in pin.groups() if group)
        exact = "*" not in text
    else:
        lower = re.search(r"(?:>=|~=|\^|~|>|=)\s*v?(\d[\w.+-]*)", constraint)
        upper = re.search(r"<=?\s*v?(\d[\w.+-]*)", constraint)
        found = lower or upper
        if found is None:
            return None
        text, exact = found[1], False
    return _version(text, exact, dependency.file, dependency.line)


def _from_locks(project: Project, name: str) -> Version | None:
    for file in _lock_candidates(project):
        text = project.text(file)
        for pattern in _patterns(name):
            found = pattern.search(text)
            if found:
                return _version(found[1], True, file, line_at(text, found.start(1)))
    return None


def _patterns(name: str) -> Iterator[re.Pattern[str]]:
    """Yield how lock files write a package's version: TOML, JSON, requirements."""
    loose = re.sub(r"-", "[-_.]+", re.escape(name).replace(r"\-", "-"))
    yield re.compile(rf'^name = "{loose}"\nversion = "([^"]+)"', re.MULTILINE | re.IGNORECASE)
    yield re.compile(rf'"{loose}": \{{[^{{}}]*"version": "==([^"]+)"', re.IGNORECASE)
    yield re.compile(rf"^{loose}(?:\[[^\]]*\])?==([\w.+!]+)", re.MULTILINE | re.IGNORECASE)


def _lock_candidates(project: Project) -> Iterator[str]:
    lock = _lock_file(project)
    if lock:
        yield lock
    for file in project.manifests:
        if names.is_requirements(file) and requirements.is_compiled(project.text(file)):
            yield file
    for name in ("constraints.txt", "requirements.lock"):
        if join(project.path, name) in project.files:
            yield join(project.path, name)


def _lock_file(project: Project) -> str:
    """Return the lock file of the project, or of the workspace that it is a member of."""
    for folder in dict.fromkeys((project.path, project.umbrella or project.path)):
        for name in _LOCKS:
            file = join(folder, name)
            if (project.root / file).is_file():
                return file
    return ""


def _version(text: str, exact: bool, file: str, line: int) -> Version | None:
    found = re.match(r"v?(\d+)(?:\.(\d+))?", text)
    if found is None:
        return None
    minor = int(found[2]) if found[2] else None
    return Version(text.removeprefix("v"), int(found[1]), minor, exact, file, line)
