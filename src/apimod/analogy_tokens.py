"""Lists of tokens that name the sibling: in an annotation, or between a macro's brackets."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from apimod.analogy_file import File
from apimod.analogy_judge import Judge
from apimod.languages.buffer import Part, Run, walk
from apimod.languages.items import Items

_PATH = frozenset({"identifier", "type_identifier", "::", "crate", "self", "super", "&"})


class Tokens(Struct, frozen=True):
    """Finds what a copy goes beside, where a grammar shows no more than tokens."""

    file: File
    judge: Judge

    def lists(self, root: Node) -> Iterator[Node]:
        """Yield the lists of tokens that hold the sibling."""
        outline = self.file.outline
        if not outline.loose:
            return
        for node in walk(root):
            if node.type not in outline.loose or not self.judge.ours.hits(self.file, node):
                continue
            if node.children[0].type == "[" or self._noted(node):
                yield node

    def rows(self, container: Node) -> Iterator[tuple[Part, Part]]:
        """Yield the sibling's items, each with the last that is like it; a lone one is no list."""
        items = Items.of(container.children).items
        for kind in (self._is_path, self._is_group):
            alike = [item for item in items if kind(item)]
            ours = [item for item in alike if self._hits(item) and not self._foreign(item)]
            if len(alike) > 1 and ours:
                rows = [item for item in alike if self._hits(item) or self._foreign(item)]
                yield from ((rows[-1], item) for item in ours)

    def _noted(self, node: Node) -> bool:
        at: Node | None = node
        while at is not None and at.type not in self.file.outline.notes:
            if at.type.endswith("invocation"):
                return False
            at = at.parent
        return at is not None

    def _hits(self, item: Part) -> bool:
        return self.judge.ours.hits(self.file, item)

    def _foreign(self, item: Part) -> bool:
        return self.judge.foreign(self.file, item)

    def _is_path(self, item: Part) -> bool:
        return all(token.type in _PATH for token in _tokens(item))

    def _is_group(self, item: Part) -> bool:
        """Tell whether an item is a list of its own, without a name before it."""
        return isinstance(item, Node) and item.type in self.file.outline.loose


def _tokens(item: Part) -> Iterator[Node]:
    if isinstance(item, Run):
        at: Node | None = item.first
        while at is not None and at.start_byte <= item.last.start_byte:
            yield at
            at = at.next_sibling
    else:
        yield item
