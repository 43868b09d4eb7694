"""Where roles land and what they are called, where each file is a module that exports names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod import names
from apimod.codebase_paths import folder_of as parent_of
from apimod.languages.buffer import Buffer
from apimod.languages.javascript_bound import Taken, imports_of
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_outline import JAVASCRIPT_OUTLINE
from apimod.languages.javascript_paths import locate
from apimod.languages.javascript_shape import Shape, shape_of
from apimod.languages.javascript_style import DEFAULT, NAMESPACE, TYPE
from apimod.planning.roles import VERBS, Naming, _bound
from apimod.planning.script_models import schema_path
from apimod.views import Case, ImportNeed, RoleView, Snippet, Symbols

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.conventions.places import Part
    from apimod.planning.builder import Builder
    from apimod.source import Source

LAYERED = ("controller", "service", "repository")
_SCHEMAS = ("create", "update", "query", "params", "get", "read", "delete")
_TYPES = ("create_type", "update_type", "query_type", "read_type")


def script_views(
    builder: Builder, wanted: dict[str, str], naming: Naming, home: str
) -> dict[str, RoleView]:
    """Return the roles that exist here. ``wanted`` maps each to its default path."""
    return {role: _view(builder, role, path, naming, home) for role, path in wanted.items()}


def _view(builder: Builder, role: str, default: str, naming: Naming, home: str) -> RoleView:
    part = builder.lesson.parts.get(role)
    shape = (
        shape_of(Buffer(part.source, JAVASCRIPT))
        if part is not None
        else Shape("named", "functions")
    )
    path = _where(builder, role, part, default, naming, home)
    taken = _taken(builder, part, naming) if part is not None else None
    symbols = _symbols(builder, role, part, shape, naming)
    qualifier, members = _qualifier(role, path, shape, taken, symbols, naming)
    module = f"/{path}"
    if role == "model" and builder.lesson.conventions.model.file:
        path = builder.lesson.conventions.model.file
        module = builder.lesson.conventions.model.module
    return RoleView(
        name=role,
        path=path,
        module=module,
        shared=builder.study.code.has(path),
        form=_form(builder, role, shape, path),
        like=part.path if part is not None else "",
        symbols=Symbols(symbols),
        names=_bound(builder.study, path),
        qualifier=qualifier,
        members=members,
        offer=_offer(shape, taken),
    )


def _where(
    builder: Builder, role: str, part: Part | None, default: str, naming: Naming, home: str
) -> str:
    """Return the file of a role: the sibling's with the new words, else the default."""
    from apimod.planning.placing import choose_units

    prefix = builder.project.prefix
    if role == "model":
        unit = builder.pack.by_name[choose_units(builder)["model"]]
        kept = schema_path(builder, unit, builder.request.resource.singular)
        if kept:
            return kept
    if role == "routes" and home:
        return default
    if part is not None and naming.renamer is not None:
        inner = part.path.removeprefix(prefix)
        if naming.renamer.mentions(inner):
            return prefix + naming.renamer.path(inner)
        return part.path if role == "routes" else default
    return _beside(builder, default, naming)


def _beside(builder: Builder, default: str, naming: Naming) -> str:
    """Return the default path; beside the routes, where siblings keep one folder a feature."""
    routes = builder.lesson.parts.get("routes")
    if routes is None or naming.renamer is None:
        return default
    prefix = builder.project.prefix
    folder = parent_of(routes.path.removeprefix(prefix))
    if not naming.renamer.mentions(folder.rpartition("/")[2]):
        return default
    return f"{prefix}{naming.renamer.module(folder)}/{default.rpartition('/')[2]}"


def _form(builder: Builder, role: str, shape: Shape, path: str) -> str:
    if role != "routes":
        return shape.form
    return "shared" if builder.study.code.has(path) else "router"


def _offer(shape: Shape, taken: Use | None) -> str:
    """Return how the file's main symbol leaves it: as it is taken, where somebody takes it."""
    if shape.offer == "listing":
        return shape.offer
    if taken is not None and taken.name == DEFAULT and not taken.barrel:
        return "default" if shape.modules else "whole"
    return shape.offer


