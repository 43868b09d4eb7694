"""What stands between two brackets, and where one item more goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, Part, Run, in_order, is_comment, last_row

SURE = 3
"""So many items in order are no accident."""

SortKey = Callable[[str], object]


class Items(Struct, frozen=True):
    """What stands between two brackets: the items, the comma behind each, the comments."""

    open_end: int
    close: Node | None
    items: tuple[Part, ...]
    commas: tuple[Node | None, ...]
    comments: tuple[Node, ...]

    @classmethod
    def of(cls, children: Sequence[Node]) -> Items:
        """Take apart the children of a bracketed node, its brackets among them.

        Without brackets, as in Python's ``import a, b``, the first item's start is the opening.
        What stands between two commas is one item, though a grammar gives several nodes for it: an
        annotation and what it is for, the tokens of a macro's argument.
        """
        opened = children[0].type in ("(", "[", "{")
        close = children[-1] if children[-1].type in (")", "]", "}") else None
        inner = children[opened : -1 if close is not None else None]
        items: list[Part] = []
        commas: list[Node | None] = []
        run: list[Node] = []
        for child in [*inner, None]:
            if child is not None and is_comment(child):
                continue
            if child is not None and child.type != ",":
                run.append(child)
                continue
            if any(each.is_named for each in run):
                items.append(run[0] if len(run) == 1 else Run(run[0], run[-1]))
                commas.append(child)
            run = []
        comments = tuple(child for child in inner if is_comment(child))
        start = children[0].end_byte if opened else children[0].start_byte
        return cls(start, close, tuple(items), tuple(commas), comments)


def sorted_place(buffer: Buffer, items: Items, text: str, key: SortKey, *, sure: int) -> int | None:
    """Return the index at which ``text`` keeps the items in order, None if they are in none."""
    if all("string" in item.type for item in items.items):
        sure = min(sure, 2)
    if len(items.items) < sure:
        return None
    for order in (key, _folded, plain):
        keys = [order(buffer.text(item)) for item in items.items]
        if in_order(keys):
            new = order(text)
            return sum(not new < each for each in keys)  # type: ignore[operator]
    return None


def place(buffer: Buffer, items: Items, at: int, text: str, node: Node) -> list[Insertion]:
    """Insert ``text`` so that it becomes the item at index ``at``."""
    if not items.items:
        return _into_empty(buffer, items, text, node)
    if at == 0:
        return _at_front(buffer, items, text)
    item, comma = items.items[at - 1], items.commas[at - 1]
    if not _line_each(buffer, items, at - 1):
        if comma is not None and at == len(items.items):
            single = node.type == "tuple" and len(items.items) == 1
            return [buffer.insert(comma.end_byte, f" {text}" if single else f" {text},")]
        return [buffer.insert(item.end_byte, f", {text}")]
    beside = item.last if isinstance(item, Run) else item
    text, pads = buffer.syntax.aligned(buffer, beside, text)
    line = f"\n{buffer.indent(item)}{text}"
    if comma is None:
        end = _line_end(buffer, items, item, item)
        if end == item.end_byte:
            return [*pads, buffer.insert(end, f",{line}")]
        return [*pads, buffer.insert(item.end_byte, ","), buffer.insert(end, line)]
    return [*pads, buffer.insert(_line_end(buffer, items, item, comma), f"{line},")]


def _at_front(buffer: Buffer, items: Items, text: str) -> list[Insertion]:
    first = items.items[0]
    if not _line_each(buffer, items, 0):
        return [buffer.insert(first.start_byte, f"{text}, ")]
    top: Part = first
    for comment in reversed(items.comments):
        if comment.end_byte <= top.start_byte and last_row(comment) + 1 == top.start_point.row:
            if not buffer.blank_before(comment.start_byte):
                break
            top = comment
    start = buffer.source.line_start(top.start_byte)
    return [buffer.insert(start, f"{buffer.indent(first)}{text},\n")]


def _into_empty(buffer: Buffer, items: Items, text: str, node: Node) -> list[Insertion]:
    close = items.close
    if close is None:
        raise buffer.refuse("there is no list here to insert into", node)
    alone = f"{text}," if node.type == "tuple" else text
    if not items.comments and node.start_point.row == close.start_point.row:
        return [buffer.insert(items.open_end, alone)]
    unit = buffer.unit
    at = items.comments[-1].end_byte if items.comments else items.open_end
    indent = buffer.source.indent_of(node.start_byte) + unit
    if items.comments and buffer.blank_before(items.comments[-1].start_byte):
        indent = buffer.indent(items.comments[-1])
    tail = "" if close.start_point.row > buffer.source.line_of(at) - 1 else "\n"
    return [buffer.insert(at, f"\n{indent}{text},{tail}")]


def _line_each(buffer: Buffer, items: Items, index: int) -> bool:
    """Tell whether the item at ``index`` has its lines for itself."""
    item = items.items[index]
    if not buffer.blank_before(item.start_byte):
        return False
    if index + 1 < len(items.items):
        return items.items[index + 1].start_point.row > last_row(item)
    return True


def _line_end(buffer: Buffer, items: Items, item: Part, last: Part) -> int:
    """Return the end of the line that ``last`` is on, with the comment that trails it."""
    end = last.end_byte
    for comment in items.comments:
        if comment.start_byte >= item.end_byte and comment.start_point.row == last_row(last):
            end = max(end, comment.end_byte)
    return end


def items_of(buffer: Buffer, container: Node) -> Items:
    """Return what stands between the brackets of a node; refuses one that holds no items."""
    if container.type not in buffer.syntax.lists():
        raise buffer.refuse("there is no list here to insert into", container)
    if container.has_error:
        raise buffer.refuse("the code here has a syntax error", container)
    return Items.of(container.children)


def index_of(buffer: Buffer, items: Items, node: Part) -> int:
    """Return which item holds ``node``."""
    for index, item in enumerate(items.items):
        if item.start_byte <= node.start_byte and node.end_byte <= item.end_byte:
            return index
    raise buffer.refuse("the item to insert after is not in the list", node)


def plain(text: str) -> object:
    """Return an item without the quotes and marks that do not count for its order."""
    return text.strip("&*\"'`")


def _folded(text: str) -> object:
    return text.strip("&*\"'`").casefold()
