"""Python: functions, classes, types and conditions, as one file shows them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from apimod.languages.forms import Assigned, Condition, Param, Typed

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.source import Source

FUNCTIONS = frozenset({"function_definition", "lambda"})
OPTIONAL = frozenset({"Optional", "Annotated", "ClassVar", "Final", "Required"})
BRANCHES = frozenset(
    {
        "if_statement",
        "elif_clause",
        "else_clause",
        "except_clause",
        "case_clause",
        "while_statement",
    }
)


class PythonDefinitions(ABC):
    """What Python's functions and classes declare."""

    @abstractmethod
    def grammar(self, path: str) -> tree_sitter.Language:
        """Return the grammar for a file."""

    def owner_node(self, function: Node) -> Node | None:
        """Return the class that a function is written in."""
        parent = function.parent
        if parent is not None and parent.type == "decorated_definition":
            parent = parent.parent
        if parent is not None and parent.type == "block":
            parent = parent.parent
        return parent if parent is not None and parent.type == "class_definition" else None

    def owner_class(self, function: Node) -> Node | None:
        """Return the class that a method is written in."""
        return self.owner_node(function)

    def is_method(self, source: Source, function: Node) -> bool:
        """Whether a function is written in a class."""
        return self.owner_node(function) is not None

    def receiver(self, source: Source, function: Node) -> str | None:
        """Return the name of the first parameter of a method, unless it is static."""
        if self.owner_node(function) is None:
            return None
        if any(source.text(d) == "staticmethod" for d in self.decorators(source, function)):
            return None
        params = self.params(source, function)
        return params[0].name if params else None

    def qualified_name(self, source: Source, node: Node) -> str:
        """Return a function's or class's name with the names of the classes around it."""
        names: list[str] = []
        at: Node | None = node
        while at is not None:
            if at.type in ("function_definition", "class_definition"):
                name = at.child_by_field_name("name")
                if name is not None and (at == node or at.type == "class_definition"):
                    names.append(source.text(name))
            at = at.parent
        return ".".join(reversed(names))

    def decorators(self, source: Source, node: Node) -> list[Node]:
        """Return the decorators' expressions, the outermost first."""
        parent = node.parent
        if parent is None or parent.type != "decorated_definition":
            return []
        return [
            d.named_children[0]
            for d in parent.named_children
            if d.type == "decorator" and d.named_children
        ]

    def is_property(self, source: Source, function: Node) -> bool:
        """Whether a function is read like a field."""
        return any("property" in source.text(d) for d in self.decorators(source, function))

    def params(self, source: Source, function: Node) -> list[Param]:
        """Return the parameters in order, starred ones marked."""
        given = function.child_by_field_name("parameters")
        out: list[Param] = []
        named_only = False
        for child in given.named_children if given is not None else ():
            if child.type == "keyword_separator":
                named_only = True
                continue
            if child.type in ("comment", "positional_separator"):
                continue
            name = child.child_by_field_name("name")
            starred = child
            if name is None:
                first = child.named_children[0] if child.type == "typed_parameter" else child
                starred = name = first
            variadic = starred.type in ("list_splat_pattern", "dictionary_splat_pattern")
            if variadic and name.named_children:
                name = name.named_children[0]
            out.append(
                Param(
                    source.text(name),
                    child,
                    child.child_by_field_name("value"),
                    child.child_by_field_name("type"),
                    variadic and starred.type == "list_splat_pattern",
                    named_only or starred.type == "dictionary_splat_pattern",
                )
            )
            named_only = named_only or starred.type == "list_splat_pattern"
        return out

    def returns(self, source: Source, function: Node) -> list[Node]:
        """Return what ``return`` and ``yield`` give, not those of functions inside."""
        body = function.child_by_field_name("body")
        if body is None:
            return []
        if function.type == "lambda":
            return [body]
        out: list[Node] = []
        stack = [body]
        while stack:
            node = stack.pop()
            if node.type in ("return_statement", "yield") and node.named_children:
                out.append(node.named_children[0])
            elif node.type not in ("function_definition", "class_definition", "lambda"):
                stack.extend(reversed(node.named_children))
        return out

    def is_target(self, node: Node) -> bool:
        """Whether an expression stands left of ``=`` or after ``del``."""
        parent = node.parent
        if parent is None or parent.type == "delete_statement":
            return parent is not None
        left = parent.child_by_field_name("left") if parent.type == "assignment" else None
        return left is not None and left == node

    def is_nothing(self, node: Node) -> bool:
        """Whether an expression is ``None`` or an empty string."""
        empty = node.type == "string" and not any(
            c.type in ("string_content", "interpolation") for c in node.named_children
        )
        return node.type == "none" or empty

    def raises(self, source: Source, function: Node) -> list[Node]:
        """Return what ``raise`` raises; nothing for one that raises again."""
        body = function.child_by_field_name("body")
        out: list[Node] = []
        stack = [body] if body is not None else []
        while stack:
            node = stack.pop()
            if node.type == "raise_statement":
                out += [n for n in node.named_children[:1] if not _is_caught(source, n)]
            elif node.type not in ("function_definition", "class_definition", "lambda"):
                stack.extend(node.named_children)
        return out

    def early_exits(self, source: Source, function: Node) -> list[Node]:
        """Return the blocks that return nothing, not the function's own."""
        body = function.child_by_field_name("body")
        out: list[Node] = []
        stack = [body] if body is not None else []
        while stack:
            node = stack.pop()
            if node.type == "return_statement":
                given = node.named_children
                if node.parent != body and (not given or self.is_nothing(given[0])):
                    out.append(node.parent or node)
            elif node.type not in ("function_definition", "class_definition", "lambda"):
                stack.extend(node.named_children)
        return out

    def return_type(self, source: Source, function: Node) -> Node | None:
        """Return the annotation after the arrow."""
        return function.child_by_field_name("return_type")

    def _generic(self, source: Source, node: Node) -> tuple[str, list[Node]] | None:
        """Return the last name and the arguments of ``X[a, b]``, in its two spellings."""
        if node.type == "subscript":
            head = node.child_by_field_name("value")
            if head is None:
                return None
            return source.text(head).split(".")[-1], node.children_by_field_name("subscript")
        if node.type == "generic_type" and len(node.named_children) == 2:
            head, given = node.named_children
            return source.text(head).split(".")[-1], list(given.named_children)
        return None

    def type_of(self, source: Source, type_node: Node) -> Node | None:
        """Return what names the class in an annotation: ``Optional[X]``, ``X | None`` give X."""
        node = type_node
        for _ in range(8):
            if node.type == "type" and node.named_children:
                node = node.named_children[0]
            elif generic := self._generic(source, node):
                if generic[0] not in OPTIONAL or not generic[1]:
                    return node.child_by_field_name("value") or node.named_children[0]
                node = generic[1][0]
            elif node.type in ("binary_operator", "union_type") and node.named_children:
                known = [c for c in node.named_children if source.text(c) != "None"]
                node = known[0] if known else node.named_children[0]
            else:
                return node
        return node

    def type_node(self, node: Node) -> Node:
        """Return the expression inside of an annotation."""
        return _unwrapped(node)

    def metadata(self, source: Source, type_node: Node) -> list[Node]:
        """Return what ``Annotated[X, …]`` carries after the type."""
        node = type_node
        while node.type == "type" and node.named_children:
            node = node.named_children[0]
        generic = self._generic(source, node)
        if generic is None:
            return []
        if generic[0] == "Annotated":
            return [_unwrapped(n) for n in generic[1][1:]]
        if generic[0] in OPTIONAL and generic[1]:
            return self.metadata(source, generic[1][0])
        return []

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        """Return the tests of the ``if`` around a node, up to its function."""
        out: list[Condition] = []
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type in ("if_statement", "elif_clause"):
                test = parent.child_by_field_name("condition")
                if test is not None and test != child:
                    inside = parent.child_by_field_name("consequence") == child
                    out.append(_condition(source, test, not inside))
            child, parent = parent, parent.parent
        return out

    def is_conditional(self, node: Node) -> bool:
        """Whether a node stands in a branch inside its function."""
        parent = node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type in BRANCHES:
                return True
            parent = parent.parent
        return False

    def fields(self, source: Source, cls: Node) -> list[str]:
        """Return the annotated names in a class's body, in order."""
        body = cls.child_by_field_name("body")
        out = []
        for statement in body.named_children if body is not None else ():
            inner = statement.named_children[0] if statement.named_children else statement
            if inner.type == "assignment" and inner.child_by_field_name("type") is not None:
                left = inner.child_by_field_name("left")
                if left is not None and left.type == "identifier":
                    out.append(source.text(left))
        return out


