"""Frames, narrowed to what can be told apart from inside.

A function's frame keeps its caller only where a parameter that is read comes from there. Two calls
that look the same from inside share one frame, or frames would multiply with every call above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from apimod.languages.forms import Call, Member, Name
from apimod.values import At, Frame, FunctionValue

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.frames import Frames
    from apimod.languages.scopes import Scope
    from apimod.reads import Reads
    from apimod.source import Source

Names = frozenset[str]
NOTHING: Names = frozenset()


class Narrowing:
    """Says which parameters of a function matter, and narrows frames to them."""

    def __init__(self, evaluator: Evaluator, frames: Frames, reads: Reads) -> None:
        self.code = evaluator.code
        self.frames = frames
        self.reads = reads
        self._watched: dict[int, set[str]] = defaultdict(set)
        self._own: dict[int, Names] = {}
        self._narrow: dict[object, Frame | None] = {}

    def watch(self, source: Source, node: Node, nodes: Iterable[Node]) -> None:
        """Note that something in a function will be evaluated once for every way in."""
        scope = self.frames.entered(self.code.scopes(source).at(node.start_byte))
        names = self.reads.names(source, nodes)
        while scope is not None:
            self._watched[id(scope)] |= names
            scope = self.frames.entered(scope.outer)

    def is_watched(self, scope: Scope) -> bool:
        """Whether a function holds facts, and so is entered once for every call."""
        return id(scope) in self._watched

    def uniform(self, scope: Scope) -> Names:
        """Return the names that matter in a function, whoever asks: what its facts read."""
        return frozenset(self._watched.get(id(scope), ())) if scope.kind == "function" else NOTHING

    def own(self, source: Source, scope: Scope) -> Names:
        """Return the parameters that matter for what a function gives back."""
        if id(scope) not in self._own:
            nodes = self.code.language(source).returns(source, scope.node)
            names = self.reads.names(source, nodes, inside=True) | self.uniform(scope)
            self._own[id(scope)] = self.reads.split(source, scope, names)[0]
        return self._own[id(scope)]

    def asked(self, function: At, site: At, call: Call, own: Names) -> list[Node]:
        """Return the parts of a call that some parameters of its function come from."""
        language = self.code.language(function.source)
        bind = self.frames.bind(FunctionValue(function), site, call.arguments, evaluate=False)
        nodes = [b.node for n, b in bind.items() if n in own and isinstance(b, At)]
        form = language.form(site.source, call.function)
        if isinstance(form, Name):
            nodes.append(call.function)
        elif isinstance(form, Member) and language.receiver(function.source, function.node) in own:
            nodes.append(form.object)
        if call.initialises is not None:
            nodes.append(call.initialises)
        params = language.params(function.source, function.node)
        if any(p.variadic and p.name in own for p in params):
            nodes += [a.node for a in call.arguments]
        start, end = site.node.start_byte, site.node.end_byte
        return [n for n in nodes if start <= n.start_byte and n.end_byte <= end]

    def narrow(self, frame: Frame | None, names: Names) -> Frame | None:
        """Return the frame that keeps only what names in it can tell apart."""
        if frame is None:
            return None
        source, scope = frame.source, frame.scope
        wanted = names | self.uniform(scope)
        own, outside = self.reads.split(source, scope, wanted)
        key = (frame, own, outside)
        if key not in self._narrow:
            self._narrow[key] = frame
            self._narrow[key] = self._narrowed(frame, own, self.narrow(frame.outer, outside))
        return self._narrow[key]

    def _narrowed(self, frame: Frame, own: Names, outer: Frame | None) -> Frame | None:
        make = self.frames.make
        if frame.scope.kind == "class":
            return frame
        if frame.scope.kind == "loop":
            if not own:
                return outer
            bind = dict(frame.bind)
            return make(frame.source, frame.scope, None, outer, bind, element=frame.element)
        if frame.site is not None and frame.call is None and own:
            return frame  # handed a router by a mount, which no call tells
        if frame.site is None or frame.call is None:
            return make(frame.source, frame.scope, None, outer, dict(frame.bind))
        function = FunctionValue(At(frame.source, frame.scope.node, outer), frame.receiver)
        return self.frames.enter(function, frame.site, frame.call, own)

    def caller(self, function: At, site: At, call: Call, own: Names) -> Frame | None:
        """Return the narrowed frame of the caller, as far as some parameters come from it."""
        if not own or site.frame is None:
            return None
        nodes = self.asked(function, site, call, own)
        return self.narrow(site.frame, self.reads.names(site.source, nodes))
