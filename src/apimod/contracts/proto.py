"""Services in ``.proto`` files. Messages, enums and imports are skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from apimod.contracts.model import Rpc, Service

TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*(?:(?!/\*).)*?\*/)"""
    r"""|(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<word>[\w.+-]+)"""
    r"""|(?P<mark>.)""",
    re.DOTALL | re.VERBOSE,
)
HOME = re.compile(r"(package|namespace|prefix)$")


class ProtoError(Exception):
    """A file that is no ``.proto``, with the line where that shows."""


Token = tuple[str, str, int]
"""Its kind, its text and its line."""


def services_in(text: str, file: str) -> list[Service]:
    """Return the services that a file declares. Raises ProtoError."""
    return _Parser(text, file).run()


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for found in TOKEN.finditer(text):
        kind = str(found.lastgroup)
        value = found.group()
        if kind == "string":
            yield kind, value[1:-1], line
        elif kind != "skip":
            yield kind, value, line
        line += value.count("\n")


class _Parser:
    """Reads one file from its beginning to its end."""

    def __init__(self, text: str, file: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.file = file
        self.package = ""
        self.homes: list[str] = []
        self.found: list[tuple[str, list[Rpc]]] = []

    def run(self) -> list[Service]:
        while self.at < len(self.tokens):
            word = self._next()[1]
            if word == "package":
                self.package = self._next()[1]
                self._statement()
            elif word == "option":
                name, value = self._option()
                if HOME.search(name) and isinstance(value, str):
                    self.homes.append(value)
            elif word == "service":
                self._service()
            elif word != ";":
                self._statement()
        homes = tuple(self.homes)
        return [Service(n, self.package, self.file, tuple(r), homes) for n, r in self.found]

    def _next(self) -> Token:
        if self.at >= len(self.tokens):
            last = self.tokens[-1][2] if self.tokens else 1
            raise ProtoError(f"ends in the middle of something at line {last}")
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _is(self, mark: str) -> bool:
        """Whether the next token is a mark, which is then taken."""
        if self.at < len(self.tokens) and self.tokens[self.at][:2] == ("mark", mark):
            self.at += 1
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._is(mark):
            line = self.tokens[min(self.at, len(self.tokens) - 1)][2]
            raise ProtoError(f"lacks a {mark!r} at line {line}")

    def _statement(self) -> None:
        """Skip to the end of a statement or block."""
        depth = 0
        while True:
            kind, text, _ = self._next()
            if kind != "mark":
                continue
            depth += (text == "{") - (text == "}")
            if depth <= 0 and text in ";}":
                return

    def _service(self) -> None:
        name = self._next()[1]
        rpcs: list[Rpc] = []
        self._expect("{")
        while not self._is("}"):
            word = self._next()[1]
            if word == "rpc":
                rpcs.append(self._rpc())
            elif word != ";":
                self._statement()
        self.found.append((name, rpcs))

    def _rpc(self) -> Rpc:
        _, name, line = self._next()
        client = self._type()
        self._next()  # returns
        server = self._type()
        options: dict[str, Any] = {}
        if self._is("{"):
            while not self._is("}"):
                word = self._next()[1]
                if word == "option":
                    key, value = self._option()
                    options[key] = value
                elif word != ";":
                    self._statement()
        else:
            self._expect(";")
        return Rpc(name, line, client, server, options)

    def _type(self) -> bool:
        """Skip a message's type; return whether it is a stream."""
        self._expect("(")
        first = self._next()[1]
        while not self._is(")"):
            self._next()
        return first == "stream" and self.tokens[self.at - 2][1] != "stream"

    def _option(self) -> tuple[str, Any]:
        """Read ``(name).field = value;``; the name without its parentheses."""
        name = ""
        while not self._is("="):
            name += self._next()[1]
        value = self._value()
        self._is(";")
        return name.replace("(", "").replace(")", ""), value

    def _value(self) -> Any:
        if self._is("{"):
            return self._fields("}")
        if self._is("["):
            items = []
            while not self._is("]"):
                if not self._is(","):
                    items.append(self._value())
            return items
        kind, text, _ = self._next()
        while kind == "string" and self.at < len(self.tokens) and self.tokens[self.at][0] == kind:
            text += self._next()[1]
        return text

    def _fields(self, end: str) -> dict[str, Any]:
        """Read the fields of a message's literal; those that repeat become lists."""
        out: dict[str, Any] = {}
        while not self._is(end):
            if self._is(",") or self._is(";"):
                continue
            key = self._next()[1]
            if key == "[":
                while not self._is("]"):
                    key += self._next()[1]
            self._is(":")
            value = self._value()
            if key in out:
                old = out[key]
                value = [*(old if isinstance(old, list) else [old]), value]
            out[key] = value
        return out
