"""What stands above the sibling's classes and handlers, for new ones: copied, left out, or refused.

What says who may call is never left out: where it names the sibling's own code it is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.conventions.bean_members import marks_of
from apimod.errors import Refused
from apimod.planning.operations import renamed
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.values import At

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
NAME = re.compile(r"\b[A-Za-z_]\w*")
OWN_CODE = re.compile(r"@\w+|#\w+")
"""What an expression in a text calls of the program, or reads of the call's parameters."""
MEMBERS = ("model", "schema")
"""Roles above whose classes texts and lists are as a rule about their own members."""


def told(builder: Builder) -> tuple[frozenset[str], frozenset[str]]:
    """Return the annotations that route, and those that say who may call."""
    unit = builder.pack.by_name[builder.request.framework]
    routing: set[str] = set()
    verdicts: set[str] = set()
    for row in unit.tables.get("decorators", ()):
        (verdicts if row["gives"] == "verdict" else routing).update(row["names"])
    return frozenset(routing), frozenset(verdicts)


def above_class(builder: Builder, cls: At, role: str) -> tuple[Snippet, ...]:
    """Return what stands above the new class of a role. Raises Refused."""
    routing, verdicts = told(builder)
    skip = (routing | builder.study.types("written")) - verdicts
    out = []
    for name, at in marks_of(builder.study, cls):
        if name in skip or "." not in name:
            continue
        snippet = builder.study.snippet(at)
        if name in verdicts:
            out.append(verdict(builder, at, snippet))
        elif not (role in MEMBERS and re.search(r"[{\"]", snippet.text)) and _fits(
            builder, snippet
        ):
            out.append(renamed(snippet, builder.words))
    return tuple(out)


def above_handler(builder: Builder, handler: At, same: bool) -> tuple[Snippet, ...]:
    """Return what stands above a new handler; ``same``: it does what the sibling's does.

    What tells a person of the handler fits the same operation only. Raises Refused.
    """
    routing, verdicts = told(builder)
    skip = (routing | builder.study.types("written")) - verdicts
    out = []
    for name, at in marks_of(builder.study, handler):
        if name in skip or "." not in name:
            continue
        snippet = builder.study.snippet(at, "what stands above the siblings' handlers")
        if name in verdicts:
            out.append(verdict(builder, at, snippet))
            continue
        spoken = any(" " in text and "(" not in text for text in STRING.findall(snippet.text))
        if _names_no_code(builder, snippet) and (same or not spoken):
            out.append(renamed(snippet, builder.words))
    return tuple(out)


def verdicts_above(builder: Builder, function: At) -> tuple[Snippet, ...]:
    """Return what says above a function who may call it. Raises Refused."""
    _, verdicts = told(builder)
    return tuple(
        verdict(builder, at, builder.study.snippet(at))
        for name, at in marks_of(builder.study, function)
        if name in verdicts
    )


def verdict(builder: Builder, at: At, snippet: Snippet) -> Snippet:
    """Return what says who may call, with the new words. Raises Refused where it is the sibling's."""
    calls = any(OWN_CODE.search(text) for text in STRING.findall(snippet.text))
    if calls or not _names_no_code(builder, snippet):
        raise Refused(
            "what says who may call the sibling's endpoints is written for the sibling alone",
            where=f"{at.source.path}:{at.line}",
            advice="follow another resource with --like",
            flag="--like",
        )
    return renamed(snippet, builder.words)


def _fits(builder: Builder, snippet: Snippet) -> bool:
    """Tell whether an annotation says the same above a new class.

    Its texts are either about no resource, or each about the sibling.
    """
    words = builder.words
    if not _names_no_code(builder, snippet) or words is None:
        return words is None
    about = [words.mentions(text) for text in STRING.findall(snippet.text)]
    return all(about) or not any(about)


def _names_no_code(builder: Builder, snippet: Snippet) -> bool:
    words = builder.words
    plain = STRING.sub('""', snippet.text)
    return words is None or not any(words.mentions(name) for name in NAME.findall(plain))
