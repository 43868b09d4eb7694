"""Go: functions, types and conditions, as one file shows them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from apimod.languages.forms import Condition, Param

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.source import Source

FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
BRANCHES = frozenset(
    {"if_statement", "expression_case", "default_case", "type_case", "communication_case"}
)


class GoDefinitions(ABC):
    """What Go's functions and types declare."""

    @abstractmethod
    def grammar(self, path: str) -> tree_sitter.Language:
        """Return the grammar for a file."""

    def owner_type(self, source: Source, function: Node) -> Node | None:
        """Return the node that names a method's type."""
        given = function.child_by_field_name("receiver")
        if given is None or not given.named_children:
            return None
        declared = given.named_children[0].child_by_field_name("type")
        return self.type_of(source, declared) if declared is not None else None

    def is_method(self, source: Source, function: Node) -> bool:
        """Whether a function has a receiver."""
        return function.type == "method_declaration"

    def receiver(self, source: Source, function: Node) -> str | None:
        """Return the receiver's name."""
        given = function.child_by_field_name("receiver")
        if given is None or not given.named_children:
            return None
        name = given.named_children[0].child_by_field_name("name")
        return source.text(name) if name is not None else None

    def qualified_name(self, source: Source, node: Node) -> str:
        """Return ``Type.Method``, or the function's or type's name."""
        name = node.child_by_field_name("name")
        text = source.text(name) if name is not None else ""
        if node.type == "method_declaration":
            owner = self.owner_type(source, node)
            return f"{source.text(owner)}.{text}" if owner is not None else text
        return text

    def params(self, source: Source, function: Node) -> list[Param]:
        """Return the named parameters in order; the receiver is not among them."""
        given = function.child_by_field_name("parameters")
        out: list[Param] = []
        for child in given.named_children if given is not None else ():
            declared = child.child_by_field_name("type")
            variadic = child.type == "variadic_parameter_declaration"
            names = child.children_by_field_name("name")
            for name in names:
                out.append(Param(source.text(name), child, None, declared, variadic))
            if not names and declared is not None:
                out.append(Param("_", child, None, declared, variadic))
        return out

    def returns(self, source: Source, function: Node) -> list[Node]:
        """Return what ``return`` gives; the named results where it gives nothing."""
        body = function.child_by_field_name("body")
        out: list[Node] = []
        stack = [body] if body is not None else []
        while stack:
            node = stack.pop()
            if node.type == "return_statement":
                out += node.named_children[:1] or [node]
            elif node.type != "func_literal":
                stack.extend(reversed(node.named_children))
        return out

    def early_exits(self, source: Source, function: Node) -> list[Node]:
        """Return the blocks that return nothing, not the function's own."""
        body = function.child_by_field_name("body")
        out: list[Node] = []
        stack = [body] if body is not None else []
        while stack:
            node = stack.pop()
            if node.type == "return_statement":
                block = node.parent.parent if node.parent is not None else None
                if block is not None and block != body and not node.named_children:
                    out.append(block)
            elif node.type != "func_literal":
                stack.extend(node.named_children)
        return out

    def return_type(self, source: Source, function: Node) -> Node | None:
        """Return the type of the first result."""
        result = function.child_by_field_name("result")
        if result is not None and result.type == "parameter_list":
            first = result.named_children[0] if result.named_children else None
            return first.child_by_field_name("type") if first is not None else None
        return result

    def type_of(self, source: Source, type_node: Node) -> Node | None:
        """Return the type that a pointer points at, without type arguments."""
        node = type_node
        while node.type in ("pointer_type", "parenthesized_type", "generic_type"):
            node = node.child_by_field_name("type") or node.named_children[0]
        return node

    def struct(self, cls: Node) -> Node | None:
        """Return the struct that a type is declared as."""
        kind = cls if cls.type == "struct_type" else cls.child_by_field_name("type")
        return kind if kind is not None and kind.type == "struct_type" else None

    def interface(self, cls: Node) -> Node | None:
        """Return the interface that a type is declared as."""
        kind = cls if cls.type == "interface_type" else cls.child_by_field_name("type")
        return kind if kind is not None and kind.type == "interface_type" else None

    def declarations(self, cls: Node) -> list[Node]:
        """Return the declarations of a struct's fields."""
        struct = self.struct(cls)
        inner = struct.named_children[0] if struct is not None and struct.named_children else None
        if inner is None:
            return []
        return [c for c in inner.named_children if c.type == "field_declaration"]

    def fields(self, source: Source, cls: Node) -> list[str]:
        """Return a struct's fields, embedded ones by the name of their type."""
        out: list[str] = []
        for declaration in self.declarations(cls):
            names = declaration.children_by_field_name("name")
            if names:
                out += [source.text(n) for n in names]
            else:
                declared = declaration.child_by_field_name("type")
                if declared is not None:
                    out.append(self.last_name(source, declared))
        return out

    def last_name(self, source: Source, type_node: Node) -> str:
        """Return the last name of a type."""
        inner = self.type_of(source, type_node)
        return source.text(inner if inner is not None else type_node).split(".")[-1]

    def is_nothing(self, node: Node) -> bool:
        """Whether an expression is ``nil``."""
        return node.type == "nil"

    def is_abstract(self, source: Source, cls: Node) -> bool:
        """Whether a type is an interface."""
        return self.interface(cls) is not None

    def element_type(self, source: Source, cls: Node) -> Node | None:
        """Return the type of the elements of a type that is a slice or map."""
        kind = cls.child_by_field_name("type")
        if kind is None or kind.type not in ("slice_type", "array_type", "map_type"):
            return None
        return kind.child_by_field_name("element") or kind.child_by_field_name("value")

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        """Return the tests of the ``if`` and ``case`` around a node, up to its function."""
        out: list[Condition] = []
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type == "if_statement":
                test = parent.child_by_field_name("condition")
                if test is not None and test != child:
                    inside = parent.child_by_field_name("consequence") == child
                    if inside or parent.child_by_field_name("alternative") == child:
                        out.append(_condition(source, test, not inside))
            elif parent.type == "expression_case":
                switch = parent.parent
                subject = switch.child_by_field_name("value") if switch is not None else None
                given = parent.child_by_field_name("value")
                if subject is not None and given is not None:
                    out.append(Condition(subject, tuple(given.named_children)))
            child, parent = parent, parent.parent
        return out

    def is_deferred(self, node: Node) -> bool:
        """Whether a node stands in ``defer``, or in a function literal that is deferred."""
        outer = node.parent
        while outer is not None and outer.type not in (
            "function_declaration",
            "method_declaration",
        ):
            if outer.type == "defer_statement":
                return True
            outer = outer.parent
        return False

    def is_conditional(self, node: Node) -> bool:
        """Whether a node stands in a branch inside its function."""
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type in BRANCHES and (
                parent.type != "if_statement"
                or child == parent.child_by_field_name("consequence")
                or child == parent.child_by_field_name("alternative")
            ):
                return True
            child, parent = parent, parent.parent
        return False


def _condition(source: Source, test: Node, negated: bool) -> Condition:
    while test.type == "parenthesized_expression" and test.named_children:
        test = test.named_children[0]
    if test.type == "unary_expression" and test.children[0].type == "!":
        return _condition(source, test.named_children[0], not negated)
    if test.type == "binary_expression":
        operator = source.text(test.children[1])
        left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
        if operator in ("==", "!=") and left is not None and right is not None:
            return Condition(left, (right,), negated != (operator == "!="))
    return Condition(test, (), negated)
