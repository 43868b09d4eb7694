"""Classes that the new code of every resource uses: one of each a project, made by the first.

``[roles.shared.KEY]`` of a framework's matcher says what each is called, and the role beside whose
classes it lies, or the words for the folder that holds its like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.planning.bean_places import FOLDERS, Places, folder_of
from apimod.views import RoleView, Symbols

if TYPE_CHECKING:
    from apimod.planning.builder import Builder

SHARED = "common shared core support util utils infrastructure config configuration"
"""The words for folders of what belongs to no resource."""
DECLARED = re.compile(
    r"^(?:public |abstract |final |sealed )*(?:@?interface|class|record|enum) (\w+)", re.M
)


def with_shared(
    builder: Builder, views: dict[str, RoleView], places: Places
) -> dict[str, RoleView]:
    """Return the roles with the shared classes among the symbols of the routes."""
    routes = views.get("routes")
    unit = builder.pack.by_name[builder.request.framework]
    wanted = unit.table("roles").get("shared", {})
    if routes is None or not wanted:
        return views
    declared = _declared(builder)
    symbols, paths, modules = Symbols(routes.symbols), Symbols(routes.paths), dict(routes.modules)
    for key, row in wanted.items():
        name = row["type"]
        path = declared.get(name) or f"{_folder(builder, views, row)}/{name}{builder.tools.suffix}"
        symbols[key], paths[key], modules[key] = name, path, places.module(path)
    view = replace(
        routes, symbols=symbols, paths=paths, modules=modules, declared=frozenset(declared)
    )
    return {**views, "routes": view}


def _is_own(builder: Builder, folder: str) -> bool:
    """Tell whether a folder is the new resource's own."""
    resource = builder.request.resource
    own = {resource.plural.replace("_", ""), resource.singular.replace("_", "")}
    return bool(own & set(folder.lower().split("/")))


def _folder(builder: Builder, views: dict[str, RoleView], row: dict[str, str]) -> str:
    beside = views.get(row.get("beside", ""))
    if beside is not None and not _is_own(builder, folder_of(beside.path)):
        return folder_of(beside.path)
    words = (row["words"] if beside is None else SHARED).split()
    folders = {folder_of(p) for p in builder.study.paths}
    found = [f for f in folders if f.rpartition("/")[2] in words]
    if found:
        return min(found, key=lambda f: (f.count("/"), f))
    home = folder_of(views["routes"].path)
    layered = home.rpartition("/")[2] in FOLDERS.values()
    return f"{folder_of(home)}/{words[0]}" if layered else folder_of(home)


def _declared(builder: Builder) -> dict[str, str]:
    """Return the files of the classes that the project declares, by name."""
    out: dict[str, str] = {}
    for path in builder.study.paths:
        source = builder.graph.code.source(path)
        if source is not None and path.endswith(builder.tools.suffix):
            for found in DECLARED.finditer(source.data.decode("utf-8", "replace")):
                out.setdefault(found[1], path)
    return out
