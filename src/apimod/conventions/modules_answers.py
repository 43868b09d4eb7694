"""How the sibling's handlers answer: the calls by which they send one row, several, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.model import (
    DeleteStyle,
    EnvelopeStyle,
    ItemStyle,
    ListStyle,
    RespondStyle,
)
from apimod.conventions.modules_text import (
    STRINGS,
    arguments,
    callee,
    flat,
    nodes,
    root,
    snippet,
    strangers,
    text_of,
)
from apimod.values import At

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.places import Part
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.views import Snippet

NAMED_STATUSES = {
    "OK": 200,
    "CREATED": 201,
    "ACCEPTED": 202,
    "NO_CONTENT": 204,
}
ROLES = {
    "items": ("items", "data", "results", "docs", "rows", "records", "list", "content"),
    "total": ("total", "count", "total_results", "total_items", "total_count", "total_docs"),
    "page": ("page", "current_page", "page_number"),
    "limit": ("limit", "per_page", "page_size", "size"),
    "pages": ("pages", "total_pages", "page_count", "last_page"),
    "offset": ("offset", "skip"),
}
SENT = re.compile(
    r"^(?:await )?\w+(?:\.\w+\([^()]*(?:\([^()]*\))?[^()]*\))*\.(?:json|send|end|sendStatus)\("
)


@dataclass
class Answered:
    """What the handlers answer."""

    respond: RespondStyle = field(default_factory=RespondStyle)
    item: ItemStyle = field(default_factory=ItemStyle)
    delete: DeleteStyle = field(default_factory=DeleteStyle)
    envelope: EnvelopeStyle | None = None
    statuses: dict[str, int] = field(default_factory=dict)


def answered(study: Study, handlers: dict[str, At], words: Renamer) -> Answered:
    """Return how the sibling answers."""
    out = Answered()
    snippets: dict[str, Snippet] = {}
    for op, handler in handlers.items():
        sent = _last(study, handler)
        if sent is None:
            continue
        status = _status(sent)
        if status is not None and 200 <= status < 300:
            out.statuses[op] = status
        if op == "delete":
            out.delete, out.respond = _deleted(study, sent, status, out.respond)
        elif op == "list":
            out.envelope, listed = _listed(study, sent, words)
            out.respond = replace(out.respond, listed=listed)
        else:
            found = _row(study, sent, words)
            if found is not None:
                snippets[op], key = found
                out.item = ItemStyle(key)
    ok = snippets.get("get") or snippets.get("update")
    out.respond = replace(
        out.respond, ok=ok, created=snippets.get("create"), updated=snippets.get("update")
    )
    return out


def _last(study: Study, handler: At) -> At | None:
    """Return the statement's expression by which a handler answers in the end."""
    found: At | None = None
    for node in nodes(handler, "call_expression"):
        parent = node.parent
        while parent is not None and parent.type == "await_expression":
            parent = parent.parent
        if parent is None or parent.type not in (
            "expression_statement",
            "return_statement",
            "arrow_function",
        ):
            continue
        place = handler.to(node)
        text = flat(place.source.text(node))
        direct = SENT.match(text) and re.match(r"^(res|response|reply)\b", text)
        through = any(place.source.text(a) in ("res", "response") for a in arguments(node))
        by_method = re.search(r"\)\.send\((?:res|response)\)$", text)
        failed = re.search(
            r"status\(\s*(?:[45]\d\d|\w+\.(?:BAD|NOT|CONF|INTER|UNAU|FORB|UNPR)\w*)", text
        )
        if (direct or through or by_method) and not failed and not text.startswith("next("):
            found = place
    return found


def _status(sent: At) -> int | None:
    text = flat(sent.source.text(sent.node))
    found = re.search(r"\.(?:status|sendStatus)\(\s*(?:(\d{3})|[\w.]*\b([A-Z_]+))\s*\)", text)
    if found is None:
        return 200 if re.match(r"(res|response)\.(json|send)\(", text) else None
    return int(found[1]) if found[1] else NAMED_STATUSES.get(found[2])


