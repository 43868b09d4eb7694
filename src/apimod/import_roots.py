"""Where a Python project's absolute imports start.

What its manifests configure comes first; then what its imports show: a folder from which a script
runs is found by an imported name that only resolves from there.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from apimod.errors import UsageError
from apimod.paths import folder_of, is_below, join

if TYPE_CHECKING:
    from apimod.projects import Project

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([^\W\d][\w.]*)|import[ \t]+([^\W\d][\w.]*))", re.MULTILINE
)

Modules = dict[str, set[str]]
"""A top-level module's name -> the folders that it lies in."""


def import_roots(project: Project) -> tuple[str, ...]:
    """Return the folders that absolute imports of ``project`` start from, likeliest first."""
    modules = _modules(project)
    folders = {folder for holders in modules.values() for folder in holders} | {project.path}
    roots = [root for root in _configured(project) if root in folders]
    if join(project.path, "__init__.py") in project.sources:
        roots.append(_above_package(project))
    package = join(project.path, "src/__init__.py") in project.sources
    for root in (join(project.path, "src"), project.path)[package:]:
        if root not in roots and root in folders:
            roots.append(root)
    roots.extend(_shown(project, modules, roots))
    return tuple(roots)


def _above_package(project: Project) -> str:
    """Return the folder from which a project that is itself a package is imported."""
    folder = project.path
    while folder != "." and (project.root / folder / "__init__.py").is_file():
        folder = folder_of(folder)
    return folder


def _modules(project: Project) -> Modules:
    """Return each module and package, and the folders that it could be imported from."""
    modules: Modules = defaultdict(set)
    above = folder_of(project.path)
    for file in project.sources:
        folder, _, name = file.rpartition("/")
        folder = folder or "."
        modules[name.removesuffix(".py")].add(folder)
        while folder not in (".", above) and folder not in modules[folder.rpartition("/")[2]]:
            parent = folder_of(folder)
            modules[folder.rpartition("/")[2]].add(parent)
            folder = parent
    return modules


def _shown(project: Project, modules: Modules, known: Iterable[str]) -> Iterator[str]:
    """Yield the folders that imports need beyond the known ones: an importer's own, or above."""
    from apimod.manifests import dependencies

    roots = set(known)
    try:
        published = " ".join(d.name.replace("-", "_") for d in dependencies(project))
    except UsageError:  # a broken manifest is told where its dependencies are asked for
        published = ""
    wanted: dict[str, set[str]] = defaultdict(set)
    for file in project.sources:
        folder = folder_of(file)
        for name in _imported(project, file):
            head = name.partition(".")[0]
            if head not in modules or head in sys.stdlib_module_names or head in published:
                continue  # a package often has its module's name in its own: py-name, name
            if roots.isdisjoint(modules[head]):
                wanted[name].add(folder)
    present = _present(project)
    for name in sorted(wanted):
        holders = [
            holder
            for holder in modules[name.partition(".")[0]]
            if join(holder, name.replace(".", "/")) in present
            and (is_below(holder, project.path) or "." in name)
        ]
        for folder in sorted(wanted[name]):
            around = [holder for holder in holders if is_below(folder, holder)]
            best = max(around, key=len, default="")
            if not best and len(holders) == 1:
                best = holders[0]
            if best and best not in roots:
                roots.add(best)
                yield best


def _present(project: Project) -> set[str]:
    """Return every module and package of the project, as paths without an ending."""
    found: set[str] = set()
    for file in project.sources:
        path = file.removesuffix(".py")
        while path != "." and path not in found:
            found.add(path)
            path = folder_of(path)
    return found


def _imported(project: Project, file: str) -> set[str]:
    try:
        content = (project.root / file).read_bytes()
    except OSError:
        return set()
    return {(a or b).decode("utf-8", "replace") for a, b in _IMPORT.findall(content)}


def _configured(project: Project) -> list[str]:
    """Return the source folders that the manifests give, each once."""
    from apimod.manifests import source_folders

    found = (join(project.path, folder) for folder in source_folders(project))
    return list(dict.fromkeys(found))
