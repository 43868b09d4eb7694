"""What stands before the handlers of all routers, for some paths or for all.

``@interceptor`` facts say what; the calls that are chained to one, by the names in the matcher's
``[interceptors]``, say for which paths it is, and for which it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.graph import Use
from apimod.languages import forms
from apimod.path_rules import covers
from apimod.values import At

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.match import Fact

MAX_LINKS = 8


class Interceptor(Struct, frozen=True):
    """Something, the unit whose handlers it stands before, and the patterns of their paths."""

    unit: str
    use: Use
    only: tuple[str, ...]
    excepted: tuple[str, ...]
    whole: bool
    """Whether all patterns are known."""

    def before(self, path: str) -> Use | None:
        """Return what stands before a path; None where nothing does."""
        if any(covers(p, path) for p in self.excepted):
            return None
        if self.only and not any(covers(p, path) for p in self.only):
            return None
        return self.use


class Interceptors:
    """Reads the facts of interceptors."""

    def __init__(self, evaluator: Evaluator, facts: Iterable[Fact]) -> None:
        self.ev = evaluator
        self.found = [i for f in facts for i in self._read(f)]

    def before(self, unit: str, path: str) -> list[Use]:
        """Return what stands before a unit's handler of a path, in order."""
        uses = (i.before(path) for i in self.found if i.unit == unit)
        return [u for u in uses if u is not None]

    def _read(self, fact: Fact) -> Iterator[Interceptor]:
        table = fact.unit.table("interceptors")
        frame = self.ev.entries.unbound(fact.source, fact.node)
        only: list[str] = []
        excepted: list[str] = []
        whole = True
        for name, nodes in self._links(fact):
            for node in nodes if name in (*table.get("only", ()), *table.get("except", ())) else ():
                texts = self.ev.texts(At(fact.source, node, frame))
                known = [t.text for t in texts if t.known]
                whole = whole and bool(known)
                (only if name in table.get("only", ()) else excepted).extend(known)
        for node in fact.all("target"):
            use = Use(At(fact.source, node, frame), fact, sure=whole)
            yield Interceptor(fact.unit.name, use, tuple(only), tuple(excepted), whole)

    def _links(self, fact: Fact) -> Iterator[tuple[str, list[Node]]]:
        """Yield the calls that are chained to a fact's: the name, and the arguments."""
        language = self.ev.code.language(fact.source)
        node: Node | None = fact.node
        for _ in range(MAX_LINKS):
            start = node
            node = node.parent if node is not None else None
            form = language.form(fact.source, node) if node is not None else None
            while node is not None and isinstance(form, forms.Member):
                node = node.parent
                form = language.form(fact.source, node) if node is not None else None
            if node is None or start is None or not isinstance(form, forms.Call):
                return
            callee = language.form(fact.source, form.function)
            if not isinstance(callee, forms.Member):
                return
            if not callee.object.start_byte <= fact.node.start_byte < callee.object.end_byte:
                return
            yield callee.name, [a.node for a in form.arguments]
