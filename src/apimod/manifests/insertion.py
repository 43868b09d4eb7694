"""One more dependency in a manifest, in the manifest's own form, by insertions alone."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from apimod.errors import Refused
from apimod.manifests import names
from apimod.manifests.model import Group, normalise
from apimod.manifests.reading import read_file
from apimod.manifests.requirements import is_compiled
from apimod.manifests.text import bare_name

if TYPE_CHECKING:
    from apimod.manifests.text import Insertion
    from apimod.projects import Project


def add_dependency(
    file: str, text: str, name: str, constraint: str = "", group: Group = "main"
) -> list[Insertion]:
    """Return the insertions that declare ``name``; none if ``file`` declares it already.

    ``name`` may carry extras (``name[extra]``); ``constraint`` is PEP 440's (``>=2.8``) in Python
    and a version (``v1.9.0``) in Go and for the JVM. Raises Refused, with the line to add, where it
    can't be done by insertions into a literal list.
    """
    if PurePosixPath(file).name in names.BUILDS:
        return _into_build(file, text, name, constraint)
    if PurePosixPath(file).name == "Cargo.toml":
        from apimod.manifests import cargo_edit

        return cargo_edit.add(text, file, name, constraint, group)
    python = PurePosixPath(file).name != "go.mod"
    plain = normalise(bare_name(name)) if python else name
    if any(
        d.name == plain and (group != "main" or d.group == "main") for d in read_file(text, file)
    ):
        return []
    if names.is_requirements(file):
        from apimod.manifests import requirement_edit

        return requirement_edit.in_requirements(text, file, name, constraint)
    match PurePosixPath(file).name:
        case "go.mod":
            from apimod.manifests import gomod_edit

            return gomod_edit.add(text, file, name, constraint)
        case "package.json":
            from apimod.manifests import package_edit

            return package_edit.add(text, file, name, constraint, group)
        case "pyproject.toml" | "Pipfile":
            from apimod.manifests import pyproject_edit

            return pyproject_edit.add(text, file, name, constraint, group)
        case "setup.cfg":
            from apimod.manifests import requirement_edit

            return requirement_edit.in_setup_cfg(text, file, name, constraint, group)
        case "setup.py":
            from apimod.manifests import requirement_edit

            return requirement_edit.in_setup_py(text, file, name, constraint)
    raise Refused(
        f"{PurePosixPath(file).name} can't be extended by insertions",
        where=file,
        advice="add the dependency by hand",
        snippet=f"{name}{constraint}",
    )


def _into_build(file: str, text: str, name: str, version: str) -> list[Insertion]:
    """Declare ``group:artifact``, or ``group:artifact@scope``, in a build file."""
    whole, _, scope = name.partition("@")
    if any(d.name == normalise(whole) and d.group == "main" for d in read_file(text, file)):
        return []
    if file.endswith(".xml"):
        from apimod.manifests import maven_edit

        return maven_edit.add(text, file, whole, version, scope)
    from apimod.manifests import gradle_edit

    return gradle_edit.add(text, file, whole, version, scope)


def manifest_for(project: Project, group: Group = "main") -> str:
    """Return the manifest that a further dependency belongs into; ``""`` if there is none."""
    ranked = sorted((_rank(project, file, group), file) for file in project.manifests)
    return ranked[0][1] if ranked and ranked[0][0] < _NEVER else ""


_NEVER = 99


def _rank(project: Project, file: str, group: Group) -> int:
    """Rank a manifest: one that declares dependencies of the group first, the plainest name."""
    name = PurePosixPath(file).name
    text = project.text(file)
    declared = read_file(text, file)
    if name in ("go.mod", "package.json", "Cargo.toml", *names.BUILDS):
        return 0
    if name in ("pyproject.toml", "Pipfile"):
        if any(d.group == group for d in declared):
            return 1
        from apimod.manifests import pyproject_edit

        return 2 if pyproject_edit.is_open(text, file) else _NEVER
    if names.is_requirements(file):
        if is_compiled(text):
            return _NEVER
        main = not any(d.group == "dev" for d in declared)
        plain = {"requirements.in": 0, "requirements.txt": 1, "base.in": 2, "base.txt": 3}
        return 10 + plain.get(name, 5) + (0 if main == (group == "main") else 20)
    return {"setup.cfg": 6 if declared else 60, "setup.py": 7 if declared else 61}.get(name, _NEVER)
