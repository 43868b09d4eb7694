"""Insertions: bytes that enter a file at an offset of its old text, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct


class Insertion(Struct, frozen=True):
    """New bytes at an offset of the old bytes. Several at one offset land in list order."""

    offset: int
    text: bytes


def inserted(data: bytes, insertions: Iterable[Insertion]) -> bytes:
    """Return ``data`` with the insertions made; the order of equal offsets is kept."""
    out: list[bytes] = []
    at = 0
    for one in sorted(insertions, key=lambda each: each.offset):
        if not 0 <= one.offset <= len(data):
            raise ValueError(f"offset {one.offset} lies outside of {len(data)} bytes")
        out += (data[at : one.offset], one.text)
        at = one.offset
    out.append(data[at:])
    return b"".join(out)


def merged(insertions: Iterable[Insertion]) -> list[Insertion]:
    """Return the insertions by offset, with one entry for each offset."""
    ordered = sorted(insertions, key=lambda each: each.offset)
    return [
        Insertion(offset, b"".join(each.text for each in group))
        for offset, group in groupby(ordered, key=lambda each: each.offset)
    ]


def compose(first: Sequence[Insertion], then: Sequence[Insertion]) -> list[Insertion]:
    """Return one list that does what ``first`` and then ``then`` do.

    The offsets of ``then`` count in the text that ``first`` leaves; those of the result count in
    the text that ``first`` starts from.
    """
    base = merged(first)
    texts = [bytearray(each.text) for each in base]
    grown = [0] * len(base)
    fresh: list[Insertion] = []
    for one in sorted(then, key=lambda each: each.offset):
        shift = 0
        for index, old in enumerate(base):
            start = old.offset + shift
            if one.offset < start:
                fresh.append(Insertion(one.offset - shift, one.text))
                break
            if one.offset <= start + len(old.text):
                inner = one.offset - start + grown[index]
                texts[index][inner:inner] = one.text
                grown[index] += len(one.text)
                break
            shift += len(old.text)
        else:
            fresh.append(Insertion(one.offset - shift, one.text))
    kept = [Insertion(old.offset, bytes(text)) for old, text in zip(base, texts, strict=True)]
    return merged([*kept, *fresh])


def is_subsequence(old: bytes, new: bytes) -> bool:
    """Tell whether ``new`` can be made from ``old`` by insertions alone."""
    rest = iter(new)
    return all(byte in rest for byte in old)
