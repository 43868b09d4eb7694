"""The walk over a file that notes its scopes: the same in every language, but for its handlers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from apimod.languages.scopes import Scope, Scopes

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.forms import Binding
    from apimod.source import Source


class TreeBinder:
    """Walks a file once and notes its scopes, bindings, calls and fields.

    ``handlers`` say what to do at a node of a type; a node of a type in ``blocks`` that none of
    them takes opens a scope. Bindings in ``later`` go to the scope that binds their name once all
    are known, else to the module's.
    """

    blocks: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.root = root
        module = Scope("module", root, 0, len(source.data) + 1, None)
        self.scopes = Scopes(module)
        self.scopes.add(module)
        self.later: list[tuple[str, Binding, Scope]] = []
        self.handlers: dict[str, Callable[[Node, Scope], None]] = {}

    def run(self) -> Scopes:
        """Return the scopes of the file."""
        stack: list[tuple[Node, Scope]] = [(self.root, self.scopes.module)]
        while stack:
            node, scope = stack.pop()
            handler = self.handlers.get(node.type)
            if handler is not None:
                handler(node, scope)
            elif node.type in self.blocks and not self._is_body(node, scope):
                self.scopes.add(Scope("block", node, node.start_byte, node.end_byte, scope))
            inner = self.scopes.of(node)
            for child in reversed(node.named_children):
                at = child.start_byte
                within = inner if inner is not None and inner.start <= at < inner.end else scope
                stack.append((child, within))
        for name, binding, scope in self.later:
            holder: Scope | None = scope
            while holder is not None and name not in holder.names:
                holder = holder.outer
            (holder or self.scopes.module).names[name].append(binding)
        self.scopes.finish()
        return self.scopes

    def _is_body(self, node: Node, scope: Scope) -> bool:
        """Whether a block is the body of a function, whose scope is there already."""
        return scope.enters and scope.end == node.end_byte

    def _text(self, node: Node) -> str:
        return self.source.text(node)
