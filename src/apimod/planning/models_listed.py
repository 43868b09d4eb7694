"""The lists in which a project names its models for its store: the new one is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.conventions.answers import classes
from apimod.insert import add_import, list_item
from apimod.insert import argument as add_argument
from apimod.languages.buffer import Buffer, ImportNeed, significant
from apimod.planning.registration import import_style
from apimod.values import At

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.source import Source

LISTS = ("argument_list", "literal_value")


def list_model(builder: Builder, context: Context, files: Files) -> bool:
    """Add the new model where others are listed for the store; tell whether it was added."""
    model = context.roles["model"]
    if model is None or model.exists or context.roles.get("database") is not None:
        return True
    if context.roles.get("migration") is not None:
        return True
    found = _list(builder)
    if found is None:
        context.notes.append("nothing here makes the models' tables: make the new one's")
        return False
    source, node, last = found
    buffer = Buffer(source, builder.tools.syntax)
    like = source.text(last)
    head = "&" if like.startswith("&") else ""
    package, imports = "", []
    if builder.study.module(source) != model.module:
        style = import_style(builder, context, source.path)
        added = add_import(buffer, ImportNeed(model.module), style)
        package, imports = f"{added.local}.", list(added.insertions)
    text = f"{head}{package}{model.symbols['model']}{{}}"
    put = add_argument if node.type == "argument_list" else list_item
    made = put(buffer, node, text, after=last)
    files.merge(source.path, [*imports, *made], "the models are listed there")
    return True


def _list(builder: Builder) -> tuple[Source, Node, Node] | None:
    """Return a list of models, with its last item: one that a call which makes tables is given."""
    study = builder.study
    names = {n for u in study.units for n in u.names("conventions", "migrates")}
    for path in study.paths:
        source = study.code.source(path)
        if source is None or not any(n.encode() in source.data for n in names):
            continue
        for node in study.language.subtree(study.code.root(source)):
            if node.type not in LISTS:
                continue
            items = [n for n in significant(node)]
            if items and all(_is_model(builder, At(source, item)) for item in items):
                return source, node, items[-1]
    return None


def _is_model(builder: Builder, at: At) -> bool:
    node = at.node.named_children[0] if at.node.type == "literal_element" else at.node
    if node.type not in ("unary_expression", "composite_literal", "call_expression"):
        return False
    return any(builder.study.is_model(cls) for cls in classes(builder.study, at.to(node)))
