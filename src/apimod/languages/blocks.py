"""Files of blocks (``model User { … }``): one word, a name, and a line for each member.

No grammar of such a language comes as an official wheel, and what is asked is little: where a block
begins and ends, the cells of its lines, and a line more that keeps their columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from apimod.insertion import Insertion

_OPENS = re.compile(r"^[ \t]*(\w+)[ \t]+(\w+)[^\n{]*\{[ \t]*(?://[^\n]*)?$", re.MULTILINE)
_MEMBER = re.compile(
    r"([ \t]*)(\w+)([ \t]+)([\w.]+(?:\([^)\n]*\))?(?:\[\])?\??)(?:([ \t]+)(\S[^\n]*?))?[ \t]*$"
)


class Line(Struct, frozen=True):
    """A line of a block; its offsets are characters of the text."""

    start: int
    text: str
    name: str = ""
    type: str = ""
    rest: str = ""
    type_at: int = 0
    rest_at: int = 0


class Block(Struct, frozen=True):
    """A block: ``kind`` is its word; ``close`` is where its last line begins."""

    kind: str
    name: str
    start: int
    close: int
    lines: tuple[Line, ...]

    @property
    def members(self) -> tuple[Line, ...]:
        """The lines that declare a member."""
        return tuple(line for line in self.lines if line.name)


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks at the top of a file."""
    at = 0
    while (found := _OPENS.search(text, at)) is not None:
        close = re.compile(r"^[ \t]*\}", re.MULTILINE).search(text, found.end())
        if close is None:
            return
        lines = tuple(_lines(text, found.end() + 1, close.start()))
        yield Block(found[1], found[2], found.start(), close.start(), lines)
        at = close.end()


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield _line(text[at:stop].rstrip("\r"), at)
        at = stop + 1


def _line(text: str, start: int) -> Line:
    found = _MEMBER.fullmatch(text)
    if found is None or text.lstrip().startswith("//"):
        return Line(start, text)
    rest = found[6] or ""
    return Line(
        start, text, found[2], found[4], rest,
        start + found.start(4), start + (found.start(6) if rest else 0),
    )  # fmt: skip


def with_member(text: str, block: Block, lines: Sequence[str]) -> list[Insertion]:
    """Return the insertions that put members behind the block's last, in its columns.

    A column that is too narrow for them is widened in the lines that they stand with.
    """
    run = _last_run(block)
    newline = "\r\n" if "\r\n" in text else "\n"
    if not run:
        body = "".join(f"  {line.strip()}{newline}" for line in aligned(lines))
        return [_insertion(text, block.close, body)]
    indent = re.match(r"[ \t]*", run[0].text)
    pad = indent[0] if indent else "  "
    fresh = [_line(f"{pad}{line.strip()}", 0) for line in lines]
    names, types = _widths([*run, *fresh])
    straight = _straight(run)
    made: list[Insertion] = []
    for line in run if straight else ():
        column = line.type_at - line.start
        missing = len(pad) + names + 1 - column
        made += [_insertion(text, line.type_at, " " * missing)] * (missing > 0)
        gap = types + 1 - (line.rest_at - line.type_at)
        made += [_insertion(text, line.rest_at, " " * gap)] * (bool(line.rest) and gap > 0)
    last = run[-1]
    end = last.start + len(last.text)
    shown = [
        _shown(line, pad, names if straight else 0, types if straight else 0) for line in fresh
    ]
    return [*made, _insertion(text, end, "".join(f"{newline}{line}" for line in shown))]


def _last_run(block: Block) -> list[Line]:
    """Return the last members that stand together, without a blank line or a comment between."""
    run: list[Line] = []
    for line in block.lines:
        if line.name:
            run.append(line)
        elif run and any(later.name for later in block.lines[block.lines.index(line) :]):
            run = []
    return run


def _straight(run: Sequence[Line]) -> bool:
    return len({line.type_at - line.start for line in run}) == 1


def _widths(lines: Sequence[Line]) -> tuple[int, int]:
    named = [line for line in lines if line.name]
    names = max((len(line.name) for line in named), default=0)
    return names, max((len(line.type) for line in named), default=0)


def _shown(line: Line, pad: str, names: int, types: int) -> str:
    if not line.name:
        return line.text
    head = f"{pad}{line.name.ljust(names)} {line.type}"
    return f"{head.ljust(len(pad) + names + 1 + types)} {line.rest}" if line.rest else head


def aligned(lines: Sequence[str]) -> list[str]:
    """Return lines of members with their cells in columns, run by run."""
    out: list[str] = []
    run: list[Line] = []

    def flush() -> None:
        names, types = _widths(run)
        pad = re.match(r"[ \t]*", run[0].text) if run else None
        out.extend(_shown(each, pad[0] if pad else "", names, types) for each in run)
        run.clear()

    for text in lines:
        line = _line(text, 0)
        if line.name:
            run.append(line)
        else:
            flush()
            out.append(text)
    flush()
    return out


def formatted(text: str) -> str:
    """Return new blocks with the cells of their members in columns."""
    for block in reversed(list(blocks(text))):
        body = "\n".join(aligned([line.text for line in block.lines]))
        first = block.lines[0].start if block.lines else block.close
        text = text[:first] + (f"{body}\n" if block.lines else "") + text[block.close :]
    return text


def _insertion(text: str, at: int, new: str) -> Insertion:
    return Insertion(len(text[:at].encode()), new.encode())
