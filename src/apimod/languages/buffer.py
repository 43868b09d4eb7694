"""What an insertion asks of a language, and a source seen through it.

A language part (``python_edit``, ``go_edit``) says which nodes are statements, which hold items,
how many blank lines stand between two statements. The insertion kinds know no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from msgspec import Struct, field
from tree_sitter import Language, Node, Point

from apimod.errors import NoAnchor
from apimod.insertion import Insertion
from apimod.languages import language_of
from apimod.languages.javascript_style import ScriptStyle
from apimod.source import Source

ROLES = frozenset(
    {
        "api", "blueprint", "client", "controller", "handler", "handlers", "model", "models",
        "repo", "repository", "route", "router", "routes", "schema", "schemas", "service",
        "services", "store", "views",
    }
)  # fmt: skip
"""Words for what a module is in each feature alike: an alias puts the feature before them."""


class ImportNeed(Struct, frozen=True):
    """A module, or a name in it, that code to be inserted uses.

    In a language that imports packages only (Go), ``name`` is the package's own name where it is
    not the last part of its path.
    """

    module: str
    name: str | None = None
    alias: str | None = None
    comment: str = ""
    """What stands behind it on a line of its own, as ``# noqa: F401``."""
    member: str = ""
    """The member whose use needs the import, where code does not write the name: a trait's method."""


class ImportStyle(Struct, frozen=True):
    """What an import's place and form depend on beside the file.

    ``own`` are the prefixes of the project's own modules; ``package`` is the file's own package
    (Python), which relative imports start from; ``taken`` are names that the import must not bind.
    """

    own: tuple[str, ...] = ()
    package: str = ""
    taken: frozenset[str] = frozenset()
    width: int = 88
    layout: tuple[tuple[str, ...], ...] = ()
    """The groups of imports that the project's files have, in a language whose files vary in it
    (Java): each the first parts of its modules' names."""
    edition: str = ""
    """The version of the language's style, where imports are sorted by it."""
    script: ScriptStyle = field(default_factory=ScriptStyle)
    """How the project's files of JavaScript name one another, where the file does not show it."""


class Imported(Struct, frozen=True):
    """The name by which an import can be used, and what must be inserted for it."""

    local: str
    insertions: tuple[Insertion, ...] = ()


class Run(Struct, frozen=True):
    """Nodes in a row that are one item of a list: from the first to the last."""

    first: Node
    last: Node

    @property
    def type(self) -> str:
        """The type of the last one: what stands before it belongs to it."""
        return self.last.type

    @property
    def start_byte(self) -> int:
        """The offset of its first byte."""
        return self.first.start_byte

    @property
    def end_byte(self) -> int:
        """The offset behind its last byte."""
        return self.last.end_byte

    @property
    def start_point(self) -> Point:
        """The row and column where it begins."""
        return self.first.start_point

    @property
    def end_point(self) -> Point:
        """The row and column where it ends."""
        return self.last.end_point


Part = Node | Run
"""An item of a list."""


