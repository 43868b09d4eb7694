"""Plans as JSON text, and back.

Every frozen struct of ``apimod.model`` becomes an object of its fields; bytes become
``{"text": …}`` where they are UTF-8, else ``{"base64": …}``. What comes back is held against the
structs' own types, since a plan file may be from anyone; whether its edits may be made is for
``apimod.verify`` to say.
"""

from __future__ import annotations

import base64
import binascii
import json
import types
import typing
from typing import Any, Literal, TypeVar, Union

from msgspec import Struct
from msgspec.structs import fields

from apimod.errors import UsageError, shorten
from apimod.model import Create, Delete, Edit, Insert, Json, Plan, Replace

SCHEMA = 1
LARGEST = 64 << 20
"""The most bytes of a plan file that are read."""

_T = TypeVar("_T")
_KINDS: dict[str, type] = {
    "create": Create, "insert": Insert, "replace": Replace, "delete": Delete,
}  # fmt: skip


def plan_to_dict(plan: Plan) -> Json:
    """Return a plan as the value that its JSON text holds."""
    return {"schema": SCHEMA, **encoded(plan)}


def plan_to_json(plan: Plan) -> str:
    """Return a plan as JSON text, the same for equal plans."""
    return json.dumps(plan_to_dict(plan), indent=2) + "\n"


def plan_from_json(text: str | bytes) -> Plan:
    """Return the plan that JSON text holds; raises UsageError saying what is wrong with it."""
    value = parsed(text)
    if not isinstance(value, dict) or "schema" not in value:
        raise UsageError("this is no plan of apimod's", advice="make one with --output-plan FILE")
    schema = value.pop("schema")
    if schema != SCHEMA or isinstance(schema, bool):
        raise UsageError(
            f"the plan's schema is {shorten(repr(schema))}, and this apimod reads {SCHEMA}",
            advice="make the plan again with this version",
        )
    return decoded(Plan, value, "plan")


def parsed(text: str | bytes) -> Any:
    """Return the value of JSON text; raises UsageError also for what JSON leaves open.

    That is NaN and infinities, keys that come twice, and nesting or numbers without measure.
    """
    if len(text) > LARGEST:
        raise UsageError(f"the plan is larger than {LARGEST >> 20} MB")
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the plan is not JSON: {shorten(str(error), 100)}") from error


def encoded(value: Any) -> Any:
    """Return a value of the model as JSON's own kinds of values."""
    if isinstance(value, Struct):
        return {name: encoded(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, bytes):
        try:
            return {"text": value.decode("utf-8")}
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, tuple | list):
        return [encoded(item) for item in value]
    if isinstance(value, dict):
        return {key: encoded(item) for key, item in value.items()}
    return value


def decoded(kind: type[_T], value: Any, where: str) -> _T:
    """Return ``value`` as a ``kind`` of the model; raises UsageError naming the place in it."""
    result: _T = _decoded(kind, value, where)
    return result


def _decoded(kind: Any, value: Any, where: str) -> Any:
    if kind is Edit:
        return _edit(value, where)
    if kind is Any or kind is Json:
        return value
    if kind is bytes:
        return _bytes(value, where)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _object(kind, value, where)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _tuple(typing.get_args(kind), value, where)
    if origin is dict:
        _expect(isinstance(value, dict), value, "an object", where)
        return value
    if origin is Literal:
        _expect(value in typing.get_args(kind), value, f"{typing.get_args(kind)[0]!r}", where)
        return value
    if origin in (Union, types.UnionType):
        return _optional(kind, value, where)
    return _scalar(kind, value, where)


def _object(kind: type[Struct], value: Any, where: str) -> Any:
    _expect(isinstance(value, dict), value, "an object", where)
    hints = typing.get_type_hints(kind)
    # A key that this version does not know could change what the plan means, so it is no plan.
    unknown = sorted(set(value) - set(hints))
    _expect(not unknown, ", ".join(unknown), "no such key", where)
    missing = [f.name for f in fields(kind) if f.name not in value and f.required]
    _expect(not missing, None, f"the keys {', '.join(missing)}", where)
    return kind(
        **{key: _decoded(hints[key], item, f"{where}.{key}") for key, item in value.items()}
    )


def _edit(value: Any, where: str) -> Any:
    _expect(isinstance(value, dict), value, "an object", where)
    kind = value.get("kind")
    known = isinstance(kind, str) and kind in _KINDS
    _expect(known, kind, f"one of {', '.join(_KINDS)}", f"{where}.kind")
    return _object(_KINDS[kind], value, where)


def _bytes(value: Any, where: str) -> bytes:
    whole = isinstance(value, dict) and len(value) == 1
    _expect(whole, value, "an object of text or base64", where)
    ((form, text),) = value.items()
    _expect(isinstance(text, str), text, "a string", f"{where}.{form}")
    try:
        if form == "text":
            return typing.cast(str, text).encode("utf-8")
        if form == "base64":
            return base64.b64decode(text, validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError) as error:
        raise UsageError(f"{where}.{form} is broken: {error}") from error
    raise UsageError(f"{where} holds {shorten(form)!r} where text or base64 is needed")


def _tuple(items: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    _expect(isinstance(value, list), value, "a list", where)
    if len(items) == 2 and items[1] is Ellipsis:
        return tuple(_decoded(items[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    _expect(len(value) == len(items), value, f"a list of {len(items)}", where)
    pairs = zip(items, value, strict=True)
    return tuple(_decoded(kind, item, f"{where}[{n}]") for n, (kind, item) in enumerate(pairs))


def _optional(kind: Any, value: Any, where: str) -> Any:
    members = [member for member in typing.get_args(kind) if member is not type(None)]
    return None if value is None else _decoded(members[0], value, where)


def _scalar(kind: Any, value: Any, where: str) -> Any:
    names = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}
    accepted = (int, float) if kind is float else kind
    fits = isinstance(value, accepted) and (kind is bool or not isinstance(value, bool))
    _expect(fits, value, names[kind], where)
    return value


def _expect(holds: bool, value: Any, wanted: str, where: str) -> None:
    if not holds:
        raise UsageError(f"{where} holds {shorten(repr(value))} where {wanted} is needed")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key comes twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")
