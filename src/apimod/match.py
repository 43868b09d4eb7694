"""Queries to facts: what the syntax of a file shows, in the words of the vocabulary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod import parsing
from apimod.languages import forms, language_of
from apimod.queries import QUERIES, wanted
from apimod.vocabulary import PARTS

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.forms import Argument, Call
    from apimod.pack import Unit
    from apimod.source import Source

Parts = Mapping[str, "tuple[Node, ...]"]
ANNOTATED = "^"
"""The selector of what an annotation stands before."""
SLICE = re.compile(r"(-?\d*):(-?\d*)")


class Fact(Struct, frozen=True, eq=False):
    """Something that a query found: its kind, its node, and the parts that were captured."""

    kind: str
    source: Source
    node: Node
    captures: Mapping[str, tuple[Node, ...]]
    unit: Unit
    pattern: int = 0

    def one(self, part: str) -> Node | None:
        """Return the first node of a part."""
        nodes = self.captures.get(part)
        return nodes[0] if nodes else None

    def all(self, part: str) -> tuple[Node, ...]:
        """Return all nodes of a part."""
        return self.captures.get(part, ())

    @property
    def is_lenient(self) -> bool:
        """Whether a mount may as well put something before handlers: what is no router does."""
        table = self.unit.table("mount")
        named = table.get("extensions")
        node = self.one("method")
        called = self.source.text(node) if node is not None else ""
        return bool(table.get("lenient")) and (not named or called in named)

    @property
    def line(self) -> int:
        """The line of the method's name where it was captured, else of the fact's beginning.

        Chained calls all begin where their chain begins.
        """
        node = self.one("method") or self.node
        return int(node.start_point[0]) + 1


class Matcher(Struct, eq=False, dict=True):
    """A unit's query, compiled, with what tells whether a file may hold anything for it."""

    unit: Unit
    needed: dict[str, frozenset[int] | None] = field(default_factory=dict)
    """The patterns that the files at hand may match, by the syntax; None for all."""

    @cached_property
    def literals(self) -> tuple[bytes, ...]:
        """Byte strings one of which a file must hold."""
        return tuple(t.encode() for t in self.unit.names("search", "files"))

    @cached_property
    def patterns(self) -> tuple[re.Pattern[bytes], ...]:
        """Expressions that do as well as a literal."""
        names = self.unit.names("search", "patterns")
        return tuple(re.compile(t.encode(), re.MULTILINE) for t in names)

    @cached_property
    def marks(self) -> tuple[bytes, ...]:
        """Byte strings one of which a project must hold for the unit to be looked for at all."""
        return tuple(t.encode() for t in self.unit.names("search", "project"))

    def wants(self, data: bytes) -> bool:
        """Whether a file may hold a fact."""
        if not self.literals and not self.patterns:
            return True
        return any(t in data for t in self.literals) or any(p.search(data) for p in self.patterns)

    def marked(self, data: bytes) -> bool:
        """Whether a file shows that its project uses the unit."""
        return not self.marks or any(t in data for t in self.marks)

    def read(self, sources: Mapping[str, Sequence[bytes]]) -> None:
        """Be told of all files to come, by their syntax: patterns that match in none are spared."""
        for dialect, data in sources.items():
            self.needed[dialect] = wanted(self.unit.text(dialect or self.unit.language), data)

    def facts(self, code: Codebase, source: Source) -> Iterator[Fact]:
        """Yield the facts of one file, in the order of their patterns."""
        language = code.language(source)
        dialect, grammar = language.dialect(source.path), language.grammar(source.path)
        made = QUERIES.of(self.unit, grammar, dialect, self.needed.get(dialect))
        matches = parsing.matches(made.query, code.root(source))
        for found, captures in sorted(matches, key=lambda m: m[0]):
            pattern = made.numbers[found]
            for kind in captures:
                if kind not in PARTS:
                    continue
                node = captures[kind][0]
                parts = {
                    name.partition(".")[2]: tuple(nodes)
                    for name, nodes in captures.items()
                    if name.startswith(kind + ".")
                }
                parts.update(self._arguments(code, source, kind, node, parts))
                yield Fact(kind, source, node, parts, self.unit, pattern)

    def _arguments(
        self, code: Codebase, source: Source, kind: str, node: Node, parts: Parts
    ) -> dict[str, tuple[Node, ...]]:
        tables = self.unit.table("arguments")
        wanted = tables.get(kind)
        method = parts.get("method")
        if method and any(k.startswith(kind + ":") for k in tables):
            wanted = tables.get(f"{kind}:{source.text(method[0])}", wanted)
        if not wanted:
            return {}
        form = code.language(source).form(source, node)
        if not isinstance(form, forms.Call):
            return {}
        taken = {n.id for nodes in parts.values() for n in nodes}
        out: dict[str, tuple[Node, ...]] = {}
        for part, selectors in wanted.items():
            if part in parts:
                continue
            for selector in selectors if isinstance(selectors, list) else [selectors]:
                item = code.language(source).annotated(node) if selector == ANNOTATED else None
                nodes = [item] if item else select(code, source, form, selector)
                if part == "middleware":  # what the query says to be something else is none
                    nodes = [n for n in nodes if n.id not in taken]
                if nodes:
                    out[part] = tuple(nodes)
                    break
        return out