class Syntax(Protocol):
    """What a language part tells the insertion kinds."""

    name: str
    extensions: tuple[str, ...]
    grammar: Language
    comment: str
    """What a line comment begins with."""
    unit: str
    """A level of indentation where a file shows none."""
    top_gap: int
    """The blank lines between two statements at a file's top that have nothing in common."""

    def blocks(self) -> frozenset[str]:
        """Return the types of the nodes whose children are statements."""

    def lists(self) -> frozenset[str]:
        """Return the types of the nodes that hold items between brackets."""

    def leaves(self, node: Node) -> bool:
        """Tell whether a statement ends its block: nothing after it would run."""

    def inline(self, text: str) -> bool:
        """Tell whether ``text`` is one simple statement that may share a line."""

    def stays_last(self, text: str) -> bool:
        """Tell whether a statement is what a file does when it is run as a script."""

    def kind(self, text: str) -> str:
        """Return what a statement's text begins: ``definition``, ``import`` or ``statement``."""

    def blank_lines(self, upper: str, lower: str, top: bool) -> int | None:
        """Return how many blank lines style wants between statements of two kinds.

        ``top`` says that they stand at the file's top. None where the neighbours decide.
        """

    def shape(self, buffer: Buffer, node: Node) -> tuple[str, ...]:
        """Return what two statements have in common when they stand in a row."""

    def aligned(self, buffer: Buffer, beside: Node, text: str) -> tuple[str, list[Insertion]]:
        """Return ``text`` as the formatter lays it out next to ``beside``, and what it moves."""

    def add_import(self, buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
        """Find the import that gives ``need``, or make the insertions for it."""


class Buffer:
    """A source and its language: the view that the insertion kinds work on."""

    def __init__(self, source: Source, syntax: Syntax) -> None:
        self.source = source
        self.syntax = syntax

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.source.data

    @property
    def path(self) -> str:
        """The file's path."""
        return self.source.path

    @property
    def grammar(self) -> Language:
        """The grammar of its file: one language may have several."""
        language = language_of(self.path)
        if language is None or language.name != self.syntax.name:
            return self.syntax.grammar
        return language.grammar(self.path)

    @property
    def root(self) -> Node:
        """The root of its syntax tree."""
        return self.source.tree(self.grammar).root_node

    @property
    def unit(self) -> str:
        """One level of indentation."""
        return self.source.indent_unit or self.syntax.unit

    def text(self, node: Part) -> str:
        """Return what a node covers."""
        return self.reads(node.start_byte, node.end_byte)

    def insert(self, offset: int, text: str) -> Insertion:
        r"""Return the insertion of ``text``, its ``\n`` turned to the file's newline."""
        return Insertion(offset, self.source.encode(text))

    def reads(self, start: int, end: int) -> str:
        """Return the text of a range."""
        return self.data[start:end].decode(self.source.encoding, "replace")

    def blank_before(self, offset: int) -> bool:
        """Tell whether nothing but blanks stands before ``offset`` on its line."""
        start = max(self.source.line_start(offset), len(self.source.bom))
        return not self.data[start:offset].strip()

    def indent(self, node: Part) -> str:
        """Return the blanks at the start of the line that a node begins on."""
        return self.source.indent_of(node.start_byte)

    def refuse(self, what: str, node: Part) -> NoAnchor:
        """Return the refusal to insert at a node."""
        return NoAnchor(what, where=f"{self.path}:{node.start_point.row + 1}")

    def after(self, insertions: Sequence[Insertion]) -> Buffer:
        """Return the buffer as it is once the insertions are made."""
        from apimod.insertion import inserted

        return Buffer(Source(self.path, inserted(self.data, insertions)), self.syntax)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the text."""
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        stack += reversed(one.children)


def is_comment(node: Node) -> bool:
    """Tell whether a node is a comment; grammars call it so in every language."""
    return node.type.endswith("comment")


def stands_before(node: Node) -> bool:
    """Tell whether a node belongs to what follows it: a comment, an attribute beside its item."""
    return is_comment(node) or node.type == "attribute_item"


def significant(node: Node) -> list[Node]:
    """Return the named children that are neither comments nor attributes of their neighbours."""
    return [each for each in node.named_children if not stands_before(each)]


def blank_lines_between(upper: Node, lower: Node) -> int:
    """Return the number of lines between two nodes that nothing stands on."""
    return max(0, lower.start_point.row - last_row(upper) - 1)


def last_row(node: Part) -> int:
    """Return the row that a node's text ends on; its final newline does not count."""
    row, column = node.end_point
    return row - 1 if column == 0 and row > node.start_point.row else row


def neighbours(node: Node) -> tuple[Node | None, Node | None]:
    """Return the siblings before and after a node, comments and attributes left out."""
    before, after = node.prev_named_sibling, node.next_named_sibling
    while before is not None and stands_before(before):
        before = before.prev_named_sibling
    while after is not None and stands_before(after):
        after = after.next_named_sibling
    return before, after


def lead(node: Node) -> Node:
    """Return the first of the comments and attributes that stand right above a node, or the node."""
    top = node
    while (above := top.prev_sibling) is not None and stands_before(above):
        own_line = (
            above.prev_sibling is None or last_row(above.prev_sibling) < above.start_point.row
        )
        if last_row(above) + 1 != top.start_point.row or not own_line:
            break
        top = above
    return top


def trail(node: Node) -> Node:
    """Return the comment that stands behind a node on its last line, or the node."""
    end = node
    after = node.next_sibling
    while after is not None and (is_comment(after) or after.type in (";", ",")):
        if after.start_point.row != last_row(node):
            break
        end = after if is_comment(after) else end
        after = after.next_sibling
    return end


def in_order(keys: Sequence[object]) -> bool:
    """Tell whether keys stand in ascending order."""
    return all(left <= right for left, right in pairwise(keys))  # type: ignore[operator]