class Use(Struct, frozen=True):
    """How a part of a resource is imported: the names there and here, and from which file.

    ``barrel`` is the file that hands it on, ``""`` where it is imported itself.
    """

    name: str | None
    local: str
    barrel: str = ""


def _taken(builder: Builder, part: Part, naming: Naming) -> Use | None:
    """Return how another part of the sibling imports a part."""
    code = builder.study.code
    through: Use | None = None
    for other in builder.lesson.parts.values():
        if other.path == part.path:
            continue
        for each in imports_of(Buffer(other.source, JAVASCRIPT)):
            path = locate(code, parent_of(other.path), each.module)
            if path == part.path:
                return Use(each.name, each.local)
            source = code.source(path) if path is not None else None
            ours = naming.renamer is not None and naming.renamer.mentions(each.local)
            if (
                source is not None
                and path is not None
                and ours
                and _hands_on(code, source, part, each)
            ):
                through = Use(each.name, each.local, path)
    return through


def _hands_on(code: Codebase, barrel: Source, part: Part, wanted: Taken) -> bool:
    """Tell whether a file hands on what is taken from it out of a part."""
    buffer = Buffer(barrel, JAVASCRIPT)
    name = wanted.name or wanted.local
    for each in JAVASCRIPT_OUTLINE.imported(buffer):
        if locate(code, parent_of(barrel.path), each.module) != part.path:
            continue
        statement: Node = each.statement
        while statement.parent is not None and statement.parent.parent is not None:
            statement = statement.parent
        text = buffer.text(statement)
        if re.search(rf"\b{re.escape(name)}\b", text) or ("*" in text and name in part.symbols):
            return True
    return False


def _qualifier(
    role: str, path: str, shape: Shape, taken: Use | None, symbols: dict[str, str], naming: Naming
) -> tuple[Snippet | None, frozenset[str]]:
    """Return what callers write before a layer's functions, and the functions that it is for."""
    keys = (*VERBS, "references") if role in LAYERED else _SCHEMAS if role == "schema" else ()
    functions = frozenset(symbols[key] for key in keys if key in symbols)
    module = f"/{path}"
    if not functions:
        return None, functions
    if taken is not None and taken.barrel:
        local = naming.like(taken.local, taken.local)
        barrel = naming.renamer.path(taken.barrel) if naming.renamer is not None else taken.barrel
        return Snippet(local, (ImportNeed(f"/{barrel}", local),)), functions
    if role in LAYERED and shape.form in ("class", "object", "static"):
        name = symbols["instance"] if shape.form == "class" else symbols["type"]
        own = taken.name if taken is not None else name
        own = {None: None, DEFAULT: DEFAULT}.get(own, name)
        local = naming.like(taken.local, name) if taken is not None and own != name else name
        return Snippet(
            local, (ImportNeed(module, own, local if own != local else None),)
        ), functions
    if taken is None or taken.name not in (None, DEFAULT, NAMESPACE):
        return None, frozenset()
    local = naming.like(taken.local, taken.local)
    return Snippet(local, (ImportNeed(module, taken.name, local),)), functions


# --- symbols -------------------------------------------------------------------------------------


def _symbols(
    builder: Builder, role: str, part: Part | None, shape: Shape, naming: Naming
) -> dict[str, str]:
    one, many = naming.singular, naming.plural
    known = [*part.symbols] if part is not None else []
    if role == "model":
        named = [n for n in known if naming.renamer is not None and naming.renamer.mentions(n)]
        name = min(named, key=len, default="")
        return {"model": _like_class(naming, name, one.pascal), "table": many.snake}
    if role == "schema":
        return _schema_symbols(known, naming)
    if role == "routes":
        return _route_symbols(builder, part, naming)
    if role in LAYERED:
        out = _layer_symbols(role, shape, naming)
        return {**out, **_handlers(builder, naming, shape.form)} if role == "controller" else out
    return {}


