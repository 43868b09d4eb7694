"""Which files are manifests, by their names, and whose they are."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from apimod.paths import folder_of

REQUIREMENTS = re.compile(r"(.*[-_.])?requirements([-_.].*)?\.(txt|in)", re.IGNORECASE)
_FOLDERS_OF_REQUIREMENTS = frozenset(("requirements", "reqs", "deps"))
_SIDE_FOLDERS = frozenset((
    "test", "tests", "doc", "docs", "ci", "docker", "deploy", "deployment", "build", "tools",
    "scripts", "bin", ".github", ".devcontainer", ".circleci", "infra",
))  # fmt: skip
BUILDS = frozenset({"pom.xml", "build.gradle", "build.gradle.kts"})
_BY_NAME = {
    "go.mod": "go",
    "package.json": "javascript",
    "pom.xml": "java",
    "build.gradle": "java",
    "build.gradle.kts": "java",
    "Cargo.toml": "rust",
    "pyproject.toml": "python",
    "setup.py": "python",
    "setup.cfg": "python",
    "Pipfile": "python",
    "environment.yml": "python",
    "environment.yaml": "python",
}
_ONLY_WITH = {
    "Cargo.toml": re.compile(rb"^[ \t]*\[(package|project)\]", re.MULTILINE),
    "setup.py": re.compile(
        rb"^[ \t]*(from|import)[ \t]+(setuptools|distutils|skbuild)\b", re.MULTILINE
    ),
    "setup.cfg": re.compile(rb"^\[(metadata|options)\]", re.MULTILINE),
    "environment.yml": re.compile(rb"^dependencies\s*:", re.MULTILINE),
    "environment.yaml": re.compile(rb"^dependencies\s*:", re.MULTILINE),
}


def language_of(path: str) -> str:
    """Return the language whose manifest ``path`` is by its name; ``""`` if it is none."""
    name = PurePosixPath(path).name
    return "python" if is_requirements(path) else _BY_NAME.get(name, "")


def is_requirements(path: str) -> bool:
    """Tell whether ``path`` is a requirements file, or one in a folder of them."""
    file = PurePosixPath(path)
    in_folder = file.parent.name in _FOLDERS_OF_REQUIREMENTS and file.suffix in (".txt", ".in")
    return in_folder or REQUIREMENTS.fullmatch(file.name) is not None


def home_of(path: str) -> str:
    """Return the folder of the project that a manifest describes."""
    folder = folder_of(path)
    if is_requirements(path) and PurePosixPath(folder).name in _FOLDERS_OF_REQUIREMENTS:
        return folder_of(folder)
    return folder


def is_aside(path: str) -> bool:
    """Tell whether the file lists what a project around it needs for tests, docs and the like."""
    return is_requirements(path) and PurePosixPath(home_of(path)).name in _SIDE_FOLDERS


def holds_manifest(path: str, content: bytes) -> bool:
    """Tell by its content whether a file with a manifest's name is one."""
    wanted = _ONLY_WITH.get(PurePosixPath(path).name)
    return wanted is None or wanted.search(content) is not None
