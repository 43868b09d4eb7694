"""The classes beside the layers: the tests of a resource, a check of callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.planning.bean_places import Places, folder_of
from apimod.views import RoleView, Symbols

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.roles import Naming

MAIN, TESTS = "/src/main/", "/src/test/"


def beside_view(
    builder: Builder, role: str, routes: RoleView | None, naming: Naming
) -> RoleView | None:
    """Return the role of tests, or of a check of callers; None where it has no place."""
    if routes is None or role == "database":
        return None
    return _tests(builder, routes, naming) if role == "test" else None


def _tests(builder: Builder, routes: RoleView, naming: Naming) -> RoleView | None:
    """Return the tests of the handlers: beside the sibling's, else in the handlers' package."""
    like = builder.lesson.test_file
    suffix = builder.tools.suffix
    name = f"{routes.symbols['type']}Test"
    path = f"/{routes.path}".replace(MAIN, TESTS, 1).lstrip("/")
    if path == routes.path:
        return None
    folder = folder_of(path)
    if like is not None:
        stem = like.path.rpartition("/")[2].removesuffix(suffix)
        name = naming.like(stem, name)
        folder = Places(builder, naming).moved(folder_of(like.path))
    path = f"{_as_there(builder, folder)}/{name}{suffix}"
    package = builder.way.package(builder, path)
    return RoleView(
        "test",
        path,
        package,
        package,
        form="class",
        like=like.path if like is not None else "",
        symbols=Symbols({"type": name}),
    )


def _as_there(builder: Builder, folder: str) -> str:
    """Return a folder as one that is there is written, where only the case of letters differs."""
    there = {folder_of(path) for path in builder.study.tests}
    return next((f for f in sorted(there) if f.lower() == folder.lower()), folder)
