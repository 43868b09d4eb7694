"""Whether a place is reached in a frame, only sometimes, and before another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.languages.forms import Condition, Element, Parameter
from apimod.lookup import Place
from apimod.values import At, Constant, Frame, Text, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.graph import Order
    from apimod.languages.scopes import Scope
    from apimod.match import Fact
    from apimod.source import Source

FALSE = frozenset({"false", "none", "null", "nil", "0"})
TRUE = frozenset({"true", "1"})


class Conditions:
    """Judges the ``if`` and ``case`` around a place by what a frame binds."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def reachable(self, source: Source, node: Node, frame: Frame | None) -> bool:
        """Whether nothing that the frame binds keeps a node from being reached."""
        if frame is None:
            return True
        language = self.ev.code.language(source)
        return all(
            self._holds(At(source, c.subject, frame), c) is not False
            for c in language.conditions(source, node)
        )

    def is_undecided(self, source: Source, node: Node, function: At) -> bool:
        """Whether a node is reached or not by something given when the function was made."""
        language = self.ev.code.language(source)
        own = {p.name for p in language.params(function.source, function.node)}
        scope: Scope | None = self.ev.code.scopes(source).at(node.start_byte)
        while scope is not None and scope.node.start_byte > function.node.start_byte:
            own |= set(scope.names)  # of a function inside, which is called when it runs
            scope = scope.outer
        for condition in language.conditions(source, node):
            at = At(source, condition.subject, function.frame)
            name = source.text(condition.subject).split(".")[0]
            if name not in own and self._is_bound(at) and self._holds(at, condition) is None:
                return True
        return False

    def _holds(self, at: At, condition: Condition) -> bool | None:
        if not self._is_bound(at):
            return None
        values = self.ev.evaluate(at)
        if condition.equals:
            known = self.ev.code.language(at.source).constants
            mine = {_text(v, known) for v in values}
            theirs = {_text(v, known) for n in condition.equals for v in self.ev.evaluate(at.to(n))}
            if None in mine or None in theirs or not mine:
                return None
            same = bool(mine & theirs)
            return same != condition.negated if same or len(mine) == 1 else None
        truths = {_truth(v) for v in values}
        if len(truths) != 1 or None in truths:
            return None
        return bool(truths.pop()) != condition.negated

    def _is_bound(self, at: At) -> bool:
        """Whether an expression begins with a parameter or a loop's variable: not a setting."""
        form = self.ev.form(at)
        while isinstance(form, forms.Member):
            at = at.to(form.object)
            form = self.ev.form(at)
        if not isinstance(form, forms.Name):
            return False
        targets = list(self.ev.lookup.targets(at, form.text))
        return bool(targets) and all(
            isinstance(t, Place) and isinstance(t.binding, Parameter | Element) for t in targets
        )

    def conditional(self, fact: Fact, frame: Frame | None, within: Frame | None = None) -> bool:
        """Whether a fact, or a call on the way to it, stands in a branch.

        ``within`` is a way in that all share for whom this matters: how it comes about is not asked.
        """
        language = self.ev.code.language(fact.source)
        if language.is_conditional(fact.node):
            return True
        while frame is not None and (within is None or frame.scope is not within.scope):
            site = frame.site
            if site is not None and self.ev.code.language(site.source).is_conditional(site.node):
                return True
            frame = frame.via or frame.outer
        return False

    def order(self, source: Source, node: Node, frame: Frame | None) -> Order:
        """Return where a node is reached when the code runs, from the outermost call in."""
        out: list[tuple[object, int]] = []
        position = node.end_byte
        seen: set[int] = set()
        while True:
            scopes = self.ev.code.scopes(source)
            scope = self.ev.framing.entered(scopes.at(node.start_byte))
            while scope is not None and scope.kind == "loop":
                scope = self.ev.framing.entered(scope.outer)
            out.append((id(scope) if scope is not None else source.path, position))
            while frame is not None and frame.scope is not scope:
                frame = frame.outer
            if frame is None or frame.site is None or id(frame) in seen:
                return tuple(reversed(out))
            seen.add(id(frame))
            source, node = frame.site.source, frame.site.node
            position, frame = node.end_byte, frame.via


def before(first: Order, second: Order) -> bool | None:
    """Whether one place is reached before another; None where nothing says so."""
    for (one, here), (other, there) in zip(first, second, strict=False):
        if one != other:
            return None
        if here != there:
            return here < there
    return len(first) < len(second)


def _text(value: Value, known: Mapping[str, str]) -> str | None:
    if isinstance(value, Text) and value.known:
        return value.text
    name: str | None = getattr(value, "name", None)
    return value.text if isinstance(value, Constant) else known.get(name or "", name)


def _truth(value: Value) -> bool | None:
    if isinstance(value, Constant):
        text = value.text.lower()
        return False if text in FALSE else True if text in TRUE else None
    if isinstance(value, Text):
        return bool(value.text)
    return None
