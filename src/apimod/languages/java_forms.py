"""Java: what its expressions are."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from apimod.languages.forms import (
    Argument,
    Call,
    Cast,
    Choice,
    ClassForm,
    Constant,
    Form,
    FunctionForm,
    Joined,
    Listing,
    Mapping,
    Member,
    Name,
    String,
    Subscript,
    TypeForm,
    Wrapped,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.source import Source

FUNCTIONS = frozenset(
    {"method_declaration", "constructor_declaration", "compact_constructor_declaration",
     "lambda_expression"}
)  # fmt: skip
CLASSES = frozenset(
    {"class_declaration", "interface_declaration", "enum_declaration", "record_declaration",
     "annotation_type_declaration"}
)  # fmt: skip
ANNOTATIONS = frozenset({"annotation", "marker_annotation"})
COMMENTS = frozenset({"line_comment", "block_comment"})
LITERALS = frozenset(
    {"decimal_integer_literal", "hex_integer_literal", "decimal_floating_point_literal", "true",
     "false", "null_literal"}
)  # fmt: skip
LIST_MAKERS = frozenset(
    {"List.of", "Set.of", "Arrays.asList", "Stream.of", "Collections.singletonList",
     "Collections.singleton", "List.copyOf"}
)  # fmt: skip
ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'", "r": "\r", "s": " ", "\n": ""}


def form(source: Source, node: Node) -> Form | None:
    """Return what an expression is; None where no form fits."""
    kind = node.type
    if kind == "identifier":
        return _identifier(source, node)
    if kind in ("type_identifier", "this"):
        return Name(source.text(node))
    if kind == "super":
        return _super(node)
    if kind in LITERALS:
        return Constant(source.text(node))
    if kind in FUNCTIONS:
        return FunctionForm(node)
    if kind in CLASSES:
        return ClassForm(node)
    if kind in WRAPPED:
        children = plain(node)
        inner = node.child_by_field_name(WRAPPED[kind]) if WRAPPED[kind] else None
        return Wrapped(inner or children[0]) if children else None
    maker = MAKERS.get(kind)
    return maker(source, node) if maker else None


def plain(node: Node) -> list[Node]:
    """Return the named children, comments left out."""
    return [c for c in node.named_children if c.type not in COMMENTS]


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    return found if found is not None else node


def _identifier(source: Source, node: Node) -> Form:
    """A name; that of a called method stands for the method of what it is called on."""
    parent = node.parent
    if parent is not None and parent.type == "method_invocation":
        if parent.child_by_field_name("name") == node:
            target = parent.child_by_field_name("object")
            if target is not None:
                return Member(target, source.text(node))
    return Name(source.text(node))


def _super(node: Node) -> Form:
    """``super(…)`` calls the class that is extended; elsewhere it is the instance."""
    parent = node.parent
    if parent is not None and parent.type == "explicit_constructor_invocation":
        outer: Node | None = parent
        while outer is not None and outer.type != "class_declaration":
            outer = outer.parent
        extended = outer.child_by_field_name("superclass") if outer is not None else None
        if extended is not None and extended.named_children:
            return Wrapped(extended.named_children[0])
    return Name("this")


def _arguments(node: Node | None) -> tuple[Argument, ...]:
    return tuple(Argument(None, c) for c in plain(node)) if node is not None else ()


def _call(source: Source, node: Node) -> Form:
    target, name = node.child_by_field_name("object"), _field(node, "name")
    given = _arguments(node.child_by_field_name("arguments"))
    if target is not None and target.type == "identifier":
        called = f"{source.text(target)}.{source.text(name)}"
        if called in LIST_MAKERS:
            return Listing(tuple(a.node for a in given))
        if called == "Map.of":
            nodes = [a.node for a in given]
            return Mapping(tuple(zip(nodes[::2], nodes[1::2], strict=False)))
    return Call(name, given)


def _new(source: Source, node: Node) -> Form:
    return Call(_field(node, "type"), _arguments(node.child_by_field_name("arguments")))


def _annotation(source: Source, node: Node) -> Form:
    given = node.child_by_field_name("arguments")
    out: list[Argument] = []
    for child in plain(given) if given is not None else ():
        if child.type == "element_value_pair":
            key, value = _field(child, "key"), _field(child, "value")
            out.append(Argument(source.text(key), value))
        else:
            out.append(Argument(None, child))
    return Call(_field(node, "name"), tuple(out))


def _enum_constant(source: Source, node: Node) -> Form | None:
    """A constant of an enum is an instance of it."""
    outer = node.parent
    while outer is not None and outer.type != "enum_declaration":
        outer = outer.parent
    name = outer.child_by_field_name("name") if outer is not None else None
    return Call(name, _arguments(node.child_by_field_name("arguments"))) if name else None


def _string(source: Source, node: Node) -> Form:
    text = source.text(node)
    if text.startswith('"""'):
        text = textwrap.dedent(text[3:-3].partition("\n")[2])
    else:
        text = text[1:-1]
    if "\\" in text:
        text = re.sub(r"\\(.|\n)", lambda m: ESCAPES.get(m.group(1), m.group()), text)
    return String(text)


