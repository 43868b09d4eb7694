"""Where roles land and what they are called, where roles are modules of functions and structs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from apimod import names
from apimod.analogy import defined_names
from apimod.languages.buffer import Buffer
from apimod.planning.roles import VERBS, Naming, _bound, _path, _verb, module_of
from apimod.planning.routers import mount_prefix
from apimod.source import Source
from apimod.values import At
from apimod.views import ImportNeed, RoleView, Snippet, Symbols

if TYPE_CHECKING:
    from apimod.conventions.places import Part
    from apimod.planning.builder import Builder
    from apimod.planning.output import Output
    from apimod.planning.placing import Placing


def typed_views(
    builder: Builder, wanted: dict[str, str], naming: Naming, home: str
) -> dict[str, RoleView]:
    """Return the roles that exist here. ``wanted`` maps each to its default path."""
    out = {}
    for role, default in wanted.items():
        part = builder.lesson.parts.get(role)
        path = _path(part, naming) if part is not None else _beside(builder, role, default, naming)
        out[role] = RoleView(
            name=role,
            path=path,
            module=module_path(builder, path),
            package=path.rpartition("/")[2].removesuffix(builder.tools.suffix),
            shared=builder.study.code.has(path),
            form=_form(builder, role, part),
            like=part.path if part is not None else "",
            symbols=Symbols(_symbols(builder, role, part, naming)),
            names=_bound(builder.study, path),
            qualifier=_qualifier(builder, role, part, naming),
            declared=_bound(builder.study, path),
            prefix=_prefix(builder) if role == "routes" else "",
            **_support(builder, role, path),
        )
    return out


def module_path(builder: Builder, path: str) -> str:
    """Return the path of a module from the root of its package."""
    return "::".join(("crate", *module_of(builder.study, path).split(".")[1:]))


def _beside(builder: Builder, role: str, default: str, naming: Naming) -> str:
    """Return where a role without a sibling lands: beside the model, else where it is usual."""
    model = builder.lesson.parts.get("model")
    if role == "schema" and model is not None:
        return _path(model, naming)
    return default


def _form(builder: Builder, role: str, part: Part | None) -> str:
    """Return the form of the functions: ``attributes`` where annotations make handlers routes."""
    if role == "routes":
        sibling = builder.sibling
        if sibling is None:
            return "attributes"
        first = sibling.first.route.fact.node
        return "attributes" if first.type.startswith("attribute") else "functions"
    methods = part is not None and any("::" in name for name in part.symbols)
    return "class" if methods else "functions"


def _symbols(builder: Builder, role: str, part: Part | None, naming: Naming) -> dict[str, str]:
    match role:
        case "model":
            known = [n for n in part.symbols if naming.renamer] if part is not None else []
            like = min(known, key=lambda n: (len(names.words(n)), n), default="")
            return {
                "model": naming.like(like, naming.singular.pascal),
                "table": naming.plural.snake,
            }
        case "schema":
            return _schema_symbols(builder, naming)
        case "service" | "repository":
            return _layer_symbols(part, naming)
        case "routes":
            return _route_symbols(builder, naming)
    return {}


def _schema_symbols(builder: Builder, naming: Naming) -> dict[str, str]:
    one = naming.singular.pascal
    bodies = {
        key: builder.language.qualified_name(at.source, at.node)
        for key, at in builder.lesson.bodies.items()
    }
    if bodies.get("create") == bodies.get("update"):
        bodies.pop("update", None)
    return {
        "create": naming.like(bodies.get("create", ""), f"Create{one}"),
        "update": naming.like(bodies.get("update", ""), f"Update{one}"),
        "query": naming.like(bodies.get("query", ""), f"{one}Query"),
        "read": naming.singular.pascal + "Response",
        "list": f"{one}Page",
        "sort": f"{one}SortKey",
    }


def _layer_symbols(part: Part | None, naming: Naming) -> dict[str, str]:
    found = [name.rpartition("::")[2] for name in part.symbols] if part is not None else []
    owners = [name.rpartition("::")[0] for name in part.symbols] if part is not None else []
    kind = next((name for name in owners if name), "")
    out = {"type": naming.like(kind, kind), "new": "new"}
    for op in VERBS:
        out[op] = _verb(op, found, naming, in_class=True)
    return out


def _route_symbols(builder: Builder, naming: Naming) -> dict[str, str]:
    sibling = builder.sibling
    out = {"configure": ""}
    for op in VERBS:
        served = sibling.operations.get(op) if sibling is not None else None
        name = re.split(r"::|\.", served.route.handler_name)[-1] if served is not None else ""
        default = f"{op}_{(naming.plural if op == 'list' else naming.singular).snake}"
        bare = not (naming.renamer and name and naming.renamer.mentions(name))
        out[op] = naming.like(name, name if bare and name else default)
    registrar = configure_of(builder)
    if registrar is not None:
        name = builder.language.function_name(registrar.source, registrar.node) or ""
        out["configure"] = naming.like(name, name)
    elif sibling is None:
        out["configure"] = "configure"
    return out


def configure_of(builder: Builder) -> At | None:
    """Return the function beside the sibling's handlers that registers them."""
    part = builder.lesson.parts.get("routes")
    if part is None or builder.sibling is None:
        return None
    facts = [m.fact for m in builder.sibling.first.edges]
    facts.append(builder.sibling.first.route.fact)
    for fact in facts:
        node = fact.node if fact.source.path == part.path else None
        while node is not None and node.type != "function_item":
            node = node.parent
        if node is not None and not fact.node.type.startswith("attribute"):
            return At(fact.source, node)
    return None


