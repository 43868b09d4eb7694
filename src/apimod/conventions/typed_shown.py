"""What handlers answer with where it is an object written out: the keys around rows and counts."""

from __future__ import annotations

import re

from apimod.conventions.model import EnvelopeStyle, ItemStyle
from apimod.conventions.shape import LIMIT, OFFSET, PAGE, PAGES, TOTAL
from apimod.conventions.typed_handlers import Handler

_OBJECT = re.compile(r"!\s*\(\s*(\{.*?\})\s*\)", re.DOTALL)


def written_keys(handler: Handler) -> list[list[str]]:
    """Return the keys of each object that a handler writes out in a macro, those at its top."""
    text = handler.at.source.text(handler.at.node)
    return [_top(match[1]) for match in _OBJECT.finditer(text)]


def _top(text: str) -> list[str]:
    """Return the keys of an object that stand in no inner one."""
    depth, keys = 0, []
    for found in re.finditer(r"[{}\[\]()]|\"(\w+)\"\s*:", text):
        if found[0] in "{[(":
            depth += 1
        elif found[0] in "}])":
            depth -= 1
        elif depth == 1:
            keys.append(found[1])
    return keys


def item_style(handler: Handler | None) -> ItemStyle:
    """Return the key around a single row, where the handler that shows one writes it so."""
    objects = written_keys(handler) if handler is not None else []
    alone = [keys[0] for keys in objects if len(keys) == 1 and keys[0] not in ("error", "message")]
    return ItemStyle(alone[-1]) if alone else ItemStyle()


def written_envelope(handler: Handler, items: frozenset[str]) -> EnvelopeStyle | None:
    """Return the keys of a list's answer that is written out; None where it is not."""
    for keys in written_keys(handler):
        rows = next((key for key in keys if key.lower() in items), None)
        if rows is None:
            continue

        def first(words: frozenset[str], keys: list[str] = keys) -> str:
            return next((key for key in keys if key.lower() in words), "")

        return EnvelopeStyle(
            items=rows,
            total=first(TOTAL) or "total",
            page=first(PAGE),
            limit=first(LIMIT),
            pages=first(PAGES),
            offset=first(OFFSET),
        )
    return None
