"""Guards that spare some paths: ``guard(…).unless({ path: ["/login", /^\\/public/] })``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, Constant, DictValue, Items, ListValue, Text, Value

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
        self.methods = frozenset(n for u in units for n in u.names("middleware", "unless"))

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