def select(code: Codebase, source: Source, call: Call, selector: int | str) -> Sequence[Node]:
    """Return the arguments of a call that a selector means.

    A number counts the positional arguments, from the end if it is negative; ``"1:"`` and
    ``"1:-1"`` take several; a name takes a keyword argument; ``"1.name"`` takes an entry of the
    dictionary that an argument is, ``"1.a|b"`` all of several.
    """
    positional = [a.node for a in call.arguments if a.name is None]
    if isinstance(selector, int):
        inside = -len(positional) <= selector < len(positional)
        return [positional[selector]] if inside else []
    found = SLICE.fullmatch(selector)
    if found:
        start, end = (int(t) if t else None for t in found.groups())
        return positional[start:end]
    if "." in selector:
        head, _, name = selector.partition(".")
        outer = select(code, source, call, int(head) if head.lstrip("-").isdigit() else head)
        form = code.language(source).form(source, outer[0]) if outer else None
        if isinstance(form, forms.Mapping):
            names = alternatives(name)
            return [n for m in names for k, n in form.entries if _key(source, k) == m]
        if isinstance(form, forms.Call) and form.constructs:
            return [a.node for a in form.arguments if a.name == name]
        return []
    return [a.node for a in call.arguments if _named(a, selector)]


def alternatives(name: str) -> list[str]:
    """Return the entries that the end of a selector means."""
    return name.split("|")


def _named(argument: Argument, name: str) -> bool:
    return argument.name == name


def _key(source: Source, key: Node | str | None) -> str:
    if key is None or isinstance(key, str):
        return key or ""
    return source.text(key).strip("'\"`")


def find_facts(
    code: Codebase, units: Iterable[Unit], paths: Iterable[str]
) -> dict[str, list[Fact]]:
    """Return the facts of files by their kinds. Each file is searched, parsed and queried once.

    A unit that no file of the project mentions has no facts.
    """
    matchers = [Matcher(u) for u in units if u.query or u.dialects]
    asked: list[tuple[Source, list[Matcher]]] = []
    marked: set[str] = set()
    for path in paths:
        mine = [m for m in matchers if _reads(m, path)]
        source = code.source(path) if mine else None
        if source is None:
            continue
        marked.update(m.unit.name for m in mine if m.marked(source.data))
        wants = [m for m in mine if m.wants(source.data)]
        if wants:
            asked.append((source, wants))
    facts: dict[str, list[Fact]] = {kind: [] for kind in PARTS}
    for matcher in matchers:
        if matcher.unit.name in marked:
            matcher.read(_by_dialect(code, [s for s, wants in asked if matcher in wants]))
    for source, wants in asked:
        for matcher in wants:
            if matcher.unit.name in marked:
                for fact in matcher.facts(code, source):
                    facts[fact.kind].append(fact)
    for found in facts.values():
        found.sort(key=lambda f: (f.source.path, f.node.start_byte, f.node.end_byte, f.pattern))
    return facts


def _by_dialect(code: Codebase, sources: Iterable[Source]) -> dict[str, list[bytes]]:
    out: dict[str, list[bytes]] = defaultdict(list)
    for source in sources:
        out[code.language(source).dialect(source.path)].append(source.data)
    return out


def _reads(matcher: Matcher, path: str) -> bool:
    language = language_of(path)
    if language is None or language.name != matcher.unit.language:
        return False
    return bool(matcher.unit.text(language.dialect(path)))


__all__ = ["Fact", "Matcher", "alternatives", "find_facts", "select"]
