"""Every manifest of a project, read through the module of its family.

A family's module is imported where one of its files is read: most projects have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from apimod.manifests import names, requirement, requirements
from apimod.manifests.model import Dependency, Group
from apimod.paths import folder_of, join

if TYPE_CHECKING:
    from apimod.projects import Project


def dependencies(project: Project) -> tuple[Dependency, ...]:
    """Return what the project's manifests declare directly, in the order of files and lines."""
    found = (dependency for file in project.manifests for dependency in _in_file(project, file))
    if project.language == "java":
        from apimod.manifests import jvm

        return tuple(jvm.completed(project.root, list(found), project.manifests))
    if project.language == "rust":
        from apimod.manifests import cargo

        return tuple(cargo.completed(project.root, found))
    return tuple(found)


def read_file(text: str, file: str) -> tuple[Dependency, ...]:
    """Return what one manifest declares; the files that it includes are not followed."""
    return tuple(d for d in _read(text, file) if isinstance(d, Dependency))


def project_name(project: Project) -> str:
    """Return the name that the manifests give the project; ``""`` if they give none."""
    for file in project.manifests:
        text = project.text(file)
        name = ""
        match PurePosixPath(file).name:
            case "pyproject.toml":
                from apimod.manifests import pyproject

                name = pyproject.name(text, file)
            case "setup.cfg":
                from apimod.manifests import setup_files

                values = setup_files.cfg_values(text)
                name = next((v for s, k, v, _ in values if (s, k) == ("metadata", "name")), "")
            case "setup.py":
                from apimod.manifests import setup_files

                name = setup_files.py_value(text, "name")
            case "Cargo.toml":
                from apimod.manifests import cargo

                name = cargo.name(text, file)
            case "pom.xml":
                from apimod.manifests import jvm

                name = jvm.name(text, file)
            case "package.json":
                from apimod.manifests import package_json

                name = package_json.name(text)
            case "go.mod":
                from apimod.manifests import gomod

                path = re.sub(r"/v\d+$", "", gomod.module_path(text))
                name = path.rpartition("/")[2]
        if name:
            return name
    return ""


def source_folders(project: Project) -> tuple[str, ...]:
    """Return the folders, relative to the project, that its manifests say hold its packages."""
    found: list[str] = []
    for file in project.manifests:
        match PurePosixPath(file).name:
            case "pyproject.toml":
                from apimod.manifests import pyproject

                found.extend(pyproject.source_folders(project.text(file), file))
            case "setup.cfg":
                from apimod.manifests import setup_files

                found.extend(setup_files.cfg_source_folders(project.text(file)))
            case "setup.py":
                from apimod.manifests import setup_files

                found.extend(setup_files.py_source_folders(project.text(file)))
    for file in project.files:
        if folder_of(file) == project.path and file.endswith(".ini"):
            given = re.search(r"^pythonpath\s*=\s*(.+)$", project.text(file), re.MULTILINE)
            found.extend(given[1].split() if given else ())
    return tuple(found)


def _in_file(project: Project, file: str) -> Iterator[Dependency]:
    """Yield what a manifest declares, and what lies in the files that it includes."""
    todo: list[tuple[str, Group | None]] = [(file, None)]
    seen = set(project.manifests)
    while todo:
        path, group = todo.pop(0)
        for found in _read(project.text(path), path, group):
            if isinstance(found, Dependency):
                yield found
                continue
            target = join(folder_of(path), found.file)
            if target not in seen and _is_inside(project, target):
                seen.add(target)
                todo.append((target, group or _group(path)))


def _is_inside(project: Project, target: str) -> bool:
    full = project.root / target
    return full.is_file() and full.resolve().is_relative_to(project.root.resolve())


def _group(file: str) -> Group:
    """Return the group of a file of requirements: its name, or that of its folder, tells."""
    inner = PurePosixPath(file)
    return requirement.group_of(f"{inner.parent.name if names.is_aside(file) else ''} {inner.stem}")


Found = tuple[Dependency | requirements.Include, ...]


@lru_cache(maxsize=256)
def _read(text: str, file: str, group: Group | None = None) -> Found:
    if names.is_requirements(file):
        return tuple(requirements.read(text, file, group or _group(file)))
    match PurePosixPath(file).name:
        case "pyproject.toml" | "Pipfile":
            from apimod.manifests import pyproject

            return tuple(pyproject.dependencies(text, file))
        case "setup.cfg":
            from apimod.manifests import setup_files

            return tuple(setup_files.cfg_dependencies(text, file))
        case "setup.py":
            from apimod.manifests import setup_files

            return tuple(setup_files.py_dependencies(text, file))
        case "environment.yml" | "environment.yaml":
            from apimod.manifests import conda

            return tuple(conda.dependencies(text, file))
        case "Cargo.toml":
            from apimod.manifests import cargo

            return tuple(cargo.dependencies(text, file))
        case "pom.xml" | "build.gradle" | "build.gradle.kts":
            from apimod.manifests import jvm

            return tuple(jvm.dependencies(text, file))
        case "package.json":
            from apimod.manifests import package_json

            return tuple(package_json.dependencies(text, file))
        case "go.mod":
            from apimod.manifests import gomod

            return tuple(gomod.dependencies(text, file))
    return tuple(requirements.read(text, file, group or "main"))
