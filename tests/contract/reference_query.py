"""The reference service's lists: filtered, searched, sorted, cut into pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from contract.profile import FieldShape, Json, ListShape
from contract.reference_rules import Fault, RuleError, clean, parse
from contract.reference_store import Failure, Row, Store

_TEXTUAL = ("string", "text", "email", "url")
Query = dict[str, list[str]]


def answer(
    store: Store, shape: ListShape, user: str, query: Query, show: Callable[[Row], Json]
) -> Json:
    """Return the body of a list."""
    limit, offset = _window(store, shape, query)
    rows = [row for row in list(store.rows.values()) if store.sees(user, row)]
    if store.broken("other_user_lists"):
        rows = list(store.rows.values())
    rows = _filtered(store, shape, rows, query)
    rows = _searched(store, shape, rows, query)
    rows = _sorted(store, shape, rows, query)
    total = len(store.rows) if store.broken("total_of_all") else len(rows)
    if store.broken("page_overlaps"):
        offset = max(0, offset - 1)
    if store.broken("list_forgets"):
        rows = rows[1:]
    shown = rows[offset : offset + limit]
    if store.broken("total_of_page"):
        total = len(shown)
    body: Json = {}
    pages = total // limit + 1 if store.broken("pages_wrong") else -(-total // limit)
    for path, value in (
        (shape["items"], [show(row) for row in shown]),
        (shape["total"], total),
        (shape["page"], offset // limit + 1),
        (shape["limit"], limit),
        (shape["pages"], pages),
    ):
        _put(body, path, value)
    return body


def _put(body: Json, path: str | None, value: Any) -> None:
    if path is None:
        return
    *outer, last = path.split(".")
    for key in outer:
        body = body.setdefault(key, {})
    body[last] = value


def _window(store: Store, shape: ListShape, query: Query) -> tuple[int, int]:
    highest = 10**40 if store.broken("limit_unbounded") else shape["max_limit"]
    default = shape["max_limit"] if store.broken("default_limit_wrong") else shape["default_limit"]
    limit = _whole(store, query, shape["params"]["limit"], default, low=1, high=highest)
    name = shape["params"][shape["style"]]
    least = 1 if shape["style"] == "page" else 0
    place = _whole(store, query, name, least, low=least, high=10**40)
    if place >= 2**62:
        if store.broken("far_page_fails"):
            raise Fault
        raise _bad(store, name)
    return limit, (place - 1) * limit if shape["style"] == "page" else place


def _whole(store: Store, query: Query, name: str, default: int, *, low: int, high: int) -> int:
    text = query.get(name, [str(default)])[-1]
    if not re.fullmatch(r"-?[0-9]{1,40}", text) or not low <= int(text) <= high:
        raise _bad(store, name)
    return int(text)


def _bad(store: Store, name: str) -> Failure:
    return Failure(store.profile["errors"]["validation"][-1], {name: "is not valid"})


def _by_wire(store: Store) -> dict[str, FieldShape]:
    return {field["wire"]: field for field in store.profile["fields"]}


def _filtered(store: Store, shape: ListShape, rows: list[Row], query: Query) -> list[Row]:
    fields = _by_wire(store)
    names = [name for name in query if name in shape["filters"]]
    if store.broken("filters_by_secret"):
        names += [name for name in query if name in fields and fields[name]["secret"]]
    for name in names[:1] if store.broken("first_filter_only") else names:
        try:
            field = fields[name]
            text = query[name][-1]
            value = parse(field, text)
            value = clean(field, value, (), lambda name: name == "ref_unchecked")
        except RuleError:
            if store.broken("bad_filter_ignored"):
                continue
            raise _bad(store, name) from None
        if not store.broken("filter_ignored"):
            rows = [row for row in rows if row.values[name] == value]
    return rows


def _searched(store: Store, shape: ListShape, rows: list[Row], query: Query) -> list[Row]:
    text = query.get(shape["search"] or "", [""])[-1]
    if not text:
        return rows
    if "\x00" in text:
        if store.broken("search_nul_fails"):
            raise Fault
        raise _bad(store, "search")
    flags = 0 if store.broken("search_case_counts") else re.IGNORECASE
    pattern = re.escape(text)
    if store.broken("like_unescaped"):
        pattern = pattern.replace("%", ".*").replace("_", ".")
    fields = [
        name
        for name, field in _by_wire(store).items()
        if field["type"] in _TEXTUAL and (not field["secret"] or store.broken("searches_secret"))
    ]
    return [
        row
        for row in rows
        if any(re.search(pattern, row.values[name] or "", flags) for name in fields)
    ]


def _sorted(store: Store, shape: ListShape, rows: list[Row], query: Query) -> list[Row]:
    rows = sorted(rows, key=lambda row: row.created, reverse=not store.broken("oldest_first"))
    text = query.get(shape["sort"] or "", [""])[-1]
    if not text:
        return rows
    name = text.removeprefix("-")
    field = _by_wire(store).get(name)
    if field is None or (field["secret"] and not store.broken("sorts_by_secret")):
        raise _bad(store, "sort")
    down = text.startswith("-") and not store.broken("sort_only_up")
    numeric = field["type"] in ("int", "bigint", "float", "decimal")
    if store.broken("sorts_numbers_as_text"):
        numeric = False
    present = [row for row in rows if row.values[name] is not None]
    empty = [row for row in rows if row.values[name] is None]
    key: Callable[[Row], Any] = lambda row: (  # noqa: E731
        Decimal(str(row.values[name])) if numeric else str(row.values[name])
    )
    return sorted(present, key=key, reverse=down) + empty
