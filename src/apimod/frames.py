"""Every way in which a function or loop is entered: its frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from apimod.languages.forms import Argument, Call, Element
from apimod.values import (
    At,
    Bound,
    ClassValue,
    Frame,
    FunctionValue,
    Instance,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.scopes import Scope
    from apimod.source import Source

MAX_DEPTH = 14
MAX_FRAMES = 256
MAX_OUTER = 48


class Frames:
    """Makes, finds and interns frames."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._interned: dict[tuple[object, ...], Frame] = {}
        self._memo: dict[int, list[Frame | None]] = {}
        self._busy: set[int] = set()

    def of(self, source: Source, node: Node) -> list[Frame | None]:
        """Return the frames in which a node is reached; ``[None]`` at the top of a module."""
        return self.entries(source, self._entered(self.code.scopes(source).at(node.start_byte)))

    def around(self, source: Source, node: Node, frame: Frame | None) -> Frame | None:
        """Return the frame of the innermost function or loop around a node that is in a chain."""
        if frame is None:
            return None
        scope = self._entered(self.code.scopes(source).at(node.start_byte))
        while scope is not None:
            found = self.find(scope, frame)
            if found is not None:
                return found
            scope = self._entered(scope.outer)
        return None

    def find(self, scope: Scope, frame: Frame | None) -> Frame | None:
        """Return the frame of a scope in the chain of frames around."""
        while frame is not None and frame.scope is not scope:
            frame = frame.outer
        return frame

    def _entered(self, scope: Scope | None) -> Scope | None:
        while scope is not None and not scope.enters:
            scope = scope.outer
        return scope

    def make(
        self,
        scope: Scope,
        site: At | None,
        outer: Frame | None,
        bind: dict[str, Bound],
        receiver: Value | None = None,
        element: int = -1,
    ) -> Frame:
        """Return the frame of a scope that is entered so."""
        caller = site.frame if site is not None else None
        key = (scope, site.key if site else None, caller, outer, receiver, element)
        frame = self._interned.get(key)
        if frame is None:
            frame = self._interned[key] = Frame(scope, site, caller, outer, bind, receiver)
        return frame

    # --- entering a function that is known -------------------------------------------------------

    def enter(self, function: FunctionValue, site: At, call: Call) -> Frame | None:
        """Return the frame of calling a function; None where calls nest too deep."""
        source, node = function.at.source, function.at.node
        scope = self.code.scopes(source).of(node)
        if scope is None or (site.frame is not None and site.frame.depth >= MAX_DEPTH):
            return None
        bind = self._bind(function, site, call.arguments)
        return self.make(scope, site, function.at.frame, bind, function.receiver)

    def _bind(
        self, function: FunctionValue, site: At, arguments: tuple[Argument, ...]
    ) -> dict[str, Bound]:
        language = self.code.language(function.at.source)
        params = language.params(function.at.source, function.at.node)
        receiver = language.receiver(function.at.source, function.at.node)
        params = [p for p in params if p.name != receiver]
        positional = [a for a in arguments if a.name is None]
        named = {a.name: a.node for a in arguments if a.name is not None}
        bind: dict[str, Bound] = {}
        for index, param in enumerate(params):
            if param.name in named:
                bind[param.name] = site.to(named[param.name])
            elif param.variadic:
                bind[param.name] = self._rest(site, positional[index:])
            elif index < len(positional) and not param.named_only:
                bind[param.name] = site.to(positional[index].node)
            elif param.default is not None:
                bind[param.name] = At(function.at.source, param.default, function.at.frame)
        return bind

    def _rest(self, site: At, arguments: list[Argument]) -> tuple[Value, ...]:
        from apimod.values import Items

        items: list[tuple[Value, ...]] = []
        for argument in arguments:
            values = self.ev.evaluate(site.to(argument.node))
            if argument.spread:
                for value in values:
                    items.extend(tuple(e) for e in self.ev.elements(value))
            else:
                items.append(tuple(values))
        return (Items(tuple(items)),)

    # --- finding every way in --------------------------------------------------------------------

    def entries(self, source: Source, scope: Scope | None) -> list[Frame | None]:
        """Return every frame of a function or loop."""
        if scope is None:
            return [None]
        key = id(scope)
        if key in self._memo:
            return self._memo[key]
        if key in self._busy:
            return [self.make(scope, None, None, {})]
        self._busy.add(key)
        try:
            outers = self.entries(source, self._entered(scope.outer))[:MAX_OUTER]
            found: Iterable[Frame]
            if scope.kind == "loop":
                found = self._loops(source, scope, outers)
            else:
                found = self._calls(source, scope, outers)
            out: list[Frame | None] = []
            for frame in found:
                out.append(frame)
                if len(out) >= MAX_FRAMES:
                    break
        finally:
            self._busy.discard(key)
        if not out:
            out = [self.make(scope, None, outer, {}) for outer in outers]
        self._memo[key] = list(dict.fromkeys(out))
        return self._memo[key]

    def _loops(
        self, source: Source, scope: Scope, outers: list[Frame | None]
    ) -> Iterator[Frame]:
        for outer in outers:
            for index, bind in enumerate(self.rounds(source, scope, outer)):
                yield self.make(scope, None, outer, bind, element=index)

    def rounds(self, source: Source, scope: Scope, outer: Frame | None) -> list[dict[str, Bound]]:
        """Return what a loop's variables hold, once for every element."""
        groups: dict[int, list[tuple[str, Element]]] = {}
        for name, bindings in scope.names.items():
            for binding in bindings:
                if isinstance(binding, Element):
                    groups.setdefault(binding.iterable.id, []).append((name, binding))
        rounds: list[dict[str, Bound]] = [{}]
        for variables in groups.values():
            iterable = At(source, variables[0][1].iterable, outer)
            turns = list(self.ev.turns(iterable))
            rounds = [
                {**bind, **{name: self.ev.variable(element, turn) for name, element in variables}}
                for bind in rounds
                for turn in turns
            ][:MAX_FRAMES]
        return [bind for bind in rounds if bind]

    def _calls(
        self, source: Source, scope: Scope, outers: list[Frame | None]
    ) -> Iterator[Frame]:
        function = At(source, scope.node)
        for site_source, site in self._sites(function):
            form = self.code.language(site_source).form(site_source, site)
            if not isinstance(form, Call):
                continue
            for caller in self.of(site_source, site)[:MAX_OUTER]:
                if caller is not None and caller.depth >= MAX_DEPTH:
                    continue
                at = At(site_source, site, caller)
                for callee in self._callees(function, at, form):
                    if callee.at.frame is None or callee.at.frame in outers:
                        frame = self.enter(callee, at, form)
                        if frame is not None:
                            yield frame
        for site_at, bind in self.ev.interpreter.enters(function):
            for outer in outers:
                if outer is None or site_at.frame is outer or self._shares(site_at.frame, outer):
                    yield self.make(scope, site_at, outer, dict(bind))

    def _shares(self, frame: Frame | None, outer: Frame) -> bool:
        while frame is not None and frame.scope is not outer.scope:
            frame = frame.outer or frame.caller
        return frame is None or frame is outer

    def _callees(self, function: At, site: At, call: Call) -> Iterator[FunctionValue]:
        language = self.code.language(function.source)
        values = self.ev.evaluate(site.to(call.function))
        unknown = True
        for value in values:
            unknown = unknown and isinstance(value, Unknown)
            if isinstance(value, FunctionValue) and value.at.place == function.place:
                yield value
            elif isinstance(value, ClassValue) and function.place in self._constructors(value):
                made = self.ev.evaluate(site)
                yield FunctionValue(function, made[0] if made else Instance(value.at, site))
        if unknown and language.is_method(function.source, function.node):
            yield FunctionValue(function)

    def _constructors(self, cls: ClassValue) -> list[tuple[str, int, int]]:
        language = self.code.language(cls.at.source)
        return [
            value.at.place
            for name in language.constructors
            for value in self.ev.member(Instance(cls.at), name)
            if isinstance(value, FunctionValue)
        ]

    def _sites(self, function: At) -> list[tuple[Source, Node]]:
        """Return the calls that may call a function: by its name, or by that of a parameter."""
        language = self.code.language(function.source)
        name = language.function_name(function.source, function.node)
        sites: list[tuple[Source, Node]] = []
        handed: list[tuple[Source, Node]] = []
        if name is None:
            sites += self._inline(function)
            handed = [(function.source, function.node)]
        elif name in language.constructors:
            owner = language.qualified_name(function.source, function.node).split(".")
            if len(owner) > 1:
                for cls in self.ev.subclass_names(function, owner[-2]):
                    sites += self.code.calls(language.name, cls)
        else:
            sites += self.code.calls(language.name, name)
            handed = self.code.mentions(language.name, name)
        for source, node in handed:
            sites += self._through(source, node)
        inside = function.node
        return [
            (s, n)
            for s, n in dict.fromkeys(sites)
            if s is not function.source
            or not inside.start_byte <= n.start_byte < n.end_byte <= inside.end_byte
            or n.end_byte > inside.end_byte
        ]

    def _inline(self, function: At) -> list[tuple[Source, Node]]:
        """A function that is called where it is written."""
        parent = function.node.parent
        while parent is not None and parent.type == "parenthesized_expression":
            parent = parent.parent
        if parent is None:
            return []
        form = self.code.language(function.source).form(function.source, parent)
        called = isinstance(form, Call) and form.function.end_byte >= function.node.end_byte
        return [(function.source, parent)] if called else []

    def _through(self, source: Source, node: Node) -> list[tuple[Source, Node]]:
        """A function handed to another one, which calls its parameter."""
        language = self.code.language(source)
        parent = node.parent
        for _ in range(3):
            if parent is None or isinstance(language.form(source, parent), Call):
                break
            parent = parent.parent
        form = language.form(source, parent) if parent is not None else None
        if parent is None or not isinstance(form, Call):
            return []
        sites: list[tuple[Source, Node]] = []
        for value in self.ev.evaluate(At(source, form.function, self._some(source, parent))):
            if not isinstance(value, FunctionValue):
                continue
            params = self._bind(value, At(source, parent), form.arguments)
            scopes = self.code.scopes(value.at.source)
            for name, bound in params.items():
                if isinstance(bound, At) and bound.node.id == node.id:
                    sites += [
                        (value.at.source, call)
                        for call in scopes.calls.get(name, ())
                        if value.at.node.start_byte <= call.start_byte < value.at.node.end_byte
                    ]
        return sites

    def _some(self, source: Source, node: Node) -> Frame | None:
        """Return one frame of a node, bound or not."""
        scope = self._entered(self.code.scopes(source).at(node.start_byte))
        return self.make(scope, None, None, {}) if scope is not None else None
