"""Queries as text and compiled: checked against the vocabulary, and of a query only what is needed.

To compile a pattern costs more than to run it over a small project, since the parser's library
proves of each that it can match at all. So a pattern that asks for a text is left out where no file
holds that text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.errors import PackError
from apimod.languages import SUFFIXES
from apimod.vocabulary import PARTS, PREDICATES

if TYPE_CHECKING:
    import tree_sitter

    from apimod.pack import Unit

PREDICATE = re.compile(r"#([\w!?.-]+)")
CAPTURE = re.compile(r"@([\w.-]+)")
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|;[^\n]*|[()\[\]]')
PART = re.compile(r'"(?:[^"\\]|\\.)*"|;[^\n]*|[()\[\]?*+]|@[\w.-]+|#[\w!?-]+')
COMMENT = re.compile(r"(?m)^[ \t]*;.*$")
COMMENTS = re.compile(r'("(?:[^"\\]|\\.)*")|;[^\n]*')
COMPARED = re.compile(r'\(#(eq|any-of|match)\?\s+@([\w.-]+)((?:\s+"[^"\\]*")+)\s*\)')
WORDS = re.compile(r"\^?(\w*)(?:\(([\w|]+)\))?(\w*)\$?")
"""An expression that means one of a few texts: ``Response$``, ``(Header|Cookie)$``, ``^is_(a|b)``."""
FEW = 48
"""In how many files it pays to look for the texts that patterns ask for."""


class Compiled(Struct, frozen=True, eq=False):
    """A query of some of a unit's patterns; ``numbers`` are theirs in the whole query."""

    query: tree_sitter.Query
    numbers: tuple[int, ...]


@cache
def patterns(text: str) -> tuple[str, ...]:
    """Return a query's patterns, each with its captures and predicates."""
    starts, depth = [], 0
    for token in TOKEN.finditer(text):
        if token[0] in ("(", "["):
            starts += [token.start()] if depth == 0 else []
            depth += 1
        elif token[0] in (")", "]"):
            depth -= 1
    return tuple(text[a:b] for a, b in zip(starts, [*starts, len(text)][1:], strict=True))


@cache
def needs(pattern: str) -> tuple[frozenset[bytes], ...]:
    """Return sets of texts: a file that matches the pattern holds one of each set.

    They come from predicates that compare a capture with texts, where the capture is always there.
    """
    bare = COMMENTS.sub(lambda m: m[1] or "", pattern)
    sure, out = _sure(bare), []
    for found in COMPARED.finditer(bare):
        texts = re.findall(r"\"([^\"\\]*)\"", found[3])
        if found[1] == "match":
            texts = _meant(texts[0])
        if found[2] in sure and texts:
            out.append(frozenset(text.encode() for text in texts))
    return tuple(out)


def _meant(expression: str) -> list[str]:
    """Return texts one of which is in whatever an expression matches; none where it is not plain."""
    found = WORDS.fullmatch(expression)
    if found is None:
        return []
    texts = [found[1] + inner + found[3] for inner in (found[2] or "").split("|")]
    return texts if all(texts) else []


def _sure(pattern: str) -> frozenset[str]:
    """Return the captures that every match of a pattern has: in no alternation, and not optional."""
    sure: set[str] = set()
    groups: list[tuple[str, set[str]]] = [("(", sure)]
    closed: set[str] = set()
    """The captures of the node that ended last, which a quantifier may make optional."""
    optional = False
    for token in PART.finditer(pattern):
        text = token[0]
        if text in ("(", "["):
            groups[-1][1].update(closed)
            closed, optional = set(), False
            groups.append((text, set()))
        elif text in (")", "]"):
            opened, inner = groups.pop()
            inside = inner | closed if opened == "(" else set()
            closed, optional = inside, False
        elif text in ("?", "*"):
            closed, optional = set(), True
        elif text.startswith("@") and not optional:
            closed.add(text[1:])
        elif text.startswith("#"):
            groups[-1] = ("#", set())
        elif text.startswith('"'):
            groups[-1][1].update(closed)
            closed, optional = set(), False
    return frozenset(sure | closed)


