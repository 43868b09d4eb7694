"""Projects of a workspace that stand on one another: one program may be made of several."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from apimod.errors import UsageError
from apimod.manifests import dependencies

if TYPE_CHECKING:
    from apimod.projects import Project

SHARING = frozenset({"rust"})
"""Languages in which a package of the workspace is built into those that name its folder."""
NAMING = frozenset({"javascript"})
"""Languages in which it is built into those that declare it by its name."""


def groups(projects: Iterable[Project], known: Container[str] = ()) -> list[list[Project]]:
    """Return the projects, those together of which one stands on another; in their order.

    ``known`` are packages of which it is known what they mean: they are no part of a program.
    """
    every = list(projects)
    by_home = {(p.path, p.language): index for index, p in enumerate(every)}
    by_name = _named(every)
    group = list(range(len(every)))
    for index, project in enumerate(every):
        for folder in _needs(project, known, by_name):
            other = by_home.get((folder, project.language))
            if other is not None and group[other] != group[index]:
                old, new = sorted((group[other], group[index]), reverse=True)
                group = [new if g == old else g for g in group]
    together: dict[int, list[Project]] = {}
    for index, project in enumerate(every):
        together.setdefault(group[index], []).append(project)
    return list(together.values())


def _named(projects: Sequence[Project]) -> dict[str, str]:
    """Return the folders of packages by their names; none where there is only one package."""
    found = [p for p in projects if p.language in NAMING and p.manifests]
    return {p.name: p.path for p in found} if len(found) > 1 else {}


def _needs(project: Project, known: Container[str], by_name: Mapping[str, str]) -> Sequence[str]:
    """Return the folders of what a project stands on, tests left out."""
    named = project.language in NAMING and bool(by_name)
    if project.language not in SHARING and not named:
        return ()
    try:
        declared = dependencies(project)
    except UsageError:
        return ()
    if named:
        return [by_name[d.name] for d in declared if d.name in by_name and d.name not in known]
    mine = (d for d in declared if d.local and d.group == "main")
    return [d.local for d in mine if d.name.replace("-", "_") not in known]