def _prefix(builder: Builder) -> str:
    """Return the path that the function beside the sibling's handlers gives all of them."""
    registrar = configure_of(builder)
    if registrar is None or builder.sibling is None:
        if builder.sibling is not None:
            return ""
        return builder.target.path.removeprefix(mount_prefix(builder))
    text = registrar.source.text(registrar.node)
    words = builder.words
    for found in re.finditer(r'"(/[^"\s{]*)"', text):
        if words is not None and words.mentions(found[1]):
            usual = words.string(found[1])
            last = "/" + builder.target.path.rpartition("/")[2]
            return usual.rpartition("/")[0] + last
    return ""


def _qualifier(builder: Builder, role: str, part: Part | None, naming: Naming) -> Snippet | None:
    """Return what handlers write before a layer's functions, as the sibling's handlers do."""
    routes = builder.lesson.parts.get("routes")
    if role not in ("service", "repository") or part is None or routes is None:
        return None
    text = routes.source.data.decode("utf-8", "replace")
    for name in part.symbols:
        last = name.rpartition("::")[2]
        found = re.search(rf"([\w:]+)::{re.escape(last)}\s*\(", text)
        if found is None:
            continue
        head = found[1].partition("::")[0]
        written = "::".join(naming.like(p, p) for p in found[1].split("::"))
        need = builder.study.need(routes.source, head)
        needs = (_renamed(need, naming),) if need is not None else ()
        return Snippet(written, needs)
    return None


def _renamed(need: ImportNeed, naming: Naming) -> ImportNeed:
    return replace(
        need,
        module="::".join(naming.like(p, p) for p in re.split(r"::|\.", need.module)),
        name=naming.like(need.name, need.name) if need.name else need.name,
        alias=naming.like(need.alias, need.alias) if need.alias else need.alias,
    )


def _support(builder: Builder, role: str, path: str) -> dict[str, Any]:
    """Return the files of the helpers that every resource's handlers share."""
    if role != "routes":
        return {}
    table = builder.pack.by_name[builder.request.framework].table("roles")
    home = builder.way.home_folder(builder, path.rpartition("/")[0])
    out = {}
    for key in ("support", "hasher"):
        given = table.get(key, {})
        files = [home + name for name in given.get("files", ())]
        ours = [f for f in files if set(given.get("defines", ())) & _bound(builder.study, f)]
        free = [f for f in files if not builder.study.code.has(f)]
        out[key] = (ours or free or [path])[0]
    return out


def helpers(builder: Builder, placing: Placing, outputs: dict[str, Output]) -> list[ImportNeed]:
    """Return the imports of what the shared files of the handlers define, or will."""
    tools = builder.tools
    out = []
    shared = {placing.routes.support, placing.routes.hasher} - {placing.routes.path}
    fresh = [p for p in outputs if p.endswith(tools.suffix) and not builder.language.is_test(p)]
    for path in dict.fromkeys((*sorted(shared), *fresh)):
        bodies = [outputs[path].text] if path in outputs else []
        buffers = [Buffer(Source(path, f"{body}\n".encode()), tools.syntax) for body in bodies]
        found = defined_names(buffers, tools.outline) | _defined_there(builder, path)
        module = module_path(builder, path)
        types = [name for name in sorted(found) if path in shared or name[:1].isupper()]
        out += [ImportNeed(module, name) for name in types]
    return out


def _defined_there(builder: Builder, path: str) -> frozenset[str]:
    """Return what a file that is there defines at its top itself."""
    if not builder.study.code.has(path):
        return frozenset()
    source = builder.study.code.source(path)
    buffer = Buffer(source, builder.tools.syntax) if source is not None else None
    return defined_names([buffer], builder.tools.outline) if buffer is not None else frozenset()
