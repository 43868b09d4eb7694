"""Imports of the sibling's model that are there for what they do: they tell a tool of its table.

``from app.heroes import models  # noqa: F401`` binds a name that says nothing of the sibling, and so
no copy by name finds it. The new model's module is imported beside it, under a name of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.insert import after, before
from apimod.insert_statements import statement_of
from apimod.languages.base import ModuleRef
from apimod.languages.buffer import Buffer
from apimod.languages.forms import Imported
from apimod.planning.identifiers import used_names

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.source import Source

PLAIN = re.compile(r"(from\s+\S+\s+import\s+\w+|import\s+\S+)(\s+as\s+\w+)?")


def register_model_module(builder: Builder, context: Context, files: Files) -> None:
    """Import the new model's module wherever the sibling's is imported for its effect alone."""
    part, model = builder.lesson.parts.get("model"), context.roles["model"]
    if part is None or model is None or model.exists or model.path == part.path:
        return
    for path in builder.study.paths:
        source = builder.graph.code.source(path)
        if source is None or path in files.changed:
            continue
        stem = part.path.rpartition("/")[2].partition(".")[0]
        if stem.encode() not in source.data:
            continue
        node = _import_of(builder, source, part.path)
        if node is not None:
            _copy(builder, source, node, files)


def _import_of(builder: Builder, source: Source, module: str) -> Node | None:
    """Return the statement that imports a module and uses nothing of it."""
    code, language = builder.graph.code, builder.language
    buffer = Buffer(source, builder.tools.syntax)
    for name, bindings in code.scopes(source).module.names.items():
        for binding in bindings:
            targets = (
                language.resolve(code, source, binding) if isinstance(binding, Imported) else []
            )
            if not any(isinstance(t, ModuleRef) and t.path == module for t in targets):
                continue
            if isinstance(binding, Imported) and name not in _used(builder, source, name):
                return _statement(buffer, name, binding)
    return None


def _used(builder: Builder, source: Source, name: str) -> frozenset[str]:
    """Return the names that a file uses outside of its imports."""
    lines = source.data.decode("utf-8", "replace").splitlines()
    rest = "\n".join(line for line in lines if not re.match(r"\s*(from|import)\b", line))
    return used_names(builder.tools.syntax, rest) if name in rest else frozenset()


def _statement(buffer: Buffer, name: str, binding: Imported) -> Node | None:
    for node in buffer.root.named_children:
        text = buffer.source.text(node)
        if PLAIN.fullmatch(text) and re.search(rf"\b{re.escape(name)}$", text):
            last = binding.name or binding.module.rpartition(".")[2]
            if last in text:
                return statement_of(buffer, node)
    return None


def _copy(builder: Builder, source: Source, node: Node, files: Files) -> None:
    words = builder.words
    assert words is not None
    buffer = Buffer(source, builder.tools.syntax)
    text = source.text(node)
    found = PLAIN.fullmatch(text)
    if found is None:
        return
    named = re.sub(r"\w+", lambda m: words.identifier(m[0]) if words.mentions(m[0]) else m[0],
                   found[1])  # fmt: skip
    if named == found[1]:
        return
    if named.startswith("from") or found[2]:
        named += f" as {words.new.singular}_{named.split()[-1].rpartition('.')[2]}"
    line = source.data[node.end_byte :].split(b"\n", 1)[0].decode("utf-8", "replace").rstrip()
    comment = line if line.lstrip().startswith("#") else ""
    put = before if named < found[1] else after
    made = put(buffer, node, named + comment, verbatim=True, gap=0)
    files.merge(source.path, list(made), "it tells of the sibling's table in the same way")


__all__ = ["register_model_module"]
