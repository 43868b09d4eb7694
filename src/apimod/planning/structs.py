"""Where roles land and what they are called, where roles are structs with constructors."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from apimod import names
from apimod.errors import Refused
from apimod.planning.roles import VERBS, Naming, _bound, _path, module_of, package_at
from apimod.views import Case, RoleView, Symbols

if TYPE_CHECKING:
    from apimod.conventions.anatomy import Layer
    from apimod.conventions.places import Part
    from apimod.planning.builder import Builder
    from apimod.source import Source
    from apimod.values import At

TAKEN = frozenset(
    "_ c id tx db err ok request params nulls columns total found shown group".split()
)
"""Names that the bodies of handlers use for something else."""
FILLERS = frozenset("by id one all a the my".split())
ENDINGS = {"service": "Service", "repository": "Repository"}
SCHEMAS = {"create": "Create{one}Request", "update": "Update{one}Request",
           "query": "List{many}Query", "read": "{one}Response"}  # fmt: skip


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
        symbols = Symbols(_symbols(builder, role, part, naming, declared))
        form = _form(builder) if role == "routes" else "class"
        out[role] = RoleView(
            name=role,
            path=path,
            module=module_of(builder.study, path),
            package=package_at(builder.study, path),
            shared=builder.study.code.has(path),
            form=form,
            joins=role == "routes" and form == "class" and _of_all(builder, naming),
            receiver=_receiver(builder) if role == "routes" else "",
            like=part.path if part is not None else "",
            symbols=symbols,
            names=_bound(builder.study, path),
            held=_held(builder, role, naming),
            declared=declared,
            **_shared_files(builder, role, path, home),
        )
    return out


def check_session(builder: Builder, orm: str) -> None:
    """Refuse where a library is in use for data, and the sibling is not seen to reach it."""
    anatomy = builder.lesson.anatomy
    if builder.lesson.conventions.session.param is not None:
        return
    if builder.sibling is not None and anatomy.session is not None:
        return
    first = next(iter(anatomy.handlers.values()), None)
    raise Refused(
        f"{orm} is in use, and it is not clear how the handlers of this project reach it",
        where=f"{first.at.source.path}:{first.at.line}" if first is not None else "",
        advice="follow a resource that shows it, with --like",
        flag="--like",
    )


def _where(builder: Builder, role: str, default: str, naming: Naming) -> str:
    """Return a role's file: as the sibling's is named, or beside the handlers."""
    parts = builder.lesson.parts
    if role in parts:
        return _path(parts[role], naming)
    if role == "schema" and "routes" in parts:
        return _path(parts["routes"], naming)
    known = _known_folder(builder, "routes" if role == "schema" else role)
    if known:
        return f"{known}/{default.rpartition('/')[2]}"
    if role == "model" and builder.lesson.model is not None and naming.renamer is not None:
        like = builder.lesson.model.source.path
        folder = like.rpartition("/")[0]
        stem = naming.idents.file_stem(naming.singular.snake)
        return f"{folder}/{stem}{builder.tools.suffix}" if folder else default
    return default


def _of_all(builder: Builder, naming: Naming) -> bool:
    """Whether handlers are methods of one type that all resources share."""
    owner = builder.lesson.anatomy.owner
    if owner is None or naming.renamer is None:
        return False
    if naming.renamer.mentions(_name(builder, owner)):
        return False
    stem = owner.source.path.rpartition("/")[0].rpartition("/")[2]
    return not naming.renamer.mentions(stem)


def _receiver(builder: Builder) -> str:
    """Return what the sibling's handlers call the value that they are methods of."""
    for handler in builder.lesson.anatomy.handlers.values():
        node = handler.at.node.child_by_field_name("receiver")
        found = (
            re.match(r"\(\s*(\w+)\s", handler.at.source.text(node)) if node is not None else None
        )
        if found is not None and found[1] not in TAKEN:
            return found[1]
    return "h"


