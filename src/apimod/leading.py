"""Arguments of which the first may be a path: ``use("/admin", guard, router)``, ``use(guard)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, Constant, External, Text, Unknown, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.match import Fact
    from apimod.values import Frame

NAMED = re.compile(r"(path|prefix|base|url|uri|route|endpoint|api|version)s?$", re.IGNORECASE)
"""How something is called that is a path, where nothing else says what it is."""


class Leading:
    """Tells a leading path from what follows it."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def split(self, fact: Fact, frame: Frame | None) -> tuple[At | None, list[At]]:
        """Return the path of a fact, and its targets."""
        nodes: list[Node] = list(fact.all("target"))
        targets = [At(fact.source, n, frame) for n in nodes]
        given = fact.one("path")
        if given is not None:
            return At(fact.source, given, frame), targets
        if not fact.unit.table("mount").get("leading_path") or len(targets) < 2:
            return None, targets
        return (targets[0], targets[1:]) if self._is_path(targets[0]) else (None, targets)

    def _is_path(self, at: At) -> bool:
        form = self.ev.form(at)
        if isinstance(form, forms.String | forms.Joined):
            return True
        values = self.ev.evaluate(at)
        flat = [v for value in values for v in self._flat(value)]
        if any(isinstance(v, Text) or _is_pattern(v) for v in flat):
            return True
        if not all(isinstance(v, Unknown | External) for v in flat):
            return False
        if any(isinstance(v, External) and v.form == "call" for v in flat):
            return False
        name = at.source.text(at.node)
        return isinstance(form, forms.Name | forms.Member) and NAMED.search(name) is not None

    def _flat(self, value: Value) -> list[Value]:
        inner = self.ev.elements(value)
        return [v for element in inner for v in element] or [value]


def _is_pattern(value: Value) -> bool:
    return isinstance(value, Constant) and value.text.startswith("/")