def wanted(text: str, sources: Sequence[bytes]) -> frozenset[int] | None:
    """Return the numbers of the patterns that may match in some file; None where it is all."""
    if len(sources) > FEW:
        return None
    held: dict[bytes, bool] = {}

    def holds(one: bytes) -> bool:
        if one not in held:
            held[one] = any(one in data for data in sources)
        return held[one]

    numbered = enumerate(patterns(text))
    return frozenset(n for n, p in numbered if all(any(map(holds, some)) for some in needs(p)))


class Queries:
    """The compiled queries of a program's run, by unit and grammar; each grows as it is asked for."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, int, str], Compiled] = {}

    def of(
        self,
        unit: Unit,
        grammar: tree_sitter.Language,
        dialect: str,
        numbers: frozenset[int] | None,
    ) -> Compiled:
        """Return a query that holds the patterns with these numbers, all for None; PackError."""
        key = (unit.query_file, unit.name, hash(grammar), dialect)
        made = self._made.get(key)
        whole = frozenset(range(len(patterns(unit.text(dialect or unit.language)))))
        asked = whole if numbers is None else numbers
        if made is None or not asked <= set(made.numbers):
            more = asked if made is None else asked | set(made.numbers)
            made = self._made[key] = compile_query(unit, grammar, dialect, more)
        return made


QUERIES = Queries()
"""Compiled once a process: what a query means depends on its text alone."""


def compile_query(
    unit: Unit,
    grammar: tree_sitter.Language,
    dialect: str = "",
    numbers: Collection[int] | None = None,
) -> Compiled:
    """Compile a unit's query; PackError where it is wrong or uses what is not in the vocabulary."""
    import tree_sitter

    whole = unit.text(dialect or unit.language)
    _check_words(unit, whole)
    chosen = [(n, p) for n, p in enumerate(patterns(whole)) if numbers is None or n in numbers]
    text = "\n".join(p for _, p in chosen)
    try:
        query = tree_sitter.Query(grammar, text)
    except (tree_sitter.QueryError, ValueError) as error:
        kin = has_kin(unit.language)
        chosen = [(n, p) for n, p in chosen if fits(grammar, p)] if kin else []
        if not chosen:
            raise PackError(f"is no valid query: {error}", where=unit.query_file) from error
        query = tree_sitter.Query(grammar, "\n".join(p for _, p in chosen))
    return Compiled(query, tuple(n for n, _ in chosen))


@cache
def _words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    bare = COMMENT.sub("", text)
    unquoted = re.sub(r'"(?:[^"\\]|\\.)*"', "", re.sub(r";[^\n]*", "", bare))
    return frozenset(PREDICATE.findall(bare)), frozenset(CAPTURE.findall(unquoted))


def _check_words(unit: Unit, text: str) -> None:
    predicates, captures = _words(text)
    for name in sorted(predicates - PREDICATES):
        known = ", ".join(sorted(PREDICATES))
        raise PackError(f"unknown predicate #{name}", where=unit.query_file, advice=known)
    for name in sorted(captures):
        kind, _, part = name.partition(".")
        if name.startswith("_") or (kind in PARTS and (not part or part in PARTS[kind])):
            continue
        raise PackError(f"@{name} is not in the vocabulary", where=unit.query_file)


def fits(grammar: tree_sitter.Language, pattern: str) -> bool:
    """Whether a grammar knows all that a pattern names."""
    import tree_sitter

    try:
        tree_sitter.Query(grammar, pattern)
    except (tree_sitter.QueryError, ValueError):
        return False
    return True


@cache
def has_kin(language: str) -> bool:
    """Whether a language is read by several grammars, not all of which know every pattern."""
    return sum(name == language for name in SUFFIXES.values()) > 1


__all__ = ["QUERIES", "Compiled", "compile_query", "needs", "patterns", "wanted"]
