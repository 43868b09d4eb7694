"""Imports of Python: find the one that gives a name, or make the line for it.

A name joins the ``from m import …`` that is there. One that would outgrow its line is parenthesised,
a name a line, as formatters do it; where that cannot be done by insertions alone the new name gets a
statement of its own, in the place that isort and ruff would give it where the file keeps their order.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import ROLES, Buffer, Imported, ImportNeed, ImportStyle, is_comment
from apimod.languages.items import Items, place
from apimod.languages.python_edit_modules import absolute, relative
from apimod.languages.python_edit_place import new_line
from apimod.languages.python_edit_wrap import name_index, wrapped

_FROM, _IMPORT, _FUTURE = "import_from_statement", "import_statement", "future_import_statement"


def add_import(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
    """Find the import that gives ``need``, or make the insertions for it."""
    local = _present(buffer, need, style)
    if local is not None:
        return Imported(local)
    spelled = _spelled(buffer, need, style)
    alias = need.alias or _free_alias(buffer, need, style)
    local = alias or need.name or need.module
    if need.name is not None:
        clause = f"{need.name} as {alias}" if alias and alias != need.name else need.name
        joined = _join(buffer, need, clause, style)
        if joined is not None:
            return Imported(local, tuple(joined))
        line = f"from {spelled} import {clause}"
    else:
        line = f"import {need.module} as {alias}" if alias else f"import {need.module}"
    line += f"  {need.comment}" if need.comment else ""
    return Imported(local, tuple(new_line(buffer, line, style)))


def header(buffer: Buffer) -> list[Node]:
    """Return the imports at the file's top level, those of a ``try`` or an ``if`` left out."""
    kinds = (_FROM, _IMPORT, _FUTURE)
    return [each for each in buffer.root.named_children if each.type in kinds]


def bound(buffer: Buffer, statement: Node) -> Iterator[tuple[str, str | None, str]]:
    """Yield what an import statement binds: the module, the name in it, the local name."""
    if statement.type == _FROM:
        module_node = statement.child_by_field_name("module_name")
        module = buffer.text(module_node) if module_node is not None else ""
        for item in statement.children_by_field_name("name"):
            name, alias = _named(buffer, item)
            yield module, name, alias or name
    elif statement.type == _IMPORT:
        for item in statement.children_by_field_name("name"):
            name, alias = _named(buffer, item)
            yield name, None, alias or name


def module_names(buffer: Buffer) -> set[str]:
    """Return every name that the file binds at its top level, in conditions and ``try`` too."""
    names: set[str] = set()
    for node in _top_level(buffer.root, conditions=True):
        if node.type in (_FROM, _IMPORT):
            names.update(local.partition(".")[0] for _, _, local in bound(buffer, node))
        elif node.type in ("function_definition", "class_definition"):
            name = node.child_by_field_name("name")
            names.add(buffer.text(name) if name is not None else "")
        elif node.type in ("assignment", "augmented_assignment", "for_statement", "as_pattern"):
            left = node.child_by_field_name("left") or node.child_by_field_name("alias")
            names.update(_identifiers(buffer, left))
    return names


