"""Finds the words of nouns in any spelling: ``OrderItem``, ``order_items``, ``order-item`` …

A noun is matched by whole words: ``book`` is in ``bookHandler``, ``NewBook`` and ``/books``, and
not in ``bookmark`` or ``notebook``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

_ATOM = re.compile(
    r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+",
)
_GLUE = ("", "_", "-", " ")
_SUFFIXES = frozenset(
    {
        "api", "controller", "controllers", "ctrl", "db", "dto", "handler", "handlers", "http",
        "id", "ids", "model", "models", "repo", "repos", "repository", "route", "router",
        "routers", "routes", "schema", "schemas", "server", "service", "services", "storage",
        "store", "svc", "usecase", "view", "views",
    }
)  # fmt: skip
"""What a noun may be run together with, as in Go's package names: ``bookhandler``."""


class Noun(Struct, frozen=True):
    """A resource's name in both numbers: lower-case words joined by ``_``."""

    singular: str
    plural: str

    def words(self, plural: bool) -> list[str]:
        """Return the words in one number."""
        return (self.plural if plural else self.singular).split("_")

    @property
    def numberless(self) -> bool:
        """Whether both numbers are one word."""
        return self.singular == self.plural


class Mention(Struct, frozen=True):
    """Where a noun stands in a text, and in which number."""

    start: int
    end: int
    noun: Noun
    plural: bool


class _Form(Struct, frozen=True):
    flat: str
    bounds: frozenset[int]
    noun: Noun
    plural: bool

    @classmethod
    def of(cls, noun: Noun, plural: bool) -> _Form:
        words = noun.words(plural)
        bounds = {sum(map(len, words[:count])) for count in range(1, len(words))}
        return cls("".join(words), frozenset(bounds), noun, plural)


class Finder:
    """Finds several nouns at once; where two begin at one place the longer is meant."""

    def __init__(self, nouns: Sequence[Noun]) -> None:
        forms = [_Form.of(noun, plural) for noun in nouns for plural in (False, True)]
        self._forms = sorted(forms, key=lambda form: -len(form.flat))

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in order; they do not overlap."""
        atoms = list(_ATOM.finditer(text))
        index = 0
        while index < len(atoms):
            for form in self._forms:
                after = _matches(text, atoms, index, form)
                if after is not None:
                    count, end = after
                    yield Mention(atoms[index].start(), end, form.noun, form.plural)
                    index += count
                    break
            else:
                index += 1

    def nouns(self, text: str) -> set[Noun]:
        """Return the nouns that a text mentions."""
        return {mention.noun for mention in self.find(text)}


def _matches(
    text: str, atoms: Sequence[re.Match[str]], index: int, form: _Form
) -> tuple[int, int] | None:
    """Return how many atoms spell the form, and where it ends; None if they do not."""
    seen = ""
    glue: str | None = None
    for count, atom in enumerate(atoms[index:], 1):
        part = atom[0].lower()
        if count > 1:
            between = text[atoms[index + count - 2].end() : atom.start()]
            if between not in _GLUE or (between and len(seen) not in form.bounds):
                return None
            if len(seen) in form.bounds:
                if glue is not None and between != glue:
                    return None
                glue = between
        seen += part
        if seen == form.flat:
            return count, atom.end()
        if not form.flat.startswith(seen):
            rest = seen.removeprefix(form.flat)
            if rest != seen and rest in _SUFFIXES and atom[0].islower() and count == 1:
                return count, atom.start() + len(form.flat)
            return None
    return None