def _row(study: Study, sent: At, words: Renamer) -> tuple[Snippet, str] | None:
    """Return the answer of one row with holes, and the key that the row stands under.

    None where the row stands alone, or is not found.
    """
    body = _body(sent, words)
    if body is None:
        return None
    node, key = body
    holes = [(node, "{body}")]
    for call in nodes(sent, "call_expression"):
        if callee(sent.to(call)).endswith(".location") and len(arguments(call)) == 1:
            holes.append((arguments(call)[0], "{location}"))
    one = snippet(study, sent, holes, "how one row is answered")
    filled = [hole for hole, _ in holes]
    known = frozenset({"res", "response", "req", "request"})
    free = [n for n in strangers(study, sent, known) if not _only_inside(sent, filled, n)]
    if free or not _needs_whole(one.text):
        return None
    return replace(one, text=one.text.rstrip(";") + ";"), key


def _needs_whole(text: str) -> bool:
    """Whether an answer is more than a status and a body: then it is written as the sibling's is."""
    return not re.match(
        r"^(res|response)(\.status\([^()]*\))?(\.location\(\{location\}\))?\.json\(\{body\}\);?$",
        text,
    )


def _only_inside(sent: At, filled: list[Node], name: str) -> bool:
    """Whether a name occurs nowhere but in the nodes that are left out."""
    every = nodes(sent, "identifier", "shorthand_property_identifier")
    return all(
        any(hole.start_byte <= n.start_byte < hole.end_byte for hole in filled)
        for n in every
        if sent.source.text(n) == name
    )


def _body(sent: At, words: Renamer) -> tuple[Node, str] | None:
    """Return the node that is the row, and the keys around it, joined by dots."""
    for call in nodes(sent, "call_expression"):
        for argument in arguments(call):
            found = _in_value(sent, argument, words, "")
            if found is not None:
                return found
    return None


def _in_value(sent: At, node: Node, words: Renamer, key: str) -> tuple[Node, str] | None:
    text = sent.source.text(node)
    if node.type == "object":
        for pair in node.named_children:
            if pair.type == "shorthand_property_identifier" and words.mentions(
                sent.source.text(pair)
            ):
                return None
            value, name = pair.child_by_field_name("value"), pair.child_by_field_name("key")
            if value is None or name is None:
                continue
            inner = sent.source.text(name).strip("'\"")
            found = _in_value(sent, value, words, f"{key}.{inner}" if key else inner)
            if found is not None:
                return found
        return None
    plain = node.type in ("identifier", "member_expression", "await_expression", "call_expression")
    if (
        plain
        and node.type not in STRINGS
        and (
            words.mentions(text)
            or re.fullmatch(r"(data|result|doc|item|record|entity|updated|created|saved)\w*", text)
        )
    ):
        return node, key
    return None


# --- lists -----------------------------------------------------------------------------------------


def _listed(study: Study, sent: At, words: Renamer) -> tuple[EnvelopeStyle | None, Snippet | None]:
    """Return the keys of a list's answer, and the answer with holes where it is more than these."""
    for node in nodes(sent, "object"):
        found = envelope_of(sent, node)
        if found is None:
            continue
        text = flat(sent.source.text(sent.node))
        if re.match(r"^(res|response)(\.status\([^()]*\))?\.json\(\{", text) and _known(sent, node):
            return found, None
        return found, _list_snippet(study, sent, node)
    return None, None


def _known(sent: At, node: Node) -> bool:
    return all(_role(k) for k in _keys(sent, node))


def _list_snippet(study: Study, sent: At, node: Node) -> Snippet | None:
    holes: list[tuple[Node, str]] = []
    for pair in nodes(sent.to(node), "pair"):
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        role = _role(sent.source.text(key).strip("'\"")) if key is not None else ""
        if role and value is not None and value.type != "object":
            holes.append((value, "{" + role + "}"))
    short = [
        n
        for n in nodes(sent.to(node), "shorthand_property_identifier")
        if _role(sent.source.text(n))
    ]
    holes += [(n, f"{sent.source.text(n)}: {{{_role(sent.source.text(n))}}}") for n in short]
    if not any(hole == "{items}" or hole.endswith(": {items}") for _, hole in holes):
        return None
    one = snippet(study, sent, holes, "how a list is answered")
    return replace(one, text=one.text.rstrip(";") + ";")


