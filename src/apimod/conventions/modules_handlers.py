"""How the sibling's handlers are written, what stands before them, and how input is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.model import HandlerStyle, ValidateStyle
from apimod.conventions.modules_text import (
    FUNCTIONS,
    arguments,
    callee,
    flat,
    needed,
    nodes,
    offers,
    root,
    snippet,
    strangers,
    text_of,
)
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.places import Part
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.routes import Served

HOLDERS = (
    "variable_declarator",
    "pair",
    "assignment_expression",
    "public_field_definition",
    "field_definition",
)
PARTS = ("body", "query", "params")


@dataclass
class Standing:
    """What stands at a sibling's routes: middleware by operation, and how input is checked."""

    chain: dict[str, tuple[Snippet, ...]] = field(default_factory=dict)
    validate: ValidateStyle = field(default_factory=ValidateStyle)


# --- handlers ------------------------------------------------------------------------------------


def handlers_of(sibling: Sibling, parts: dict[str, Part]) -> dict[str, At]:
    """Return the functions that answer, by operation, as they are written.

    A handler's own definition may be what a wrapper made of it; so it is looked for by its name.
    """
    out: dict[str, At] = {}
    for op, served in sibling.operations.items():
        name = served.route.handler_name.rpartition(".")[2]
        places = [
            p.symbols[name]
            for r in ("controller", "routes")
            if (p := parts.get(r)) is not None and name in p.symbols
        ]
        named = served.route.fact.one("handler")
        written = At(served.route.fact.source, named) if named is not None else None
        for place in (*places, *_members(parts, name), written, served.handler):
            function = next(nodes(place, *FUNCTIONS), None) if place is not None else None
            if place is not None and function is not None:
                out[op] = place.to(function)
                break
    return out


def _members(parts: dict[str, Part], name: str) -> list[At]:
    """Return the members of that name of what the handlers' file defines."""
    part = parts.get("controller")
    out: list[At] = []
    for at in part.symbols.values() if part is not None else ():
        for node in nodes(
            at, "method_definition", "public_field_definition", "field_definition", "pair"
        ):
            key = (
                node.child_by_field_name("name")
                or node.child_by_field_name("property")
                or node.child_by_field_name("key")
            )
            if key is not None and at.source.text(key) == name:
                out.append(at.to(node))
    return out


def handler_style(
    study: Study, sibling: Sibling, handlers: dict[str, At], waits: bool
) -> HandlerStyle:
    """Return how handlers are written. ``waits``: the framework sees what async handlers throw."""
    styles = [_style(study, sibling.operations[op], at, waits) for op, at in handlers.items()]
    if not styles:
        return HandlerStyle(forward=not waits)
    wrapped = [s for s in styles if s.wrap is not None]
    return (wrapped or styles)[0]


def _style(study: Study, served: Served, handler: At, waits: bool) -> HandlerStyle:
    function = handler.node
    wrap, at = _wrapper(study, served, handler.to(function))
    params = [n for n in _parameters(function)]
    names = [_bare(handler, n) for n in params]
    types = [_type(study, handler.to(n)) for n in params]
    declared = function.type in ("function_declaration", "method_definition")
    holder = function.parent
    typed_as = None
    if holder is not None and holder.type in HOLDERS:
        annotation = holder.child_by_field_name("type")
        typed_as = _annotated(study, handler.to(annotation)) if annotation is not None else None
    style = HandlerStyle(
        style="function" if declared else "arrow",
        wrap=wrap,
        wrap_at=at,
        forward=wrap is None and not waits,
        request=_plain(names, 0, "req"),
        response=_plain(names, 1, "res"),
        next=_plain(names, 2, "next"),
        request_type=types[0] if types else None,
        response_type=types[1] if len(types) > 1 else None,
        next_type=types[2] if len(types) > 2 else None,
        typed_as=typed_as,
        returns=function.child_by_field_name("return_type") is not None,
    )
    study.learn("how handlers are written", handler)
    return style


