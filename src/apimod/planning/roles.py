"""Where each role of the new resource lands, and what its symbols are called."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod import names
from apimod.conventions.handlers import parameters
from apimod.conventions.shape import response_classes
from apimod.source import Source
from apimod.values import At
from apimod.views import Case, ImportNeed, RoleView, Snippet, Symbols

if TYPE_CHECKING:
    from apimod.conventions.places import Part
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.languages.identifiers import Identifiers
    from apimod.rename import Renamer

VERBS = {
    "create": ("create", "add", "insert", "new", "write", "store", "save", "post"),
    "list": ("list", "get_all", "find_all", "read_multi", "get_multi", "search", "index", "query"),
    "get": ("get", "read", "find", "fetch", "retrieve", "show", "detail"),
    "update": ("update", "edit", "modify", "patch", "change", "put"),
    "delete": ("delete", "remove", "destroy", "erase"),
}


class Naming(Struct, frozen=True):
    """The new resource's names, and the sibling's words that they replace."""

    singular: Case
    plural: Case
    idents: Identifiers
    renamer: Renamer | None

    def like(self, name: str, default: str) -> str:
        """Return a sibling's symbol with the new words; ``default`` where it bears no words."""
        if name and self.renamer is not None and self.renamer.mentions(name):
            return self.renamer.identifier(name)
        return default


def role_views(
    study: Study,
    wanted: dict[str, str],
    parts: dict[str, Part],
    sibling: Sibling | None,
    naming: Naming,
    home: str,
) -> dict[str, RoleView]:
    """Return the roles that exist here. ``wanted`` maps each to its default path.

    ``home`` is the one file that holds everything new, where the siblings stand in the entrypoint's
    file; else ``""``.
    """
    out: dict[str, RoleView] = {}
    entry = parts["routes"].path if home else ""
    for role, default in wanted.items():
        part = parts.get(role)
        apart = part is not None and part.path != entry
        path = _path(part, naming) if part is not None and apart else home or default
        out[role] = RoleView(
            name=role,
            path=path,
            module=module_of(study, path),
            package=package_at(study, path),
            shared=study.code.has(path),
            form=_form(part),
            like=part.path if part is not None else "",
            symbols=_symbols(study, role, part, sibling, naming),
            names=_bound(study, path),
            qualifier=_qualifier(study, role, part, sibling, naming, path),
        )
    return out


def _path(part: Part, naming: Naming) -> str:
    """Return the sibling's path with the new words; the same path where it bears none."""
    assert naming.renamer is not None
    return naming.renamer.path(part.path)


def module_of(study: Study, path: str) -> str:
    """Return the name by which the module at ``path``, which need not exist, is imported."""
    if study.language.files_are_modules:
        return f"/{path}"
    found = study.code.source(path)
    if found is not None or study.code.has_folder(path.rpartition("/")[0]):
        return study.language.module_name(study.code, found or Source(path, b""))
    folder, _, name = path.rpartition("/")
    above, _, last = folder.rpartition("/")
    if not last:
        return study.language.module_name(study.code, Source(path, b""))
    package = module_of(study, f"{above}/{name}" if above else name)
    return study.language.module_below(package, last)


def package_at(study: Study, path: str) -> str:
    """Return the package that a file at ``path`` belongs to, as its neighbours declare it."""
    for neighbour in study.code.files_in(path.rpartition("/")[0]):
        source = study.code.source(neighbour)
        found = re.search(rb"^package[ \t]++(\w+)", source.data, re.MULTILINE) if source else None
        if found and not study.language.is_test(neighbour):
            return found[1].decode()
    return re.sub(r"\W", "", path.rpartition("/")[0].rpartition("/")[2]).lower()


def _bound(study: Study, path: str) -> frozenset[str]:
    """Return what a file that is there binds at its top."""
    source = study.code.source(path) if study.code.has(path) else None
    return frozenset(study.code.scopes(source).module.names) if source is not None else frozenset()


def _qualifier(
    study: Study,
    role: str,
    part: Part | None,
    sibling: Sibling | None,
    naming: Naming,
    path: str,
) -> Snippet | None:
    """Return what handlers write before a layer's functions, as the sibling's handlers do."""
    if role not in ("service", "repository") or part is None or sibling is None:
        return None
    for served in sibling.operations.values():
        for param in parameters(study, served):
            if param.role == role:
                return Snippet(naming.like(param.name, param.name))
    if _form(part) == "class":
        return _made(part, sibling, naming)
    caller = study.code.source(sibling.first.endpoint.file)
    if caller is None:
        return None
    module = module_of(study, path)
    package, _, last = module.rpartition(".")
    for name, targets in study.modules(caller):
        if part.path in targets:
            alias = naming.like(name, name)
            return Snippet(alias, (ImportNeed(package, last, alias if alias != last else None),))
    return None


def _made(part: Part, sibling: Sibling, naming: Naming) -> Snippet | None:
    """Return how the sibling's handlers make a layer's instance where they need it."""
    for served in sibling.operations.values():
        text = served.handler.source.text(served.handler.node) if served.handler else ""
        for name, at in part.symbols.items():
            found = re.search(rf"\b{re.escape(name)}\(([\w., ]*)\)(?=\.)", text)
            if found is not None and _is_type(at):
                return Snippet(f"{naming.like(name, name)}({found[1]})")
    return None


def _form(part: Part | None) -> str:
    if part is None:
        return "class"
    kinds = {at.node.type for at in part.symbols.values()}
    return "class" if any("class" in kind or "type" in kind for kind in kinds) else "functions"


