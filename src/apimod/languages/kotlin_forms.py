"""Kotlin: what its expressions are."""

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
    Fallback,
    Form,
    FunctionForm,
    Joined,
    Listing,
    Mapping,
    Member,
    Name,
    Spread,
    String,
    Subscript,
    Wrapped,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.source import Source

FUNCTIONS = frozenset(
    {"function_declaration", "lambda_literal", "anonymous_function", "secondary_constructor",
     "getter"}
)  # fmt: skip
CLASSES = frozenset({"class_declaration", "object_declaration", "companion_object"})
COMMENTS = frozenset({"line_comment", "block_comment", "comment", "multiline_comment"})
LITERALS = frozenset({"number_literal", "boolean_literal", "null", "long_literal", "float_literal"})
LIST_MAKERS = frozenset(
    {"listOf", "arrayOf", "setOf", "mutableListOf", "listOfNotNull", "arrayListOf", "sequenceOf",
     "mutableSetOf"}
)  # fmt: skip
ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'", "r": "\r", "$": "$"}
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


def form(source: Source, node: Node) -> Form | None:
    """Return what an expression is; None where no form fits."""
    kind = node.type
    if kind == "identifier":
        return Name(source.text(node).strip("`"))
    if kind == "user_type":
        return Name(type_name(source, node))
    if kind in ("this_expression", "super_expression"):
        return Name("this")
    if kind in LITERALS:
        return Constant(source.text(node))
    if kind in FUNCTIONS:
        return FunctionForm(node)
    if kind in CLASSES:
        return ClassForm(node)
    if kind == "string_content":
        return _template_name(source, node)
    if kind in WRAPPED:
        children = plain(node)
        inner = node.child_by_field_name(WRAPPED[kind]) if WRAPPED[kind] else None
        return Wrapped(inner or children[-1]) if children else None
    maker = MAKERS.get(kind)
    return maker(source, node) if maker else None


def plain(node: Node) -> list[Node]:
    """Return the named children, comments left out."""
    return [c for c in node.named_children if c.type not in COMMENTS]


def type_name(source: Source, node: Node) -> str:
    """Return the dotted name of a type, without its arguments."""
    return ".".join(source.text(c) for c in node.named_children if c.type == "identifier")


def callee(node: Node) -> tuple[Node, list[Node]]:
    """Return what a call calls, and its arguments' nodes: a lambda behind the brackets as well."""
    function, *rest = plain(node)
    given: list[Node] = []
    for child in rest:
        if child.type == "value_arguments":
            given += plain(child)
        elif child.type == "annotated_lambda":
            given += [c for c in plain(child) if c.type == "lambda_literal"]
    if function.type == "call_expression" and rest and rest[0].type == "annotated_lambda":
        inner, before = callee(function)
        if not any(c.type == "lambda_literal" for c in before):
            return inner, [*before, *given]
    return function, given


def arguments(source: Source, nodes: list[Node]) -> tuple[Argument, ...]:
    """Return arguments, named and spread ones told."""
    out: list[Argument] = []
    for node in nodes:
        if node.type != "value_argument":
            out.append(Argument(None, node))
            continue
        children = plain(node)
        if not children:
            continue
        value = children[-1]
        name = source.text(children[0]) if any(c.type == "=" for c in node.children) else None
        if value.type == "spread_expression" and plain(value):
            out.append(Argument(name, plain(value)[0], spread=True))
        else:
            out.append(Argument(name, value))
    return tuple(out)


def _call(source: Source, node: Node) -> Form | None:
    function, nodes = callee(node)
    given = arguments(source, nodes)
    if function.type == "identifier":
        called = source.text(function)
        if called in LIST_MAKERS:
            return Listing(tuple(a.node for a in given))
        if called in ("mapOf", "mutableMapOf"):
            return _mapping(source, [a.node for a in given])
    if function.type == "navigation_expression" and source.text(function) in ("List.of", "Set.of"):
        return Listing(tuple(a.node for a in given))
    return Call(function, given)


def _mapping(source: Source, nodes: list[Node]) -> Form:
    entries: list[tuple[Node | str | None, Node]] = []
    for node in nodes:
        children = plain(node)
        if node.type == "infix_expression" and len(children) == 3:
            entries.append((children[0], children[2]))
    return Mapping(tuple(entries))


def _annotation(source: Source, node: Node) -> Form | None:
    for child in plain(node):
        if child.type == "user_type":
            return Call(child, ())
        if child.type == "constructor_invocation":
            return _constructor(source, child)
    return None


def _constructor(source: Source, node: Node) -> Form:
    given = next((c for c in plain(node) if c.type == "value_arguments"), None)
    nodes = plain(given) if given is not None else []
    return Call(plain(node)[0], arguments(source, nodes))


def _delegation(source: Source, node: Node) -> Form | None:
    """``: this(…)`` and ``: super(…)`` construct the class that they are in, or its base."""
    given = next((c for c in plain(node) if c.type == "value_arguments"), None)
    outer = node.parent
    while outer is not None and outer.type not in CLASSES:
        outer = outer.parent
    if outer is None:
        return None
    return Call(outer, arguments(source, plain(given) if given is not None else []))


