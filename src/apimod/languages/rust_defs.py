"""Rust: functions, types, annotations and conditions, as one file shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages.forms import Argument, Condition, Param

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from apimod.source import Source

FUNCTIONS = frozenset({"function_item", "closure_expression", "function_signature_item"})
CLASSES = frozenset({"struct_item", "enum_item", "union_item", "trait_item"})
OWNERS = frozenset({"impl_item", "trait_item"})
COMMENTS = frozenset({"line_comment", "block_comment"})
BESIDE = frozenset({*COMMENTS, "attribute_item"})
CHAINS = frozenset({"field_expression", "call_expression", "await_expression"})
SWALLOWS = frozenset(
    "ok is_ok is_err is_some is_none unwrap_or unwrap_or_default unwrap_or_else or_else".split()
)
"""Methods of a result after which nothing is refused."""
OPTIONAL = frozenset({"Option", "Result", "Either"})
HOLDERS = frozenset({"Arc", "Rc", "Box", "Mutex", "RwLock", "RefCell", "Cow", "Pin"})
"""Types of the standard library that hold one value of their parameter."""


def plain(node: Node) -> list[Node]:
    """Return a node's named children without comments and annotations."""
    return [c for c in node.named_children if c.type not in BESIDE]


def called(node: Node) -> Node:
    """Return what a call calls, without type arguments."""
    function = node.child_by_field_name("function")
    while function is not None and function.type == "generic_function":
        function = function.child_by_field_name("function")
    return function if function is not None else node


def annotation_arguments(source: Source, attribute: Node) -> tuple[Argument, ...]:
    """Return the arguments of ``#[name("x", key = "y")]``, those that are one token."""
    tokens = attribute.child_by_field_name("arguments")
    out: list[Argument] = []
    name: str | None = None
    value: list[Node] = []
    for child in tokens.children[1:] if tokens is not None else ():
        if child.type in COMMENTS:
            continue
        if child.type == "=" and len(value) == 1:
            name, value = source.text(value[0]), []
        elif child.type == "," or (tokens is not None and child == tokens.children[-1]):
            if len(value) == 1:
                out.append(Argument(name, value[0]))
            elif len(value) == 2 and value[1].type == "token_tree":
                out.append(Argument(source.text(value[0]), value[1]))
            name, value = None, []
        else:
            value.append(child)
    return tuple(out)


def owner_of(function: Node) -> Node | None:
    """Return the ``impl`` or trait that a function is written in."""
    body = function.parent
    owner = body.parent if body is not None else None
    return owner if owner is not None and owner.type in OWNERS else None


