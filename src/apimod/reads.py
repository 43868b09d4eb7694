"""Which names an expression reads, and which parameters they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.languages.forms import Assigned, Element, Parameter, Part, Receiver

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.scopes import Scope
    from apimod.source import Source


class Reads:
    """Follows names back to the parameters of the function around: syntax only, no values."""

    def __init__(self, code: Codebase) -> None:
        self.code = code
        self._names: dict[tuple[str, int, bool], frozenset[str]] = {}
        self._inner: dict[str, dict[int, list[Scope]]] = {}

    def names(self, source: Source, nodes: Iterable[Node], inside: bool = False) -> frozenset[str]:
        """Return the names that expressions read; with ``inside`` in functions' bodies too."""
        out: set[str] = set()
        for node in nodes:
            key = (source.path, node.id, inside)
            if key not in self._names:
                self._names[key] = self._walk(source, node, inside)
            out |= self._names[key]
        return frozenset(out)

    def _walk(self, source: Source, node: Node, inside: bool) -> frozenset[str]:
        language = self.code.language(source)
        out: set[str] = set()
        stack = [node]
        while stack:
            node = stack.pop()
            form = language.form(source, node)
            if isinstance(form, forms.Name):
                out.add(form.text)
            elif isinstance(form, forms.Member):
                stack.append(form.object)
            elif inside or not isinstance(form, forms.FunctionForm | forms.ClassForm):
                stack.extend(node.named_children)
        return frozenset(out)

    def split(
        self, source: Source, scope: Scope, names: Iterable[str]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return the scope's own parameters behind names, and the names from further out."""
        own: set[str] = set()
        outer: set[str] = set()
        seen: set[str] = set()
        todo = list(names)
        scopes = self._scopes(source, scope)
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            bindings = [b for s in scopes for b in s.names.get(name, ())]
            if not bindings:
                outer.add(name)
                own |= self._receiver(source, scope, name)
            for given in bindings:
                binding = given
                while isinstance(binding, Part):
                    todo += [binding.name] if binding.name else []
                    todo += self.names(source, [binding.default] if binding.default else [])
                    binding = binding.base
                if binding is not given and isinstance(binding, Element | Parameter):
                    continue  # it is the scope's under a name of its own
                if isinstance(binding, Assigned):
                    todo += self.names(source, [binding.value])
                elif isinstance(binding, Element):
                    todo += self.names(source, [binding.iterable])
                    own.add(name)
                elif isinstance(binding, Parameter | Receiver):
                    own.add(name)
        return frozenset(own), frozenset(outer)

    def _receiver(self, source: Source, scope: Scope, name: str) -> set[str]:
        """A name that is a member of the class around is read from the instance."""
        around = scope.outer
        if around is None or around.kind != "type" or name not in around.names:
            return set()
        receiver = self.code.language(source).receiver(source, scope.node)
        return {receiver} if receiver is not None else set()

    def _scopes(self, source: Source, scope: Scope) -> list[Scope]:
        """Return a function's or loop's scope with the blocks that lie directly in it."""
        table = self._inner.get(source.path)
        if table is None:
            table = self._inner[source.path] = {}
            for inner in self.code.scopes(source).all:
                around: Scope | None = inner
                while around is not None and not around.enters:
                    around = around.outer
                if around is not None:
                    table.setdefault(id(around), []).append(inner)
        return table.get(id(scope), [scope])
