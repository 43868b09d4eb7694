"""Rows: the same thing said for one resource after the other, and the place behind the last."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from tree_sitter import Node

from apimod.analogy_file import File
from apimod.analogy_judge import Judge
from apimod.analogy_text import rows_between
from apimod.languages.buffer import neighbours, significant


class Rows(Struct, frozen=True):
    """Finds what stands in a row with the sibling's elements."""

    file: File
    judge: Judge

    def beside(self, statement: Node) -> bool:
        """Tell whether the same call stands beside a statement for another resource."""
        shape = self._shape(statement)
        return any(
            one is not None and self._shape(one) == shape and self._foreign(one)
            for one in neighbours(statement)
        )

    def behind(self, statements: Sequence[Node], first: int, last: int) -> tuple[Node, int | None]:
        """Return what a copy follows: the group, or the last of the like groups behind it."""
        count = last - first + 1
        shapes = [self._shape(node) for node in statements[first : last + 1]]
        end = last
        while end + count < len(statements):
            window = statements[end + 1 : end + 1 + count]
            if [self._shape(node) for node in window] != shapes:
                break
            if not all(map(self._not_ours, window)) or not any(map(self._foreign, window)):
                break
            end += count
        gap = None
        if count > 1:
            if end > last:
                gap = rows_between(statements[last], statements[last + 1])
            else:
                above = first > 0 and rows_between(statements[first - 1], statements[first]) > 0
                below = end + 1 == len(statements) or rows_between(
                    statements[end], statements[end + 1]
                )
                gap = int(bool(above and below))
        return statements[end], gap

    def _not_ours(self, node: Node) -> bool:
        """Tell whether a copy may go behind a node: it is not ours, and does not take all."""
        places = self.judge.places
        ours = self.judge.ours.surely(self.file, node)
        return not ours and not places.within(places.catchalls, self.file.path, node)

    def _foreign(self, node: Node) -> bool:
        return self.judge.foreign(self.file, node)

    def _shape(self, node: Node) -> tuple[str, ...]:
        """Return a statement's shape, the same for every resource."""
        shape = self.file.buffer.syntax.shape(self.file.buffer, node)
        return tuple(self.judge.anonymous(part) for part in shape)

    def last_like(self, container: Node, item: Node) -> Node:
        """Return the last of the other resources' items behind one, where order is free."""
        if container.type in self.file.outline.parameters:
            return item
        if container.type in self.file.outline.arguments and not self._any_number(container, item):
            return item
        items = significant(container)
        end = items.index(item)
        while end + 1 < len(items) and self._free(items[end + 1]):
            end += 1
        return items[end]

    def _any_number(self, arguments: Node, item: Node) -> bool:
        """Tell whether a call takes any number of values like this one, to its last argument."""
        call = arguments.parent
        rest = significant(arguments)[significant(arguments).index(item) :]
        alike = all(one.type == item.type for one in rest)
        if call is None or item.type not in self.file.outline.literals or not alike:
            return False
        return self.judge.open_ended(self.file, call)

    def _free(self, item: Node) -> bool:
        return self._foreign(item) and self._not_ours(item)