def _known_folder(builder: Builder, role: str) -> str:
    """Return the project's own folder for a role: the topmost that the role's words name."""
    words = builder.codemod.role(role).words
    folders = {p.rpartition("/")[0] for p in builder.study.paths if "/" in p}
    found = [f for f in folders if f.rpartition("/")[2] in words]
    if role == "routes":
        held = {h.source.path.rpartition("/")[0] for s in builder.graph.served if (h := s.handler)}
        roots = {n.at.source.path.rpartition("/")[0] for n in builder.graph.routers}
        plain = [f for f in found if f not in roots]
        found = [f for f in plain if f in held] or plain
    return min(found, key=lambda f: (f.count("/"), f), default="")


def _form(builder: Builder) -> str:
    if not builder.stores:
        return "functions"
    anatomy = builder.lesson.anatomy
    form = anatomy.form if anatomy.handlers else ""
    if form in ("class", "closures", "functions"):
        return str(form)
    return "functions" if builder.lesson.conventions.session.param is not None else "closures"


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
    layer = _layer(builder, role)
    return naming.like(layer.held, layer.held) if layer is not None else ""


def _layer(builder: Builder, role: str) -> Layer | None:
    anatomy = builder.lesson.anatomy
    return anatomy.layers.get(role)


# --- symbols ---------------------------------------------------------------------------------------


def _symbols(
    builder: Builder, role: str, part: Part | None, naming: Naming, declared: frozenset[str]
) -> dict[str, str]:
    match role:
        case "model":
            return _model(builder, part, naming)
        case "schema":
            return _schema(builder, naming, declared)
        case "service" | "repository":
            return _layers(builder, role, naming)
        case "routes":
            return _routes(builder, naming)
    return {}


def _model(builder: Builder, part: Part | None, naming: Naming) -> dict[str, str]:
    model = builder.lesson.model
    name = _name(builder, model) if model is not None and part is not None else ""
    return {"model": naming.like(name, naming.singular.pascal), "table": naming.plural.snake}


def _name(builder: Builder, at: At) -> str:
    return str(builder.language.qualified_name(at.source, at.node))


def _schema(builder: Builder, naming: Naming, declared: frozenset[str]) -> dict[str, str]:
    """Name the types that travel as the siblings' are; create and update are never one type."""
    bodies = dict(builder.lesson.bodies)
    read = builder.lesson.read
    if read is not None:
        bodies["read"] = read
    out: dict[str, str] = {}
    lower = False
    for key, pattern in SCHEMAS.items():
        default = pattern.format(one=naming.singular.pascal, many=naming.plural.pascal)
        default = default[:1].lower() + default[1:] if lower else default
        written = _name(builder, bodies[key]) if key in bodies else ""
        lower = lower or written[:1].islower()
        if key == "read" and default[:1].islower():
            default = default.replace("Response", "Body")
        name = naming.like(written, default)
        if name in out.values() or name in declared:
            name = default
        out[key] = name
    if out["create"] == naming.singular.pascal:
        out["create"] = SCHEMAS["create"].format(one=naming.singular.pascal)
    return {**out, "base": out["create"], "list": out["read"]}


def _layers(builder: Builder, role: str, naming: Naming) -> dict[str, str]:
    layer = _layer(builder, role)
    one = naming.singular.pascal
    if layer is None:
        kind = one + ENDINGS[role]
        out = {"type": kind, "new": f"New{kind}", "filter": f"{one}Filter"}
        return {**out, **{op: Case(op).pascal for op in VERBS}}
    kind = _name(builder, layer.cls)
    out = {
        "type": naming.like(kind, kind),
        "new": naming.like(
            _constructor(builder, layer.cls, layer.interface), f"New{one}{ENDINGS[role]}"
        ),
        "filter": f"{one}Filter",
    }
    if layer.interface is not None:
        name = _name(builder, layer.interface)
        out["interface"] = naming.like(name, name)
    members = builder.language.members(builder.study.code, layer.cls.source, layer.cls.node)
    methods = [m for m, found in members.items() if any(_is_method(f) for f in found)]
    names_of = {op: method_name(op, methods, naming) for op in VERBS}
    return {**out, **_apart(names_of)}