def envelope_of(at: At, node: Node) -> EnvelopeStyle | None:
    """Return the keys by which an object shows a page of a list; None where it shows none."""
    found: dict[str, str] = {}
    for key in _keys(at, node):
        role = _role(key)
        if role:
            found.setdefault(role, key)
    if "items" not in found or "total" not in found and "pages" not in found:
        return None
    return EnvelopeStyle(
        items=found["items"],
        total=found.get("total", "total"),
        page=found.get("page", ""),
        limit=found.get("limit", ""),
        pages=found.get("pages", ""),
        offset=found.get("offset", ""),
    )


def _keys(at: At, node: Node, prefix: str = "") -> list[str]:
    out: list[str] = []
    for pair in node.named_children:
        if pair.type == "shorthand_property_identifier":
            out.append(prefix + at.source.text(pair))
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is None or value is None:
            continue
        name = prefix + at.source.text(key).strip("'\"")
        out += _keys(at, value, f"{name}.") if value.type == "object" else [name]
    return out


def _role(key: str) -> str:
    from apimod import names

    last = names.snake(key.rpartition(".")[2])
    return next((role for role, words in ROLES.items() if last in words), "")


def list_style(study: Study, parts: dict[str, Part], shown: EnvelopeStyle | None) -> ListStyle:
    """Return how lists are asked for and answered; a page that another place makes counts too."""
    envelope = shown or _made(study)
    texts = "\n".join(
        text_of(parts[r].source)
        for r in ("schema", "controller", "routes", "service")
        if r in parts
    )
    style = ListStyle()
    if envelope is None:
        return style

    def named(*words: str) -> str:
        return next((w for w in words if re.search(rf"\b{w}\b", texts)), "")

    page, offset = named("page", "pageNumber"), named("offset", "skip")
    paged = bool(page) or not offset
    limit = named("limit", "perPage", "per_page", "pageSize", "take") or "limit"
    most = re.search(rf"\b{limit}\b[^,\n]*max\((\d+)\)", texts)
    usual = re.search(rf"\b{limit}\b[^,\n]*(?:default\(|\|\| |\?\? |= )(\d+)", texts)
    return replace(
        style,
        style="page" if paged else "offset",
        page=page or "page",
        limit=limit,
        offset=offset or "offset",
        search=named("search", "keyword") or "search",
        default_limit=int(usual[1]) if usual and 0 < int(usual[1]) <= 100 else 20,
        max_limit=min(int(most[1]), 100) if most else 100,
        envelope=envelope if paged or envelope.offset else replace(envelope, page="", pages=""),
    )


def _made(study: Study) -> EnvelopeStyle | None:
    """Return the keys of a page that some helper of the project makes."""
    for path in study.paths:
        source = study.code.source(path)
        if source is None or not re.search(
            rb"(?i)total_?(?:pages|results|count|items)|pageCount", source.data
        ):
            continue
        for node in nodes(root(study, source), "object"):
            found = envelope_of(At(source, node), node)
            if found is not None and (found.page or found.offset) and found.limit:
                study.learn("how pages are answered", At(source, node))
                return found
    return None


# --- deletes -----------------------------------------------------------------------------------------


def _deleted(
    study: Study, sent: At, status: int | None, respond: RespondStyle
) -> tuple[DeleteStyle, RespondStyle]:
    code = status if status in (200, 202, 204) else 204
    text = flat(sent.source.text(sent.node))
    if code == 204:
        one = snippet(study, sent, [], "what a delete answers")
        free = strangers(study, sent, frozenset({"res", "response"}))
        plain = re.fullmatch(r"(res|response)\.status\(204\)\.end\(\)", text)
        kept = None if free or plain else replace(one, text=one.text.rstrip(";") + ";")
        return DeleteStyle(status=204), replace(respond, deleted=kept)
    strings = list(nodes(sent, *STRINGS))
    free = strangers(study, sent, frozenset({"res", "response", "req"}))
    if free or not strings:
        return DeleteStyle(status=code), respond
    texts = [s for s in strings if " " in sent.source.text(s)] or strings
    one = snippet(study, sent, [(texts[-1], "{message}")], "what a delete answers")
    return DeleteStyle(status=code), replace(
        respond, deleted=replace(one, text=one.text.rstrip(";") + ";")
    )