def _present(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> str | None:
    wanted = absolute(need.module, style.package)
    for node in _top_level(buffer.root, conditions=False):
        if node.type not in (_FROM, _IMPORT):
            continue
        for module, name, local in bound(buffer, node):
            if absolute(module, style.package) == wanted and name == need.name:
                return local
            full = f"{absolute(module, style.package)}.{name}"
            if need.name is None and name is not None and full == wanted:
                return local
    return None


def _top_level(root: Node, *, conditions: bool) -> Iterator[Node]:
    """Yield the statements that run when the file is imported, and what they hold.

    Without ``conditions``, those under an ``if`` are left out: what they bind may be missing.
    """
    stack = [*reversed(root.named_children)]
    while stack:
        node = stack.pop()
        yield node
        if node.type == "if_statement" and not conditions:
            continue
        if node.type not in ("function_definition", "class_definition", "lambda", _FROM, _IMPORT):
            stack += reversed(node.named_children)


def _spelled(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> str:
    """Return the module as the file spells its own project's: relative or absolute."""
    if not style.package or need.name is None:
        return need.module
    full = absolute(need.module, style.package)
    top = full.partition(".")[0]
    votes = 0
    for node in header(buffer):
        for module, _, _ in list(bound(buffer, node))[:1]:
            if absolute(module, style.package).partition(".")[0] == top:
                votes += 1 if module.startswith(".") else -1
    if votes > 0:
        return relative(full, style.package)
    return full if votes < 0 else need.module


def _free_alias(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> str | None:
    """Return an alias where the name is bound already, else None."""
    local = need.name or need.module.partition(".")[0]
    taken = (module_names(buffer) - _same(buffer, need, style)) | style.taken
    if need.name is None:
        imported = {
            module.partition(".")[0]
            for node in header(buffer)
            for module, name, _ in bound(buffer, node)
            if name is None
        }
        taken -= imported
    if local not in taken and not hasattr(builtins, local):
        return None
    parts = [part for part in absolute(need.module, style.package).split(".") if part]
    for part in [*reversed(parts), "module"]:
        if part.replace("_", "").lower() == local.replace("_", "").lower():
            continue
        word = part.removesuffix("s")
        if local[:1].isupper():
            alias = local + "".join(map(str.capitalize, word.split("_")))
        else:
            alias = f"{part}_{local}" if local in ROLES else f"{local}_{word}"
        if alias not in taken:
            return alias
    return next(name for n in range(2, 99) if (name := f"{local}_{n}") not in taken)


def _same(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> set[str]:
    """Return what is bound to just the thing needed, where only type checkers see it."""
    wanted = absolute(need.module, style.package), need.name
    return {
        local
        for node in _top_level(buffer.root, conditions=True)
        if node.type in (_FROM, _IMPORT)
        for module, name, local in bound(buffer, node)
        if (absolute(module, style.package), name) == wanted
    }


def _join(
    buffer: Buffer, need: ImportNeed, clause: str, style: ImportStyle
) -> list[Insertion] | None:
    """Put a name into the import of its module that stands there; None where it does not fit."""
    wanted = absolute(need.module, style.package)
    aliased = " as " in clause
    for node in header(buffer):
        if node.type != _FROM or node.has_error:
            continue
        named = node.children_by_field_name("name")
        module = node.child_by_field_name("module_name")
        if module is None or not named or absolute(buffer.text(module), style.package) != wanted:
            continue
        if aliased != any(one.type == "aliased_import" for one in named):
            continue
        made = _join_here(buffer, node, clause, style)
        if made is not None:
            return made
    return None


def _join_here(
    buffer: Buffer, node: Node, clause: str, style: ImportStyle
) -> list[Insertion] | None:
    at = next(i for i, child in enumerate(node.children) if child.type == "import")
    items = Items.of(node.children[at + 1 :])
    one_line = node.start_point.row == node.end_point.row
    if one_line:
        line = buffer.source.line_text(node.start_point.row + 1)
        if len(line) + len(clause) + 2 > style.width:
            return wrapped(buffer, node, items, clause)
    elif items.close is None:
        return None
    made = place(buffer, items, name_index(buffer, items, clause), clause, node)
    if not one_line and all(b"\n" not in one.text for one in made):
        length = max(len(buffer.source.line_text(buffer.source.line_of(i.offset))) for i in made)
        if length + len(clause) + 2 > style.width:
            return None
    return made


def _named(buffer: Buffer, item: Node) -> tuple[str, str | None]:
    if item.type == "aliased_import":
        name, alias = item.child_by_field_name("name"), item.child_by_field_name("alias")
        if name is not None and alias is not None:
            return buffer.text(name), buffer.text(alias)
    return buffer.text(item), None


def _identifiers(buffer: Buffer, node: Node | None) -> Iterator[str]:
    if node is None or is_comment(node):
        return
    if node.type == "identifier":
        yield buffer.text(node)
    elif node.type not in ("attribute", "subscript"):
        for child in node.named_children:
            yield from _identifiers(buffer, child)
