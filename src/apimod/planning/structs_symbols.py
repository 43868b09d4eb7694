"""What the new types, methods and handlers are called, after the siblings'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod import names
from apimod.planning.roles import VERBS, Naming
from apimod.views import Case

if TYPE_CHECKING:
    from apimod.conventions.anatomy import Layer
    from apimod.conventions.places import Part
    from apimod.planning.builder import Builder
    from apimod.values import At

FILLERS = frozenset("by id one all a the my".split())
ENDINGS = {"service": "Service", "repository": "Repository"}
SCHEMAS = {"create": "Create{one}Request", "update": "Update{one}Request",
           "query": "List{many}Query", "read": "{one}Response"}  # fmt: skip


def symbols_of(
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
    name = name_of(builder, model) if model is not None and part is not None else ""
    return {"model": naming.like(name, naming.singular.pascal), "table": naming.plural.snake}


def name_of(builder: Builder, at: At) -> str:
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
        written = name_of(builder, bodies[key]) if key in bodies else ""
        lower = lower or written[:1].islower()
        if key == "read" and default[:1].islower():
            default = default.replace("Response", "Body")
        name = naming.like(written, default)
        if name in out.values() or name in declared:
            name = default
        out[key] = name
    if out["create"].lower() == naming.singular.flat:
        usual = SCHEMAS["create"].format(one=naming.singular.pascal)
        small = out["create"][:1].islower()
        out["create"] = usual[:1].lower() + usual[1:] if small else usual
    return {**out, "base": out["create"], "list": out["read"]}


def _layers(builder: Builder, role: str, naming: Naming) -> dict[str, str]:
    layer = layer_of(builder, role)
    one = naming.singular.pascal
    if layer is None:
        kind = one + ENDINGS[role]
        out = {"type": kind, "new": f"New{kind}", "filter": f"{one}Filter"}
        return {**out, **{op: Case(op).pascal for op in VERBS}}
    kind = name_of(builder, layer.cls)
    out = {
        "type": naming.like(kind, kind),
        "new": naming.like(
            _constructor(builder, layer.cls, layer.interface), f"New{one}{ENDINGS[role]}"
        ),
        "filter": f"{one}Filter",
    }
    if layer.interface is not None:
        name = name_of(builder, layer.interface)
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
    wanted = {name_of(builder, cls), name_of(builder, interface) if interface is not None else ""}
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


def star_of(builder: Builder, role: str) -> str:
    """Return ``*`` where instances of a role's type are handed on as pointers; as values, ``""``."""
    layer = layer_of(builder, role)
    cls = builder.lesson.anatomy.owner if role == "routes" else layer.cls if layer else None
    given = _maker(builder, cls)[1] if cls is not None else ""
    return "" if cls is not None and given == name_of(builder, cls) else "*"


def _maker(builder: Builder, owner: At) -> tuple[str, str]:
    """Return the function of the package that makes a handler, and the type that it gives."""
    kind, code = name_of(builder, owner), builder.study.code
    made = re.compile(rf"\b{re.escape(kind)}\s*\{{|new\({re.escape(kind)}\)")
    for source in builder.language.package(code, owner.source.path.rpartition("/")[0]):
        for node in code.root(source).named_children:
            if node.type != "function_declaration":
                continue
            result = builder.language.return_type(source, node)
            body = node.child_by_field_name("body")
            if result is None or body is None or not made.search(source.text(body)):
                continue
            return str(builder.language.function_name(source, node)), source.text(result)
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
    written = {op: name_of(builder, h.at).rpartition(".")[2] for op, h in handlers.items()}
    if anatomy.form == "inline":
        written = {}
    if "by" in names.words(written.get("list", "")):
        del written["list"]  # it finds one, whatever its path
    out = {"router": "router"}
    form = form_of(builder)
    if form == "class":
        owner = anatomy.owner
        kind = name_of(builder, owner) if owner is not None else ""
        default = kind if joins_all(builder, naming) else f"{naming.singular.pascal}Handler"
        out["type"] = naming.like(kind, default)
        made, given = _maker(builder, owner) if owner is not None else ("", "")
        out["new"] = naming.like(made, f"New{naming.singular.pascal}Handler")
        given = given.lstrip("*")
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


def form_of(builder: Builder) -> str:
    if not builder.stores:
        return "functions"
    anatomy = builder.lesson.anatomy
    form = anatomy.form if anatomy.handlers else ""
    if form in ("class", "closures", "functions"):
        return str(form)
    return "functions" if builder.lesson.conventions.session.param is not None else "closures"


def joins_all(builder: Builder, naming: Naming) -> bool:
    """Whether handlers are methods of one type that all resources share."""
    owner = builder.lesson.anatomy.owner
    if owner is None or naming.renamer is None:
        return False
    if naming.renamer.mentions(name_of(builder, owner)):
        return False
    stem = owner.source.path.rpartition("/")[0].rpartition("/")[2]
    return not naming.renamer.mentions(stem)


def layer_of(builder: Builder, role: str) -> Layer | None:
    anatomy = builder.lesson.anatomy
    return anatomy.layers.get(role)
