"""Pure insertions into a text: where a line ends, where a new item goes, how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

Insertion = tuple[int, bytes]
"""An offset in the UTF-8 bytes of the old text, and what is inserted there."""

_WRITTEN = re.compile(
    r"(?<![A-Za-z0-9._-])[A-Za-z0-9._-]++(\[[^\]]*\])?(?P<gap>\s*\(?)[<>=!~^]+(?P<after>\s*)[\w*]",
    re.ASCII,
)


class Item(Struct, frozen=True):
    """One item of a list that is written out: its span in characters, its name for the order."""

    start: int
    end: int
    name: str


def insertion(text: str, at: int, new: str) -> Insertion:
    """Return the insertion of ``new`` before character ``at``."""
    return len(text[:at].encode()), new.encode()


def newline(text: str) -> str:
    """Return the newline that the text uses."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def line_end(text: str, at: int) -> int:
    """Return where the line of character ``at`` ends, before its newline."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def line_start(text: str, at: int) -> int:
    """Return where the line of character ``at`` starts."""
    return text.rfind("\n", 0, at) + 1


def indent(text: str, at: int) -> str:
    """Return the blanks that the line of character ``at`` starts with."""
    found = re.compile(r"[ \t]*").match(text, line_start(text, at))
    return found[0] if found else ""


def place(names: Sequence[str], name: str) -> int:
    """Return where ``name`` goes: in its order if the names have one, else last."""
    keys = [each.lower() for each in names]
    if keys != sorted(keys):
        return len(keys)
    return sum(key < name.lower() for key in keys)


def after(text: str, items: Sequence[Item], place: int, line: str) -> Insertion:
    """Insert a whole line after the item before ``place``, or before the first item."""
    if place == 0:
        mark = len(text) - len(text.removeprefix("\ufeff"))
        start = max(mark, line_start(text, items[0].start))
        return insertion(text, start, line + newline(text))
    return insertion(text, line_end(text, items[place - 1].end), newline(text) + line)


def in_array(
    text: str, brackets: tuple[int, int], items: Sequence[Item], name: str, item: str
) -> list[Insertion]:
    """Insert ``item`` between brackets, whose places are given, as the array is laid out."""
    opening, closing = brackets
    if not items:
        if "\n" in text[opening:closing]:
            lead = newline(text) + indent(text, opening) + "    "
            return [insertion(text, opening + 1, f"{lead}{item},")]
        return [insertion(text, opening + 1, item)]
    at = place([each.name for each in items], name)
    if at == 0:
        first = items[0].start
        broken = "\n" in text[opening:first]
        gap = newline(text) + indent(text, first) if broken else " "
        return [insertion(text, first, f"{item},{gap}")]
    before = items[at - 1]
    bound = items[at].start if at < len(items) else closing
    rest = text[before.end : bound]
    comma = re.match(r"\s*,", rest)
    if not _is_broken(text, opening, items, at):
        return [insertion(text, before.end, f", {item}")]
    lead = newline(text) + _indent_of(text, items)
    end = line_end(text, before.end)
    if comma and "\n" not in comma[0] and end <= bound:
        tail = "," if at < len(items) or comma else ""
        return [insertion(text, end, f"{lead}{item}{tail}")]
    if comma or end > bound or end == before.end:
        return [insertion(text, before.end, f",{lead}{item}")]
    return [insertion(text, before.end, ","), insertion(text, end, f"{lead}{item}")]


def _is_broken(text: str, opening: int, items: Sequence[Item], at: int) -> bool:
    """Tell whether the array has a line break where the new item goes."""
    if at < len(items):
        return "\n" in text[items[at - 1].end : items[at].start]
    above = items[at - 2].end if at > 1 else opening
    return "\n" in text[above : items[at - 1].start]


def _indent_of(text: str, items: Sequence[Item]) -> str:
    """Return the indentation of the items that start a line."""
    for item in reversed(items):
        if not text[line_start(text, item.start) : item.start].strip():
            return indent(text, item.start)
    return indent(text, items[-1].start)


def requirement(name: str, constraint: str, siblings: Iterable[str]) -> str:
    """Write a requirement with the blanks and brackets that its siblings have."""
    found = [(m["gap"], m["after"]) for each in siblings if (m := _WRITTEN.match(each))]
    gap, behind = max(found, key=found.count, default=("", ""))
    if not constraint:
        return name
    spaced = re.sub(r"([<>=!~^]+)\s*", rf"\1{behind}", constraint)
    return f"{name}{gap}{spaced}{')' if '(' in gap else ''}"


def bare_name(name: str) -> str:
    """Return a requirement's name without its extras."""
    return name.partition("[")[0].strip()
