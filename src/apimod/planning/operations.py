"""The asked operations as their routes and handlers are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from apimod.conventions.handlers import CARRIED
from apimod.conventions.shape import status
from apimod.values import At
from apimod.views import ImportNeed, Operations, OperationView, Snippet

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.placing import Placing
    from apimod.rename import Renamer
    from apimod.routes import Served

ITEM = ("get", "update", "delete")
STATUSES = {"create": 201, "list": 200, "get": 200, "update": 200, "delete": 204}
_WORDS = re.compile(r"""(["'])((?:(?!\1)[^\\\n]|\\.)*)\1|[A-Za-z_]\w*""")
"""A string with its quote and its content, or a name."""
HOLDS_DATA = ("session", "service", "repository")
NEAREST = {
    "create": ("create", "update", "delete", "get", "list"),
    "list": ("list", "get", "create", "update", "delete"),
    "get": ("get", "list", "update", "create", "delete"),
    "update": ("update", "create", "delete", "get", "list"),
    "delete": ("delete", "update", "create", "get", "list"),
}


def operations(builder: Builder, placing: Placing) -> Operations:
    """Return a view of each asked operation."""
    made = {op: _operation(builder, placing, op) for op in builder.target.operations}
    return Operations(**made)


def _operation(builder: Builder, placing: Placing, op: str) -> OperationView:
    target, sibling = builder.target, builder.sibling
    url = target.url(op)
    nearest = nearest_of(builder, op)
    served = sibling.operations[nearest] if sibling is not None and nearest else None
    words = builder.request.resource
    one, many = words.singular.replace("_", " "), words.plural.replace("_", " ")
    from apimod import names

    summaries = {
        "create": f"Create {names.article(one)} {one}",
        "list": f"List {many}",
        "get": f"Get {names.article(one)} {one}",
        "update": f"Update {names.article(one)} {one}",
        "delete": f"Delete {names.article(one)} {one}",
    }
    decorators = (*_decorators(builder, served, op), *builder.way.caller_checks(placing))
    limited = any(s.text.startswith("@") for s in decorators)
    return OperationView(
        name=op,
        method=target.methods[op],
        path=builder.way.written_path(builder, placing.route_path(url)),
        full_path=url,
        status=_status(builder, op),
        summary=summaries[op],
        params=_params(builder, placing, nearest, limited),
        decorators=decorators,
        auth=placing.roles.get("auth") is not None or _guarded(builder, nearest, served),
        errors=_errors(op),
        doc_path=url.removeprefix(builder.lesson.documented),
    )


def nearest_of(builder: Builder, op: str) -> str:
    """Return the sibling's operation that a new one is to be like; ``""`` where it has none.

    Where anybody may create siblings (to sign up, say) and others may not change them, a new
    resource is created as it is changed.
    """
    served = builder.sibling.operations if builder.sibling is not None else {}
    near = next((o for o in NEAREST[op] if o in served), "")
    if not builder.way.creates_as_changes or op != "create" or near != "create":
        return near
    others = [o for o in ("update", "delete") if o in served]
    if others and not _guarded(builder, near, served[near]):
        if all(_guarded(builder, o, served[o]) for o in others):
            return others[0]
    return near


def _guarded(builder: Builder, nearest: str, served: Served | None) -> bool:
    """Whether the new route asks who calls, as its nearest sibling does."""
    if served is None:
        return builder.lesson.user is not None
    if served.endpoint.auth is not None:
        return served.endpoint.auth
    given = builder.lesson.parameters.get(nearest, [])
    return any(p.role == "user" for p in given) or any(
        builder.study.checks(use.at) for use in served.uses
    )


def _errors(op: str) -> tuple[int, ...]:
    return {"create": (409,), "get": (404,), "update": (404, 409), "delete": (404, 409)}.get(op, ())


def _status(builder: Builder, op: str) -> int:
    sibling = builder.sibling
    served = sibling.operations.get(op) if sibling is not None else None
    if op == "delete":
        return int(builder.lesson.conventions.delete.status)
    if served is None:
        return STATUSES[op]
    if op in builder.lesson.statuses:
        return builder.lesson.statuses[op]
    declared = status(builder.study, served)
    if declared is not None and 200 <= declared < 300 and declared != 204:
        return declared
    unsaid = op == "create" and declared is None and builder.way.default_status
    return builder.default_status if unsaid else STATUSES[op]


def _params(builder: Builder, placing: Placing, nearest: str, limited: bool) -> tuple[Snippet, ...]:
    """Return the parameters that the nearest sibling operation is given, with the new words."""
    out = []
    for param in builder.lesson.parameters.get(nearest, []):
        if param.role not in CARRIED or (param.role == "request" and not limited):
            continue
        out.append(renamed(param.text, builder.words))
    auth = placing.roles.get("auth")
    if auth is not None and "caller" in auth.symbols:
        caller = auth.symbols["caller"]
        out.append(Snippet(f"_caller: {caller}", (ImportNeed(auth.module, caller),)))
    if not nearest and builder.lesson.user is not None:
        out.append(builder.lesson.user.text)
    if not any(p.role in HOLDS_DATA for p in builder.lesson.parameters.get(nearest, [])):
        out += _session(builder, placing)
    return tuple(out)


def _session(builder: Builder, placing: Placing) -> list[Snippet]:
    """Return the parameter that brings a session, where the nearest sibling has none."""
    database = placing.roles.get("database")
    if database is not None:
        text = builder.pack.by_name[placing.units["database"]].table("roles").get("param", "")
        needs = tuple(ImportNeed(database.module, name) for name in database.symbols.values())
        return [Snippet(text, needs)] if text else []
    layered = placing.roles.get("service") or placing.roles.get("repository")
    param = builder.lesson.conventions.session.param
    return [param] if param is not None and (layered is None or layered.form != "class") else []


def renamed(
    snippet: Snippet, words: Renamer | None, string: Callable[[str], str] | None = None
) -> Snippet:
    """Return a snippet with the new resource's words in its names, strings and imports.

    ``string`` gives what a string that bears the sibling's words shall hold.
    """
    if words is None:
        return snippet
    in_string = string or words.string
    shared = {n.alias or n.name for n in snippet.imports if _is_shared(n, words)}

    def replaced(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0] if found[0] in shared else _name(found[0], words)
        text = in_string(found[2]) if words.mentions(found[2]) else found[2]
        return f"{found[1]}{text}{found[1]}"

    text = _WORDS.sub(replaced, snippet.text)
    needs = tuple(
        n
        if _is_shared(n, words)
        else ImportNeed(
            words.path(n.module)
            if n.module.startswith("/")
            else ".".join(_name(p, words) for p in n.module.split(".")),
            _name(n.name, words) if n.name else n.name,
            _name(n.alias, words) if n.alias else n.alias,
        )
        for n in snippet.imports
    )
    return Snippet(text, needs, snippet.evidence)


def _is_shared(need: ImportNeed, words: Renamer) -> bool:
    """Whether an import takes from a file that is not the sibling's own, which keeps its names."""
    return need.module.startswith("/") and not words.mentions(need.module)


def _name(name: str, words: Renamer) -> str:
    return words.identifier(name) if words.mentions(name) else name


def _decorators(builder: Builder, served: Served | None, op: str) -> tuple[Snippet, ...]:
    """Return what stands at the sibling's route beside its path: guards, and rate limits."""
    if served is None or served.handler is None:
        return ()
    return builder.way.standing(builder, served, op)


def decorating(builder: Builder, served: Served) -> tuple[Snippet, ...]:
    """Return a sibling's decorators, and what stands before its handler, as route arguments."""
    out: list[Snippet] = []
    handler = served.handler
    assert handler is not None
    for node in builder.study.language.decorators(handler.source, handler.node):
        if node.id == served.route.fact.node.id or node.text == served.route.fact.node.text:
            continue
        snippet = builder.study.snippet(At(handler.source, node), "a decorator of siblings")
        if not (builder.words and builder.words.mentions(snippet.text)):
            out.append(Snippet(f"@{snippet.text}", snippet.imports, snippet.evidence))
    guards = []
    for use in served.route.uses:
        if use.scope == "route":
            snippet = builder.study.snippet(use.at, "what stands before a sibling's handler")
            if not (builder.words and builder.words.mentions(snippet.text)):
                guards.append(snippet)
    return (*out, *_as_arguments(builder, guards))


def _as_arguments(builder: Builder, guards: list[Snippet]) -> list[Snippet]:
    """Write what stands before a handler as its route's arguments: by position, or in a list."""
    framework = builder.pack.by_name[builder.request.framework]
    selectors = framework.table("arguments").get("route", {}).get("middleware", ())
    keyword = next((s for s in selectors if isinstance(s, str) and s.isidentifier()), "")
    if not keyword or not guards:
        return guards
    needs = tuple(dict.fromkeys(n for g in guards for n in g.imports))
    listed = ", ".join(g.text for g in guards)
    return [Snippet(f"{keyword}=[{listed}]", needs, guards[0].evidence)]
