"""What wiring by analogy asks of a language: its leaves, what statements bind, what is imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

from msgspec import Struct
from tree_sitter import Node

from apimod.languages.buffer import Buffer

LeafKind = Literal["name", "member", "string", "comment", ""]


class Bound(Struct, frozen=True):
    """Names that a node binds, and what it makes them from.

    ``member`` says that they are fields, ``top`` that other files can name them.
    """

    node: Node
    names: tuple[str, ...]
    values: tuple[Node, ...]
    member: bool = False
    top: bool = False


class ImportedName(Struct, frozen=True):
    """One name that an import binds: ``module`` and ``name`` as written, ``path`` if known.

    ``inline`` says that it binds nothing: ``statement`` is an expression that names a module, and
    ``local`` that module.
    """

    statement: Node
    node: Node
    module: str
    name: str | None
    local: str
    top: bool = True
    inline: bool = False


class Outline(Protocol):
    """A language's tables for analogy."""

    containers: frozenset[str]
    """Nodes that hold items: lists, arguments, parameters, literals, fields."""
    arguments: frozenset[str]
    parameters: frozenset[str]
    fields: frozenset[str]
    functions: frozenset[str]
    closures: frozenset[str]
    classes: frozenset[str]
    types: frozenset[str]
    """Statements that declare types, which are business, not wiring."""
    blocks: frozenset[str]
    """Statements that are bare blocks."""
    calls: frozenset[str]
    keyed: frozenset[str]
    imports: frozenset[str]
    conditions: frozenset[str]
    literals: frozenset[str]
    """Expressions that name a type or make a value of it in place."""
    extension: str
    imports_folders: bool
    """Whether an import leads to a folder of files, which share their names."""
    functions_are_values: bool
    """Whether most functions are closures: one does business unless it is seen to wire."""
    loose: frozenset[str]
    """Nodes whose items are tokens in a row, as a macro's arguments."""
    notes: frozenset[str]
    """Annotations that stand beside what they are for."""

    def leaf(self, node: Node) -> LeafKind:
        """Return what a leaf is."""

    def bindings(self, buffer: Buffer) -> Iterator[Bound]:
        """Yield all that a file binds, imports left out."""

    def imported(self, buffer: Buffer) -> Iterator[ImportedName]:
        """Yield all that a file imports."""

    def definition(self, statement: Node) -> Node | None:
        """Return the function or class that a statement defines."""

    def constructs(self, buffer: Buffer, function: Node) -> bool:
        """Tell whether a function makes the instances of the class that it stands in."""

    def composes(self, buffer: Buffer, cls: Node) -> bool:
        """Tell whether a class may be there to put parts together, so that it is looked into."""

    def statements(self, block: Node) -> list[Node]:
        """Return the statements of a block, a body or a file."""

    def bodies(self, node: Node) -> Sequence[Node]:
        """Return the blocks of statements right below a statement."""

    def main_call(self, statement: Node) -> Node | None:
        """Return the call that a statement consists of."""

    def key(self, item: Node) -> Node | None:
        """Return the key of a keyed item, the name of a keyword argument."""

    def called(self, call: Node) -> tuple[Node | None, Node | None]:
        """Return what a call calls, and the last name in it."""

    def chained(self, call: Node) -> Node | None:
        """Return the call that a call goes on from, as ``a()`` in ``a().b()``."""

    def same_package(self, one: str, other: str) -> bool:
        """Tell whether two files see each other's names without an import."""

    def means(self, buffer: Buffer, imported: ImportedName, files: frozenset[str]) -> bool:
        """Tell whether an import leads into one of ``files``, which are a resource's own."""
