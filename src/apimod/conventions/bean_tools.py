"""The project's own tools in classes: what hashes secrets, what logs, what documents a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.model import Collaborator, Conventions
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.beans import Beans
    from apimod.conventions.study import Study

CALL = re.compile(r"\blog\.(?:info|debug)\(")


def with_tools(
    study: Study, found: Beans, taught: Conventions, units: frozenset[str]
) -> Conventions:
    """Add what the whole project teaches, whichever sibling is followed."""
    hasher = _hasher(study)
    query = next(
        (
            Snippet(f"@{name.rpartition('.')[2]}", (ImportNeed(*name.rsplit(".", 1)),))
            for unit in study.units
            if unit.name in units
            for name in unit.names("conventions", "query_object")
        ),
        None,
    )
    return replace(
        taught,
        hash=Snippet(f"{hasher.name}.encode({{}})") if hasher is not None else None,
        collaborators=(hasher,) if hasher is not None else (),
        log=_log(found),
        docs=replace(taught.docs, query=query),
    )


def _hasher(study: Study) -> Collaborator | None:
    """Return what the project hashes secrets with, where some class of its is handed one."""
    for whole in sorted(study.types("hashes")):
        module, _, name = whole.rpartition(".")
        for path in study.paths:
            source = study.code.source(path)
            if source is None or whole.encode() not in source.data:
                continue
            if re.search(rb"\b" + name.encode() + rb"\s+\w+\s*[(;,)]", source.data):
                member = name[:1].lower() + name[1:]
                return Collaborator(Snippet(name, (ImportNeed(module, name),)), member)
    return None


def _log(found: Beans) -> Snippet | None:
    """Return the statement that logs, where the sibling's layer has a log without declaring it."""
    layer = found.layers.get("service")
    if layer is None:
        return None
    text = layer.cls.source.text(layer.cls.node)
    declared = re.search(r"\bLogger\s+log\b", text)
    return Snippet("log.info({});") if CALL.search(text) and not declared else None
