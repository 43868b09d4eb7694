"""What a list is asked for by the fields of a struct, and the keys of the struct that it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.conventions.model import EnvelopeStyle, ListStyle
from apimod.conventions.shape import LIMIT, OFFSET, PAGE, PAGES, SEARCH, SORT, TOTAL
from apimod.conventions.typed_handlers import Handler
from apimod.conventions.typed_shown import written_envelope
from apimod.conventions.typed_structs import Field, fields_of
from apimod.values import At, ClassValue, FunctionValue
from apimod.views import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apimod.conventions.study import Study

ITEMS = frozenset("items data results result list rows records content docs".split())
_MAX = re.compile(r"\bmax\s*=\s*([\d_]+)")
_DEFAULT = re.compile(r"\bdefault\s*=\s*\"([\w:]+)\"")


def list_style(study: Study, handler: Handler | None) -> ListStyle:
    """Return how the sibling's list is asked for and answered."""
    if handler is None:
        return ListStyle()
    asked = handler.of("query")
    fields = [f for cls in asked.classes for f in fields_of(study, cls)] if asked else []

    def first(words: frozenset[str]) -> Field | None:
        return next((f for f in fields if f.name in words), None)

    page, offset, limit = first(PAGE), first(OFFSET), first(LIMIT)
    by_offset = offset is not None and page is None
    if page or offset:
        study.learn("paging by offset" if by_offset else "paging by number", handler.at)
    search, sort = first(SEARCH), first(SORT)
    default = _default(study, limit) if limit else 0
    found = _MAX.search(limit.notes) if limit else None
    most = int(found[1].replace("_", "")) if found else 100
    return ListStyle(
        style="offset" if by_offset else "page",
        page=page.wire if page else "page",
        offset=offset.wire if offset else "offset",
        limit=limit.wire if limit else "limit",
        search=search.wire if search else "search",
        sort=sort.wire if sort else "sort",
        default_limit=min(default, most) if default else min(20, most),
        max_limit=most,
        envelope=envelope(study, handler, by_offset=by_offset),
    )


def _default(study: Study, field: Field) -> int:
    """Return the number that the function gives which an annotation names."""
    named = _DEFAULT.search(field.notes)
    if named is None:
        return 0
    text = field.type.source.data.decode("utf-8", "replace")
    body = re.search(rf"fn\s+{re.escape(named[1])}\s*\(\)[^{{]*\{{\s*([\d_]+)\s*\}}", text)
    return int(body[1].replace("_", "")) if body else 0


def envelope(study: Study, handler: Handler, *, by_offset: bool) -> EnvelopeStyle:
    """Return the keys of the answer of a list, where it is a struct of rows and counts."""
    plain = EnvelopeStyle(page="", pages="", offset="offset") if by_offset else EnvelopeStyle()
    for cls, maker in _answered(study, handler):
        fields = fields_of(study, cls)
        items = next((f for f in fields if f.name in ITEMS or f.written.startswith("Vec<")), None)
        if items is None or not {f.name for f in fields} & (TOTAL | LIMIT | PAGE):
            continue
        study.learn("the envelope of a list", cls)
        keys = {
            role: next((f.wire for f in fields if f.name in words), "")
            for role, words in (
                ("total", TOTAL), ("page", PAGE | {"current_page"}), ("limit", LIMIT),
                ("pages", PAGES), ("offset", OFFSET),
            )
        }  # fmt: skip
        return EnvelopeStyle(items=items.wire, generic=maker, wrap=None, **keys)
    written = written_envelope(handler, ITEMS)
    if written is not None:
        study.learn("the envelope of a list", handler.at)
    return written or plain


def _answered(study: Study, handler: Handler) -> Iterator[tuple[At, Snippet | None]]:
    """Yield the structs that a handler makes, and how it makes each."""
    for node in study.language.subtree(handler.at.node):
        at = handler.at.to(node)
        if node.type == "struct_expression":
            name = node.child_by_field_name("name")
            for cls in study.classes(at.to(name)) if name is not None else ():
                yield cls, None
        called = node.child_by_field_name("function") if node.type == "call_expression" else None
        path = called.child_by_field_name("path") if called is not None else None
        if called is None or path is None or called.type != "scoped_identifier":
            continue
        made = [v for v in study.ev.evaluate(at.to(called)) if isinstance(v, FunctionValue)]
        for value in study.ev.evaluate(at.to(path)):
            if made and isinstance(value, ClassValue):
                yield value.at, _maker(study, at.to(called), made[0].at)


def _maker(study: Study, called: At, function: At) -> Snippet | None:
    """Return the call that makes a page, its arguments by the names of the parameters."""
    names = [p.name for p in study.language.params(function.source, function.node)]
    roles = (
        ("items", ITEMS),
        ("total", TOTAL),
        ("page", PAGE),
        ("limit", LIMIT),
        ("offset", OFFSET),
    )
    given = [next((role for role, words in roles if name in words), "") for name in names]
    if not given or not all(given):
        return None
    text = called.source.text(called.node)
    arguments = ", ".join("{" + role + "}" for role in given)
    return Snippet(f"{text}({arguments})", study.imports_of(called))