def _apart(names_of: dict[str, str]) -> dict[str, str]:
    """Give operations that share a sibling's method names of their own."""
    taken = list(names_of.values())
    return {op: n if taken.count(n) == 1 else Case(op).pascal for op, n in names_of.items()}


def _is_method(found: object) -> bool:
    node = getattr(getattr(found, "binding", None), "node", None)
    return node is not None and node.type == "method_declaration"


def _constructor(builder: Builder, cls: At, interface: At | None) -> str:
    """Return the function of the package that gives an instance of a type."""
    wanted = {_name(builder, cls), _name(builder, interface) if interface is not None else ""}
    code = builder.study.code
    for source in builder.language.package(code, cls.source.path.rpartition("/")[0]):
        for node in code.root(source).named_children:
            if node.type != "function_declaration":
                continue
            result = builder.language.return_type(source, node)
            name = str(builder.language.function_name(source, node) or "")
            if result is not None and source.text(result).lstrip("*") in wanted:
                if re.match(r"[Nn]ew|[Mm]ake|[Pp]rovide", name):
                    return name
    return ""


def _maker(builder: Builder, owner: At) -> tuple[str, str]:
    """Return the function of the package that makes a handler, and the type that it gives."""
    kind, code = _name(builder, owner), builder.study.code
    made = re.compile(rf"\b{re.escape(kind)}\s*\{{|new\({re.escape(kind)}\)")
    for source in builder.language.package(code, owner.source.path.rpartition("/")[0]):
        for node in code.root(source).named_children:
            if node.type != "function_declaration":
                continue
            result = builder.language.return_type(source, node)
            body = node.child_by_field_name("body")
            if result is None or body is None or not made.search(source.text(body)):
                continue
            return str(builder.language.function_name(source, node)), source.text(result).lstrip(
                "*"
            )
    return "", ""


def method_name(op: str, methods: list[str], naming: Naming) -> str:
    """Return what a layer calls an operation, after the sibling's method."""
    for verb in VERBS[op]:
        for method in methods:
            if _does(method, verb, op, naming):
                return naming.like(method, method)
    return Case(op).pascal


def _does(method: str, verb: str, op: str, naming: Naming) -> bool:
    words = names.snake(method)
    if not re.match(rf"{verb}(_|$)", words):
        return False
    rest = words[len(verb) :].strip("_")
    if naming.renamer is not None:
        old = naming.renamer.old
        pattern = rf"(^|_)({re.escape(old.plural)}|{re.escape(old.singular)})(?=_|$)"
        if op == "get" and re.search(rf"(^|_){re.escape(old.plural)}(_|$)", rest):
            if old.plural != old.singular:
                return False
        rest = re.sub(pattern, "", rest).strip("_")
    left = set(rest.split("_")) - {""}
    if op == "get" and "all" in left:
        return False
    return left <= FILLERS


def _routes(builder: Builder, naming: Naming) -> dict[str, str]:
    anatomy = builder.lesson.anatomy
    handlers = anatomy.handlers
    written = {op: _name(builder, h.at).rpartition(".")[2] for op, h in handlers.items()}
    if anatomy.form == "inline":
        written = {}
    out = {"router": "router"}
    form = _form(builder)
    if form == "class":
        owner = anatomy.owner
        kind = _name(builder, owner) if owner is not None else ""
        default = kind if _of_all(builder, naming) else f"{naming.singular.pascal}Handler"
        out["type"] = naming.like(kind, default)
        made, given = _maker(builder, owner) if owner is not None else ("", "")
        out["new"] = naming.like(made, f"New{naming.singular.pascal}Handler")
        if given and given != kind:
            out["interface"] = naming.like(given, given)
    bears = any(naming.renamer and naming.renamer.mentions(n) for n in written.values())
    lower = any(n[:1].islower() for n in written.values())
    if not written:
        bears, lower = form != "class", bool(builder_home(builder))
    for op in VERBS:
        words = (naming.plural if op == "list" else naming.singular).pascal if bears else ""
        default = Case(op).pascal + words
        default = default[:1].lower() + default[1:] if lower else default
        name = written.get(op, "")
        out[op] = naming.like(name, name or default)
    if len({out[op] for op in VERBS}) < len(VERBS):
        taken = [out[op] for op in VERBS]
        for op in VERBS:
            if taken.count(out[op]) > 1:
                out[op] = Case(op).pascal + (naming.singular.pascal if bears else "")
    return out


