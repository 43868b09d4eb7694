"""The router graph of a project of a workspace, as it is on disk or as a plan would leave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from apimod.codebase import Codebase
from apimod.languages import SCHEMAS, is_readable
from apimod.model import SkippedFile
from apimod.routes import RouterGraph
from apimod.source import Source

if TYPE_CHECKING:
    from apimod.pack import Pack
    from apimod.projects import Project
    from apimod.workspace import Workspace


LEAST_MINIFIED = 20_000
LONG_LINES = 200
BUNDLED = (".js", ".mjs", ".cjs")


def is_minified(path: str, data: bytes) -> bool:
    """Whether a script is for browsers: in a folder of assets, or a bundle that a build wrote.

    A bundle is large and has hardly any lines.
    """
    if path.endswith(BUNDLED) and "/static/" in f"/{path}":
        return True
    large = path.endswith(BUNDLED) and len(data) > LEAST_MINIFIED
    return large and len(data) > LONG_LINES * (data.count(b"\n") + 1)


def codebase_of(
    space: Workspace,
    overlay: Mapping[str, bytes] | None = None,
    skipped: list[SkippedFile] | None = None,
    before: Codebase | None = None,
) -> Codebase:
    """Return the workspace's sources. ``overlay`` holds files as a plan would leave them.

    Files that cannot be read are put into ``skipped``; those that were read for the plan, and that
    it does not change, are taken from ``before``.
    """
    planned = dict(overlay or {})

    def load(path: str) -> Source | None:
        if path in planned:
            return Source(path, planned[path])
        found = Source.from_disk(space.root, path)
        if isinstance(found, SkippedFile):
            if skipped is not None:
                skipped.append(found)
            return None
        return None if is_minified(path, found.data) else found

    paths = {path for path in space.files() if is_readable(path)}
    return Codebase(paths | set(planned), load, frozenset(planned), before)


def application_paths(space: Workspace, code: Codebase, project: Project) -> list[str]:
    """Return the files that make up a project's application: no tests, nothing generated."""
    return [p for p in _application(space, code, project) if not space.is_generated(p)]


def serving_paths(space: Workspace, code: Codebase, project: Project) -> list[str]:
    """Return the files that may register what the application serves.

    Generated code may be what does, unless it is that of a contract's messages and services.
    """
    return [p for p in _application(space, code, project) if not space.is_named_generated(p)]


def _application(space: Workspace, code: Codebase, project: Project) -> list[str]:
    known = {p for p in project.sources if code.has(p)}
    known.update(p for p in code.planned if _new(space, p, project))
    return sorted(p for p in known if not project.is_test(p))


def _new(space: Workspace, path: str, project: Project) -> bool:
    """Whether a planned file belongs to the project."""
    if (space.root / path).exists():
        return False
    owner = space.project_of(path, project.language)
    return owner is not None and owner.path == project.path


def graph_of(
    space: Workspace, code: Codebase, pack: Pack, project: Project, generated: bool = False
) -> RouterGraph:
    """Return the router graph of one project; with what generated code registers, if asked."""
    return graph_of_all(space, code, pack, [project], generated)


def graph_of_all(
    space: Workspace,
    code: Codebase,
    pack: Pack,
    projects: Sequence[Project],
    generated: bool = False,
) -> RouterGraph:
    """Return the router graph of projects in one language that make up one program."""
    first = projects[0]
    units = [u for u in pack.units if u.language == first.language]
    files = serving_paths if generated else application_paths
    owners = {path: p.path for p in projects for path in files(space, code, p)}
    documents = [d for p in projects for d in documents_of(space, code, p)]
    graph = RouterGraph(code, units, sorted(owners), first.path, dict.fromkeys(documents))
    graph.owners = owners
    return graph


def documents_of(space: Workspace, code: Codebase, project: Project) -> list[str]:
    """Return the files that may define a project's schema.

    Its own; where it has none, those that no other project owns.
    """
    every = [p for p in code.ending(SCHEMAS) if not project.is_test(p)]
    owned = set(project.files)
    own = [p for p in every if p in owned]
    if own or not every:
        return own
    others = {f for p in space.projects() if p.path != project.path for f in p.files}
    return [p for p in every if p not in others]
