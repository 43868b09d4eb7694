"""Prefixes that code gives to some class routers: those of a package, or with a decorator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from apimod.values import At, ClassValue, External, Instance, Text

if TYPE_CHECKING:
    from apimod.decorations import Decorations
    from apimod.evaluate import Evaluator
    from apimod.match import Fact

INVERTING = ("!", ".negate()", ".not()")


class Prefixes:
    """Reads ``@under`` facts: a path, and an expression that says for which classes it is."""

    def __init__(
        self, evaluator: Evaluator, decorations: Decorations, facts: Iterable[Fact]
    ) -> None:
        self.ev = evaluator
        self.decorations = decorations
        self.facts = list(facts)

    def of(self, unit: str, cls: At) -> list[Text]:
        """Return the prefixes of a class; the first fact that is for it says them."""
        for fact in self.facts:
            node = fact.one("path")
            if fact.unit.name == unit and node is not None and self._is_for(fact, cls):
                frame = self.ev.entries.unbound(fact.source, fact.node)
                return self.ev.texts(At(fact.source, node, frame))
        return []

    def _is_for(self, fact: Fact, cls: At) -> bool:
        wanted, packages, inverted = self._selected(fact)
        if not wanted and not packages:
            return True
        mine = self.ev.name_of(cls)
        found = any(mine.startswith(f"{p}.") for p in packages)
        names = {mine, *self._names(cls)}
        return (found or bool(names & wanted)) != inverted

    def _selected(self, fact: Fact) -> tuple[set[str], set[str], bool]:
        """Return the classes and packages that the expression names, and whether it negates."""
        wanted: set[str] = set()
        packages: set[str] = set()
        inverted = False
        language = self.ev.code.language(fact.source)
        for root in fact.all("for"):
            text = fact.source.text(root)
            inverted = inverted or any(sign in text for sign in INVERTING)
            for node in language.subtree(root):
                if "string" in node.type:
                    texts = self.ev.texts(At(fact.source, node))
                    packages |= {t.text for t in texts if t.known and "." in t.text}
                elif node.type in ("type_identifier", "identifier"):
                    if not fact.source.text(node)[:1].isupper():
                        continue
                    for value in self.ev.evaluate(At(fact.source, node)):
                        if isinstance(value, ClassValue):
                            wanted.add(self.ev.name_of(value.at))
                        elif isinstance(value, External):
                            wanted.add(value.name)
        return wanted - self._helpers(wanted), packages, inverted

    def _helpers(self, names: Iterable[str]) -> set[str]:
        """Names that only help to write the expression: those of functions' classes."""
        return {n for n in names if n.endswith(("Predicate", "Arrays", "List"))}

    def _names(self, cls: At) -> set[str]:
        """Return the names of a class's decorators, composed ones taken apart, and of its bases."""
        out: set[str] = set()
        for base in self.ev.mro(cls):
            if isinstance(base, str):
                out.add(base)
                continue
            out.add(self.ev.name_of(base))
            out |= self._decorated(base, 0)
        return out

    def _decorated(self, cls: At, depth: int) -> set[str]:
        out: set[str] = set()
        language = self.ev.code.language(cls.source)
        for decorator in language.decorators(cls.source, cls.node):
            for value in self.ev.evaluate(At(cls.source, decorator)):
                if isinstance(value, External):
                    out.add(value.name)
                elif isinstance(value, Instance | ClassValue) and depth < 4:
                    inner = value.cls if isinstance(value, Instance) else value.at
                    out |= {self.ev.name_of(inner), *self._decorated(inner, depth + 1)}
        return out


def under(outer: Text, inner: Text) -> Text:
    """Return a path below a prefix."""
    whole = f"{outer.text.rstrip('/')}/{inner.text.lstrip('/')}" if inner.text else outer.text
    return Text(whole, outer.known and inner.known, (*outer.pieces, *inner.pieces))