def builder_home(builder: Builder) -> str:
    """Return the file for everything new, where there is one."""
    from apimod.planning.placing import _home

    return _home(builder)


def test_view(
    builder: Builder, routes: RoleView | None, naming: Naming, home: str
) -> RoleView | None:
    """Return the role of the tests: in the handlers' package, beside them."""
    if routes is None:
        return None
    path = re.sub(r"\.go$", "_test.go", home or routes.path)
    return RoleView("test", path, routes.module, routes.package)


def beside(builder: Builder, test: RoleView, like: Source) -> RoleView:
    """Return the role of the tests in the package of a test file that is there."""
    folder = like.path.rpartition("/")[0]
    name = f"{builder.tools.identifiers.file_stem(builder.request.resource.singular)}_test.go"
    found = re.search(rb"^package\s+(\w+)", like.data, re.MULTILINE)
    package = found[1].decode() if found else test.package
    module = str(builder.language.module_name(builder.study.code, like))
    module += "_test" if package.endswith("_test") else ""
    path = f"{folder}/{name}" if folder else name
    return replace(test, path=path, module=module, package=package, like=like.path)


def lone_home(builder: Builder) -> str:
    """Return the one file for everything new, where all that there is stands beside the entrypoint."""
    roots = [n for n in builder.graph.routers if n.is_root]
    path = roots[0].at.source.path if roots else ""
    folder = path.rpartition("/")[0]
    if not roots or package_at(builder.study, path) != "main":
        return ""
    words = {w for role in ("routes", "model") for w in builder.codemod.role(role).words}
    inside = [p.removeprefix(f"{folder}/" if folder else "") for p in builder.study.paths]
    if any(set(p.split("/")[:-1]) & words for p in inside):
        return ""
    name = builder.tools.identifiers.file_stem(builder.request.resource.plural)
    return f"{folder}/{name}.go" if folder else f"{name}.go"


def check_database(builder: Builder, orm: str) -> None:
    """Refuse where data is kept in a database that the library of the templates does not know."""
    unit = builder.pack.by_name.get(orm)
    served = set(unit.names("conventions", "databases")) if unit is not None else set()
    caches = {u.name for u in builder.pack.units if u.table("conventions").get("cache")}
    stores = [d for d in builder.stack.database if d not in caches]
    if builder.stores or builder.request.orm or not stores or served & set(stores):
        return
    raise Refused(
        f"there are no templates for {stores[0]}, which this project keeps its data in",
        advice=f"--orm {orm} keeps the new resource's rows in a database of their own",
        flag="--orm",
    )


def database_view(builder: Builder, routes: RoleView | None, home: str) -> RoleView | None:
    """Return the role of a new database: a package of its own, or a file beside the handlers."""
    from apimod.planning.placing import choose_units, default_path

    if routes is None:
        return None
    folder = routes.path.rpartition("/")[0]
    path = default_path(builder, "database")
    if home:
        path = f"{folder}/database.go" if folder else "database.go"
    orm = builder.pack.by_name[choose_units(builder)["database"]]
    symbols = dict(orm.table("roles").get("symbols", {}).get("database", {}))
    if not home:
        symbols = {key: name[:1].upper() + name[1:] for key, name in symbols.items()}
    module = module_of(builder.study, path)
    package = routes.package if home else path.rpartition("/")[0].rpartition("/")[2]
    return RoleView("database", path, module, package, symbols=Symbols(symbols))
