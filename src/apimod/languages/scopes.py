"""The scopes of a file and what each binds: one walk over its tree."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Literal

from msgspec import Struct, field
from tree_sitter import Node

from apimod.languages.forms import Binding

ScopeKind = Literal["module", "function", "class", "type", "loop", "block"]
"""``class``: what it binds is not seen from inside its functions. ``type``: it is."""


class Scope(Struct, eq=False):
    """A part of a file with names of its own. ``node`` is the function, class, loop or block."""

    kind: ScopeKind
    node: Node
    start: int
    end: int
    outer: Scope | None
    names: dict[str, list[Binding]] = field(default_factory=lambda: defaultdict(list))

    @property
    def enters(self) -> bool:
        """Whether evaluation enters it as a frame."""
        return self.kind in ("function", "loop")


class FieldSet(Struct, frozen=True):
    """``object.name = value`` somewhere in a file."""

    object: Node
    name: str
    value: Node
    scope: Scope


class Scopes(Struct, eq=False, dict=True):
    """All scopes of a file, its calls by the called name, and what it puts into fields."""

    module: Scope
    all: list[Scope] = field(default_factory=list)
    calls: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    sets: dict[str, list[FieldSet]] = field(default_factory=lambda: defaultdict(list))
    stars: list[str] = field(default_factory=list)
    """Modules all of whose names this file takes."""
    exports: dict[str, list[Binding]] = field(default_factory=lambda: defaultdict(list))
    """What the file offers by name, where that is not simply what its module binds."""
    methods: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    """Functions that stand outside the type that they belong to, by the type's name."""
    constructs: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    """Composite literals by the last name of their type."""
    mentions: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    """Names given to a call as an argument."""
    _starts: list[int] = field(default_factory=list)
    _by_node: dict[int, Scope] = field(default_factory=dict)

    def add(self, scope: Scope) -> Scope:
        """Note a scope; they come in the order in which they begin."""
        self.all.append(scope)
        self._by_node[scope.node.id] = scope
        return scope

    def finish(self) -> None:
        """Make ready to be asked."""
        self.all.sort(key=lambda s: (s.start, -s.end))
        self._starts = [s.start for s in self.all]

    def at(self, position: int) -> Scope:
        """Return the innermost scope around a byte."""
        index = bisect_right(self._starts, position) - 1
        scope: Scope | None = self.all[index] if index >= 0 else self.module
        while scope is not None and not scope.start <= position < scope.end:
            scope = scope.outer
        return scope or self.module

    def of(self, node: Node) -> Scope | None:
        """Return the scope that a function, class or loop opens."""
        return self._by_node.get(node.id)
