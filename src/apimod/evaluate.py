"""What an expression is: one evaluator for all languages.

It answers with every value that an expression may have. Strings carry the nodes that their pieces
came from. Cycles, depth and the number of values are bounded, so that it always answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from apimod.bindings import Bindings
from apimod.calls import Calls
from apimod.definitions import Definitions
from apimod.entries import Entries
from apimod.frames import Frames
from apimod.interpret import Interpreter, Settings
from apimod.languages import forms
from apimod.lists import Lists
from apimod.lookup import Lookup
from apimod.members import Members
from apimod.narrowing import Narrowing
from apimod.nesting import Nesting
from apimod.reads import Reads
from apimod.texts import Texts
from apimod.values import (
    UNKNOWN,
    At,
    ClassValue,
    Constant,
    DictValue,
    External,
    Frame,
    FunctionValue,
    Items,
    ListValue,
    ModuleValue,
    Text,
    Unknown,
    Value,
    known,
    unique,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.forms import Element, Form
    from apimod.source import Source

MAX_VALUES = 256

Turn = tuple[tuple[Value, ...], tuple[Value, ...]]
"""One round of a loop: the key or position, and the element."""


class Evaluator:
    """Evaluates the expressions of a codebase."""

    def __init__(
        self,
        code: Codebase,
        interpreter: Interpreter | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.code = code
        self.interpreter = interpreter or Interpreter()
        self.settings = settings or Settings()
        self.home: frozenset[str] = frozenset()
        """The files of the project at hand, where that is known."""
        self._nesting = Nesting()
        self._frames = Frames(self)
        self.narrowing = Narrowing(self, self._frames, Reads(code))
        self._entries = Entries(self, self._frames)
        self._lookup = Lookup(self)
        self.bindings = Bindings(self)
        self.lists = Lists(self)
        self._definitions = Definitions(self)
        self._members = Members(self)
        self._calls = Calls(self)
        self._texts = Texts(self)
        self._memo: dict[object, list[Value]] = {}
        self._makers: dict[type, Callable[[At, Form], list[Value]]] = {
            forms.Name: self._name,
            forms.Member: self._member,
            forms.Call: self._call,
            forms.String: self._string,
            forms.Constant: lambda at, f: [Constant(f.text)],  # type: ignore[union-attr]
            forms.Joined: self._joined,
            forms.Fallback: self._fallback,
            forms.Choice: self._choice,
            forms.Cast: self._cast,
            forms.Listing: lambda at, f: [ListValue(at)],
            forms.Mapping: lambda at, f: [DictValue(at)],
            forms.Each: lambda at, f: [ListValue(at)],
            forms.Subscript: self._subscript,
            forms.Module: self._module,
            forms.FunctionForm: lambda at, f: [FunctionValue(at)],
            forms.ClassForm: lambda at, f: [ClassValue(at)],
            forms.Wrapped: lambda at, f: self.evaluate(at.to(f.node)),  # type: ignore[union-attr]
        }

    # --- what others ask -------------------------------------------------------------------------

    def evaluate(self, at: At) -> list[Value]:
        """Return the values that an expression may have; never empty, unless it has a cycle."""
        done = self._memo.get(at.key)
        if done is not None:
            return done
        if self._nesting.is_busy(at.key):
            return []
        if self._nesting.is_exhausted:
            return [UNKNOWN]
        with self._nesting.inside(at.key) as state:
            values = unique(self._evaluate(at))[:MAX_VALUES]
        if state.whole:
            self._memo[at.key] = values
        return values

    def strings(self, at: At) -> list[str]:
        """Return the strings that an expression may be, or that its list holds; known ones only."""
        out = [t.text for t in self.texts(at) if t.known]
        return list(dict.fromkeys(out))

    def texts(self, at: At) -> list[Text]:
        """Return the strings with their provenance; an unknown one shows as ``{?expression}``."""
        return self._texts.of(at)

    def filled(
        self,
        at: At,
        pattern: Text,
        nodes: Sequence[Node],
        hole: str,
        call: forms.Call | None = None,
    ) -> list[Value]:
        """Return a pattern with its holes filled by arguments."""
        return self._texts.filled(at, pattern, nodes, hole, call)

    def definition(self, at: At) -> list[At]:
        """Return the expressions or definitions that a name, member or import stands for."""
        return self._definitions.definition(at)

    def canonical(self, at: At) -> list[str]:
        """Return the dotted names of what an expression refers to."""
        return self._definitions.canonical(at)

    def frames(
        self, source: Source, node: Node, reads: Iterable[Node] | None = None
    ) -> list[Frame | None]:
        """Return every way in which a node is reached that ``reads``, or it, can tell apart."""
        return self._entries.of(source, node, reads)

    def members(self, cls: At) -> dict[str, list[Value]]:
        """Return what a class holds by name."""
        return self._members.all(cls)

    def member(self, value: Value, name: str) -> list[Value]:
        """Return the values of ``value.name``."""
        return self._members.of(value, name)

    def mro(self, cls: At) -> list[At | str]:
        """Return a class and its bases; those outside of the codebase as canonical names."""
        return self._members.mro(cls)

    def subclass_names(self, function: At, name: str) -> list[str]:
        """Return a class's name and those of classes that extend it by that name."""
        return self._members.subclass_names(function, name)

    def enter(self, function: FunctionValue, site: At, call: forms.Call) -> Frame | None:
        """Return the frame of calling a function at a site."""
        return self._frames.enter(function, site, call)

    def results(self, function: FunctionValue, frame: Frame | None) -> list[Value]:
        """Return what a function gives back in a frame."""
        return self._calls.results(function, frame)

    def name_of(self, at: At) -> str:
        """Return the canonical name of a function or class of the codebase."""
        language = self.code.language(at.source)
        module = language.module_name(self.code, at.source)
        return f"{module}.{language.qualified_name(at.source, at.node)}"

    @property
    def nesting(self) -> Nesting:
        """What is being worked out at the moment."""
        return self._nesting

    @property
    def lookup(self) -> Lookup:
        """The scopes' side of the evaluator."""
        return self._lookup

    @property
    def framing(self) -> Frames:
        """The frames' side of the evaluator."""
        return self._frames

    @property
    def entries(self) -> Entries:
        """What finds the ways in."""
        return self._entries

    # --- lists -----------------------------------------------------------------------------------

    def elements(self, value: Value) -> list[list[Value]]:
        """Return the elements of a list, each with the values that it may have."""
        return [list(item) for _, item in self.rounds(value)]

    def turns(self, iterable: At) -> Iterator[Turn]:
        """Yield the rounds of a loop over an expression."""
        for value in self.evaluate(iterable):
            yield from self.rounds(value)

    def rounds(self, value: Value) -> Iterator[Turn]:
        """Yield the rounds of a loop over a value."""
        yield from self.lists.rounds(value)

    def variable(self, element: Element, turn: Turn) -> tuple[Value, ...]:
        """Return what a loop's variable holds in a round."""
        key, item = turn
        if element.keys:
            return key
        if element.index is None:
            return item
        return tuple(v for value in item for v in self.component(value, element.index))

    def component(self, value: Value, index: int) -> list[Value]:
        """Return the values of one element of a list."""
        parts = self.elements(value)
        return parts[index] if -len(parts) <= index < len(parts) else [UNKNOWN]

    # --- forms -----------------------------------------------------------------------------------

    def form(self, at: At) -> Form | None:
        """Return what an expression is, as its language sees it."""
        return self.code.language(at.source).form(at.source, at.node)

    def _evaluate(self, at: At) -> list[Value]:
        form = self.form(at)
        if form is None:
            return [UNKNOWN]
        maker = self._makers.get(type(form))
        return (maker(at, form) if maker else None) or [UNKNOWN]

    def _name(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Name)
        return self._lookup.name(at, form.text)

    def _member(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Member)
        out: list[Value] = []
        defaults = self.code.language(at.source).defaults
        for value in self.evaluate(at.to(form.object)):
            same = isinstance(value, External) and form.name in defaults
            out += [value] if same else self.member(value, form.name)
        return known(out)

    def _module(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Module)
        out: list[Value] = []
        for text in self.texts(at.to(form.spec)):
            out += self.bindings.of(at.source, forms.Imported(text.text), None)
        return known(out)

    def _call(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Call)
        return self._calls.of(at, form)

    def _string(self, at: At, form: Form) -> list[Value]:
        return self._texts.literal(at, form)

    def _joined(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Joined)
        return self._texts.joined(at, form.parts)

    def _fallback(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Fallback)
        values = [v for option in form.options for v in self.evaluate(at.to(option))]
        sure: list[Value] = [v for v in values if not isinstance(v, Unknown | External)]
        return sure or known(values)

    def _cast(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Cast)
        values = known(self.evaluate(at.to(form.node)))
        if all(isinstance(v, Unknown | External) for v in values):
            return self.bindings.typed(at.to(form.type))
        return values

    def _choice(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Choice)
        options = form.options
        test = self.evaluate(at.to(form.test)) if form.test is not None else []
        truths = {v.text.lower() if isinstance(v, Constant) else "" for v in test}
        if truths in ({"true"}, {"false"}):
            options = options[:1] if truths == {"true"} else options[1:]
        return [v for option in options for v in self.evaluate(at.to(option))]

    def _subscript(self, at: At, form: Form) -> list[Value]:
        assert isinstance(form, forms.Subscript)
        out: list[Value] = []
        keys: list[str] = []
        for index in self.evaluate(at.to(form.index)):
            if isinstance(index, Text | Constant):
                keys.append(index.text)
        for value in self.evaluate(at.to(form.object)):
            if isinstance(value, ListValue | Items):
                items = self.elements(value)
                picked = [items[int(k)] for k in keys if k.isdigit() and int(k) < len(items)]
            else:
                whole = isinstance(value, DictValue | ModuleValue)
                turns = list(self.rounds(value)) if whole else []
                picked = [list(item) for item in self.lists.picked(value, keys)]
                picked = picked or [list(item) for _, item in turns]
            out += [v for item in picked for v in item]
            if isinstance(value, External | ClassValue) and not picked:
                out.append(value)  # a generic type with its arguments
        return out


__all__ = ["Evaluator", "Interpreter", "Turn"]
