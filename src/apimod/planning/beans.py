"""Where roles land and what they are called, where each is a class, or several, in files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.bean_styles import (
    generated_accessors,
    injection,
    usable,
    wraps,
    writes_accessors,
)
from apimod.conventions.beans import class_name
from apimod.planning.bean_annotations import above_class
from apimod.planning.bean_places import Places
from apimod.planning.bean_shared import with_shared
from apimod.planning.bean_symbols import symbols_of
from apimod.views import RoleView, Symbols

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.roles import Naming
    from apimod.values import At

FILES = {
    "model": ("model",),
    "schema": ("create", "update", "read", "query", "list"),
    "repository": ("type", "interface"),
    "service": ("type", "interface"),
    "mapper": ("type",),
    "routes": ("type",),
}
"""The symbols of each role that have a file of their own; the first one's is the role's."""


def bean_views(builder: Builder, wanted: list[str], naming: Naming) -> dict[str, RoleView]:
    """Return the roles that exist here."""
    places = Places(builder, naming)
    views = {role: _view(builder, places, role, naming) for role in wanted}
    return with_shared(builder, views, places)


def _view(builder: Builder, places: Places, role: str, naming: Naming) -> RoleView:
    symbols = Symbols(symbols_of(builder, role, naming))
    paths = {key: places.path(role, key, symbols[key]) for key in FILES[role] if key in symbols}
    modules = {key: places.module(path) for key, path in paths.items()}
    first = FILES[role][0]
    part = builder.lesson.parts.get(role)
    view = RoleView(
        name=role,
        path=paths[first],
        module=modules[first],
        package=modules[first],
        form="record" if role == "schema" else "class",
        like=part.path if part is not None else "",
        symbols=symbols,
        paths=Symbols(paths),
        modules=modules,
        held=_held(builder, role, symbols, naming),
    )
    cls = _class_of(builder, role)
    return _styled(builder, view, cls) if cls is not None else view


def _class_of(builder: Builder, role: str) -> At | None:
    """Return the sibling's class of a role."""
    found = builder.lesson.beans
    if role == "routes":
        return found.routes.cls if found.routes is not None else None
    if role == "model":
        return found.model
    if role == "schema":
        return found.travelling.get("create") or found.travelling.get("read")
    layer = found.layers.get(role)
    return layer.cls if layer is not None else None


def _styled(builder: Builder, view: RoleView, cls: At) -> RoleView:
    """Add what the sibling's class shows of how such classes are written."""
    study = builder.study
    annotations = above_class(builder, cls, view.name)
    accessors = writes_accessors(study, cls)
    if view.name == "model":
        accessors = not generated_accessors(study, cls)
        annotations = usable(study, cls, annotations, accessors)
    inject, mark = "constructor", None
    if view.name in ("routes", "service"):
        inject, mark = injection(study, cls)
    return replace(
        view,
        annotations=annotations,
        inject=inject,
        mark=mark,
        accessors=accessors,
        form="record" if cls.node.type == "record_declaration" else "class",
        returns=wraps(study, builder.lesson.beans) if view.name == "routes" else "",
    )


def _held(builder: Builder, role: str, symbols: Symbols, naming: Naming) -> str:
    """Return the name of the member that holds a layer in the class above."""
    layer = builder.lesson.beans.layers.get(role)
    if layer is not None and naming.renamer is not None:
        if naming.renamer.mentions(layer.held) or layer.held == role:
            return naming.like(layer.held, layer.held)
    if role not in ("service", "repository", "mapper"):
        return ""
    name = symbols.get("interface") or symbols["type"]
    return name[:1].lower() + name[1:]


__all__ = ["bean_views", "class_name"]
