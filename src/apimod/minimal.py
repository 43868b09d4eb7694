"""Promise 1, checked on a file before and after: nothing but the insertion, and nothing lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from apimod.errors import Refused
from apimod.model import Edit, Insert, Span
from apimod.source import Source
from apimod.spans import Splice
from apimod.syntax import leaves

if TYPE_CHECKING:
    from tree_sitter import Language

_ENDS = re.compile(rb"\r\n|\n|\r")
_WORDS = re.compile(rb"[\w\x80-\xff]+|[^\w\s]")
_LINES = re.compile(rb"[^\r\n]+")


def check_minimal(
    old: Source,
    new: Source,
    edits: Sequence[Edit],
    splices: Sequence[Splice],
    grammar: Language | None,
) -> None:
    """Raise Refused where an edit changes more than it inserts or replaces.

    ``edits`` are the file's own and ``splices`` the same in the order of its bytes. Tokens are the
    leaves of the tree, comments included; in a token of several lines, each line is one. Without a
    grammar they are words and signs.
    """
    _check_form(old, new)
    tokens = _tokens(old, grammar)
    starts = [token.start for token in tokens]
    for edit in edits:
        if isinstance(edit, Insert) and edit.text:
            at = bisect_right(starts, edit.offset) - 1
            if at >= 0 and tokens[at].start < edit.offset < tokens[at].end:
                where = f"{old.path}:{old.line_of(edit.offset)}"
                raise Refused("an insertion would split what stands there", where=where)
    replaced = [splice for splice in splices if splice.end > splice.start]
    kept = (token for token in tokens if not _in_any(token, replaced))
    after = iter([new.data[t.start : t.end] for t in _tokens(new, grammar)])
    for token in kept:
        text = old.data[token.start : token.end]
        if text not in after:
            where = f"{old.path}:{old.line_of(token.start)}"
            raise Refused("an insertion would run into what stands there", where=where)


def _check_form(old: Source, new: Source) -> None:
    """Hold fast what a file's bytes say beside their text."""
    if not old.data:
        return
    if old.bom != new.bom:
        raise Refused("the byte order mark would change", where=old.path)
    if old.encoding != new.encoding:
        raise Refused("the encoding would change", where=old.path)
    before, after = set(_ENDS.findall(old.data)), set(_ENDS.findall(new.data))
    if before and after - before:
        raise Refused("newlines of another kind would come in", where=old.path)
    if new.data and old.final_newline != new.final_newline:
        raise Refused("the file's last newline would change", where=old.path)


def _tokens(source: Source, grammar: Language | None) -> list[Span]:
    if grammar is None:
        return [Span(*match.span()) for match in _WORDS.finditer(source.data)]
    return [
        Span(*match.span())
        for leaf in leaves(source.tree(grammar), source.data)
        for match in _LINES.finditer(source.data, leaf.start, leaf.end)
    ]


def _in_any(token: Span, replaced: Sequence[Splice]) -> bool:
    return any(splice.start < token.end and token.start < splice.end for splice in replaced)
