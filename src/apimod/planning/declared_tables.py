"""Tables that a project declares to its code: one more, among those that are there.

A unit's ``[conventions.declared]`` names the macros: ``table`` declares one, ``listed`` lists all.
The model's template with ``into: "declared"`` writes the declaration.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from apimod.errors import NoAnchor
from apimod.insert import after, before, list_item
from apimod.languages.buffer import Buffer
from apimod.render import environment, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from apimod.insertion import Insertion
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files

INTO = "declared"


def declare_table(builder: Builder, context: Context, files: Files) -> None:
    """Insert the declaration of the new table. Raises NoAnchor where the others' are not found."""
    unit = builder.pack.by_name.get(context.placing.units.get("model", ""))
    words = unit.table("conventions").get(INTO) if unit is not None else None
    found = builder.codemod.of("model", unit.name) if unit is not None else []
    template = next((t for t in found if t.front.into == INTO), None)
    model = context.roles.get("model")
    if not words or template is None or model is None or model.exists:
        return
    path = _file(builder, str(words["table"]))
    table = model.symbols["table"]
    env = environment(builder.pack.root, builder.tools.literal)
    text = render(env, template, context.values()).strip("\n")
    buffer = Buffer(files.source(path), builder.tools.syntax)
    if any(_named(buffer, node) == table for node in _macros(buffer, str(words["table"]))):
        return
    files.insert(path, _row(buffer, str(words["table"]), table, text), "tables are declared there")
    buffer = Buffer(files.source(path), builder.tools.syntax)
    for node in _macros(buffer, str(words["listed"])):
        made = list_item(buffer, node.named_children[-1], table)
        files.insert(path, made, "tables are listed there")
        break


def _file(builder: Builder, macro: str) -> str:
    """Return the file that declares most tables."""
    counts = {}
    for path in builder.study.paths:
        source = builder.study.code.source(path)
        if source is not None and f"{macro}!".encode() in source.data:
            counts[path] = len(list(_macros(Buffer(source, builder.tools.syntax), macro)))
    best = max(counts, key=lambda path: (counts[path], path), default="")
    if not best or not counts[best]:
        raise NoAnchor("no file here declares tables, so there is no place for the new one's")
    return best


def _macros(buffer: Buffer, name: str) -> Iterator[Node]:
    """Yield a file's calls of a macro."""
    for node in buffer.root.named_children:
        inner = node.named_children[0] if node.type == "expression_statement" else node
        called = inner.child_by_field_name("macro")
        if called is not None and buffer.text(called).rpartition("::")[2] == name:
            yield inner


def _named(buffer: Buffer, node: Node) -> str:
    """Return the table that a declaration is of, without a schema before it."""
    found = re.search(
        r"\{(?:\s|use [^;]*;|#\[[^\]]*\]|//[^\n]*)*(?:\w+\.)?(\w+)", buffer.text(node)
    )
    return found[1] if found else ""


def _row(buffer: Buffer, macro: str, table: str, text: str) -> list[Insertion]:
    """Return the insertion of a declaration in the order of the names, else behind the last."""
    nodes = list(_macros(buffer, macro))
    head = buffer.text(nodes[0]).partition("!")[0]
    text = f"{head}!{text.partition('!')[2]}"
    names = [_named(buffer, node) for node in nodes]
    place = len(nodes)
    if all(a <= b for a, b in pairwise(names)):
        place = sum(name < table for name in names)
    if place == 0:
        return before(buffer, nodes[0], text, gap=1)
    return after(buffer, nodes[place - 1], text)
