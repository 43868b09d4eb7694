"""Lists and dictionaries: what they hold, element by element."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from apimod.languages import forms, language_named
from apimod.languages.forms import Assigned
from apimod.values import (
    UNKNOWN,
    At,
    ClassValue,
    Constant,
    DictValue,
    Instance,
    Items,
    ListValue,
    ModuleValue,
    Piece,
    Router,
    Text,
    Value,
    is_call,
)

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator, Turn

L = TypeVar("L", "ListValue", "DictValue")
T = TypeVar("T")


class Lists:
    """Takes lists apart."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._open: set[ListValue | DictValue] = set()

    def rounds(self, value: Value) -> Iterator[Turn]:
        """Yield key or position and element of a list or dictionary."""
        if isinstance(value, Items):
            for index, item in enumerate(value.items):
                yield (Constant(str(index)),), item
        elif isinstance(value, ListValue):
            yield from self._once(value, self._list)
        elif isinstance(value, DictValue):
            for key, values in self._once(value, self._entries):
                yield (key,), tuple(values)
        elif isinstance(value, ModuleValue):
            yield from self._offered(value)
        elif isinstance(value, ClassValue):
            yield from self._enumerated(value)
        elif isinstance(value, Instance) and value.made is not None:
            yield from self._named_list(value, value.made)

    def _once(self, value: L, taken: Callable[[L], Iterator[T]]) -> list[T]:
        """Return the parts of a list or dictionary: what it spreads of itself adds nothing."""
        if value in self._open:
            return []
        self._open.add(value)
        try:
            return list(taken(value))
        finally:
            self._open.discard(value)

    def _named_list(self, value: Instance, made: At) -> Iterator[Turn]:
        """The elements of a literal whose type is a list by another name."""
        language = self.code.language(value.cls.source)
        form = self.ev.form(made)
        if isinstance(form, forms.Call) and language.element_type(value.cls.source, value.cls.node):
            for index, argument in enumerate(form.arguments):
                yield (Constant(str(index)),), tuple(self.ev.evaluate(made.to(argument.node)))

    def _list(self, value: ListValue) -> Iterator[Turn]:
        form = self.ev.form(value.at)
        if isinstance(form, forms.Each):
            source = value.at.source
            scope = self.code.scopes(source).of(form.loop)
            if scope is not None:
                frames = self.ev.framing
                rounds = self.ev.entries.rounds(source, scope, value.at.frame)
                for index, bind in enumerate(rounds):
                    frame = frames.make(source, scope, None, value.at.frame, bind, element=index)
                    at = At(source, form.body, frame)
                    yield (Constant(str(index)),), tuple(self.ev.evaluate(at))
            return
        position = 0
        for node in form.items if isinstance(form, forms.Listing) else ():
            inner = self.ev.code.language(value.at.source).form(value.at.source, node)
            if isinstance(inner, forms.Spread):
                for spread in self.ev.evaluate(value.at.to(inner.node)):
                    if isinstance(spread, Router) or is_call(spread):
                        yield (Constant(str(position)),), (spread,)
                    for _, item in self.rounds(spread):
                        yield (Constant(str(position)),), item
                        position += 1
            else:
                yield (Constant(str(position)),), tuple(self.ev.evaluate(value.at.to(node)))
                position += 1

    def _entries(self, value: DictValue) -> Iterator[tuple[Value, list[Value]]]:
        form = self.ev.form(value.at)
        for key, node in form.entries if isinstance(form, forms.Mapping) else ():
            if key is None:
                for spread in self.ev.evaluate(value.at.to(node)):
                    if isinstance(spread, DictValue):
                        yield from self._once(spread, self._entries)
            elif isinstance(key, str):
                yield Text(key, True, (Piece(key),)), self.ev.evaluate(value.at.to(node))
            else:
                keys = self.ev.evaluate(value.at.to(key))
                yield (keys[0] if keys else UNKNOWN), self.ev.evaluate(value.at.to(node))

    def _offered(self, value: ModuleValue) -> Iterator[Turn]:
        """What a module offers by name."""
        language = language_named(value.language)
        for name in language.offered(self.code, value.path):
            found = [
                v
                for target in language.exported(self.code, value.path, name)
                for v in self.ev.lookup.target(target, None, value.language)
            ]
            yield (Text(name, True, (Piece(name),)),), tuple(found)

    def picked(self, value: Value, keys: Sequence[str]) -> list[list[Value]]:
        """Return the values of a dictionary's entries of these keys."""
        if isinstance(value, ModuleValue):
            turns = self._offered(value)
            return [
                list(v) for key, v in turns for k in key if isinstance(k, Text) and k.text in keys
            ]
        if not isinstance(value, DictValue):
            return []
        return [
            item
            for key, item in self._once(value, self._entries)
            if isinstance(key, Text | Constant) and key.text in keys
        ]

    def _enumerated(self, value: ClassValue) -> Iterator[Turn]:
        """The members of a class that is looped over: an enumeration."""
        language = self.code.language(value.at.source)
        members = language.members(self.code, value.at.source, value.at.node)
        for name, found in members.items():
            if all(isinstance(f.binding, Assigned) for f in found):
                yield (Text(name),), tuple(self.ev.member(value, name))
