"""What is being worked out: cycles are cut, depth and effort are bounded.

An answer that was cut inside of a cycle is not whole, and is not kept: who asks again, from
outside of the cycle, may get a better one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

MAX_NESTING = 300
MAX_REPEATS = 6
MAX_STEPS = 200_000
RECURSION = 12_000
"""What the deepest nesting may cost in calls of Python's own."""


class State(Struct):
    """Whether an answer is whole, once it is there."""

    whole: bool = True


class Nesting:
    """The questions that are open, the outermost first."""

    def __init__(self) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION))
        self._open: dict[object, int] = {}
        self._repeats: dict[object, int] = {}
        self._lowest = MAX_NESTING
        self.steps = 0

    def is_busy(self, key: object) -> bool:
        """Whether a question is open already; if so, what is being worked out is not whole."""
        depth = self._open.get(key)
        if depth is not None:
            self._lowest = min(self._lowest, depth)
        return depth is not None

    @property
    def is_exhausted(self) -> bool:
        """Whether to give up: too deep, or too many steps."""
        return len(self._open) >= MAX_NESTING or self.steps >= MAX_STEPS

    @contextmanager
    def inside(self, key: object) -> Iterator[State]:
        """Work out a question."""
        state = State()
        self.steps += 1
        depth = len(self._open)
        self._open[key] = depth
        before, self._lowest = self._lowest, MAX_NESTING
        try:
            yield state
        finally:
            del self._open[key]
            cut = self._lowest < depth  # by a question that was open before this one
            self._lowest = min(before, self._lowest) if cut else before
        if cut:
            self._repeats[key] = self._repeats.get(key, 0) + 1
            state.whole = self._repeats[key] >= MAX_REPEATS
