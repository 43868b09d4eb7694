"""Small damage to a text, as people and merges do it: tokens and lines go, come twice or move."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")
_STRAY = (b"(", b")", b"[", b"]", b"{", b"}", b'"', b"'", b"`", b",", b";", b":", b"=", b"\\", b"@",
          b"#", b"/*", b"//", b'"""', b"<", b">", b"\x00", b"\xff", b"\r", b"\xe2\x80\xae", b"...",
          b"**", b"f'{", b"${", b"|", b"&", b"\xef\xbb\xbf", b"\t")  # fmt: skip

Pieces = list[bytes]


def _delete(pieces: Pieces, at: int, random: Random) -> None:
    del pieces[at : at + random.choice((1, 1, 1, 3, 10))]


def _duplicate(pieces: Pieces, at: int, random: Random) -> None:
    pieces[at:at] = pieces[at : at + random.choice((1, 1, 3, 10))]


def _swap(pieces: Pieces, at: int, random: Random) -> None:
    other = random.randrange(len(pieces))
    pieces[at], pieces[other] = pieces[other], pieces[at]


def _replace(pieces: Pieces, at: int, random: Random) -> None:
    pieces[at] = random.choice(pieces)


def _stray(pieces: Pieces, at: int, random: Random) -> None:
    pieces.insert(at, random.choice(_STRAY))


def _truncate(pieces: Pieces, at: int, random: Random) -> None:
    del pieces[at:]


KINDS: tuple[Callable[[Pieces, int, Random], None], ...] = (
    _delete, _delete, _duplicate, _swap, _replace, _stray, _truncate,
)  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """Return the text with one to three pieces of damage, to its tokens or to its lines."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        by_line = random.random() < 0.3
        pieces = data.splitlines(keepends=True) if by_line else _TOKEN.findall(data)
        if pieces:
            random.choice(KINDS)(pieces, random.randrange(len(pieces)), random)
        data = b"".join(pieces)
    return data