def _like_class(naming: Naming, name: str, default: str) -> str:
    return naming.like(name, default) if name[:1].isupper() else default


_ENDINGS = re.compile(
    r"(_(schema|validation|validator|validators|dto|body|rules|input|request|query))+$"
)


def _schema_symbols(known: list[str], naming: Naming) -> dict[str, str]:
    """Return what the schemas are called: as the sibling's are, else after a verb."""
    one, many = naming.singular, naming.plural
    values = [name for name in known if name[:1].islower()] or known
    plain = {_ENDINGS.sub("", names.snake(name)): name for name in values}
    types = {_ENDINGS.sub("", names.snake(n)): n for n in known if n[:1].isupper()}
    ending = "Schema" if not known or any(name.endswith("Schema") for name in known) else ""
    out: dict[str, str] = {}
    for key, op in _SCHEMA_OF.items():
        found = _member(op, plain, naming, bare=True)
        shown = next((plain[n] for n in plain if naming.like(n, n) == found), "")
        noun = many if op == "list" else one
        out[key] = naming.like(shown, f"{op}{noun.pascal}{ending}") if shown else ""
        out[key] = out[key] or f"{op}{noun.pascal}{ending}"
    out["params"] = f"{one.camel}Params{ending}"
    out["read"] = f"read{one.pascal}{ending}"
    inputs = {"create_type": "create", "update_type": "update", "query_type": "list"}
    for key, op in inputs.items():
        usual = f"{op.capitalize()}{(many if op == 'list' else one).pascal}Input"
        found = _member(op, types, naming, bare=True)
        shown = next((types[n] for n in types if naming.like(n, n) == found), "")
        out[key] = naming.like(shown, usual) if types is not plain and shown else usual
    out["read_type"] = f"{one.pascal}Output"
    return out


_SCHEMA_OF = {
    "create": "create",
    "update": "update",
    "query": "list",
    "get": "get",
    "delete": "delete",
}


def _route_symbols(builder: Builder, part: Part | None, naming: Naming) -> dict[str, str]:
    known = [n for n in (part.symbols if part is not None else {}) if _is_router(n)]
    mentioned = [n for n in known if naming.renamer is not None and naming.renamer.mentions(n)]
    name = (mentioned or known or [""])[0]
    out = {"router": naming.like(name, name or f"{naming.singular.camel}Router")}
    sibling = builder.sibling
    for op in VERBS:
        served = sibling.operations.get(op) if sibling is not None else None
        handler = served.route.handler_name.rpartition(".")[2] if served is not None else ""
        out[op] = naming.like(handler, _default(op, naming))
        layered = {"service", "repository"} & {*builder.lesson.parts}
        if layered and "controller" not in builder.lesson.parts:
            out[op] = f"{_default(op, naming)}Handler"
    return out


def _handlers(builder: Builder, naming: Naming, form: str) -> dict[str, str]:
    """Return what the sibling's handlers are called, with the new words."""
    sibling = builder.sibling
    found = {
        op: served.route.handler_name.rpartition(".")[2]
        for op, served in (sibling.operations.items() if sibling is not None else ())
    }
    plain = {op: n for op, n in found.items() if re.fullmatch(r"[A-Za-z_$][\w$]*", n)}
    return {
        op: naming.like(n, n)
        for op, n in plain.items()
        if form != "functions" or naming.idents.valid(n)
    }


def _is_router(name: str) -> bool:
    return bool({*names.words(name)} & {"router", "routes", "route", "api", "controller"})


def _layer_symbols(role: str, shape: Shape, naming: Naming) -> dict[str, str]:
    one = naming.singular
    holder = naming.like(shape.holder, shape.holder or f"{one.pascal}{role.capitalize()}")
    plain = f"{one.camel}{role.capitalize()}"
    instance = shape.instance if shape.instance not in ("", DEFAULT) else ""
    out = {"type": holder, "instance": naming.like(instance, plain)}
    for op in VERBS:
        out[op] = _member(op, shape.members, naming, bare=shape.form != "functions")
    return {**out, "references": f"missing{one.pascal}Reference"}


