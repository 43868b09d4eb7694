"""The parts of a fact that its call is given in a dictionary, written in place or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.languages import forms
from apimod.match import alternatives, select
from apimod.values import At, DictValue, Frame, Items, ListValue, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.match import Fact

MAX_DEPTH = 4
PLAIN = forms.FunctionForm | forms.String | forms.ClassForm | forms.Constant


class Parts(Struct, frozen=True):
    """A fact in a frame, with the parts that were found by evaluating what its call is given."""

    fact: Fact
    frame: Frame | None
    found: Mapping[str, Sequence[At]] = field(default_factory=dict)

    def all(self, part: str) -> list[At]:
        """Return the expressions of a part."""
        if part in self.found:
            return list(self.found[part])
        return [At(self.fact.source, n, self.frame) for n in self.fact.all(part)]

    def one(self, part: str) -> At | None:
        """Return the first expression of a part."""
        return next(iter(self.all(part)), None)


class Given:
    """Looks up entries such as ``"1.prefix"`` in what an argument evaluates to."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def bases(self, fact: Fact) -> list[Node]:
        """Return the arguments whose entries are parts, where they are not written in place."""
        out: list[Node] = []
        for index, node in self._bases(fact).items():
            form = self.ev.code.language(fact.source).form(fact.source, node)
            if index is not None and not isinstance(form, forms.Mapping):
                out.append(node)
        return out

    def of(self, fact: Fact, frame: Frame | None) -> list[Parts]:
        """Return the fact's parts: once for every dictionary that an argument may be."""
        wanted = self._wanted(fact)
        bases = self._bases(fact)
        if not bases:
            return [Parts(fact, frame)]
        out: list[Parts] = []
        for index, node in bases.items():
            for value in self.ev.evaluate(At(fact.source, node, frame)):
                for entries in self._dictionaries(value, 0):
                    out.append(Parts(fact, frame, self._found(fact, frame, wanted, index, entries)))
        return out or [Parts(fact, frame)]

    def told(self, fact: Fact, frame: Frame | None) -> dict[str, At]:
        """Return the entries of what a mounted function is handed beside its router."""
        for node in fact.all("given"):
            for value in self.ev.evaluate(At(fact.source, node, frame)):
                if isinstance(value, DictValue):
                    return self.entries(value)
        return {}

    def _wanted(self, fact: Fact) -> Mapping[str, int | str | list[int | str]]:
        tables = fact.unit.table("arguments")
        method = fact.one("method")
        plain = tables.get(fact.kind, {})
        if method is None:
            return plain  # type: ignore[no-any-return]
        return tables.get(f"{fact.kind}:{fact.source.text(method)}", plain)  # type: ignore[no-any-return]

    def _bases(self, fact: Fact) -> dict[str, Node]:
        heads = {
            selector.partition(".")[0]
            for selectors in self._wanted(fact).values()
            for selector in _listed(selectors)
            if isinstance(selector, str) and "." in selector
        }
        form = self.ev.code.language(fact.source).form(fact.source, fact.node) if heads else None
        out: dict[str, Node] = {}
        for head in sorted(heads) if isinstance(form, forms.Call) else ():
            assert isinstance(form, forms.Call)
            selector = int(head) if head.lstrip("-").isdigit() else head
            for node in select(self.ev.code, fact.source, form, selector):
                inner = self.ev.code.language(fact.source).form(fact.source, node)
                if not isinstance(inner, PLAIN):
                    out[head] = node
        return out

    def _found(
        self,
        fact: Fact,
        frame: Frame | None,
        wanted: Mapping[str, int | str | list[int | str]],
        base: str,
        entries: Mapping[str, At],
    ) -> dict[str, list[At]]:
        form = self.ev.code.language(fact.source).form(fact.source, fact.node)
        assert isinstance(form, forms.Call)
        out: dict[str, list[At]] = {}
        for part, selectors in wanted.items():
            for selector in _listed(selectors):
                head, dot, name = str(selector).partition(".")
                if dot and head == base:
                    ats = [entries[n] for n in alternatives(name) if n in entries]
                else:
                    nodes = select(self.ev.code, fact.source, form, selector)
                    ats = [At(fact.source, n, frame) for n in nodes]
                if ats:
                    out[part] = ats
                    break
        return out

    def _dictionaries(self, value: Value, depth: int) -> Iterator[dict[str, At]]:
        """Yield the entries of a dictionary, or of each one in a list."""
        if isinstance(value, DictValue):
            yield self.entries(value, depth)
        elif isinstance(value, ListValue | Items) and depth < MAX_DEPTH:
            for element in self.ev.elements(value):
                for inner in element:
                    yield from self._dictionaries(inner, depth + 1)

    def entries(self, value: DictValue, depth: int = 0) -> dict[str, At]:
        """Return the expressions of a dictionary by their keys; a later one takes over."""
        form = self.ev.form(value.at)
        out: dict[str, At] = {}
        for key, node in form.entries if isinstance(form, forms.Mapping) else ():
            if isinstance(key, str):
                out[key] = value.at.to(node)
            elif key is not None:
                for name in self.ev.strings(value.at.to(key)):
                    out[name] = value.at.to(node)
            elif depth < MAX_DEPTH:
                for spread in self.ev.evaluate(value.at.to(node)):
                    if isinstance(spread, DictValue):
                        out.update(self.entries(spread, depth + 1))
        return out


def _listed(selectors: int | str | list[int | str]) -> list[int | str]:
    return selectors if isinstance(selectors, list) else [selectors]
