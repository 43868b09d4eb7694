"""What a field's limits and default may be, by its type."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from apimod.errors import BadField, quote
from apimod.model import Field

NUMBERS = frozenset(("int", "bigint", "float", "decimal"))
LENGTHS = frozenset(("string", "text", "email", "url"))
"""The types whose ``min`` and ``max`` count characters."""

Number = int | float

_BITS = {"int": 31, "bigint": 63}
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_URL = re.compile(r"https?://[^\s/?#]+\S*")


def parse_number(value: str, type_: str, key: str, text: str) -> Number:
    """Return the number that ``value`` spells, for a limit of a field of type ``type_``."""
    if type_ in _BITS or type_ in LENGTHS:
        whole = _whole(value)
        if whole is None:
            raise _bad(text, f"{key} must be a whole number, and {quote(value, 20)} is none")
        if type_ in LENGTHS and whole < 0:
            raise _bad(text, f"{key} counts characters, so it can't be negative")
        return whole
    number = _decimal(value)
    if number is None:
        raise _bad(text, f"{key} must be a number, and {quote(value, 20)} is none")
    return int(number) if number == number.to_integral_value() else float(number)


def check_limits(field: Field, text: str) -> None:
    """Refuse limits that nothing could meet, or that the type can't hold."""
    low, high = field.min, field.max
    if low is not None and high is not None and low > high:
        raise _bad(text, f"min {low} is over max {high}")
    if field.type in LENGTHS and high == 0:
        raise _bad(text, "max 0 leaves no text to give")
    for key, limit in (("min", low), ("max", high)):
        if limit is not None and field.type in _BITS and not _fits(int(limit), field.type):
            raise _bad(text, f"{key} {limit} does not fit {_size(field.type)}", _wider(field.type))


def check_default(field: Field, text: str) -> None:
    """Refuse a default that the field itself would not accept."""
    value = field.default or ""
    problem = _default_problem(field, value)
    if problem:
        raise _bad(text, f"the default {quote(value, 30)} {problem}")


def _default_problem(field: Field, value: str) -> str:
    if not value.isprintable():
        return "holds a control character"
    if field.type == "ref":
        return "is not possible: a ref has none"
    if field.type == "enum":
        return "" if value in field.values else f"is not one of {', '.join(field.values)}"
    if field.type in LENGTHS:
        return _text_problem(field, value)
    if field.type in NUMBERS:
        return _number_problem(field, value)
    return "" if _is_spelt(field.type, value) else f"is no {field.type}"


def _text_problem(field: Field, value: str) -> str:
    if field.type == "email" and not _EMAIL.fullmatch(value):
        return "is no email"
    if field.type == "url" and not _URL.fullmatch(value):
        return "is no url"
    if field.min is not None and len(value) < field.min:
        return f"is shorter than min {field.min}"
    limit = field.max if field.max is not None else 255 if field.type != "text" else None
    if limit is not None and len(value) > limit:
        return f"is longer than {'max ' if field.max is not None else ''}{limit}"
    return ""


def _number_problem(field: Field, value: str) -> str:
    if field.type in _BITS:
        whole = _whole(value)
        if whole is None:
            return f"is no {field.type}"
        if not _fits(whole, field.type):
            return f"does not fit {_size(field.type)}"
    number = _decimal(value)
    if number is None:
        return f"is no {field.type}"
    if field.min is not None and number < Decimal(str(field.min)):
        return f"is under min {field.min}"
    if field.max is not None and number > Decimal(str(field.max)):
        return f"is over max {field.max}"
    return ""


def _is_spelt(type_: str, value: str) -> bool:
    try:
        match type_:
            case "bool":
                return value in ("true", "false")
            case "date":
                return date.fromisoformat(value).isoformat() == value
            case "datetime":
                return "T" in value and datetime.fromisoformat(value) is not None
            case "uuid":
                return str(UUID(value)) == value.lower()
            case _:
                json.loads(value, parse_constant=_no_constant)
                return True
    except (ValueError, RecursionError):
        return False


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _whole(value: str) -> int | None:
    return int(value) if _WHOLE.fullmatch(value) else None


def _decimal(value: str) -> Decimal | None:
    if len(value) > 40 or not value.isascii():
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 300 else None


def _fits(value: int, type_: str) -> bool:
    return -(1 << _BITS[type_]) <= value < 1 << _BITS[type_]


def _size(type_: str) -> str:
    return f"{_BITS[type_] + 1} bits"


def _wider(type_: str) -> str:
    return "bigint has 64" if type_ == "int" else ""


def _bad(text: str, what: str, advice: str = "") -> BadField:
    return BadField(f"{quote(text)}: {what}", advice=advice)
