"""Every way in which a function or loop is entered.

Frames would multiply with every call on the way up. So only what the asked expressions read is
followed: a caller is told apart from another only where a parameter comes from it that is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from apimod.frames import MAX_DEPTH, Frames
from apimod.languages.forms import Call, Element, Member
from apimod.sites import Sites
from apimod.values import (
    At,
    Bound,
    ClassValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    Router,
    Unknown,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.scopes import Scope
    from apimod.source import Source

MAX_FRAMES = 1024
MAX_OUTER = 64

Names = frozenset[str]
NOTHING: Names = frozenset()


class Entries:
    """Finds the frames in which a place is reached."""

    def __init__(self, evaluator: Evaluator, frames: Frames) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self.frames = frames
        self.narrowing = evaluator.narrowing
        self.sites = Sites(evaluator)
        self.reads = self.narrowing.reads
        self._memo: dict[object, list[Frame | None]] = {}

    def of(
        self, source: Source, node: Node, reads: Iterable[Node] | None = None
    ) -> list[Frame | None]:
        """Return the frames in which a node is reached; ``[None]`` at the top of a module.

        ``reads`` are the expressions that will be evaluated there; the node itself by default.
        """
        scope = self.frames.entered(self.code.scopes(source).at(node.start_byte))
        if scope is None:
            return [None]
        names = self.reads.names(source, reads if reads is not None else (node,))
        return self.entries(source, scope, names)

    def entries(self, source: Source, scope: Scope | None, names: Names) -> list[Frame | None]:
        """Return the frames of a function or loop that names in it can tell apart."""
        if scope is None:
            return [None]
        names |= self.narrowing.uniform(scope)
        own, outside = self.reads.split(source, scope, names)
        key = (id(scope), own, outside)
        if key in self._memo:
            return self._memo[key]
        nesting = self.ev.nesting
        if nesting.is_busy(id(scope)):
            return []
        with nesting.inside(id(scope)) as state:
            found = self._entries(source, scope, own, outside)
        if state.whole:
            self._memo[key] = found
        return found

    def _entries(
        self, source: Source, scope: Scope, own: Names, outside: Names
    ) -> list[Frame | None]:
        around = self.frames.entered(scope.outer)
        outers = self.entries(source, around, outside)[:MAX_OUTER]
        out: list[Frame | None] = []
        if scope.kind == "loop":
            if not own:
                return outers
            out += self._loops(source, scope, outers)
        elif own or self.narrowing.is_watched(scope):
            for frame in self._calls(source, scope, outers, own):
                out.append(frame)
                if len(out) >= MAX_FRAMES:
                    break
        if not out:
            out = [self.frames.make(source, scope, None, outer, {}) for outer in outers]
        return list(dict.fromkeys(out))

    def _loops(self, source: Source, scope: Scope, outers: list[Frame | None]) -> Iterator[Frame]:
        for outer in outers:
            for index, bind in enumerate(self.rounds(source, scope, outer)):
                yield self.frames.make(source, scope, None, outer, bind, element=index)

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
        self, source: Source, scope: Scope, outers: list[Frame | None], own: Names
    ) -> Iterator[Frame]:
        function = At(source, scope.node)
        for site_source, site in self.sites.of(function):
            form = self.code.language(site_source).form(site_source, site)
            if not isinstance(form, Call) or not self._may_call(function, site_source, form):
                continue
            asked = self.narrowing.asked(function, At(site_source, site), form, own)
            for caller in self.of(site_source, site, asked)[:MAX_OUTER]:
                if caller is not None and caller.depth >= MAX_DEPTH:
                    continue
                at = At(site_source, site, caller)
                for callee in self._callees(function, at, form):
                    if callee.at.frame is None or callee.at.frame in outers:
                        frame = self.frames.enter(callee, at, form, own)
                        if frame is not None:
                            yield frame
        for site_at, bind in self.ev.interpreter.enters(function):
            for outer in outers:
                if outer is None or site_at.frame is outer or self._shares(site_at.frame, outer):
                    yield self.frames.make(source, scope, site_at, outer, dict(bind))

    def _may_call(self, function: At, source: Source, call: Call) -> bool:
        """Whether a call may be one of a function, as far as declarations tell."""
        frame = self.unbound(source, call.function)
        values = self.ev.evaluate(At(source, call.function, frame))
        if not values:
            return True
        for value in values:
            if isinstance(value, FunctionValue):
                if value.at.place == function.place:
                    return True
            elif not isinstance(value, External):
                return True
        return False

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
            if not self._is_on_router(site, call):
                yield FunctionValue(function)

    def _is_on_router(self, site: At, call: Call) -> bool:
        """Whether a method is a library's: what it is called on is a router, and no object of ours."""
        form = self.code.language(site.source).form(site.source, call.function)
        if not isinstance(form, Member):
            return False
        values = self.ev.evaluate(site.to(form.object))
        return bool(values) and all(isinstance(v, Router) for v in values)

    def _constructors(self, cls: ClassValue) -> list[tuple[str, int, int]]:
        language = self.code.language(cls.at.source)
        return [
            value.at.place
            for name in language.constructors
            for value in self.ev.member(Instance(cls.at), name)
            if isinstance(value, FunctionValue)
        ]

    def unbound(self, source: Source, node: Node) -> Frame | None:
        """Return the frame of a node of which nothing is known but what is declared."""
        scope = self.frames.entered(self.code.scopes(source).at(node.start_byte))
        return self.frames.make(source, scope, None, None, {}) if scope is not None else None
