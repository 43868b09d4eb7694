"""A field as it is written on the command line: ``name:type[:modifier…]``.

No spelling needs a shell's quotes. ``parse_all`` reads them, ``spell`` writes one back,
``describe`` says one in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from msgspec.structs import replace

from apimod import names
from apimod.errors import BadField, UsageError, quote
from apimod.field_values import LENGTHS, NUMBERS, Number, check_default, check_limits, parse_number
from apimod.model import FIELD_TYPES, Field

FLAGS = ("unique", "optional", "index", "secret", "readonly")
VALUED = ("min", "max", "default")
LONGEST = 60

_RESERVED = {
    "id": "every resource has an id already",
    "created_at": "apimod adds the timestamps itself",
    "updated_at": "apimod adds the timestamps itself",
}
_MEANT = {
    "str": "string", "varchar": "string", "char": "string", "integer": "int", "number": "int",
    "long": "bigint", "int64": "bigint", "double": "float", "money": "decimal",
    "boolean": "bool", "timestamp": "datetime", "guid": "uuid", "uri": "url", "object": "json",
    "reference": "ref", "fk": "ref", "choice": "enum", "required": "", "nullable": "optional",
    "null": "optional", "hidden": "secret", "indexed": "index", "minimum": "min",
    "maximum": "max", "read_only": "readonly",
}  # fmt: skip
_COLONS = ("string", "text", "url", "datetime", "json")
"""The types whose default may hold a colon."""
_MEMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.+/-]*")


def parse_all(texts: Iterable[str]) -> tuple[Field, ...]:
    """Return the fields that ``texts`` spell; refuses two of one name."""
    fields: list[Field] = []
    columns: dict[str, str] = {}
    for text in texts:
        field = parse(text)
        column = field.name
        if field.type == "ref" and not column.endswith("_id"):
            column += "_id"
        for name in {field.name, column}:
            if name in columns:
                raise _bad(text, f"the field {field.name!r} is given twice", columns[name])
        columns |= {field.name: text, column: text}
        fields.append(field)
    return tuple(fields)


def parse(text: str) -> Field:
    """Return the one field that ``text`` spells."""
    if len(text) > 2000:
        raise _bad(text, f"has {len(text):,} characters")
    name, *parts = text.split(":")
    field = Field(_name(name, text), "string")
    if not parts or not parts[0]:
        raise _bad(text, "has no type", f"write {field.name}:string, for example")
    field = _type(field, parts[0], text)
    given: list[str] = []
    for key, value in _modifiers(parts[1:], field.type, text):
        if key in given:
            raise _bad(text, f"{key} is given twice")
        given.append(key)
        field = _modify(field, key, value, text)
    return _whole(field, text)


def spell(field: Field) -> str:
    """Return the field as a person would write it; ``parse`` reads it back."""
    type_ = field.type
    if field.type == "enum":
        type_ = f"enum={','.join(field.values)}"
    elif field.type == "ref":
        type_ = f"ref={field.target}"
    parts = [field.name, type_, *(flag for flag in FLAGS if getattr(field, flag))]
    for key in VALUED:
        value = getattr(field, key)
        if value is not None:
            parts.append(f"{key}={value}")
    return ":".join(parts)


def describe(field: Field) -> str:
    """Return the field in words, for a summary: ``email (email, unique)``."""
    type_ = field.type
    if field.type == "enum":
        type_ = f"one of {', '.join(field.values)}"
    elif field.type == "ref":
        type_ = f"refers to {field.target}"
    said = [type_, *(flag for flag in FLAGS if getattr(field, flag))]
    unit = " characters" if field.type in LENGTHS else ""
    if field.min is not None and field.max is not None:
        said.append(f"{field.min} to {field.max}{unit}")
    elif field.min is not None:
        said.append(f"at least {field.min}{unit}")
    elif field.max is not None:
        said.append(f"at most {field.max}{unit}")
    if field.default is not None:
        said.append(f"{field.default!r} by default")
    return f"{field.name} ({', '.join(said)})"


def _name(name: str, text: str) -> str:
    if len(name) > LONGEST:
        raise _bad(text, f"its name has {len(name)} characters, and at most {LONGEST} are allowed")
    try:
        snake = names.check(name, "a field's name")
    except UsageError as error:
        raise BadField(error.what, advice="write name:type, such as email:email:unique") from None
    if snake in _RESERVED:
        raise _bad(text, f"{snake} can't be given", _RESERVED[snake])
    return snake


def _type(field: Field, text: str, whole: str) -> Field:
    type_, equals, value = text.partition("=")
    if type_ not in FIELD_TYPES:
        raise _bad(whole, f"no type is named {quote(type_)}", _near(type_, FIELD_TYPES))
    if type_ == "enum":
        return replace(field, type="enum", values=_members(value, whole))
    if type_ == "ref":
        return replace(field, type="ref", target=_target(value, whole))
    if equals:
        raise _bad(whole, f"{type_} takes no value", "enum=a,b and ref=users do")
    return replace(field, type=type_)


def _members(value: str, text: str) -> tuple[str, ...]:
    if not value:
        raise _bad(text, "an enum needs its members", "write role:enum=user,admin, for example")
    members = tuple(value.split(","))
    seen: dict[tuple[str, ...], str] = {}
    for member in members:
        if not member:
            raise _bad(text, "a member of the enum is empty")
        if len(member) > 64 or not _MEMBER.fullmatch(member):
            raise _bad(
                text,
                f"{quote(member)} can't be a member of an enum",
                "a member begins with a letter or a digit and may hold - _ . + / and spaces",
            )
        key = names.words(member)
        if key in seen:
            same = "is given twice" if seen[key] == member else f"and {seen[key]!r} are one name"
            raise _bad(text, f"the enum's member {member!r} {same}")
        seen[key] = member
    return members


def _target(value: str, text: str) -> str:
    if not value:
        raise _bad(text, "a ref needs the resource it points at", "write author:ref=users")
    try:
        return names.check(value, "the resource of a ref")
    except UsageError as error:
        raise BadField(f"{quote(text)}: {error.what}", advice=error.advice) from None


def _modifiers(parts: list[str], type_: str, text: str) -> list[tuple[str, str | None]]:
    """Split modifiers into keys and values; a default may hold colons where its type may."""
    found: list[tuple[str, str | None]] = []
    for part in parts:
        key, equals, value = part.partition("=")
        known = key in VALUED if equals else key in FLAGS
        if known:
            found.append((key, value if equals else None))
            continue
        last = found[-1] if found else ("", None)
        near = get_close_matches(key, (*FLAGS, *VALUED), n=1, cutoff=0.75)
        if last[0] == "default" and type_ in _COLONS and not near:
            found[-1] = ("default", f"{last[1]}:{part}")
            continue
        raise _unknown_modifier(part, text)
    return found


def _unknown_modifier(part: str, text: str) -> BadField:
    key, equals, _ = part.partition("=")
    if not part:
        return _bad(text, "a modifier is empty")
    if key in FLAGS and equals:
        return _bad(text, f"{key} takes no value", f"write :{key}")
    if key in VALUED:
        return _bad(text, f"{key} needs a value", f"write :{key}=…")
    if key == "required":
        return _bad(text, "no modifier is named 'required'", "a field is, unless it is optional")
    return _bad(text, f"no modifier is named {quote(key)}", _near(key, (*FLAGS, *VALUED)))


def _modify(field: Field, key: str, value: str | None, text: str) -> Field:
    if value is None:
        flagged: Field = replace(field, **{key: True})
        return flagged
    if key == "default":
        return replace(field, default=value)
    if field.type not in NUMBERS | LENGTHS:
        raise _bad(text, f"a {field.type} has no {key}")
    number: Number = parse_number(value, field.type, key, text)
    return replace(field, min=number) if key == "min" else replace(field, max=number)


def _whole(field: Field, text: str) -> Field:
    """Check what the parts of a field mean together, and settle what they imply."""
    if field.secret:
        if field.type not in ("string", "text"):
            raise _bad(text, f"a {field.type} can't be secret", "only string and text can")
        for flag in ("unique", "index", "readonly"):
            if getattr(field, flag):
                raise _bad(text, f"a secret field can't be {flag}", "it is stored as a hash")
        if field.default is not None:
            raise _bad(text, "a secret field can't have a default", "it would be in the source")
    if field.unique and field.type in ("bool", "json"):
        raise _bad(text, f"a {field.type} can't be unique")
    if field.index and field.type == "json":
        raise _bad(text, "a json field can't have an index")
    if field.unique and field.default is not None:
        raise _bad(text, "a unique field can't have a default", "a second row would collide")
    check_limits(field, text)
    if field.default is not None:
        check_default(field, text)
    if field.readonly and field.default is None:
        field = replace(field, optional=True)  # nobody sends it, so a new row may lack it
    if field.unique:
        field = replace(field, index=False)  # the constraint brings one
    return field


def _near(name: str, known: Iterable[str]) -> str:
    meant = _MEANT.get(name.lower(), "")
    known = tuple(known)
    near = [meant] if meant in known else get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"


def _bad(text: str, what: str, advice: str = "") -> BadField:
    return BadField(f"{quote(text)}: {what}", advice=advice)