def _parameters(function: Node) -> list[Node]:
    given = function.child_by_field_name("parameters")
    one = function.child_by_field_name("parameter")
    if given is None:
        return [one] if one is not None else []
    return [n for n in given.named_children if n.type != "comment"]


def _bare(at: At, param: Node) -> str:
    pattern = param.child_by_field_name("pattern")
    return at.source.text(pattern or param)


def _plain(names: list[str], index: int, default: str) -> str:
    """Return a parameter's name; the usual one where it is not used, or taken apart."""
    name = names[index] if index < len(names) else default
    return name if re.fullmatch(r"[A-Za-z$][\w$]*", name) else default


def _type(study: Study, param: At) -> Snippet | None:
    annotation = param.node.child_by_field_name("type")
    return _annotated(study, param.to(annotation)) if annotation is not None else None


def _annotated(study: Study, annotation: At) -> Snippet | None:
    """Return a type as it is written; a type with arguments is the sibling's own business."""
    text = annotation.source.text(annotation.node).lstrip(":").strip()
    if not re.fullmatch(r"[\w.]+", text):
        return None
    return Snippet(text, needed(study, annotation))


def _wrapper(study: Study, served: Served, function: At) -> tuple[Snippet | None, str]:
    """Return what stands around a handler's function, or around its name in the route."""
    parent = function.node.parent
    call = parent.parent if parent is not None and parent.type == "arguments" else None
    if call is not None and call.type == "call_expression" and len(arguments(call)) == 1:
        place = function.to(call)
        if re.fullmatch(r"[\w.]+", callee(place)) and not strangers(
            study, place.to(call.child_by_field_name("function") or call)
        ):
            inline = call.parent is None or call.parent.type not in (*HOLDERS, "export_statement")
            where = "registration" if inline else "definition"
            return snippet(study, place, [(function.node, "{}")], "what waits for handlers"), where
    named = served.route.fact.one("handler")
    if named is not None:
        place = At(served.route.fact.source, named)
        inner = arguments(named) if named.type == "call_expression" else []
        if len(inner) == 1 and inner[0].type in ("identifier", "member_expression"):
            found = snippet(study, place, [(inner[0], "{}")], "what waits for handlers")
            return found, "registration"
    return None, "definition"


# --- what stands before them ---------------------------------------------------------------------


def standing(
    study: Study,
    sibling: Sibling,
    parts: dict[str, Part],
    handlers: dict[str, At],
    checkers: tuple[str, ...],
) -> Standing:
    """Return each route's middleware, that which checks input apart.

    ``checkers`` are patterns for how handlers check input themselves, by the libraries in use:
    their groups are ``schema`` and ``input``.
    """
    out = Standing()
    for op, served in sibling.operations.items():
        kept: list[Snippet] = []
        for node in served.route.fact.all("middleware"):
            place = At(served.route.fact.source, node)
            schema = _schema_in(study, place, parts)
            if schema is not None:
                out.validate = _middleware(study, place, schema, parts, out.validate)
            elif not _checks(place):
                kept.append(snippet(study, place, [], "what stands before handlers"))
        out.chain[op] = tuple(kept)
    if out.validate.call is None:
        out.validate = _inside(study, handlers, checkers) or out.validate
    return out


def before_all(study: Study, parts: dict[str, Part], words: Renamer) -> tuple[Snippet, ...]:
    """Return the statements of the routes' file that put something before all handlers there."""
    part = parts["routes"]
    out: list[Snippet] = []
    for statement in root(study, part.source).node.named_children:
        place = At(part.source, statement)
        text = flat(place.source.text(statement))
        found = re.match(r"(\w+)\.use\((?!\s*['\"`/])", text)
        if found is None or not words.mentions(text.split(".use(")[0]) and found[1] not in ROUTERS:
            continue
        call = statement.named_children[0]
        receiver = next((n for n in nodes(place, "identifier")), None)
        if receiver is None or strangers(study, place) or call.type != "call_expression":
            continue
        one = snippet(study, place, [(receiver, "{router}")], "what stands before all handlers")
        out.append(replace(one, text=one.text.rstrip(";") + ";"))
    return tuple(out)


