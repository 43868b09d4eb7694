"""Where roles land and what they are called, where roles are structs with constructors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from apimod import names
from apimod.planning.roles import Naming, _bound, _path, module_of, package_at
from apimod.planning.structs_places import known_folder
from apimod.planning.structs_symbols import (
    ENDINGS,
    form_of,
    joins_all,
    layer_of,
    name_of,
    star_of,
    symbols_of,
)
from apimod.views import RoleView, Symbols

if TYPE_CHECKING:
    from apimod.planning.builder import Builder

TAKEN = frozenset(
    "_ c id tx db err ok request params nulls columns total found shown group".split()
)
"""Names that the bodies of handlers use for something else."""


def struct_views(
    builder: Builder, wanted: dict[str, str], naming: Naming, home: str
) -> dict[str, RoleView]:
    """Return the roles that exist here. ``wanted`` maps each to its default path."""
    out = {}
    parts = builder.lesson.parts
    for role, default in wanted.items():
        if role in ENDINGS and not builder.stores:
            continue
        part = parts.get(role)
        path = home or _where(builder, role, default, naming)
        declared = _declared(builder, path)
        symbols = Symbols(symbols_of(builder, role, part, naming, declared))
        form = form_of(builder) if role == "routes" else "class"
        out[role] = RoleView(
            name=role,
            path=path,
            module=module_of(builder.study, path),
            package=package_at(builder.study, path),
            shared=builder.study.code.has(path),
            form=form,
            joins=role == "routes" and form == "class" and joins_all(builder, naming),
            star=star_of(builder, role),
            receiver=_receiver(builder, naming) if role == "routes" else "",
            like=part.path if part is not None else "",
            symbols=symbols,
            names=_bound(builder.study, path),
            held=_held(builder, role, naming),
            declared=declared,
            **_shared_files(builder, role, path, home),
        )
    return out


def _where(builder: Builder, role: str, default: str, naming: Naming) -> str:
    """Return a role's file: as the sibling's is named, or beside the handlers."""
    parts = builder.lesson.parts
    if role in parts:
        return _path(parts[role], naming)
    if role == "schema" and "routes" in parts:
        return _path(parts["routes"], naming)
    known = known_folder(builder, "routes" if role == "schema" else role)
    if known:
        return f"{known}/{default.rpartition('/')[2]}"
    if role == "model" and builder.lesson.model is not None and naming.renamer is not None:
        like = builder.lesson.model.source.path
        folder = like.rpartition("/")[0]
        stem = naming.idents.file_stem(naming.singular.snake)
        return f"{folder}/{stem}{builder.tools.suffix}" if folder else default
    return default


def _receiver(builder: Builder, naming: Naming) -> str:
    """Return what the new handlers call the value that they are methods of, as the siblings do.

    What is short for the sibling's type is made short for the new one: ``bc`` of BookController.
    """
    owner = builder.lesson.anatomy.owner
    kind = name_of(builder, owner) if owner is not None else ""
    new = naming.like(kind, kind)
    for handler in builder.lesson.anatomy.handlers.values():
        node = handler.at.node.child_by_field_name("receiver")
        found = (
            re.match(r"\(\s*(\w+)\s", handler.at.source.text(node)) if node is not None else None
        )
        if found is None:
            continue
        name = found[1]
        for short in (_initials, _initial):
            name = short(new) if found[1] == short(kind) else name
        return name if name not in TAKEN else "h"
    return "h"


def _initials(kind: str) -> str:
    return "".join(word[0] for word in names.words(kind))


def _initial(kind: str) -> str:
    return kind[:1].lower()


def _declared(builder: Builder, path: str) -> frozenset[str]:
    """Return what the package of a file declares at its top."""
    folder = path.rpartition("/")[0]
    code = builder.study.code
    return frozenset(
        name
        for source in builder.language.package(code, folder)
        for name in code.scopes(source).module.names
    )


def _shared_files(builder: Builder, role: str, path: str, home: str) -> dict[str, Any]:
    """Return the files of the helpers that every resource's handlers share."""
    if role != "routes":
        return {}
    table = builder.pack.by_name[builder.request.framework].table("roles")
    folder = path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    out = {}
    for key in ("support", "hasher"):
        files = table.get(key, {}).get("files", ())
        free = [f for f in files if not builder.study.code.has(prefix + f)]
        ours = [f for f in files if _ours(builder, prefix + f, table.get(key, {}))]
        chosen = (ours or free or [""])[0]
        out[key] = home or (prefix + chosen if chosen else path)
    return out


def _ours(builder: Builder, path: str, table: dict[str, list[str]]) -> bool:
    source = builder.study.code.source(path) if builder.study.code.has(path) else None
    if source is None:
        return False
    return bool(set(table.get("defines", ())) & set(builder.study.code.scopes(source).module.names))


def _held(builder: Builder, role: str, naming: Naming) -> str:
    """Return the name by which the layer above holds a layer."""
    layer = layer_of(builder, role)
    return naming.like(layer.held, layer.held) if layer is not None else ""
