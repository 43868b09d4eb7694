"""The shape that siblings give to lists, answers and statuses."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from apimod import names
from apimod.conventions.columns import Column
from apimod.conventions.model import EnvelopeStyle, ListStyle
from apimod.values import At, Constant, External, Text
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.handlers import Parameter
    from apimod.conventions.study import Study
    from apimod.routes import Served

PAGE = frozenset("page page_number pagenum page_no".split())
LIMIT = frozenset(
    "limit size per_page page_size items_per_page pagesize perpage take max_results".split()
)
OFFSET = frozenset("offset skip start".split())
SEARCH = frozenset("search q query keyword".split())
SORT = frozenset("sort sort_by order_by ordering orderby sortby".split())
TOTAL = frozenset("total count total_count total_items number_of_items".split())
PAGES = frozenset("pages total_pages page_count num_pages last_page".split())
_PHRASES = {re.sub(r"\W|_", "", s.name).lower(): s.value for s in HTTPStatus}


def status(study: Study, served: Served) -> int | None:
    """Return the success status that a route declares; None where it declares none."""
    node = served.route.fact.one("status")
    if node is None:
        return None
    at = At(served.route.fact.source, node, served.route.frame)
    return status_value(study, at)


def status_value(study: Study, at: At) -> int | None:
    """Return the number of a status: a literal, or a name as HTTP phrases it."""
    for value in study.ev.evaluate(at):
        if isinstance(value, Constant | Text) and value.text.isdigit():
            return int(value.text)
        if isinstance(value, External):
            return status_named(value.name)
    return status_named(at.source.text(at.node))


def status_named(name: str) -> int | None:
    """Return the number in or behind a status's name: ``HTTP_201_CREATED``, ``StatusCreated``."""
    last = re.split(r"[./]", name)[-1]
    number = re.search(r"(?<!\d)([1-5]\d\d)(?!\d)", last)
    if number:
        return int(number[1])
    return _PHRASES.get(re.sub(r"^status|\W|_", "", last.lower()))


def list_style(study: Study, served: Served | None, params: list[Parameter]) -> ListStyle:
    """Return how the sibling's list is asked for and answered."""
    asked = _asked(study, params)
    page = next((n for n in asked if n in PAGE), "")
    offset = next((n for n in asked if n in OFFSET), "")
    limit = next((n for n in asked if n in LIMIT), "")
    default = asked.get(limit)
    envelope, found = _envelope(study, served)
    by_offset = bool(offset) and not page
    if not (page or offset):
        envelope = envelope if found and envelope.total else EnvelopeStyle()
    if served is not None and (page or offset) and served.handler is not None:
        study.learn("paging by offset" if by_offset else "paging by number", served.handler)
    return ListStyle(
        style="offset" if by_offset else "page",
        page=page or "page",
        offset=offset or "offset",
        limit=limit or "limit",
        search=next((n for n in asked if n in SEARCH), "search"),
        sort=next((n for n in asked if n in SORT), "sort"),
        default_limit=min(default, 100) if default else 20,
        envelope=envelope if found else _default_envelope(by_offset),
    )


def _default_envelope(by_offset: bool) -> EnvelopeStyle:
    return EnvelopeStyle(page="", pages="", offset="offset") if by_offset else EnvelopeStyle()


def _asked(study: Study, params: list[Parameter]) -> dict[str, int | None]:
    """Return the names of a list's query parameters with their whole-number defaults."""
    out: dict[str, int | None] = {}
    for param in params:
        if param.role != "query":
            continue
        schemas = [cls for cls in param.classes if study.is_schema(cls)]
        if not schemas:
            out[names.snake(param.name)] = _number(param.text.text)
        for cls in schemas:
            for column in schema_fields(study, cls):
                out[names.snake(column.name)] = _number(column.text)
    return out


def _number(text: str) -> int | None:
    found = re.search(r"(?:=|default=|Query\()\s*(\d+)", text)
    return int(found[1]) if found else None


def schema_fields(study: Study, cls: At) -> list[Column]:
    """Return the fields of what travels, inherited ones first."""
    from apimod.conventions.columns import columns

    return [c for c in columns(study, cls) if c.fact.type]


def response_classes(study: Study, served: Served) -> list[tuple[At, At]]:
    """Return (type expression, class) of what an endpoint answers with."""
    fact, handler = served.route.fact, served.handler
    places = []
    node = fact.one("response")
    if node is not None:
        places.append(At(fact.source, node, served.route.frame))
    if handler is not None:
        node = study.language.return_type(handler.source, handler.node)
        if node is not None:
            places.append(At(handler.source, node))
    return [
        (place, cls)
        for place in places
        for cls in study.classes(place)
        if study.is_schema(cls) or study.is_model(cls)
    ]


def _envelope(study: Study, served: Served | None) -> tuple[EnvelopeStyle, bool]:
    if served is None:
        return EnvelopeStyle(), False
    for place, cls in response_classes(study, served):
        rows = schema_fields(study, cls)
        items = next((c for c in rows if re.search(r"\b(list|List|Sequence)\[", c.text)), None)
        if items is None:
            continue
        study.learn("the envelope of a list", cls)
        by_role = {
            key: next((names.snake(c.name) for c in rows if names.snake(c.name) in words), "")
            for key, words in (
                ("total", TOTAL),
                ("page", PAGE),
                ("limit", LIMIT),
                ("pages", PAGES),
                ("offset", OFFSET),
            )
        }
        generic = _generic(study, place)
        return EnvelopeStyle(items=items.name, generic=generic, wrap=None, **by_role), True
    return EnvelopeStyle(), False


def _generic(study: Study, place: At) -> Snippet | None:
    """Return ``Page[{}]`` for a page type of the project that takes the item's type."""
    text = place.source.text(place.node)
    found = re.fullmatch(r"([\w.]+)\[[\w.]+\]", text)
    if not found or found[1] in ("list", "List", "Sequence", "Annotated"):
        return None
    kept = tuple(n for n in study.imports_of(place) if n.name == found[1].split(".")[0])
    return Snippet(f"{found[1]}[{{}}]", kept)