def _enum_entry(source: Source, node: Node) -> Form | None:
    outer = node.parent
    while outer is not None and outer.type != "class_declaration":
        outer = outer.parent
    name = outer.child_by_field_name("name") if outer is not None else None
    given = next((c for c in plain(node) if c.type == "value_arguments"), None)
    nodes = plain(given) if given is not None else []
    return Call(name, arguments(source, nodes)) if name is not None else None


def _navigation(source: Source, node: Node) -> Form | None:
    """``object.name`` and ``object::name``; ``Foo::class`` is the class."""
    children = plain(node)
    if len(children) < 2:
        return Wrapped(children[0]) if children else None
    name = source.text(children[-1]).strip("`")
    refers = any(c.type == "::" for c in node.children)
    if refers and name == "class":
        return Wrapped(children[0])
    if name in ("java", "javaObjectType") and source.text(children[0]).endswith("::class"):
        return Wrapped(children[0])
    return Member(children[0], name)


def _reference(source: Source, node: Node) -> Form | None:
    """``::name`` and ``Type::name``."""
    children = plain(node)
    if len(children) == 1:
        return Name(source.text(children[0]))
    if len(children) == 2:
        return Member(children[0], source.text(children[1]))
    return None


def _string(source: Source, node: Node) -> Form:
    """A string, with ``$name`` and ``${expression}`` in it."""
    parts: list[str | Node] = []
    dollar = False
    for child in node.named_children:
        if child.type == "interpolation":
            inner = plain(child)
            parts.append(inner[0] if inner else "")
        elif child.type == "escape_sequence":
            text = source.text(child)
            parts.append(ESCAPES.get(text[1:2], text))
        elif child.type == "string_content":
            text = source.text(child)
            found = IDENTIFIER.match(text) if dollar else None
            if found:
                parts[-1] = str(parts[-1])[:-1]
                parts += [child, text[found.end() :]]
            else:
                parts.append(text)
            dollar = text.endswith("$")
            continue
        dollar = False
    parts = [p for p in parts if p != ""]
    if all(isinstance(p, str) for p in parts):
        text = "".join(str(p) for p in parts)
        return String(textwrap.dedent(text) if node.type.startswith("multiline") else text)
    return Joined(tuple(parts))


def _template_name(source: Source, node: Node) -> Form | None:
    """The piece of a string behind ``$`` begins with a name."""
    found = IDENTIFIER.match(source.text(node))
    return Name(found.group()) if found else None


def _binary(source: Source, node: Node) -> Form | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None or operator is None:
        return None
    if source.text(operator) == "?:":
        return Fallback((left, right))
    return Joined((left, right)) if source.text(operator) == "+" else None


def _results(node: Node) -> list[Node]:
    """Return what a block or a branch gives: its last expression."""
    if node.type == "block":
        children = plain(node)
        return [children[-1]] if children else []
    return [node]


def _if(source: Source, node: Node) -> Form | None:
    condition = node.child_by_field_name("condition")
    out = [r for c in plain(node) if c != condition for r in _results(c)]
    return Choice(tuple(out)) if out else None


def _when(source: Source, node: Node) -> Form | None:
    out = [
        r
        for entry in plain(node)
        if entry.type == "when_entry" and plain(entry)
        for r in _results(plain(entry)[-1])
    ]
    return Choice(tuple(out)) if out else None


def _cast(source: Source, node: Node) -> Form | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    return Cast(left, right) if left is not None and right is not None else None


def _index(source: Source, node: Node) -> Form | None:
    children = plain(node)
    return Subscript(children[0], children[1]) if len(children) == 2 else None


def _spread(source: Source, node: Node) -> Form | None:
    children = plain(node)
    return Spread(children[0]) if children else None


def _infix(source: Source, node: Node) -> Form | None:
    """``a to b`` is a pair; any other is a call of a method of ``a``."""
    children = plain(node)
    if len(children) != 3:
        return None
    if source.text(children[1]) == "to":
        return Listing((children[0], children[2]))
    return Call(children[1], (Argument(None, children[0]), Argument(None, children[2])))


WRAPPED = {
    "parenthesized_expression": "",
    "nullable_type": "",
    "non_nullable_type": "",
    "unary_expression": "argument",
    "annotated_lambda": "",
    "value_argument": "",
    "type_projection": "",
    "annotated_expression": "",
    "labeled_expression": "",
}
MAKERS: dict[str, Callable[[Source, Node], Form | None]] = {
    "call_expression": _call,
    "navigation_expression": _navigation,
    "callable_reference": _reference,
    "annotation": _annotation,
    "constructor_invocation": _constructor,
    "constructor_delegation_call": _delegation,
    "enum_entry": _enum_entry,
    "string_literal": _string,
    "multiline_string_literal": _string,
    "collection_literal": lambda s, n: Listing(tuple(c for c in plain(n) if s.text(c))),
    "binary_expression": _binary,
    "infix_expression": _infix,
    "if_expression": _if,
    "when_expression": _when,
    "as_expression": _cast,
    "index_expression": _index,
    "spread_expression": _spread,
}
