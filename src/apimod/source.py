"""A file as bytes, with what its bytes say about it.

Offsets count bytes from the start of the file, byte order mark included. Lines count from 1,
columns from 0, in bytes.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from apimod.errors import Refused, Unsafe
from apimod.inside import real_path
from apimod.model import SkippedFile
from apimod.parsing import TOO_DEEP, TOO_SLOW, empty, is_deep, parse
from apimod.spans import edited

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Language, Node, Parser, Tree

__all__ = ["Source", "edited"]

_ENDS = re.compile(rb"\r\n|\n|\r")
_INDENTS = re.compile(rb"^([ \t]*)(?=[^\s*])", re.MULTILINE)
_CODING = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"[ \t\f]*(?:#.*)?")
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDEST_INDENT = 8


class Source:
    """A file's bytes at one moment; what it tells of them is worked out once, when asked for."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.given_up = ""
        """Why its tree is empty though it is not: it takes too long to parse. ``""`` as a rule."""
        self._trees: dict[tuple[Language, int], Tree] = {}
        self._read_trees: dict[Language, Tree] = {}
        self._parts: dict[tuple[Language, int, int], Tree] = {}

    def __reduce__(self) -> tuple[type[Source], tuple[str, bytes]]:
        # Trees cannot be pickled, and need not be.
        return Source, (self.path, self.data)

    @classmethod
    def from_disk(cls, root: Path, path: str) -> Source | SkippedFile:
        """Read a file of the workspace; a SkippedFile with the reason where it cannot be used.

        Unusable are files that cannot be opened, that lie behind a symlink out of the workspace,
        and those with a ``problem``.
        """
        try:
            source = cls(path, (root / real_path(root, path)).read_bytes())
        except Unsafe as error:
            return SkippedFile(path, error.what)
        except OSError as error:
            return SkippedFile(path, error.strerror or "cannot be read")
        return SkippedFile(path, source.problem) if source.problem else source

    @cached_property
    def bom(self) -> bytes:
        """The UTF-8 byte order mark that the file starts with, or ``b""``."""
        return codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""

    @cached_property
    def encoding(self) -> str:
        """The codec: what a Python file's coding line names (PEP 263), else ``utf-8``."""
        if self.path.endswith((".py", ".pyi", ".pyw")) and not self.bom:
            return _coding_line(self.data) or "utf-8"
        return "utf-8"

    @cached_property
    def problem(self) -> str:
        """Why the file cannot be read as text, in a few words; ``""`` where it can."""
        if self.data.startswith(_WIDE_MARKS):
            return "is UTF-16 or UTF-32, which apimod does not edit"
        if b"\0" in self.data:
            return "is binary"
        if is_deep(self.data):
            return TOO_DEEP
        try:
            return "" if self._readable else f"its encoding {self.encoding} is not supported"
        except LookupError:
            return f"names an encoding that is not known: {self.encoding}"
        except UnicodeError:
            return f"is not valid {self.encoding}"

    @cached_property
    def newline(self) -> str:
        """The line end that most of its lines have: LF, CRLF or CR; LF if it has none."""
        ends = Counter(_ENDS.findall(self.data))
        return max((b"\n", b"\r\n", b"\r"), key=lambda end: ends[end]).decode()

    @cached_property
    def indent_unit(self) -> str:
        """One level of indentation: a tab or some spaces; ``""`` where no line is indented."""
        votes: Counter[str] = Counter()
        before = b""
        for indent in _INDENTS.findall(self._lf_data):
            if indent.startswith(b"\t"):
                votes["\t"] += indent != before
            elif (wider := abs(len(indent) - len(before))) and 1 < wider <= _WIDEST_INDENT:
                votes[" " * wider] += not before.startswith(b"\t")
            before = indent
        return max(votes, key=lambda unit: (votes[unit], -len(unit)), default="")

    @cached_property
    def final_newline(self) -> bool:
        """Whether the last line ends in a newline; an empty file has none."""
        return self.data.endswith((b"\n", b"\r"))

    @cached_property
    def text_all(self) -> str:
        """The whole file as text, without the byte order mark, newlines as they are."""
        return self._decode(self.data[len(self.bom) :])

    def encode(self, text: str) -> bytes:
        r"""Return ``text``, whose lines end in ``\n``, in this file's newlines and encoding.

        Raises Refused where the encoding has no bytes for a character.
        """
        lines = text.replace("\r\n", "\n").replace("\n", self.newline)
        try:
            return lines.encode(self.encoding)
        except (UnicodeEncodeError, LookupError) as error:
            raise Refused(
                f"the text to insert cannot be written in {self.encoding}", where=self.path
            ) from error

    def text(self, node: Node) -> str:
        """Return what a node of this file's tree covers."""
        return self._decode(self.data[node.start_byte : node.end_byte])

    def tree(self, grammar: Language, data: bytes | None = None) -> Tree:
        """Return the syntax tree, parsed once a grammar; its offsets are those of ``data``.

        Only offsets and rows of its nodes hold for every encoding: take texts from ``text()``.
        With ``data`` that is parsed instead: parts of the file, the rest of it blanked.
        """
        key = (grammar, hash(data))
        tree = self._trees.get(key)
        if tree is None:
            from tree_sitter import Parser

            tree = self._parsed(Parser(grammar), data or self._parsed_data)
            self._trees[key] = tree
        return tree

    def tree_of(self, grammar: Language, read: Callable[[bytes, Tree, Parser], bytes]) -> Tree:
        """Return the tree of what ``read`` makes of the bytes, parsed once a grammar.

        ``read`` gets the bytes, their tree and a parser, and returns as many bytes: offsets stay.
        """
        tree = self._read_trees.get(grammar)
        if tree is None:
            from tree_sitter import Parser

            parser, plain = Parser(grammar), self.tree(grammar)
            data = read(self._parsed_data, plain, parser)
            tree = plain if data == self._parsed_data else self._parsed(parser, data)
            self._read_trees[grammar] = tree
        return tree

    def part(self, grammar: Language, start: int, end: int, tail: bytes = b"") -> Node:
        """Return the root of a part's own tree, ``tail`` put to its end; offsets stay."""
        key = (grammar, start, end)
        if key not in self._parts:
            from tree_sitter import Parser

            data = re.sub(rb"[^\n]", b" ", self._parsed_data[:start])
            data += self._parsed_data[start:end] + tail
            self._parts[key] = self._parsed(Parser(grammar), data, ended=True)
        return self._parts[key].root_node

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line, from 1, and the column, in bytes from 0, of an offset."""
        line = self.line_of(offset)
        return line, offset - self._line_starts[line - 1]

    def line_of(self, offset: int) -> int:
        """Return the line, from 1, of an offset; a newline belongs to the line it ends."""
        return bisect_right(self._line_starts, offset)

    def line_start(self, offset: int) -> int:
        """Return the offset at which the line of ``offset`` starts."""
        return self._line_starts[self.line_of(offset) - 1]

    def line_end(self, offset: int) -> int:
        """Return the offset at which the line of ``offset`` ends, before its newline."""
        line = self.line_of(offset)
        if line == len(self._line_starts):
            return len(self.data)
        end = self._line_starts[line] - 1
        return end - self.data.startswith(b"\r\n", end - 1)

    def line_text(self, line: int) -> str:
        """Return a line, counted from 1, without its newline."""
        start = self._line_starts[line - 1]
        return self._decode(self.data[start : self.line_end(start)])

    def indent_of(self, offset: int) -> str:
        """Return the blanks that the line of ``offset`` starts with."""
        line = self.data[self.line_start(offset) : self.line_end(offset)]
        if line.startswith(self.bom) and self.line_start(offset) == 0:
            line = line[len(self.bom) :]
        return line[: len(line) - len(line.lstrip(b" \t"))].decode("ascii")

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(rb"\n", self._lf_data))]

    @cached_property
    def _lf_data(self) -> bytes:
        # A file of lone CRs is one line to everything that splits at LF. The swap keeps offsets.
        return self.data.replace(b"\r", b"\n") if self.newline == "\r" else self.data

    @cached_property
    def _parsed_data(self) -> bytes:
        """What the parser reads: tree-sitter takes UTF-8 only, so every byte that is not ASCII
        becomes a letter where the file is in another encoding. Every offset stays true."""
        if codecs.lookup(self.encoding).name in ("utf-8", "ascii"):
            return self._lf_data
        out = (
            char.encode() if char.isascii() else b"x" * len(char.encode(self.encoding))
            for char in self.data.decode(self.encoding)
        )
        return b"".join(out).replace(b"\r", b"\n" if self.newline == "\r" else b"\r")

    @cached_property
    def _readable(self) -> bool:
        """Whether bytes mean the same wherever they stand; raises as decode does."""
        text = self.data.decode(self.encoding)
        if codecs.lookup(self.encoding).name == "utf-8":
            return True
        plain = bytes(range(1, 128))
        same = plain.decode(self.encoding, "replace") == plain.decode("ascii")
        return same and text.encode(self.encoding) == self.data

    def _parsed(self, parser: Parser, data: bytes, *, ended: bool = False) -> Tree:
        """Return a tree; where a grammar wants every line ended, the last one is taken to be.

        Of a file that takes too long it is a tree with nothing in it.
        """
        tree = None if self.given_up else parse(parser, data)
        if tree and tree.root_node.has_error and not (ended or data.endswith(b"\n")):
            again = parse(parser, data + b"\n")
            tree = again if again and not again.root_node.has_error else tree
        if tree is None:
            self.given_up = TOO_SLOW
            assert parser.language is not None
            return empty(parser.language, data)
        return tree

    def _decode(self, data: bytes) -> str:
        try:
            return data.decode(self.encoding)
        except (UnicodeError, LookupError) as error:
            raise Refused(self.problem or "a span cuts a character", where=self.path) from error


def _coding_line(data: bytes) -> str:
    """Return the encoding that one of the first two lines names (PEP 263), or ``""``."""
    for line in _ENDS.split(data[:4096], maxsplit=2)[:2]:
        if match := _CODING.match(line):
            return _plain_codec(match[1].decode("ascii"))
        if not _BLANK.fullmatch(line):
            break
    return ""


def _plain_codec(name: str) -> str:
    """Return a codec's name without what editors append to it, as Python reads coding lines."""
    plain = name.lower().replace("_", "-")
    for known in ("utf-8", "latin-1", "iso-8859-1", "iso-latin-1"):
        if plain.startswith(f"{known}-"):
            return known
    return plain
