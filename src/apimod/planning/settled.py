"""A changed file that its formatter had left as it was is left so by it again.

Every token of the old file stays, in its order; between two of them blanks may give way to others.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from apimod.model import Span
from apimod.syntax import leaves

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Language

    from apimod.planning.files import Files
    from apimod.source import Source


def settle(files: Files, form: Callable[[str, str], str], suffix: str) -> None:
    """Format the files that were changed and that ``form(path, text)`` had nothing to say about."""
    for path in list(files.changed):
        if not path.endswith(suffix):
            continue
        old, new = files.old(path), files.source(path)
        if old.bom or old.encoding != "utf-8" or not _is_settled(path, old, form):
            continue
        wanted = form(path, new.text_all)
        if wanted.encode() != new.data:
            files.formed[path] = wanted.encode()


def _is_settled(path: str, source: Source, form: Callable[[str, str], str]) -> bool:
    return form(path, source.text_all) == source.text_all


def changes(old: Source, new: Source, grammar: Language) -> list[tuple[Span, bytes]] | None:
    """Return the spans of blanks to replace, and by what; None where a token would be lost.

    An empty span is an insertion.
    """
    before = list(leaves(old.tree(grammar), old.data))
    after = list(leaves(new.tree(grammar), new.data))
    pairs = _pairs([_text(old, s) for s in before], [_text(new, s) for s in after])
    if pairs is None:
        return None
    out: list[tuple[Span, bytes]] = []
    at_old = at_new = 0
    ends = [(before[i], after[j]) for i, j in pairs]
    for mine, theirs in [
        *ends,
        (Span(len(old.data), len(old.data)), Span(len(new.data), len(new.data))),
    ]:
        gap, wanted = old.data[at_old : mine.start], new.data[at_new : theirs.start]
        if gap != wanted:
            out.append(_least(at_old, gap, wanted))
        at_old, at_new = mine.end, theirs.end
    return out


def _least(start: int, gap: bytes, wanted: bytes) -> tuple[Span, bytes]:
    """Return the replacement of a gap without what stays at its edges."""
    left = 0
    while left < min(len(gap), len(wanted)) and gap[left] == wanted[left]:
        left += 1
    right = 0
    while right < min(len(gap), len(wanted)) - left and gap[-1 - right] == wanted[-1 - right]:
        right += 1
    return Span(start + left, start + len(gap) - right), wanted[left : len(wanted) - right]


def _text(source: Source, span: Span) -> bytes:
    return source.data[span.start : span.end]


def _pairs(old: list[bytes], new: list[bytes]) -> list[tuple[int, int]] | None:
    """Return for each old token the new one that it is; None where one has none."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found = [(b.a + k, b.b + k) for b in matcher.get_matching_blocks() for k in range(b.size)]
    if len(found) == len(old):
        return found
    greedy = list(_greedy(old, new))
    return greedy if len(greedy) == len(old) else None


def _greedy(old: list[bytes], new: list[bytes]) -> Iterator[tuple[int, int]]:
    at = 0
    for index, token in enumerate(old):
        while at < len(new) and new[at] != token:
            at += 1
        if at == len(new):
            return
        yield index, at
        at += 1