def _member(op: str, members: Iterable[str], naming: Naming, *, bare: bool) -> str:
    """Return the name of the function that does ``op``, after the sibling's."""
    verbs = (*VERBS[op], "get", "find", "fetch") if op == "list" else VERBS[op]
    for verb in verbs:
        for member in members:
            if (
                op == "list"
                and verb in ("get", "find", "fetch")
                and not _plural(member, verb, naming)
            ):
                continue
            rest = names.snake(member).removeprefix(verb)
            if rest != names.snake(member) and _whole(rest.strip("_"), op, naming):
                if bare or naming.idents.valid(member):
                    return naming.like(member, member)
    return op if bare and op != "delete" else _default(op, naming) if not bare else op


def _plural(member: str, verb: str, naming: Naming) -> bool:
    rest = names.snake(member).removeprefix(f"{verb}_")
    return naming.renamer is not None and rest == naming.renamer.old.plural


def _whole(rest: str, op: str, naming: Naming) -> bool:
    if naming.renamer is None:
        return rest == ""
    old = naming.renamer.old
    if op == "list":
        return rest in ("", "all", old.plural, f"all_{old.plural}")
    if op == "get" and rest in ("all", old.plural):
        return False
    return rest in (
        "",
        "one",
        "by_id",
        old.singular,
        f"{old.singular}_by_id",
        f"one_{old.singular}",
    )


def _default(op: str, naming: Naming) -> str:
    noun = naming.plural if op == "list" else naming.singular
    return Case(f"{op}_{noun}").camel


# --- imports -------------------------------------------------------------------------------------


def offered(roles: dict[str, RoleView | None], path: str) -> list[ImportNeed]:
    """Return the imports that give the symbols of the roles in other files."""
    return [
        need
        for role in roles.values()
        if role is not None and role.path != path and role.module
        for need in _offers(role)
    ]


def _offers(role: RoleView) -> Iterator[ImportNeed]:
    if role.qualifier is not None:
        yield from role.qualifier.imports
    main = _main(role)
    for key, symbol in role.symbols.items():
        if key == "table" or not re.fullmatch(r"\w+", symbol) or symbol in role.members:
            continue
        if role.name == "routes" and key != "router":
            continue
        if symbol == main and role.offer not in ("named", "listing"):
            yield ImportNeed(role.module, DEFAULT if role.offer == "default" else None, symbol)
        else:
            only = key in _TYPES or role.name == "model" and role.module != f"/{role.path}"
            yield ImportNeed(role.module, f"{TYPE}{symbol}" if only else symbol)


def _main(role: RoleView) -> str:
    """Return the symbol that stands for a role's file as a whole."""
    keys = {"routes": "router", "model": "model"}
    if role.name in LAYERED:
        key = "instance" if role.form == "class" else "type"
        return role.symbols[key] if role.form != "functions" else ""
    return role.symbols.get(keys.get(role.name, ""), "")


def main_symbol(role: RoleView) -> str:
    """Return the symbol that a file with one main symbol offers, ``""`` where it has none."""
    return _main(role)


def script_beside(builder: Builder, role: str, unit: str, naming: Naming) -> RoleView | None:
    """Return the role of tests, of a new database or of a new check of callers."""
    from apimod.planning.placing import default_path

    path = default_path(builder, role)
    source = builder.lesson.test_file
    like = ""
    if role == "test" and source is not None and naming.renamer is not None:
        like = source.path
        inner = source.path.removeprefix(builder.project.prefix)
        own = naming.renamer.mentions(inner.rpartition("/")[2])
        renamed = f"{builder.project.prefix}{naming.renamer.path(inner)}"
        path = renamed if own else f"{parent_of(source.path)}/{path.rpartition('/')[2]}"
    symbols = builder.pack.by_name[unit].table("roles").get("symbols", {}).get(role, {})
    return RoleView(role, path, f"/{path}", like=like, symbols=Symbols(symbols))