def _unwrapped(node: Node) -> Node:
    while node.type == "type" and node.named_children:
        node = node.named_children[0]
    return node


def _condition(source: Source, test: Node, negated: bool) -> Condition:
    while test.type == "parenthesized_expression" and test.named_children:
        test = test.named_children[0]
    if test.type == "not_operator" and test.named_children:
        return _condition(source, test.named_children[0], not negated)
    if test.type == "comparison_operator" and test.named_child_count == 2:
        left, right = test.named_children
        operator = source.text(test.children[1])
        if operator in ("==", "is", "!=", "is not"):
            return Condition(left, (right,), negated != (operator in ("!=", "is not")))
        if operator == "in" and right.type in ("list", "tuple", "set"):
            return Condition(left, tuple(right.named_children), negated)
    return Condition(test, (), negated)


__all__ = ["Assigned", "PythonDefinitions", "Typed"]


def _is_caught(source: Source, raised: Node) -> bool:
    """Whether a name is what the ``except … as name`` around it has caught."""
    node = raised.parent
    while node is not None and node.type != "function_definition":
        if node.type == "except_clause":
            alias = next((c for c in node.named_children if c.type == "as_pattern"), None)
            target = alias.child_by_field_name("alias") if alias is not None else None
            if target is not None and source.text(target) == source.text(raised):
                return True
        node = node.parent
    return False