class RustDefinitions:
    """What Rust's functions and types declare."""

    def owner_type(self, source: Source, function: Node) -> Node | None:
        """Return the node that names the type of a method."""
        owner = owner_of(function)
        if owner is None:
            return None
        return owner.child_by_field_name("type") or owner.child_by_field_name("name")

    def is_method(self, source: Source, function: Node) -> bool:
        """Whether a function stands in an ``impl``."""
        return owner_of(function) is not None

    def receiver(self, source: Source, function: Node) -> str | None:
        """Return ``self`` for a function that has it."""
        given = function.child_by_field_name("parameters")
        first = given.named_children[:1] if given is not None else []
        return "self" if any(c.type == "self_parameter" for c in first) else None

    def qualified_name(self, source: Source, node: Node) -> str:
        """Return ``Type::method``, or the function's or type's name."""
        name = node.child_by_field_name("name")
        text = source.text(name) if name is not None else ""
        owner = self.owner_type(source, node) if node.type == "function_item" else None
        if owner is None:
            return text
        return f"{self.last_name(source, owner)}::{text}"

    def last_name(self, source: Source, type_node: Node) -> str:
        """Return the last name of a type."""
        inner = self.type_of(source, type_node)
        return source.text(inner if inner is not None else type_node).rpartition("::")[2]

    def params(self, source: Source, function: Node) -> list[Param]:
        """Return the parameters in order; ``self`` is not among them."""
        given = function.child_by_field_name("parameters")
        out: list[Param] = []
        for child in plain(given) if given is not None else ():
            if child.type == "self_parameter":
                continue
            pattern = child.child_by_field_name("pattern") or child
            names = [source.text(n) for n in names_in(pattern)]
            declared = child.child_by_field_name("type")
            if pattern.type == "tuple_pattern" and declared is not None:
                out += _apart(source, pattern, declared, child)
                continue
            name = names[0] if len(names) == 1 else f"_{child.start_byte}"
            out.append(Param(name, child, None, declared))
        return out

    def returns(self, source: Source, function: Node) -> list[Node]:
        """Return the value of the body, and what ``return`` gives."""
        body = function.child_by_field_name("body")
        if body is None:
            return []
        out = [body]
        stack = list(body.named_children)
        while stack:
            node = stack.pop()
            if node.type == "return_expression":
                out += node.named_children[:1]
            elif node.type not in FUNCTIONS:
                stack.extend(reversed(node.named_children))
        return out

    def return_type(self, source: Source, function: Node) -> Node | None:
        """Return the declared type of the result."""
        return function.child_by_field_name("return_type")

    def type_of(self, source: Source, type_node: Node) -> Node | None:
        """Return the type behind references, pointers that own, and type arguments."""
        node: Node | None = type_node
        while node is not None:
            if node.type in ("reference_type", "pointer_type"):
                node = node.child_by_field_name("type")
            elif node.type in ("dynamic_type", "abstract_type"):
                node = node.child_by_field_name("trait")
            elif node.type == "generic_type":
                outer = node.child_by_field_name("type")
                inner = held(source, node)
                if outer is None or inner is None:
                    return outer
                node = inner
            else:
                return node
        return None

    def decorators(self, source: Source, node: Node) -> list[Node]:
        """Return the annotations before an item."""
        out: list[Node] = []
        before = node.prev_named_sibling
        while before is not None and before.type in BESIDE:
            if before.type == "attribute_item":
                out += [c for c in before.named_children if c.type == "attribute"]
            before = before.prev_named_sibling
        return out[::-1]

    def swallows(self, source: Source, node: Node) -> bool:
        """Whether an error is turned into a value: ``f().ok()``, ``if let Ok(x) = f()``."""
        parent = node.parent
        while parent is not None and parent.type in CHAINS:
            method = parent.child_by_field_name("field")
            if parent.type == "field_expression" and method is not None:
                if source.text(method) in SWALLOWS:
                    return True
            parent = parent.parent
        return parent is not None and parent.type == "let_condition"

    def is_optional(self, source: Source, type_node: Node) -> bool:
        """Whether a type is an ``Option`` or a ``Result``."""
        outer = type_node.child_by_field_name("type") if type_node.type == "generic_type" else None
        return outer is not None and source.text(outer).rpartition("::")[2] in OPTIONAL

    def annotated(self, node: Node) -> Node | None:
        """Return the item that an annotation stands before."""
        around = node.parent if node.type == "attribute" else node
        if around is None or around.type != "attribute_item":
            return None
        item = around.next_named_sibling
        while item is not None and item.type in BESIDE:
            item = item.next_named_sibling
        return item

    def fields(self, source: Source, cls: Node) -> list[str]:
        """Return the names of a struct's fields; those of a tuple are numbers."""
        out: list[str] = []
        for declaration in self.declarations(cls):
            name = declaration.child_by_field_name("name")
            out.append(source.text(name) if name is not None else str(len(out)))
        return out

    def declarations(self, cls: Node) -> list[Node]:
        """Return the declarations of a struct's fields; a tuple's are its types."""
        body = cls.child_by_field_name("body")
        if body is None or cls.type != "struct_item":
            return []
        return [c for c in plain(body) if c.type != "visibility_modifier"]

    def is_abstract(self, source: Source, cls: Node) -> bool:
        """Whether a type is a trait."""
        return cls.type == "trait_item"

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        """Return the tests of the ``if`` around a node, up to its function."""
        out: list[Condition] = []
        for child, parent in around(node):
            if parent.type != "if_expression":
                continue
            test = parent.child_by_field_name("condition")
            if test is None or test == child or test.type.startswith("let_"):
                continue
            out.append(_condition(source, test, child == parent.child_by_field_name("alternative")))
        return out

    def is_conditional(self, node: Node) -> bool:
        """Whether a node stands in a branch inside its function."""
        return any(
            parent.type == "match_arm"
            or (parent.type == "if_expression" and child != parent.child_by_field_name("condition"))
            for child, parent in around(node)
        )


def _apart(source: Source, pattern: Node, declared: Node, param: Node) -> list[Param]:
    """Return the parts of a parameter that is a tuple, each with its type."""
    names, types = plain(pattern), plain(declared)
    if declared.type != "tuple_type" or len(names) != len(types):
        return [Param(f"_{param.start_byte}", param, None, declared)]
    out = []
    for name, kind in zip(names, types, strict=True):
        inner = names_in(name)
        text = source.text(inner[0]) if len(inner) == 1 else f"_{name.start_byte}"
        out.append(Param(text, param, None, kind))
    return out


def held(source: Source, generic: Node) -> Node | None:
    """Return the type that a pointer that owns holds."""
    outer = generic.child_by_field_name("type")
    if outer is None or source.text(outer).rpartition("::")[2] not in HOLDERS:
        return None
    given = generic.child_by_field_name("type_arguments")
    types = [c for c in given.named_children if c.type != "lifetime"] if given is not None else []
    return types[0] if types else None


def around(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield a node and its parent, and so on, up to the function."""
    child, parent = node, node.parent
    while parent is not None and parent.type not in FUNCTIONS:
        yield child, parent
        child, parent = parent, parent.parent


def names_in(pattern: Node) -> list[Node]:
    """Return the names that a pattern binds."""
    if pattern.type in ("identifier", "shorthand_field_identifier"):
        return [pattern]
    out: list[Node] = []
    kind = pattern.child_by_field_name("type")
    for child in pattern.named_children:
        if child != kind and child.type != "mutable_specifier":
            out += names_in(child)
    return out


def _condition(source: Source, test: Node, negated: bool) -> Condition:
    while test.type == "parenthesized_expression" and test.named_children:
        test = test.named_children[0]
    if test.type == "unary_expression" and test.children[0].type == "!":
        return _condition(source, test.named_children[0], not negated)
    if test.type == "binary_expression":
        left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
        sign = test.child_by_field_name("operator")
        if left is not None and right is not None and sign is not None:
            operator = source.text(sign)
            if operator in ("==", "!="):
                return Condition(left, (right,), negated != (operator == "!="))
    return Condition(test, (), negated)
