"""All conventions of a project whose handlers are functions of typed parameters, asked once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.model import (
    AuthStyle,
    Conventions,
    DocStyle,
    IdStyle,
    OwnerStyle,
    SchemaStyle,
    SessionStyle,
)
from apimod.conventions.places import Part
from apimod.conventions.typed_errors import error_style
from apimod.conventions.typed_handlers import (
    Given,
    Handlers,
    argument,
    calls,
    every_handler,
    handlers,
    session_in,
)
from apimod.conventions.typed_lists import list_style
from apimod.conventions.typed_shown import item_style
from apimod.conventions.typed_structs import (
    Field,
    fields_of,
    id_style,
    kind_of,
    timestamps,
    wire_case,
)
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apimod.conventions.handlers import Parameter
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer

OWNERS = ("owner_id", "user_id", "account_id", "author_id", "created_by")


@dataclass
class Typed:
    """What was learnt of a sibling."""

    conventions: Conventions
    handlers: Handlers = field(default_factory=Handlers)
    parts: dict[str, Part] = field(default_factory=dict)
    parameters: dict[str, list[Parameter]] = field(default_factory=dict)
    model: At | None = None
    bodies: dict[str, At] = field(default_factory=dict)


def taught(study: Study, sibling: Sibling, words: Renamer, param: str) -> Typed:
    """Ask every question of the sibling."""
    found = handlers(study, sibling)
    model = _model(study, sibling, words)
    fields = fields_of(study, model) if model is not None else []
    bodies = {
        key: given.classes[0]
        for op, role, key in (
            ("create", "body", "create"), ("update", "body", "update"), ("list", "query", "query"),
        )
        if op in found.by_op and (given := found.by_op[op].of(role)) is not None and given.classes
    }  # fmt: skip
    guarded = any(s.endpoint.auth for s in sibling.operations.values())
    user = found.first("user")
    travels = [*bodies.values(), *([model] if model is not None else [])]
    wire = next((case for c in bodies.values() if (case := wire_case(study, c))), "")
    conventions = Conventions(
        async_=True,
        id=_id(study, model, fields, found, param),
        timestamps=timestamps(study, model, fields, wire)
        if model is not None
        else Conventions().timestamps,
        owner=_owner(study, found, user, fields) if user is not None else None,
        session=_session(study, found),
        schema=SchemaStyle(camel=any(wire_case(study, c) == "camel" for c in travels)),
        list=list_style(study, found.by_op.get("list")),
        item=item_style(found.by_op.get("get")),
        errors=error_style(study, found),
        auth=AuthStyle(user=user.name if user is not None else "") if guarded else None,
        docs=DocStyle(docstrings=_documented(found)),
    )
    parts = _parts(study, found, model, bodies, words)
    every = {op: [g.parameter for g in h.given] for op, h in found.by_op.items()}
    return Typed(conventions, found, parts, every, model, bodies)


def untaught(study: Study, param: str) -> Conventions:
    """Ask what can be asked of a project that serves no resource yet."""
    found = every_handler(study)
    return replace(
        Conventions(async_=True),
        id=IdStyle(param=param),
        session=_session(study, found),
        errors=error_style(study, found),
    )


def _model(study: Study, sibling: Sibling, words: Renamer) -> At | None:
    """Return the struct that bears the sibling's name alone."""
    wanted = sibling.singular.replace("_", "")
    named = [at for name, at in study.classes_known.structs if name.lower() == wanted]
    rows = [at for at in named if any(f.name == "id" for f in fields_of(study, at))]
    return next(iter(rows or named), None)


def _id(
    study: Study, model: At | None, fields: list[Field], found: Handlers, param: str
) -> IdStyle:
    if model is not None and fields:
        return id_style(study, model, fields, param)
    asked = found.first("path")
    if asked is None or asked.inner is None:
        return IdStyle(param=param)
    text = asked.inner.source.text(asked.inner.node)
    return IdStyle(type=kind_of(text), param=param, annotation=study.snippet(asked.inner))


def _session(study: Study, found: Handlers) -> SessionStyle:
    """Return how handlers are given the database, and what they hand to the layer below."""
    given = found.first("session")
    if given is None:
        found = every_handler(study)
        given = found.first("session")
    if given is None:
        return SessionStyle(name="pool")
    study.learn("how a handler reaches the database", given.parameter.at)
    inside = session_in(study, given.inner, given.classes) if given.inner is not None else ""
    return SessionStyle(
        name=given.name,
        param=given.parameter.text,
        annotation=_pool_type(study, given, inside or ""),
        field=inside or "",
        expression=_handed(found, given.name) or _plain(given.name, inside or ""),
    )


