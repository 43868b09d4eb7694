"""Names: from a scope outwards, through imports, to what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.languages.base import ExternalRef, Found, ModuleRef, Target
from apimod.languages.forms import (
    Assigned,
    Binding,
    Defined,
    Element,
    Imported,
    Parameter,
    Part,
    Stored,
    Typed,
)
from apimod.values import (
    At,
    External,
    Frame,
    Instance,
    Items,
    ListValue,
    ModuleValue,
    Router,
    Unknown,
    Value,
    known,
    unique,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.scopes import Scope
    from apimod.source import Source


class Place(Struct, frozen=True):
    """A binding, its file, the scope that holds it and the frame around."""

    source: Source
    binding: Binding
    frame: Frame | None


class Lookup:
    """Finds what names are bound to."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code

    # --- values ----------------------------------------------------------------------------------

    def name(self, at: At, name: str) -> list[Value]:
        """Return the values of a name."""
        language = self.code.language(at.source).name
        if self.code.language(at.source).sees_members:
            values = self._of_class(at, name)
            if values is not None:
                return values
        out: list[Value] = []
        declared: list[Value] = []
        for target in self.targets(at, name):
            typed = isinstance(target, Found | Place) and isinstance(target.binding, Typed)
            (declared if typed else out).extend(self.target(target, at.frame, language))
        if declared and all(isinstance(v, Unknown | External) for v in out):
            out = declared + [v for v in out if not isinstance(v, Unknown)]
        return self.merged(_sure(known(out)))

    def _of_class(self, at: At, name: str) -> list[Value] | None:
        """Return a member of a class around, of the instance that its method was called on.

        None where a scope further in binds the name, or no class around has such a member.
        """
        scopes = self.code.scopes(at.source)
        scope: Scope | None = scopes.at(at.node.start_byte)
        method: Scope | None = None
        while scope is not None:
            if scope.kind == "type" and not isinstance(
                next(iter(scope.names.get(name, ())), None), Parameter
            ):
                cls = At(at.source, scope.node)
                found = self.ev.framing.find(method, at.frame) if method is not None else None
                receiver = found.receiver if found is not None else None
                on = receiver if isinstance(receiver, Instance) else Instance(cls)
                if any(name in members for members in self._members(cls)):
                    return self.ev.member(on, name)
            elif scope.names.get(name) and scope.kind != "module":
                return None
            if scope.kind == "function":
                method = scope
            scope = scope.outer
        return None

    def _members(self, cls: At) -> Iterator[Mapping[str, Sequence[Found]]]:
        for base in self.ev.mro(cls):
            if isinstance(base, At):
                language = self.code.language(base.source)
                yield language.members(self.code, base.source, base.node)

    def target(self, target: Target | Place, frame: Frame | None, language: str) -> list[Value]:
        """Return the values of what a name or an import leads to."""
        if isinstance(target, ExternalRef):
            return [External(target.name)]
        if isinstance(target, ModuleRef):
            return [ModuleValue(target.path, language)]
        if isinstance(target, Found):
            return self.ev.bindings.of(target.source, target.binding, None)
        return self.ev.bindings.of(target.source, target.binding, target.frame)

    def merged(self, values: list[Value]) -> list[Value]:
        """Put together a list that grows statement by statement."""
        if len(values) > 1 and any(isinstance(v, Items) for v in values):
            lists = [v for v in values if isinstance(v, Items | ListValue)]
            if len(lists) > 1:
                items = [tuple(e) for v in unique(lists) for e in self.ev.elements(v)]
                rest = [v for v in values if not isinstance(v, Items | ListValue)]
                return [Items(tuple(items)), *rest]
        return values

    # --- scopes ----------------------------------------------------------------------------------

    def targets(self, at: At, name: str) -> Iterator[Target | Place]:
        """Yield what binds a name, as seen from an expression."""
        scopes = self.code.scopes(at.source)
        position = at.node.start_byte
        scope: Scope | None = scopes.at(position)
        inside = scope
        while scope is not None:
            bindings = scope.names.get(name)
            if scope.kind == "type" and not bindings:
                inherited = self._inherited(At(at.source, scope.node), name)
                if inherited:
                    yield from inherited
                    return
            hidden = scope.kind == "class" and inside is not scope and inside is not None
            if bindings and not (hidden and self._between(inside, scope)):
                chosen = self._reaching(at, scope, inside, bindings)
                if chosen and scope.kind == "module" and self._is_shared(at.source, chosen):
                    break
                if chosen:
                    for binding in chosen:
                        yield Place(at.source, binding, at.frame)
                    return
            scope = scope.outer
        yield from self.code.language(at.source).outside(self.code, at.source, name)

    def _inherited(self, cls: At, name: str) -> Sequence[Found]:
        for members in self._members(cls):
            if name in members:
                return members[name]
        return ()

    def _is_shared(self, source: Source, bindings: Sequence[Binding]) -> bool:
        """Whether other files may bind the same name: they make up one module."""
        if any(isinstance(b, Imported | Defined) for b in bindings):
            return False
        return self.code.language(source).shares_modules

    def _between(self, inside: Scope | None, cls: Scope) -> bool:
        """Whether a function stands between a scope and the class around."""
        while inside is not None and inside is not cls:
            if inside.kind == "function":
                return True
            inside = inside.outer
        return False

    def _reaching(
        self, at: At, scope: Scope, inside: Scope | None, bindings: Sequence[Binding]
    ) -> list[Binding]:
        """Return the bindings that may hold where a name is read."""
        position = at.node.start_byte
        if scope.kind == "type":
            return [b for b in bindings if not _holds(b, position)]
        if len(bindings) == 1 and scope.kind != "block":
            return [] if _holds(bindings[0], position) else list(bindings)
        same = not self._between(inside, scope)
        if not same or scope.kind == "loop":
            return list(bindings)
        before = [b for b in bindings if _position(b) < position and not _holds(b, position)]
        out: list[Binding] = []
        for binding in reversed(before):
            out.append(binding)
            adds = isinstance(binding, Assigned) and binding.adds
            if not adds and not isinstance(binding, Typed) and self._dominates(at, binding):
                break
        if not before and (scope.kind == "block" or all(_holds(b, position) for b in bindings)):
            return []
        return out[::-1] or list(bindings)

    def _dominates(self, at: At, binding: Binding) -> bool:
        """Whether a binding's block holds the place where the name is read."""
        node = _node(binding)
        blocks = self.code.language(at.source).blocks
        while node is not None and node.type not in blocks:
            node = node.parent
        return node is None or node.start_byte <= at.node.start_byte < node.end_byte


def _sure(values: list[Value]) -> list[Value]:
    """Leave out routers that are only declared where one is known."""
    if any(isinstance(v, Router) and not v.assumed for v in values):
        return [v for v in values if not (isinstance(v, Router) and v.assumed)]
    return values


def _node(binding: Binding) -> Node | None:
    if isinstance(binding, Assigned | Stored):
        return binding.value
    if isinstance(binding, Part):
        return _node(binding.base)
    if isinstance(binding, Defined):
        return binding.node
    if isinstance(binding, Element):
        return binding.iterable
    return binding.type if isinstance(binding, Typed) else None


def _position(binding: Binding) -> int:
    node = _node(binding)
    return -1 if node is None else node.start_byte


def _holds(binding: Binding, position: int) -> bool:
    """Whether a place stands inside of the value that a binding assigns."""
    while isinstance(binding, Part):
        binding = binding.base
    if not isinstance(binding, Assigned):
        return False
    return binding.value.start_byte <= position < binding.value.end_byte
