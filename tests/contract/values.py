"""Values for the fields of a profile: valid, in a known order, wrong, and hostile."""

from __future__ import annotations

import math
import random
import string
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from contract.profile import FieldShape, Json, Profile, as_string, settable

TEXTUAL = ("string", "text", "email", "url")
COUNTED = ("bool", "enum", "ref", "date", "datetime")
NUMERIC = ("int", "bigint", "float", "decimal")
RAW = "@raw:"
"""A string that starts so is written into the JSON as it stands, without quotes."""

_LENGTH = 10
_FAR = 50_000
"""Ranked unique values begin here, beyond those that are counted."""
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
References = Mapping[str, Sequence[int | str]]


def clamp(field: FieldShape, length: int) -> int:
    """Return ``length`` moved into the field's bounds."""
    low = int(field["min"] or 0)
    high = int(field["max"]) if field["max"] is not None else max(low, length)
    return min(max(length, low, 1), high)


class Values:
    """Makes values; each call gives new ones."""

    def __init__(self, profile: Profile, references: References | None = None) -> None:
        self.profile = profile
        self.references = references or {}
        self._random = random.Random()
        self._calls = 0
        self._count = self._random.randrange(10, 60)

    def token(self, length: int = _LENGTH) -> str:
        """Return lower-case letters that no other call returns, as good as certain."""
        return "".join(self._random.choices(string.ascii_lowercase, k=length))

    def body(self, overrides: Mapping[str, Any] | None = None) -> Json:
        """Return a valid body with every settable field; overrides go by wire name."""
        made = {field["wire"]: self.valid(field) for field in settable(self.profile)}
        return {**made, **(overrides or {})}

    def minimal(self) -> Json:
        """Return a valid body with the required fields only."""
        fields = settable(self.profile)
        return {field["wire"]: self.valid(field) for field in fields if field["required"]}

    def valid(self, field: FieldShape) -> Any:
        """Return a valid value, new where the type has enough of them."""
        self._count += 1
        kind = field["type"]
        if kind in NUMERIC:
            return number(field, self._count)
        if kind in COUNTED:
            return self._counted(field, self._count)
        return self._worded(field, self.token())

    def ordered(self, rank: int) -> Json:
        """Return a whole valid body whose values sort by ``rank`` (0, 1, 2) in every collation.

        Unique numbers and dates grow from call to call instead, so ask in the ranks' order.
        """
        self._calls += 1
        return {field["wire"]: self._ranked(field, rank) for field in settable(self.profile)}

    def _ranked(self, field: FieldShape, rank: int) -> Any:
        kind = field["type"]
        free = field["unique"] and kind not in ("bool", "enum", "ref")
        count = _FAR + self._calls if free else rank
        if kind in NUMERIC:
            return number(field, count if free or room(field) < 13 else (1, 5, 12)[rank])
        if kind in COUNTED:
            return self._counted(field, count)
        return self._worded(field, "adg"[rank] * 2 + self.token(_LENGTH - 2))

    def _counted(self, field: FieldShape, count: int) -> Any:
        match field["type"]:
            case "bool":
                return count % 2 == 1
            case "enum":
                return field["values"][count % len(field["values"])]
            case "date":
                return (date(1990, 1, 1) + timedelta(days=count)).isoformat()
            case "datetime":
                return (_EPOCH + timedelta(minutes=count)).isoformat().replace("+00:00", "Z")
        known = self.targets(field)
        return known[count % len(known)] if known else absent(field)

    def _worded(self, field: FieldShape, word: str) -> Any:
        match field["type"]:
            case "uuid":
                return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
            case "email":
                return f"{word}@example.com"
            case "url":
                return f"https://example.com/{word}"
            case "json":
                return {"word": word, "list": [1, "two", None], "nested": {"deep": True}}
        return self.text(field, word)

    def text(self, field: FieldShape, word: str) -> str:
        """Return ``word`` cut or filled to the length that a string field allows."""
        length = clamp(field, len(word))
        return (word + self.token(length))[:length]

    def targets(self, field: FieldShape) -> Sequence[int | str]:
        """Return the ids that a ref may take."""
        ref = field["ref"]
        return self.references.get(ref["resource"], ()) if ref else ()


def least(field: FieldShape) -> int:
    """Return the least number that the field is given."""
    start = math.ceil(field["min"] if field["min"] is not None else 1)
    unbounded = field["type"] == "bigint" and field["max"] is None
    return max(start, 2**53 + 1) if unbounded else start


def room(field: FieldShape) -> int:
    """Return how many whole numbers the field can be given."""
    return 10**9 if field["max"] is None else max(1, math.floor(field["max"]) - least(field) + 1)


def number(field: FieldShape, count: int) -> Any:
    """Return the ``count``-th valid number of a field, from its least one upwards."""
    kind = field["type"]
    value = least(field) + count % room(field)
    if kind == "float":
        return float(value)
    if kind == "decimal":
        exact = Decimal(value) + (Decimal("0.25") if field["max"] is None else 0)
        return f"{exact:.2f}" if as_string(field) else float(exact)
    return str(value) if as_string(field) else value


def absent(field: FieldShape) -> int | str:
    """Return a well-formed id that refers to nothing."""
    ref = field["ref"]
    return unknown_id(ref["type"] if ref else "int")


def unknown_id(kind: str) -> int | str:
    """Return a well-formed id that no row has."""
    if kind == "int":
        return 2_147_483_600
    return str(uuid.uuid4()) if kind == "uuid" else "nothing-has-this-id"


def instant(text: Any) -> datetime:
    """Parse a timestamp of the wire; one without a zone is UTC."""
    moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def same(field: FieldShape, sent: Any, got: Any) -> bool:
    """Say whether ``got`` is what a service may show for ``sent``."""
    if sent is None or got is None:
        return sent is got
    try:
        return bool(_canonical(field, sent) == _canonical(field, got))
    except (ValueError, ArithmeticError, TypeError):
        return False


def _canonical(field: FieldShape, value: Any) -> Any:
    match field["type"]:
        case "decimal" | "bigint" | "float":
            return Decimal(str(value))
        case "int":
            return Decimal(str(value)) if isinstance(value, str) else value
        case "datetime":
            return instant(value)
        case "uuid" | "email":
            return str(value).lower()
        case "ref":
            return str(value)
        case "bool" if isinstance(value, str):
            return value.lower() in ("true", "1", "yes")
    return value
