"""URL patterns of several spellings, brought to the OpenAPI form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from apimod.values import Piece, Text

HOLE = re.compile(r"\{\?[^{}]*\}")
ANGLE = re.compile(r"<(?:(\w+):)?\s*(\w+)\s*>")
NAMED = re.compile(r"\?P?<(\w+)>")
ANYTHING = re.compile(r"\(*(?:\.[*+]\??|\[\^?[^\]]*(?<!\^)/[^\]]*\][*+])\)*")
QUANTIFIER = re.compile(r"\?\??|[*+]\??|\{\d*,?\d*\}[?+]?")
MAX_PATHS = 32
HIDDEN = 0xE000
"""Where the private characters begin that stand for unknown parts while a pattern is read."""


def angle(pattern: str) -> list[str]:
    """``users/<int:id>/`` and ``<path:rest>``."""
    return [ANGLE.sub(lambda m: f"{{{m[2]}*}}" if m[1] == "path" else f"{{{m[2]}}}", pattern)]


def regex(pattern: str) -> list[str]:
    """Return the paths that a regular expression matches; optional parts give two."""
    return list(dict.fromkeys(_Reader(pattern).alternatives()))[:MAX_PATHS]


def plain(pattern: str) -> list[str]:
    """A pattern that needs nothing."""
    return [pattern]


SYNTAXES: dict[str, Callable[[str], list[str]]] = {"angle": angle, "regex": regex, "plain": plain}


def converted(text: Text, syntax: str) -> list[Text]:
    """Return a path in the OpenAPI form, its unknown parts kept."""
    convert = SYNTAXES[syntax]
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.append(found.group())
        return chr(HIDDEN + len(hidden) - 1)

    known = HOLE.sub(hide, text.text)
    out = []
    for path in convert(known):
        if path == text.text:
            out.append(text)
            continue
        for index, hole in enumerate(hidden):
            path = path.replace(chr(HIDDEN + index), hole)  # noqa: PLW2901
        at = next((p.at for p in text.pieces if p.at is not None), None)
        out.append(Text.of([Piece(path, at, not hidden and text.known)]))
    return out


def _product(heads: Sequence[str], tails: Sequence[str]) -> list[str]:
    return [h + t for h in heads for t in tails][:MAX_PATHS]


class _Reader:
    """Reads a regular expression from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self) -> list[str]:
        """Read up to the end, or to the parenthesis that closes this group."""
        out: list[str] = []
        paths = [""]
        while self.at < len(self.pattern) and self.pattern[self.at] != ")":
            if self.pattern[self.at] == "|":
                self.at += 1
                out += paths
                paths = [""]
                continue
            paths = _product(paths, self._quantified(self._one()))
        return [*out, *paths]

    def _quantified(self, paths: list[str]) -> list[str]:
        found = QUANTIFIER.match(self.pattern, self.at)
        if found is None:
            return paths
        self.at = found.end()
        if paths == ["\0."]:
            return ["{path*}"] if found.group()[0] in "*+" else paths
        if found.group()[0] not in "?*":
            return paths
        return [""] if paths == ["/"] else [*paths, ""]

    def _one(self) -> list[str]:
        char = self.pattern[self.at]
        self.at += 1
        if char in "^$":
            return [""]
        if char == "\\":
            return self._escaped()
        if char == "[":
            return self._class()
        if char == "(":
            return self._group()
        if char == ".":
            follows = QUANTIFIER.match(self.pattern, self.at)
            return ["\0."] if follows and follows.group()[0] in "*+" else ["."]
        return [char]

    def _escaped(self) -> list[str]:
        char = self.pattern[self.at : self.at + 1]
        self.at += 1
        if char in "AZzbB":
            return [""]
        return ["{var}"] if char in "dDwWsS" else [char]

    def _class(self) -> list[str]:
        end = self.pattern.find("]", self.at + 1)
        body = self.pattern[self.at : end if end >= 0 else len(self.pattern)]
        self.at = end + 1 if end >= 0 else len(self.pattern)
        return [body] if len(body) == 1 and body != "^" else ["{var}"]

    def _group(self) -> list[str]:
        start = self.at
        named = NAMED.match(self.pattern, self.at)
        looks = self.pattern.startswith(("?=", "?!", "?<=", "?<!"), self.at)
        flags = re.compile(r"\?[aiLmsux-]+(:|(?=\)))").match(self.pattern, self.at)
        plain_group = self.pattern.startswith("?:", self.at)
        if named or plain_group or flags:
            self.at = named.end() if named else flags.end() if flags else self.at + 2
        inside = self.at
        paths = self.alternatives()
        body = self.pattern[inside : self.at]
        self.at += 1  # the closing parenthesis
        if looks:
            return [""]
        if named:
            return [f"{{{named[1]}*}}" if ANYTHING.fullmatch(body) else f"{{{named[1]}}}"]
        if plain_group or flags or "?P<" in self.pattern[start : self.at]:
            return paths
        return ["{path*}" if ANYTHING.fullmatch(body) else "{var}"]
