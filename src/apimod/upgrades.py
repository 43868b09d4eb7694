"""Handlers that make another protocol of a request: their routes are WebSockets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, External, FunctionValue

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.match import Fact
    from apimod.pack import Unit
    from apimod.source import Source

MAX_HELPERS = 4
MAX_SITES = 60


class Upgrades:
    """Finds the functions that upgrade, themselves or by what they call."""

    def __init__(
        self, evaluator: Evaluator, facts: Mapping[str, list[Fact]], units: Iterable[Unit]
    ) -> None:
        self.ev = evaluator
        self.facts = [f for f in facts.get("upgrade", ()) if self._is_one(f)]
        self.makers = tuple(n for u in units for n in u.names("upgrade", "origins"))
        self._names: set[str] | None = None
        self._memo: dict[tuple[str, int, int], bool] = {}

    def _is_one(self, fact: Fact) -> bool:
        node = fact.one("is")
        patterns = fact.unit.names("upgrade", "origins")
        if node is None or not patterns:
            return True
        frame = self.ev.entries.unbound(fact.source, node)
        at = At(fact.source, node, frame)
        names = {v.name for v in self.ev.evaluate(at) if isinstance(v, External)}
        names |= set(self.ev.canonical(at))
        return any(fnmatchcase(n, p) for n in names for p in patterns)

    def of(self, handler: At | None, at: At | None) -> bool:
        """Whether a handler upgrades: its definition, or the call that makes it."""
        if at is not None and self.makers:
            for value in self.ev.evaluate(at):
                if isinstance(value, External) and self._makes(value.name):
                    return True
        return bool(self.facts) and handler is not None and self._function(handler, 0)

    def _makes(self, name: str) -> bool:
        return any(fnmatchcase(name, p) for p in self.makers)

    def _function(self, function: At, depth: int) -> bool:
        key = function.place
        if key not in self._memo:
            self._memo[key] = False  # for what calls itself
            self._memo[key] = self._looks(function, depth)
        return self._memo[key]

    def _looks(self, function: At, depth: int) -> bool:
        start, end = function.node.start_byte, function.node.end_byte
        for fact in self.facts:
            if fact.source.path == function.source.path and start <= fact.node.start_byte < end:
                return True
        if depth >= MAX_HELPERS:
            return False
        return any(
            self._function(value.at, depth + 1)
            for node in self._calls(function)
            for value in self.ev.evaluate(function.to(node))
            if isinstance(value, FunctionValue)
        )

    def _calls(self, function: At) -> list[Node]:
        """Return the functions that are called and whose name is one that upgrades."""
        language = self.ev.code.language(function.source)
        names = self._upgrading()
        out = []
        for node in language.subtree(function.node) if names else ():
            form = language.form(function.source, node)
            if isinstance(form, forms.Call) and not form.constructs:
                last = function.source.text(form.function).rsplit(".", 1)[-1].rsplit("::", 1)[-1]
                if last in names:
                    out.append(form.function)
        return out

    def _upgrading(self) -> set[str]:
        """Return the names of functions that upgrade, or call one of such a name."""
        if self._names is not None:
            return self._names
        found = self._names = set()
        fresh = set().union(*(self._around(f.source, f.node) for f in self.facts))
        for _ in range(MAX_HELPERS):
            found |= fresh
            calls = {n: self.ev.code.calls(self.facts[0].unit.language, n) for n in fresh}
            sites = [s for c in calls.values() if len(c) <= MAX_SITES for s in c]
            fresh = set().union(*(self._around(*site) for site in sites)) - found
        return found

    def _around(self, source: Source, node: Node) -> set[str]:
        language = self.ev.code.language(source)
        scope = self.ev.code.scopes(source).at(node.start_byte)
        out = set()
        while scope is not None:
            if scope.kind == "function":
                name = language.function_name(source, scope.node)
                out |= {name} if name is not None else set()
            scope = scope.outer  # type: ignore[assignment]
        return out