def _symbols(
    study: Study, role: str, part: Part | None, sibling: Sibling | None, naming: Naming
) -> Symbols:
    maker = {
        "model": _model_symbols,
        "schema": _schema_symbols,
        "service": _layer_symbols,
        "repository": _layer_symbols,
        "routes": _route_symbols,
    }.get(role)
    if maker is None:
        return Symbols()
    return Symbols(maker(study, role, part, sibling, naming))


def _model_symbols(
    study: Study, role: str, part: Part | None, sibling: Sibling | None, naming: Naming
) -> dict[str, str]:
    name = _closest([*part.symbols] if part else [], naming)
    return {"model": naming.like(name, naming.singular.pascal), "table": naming.plural.snake}


def _closest(found: list[str], naming: Naming) -> str:
    """Return the symbol with the fewest words beside the sibling's."""
    if naming.renamer is None:
        return ""
    bearing = [name for name in found if naming.renamer and naming.renamer.mentions(name)]
    return min(bearing, key=lambda n: (len(names.words(n)), n), default="")


def _schema_symbols(
    study: Study, role: str, part: Part | None, sibling: Sibling | None, naming: Naming
) -> dict[str, str]:
    one, many = naming.singular.pascal, naming.plural.pascal
    body = _body_names(study, sibling)
    read = _answer_name(study, sibling, ("get", "create"))
    listed = _answer_name(study, sibling, ("list",))
    known = [*part.symbols] if part is not None else []
    base = next((n for n in known if n.endswith("Base")), "")
    return {
        "base": naming.like(base, f"{one}Base"),
        "create": naming.like(body.get("create", ""), f"{one}Create"),
        "update": naming.like(body.get("update", ""), f"{one}Update"),
        "read": naming.like(read, f"{one}Read"),
        "list": naming.like(listed if listed != read else "", f"{one}Page"),
        "query": naming.like(_query_name(study, sibling), f"{one}Query"),
        "many": many,
    }


def _body_names(study: Study, sibling: Sibling | None) -> dict[str, str]:
    out: dict[str, str] = {}
    for op in ("create", "update"):
        if sibling is None or op not in sibling.operations:
            continue
        for param in parameters(study, sibling.operations[op]):
            for cls in param.classes:
                if param.role == "body":
                    out[op] = study.language.qualified_name(cls.source, cls.node)
    return {} if out.get("create") == out.get("update") else out


def _answer_name(study: Study, sibling: Sibling | None, ops: tuple[str, ...]) -> str:
    for op in ops:
        if sibling is not None and op in sibling.operations:
            for _, cls in response_classes(study, sibling.operations[op]):
                if study.is_schema(cls):
                    return study.language.qualified_name(cls.source, cls.node)
    return ""


def _query_name(study: Study, sibling: Sibling | None) -> str:
    if sibling is None or "list" not in sibling.operations:
        return ""
    for param in parameters(study, sibling.operations["list"]):
        for cls in param.classes:
            if param.role == "query" and study.is_schema(cls):
                return study.language.qualified_name(cls.source, cls.node)
    return ""


def _layer_symbols(
    study: Study, role: str, part: Part | None, sibling: Sibling | None, naming: Naming
) -> dict[str, str]:
    ending = {"service": "Service", "repository": "Repository"}[role]
    found = dict(part.symbols) if part is not None else {}
    type_name = next((n for n, at in found.items() if _is_type(at)), "")
    out = {
        "type": naming.like(type_name, naming.singular.pascal + ending),
        "new": f"New{naming.singular.pascal}{ending}",
        "module": "",
    }
    members = _members(study, found.get(type_name)) if type_name else list(found)
    for op in VERBS:
        out[op] = _verb(op, members, naming, in_class=bool(type_name) or part is None)
    return out


def _is_type(at: At) -> bool:
    return "class" in at.node.type or "type" in at.node.type


def _members(study: Study, cls: At | None) -> list[str]:
    if cls is None:
        return []
    return list(study.language.members(study.code, cls.source, cls.node))


def _verb(op: str, members: list[str], naming: Naming, *, in_class: bool) -> str:
    """Return the name of the member that does ``op``, after the sibling's."""
    for verb in VERBS[op]:
        for member in members:
            snake = names.snake(member)
            if _does(snake, verb, op, naming):
                return naming.like(member, member)
    default = op if in_class else f"{op}_{(naming.plural if op == 'list' else naming.singular)}"
    return Case(default, naming.idents.initialisms).written(naming.idents.functions)


def _does(member: str, verb: str, op: str, naming: Naming) -> bool:
    if member.startswith("_") or not re.match(rf"{verb}(_|$)", member):
        return False
    rest = member[len(verb) :].strip("_")
    renamer = naming.renamer
    if renamer is None:
        return rest == ""
    if op == "list":
        return rest in ("", "all", renamer.old.plural)
    return rest in ("", "one", "by_id", renamer.old.singular)


def _route_symbols(
    study: Study, role: str, part: Part | None, sibling: Sibling | None, naming: Naming
) -> dict[str, str]:
    out = {"router": "router"}
    for op in VERBS:
        served = sibling.operations.get(op) if sibling is not None else None
        name = served.route.handler_name.rpartition(".")[2] if served is not None else ""
        default = f"{op}_{(naming.plural if op == 'list' else naming.singular)}"
        default = Case(default, naming.idents.initialisms).written(naming.idents.functions)
        out[op] = naming.like(name, _method_name(name) or default)
    return out


def _method_name(name: str) -> str:
    """A handler that bears no resource's words, such as a method ``List``, keeps its name."""
    return name if re.fullmatch(r"[A-Z][A-Za-z]*", name) else ""


def folder_of(path: str) -> str:
    """Return a path's folder with a final slash, or ``""``."""
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else f"{parent}/"