def _binary(source: Source, node: Node) -> Form | None:
    if source.text(_field(node, "operator")) != "+":
        return None
    return Joined((_field(node, "left"), _field(node, "right")))


def _member(source: Source, node: Node) -> Form:
    name = _field(node, "field")
    if name.type == "this":
        return Name("this")
    return Member(_field(node, "object"), source.text(name))


def _scoped_type(source: Source, node: Node) -> Form | None:
    children = [c for c in plain(node) if c.type not in ANNOTATIONS]
    if len(children) < 2:
        return None
    return Member(children[0], source.text(children[-1]))


def _reference(source: Source, node: Node) -> Form | None:
    """``object::method``; ``Class::new`` is the class."""
    children = plain(node)
    if not children:
        return None
    if len(children) == 1 or children[-1].type != "identifier":
        return Wrapped(children[0])
    return Member(children[0], source.text(children[-1]))


def _switch(source: Source, node: Node) -> Form | None:
    """What the rules give, and what blocks yield."""
    body = node.child_by_field_name("body")
    out: list[Node] = []
    stack = list(reversed(body.named_children)) if body is not None else []
    while stack:
        child = stack.pop()
        if child.type == "yield_statement":
            out += plain(child)[:1]
        elif child.type == "switch_rule":
            result = plain(child)[-1]
            if result.type == "expression_statement":
                out += plain(result)[:1]
            else:
                stack.append(result)
        elif child.type not in FUNCTIONS and child.type not in CLASSES:
            stack.extend(reversed(child.named_children))
    return Choice(tuple(out)) if out else None


def _new_array(source: Source, node: Node) -> Form:
    value = node.child_by_field_name("value")
    return Wrapped(value) if value is not None else Listing(())


def _literal_class(source: Source, node: Node) -> Form | None:
    return Wrapped(node.named_children[0]) if node.named_children else None


WRAPPED = {
    "parenthesized_expression": "",
    "generic_type": "",
    "annotated_type": "",
    "expression_statement": "",
    "assignment_expression": "right",
    "element_value_pair": "value",
    "class_literal": "",
}
MAKERS: dict[str, Callable[[Source, Node], Form | None]] = {
    "field_access": _member,
    "scoped_identifier": lambda s, n: Member(_field(n, "scope"), s.text(_field(n, "name"))),
    "scoped_type_identifier": _scoped_type,
    "method_invocation": _call,
    "explicit_constructor_invocation": lambda s, n: Call(
        _field(n, "constructor"), _arguments(n.child_by_field_name("arguments"))
    ),
    "object_creation_expression": _new,
    "annotation": _annotation,
    "marker_annotation": _annotation,
    "enum_constant": _enum_constant,
    "string_literal": _string,
    "character_literal": _string,
    "binary_expression": _binary,
    "method_reference": _reference,
    "array_initializer": lambda s, n: Listing(tuple(plain(n))),
    "element_value_array_initializer": lambda s, n: Listing(tuple(plain(n))),
    "array_creation_expression": _new_array,
    "ternary_expression": lambda s, n: Choice((_field(n, "consequence"), _field(n, "alternative"))),
    "cast_expression": lambda s, n: Cast(_field(n, "value"), _field(n, "type")),
    "switch_expression": _switch,
    "array_access": lambda s, n: Subscript(_field(n, "array"), _field(n, "index")),
    "array_type": lambda s, n: TypeForm(n.child_by_field_name("element")),
}
