"""JavaScript: the imports of a file in both module systems, and the names that it binds."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from apimod.languages.buffer import Buffer, walk
from apimod.languages.javascript_style import DEFAULT, NAMESPACE

_DECLARES = ("lexical_declaration", "variable_declaration")
_FUNCTIONS = (
    "function_declaration", "function_expression", "generator_function_declaration",
    "arrow_function", "method_definition", "class_declaration", "abstract_class_declaration",
    "class",
)  # fmt: skip


class Taken(Struct, frozen=True):
    """One name that an import binds.

    ``name`` is the module's own, ``default``, ``* as`` for a namespace, or None for the whole of a
    CommonJS module (``local`` is empty where the module is only run). ``type`` says that it is a
    type and nothing else.
    """

    statement: Node
    node: Node
    module: str
    name: str | None
    local: str
    type: bool = False


def imports_of(buffer: Buffer) -> Iterator[Taken]:
    """Yield what the statements at a file's top import."""
    for statement in buffer.root.named_children:
        yield from imported_by(buffer, statement)


def imported_by(buffer: Buffer, statement: Node) -> Iterator[Taken]:
    """Yield what a statement imports."""
    if statement.type == "import_statement":
        yield from _imported(buffer, statement)
    elif statement.type in _DECLARES:
        for declarator in statement.named_children:
            yield from _required(buffer, statement, declarator)
    elif statement.type == "expression_statement" and statement.named_children:
        module = required(buffer, statement.named_children[0])
        if module is not None:
            yield Taken(statement, statement, module, None, "")


def required(buffer: Buffer, node: Node | None) -> str | None:
    """Return the module that ``require("x")`` names, seen through what only wraps it."""
    while node is not None and node.type in ("await_expression", "parenthesized_expression"):
        node = node.named_children[0]
    if node is None or node.type != "call_expression":
        return None
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or given is None or not given.named_children:
        return None
    first = given.named_children[0]
    called = buffer.text(function)
    if called in ("require", "import") and first.type == "string":
        return buffer.text(first)[1:-1]
    helper = called.startswith("__import") or called.endswith("interopRequireDefault")
    return required(buffer, first) if helper else None


def _imported(buffer: Buffer, statement: Node) -> Iterator[Taken]:
    source = statement.child_by_field_name("source")
    only_types = any(child.type == "type" for child in statement.children)
    clause = next((c for c in statement.named_children if c.type.endswith("_clause")), None)
    if clause is not None and clause.type == "import_require_clause":
        source, named = clause.child_by_field_name("source"), clause.named_children[0]
        yield Taken(statement, clause, _unquoted(buffer, source), None, buffer.text(named))
        return
    module = _unquoted(buffer, source)
    if clause is None:
        yield Taken(statement, statement, module, None, "")
        return
    for part in clause.named_children:
        if part.type == "identifier":
            yield Taken(statement, part, module, DEFAULT, buffer.text(part), only_types)
        elif part.type == "namespace_import":
            local = buffer.text(part.named_children[0])
            yield Taken(statement, part, module, NAMESPACE, local, only_types)
        for item in part.named_children if part.type == "named_imports" else ():
            name, alias = item.child_by_field_name("name"), item.child_by_field_name("alias")
            if name is not None:
                kind = only_types or item.children[0].type == "type"
                bound = buffer.text(alias or name)
                yield Taken(statement, item, module, buffer.text(name), bound, kind)


def _required(buffer: Buffer, statement: Node, declarator: Node) -> Iterator[Taken]:
    target, value = (declarator.child_by_field_name(part) for part in ("name", "value"))
    if target is None or value is None:
        return
    name: str | None = None
    if value.type == "member_expression":
        of, member = value.child_by_field_name("object"), value.child_by_field_name("property")
        name = buffer.text(member) if member is not None else None
        value = of
    module = required(buffer, value)
    if module is None:
        return
    if target.type == "identifier":
        yield Taken(statement, declarator, module, name, buffer.text(target))
    for item in target.named_children if target.type == "object_pattern" and not name else ():
        if item.type == "shorthand_property_identifier_pattern":
            yield Taken(statement, item, module, buffer.text(item), buffer.text(item))
        elif item.type == "pair_pattern":
            key, inner = item.child_by_field_name("key"), item.child_by_field_name("value")
            if key is not None and inner is not None and inner.type == "identifier":
                yield Taken(statement, item, module, buffer.text(key), buffer.text(inner))


def top_names(buffer: Buffer) -> set[str]:
    """Return every name that a file binds at its top."""
    names = {taken.local for taken in imports_of(buffer)}
    for statement in buffer.root.named_children:
        inner = statement.child_by_field_name("declaration") or statement
        if inner.type in _DECLARES:
            for declarator in inner.named_children:
                names.update(pattern_names(buffer, declarator.child_by_field_name("name")))
        else:
            name = inner.child_by_field_name("name")
            names.update([buffer.text(name)] if name is not None else [])
    return names - {""}


def pattern_names(buffer: Buffer, pattern: Node | None) -> Iterator[str]:
    """Yield the names that a pattern binds."""
    if pattern is None:
        return
    for node in walk(pattern):
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            parent = node.parent
            if parent is not None and parent.type in ("pair_pattern", "assignment_pattern"):
                if parent.named_children[0] == node and parent.type == "pair_pattern":
                    continue
                if parent.type == "assignment_pattern" and parent.named_children[0] != node:
                    continue
            yield buffer.text(node)


def _unquoted(buffer: Buffer, node: Node | None) -> str:
    return buffer.text(node)[1:-1] if node is not None else ""
