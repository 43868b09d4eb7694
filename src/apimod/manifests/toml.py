"""TOML read for its values and for the places that they stand at.

``parse`` gives the values, and refuses what is broken; ``scan`` gives the places in a text that
``parse`` has taken, and therefore need not check it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from apimod.errors import UsageError
from apimod.parsing import is_deep

Table = dict[str, Any]
Keys = tuple[str, ...]

DEEPEST_KEY = 200
"""How many dots may stand in a line before its value."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*[^,\]}\s#]")


class Value(Struct, frozen=True):
    """A value's span in characters, and the values inside an array."""

    start: int
    end: int
    items: tuple[Value, ...] = ()


class Entry(Struct, frozen=True):
    """``key = value``; ``keys`` is the full path, the tables around it included."""

    keys: Keys
    start: int
    value: Value


class Header(Struct, frozen=True):
    """``[table]``, from its bracket to the one that closes it."""

    keys: Keys
    start: int
    end: int


def loads(text: str) -> Table:
    """Return the tables in ``text``, as ``tomllib`` does, which a deep one would keep for minutes.

    Raises TOMLDecodeError.
    """
    keys = (line.partition("=")[0] for line in text.split("\n"))
    if is_deep(text.encode("utf-8", "replace")) or any(
        key.count(".") > DEEPEST_KEY for key in keys
    ):
        raise tomllib.TOMLDecodeError("nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None


def parse(text: str, file: str, *, lenient: bool = False) -> Table:
    """Return the tables in ``text``; a broken one is a UsageError, or nothing if ``lenient``."""
    try:
        return loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        if lenient:
            return {}
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise UsageError(
            f"broken TOML: {error}",
            where=f"{file}:{line}",
            advice="repair the file; nothing can be read from it as it is",
        ) from None


def table(parent: Any, *keys: str) -> Table:
    """Return a table inside others; an empty one where it, or one above, is missing."""
    for key in keys:
        parent = parent.get(key) if isinstance(parent, dict) else None
    return parent if isinstance(parent, dict) else {}


def scan(text: str) -> Iterator[Entry | Header]:
    """Yield the headers and the entries of a valid text, those of inline tables too, in order."""
    at = 1 if text.startswith("\ufeff") else 0
    around: Keys = ()
    while True:
        at = _end(_BLANK, text, at)
        if at >= len(text):
            return
        if text[at] == "[":
            brackets = 2 if text.startswith("[[", at) else 1
            around, after = _keys(text, at + brackets)
            yield Header(around, at, after + brackets)
            at = after + brackets
        else:
            found = list(_entry(text, at, around))
            yield from found
            at = found[0].value.end


def _entry(text: str, at: int, around: Keys) -> Iterator[Entry]:
    keys, after = _keys(text, at)
    inner: list[Entry] = []
    value = _value(text, _end(_SPACE, text, after + 1), around + keys, inner)
    yield Entry(around + keys, at, value)
    yield from inner


def _keys(text: str, at: int) -> tuple[Keys, int]:
    """Read a dotted key; return it and where the sign behind it stands."""
    keys: list[str] = []
    while True:
        at = _end(_SPACE, text, at)
        string = _STRING.match(text, at)
        if string:
            keys.append(str(tomllib.loads(f"x = {string[0]}")["x"]))
            at = string.end()
        else:
            bare = _BARE_KEY.match(text, at)
            keys.append(bare[0] if bare else "")
            at = bare.end() if bare else at
        at = _end(_SPACE, text, at)
        if not text.startswith(".", at):
            return tuple(keys), at
        at += 1


def _value(text: str, at: int, keys: Keys, inner: list[Entry]) -> Value:
    """Read the value at ``at``; the entries of inline tables in it go to ``inner``."""
    string = _STRING.match(text, at)
    if string:
        return Value(at, string.end())
    if text[at] == "[":
        return _array(text, at, keys, inner)
    if text[at] == "{":
        here = _end(_BLANK, text, at + 1)
        while text[here] != "}":
            found = list(_entry(text, here, keys))
            inner.extend(found)
            here = _end(_BLANK, text, found[0].value.end)
            if text[here] == ",":
                here = _end(_BLANK, text, here + 1)
        return Value(at, here + 1)
    return Value(at, _end(_BARE_VALUE, text, at))


def _array(text: str, at: int, keys: Keys, inner: list[Entry]) -> Value:
    items: list[Value] = []
    here = _end(_BLANK, text, at + 1)
    while text[here] != "]":
        items.append(_value(text, here, keys, inner))
        here = _end(_BLANK, text, items[-1].end)
        if text[here] == ",":
            here = _end(_BLANK, text, here + 1)
    return Value(at, here + 1, tuple(items))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
