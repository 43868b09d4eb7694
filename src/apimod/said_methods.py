"""Methods that stand in a path: ``"GET /users/{id}"``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apimod.values import Piece, Text

Methods = tuple[tuple[str, str], ...]
"""Protocol and method, for each."""


def split_by_method(
    paths: Sequence[Text], methods: Methods, pattern: str
) -> list[tuple[Methods, list[Text]]]:
    """Return paths without the method that each begins with, beside the methods that hold for it.

    Group 1 of ``pattern`` is the method.
    """
    out: list[tuple[Methods, list[Text]]] = []
    for path in paths:
        found = re.match(pattern, path.text)
        if found is None:
            out.append((methods, [path]))
            continue
        said = tuple((protocol, found.group(1).upper()) for protocol, _ in methods[:1])
        out.append((said, [_without(path, found.end())]))
    return out


def _without(path: Text, count: int) -> Text:
    """Return a string without its first characters."""
    pieces = []
    for piece in path.pieces or (Piece(path.text, known=path.known),):
        cut = min(count, len(piece.text))
        count -= cut
        if cut < len(piece.text):
            pieces.append(Piece(piece.text[cut:], piece.at, piece.known))
    return Text.of(pieces)
