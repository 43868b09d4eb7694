"""What is written above the handlers of a class that serves routes, and the path above them all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.conventions.bean_members import marks_of
from apimod.errors import Refused
from apimod.planning.operations import renamed
from apimod.planning.routers import RouterView
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apimod.planning.builder import Builder
    from apimod.routes import Served

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
NAME = re.compile(r"\b[A-Za-z_]\w*")
OWN_CODE = re.compile(r"@\w+|#\w+")
"""What an expression in a text calls of the program, or reads of the call's parameters."""


def standing_above(builder: Builder, served: Served, op: str) -> tuple[Snippet, ...]:
    """Return what stands above a sibling's handler, beside what routes to it, for a new one.

    ``op`` is the operation of the new handler. What names other code of the sibling's is left out;
    Raises Refused where that decides who may call.
    """
    handler = served.handler
    if handler is None:
        return ()
    same = builder.sibling is not None and builder.sibling.operations.get(op) is served
    routing, verdicts = _told(builder)
    skip = routing | builder.study.types("written")
    out = []
    for name, at in marks_of(builder.study, handler):
        if name in skip or "." not in name:
            continue
        snippet = builder.study.snippet(at, "what stands above the siblings' handlers")
        fits = _fits(builder, snippet, same)
        if name in verdicts and (not fits or _calls_own_code(builder, snippet)):
            raise Refused(
                "what says who may call the sibling's endpoint is written for the sibling alone",
                where=f"{at.source.path}:{at.line}",
                advice="follow another resource with --like",
                flag="--like",
            )
        if fits:
            out.append(renamed(snippet, builder.words))
    return tuple(out)


def _told(builder: Builder) -> tuple[frozenset[str], frozenset[str]]:
    """Return the annotations that route, and those that say who may call."""
    unit = builder.pack.by_name[builder.request.framework]
    routing: set[str] = set()
    verdicts: set[str] = set()
    for row in unit.tables.get("decorators", ()):
        (verdicts if row["gives"] == "verdict" else routing).update(row["names"])
    return frozenset(routing), frozenset(verdicts)


def _fits(builder: Builder, snippet: Snippet, same: bool) -> bool:
    """Tell whether an annotation says the same of a new handler: it names no code of the sibling's.

    What tells a person of the handler fits the same operation only.
    """
    words = builder.words
    if words is None:
        return True
    plain = STRING.sub('""', snippet.text)
    if any(words.mentions(name) for name in NAME.findall(plain)):
        return False
    spoken = any(" " in text and "(" not in text for text in STRING.findall(snippet.text))
    return same or not spoken


def _calls_own_code(builder: Builder, snippet: Snippet) -> bool:
    words = builder.words
    return words is not None and any(OWN_CODE.search(text) for text in STRING.findall(snippet.text))


# --- the path above the handlers -----------------------------------------------------------------


def class_router(builder: Builder) -> RouterView:
    """Return the path that the new class has above its handlers, as the sibling's has it."""
    base = _base(builder)
    path = builder.target.path
    own = path[len(base) :] if path.startswith(f"{base}/") else path
    plain = RouterView(prefix=own, full=path)
    node = builder.sibling.first.router if builder.sibling is not None else None
    if node is None or builder.sibling is None or node.at.node.type != "class_declaration":
        return plain
    above = node.prefixes[0].text.rstrip("/") if node.prefixes else ""
    above = f"/{above.lstrip('/')}" if above else ""
    written = next((t for t in _written(node.at) if above.endswith(t.rstrip("/"))), "")
    outside = above[: len(above) - len(written.rstrip("/"))] if written else ""
    collection = builder.sibling.path.rstrip("/")
    if base + above == collection or not path.startswith(f"{base}{above}/"):
        prefix = own[len(outside) :] if own.startswith(outside) else own
        return RouterView(prefix=_as_written(builder, node.at, prefix), full=path)
    return RouterView(prefix=above[len(outside) :], full=base + above)


def _base(builder: Builder) -> str:
    """Return what the settings put before every path."""
    found = builder.graph.base(builder.request.framework)
    text = "/".join(t.text.strip("/") for t in found if t.text.strip("/"))
    return f"/{text}" if text else ""


def _written(cls: At) -> Iterator[str]:
    """Yield the strings above a class."""
    modifiers = next((c for c in cls.node.children if c.type == "modifiers"), None)
    text = cls.source.text(modifiers) if modifiers is not None else ""
    for found in STRING.findall(text):
        if found:
            yield f"/{found.lstrip('/')}"


def _as_written(builder: Builder, cls: At, prefix: str) -> str:
    """Return the prefix as the sibling writes its own, where that has a setting in it."""
    words = builder.words
    for text in _written(cls):
        if "${" in text and words is not None and words.mentions(text) and not builder.request.path:
            return words.string(text)
    return prefix
