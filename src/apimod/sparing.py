"""Guards that spare some paths: ``guard(…).unless({ path: ["/login", /^\\/public/] })``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, Constant, DictValue, FunctionValue, Items, ListValue, Text, Value

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.pack import Unit

UNKNOWN = "?"
MAX_DEPTH = 4
PATHS = ("path", "url")
OTHERS = frozenset({"method", "methods"})


class Sparing:
    """Knows by ``[middleware] unless`` the methods that say which paths a guard spares."""

    def __init__(self, evaluator: Evaluator, units: Iterable[Unit]) -> None:
        self.ev = evaluator
        self.blocks: dict[tuple[str, int, int], tuple[tuple[int, int], ...]] = {}
        """For functions of which that is understood: the branches for paths that they let pass."""
        self._inside: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self.methods = frozenset(n for u in units for n in u.names("middleware", "unless"))

    def inside(self, at: At, unit: Unit) -> tuple[str, ...]:
        """Return the paths that a guard's own body lets pass, where all of that is understood."""
        words = [*unit.names("auth", "paths"), *unit.names("auth", "spares")]
        values = self.ev.evaluate(at) if words else []
        if len(values) != 1 or not isinstance(values[0], FunctionValue):
            return ()
        function = values[0].at
        if function.place not in self._inside:
            self._inside[function.place] = self._let_pass(function, words)
        return self._inside[function.place]

    def _let_pass(self, function: At, words: Iterable[str]) -> tuple[str, ...]:
        language = self.ev.code.language(function.source)
        text = function.source.text(function.node)
        left = sum(text.count(w) for w in words)
        out: list[str] = []
        blocks = []
        for test, block in language.exits(function.source, function.node):
            asked = function.source.text(test)
            count = sum(asked.count(w) for w in words)
            tests = language.path_tests(function.source, test) if count else []
            if tests is None or (tests and len(tests) != count):
                return ()
            for one in tests:
                out += self._patterns(function.to(one.node), one.kind)
            left -= count
            blocks += [block] if count else []
        if left or not out or UNKNOWN in out:
            return ()
        self.blocks[function.place] = tuple((b.start_byte, b.end_byte) for b in blocks)
        return tuple(out)

    def _patterns(self, at: At, kind: str) -> list[str]:
        found = [t for v in self.ev.evaluate(at) for t in self._spared(v, 0)] or [UNKNOWN]
        if kind == "below":
            return [f"/^{re.escape(t)}/" if t != UNKNOWN else t for t in found]
        return found

    def of(self, at: At) -> tuple[At, tuple[str, ...]]:
        """Return the guard itself, and the paths that it spares."""
        for place in (at, *self.ev.definition(at)) if self.methods else ():
            form = self.ev.form(place)
            callee = self.ev.form(place.to(form.function)) if isinstance(form, forms.Call) else None
            if not isinstance(callee, forms.Member) or callee.name not in self.methods:
                continue
            assert isinstance(form, forms.Call)
            spared = [
                text
                for argument in form.arguments[:1]
                for value in self.ev.evaluate(place.to(argument.node))
                for text in self._spared(value, 0)
            ]
            return place.to(callee.object), tuple(spared or [UNKNOWN])
        return at, ()

    def _spared(self, value: Value, depth: int) -> Iterator[str]:
        """Yield the paths in a value: a path, an expression, a dictionary, or a list of these."""
        if isinstance(value, Text):
            yield value.text
        elif isinstance(value, Constant):
            yield value.text if value.text.startswith("/") else UNKNOWN
        elif depth > MAX_DEPTH:
            yield UNKNOWN
        elif isinstance(value, ListValue | Items):
            for element in self.ev.elements(value):
                for inner in element:
                    yield from self._spared(inner, depth + 1)
        elif isinstance(value, DictValue):
            yield from self._entries(value, depth)
        else:
            yield UNKNOWN

    def _entries(self, value: DictValue, depth: int) -> Iterator[str]:
        for key, items in self.ev.rounds(value):
            name = next((k.text for k in key if isinstance(k, Text)), "")
            if name in PATHS:
                for item in items:
                    yield from self._spared(item, depth + 1)
            elif name not in OTHERS:
                yield UNKNOWN
