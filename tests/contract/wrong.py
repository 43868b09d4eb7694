"""Values that a field must reject, and values that must not break it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract.profile import FieldShape, as_string
from contract.values import NUMERIC, RAW, TEXTUAL

_HUGE = 10**40
_WRONG: dict[str, list[Any]] = {
    "string": [123, [], {}],
    "text": [123, [], {}],
    "int": ["abc", 1.5, [], {}, _HUGE],
    "bigint": ["abc", 1.5, [], {}],
    "float": ["abc", [], {}],
    "decimal": ["abc", "NaN", "Infinity", [], {}],
    "bool": ["maybe", 2, [], {}],
    "date": ["yesterday", "2024-02-30", [], {}],
    "datetime": ["yesterday", "2024-13-01T00:00:00Z", [], {}],
    "uuid": ["not-a-uuid", "g" * 32, 12, []],
    "email": ["nope", "a@", "@example.com", "a b@example.com", 12, []],
    "url": ["nope", "http://", "javascript:alert(1)", 12, []],
    "json": [],
    "enum": ["no-such-member", 12, []],
    "ref": [[], {}],
}
_MALFORMED = {
    "int": "abc", "bigint": "abc", "float": "abc", "decimal": "abc", "bool": "maybe",
    "date": "2024-02-30", "datetime": "yesterday", "uuid": "not-a-uuid", "enum": "no-such-member",
}  # fmt: skip
INJECTIONS = (
    "' OR '1'='1",
    "x'; DROP TABLE users; --",
    'x" OR ""="',
    "1) OR (1=1",
    "%27%20OR%201=1",
    "{{7*7}}${7*7}",
    "<script>alert(1)</script>",
)
STRINGS = (
    "Zoë 名前 🦊👩‍👩‍👧 \u202e\u0301",
    "nul\u0000byte",
    "lone \ud800 surrogate",
    "line\r\nbreak\ttab\u2028",
    "x" * 5000,
    "x" * 200_000,
    "",
    " ",
    *INJECTIONS,
)
NUMBERS = (
    2**31,
    2**63,
    2**64,
    -(2**63) - 1,
    10**30,
    -0.0,
    f"{RAW}1e400",
    f"{RAW}NaN",
    "0x10",
    "1_0",
)


def bad(field: FieldShape) -> Iterator[Any]:
    """Yield values that no service may accept for the field."""
    yield from _WRONG[field["type"]]
    if field["type"] == "bigint":
        yield str(2**63) if as_string(field) else 2**63
    if field["type"] == "ref" and field["ref"] and field["ref"]["type"] != "string":
        yield "abc"
    yield from _out_of_bounds(field)


def _out_of_bounds(field: FieldShape) -> Iterator[Any]:
    kind, low, high = field["type"], field["min"], field["max"]
    if kind in NUMERIC:
        yield from (_numeral(field, low - 1) for _ in [0] if low is not None)
        yield from (_numeral(field, high + 1) for _ in [0] if high is not None)
    elif kind in ("string", "text"):
        yield from ("x" * (int(low) - 1) for _ in [0] if low)
        yield from ("x" * (int(high) + 1) for _ in [0] if high is not None)
    elif kind in TEXTUAL and high is not None:
        prefix, suffix = ("", "@example.com") if kind == "email" else ("https://example.com/", "")
        yield prefix + "x" * (int(high) + 1) + suffix


def edges(field: FieldShape) -> Iterator[Any]:
    """Yield the least and the greatest value of a bounded field, which are valid."""
    for bound in (field["min"], field["max"]):
        if bound is None or (field["type"] == "string" and bound < 1):
            continue
        if field["type"] in NUMERIC:
            yield _numeral(field, bound)
        elif field["type"] in ("string", "text") and not field["unique"]:
            yield "x" * int(bound)


def _numeral(field: FieldShape, value: float) -> Any:
    exact = int(value) if value == int(value) else value
    return str(exact) if as_string(field) else exact


def malformed(field: FieldShape) -> str | None:
    """Return a query value that is not of the field's type, or None where every text is."""
    if field["type"] == "ref":
        return "abc" if field["ref"] and field["ref"]["type"] != "string" else None
    return _MALFORMED.get(field["type"])


def hostile(field: FieldShape) -> Iterator[Any]:
    """Yield values that may be taken or rejected, and must never break the service."""
    kind = field["type"]
    if kind in ("json", "enum", "bool"):
        yield from (STRINGS[1], STRINGS[2], {"a\u0000": "\ud800"})
    elif kind in TEXTUAL or kind in ("uuid", "date", "datetime"):
        yield from STRINGS
    if kind in NUMERIC or kind == "ref":
        yield from NUMBERS
        yield from (str(n) for n in NUMBERS if isinstance(n, int))
        yield from ("1e999999", "١٢", "1.123456789123456789", "-1", "12\u0000")
    if kind in ("date", "datetime"):
        yield from ("0001-01-01", "9999-12-31", "10000-01-01", "0000-00-00")
        yield from ("9999-12-31T23:59:59.999999-23:59", "0001-01-01T00:00:00+14:00")
    if kind == "email":
        yield from ("a\u0000@example.com", "é@exämple.com", "x" * 300 + "@example.com")
    if kind == "url":
        yield from ("https://example.com/\u0000", "https://[::1", "https://example.com:99999/")