ROUTERS = ("router", "route", "routes", "api")


def _checks(place: At) -> bool:
    return bool(re.search(r"(?i)validat|schema", place.source.text(place.node)))


def _schema_in(study: Study, place: At, parts: dict[str, Part]) -> Node | None:
    """Return the outermost expression that names something of the sibling's schemas."""
    part = parts.get("schema")
    if part is None:
        return None
    given = offers(study, place.source)
    for node in nodes(place, "identifier"):
        name = place.source.text(node)
        need = given.get(name)
        called = node.parent is not None and node.parent.child_by_field_name("function") == node
        if called:
            continue
        ours = need is not None and need.module == f"/{part.path}"
        through = need is not None and need.name in part.symbols
        barrel = need is not None and not ours and re.search(r"(?i)validat|schema|rule", name)
        if ours or through or barrel:
            up = node
            while up.parent is not None and up.parent.type == "member_expression":
                up = up.parent
            return up
    return None


def _middleware(
    study: Study, place: At, schema: Node, parts: dict[str, Part], known: ValidateStyle
) -> ValidateStyle:
    """Return how middleware checks input, of one place that shows it."""
    if known.call is not None and known.style == "request":
        return known
    text = place.source.text(place.node)
    if schema.id == place.node.id or text.startswith("..."):
        found = snippet(study, place, [(schema, "{schema}")], "how input is checked")
        return ValidateStyle("rules", found)
    holes = [(schema, "{schema}")]
    shape = _shape(parts["schema"], place.source.text(schema))
    for node in nodes(place, "string"):
        if place.source.text(node)[1:-1] in PARTS:
            quoted = place.source.text(node)
            holes.append((node, quoted[0] + "{part}" + quoted[0]))
    found = snippet(study, place, holes, "how input is checked")
    style = "request" if shape == "request" else "part"
    return replace(known, style=style, call=found, parsed=_parsed(study, place), status=400)


def _shape(part: Part, schema: str) -> str:
    """Tell what a schema is of: a whole request, or a part of one."""
    at = part.symbols.get(schema.rpartition(".")[2])
    text = at.source.text(at.node) if at is not None else ""
    whole = re.search(r"(?:^\s*|[{(,]\s*)(body|query|params)\s*[:,}]", text, re.MULTILINE)
    return "request" if whole else "part"


def _parsed(study: Study, place: At) -> str:
    """Return where middleware leaves what it has converted, as its own file shows it."""
    need = offers(study, place.source).get(callee(place).partition(".")[0])
    source = study.code.source(need.module[1:]) if need is not None else None
    text = text_of(source) if source is not None else ""
    if re.search(r"Object\.assign\(\s*req\s*,", text):
        return "req.{part}"
    found = re.search(r"\b((?:req|res)\.(?:locals\.)?valid\w*)\b\s*=", text)
    if found:
        return found[1] + ".{part}"
    if re.search(r"\breq\.body\s*=", text) and re.search(r"\breq\.query\s*=", text):
        return "req.{part}"
    return ""


def _inside(
    study: Study, handlers: dict[str, At], checkers: tuple[str, ...]
) -> ValidateStyle | None:
    """Return how handlers check input themselves."""
    for handler in handlers.values():
        for call in nodes(handler, "call_expression", "await_expression"):
            place = handler.to(call)
            text = flat(place.source.text(call))
            for pattern in checkers:
                found = re.fullmatch(pattern, text)
                if found is None:
                    continue
                written = text.replace(found["schema"], "{schema}", 1)
                written = written.replace(found["input"], "{input}")
                inside = [
                    n
                    for n in nodes(place, "identifier")
                    if place.source.text(n) not in found["schema"]
                    and place.source.text(n) not in found["input"]
                ]
                given = offers(study, place.source)
                needs = tuple(given[t] for n in inside if (t := place.source.text(n)) in given)
                evidence = study.learn("how input is checked", place)
                return ValidateStyle("parse", Snippet(written, needs, evidence))
    return None
