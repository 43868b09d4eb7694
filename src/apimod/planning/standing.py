"""What stands before a sibling's handler in the line that routes it: it is kept as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.errors import Refused
from apimod.languages.forms import Call
from apimod.values import At, FunctionValue
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.routes import Served


def standing_before(builder: Builder, served: Served) -> tuple[Snippet, ...]:
    """Return the arguments between a route's path and its handler, for the new route.

    Only local names get the new words, as they do in a copy of what is around. Raises Refused
    where the sibling's own file defines what stands there.
    """
    out = []
    for use in served.route.uses:
        if use.scope != "route":
            continue
        own = _own(builder, use.at)
        if own is not None:
            raise Refused(
                "a handler of the sibling has a middleware of the sibling's own before it",
                where=f"{use.at.source.path}:{use.at.line}",
                advice="follow another resource with --like",
                flag="--like",
            )
        builder.study.learn("what stands before a sibling's handler", use.at)
        out.append(Snippet(_text(builder, use.at)))
    return tuple(out)


def _own(builder: Builder, at: At) -> At | None:
    """Return the definition of a middleware in a file of the sibling's own."""
    form = builder.study.ev.form(at)
    called = at.to(form.function) if isinstance(form, Call) else at
    paths = {part.path for part in builder.lesson.parts.values()}
    words = builder.words
    for value in builder.study.ev.evaluate(called):
        if isinstance(value, FunctionValue) and value.at.source.path in paths:
            if words is not None and words.mentions(value.at.source.path.rpartition("/")[2]):
                return value.at
    return None


def _text(builder: Builder, at: At) -> str:
    """Return an expression with the new words in its local names."""
    words = builder.words
    assert words is not None
    base = at.node.start_byte
    data = at.source.data[base : at.node.end_byte]
    edits = []
    for node in builder.language.subtree(at.node):
        if node.type != "identifier":
            continue
        name = at.source.text(node)
        if words.mentions(name) and not _at_top(builder, at, name):
            edits.append((node.start_byte - base, node.end_byte - base, words.identifier(name)))
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new.encode() + data[end:]
    return data.decode("utf-8", "replace")


def _at_top(builder: Builder, at: At, name: str) -> bool:
    if name in builder.study.code.scopes(at.source).module.names:
        return True
    folder = at.source.path.rpartition("/")[0]
    return bool(builder.language.exported(builder.study.code, folder, name))
