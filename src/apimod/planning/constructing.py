"""Calls of constructors in copies: the new ones take no more than what the new types hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.conventions.constructors import Constructor, constructor
from apimod.errors import Refused
from apimod.languages.buffer import Buffer, significant, walk
from apimod.planning.copies import WRAP
from apimod.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apimod.planning.builder import Builder
    from apimod.values import At


def siblings_made(builder: Builder) -> Iterator[Constructor]:
    """Yield what makes the sibling's handlers and layers, each with the parameter that is held."""
    anatomy = builder.lesson.anatomy
    wanted: list[tuple[At, str]] = []
    layers = list(anatomy.layers.values())
    session = anatomy.session
    for index, layer in enumerate(layers):
        below = layers[index + 1].held if index + 1 < len(layers) else ""
        wanted.append((layer.cls, below or (session.name if session is not None else "")))
    if anatomy.owner is not None:
        held = layers[0].held if layers else session.name if session is not None else ""
        wanted.append((anatomy.owner, held))
    for cls, name in wanted:
        found = constructor(builder.study, cls, name)
        if found is not None:
            yield found


def trimmed(builder: Builder, text: str) -> str:
    """Return a copy in which the new constructors are called with what they take.

    Raises Refused where it is not seen which of the sibling's arguments that is.
    """
    words = builder.words
    assert words is not None
    known = {words.identifier(c.name): c for c in siblings_made(builder)}
    if not any(name in text for name in known):
        return text
    data = WRAP.encode() + text.encode() + b"\n}\n"
    buffer = Buffer(Source("copy.go", data), builder.tools.syntax)
    edits = []
    for node in walk(buffer.root):
        function, arguments = (node.child_by_field_name(n) for n in ("function", "arguments"))
        if node.type != "call_expression" or function is None or arguments is None:
            continue
        made = known.get(buffer.text(function).rpartition(".")[2])
        given = significant(arguments)
        if made is None or len(given) != made.count or (made.count == 1 and made.keep == 0):
            continue
        if made.keep < 0:
            raise Refused(
                f"{made.name} takes more than what the new code is made of",
                where=f"{made.at.source.path}:{made.at.line}",
                advice="follow another resource with --like",
                flag="--like",
            )
        kept = buffer.text(given[made.keep])
        edits.append((arguments.start_byte, arguments.end_byte, f"({kept})"))
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new.encode() + data[end:]
    return data[len(WRAP.encode()) : -3].decode()
