"""The reference service's rules for single values. Each raises ValueError for a bad one."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from contract.profile import FieldShape, as_string

Broken = Callable[[str], bool]
_LONGEST = {"string": 255, "text": 20_000, "email": 254, "url": 2000}


class RuleError(ValueError):
    """The value is not one of the field's."""


class Fault(Exception):
    """A mutant's own fault: a server error."""


def clean(field: FieldShape, value: Any, known: Collection[str], broken: Broken) -> Any:
    """Return the value as it is kept, or raise RuleError."""
    if value is None:
        if field["optional"]:
            return None
        raise RuleError("must not be null")
    try:
        kept = _RULES[field["type"]](field, value, broken)
    except (ValueError, OverflowError, InvalidOperation) as error:
        raise RuleError("is not valid") from error
    if field["type"] == "ref" and str(kept) not in known and not broken("ref_unchecked"):
        raise RuleError("refers to nothing")
    return kept


def _text(field: FieldShape, value: Any, broken: Broken) -> str:
    if not isinstance(value, str):
        raise RuleError("is no string")
    if "\x00" in value and broken("nul_fails"):
        raise Fault
    if "\x00" in value or re.search(r"[\ud800-\udfff]", value):
        raise RuleError("has characters that cannot be kept")
    high = field["max"] if field["max"] is not None else _LONGEST[field["type"]]
    if len(value) > high and broken("overflow_fails") and field["max"] is None:
        raise Fault
    slack = 1 if broken("bounds_too_narrow") else 0
    if not (field["min"] or 0) + slack <= len(value) <= high:
        raise RuleError("is too short or too long")
    return value


def _email(field: FieldShape, value: Any, broken: Broken) -> str:
    text = _text(field, value, broken)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) and not broken("email_unchecked"):
        raise RuleError("is no address")
    return text


def _url(field: FieldShape, value: Any, broken: Broken) -> str:
    text = _text(field, value, broken)
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or (parts.port or 0) < 0:
        raise RuleError("is no URL")
    return text


def _bounded(field: FieldShape, value: Any, broken: Broken) -> Any:
    low, high = field["min"], field["max"]
    slack = 1 if broken("bounds_too_narrow") else 0
    if (low is not None and value < low + slack) or (high is not None and value > high):
        raise RuleError("is out of bounds")
    return value


def _int(field: FieldShape, value: Any, broken: Broken) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise RuleError("is no integer")
    if abs(value) >= 2**31:
        if broken("big_number_fails"):
            raise Fault
        raise RuleError("is too large")
    return int(_bounded(field, value, broken))


def _bigint(field: FieldShape, value: Any, broken: Broken) -> Any:
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,20}", str(value)):
        raise RuleError("is no integer")
    number = int(value)
    if not -(2**63) <= number < 2**63:
        raise RuleError("is too large")
    _bounded(field, number, broken)
    return str(number) if as_string(field) else number


def _float(field: FieldShape, value: Any, broken: Broken) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise RuleError("is no number")
    return float(_bounded(field, value, broken))


def _decimal(field: FieldShape, value: Any, broken: Broken) -> Any:
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(value)):
        raise RuleError("is no decimal")
    number = Decimal(str(value))
    if abs(number) >= 10**10 or number != round(number, 2):
        raise RuleError("has too many digits")
    _bounded(field, number, broken)
    return str(number) if as_string(field) else float(number)


def _bool(field: FieldShape, value: Any, broken: Broken) -> bool:
    if not isinstance(value, bool):
        raise RuleError("is neither true nor false")
    return value


def _date(field: FieldShape, value: Any, broken: Broken) -> str:
    return date.fromisoformat(_strictly_text(value)).isoformat()


def _datetime(field: FieldShape, value: Any, broken: Broken) -> str:
    moment = datetime.fromisoformat(_strictly_text(value))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _uuid(field: FieldShape, value: Any, broken: Broken) -> str:
    return str(uuid.UUID(_strictly_text(value)))


def _strictly_text(value: Any) -> str:
    if not isinstance(value, str) or not value.isascii():
        raise RuleError("is no string")
    return value


def _enum(field: FieldShape, value: Any, broken: Broken) -> str:
    if value not in field["values"]:
        raise RuleError("is no member")
    return str(value)


def _ref(field: FieldShape, value: Any, broken: Broken) -> Any:
    if field["ref"] and field["ref"]["type"] == "int":
        return _int(field, value, broken)
    return _uuid(field, value, broken)


def _json(field: FieldShape, value: Any, broken: Broken) -> Any:
    if re.search(r"[\x00\ud800-\udfff]", repr(value).encode().decode("unicode_escape")):
        raise RuleError("has characters that cannot be kept")
    return value


_RULES: dict[str, Callable[[FieldShape, Any, Broken], Any]] = {
    "string": _text, "text": _text, "email": _email, "url": _url, "int": _int, "bigint": _bigint,
    "float": _float, "decimal": _decimal, "bool": _bool, "date": _date, "datetime": _datetime,
    "uuid": _uuid, "enum": _enum, "ref": _ref, "json": _json,
}  # fmt: skip


def parse(field: FieldShape, text: str) -> Any:
    """Turn a query's text into a value of the field's JSON type, for ``clean``."""
    kind = field["type"]
    if kind == "bool":
        return {"true": True, "false": False}.get(text, text)
    if kind == "int" or (kind == "ref" and field["ref"] and field["ref"]["type"] == "int"):
        return int(text) if re.fullmatch(r"-?[0-9]{1,12}", text) else text
    if kind == "float":
        return float(text) if re.fullmatch(r"-?[0-9.]{1,20}", text) else text
    return text
