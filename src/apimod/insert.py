"""The insertion kinds: the closed set of ways in which text enters an existing file.

Each is pure: from a buffer, an anchor node and the text it gives insertions, and nothing else. The
old bytes stay where they are, in their order. Where a kind cannot serve an anchor it raises
NoAnchor; it never guesses.

- statement: ``after``, ``before``, ``at_end``, ``end_of_file``
- list item: ``list_item``; ``argument``, ``parameter``, ``entry``; ``chain_link``
- member of a class, a struct, an interface: ``member``
- annotation: ``annotation``
- import: ``add_import``, ``add_imports``

``text`` is written with ``\\n``. Its first line has no indentation. With ``verbatim`` its other
lines are taken as they are, as those of a neighbour's copy; without, they are indented as the
anchor is.
"""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from apimod.insert_items import (
    argument,
    braced_line,
    chain_link,
    entry,
    list_item,
    parameter,
)
from apimod.insert_statements import after, at_end, before, end_of_file, indented, statement_of
from apimod.insertion import Insertion, compose
from apimod.languages.buffer import Buffer, Imported, ImportNeed, ImportStyle

__all__ = [
    "add_import",
    "add_imports",
    "after",
    "annotation",
    "argument",
    "at_end",
    "before",
    "chain_link",
    "end_of_file",
    "entry",
    "list_item",
    "member",
    "parameter",
    "statement_of",
]

_BRACED = ("field_declaration_list", "interface_type")


def member(
    buffer: Buffer, body: Node, text: str, *, after_member: Node | None = None
) -> list[Insertion]:
    """Insert a member into the body of a class, a struct or an interface."""
    if body.type in _BRACED:
        return braced_line(buffer, body, text, after=after_member)
    if after_member is not None:
        return after(buffer, after_member, text)
    return at_end(buffer, body, text, before_return=False)


def annotation(buffer: Buffer, target: Node, text: str, *, first: bool = False) -> list[Insertion]:
    """Insert a decorator, or a comment that a tool reads, above a definition.

    It comes last, next to the definition, unless ``first`` is asked for.
    """
    parent = target.parent
    if parent is not None and parent.type == "decorated_definition":
        target = parent
    inner = target.child_by_field_name("definition")
    at = target if first or inner is None else inner
    if not buffer.blank_before(at.start_byte):
        raise buffer.refuse("the definition does not begin its line", at)
    start = max(buffer.source.line_start(at.start_byte), len(buffer.source.bom))
    indent = buffer.indent(at)
    return [buffer.insert(start, f"{indent}{indented(buffer, text, indent, False)}\n")]


def add_import(buffer: Buffer, need: ImportNeed, style: ImportStyle | None = None) -> Imported:
    """Find the import that gives ``need``, or make the insertions for it."""
    return buffer.syntax.add_import(buffer, need, style or ImportStyle())


def add_imports(
    buffer: Buffer, needs: Sequence[ImportNeed], style: ImportStyle | None = None
) -> tuple[list[str], list[Insertion]]:
    """Do ``add_import`` for several needs; gives the local names, and one list of insertions."""
    locals_: list[str] = []
    made: list[Insertion] = []
    at = buffer
    for need in needs:
        imported = add_import(at, need, style)
        locals_.append(imported.local)
        if imported.insertions:
            made = compose(made, imported.insertions)
            at = at.after(imported.insertions)
    return locals_, made
