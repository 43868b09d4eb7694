"""What the siblings of a project teach, before anything is asked for: for ``apimod detect``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.codemods import load_codemods
from apimod.errors import ApimodError
from apimod.model import Evidence, Json, Request, Resource
from apimod.paths import folder_of

if TYPE_CHECKING:
    from apimod.codemods import Codemod
    from apimod.pack import Pack
    from apimod.planning.builder import Builder
    from apimod.stack import Stack
    from apimod.workspace import Workspace

NOBODY = Resource("example", "examples", "example")
"""A resource that asks for nothing: only what is there already is looked at."""


def habits(space: Workspace, stack: Stack, pack: Pack) -> tuple[Json, tuple[Evidence, ...]]:
    """Return how a project writes its resources, and the places that show it.

    Both are empty where nothing is served that a codemod could follow, or where it is too broken
    to be read.
    """
    for codemod in load_codemods(pack.root).values():
        served = set(codemod.units("routes")) if "routes" in _roles(codemod) else set()
        framework = next((name for name in stack.frameworks if name in served), "")
        if framework:
            try:
                return _learnt(space, stack, pack, codemod, framework)
            except ApimodError:
                return {}, ()
    return {}, ()


def _roles(codemod: Codemod) -> set[str]:
    return {role.name for role in codemod.roles}


def _learnt(
    space: Workspace, stack: Stack, pack: Pack, codemod: Codemod, framework: str
) -> tuple[Json, tuple[Evidence, ...]]:
    from apimod.planning.builder import Builder

    request = Request(codemod.name, NOBODY, project=stack.path, framework=framework)
    builder = Builder(space, stack, request, pack, codemod)
    if builder.sibling is None:
        return {}, ()
    told = {key: value for key, value in _told(builder).items() if value not in (None, "", {})}
    return told, builder.learnt


def _told(builder: Builder) -> Json:
    """Return the answers that a reader of ``detect`` can use, each as a plain value."""
    lesson, sibling = builder.lesson, builder.sibling
    assert sibling is not None
    taught = lesson.conventions
    layers = {role: part.path for role, part in lesson.parts.items()}
    stamps = taught.timestamps
    out: Json = {
        "example": sibling.plural,
        "layout": _layout(list(layers.values())),
        "layers": layers,
        "case": "camel" if taught.schema.camel else "snake",
        "delete_status": taught.delete.status if "delete" in sibling.operations else None,
    }
    if lesson.model is not None:
        out["id"] = f"{taught.id.name}:{taught.id.type}"
        out["owner"] = taught.owner.field if taught.owner is not None else None
        names = (stamps.created, stamps.updated) if stamps is not None else ()
        out["timestamps"] = ", ".join(name for name in names if name)
    if taught.auth is not None:
        out["caller"] = taught.auth.user
    out["asynchronous"] = taught.async_
    return out


def _layout(paths: list[str]) -> str:
    """Tell whether a resource's parts lie in one file, in one folder, or in one a layer."""
    if len(set(paths)) < 2:
        return "one file" if paths else ""
    return "by feature" if len({folder_of(path) for path in paths}) == 1 else "by layer"