def _plain(name: str, inside: str) -> str:
    return f"&{name}.{inside}" if inside else f"&{name}"


def _pool_type(study: Study, given: Given, inside: str) -> Snippet | None:
    """Return the type of the database's pool."""
    if not inside:
        return study.snippet(given.inner) if given.inner is not None else None
    for cls in given.classes:
        for each in fields_of(study, cls):
            if each.name == inside:
                return study.snippet(each.type)
    return None


def _handed(found: Handlers, name: str) -> str:
    """Return the argument with which most handlers hand the database on."""
    shown: list[str] = []
    for handler in found.all:
        text = handler.at.source.text(handler.at.node)
        shape = (
            rf"[(,]\s*(&?\*{{0,2}}{re.escape(name)}(?:\.(?!await|clone\(\))\w+(?:\(\))?)*)\s*[,)]"
        )
        shown += re.findall(shape, text.partition("{")[2])
    return max(dict.fromkeys(shown), key=shown.count, default="")


def _owner(study: Study, found: Handlers, user: Given, fields: list[Field]) -> OwnerStyle | None:
    """Return the field of a row's owner, where handlers hand the caller's id to the store."""
    by_name = {f.name: f for f in fields}
    shape = re.compile(rf"(?<![\w.])({re.escape(user.name)}(?:\.\w+(?:\(\))?)+)")
    passed = [
        match[1]
        for handler in found.all
        for match in shape.finditer(handler.at.source.text(handler.at.node).partition("{")[2])
    ]
    owner = next((by_name[n] for n in OWNERS if n in by_name), None)
    if owner is None or not passed:
        return None
    study.learn(f"rows belong to a user, by {owner.name}", owner.type)
    return OwnerStyle(
        field=owner.name,
        user_id=max(dict.fromkeys(passed), key=passed.count),
        id_type=kind_of(owner.written),
        annotation=study.snippet(owner.type),
        readable="skip" not in owner.notes,
        symbol=owner.name,
        wire=owner.wire,
    )


def _documented(found: Handlers) -> bool:
    """Whether comments stand above most handlers."""
    marks = []
    for handler in found.all:
        before = handler.at.node.prev_sibling
        while before is not None and before.type == "attribute_item":
            before = before.prev_sibling
        marks.append(before is not None and before.type.endswith("comment"))
    return sum(marks) * 2 > len(marks)


def _parts(
    study: Study, found: Handlers, model: At | None, bodies: dict[str, At], words: Renamer
) -> dict[str, Part]:
    """Return the files of the sibling's parts by role."""
    out: dict[str, Part] = {}

    def put(role: str, places: list[At]) -> None:
        if places:
            path = places[0].source.path
            named = {study.language.qualified_name(a.source, a.node): a for a in places
                     if a.source.path == path}  # fmt: skip
            out[role] = Part(role, places[0].source, named)

    put("routes", [h.at for h in found.all])
    if model is not None:
        put("model", [model])
    put("schema", [c for c in bodies.values() if words.mentions(study.ev.name_of(c))])
    for role, places in _layers(study, found, words).items():
        put(role, places)
    return out


def _layers(study: Study, found: Handlers, words: Renamer) -> dict[str, list[At]]:
    """Return the functions below the handlers that bear the sibling's name, by layer."""
    out: dict[str, list[At]] = {}
    own = {h.at.source.path for h in found.all}
    todo = [h.at for h in found.all]
    for _ in range(3):
        below = [to for at in todo for _, to in calls(study, at)]
        todo = []
        for at in below:
            role = _layer(study, at, words)
            known = any(a.node.id == at.node.id for places in out.values() for a in places)
            if role and not known and at.source.path not in own:
                out.setdefault(role, []).append(at)
                todo.append(at)
    return out


def _layer(study: Study, at: At, words: Renamer) -> str:
    """Return the layer of a function: as its file's words say, else by being handed a session."""
    name = study.language.qualified_name(at.source, at.node)
    if not (words.mentions(at.source.path) or words.mentions(name)):
        return ""
    role = study.role_by_words(at.source.path, name)
    if role in ("service", "repository"):
        return role
    return "repository" if any(_takes_session(study, at)) else ""


def _takes_session(study: Study, at: At) -> Iterator[bool]:
    for param in study.language.params(at.source, at.node):
        if param.type is not None:
            typed = at.to(param.type)
            inner = argument(typed)
            names = study.type_names(typed) | (study.type_names(inner) if inner else frozenset())
            yield bool(names & study.types("session"))


__all__ = ["Typed", "taught", "untaught"]
