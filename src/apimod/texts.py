"""Strings: literals, pieces put together, patterns filled in; each piece with its node."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import (
    UNKNOWN,
    At,
    Constant,
    Items,
    ListValue,
    Piece,
    Router,
    Text,
    Value,
    is_call,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.forms import Call, Form

MAX_TEXTS = 64
MAX_PIECES = 200
HOLES = {
    "{}": re.compile(r"\{(\w*)(?:![rsa])?(?::[^{}]*)?\}"),
    "%": re.compile(r"%[+#-]?\d*(?:\.\d+)?([sdvqxt])"),
}


class Texts:
    """Evaluates what is a string."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def literal(self, at: At, form: Form) -> list[Value]:
        """Return the value of a literal string."""
        assert isinstance(form, forms.String)
        return [Text(form.text, True, (Piece(form.text, at),))]

    def of(self, at: At) -> list[Text]:
        """Return the strings that an expression may be; unknown parts show as ``{?expression}``."""
        out: list[Text] = []
        for value in self.ev.evaluate(at):
            if isinstance(value, ListValue | Items):
                for element in self.ev.elements(value):
                    out += [self._text(v, at) for v in element]
            else:
                out.append(self._text(value, at))
        sure = [t for t in out if t.known]
        return list(dict.fromkeys(sure or out or [self.hole(at)]))

    def _text(self, value: Value, at: At) -> Text:
        if isinstance(value, Text):
            return value
        return self.hole(at)

    def hole(self, at: At) -> Text:
        """Return the string that stands for an unknown one."""
        form = self.ev.form(at)
        written = form.text if isinstance(form, forms.Name) else at.source.text(at.node)
        text = " ".join(written.split())
        text = text.replace("{", "(").replace("}", ")")
        shown = text if len(text) <= 60 else text[:59] + "…"
        return Text.of([Piece(f"{{?{shown}}}", at, known=False)])

    def joined(self, at: At, parts: Sequence[str | Node | forms.Name]) -> list[Value]:
        """Return what pieces give together: a string, or a list of what lists hold."""
        given: list[list[Value]] = []
        for part in parts:
            if isinstance(part, str):
                given.append([Text(part, True, (Piece(part, at),))])
            elif isinstance(part, forms.Name):
                given.append(self.ev.lookup.name(at, part.text) or [UNKNOWN])
            else:
                given.append(self.ev.evaluate(at.to(part)) or [UNKNOWN])
        if any(isinstance(v, ListValue | Items) for values in given for v in values):
            items: list[tuple[Value, ...]] = []
            for values in given:
                for value in values:
                    if isinstance(value, ListValue | Items):
                        items += [tuple(element) for element in self.ev.elements(value)]
                    elif isinstance(value, Router) or is_call(value):
                        items.append((value,))  # a list that a call gives
            return [Items(tuple(items))]
        if not any(isinstance(v, Text) for values in given for v in values):
            return [UNKNOWN]
        options: list[list[Piece]] = [[]]
        for part, values in zip(parts, given, strict=True):
            pieces = self._options(at, part, values)
            options = [[*o, *p] for o in options for p in pieces][:MAX_TEXTS]
            if any(len(o) > MAX_PIECES for o in options):
                return [UNKNOWN]
        return [Text.of(o) for o in options]

    def _options(
        self, at: At, part: str | Node | forms.Name, values: list[Value]
    ) -> list[list[Piece]]:
        out = [list(v.pieces) or [Piece(v.text)] for v in values if isinstance(v, Text)]
        out += [[Piece(v.text, at)] for v in values if isinstance(v, Constant)]
        if out or isinstance(part, str):
            return out
        if isinstance(part, forms.Name):
            return [[Piece(f"{{?{part.text}}}", at, known=False)]]
        return [list(self.hole(at.to(part)).pieces)]

    def filled(
        self, at: At, pattern: Text, nodes: Sequence[Node], hole: str, call: Call | None = None
    ) -> list[Value]:
        """Return a pattern with its holes filled by arguments."""
        named = {a.name: a.node for a in call.arguments if a.name} if call is not None else {}
        parts: list[str | Node] = []
        end = 0
        for index, found in enumerate(HOLES[hole].finditer(pattern.text)):
            parts.append(pattern.text[end : found.start()])
            name = found.group(1)
            node = named.get(name) if name else None
            position = int(name) if name.isdigit() else index
            if node is None and position < len(nodes):
                node = nodes[position]
            parts.append(node if node is not None else found.group())
            end = found.end()
        parts.append(pattern.text[end:])
        return self.joined(at, [p for p in parts if not isinstance(p, str) or p])
