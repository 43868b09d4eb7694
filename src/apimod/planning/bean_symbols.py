"""What new classes and their methods are called, after the siblings'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.conventions.bean_members import methods_of
from apimod.conventions.beans import class_name
from apimod.planning.roles import VERBS, Naming
from apimod.planning.structs_symbols import method_name

if TYPE_CHECKING:
    from apimod.planning.builder import Builder

SCHEMAS = {
    "create": "{one}CreateRequest",
    "update": "{one}UpdateRequest",
    "read": "{one}Response",
    "query": "{one}Query",
    "list": "{one}Page",
}
SHORT = len("Dto")
"""An ending no longer than this says that something travels, and not what it is for."""
ENDINGS = {
    "service": "Service",
    "repository": "Repository",
    "routes": "Controller",
    "mapper": "Mapper",
}


def symbols_of(builder: Builder, role: str, naming: Naming) -> dict[str, str]:
    """Return the names of a role's classes and methods by what they are."""
    if role == "model":
        return _model(builder, naming)
    if role == "schema":
        return _schema(builder, naming)
    if role == "routes":
        return _routes(builder, naming)
    return _layer(builder, role, naming)


def _model(builder: Builder, naming: Naming) -> dict[str, str]:
    found = builder.lesson.beans.model or next((f.at for f in builder.study.models), None)
    name = class_name(builder.study, found) if found is not None else ""
    suffix = builder.lesson.conventions.model.suffix
    return {
        "model": naming.like(name, naming.singular.pascal + suffix),
        "table": naming.plural.snake,
    }


def _schema(builder: Builder, naming: Naming) -> dict[str, str]:
    """Name what travels as the siblings' is; each has a class of its own."""
    found = builder.lesson.beans
    out: dict[str, str] = {}
    model = _model(builder, naming)["model"]
    written = {
        key: class_name(builder.study, cls)
        for key, cls in found.travelling.items()
        if cls != found.model
    }
    ending = _ending(list(written.values()))
    for key in ("read", "create", "update", "query", "list"):
        default = SCHEMAS[key].format(one=naming.singular.pascal)
        if ending and (key in ("create", "update", "read") or len(ending) <= SHORT):
            default = f"{naming.singular.pascal}{key.capitalize()}{ending}"
            default = f"{naming.singular.pascal}{ending}" if key == "read" else default
        name = naming.like(written.get(key, ""), default)
        taken = {*out.values(), model}
        if name in taken:
            name = (
                default if default not in taken else SCHEMAS[key].format(one=naming.singular.pascal)
            )
        out[key] = name
    return out


def _ending(written: list[str]) -> str:
    """Return the ending that classes of what travels share beside what they are for: ``Dto``."""
    for name in written:
        found = re.search(r"(?:Dto|DTO|Vo|VO|Resource|View)$", name)
        if found:
            return found[0]
    return ""


def _layer(builder: Builder, role: str, naming: Naming) -> dict[str, str]:
    layer = builder.lesson.beans.layers.get(role)
    default = naming.singular.pascal + ENDINGS[role]
    name = layer.name if layer is not None else ""
    out = {"type": naming.like(name, default)}
    if layer is not None and layer.interface is not None:
        asked = class_name(builder.study, layer.interface)
        out["interface"] = naming.like(asked, default)
    if role == "mapper":
        return {**out, "response": _showing(builder, naming)}
    methods = list(methods_of(layer.cls)) if layer is not None else []
    out.update(_methods(methods, naming))
    return out


def _showing(builder: Builder, naming: Naming) -> str:
    """Return the name of the method that makes an answer of a row: after the sibling's."""
    found = builder.lesson.beans
    layer, read = found.layers.get("mapper"), found.travelling.get("read")
    for name, method in methods_of(layer.cls).items() if layer and read else ():
        result = builder.language.return_type(method.source, method.node)
        given = builder.language.params(method.source, method.node)
        if result is None or len(given) != 1 or read is None:
            continue
        if read in builder.study.classes(method.to(result)):
            return naming.like(name, name)
    return "toResponse"


def _routes(builder: Builder, naming: Naming) -> dict[str, str]:
    found = builder.lesson.beans
    name = found.routes.name if found.routes is not None else ""
    out = {"type": naming.like(name, naming.singular.pascal + ENDINGS["routes"])}
    written = {
        op: str(builder.language.function_name(at.source, at.node) or "")
        for op, at in found.handlers.items()
    }
    names_of = {op: naming.like(written.get(op, ""), written.get(op) or op) for op in VERBS}
    return {**out, **_apart(names_of)}


def _methods(methods: list[str], naming: Naming) -> dict[str, str]:
    """Name the operations of a layer after the sibling's methods; the plain verbs by default."""
    found = {op: method_name(op, methods, naming) for op in VERBS}
    return _apart({op: n if n[:1].islower() else op for op, n in found.items()})


def _apart(names_of: dict[str, str]) -> dict[str, str]:
    """Give operations that share a sibling's method names of their own."""
    taken = list(names_of.values())
    return {op: n if taken.count(n) == 1 else op for op, n in names_of.items()}
