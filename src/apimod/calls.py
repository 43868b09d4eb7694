"""Calls: what they give back."""

from __future__ import annotations

from collections import Counter
from itertools import islice, product
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import (
    UNKNOWN,
    At,
    ClassValue,
    DictValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    ModuleValue,
    Piece,
    Router,
    Text,
    Unknown,
    Value,
    known,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator, Turn
    from apimod.languages.base import Language
    from apimod.languages.forms import Call
    from apimod.source import Source

MAX_TEXTS = 256
MAX_RECURSION = 2
"""How often a function may be open at once; what recursion adds is never a route."""


class Calls:
    """Evaluates calls."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._open: Counter[tuple[str, int, int]] = Counter()

    def of(self, at: At, call: Call) -> list[Value]:
        """Return what a call gives."""
        given = self.ev.interpreter.before(at, call)
        if given is not None:
            return given
        language = self.code.language(at.source)
        callee = language.form(at.source, call.function)
        if isinstance(callee, forms.Member):
            values = self._method(at, call, callee, language)
            if values is not None:
                return values
        out: list[Value] = []
        for value in self.ev.evaluate(at.to(call.function)):
            out += self._called(at, call, value, language)
        return known(out)

    def _called(self, at: At, call: Call, callee: Value, language: Language) -> list[Value]:
        made = self.ev.interpreter.made(at, call, callee)
        if made is not None:
            return [made]
        if isinstance(callee, FunctionValue):
            frame = self.ev.enter(callee, at, call)
            return self.results(callee, frame) if frame is not None else [UNKNOWN]
        if isinstance(callee, ClassValue):
            return self._constructed(at, call, callee)
        if isinstance(callee, Instance):
            return self._instance(at, call, callee, language)
        if isinstance(callee, External):
            return self._external(at, call, callee, language)
        return [callee] if isinstance(callee, Router) else [UNKNOWN]

    def _constructed(self, at: At, call: Call, cls: ClassValue) -> list[Value]:
        if call.initialises is not None:
            return self.ev.evaluate(at.to(call.initialises))
        if not call.elided:
            return [Instance(cls.at, at)]
        element = self.code.language(cls.at.source).element_type(cls.at.source, cls.at.node)
        if element is None:
            return [UNKNOWN]
        return [
            Instance(v.at, at)
            for v in self.ev.evaluate(At(cls.at.source, element))
            if isinstance(v, ClassValue)
        ]

    def _instance(self, at: At, call: Call, callee: Instance, language: Language) -> list[Value]:
        out: list[Value] = []
        for name in language.callables:
            for value in self.ev.member(callee, name):
                if isinstance(value, FunctionValue):
                    frame = self.ev.enter(value, at, call)
                    out += self.results(value, frame) if frame is not None else []
        return out or [UNKNOWN]

    def results(self, function: FunctionValue, frame: Frame | None) -> list[Value]:
        """Return what a function gives back, entered so, or what its declared type tells."""
        source, node = function.at.source, function.at.node
        place = function.at.place
        if self._open[place] >= MAX_RECURSION:
            return [UNKNOWN]
        self._open[place] += 1
        try:
            return self._results(function, source, node, frame)
        finally:
            self._open[place] -= 1

    def _results(
        self, function: FunctionValue, source: Source, node: Node, frame: Frame | None
    ) -> list[Value]:
        language = self.code.language(source)
        if frame is None:
            scope = self.code.scopes(source).of(node)
            if scope is not None:
                frame = self.ev.framing.make(
                    source, scope, None, function.at.frame, {}, function.receiver
                )
        out: list[Value] = []
        for returned in language.returns(source, node):
            inner = self.ev.framing.around(source, returned, frame)
            out += self.ev.evaluate(At(source, returned, inner))
        sure: list[Value] = [v for v in out if not isinstance(v, Unknown)]
        if all(isinstance(v, External) and v.form == "call" for v in sure):
            declared = language.return_type(source, node)
            if declared is not None:
                typed = known(self.ev.bindings.typed(At(source, declared, frame)))
                if any(not isinstance(v, Unknown | External) for v in typed):
                    return typed
        return sure or out

    def _external(self, at: At, call: Call, callee: External, language: Language) -> list[Value]:
        name = callee.name
        positional = [a.node for a in call.arguments if a.name is None]
        reads = self.ev.settings.reads
        selectors = reads.get(name + "()" if callee.form == "call" else name)
        if selectors is not None:
            return self._default(at, call, selectors) or [UNKNOWN]
        if name in self.ev.settings.lists:
            return [Items(tuple(tuple(self.ev.evaluate(at.to(n))) for n in positional))]
        if name in language.environment:
            index = language.environment[name]
            return (
                self.ev.evaluate(at.to(positional[index]))
                if 0 <= index < len(positional)
                else [UNKNOWN]
            )
        if name in language.wraps:
            index = language.wraps[name]
            if index < len(positional):
                return self.ev.evaluate(at.to(positional[index]))
        if name in language.formatters and positional:
            return self._formatted(at, positional, language.formatters[name])
        if name in language.joins:
            return self._joined(at, call)
        if name in language.views and positional:
            return self._viewed(at.to(positional[0]), language.views[name])
        if name in language.folders and positional:
            return self._files(at.to(positional[0]))
        name = self.ev.settings.functions.get(name, name)
        known_function = name in language.text_functions
        texts = [self.ev.texts(at.to(n)) for n in positional] if known_function else []
        if texts and all(t.known for given in texts for t in given):
            made = [
                language.text_function(name, [t.text for t in given])
                for given in islice(product(*texts), MAX_TEXTS)
            ]
            if made and None not in made:
                return [Text.of([Piece(text, at)]) for text in made if text is not None]
        return [External(name, "call", at)]

    def _viewed(self, at: At, view: str) -> list[Value]:
        """A dictionary, an enumeration or a list, shown as a list."""
        out: list[Value] = []
        for value in self.ev.evaluate(at):
            turns = list(self.ev.rounds(value))
            if turns or isinstance(value, DictValue | ListValue | Items | ModuleValue):
                out.append(_view(view, turns))
        return out or [UNKNOWN]

    def _files(self, at: At) -> list[Value]:
        """The names of the files and folders that lie in a folder of the codebase."""
        names: list[str] = []
        for text in self.ev.strings(at):
            names += self.code.names_in(text.strip("/").removeprefix("./"))
        return [Items(tuple((Text.of([Piece(name)]),) for name in names))]

    def _default(self, at: At, call: Call, selectors: tuple[int | str, ...]) -> list[Value]:
        for selector in selectors:
            positional = [a for a in call.arguments if a.name is None]
            for index, argument in enumerate(positional):
                if selector == index:
                    return self.ev.evaluate(at.to(argument.node))
            for argument in call.arguments:
                if argument.name is not None and argument.name == selector:
                    return self.ev.evaluate(at.to(argument.node))
        return []

    def _formatted(self, at: At, positional: list[Node], hole: str) -> list[Value]:
        out: list[Value] = []
        for pattern in self.ev.texts(at.to(positional[0])):
            out += self.ev.filled(at, pattern, positional[1:], hole)
        return out

    def _joined(self, at: At, call: Call) -> list[Value]:
        """A list put together by a function: the first list, then the further arguments."""
        items: list[tuple[Value, ...]] = []
        plain = [a for a in call.arguments if a.name is None]
        for index, argument in enumerate(plain):
            values = self.ev.evaluate(at.to(argument.node))
            lists = [v for v in values if isinstance(v, ListValue | Items)]
            if (index == 0 or argument.spread) and lists:
                items += [tuple(e) for v in lists for e in self.ev.elements(v)]
            elif index and not argument.spread:
                items.append(tuple(values))
        return [Items(tuple(items))]

    def _method(
        self, at: At, call: Call, callee: forms.Member, language: Language
    ) -> list[Value] | None:
        """Methods of strings and dictionaries, where what they are called on is known."""
        values = self.ev.evaluate(at.to(callee.object))
        out: list[Value] = []
        for value in values:
            if isinstance(value, Text):
                found = self._text_method(at, call, callee.name, value, language)
            elif isinstance(value, DictValue):
                found = self._dict_method(at, call, callee.name, value)
            elif isinstance(value, ListValue | Items) and callee.name in language.same_lists:
                found = [value]
            elif isinstance(value, ListValue | Items) and callee.name == "join":
                found = self._concatenated(at, call, value)
            else:
                return None
            if found is None:
                return [UNKNOWN]
            out += found
        return out or None

    def _concatenated(self, at: At, call: Call, value: Value) -> list[Value]:
        """The strings of a list, put together with something between them."""
        between = self.ev.strings(at.to(call.arguments[0].node)) if call.arguments else [","]
        pieces: list[Piece] = []
        for element in self.ev.elements(value):
            texts = [v for v in element if isinstance(v, Text)]
            if len(texts) != 1 or len(between) != 1:
                return [UNKNOWN]
            pieces += [Piece(between[0], at)] if pieces else []
            pieces += texts[0].pieces or (Piece(texts[0].text),)
        return [Text.of(pieces)]

    def _text_method(
        self, at: At, call: Call, name: str, text: Text, language: Language
    ) -> list[Value] | None:
        positional = [a.node for a in call.arguments if a.name is None]
        if f"str.{name}" in language.formatters:
            return self.ev.filled(at, text, positional, language.formatters[f"str.{name}"], call)
        given: list[str] = []
        for node in positional:
            strings = self.ev.strings(at.to(node))
            if len(strings) != 1:
                return None
            given.append(strings[0])
        if not text.known:
            return [text]
        result = language.text_method(name, text.text, given)
        if result is None:
            return None
        if result == text.text:
            return [text]
        return [Text.of([Piece(result, at)])]

    def _dict_method(self, at: At, call: Call, name: str, value: DictValue) -> list[Value] | None:
        turns = list(self.ev.rounds(value))
        language = self.code.language(at.source)
        if name in ("items", "values", "keys") and not language.views:
            return [_view(name, turns)]
        if name == "get" and call.arguments:
            keys = self.ev.strings(at.to(call.arguments[0].node))
            hit = [v for key, item in turns for v in item if _is_key(key, keys)]
            return hit or [v for _, item in turns for v in item]
        return None


def _view(name: str, turns: list[Turn]) -> Items:
    """Return the items, values or keys of a dictionary's rounds as a list."""
    if name == "items":
        return Items(tuple((Items((key, item)),) for key, item in turns))
    return Items(tuple(item if name == "values" else key for key, item in turns))


def _is_key(key: tuple[Value, ...], wanted: list[str]) -> bool:
    return any(isinstance(k, Text) and k.text in wanted for k in key)
