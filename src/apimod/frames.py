"""Frames: what a function's parameters and a loop's variables hold, one way in at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.values import At, Bound, Frame, FunctionValue, Items, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.forms import Argument, Call
    from apimod.languages.scopes import Scope
    from apimod.source import Source

MAX_DEPTH = 14


class Frames:
    """Makes, finds and interns frames."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._interned: dict[tuple[object, ...], Frame] = {}

    def around(self, source: Source, node: Node, frame: Frame | None) -> Frame | None:
        """Return the frame of the innermost function or loop around a node that is in a chain."""
        if frame is None:
            return None
        scope = self.entered(self.code.scopes(source).at(node.start_byte))
        while scope is not None:
            found = self.find(scope, frame)
            if found is not None:
                return found
            scope = self.entered(scope.outer)
        return None

    def find(self, scope: Scope, frame: Frame | None) -> Frame | None:
        """Return the frame of a scope in the chain of frames around."""
        while frame is not None and frame.scope is not scope:
            frame = frame.outer
        return frame

    def entered(self, scope: Scope | None) -> Scope | None:
        """Return the innermost function or loop that a scope lies in, itself maybe."""
        while scope is not None and not scope.enters:
            scope = scope.outer
        return scope

    def make(
        self,
        source: Source,
        scope: Scope,
        site: At | None,
        outer: Frame | None,
        bind: dict[str, Bound],
        receiver: Value | None = None,
        element: int = -1,
    ) -> Frame:
        """Return the frame of a scope that is entered so."""
        key = (scope, site, outer, receiver, element)
        frame = self._interned.get(key)
        if frame is None:
            frame = Frame(source, scope, site, outer, bind, receiver, element)
            self._interned[key] = frame
        return frame

    # --- entering a function that is known -------------------------------------------------------

    def enter(
        self, function: FunctionValue, site: At, call: Call, own: frozenset[str] | None = None
    ) -> Frame | None:
        """Return the frame of calling a function; None where calls go too deep.

        ``own`` are the parameters that matter, where more of them do than for everyone.
        """
        source, node = function.at.source, function.at.node
        scope = self.code.scopes(source).of(node)
        if scope is None or (site.frame is not None and site.frame.depth >= MAX_DEPTH):
            return None
        narrowing = self.ev.narrowing
        if own is None:
            own = narrowing.own(source, scope)
        outer = function.at.frame
        if not own and not narrowing.is_watched(scope):
            return self.make(source, scope, None, outer, {})
        caller = narrowing.caller(function.at, site, call, own)
        inner = At(site.source, site.node, caller)
        name = self.code.language(source).receiver(source, node)
        receiver = function.receiver if name in own else None
        bind = self.bind(function, inner, call.arguments)
        frame = self.make(source, scope, inner, outer, bind, receiver)
        frame.call = call
        frame.via = frame.via or site.frame
        return frame

    def bind(
        self,
        function: FunctionValue,
        site: At,
        arguments: tuple[Argument, ...],
        evaluate: bool = True,
    ) -> dict[str, Bound]:
        """Return what the parameters of a function hold when it is called so."""
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
                bind[param.name] = self._rest(site, positional[index:]) if evaluate else ()
            elif index < len(positional) and not param.named_only:
                bind[param.name] = site.to(positional[index].node)
            elif param.default is not None:
                bind[param.name] = At(function.at.source, param.default, function.at.frame)
        return bind

    def _rest(self, site: At, arguments: list[Argument]) -> tuple[Value, ...]:
        items: list[tuple[Value, ...]] = []
        for argument in arguments:
            values = self.ev.evaluate(site.to(argument.node))
            if argument.spread:
                for value in values:
                    items.extend(tuple(e) for e in self.ev.elements(value))
            else:
                items.append(tuple(values))
        return (Items(tuple(items)),)
