"""Kotlin: annotations before a top-level class, read apart from the rest of the file.

The grammar takes ``@A @B(x) class C {…}`` for an expression as often as not. So they are blanked
where the file is parsed, and parsed by themselves, at the same offsets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apimod.source import Source

NAME = re.compile(rb"@(?!file\b)[A-Za-z_][\w.:]*")
BETWEEN = re.compile(rb"(?:\s+|//[^\n]*|/\*(?:(?!/\*).)*?\*/)*", re.DOTALL)
DECLARED = re.compile(
    rb"(?:(?:public|internal|private|protected|open|abstract|sealed|data|final|enum|annotation|"
    rb"value|inline|inner|fun|expect|actual)\s+)*(?:class|interface|object)\b"
)
STRING = re.compile(rb'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\])\'')

Run = tuple[int, tuple[tuple[int, int], ...]]
"""Where a declaration begins, and the annotations before it."""


def runs(data: bytes) -> list[Run]:
    """Return the annotated top-level classes of a file."""
    out: list[Run] = []
    end = 0
    for found in re.finditer(rb"(?m)^@", data):
        if found.start() < end:
            continue
        spans: list[tuple[int, int]] = []
        at = found.start()
        while (name := NAME.match(data, at)) is not None:
            stop = _arguments(data, name.end())
            spans.append((at, stop))
            between = BETWEEN.match(data, stop)
            at = between.end() if between is not None else stop
        if spans and DECLARED.match(data, at):
            out.append((at, tuple(spans)))
        end = max(end, at)
    return out


def _arguments(data: bytes, at: int) -> int:
    """Return the end of the brackets that begin at an offset; the offset where none do."""
    if data[at : at + 1] != b"(":
        return at
    depth = 0
    while at < len(data):
        string = STRING.match(data, at)
        if string is not None:
            at = string.end()
            continue
        char = data[at : at + 1]
        depth += (char == b"(") - (char == b")")
        at += 1
        if depth == 0:
            break
    return at


def blanked(source: Source) -> bytes:
    """Return a file's bytes without those annotations, every offset and line kept."""
    data = bytearray(source.data)
    for _, spans in runs(source.data):
        for start, end in spans:
            data[start:end] = _blank(source.data[start:end])
    return bytes(data)


def alone(source: Source, start: int) -> bytes:
    """Return bytes that hold only the annotations of the class that begins at an offset."""
    for at, spans in runs(source.data):
        if at == start:
            data = bytearray(_blank(source.data[:at]))
            for begin, end in spans:
                data[begin:end] = source.data[begin:end]
            return bytes(data) + b"class C\n"
    return b""


def _blank(data: bytes) -> bytes:
    return re.sub(rb"[^\n]", b" ", data)
