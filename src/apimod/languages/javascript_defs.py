"""JavaScript and TypeScript: functions, classes, types and conditions, as one file shows them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from apimod.languages.forms import Condition, Param
from apimod.languages.javascript_paths import sourced

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.source import Source

FUNCTIONS = frozenset(
    {"function_declaration", "function_expression", "arrow_function", "method_definition",
     "generator_function", "generator_function_declaration"}
)  # fmt: skip
CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
TYPES = frozenset({"interface_declaration", "enum_declaration"})
FIELDS = frozenset({"public_field_definition", "field_definition"})
BRANCHES = frozenset(
    {"if_statement", "else_clause", "catch_clause", "switch_case", "switch_default",
     "while_statement", "do_statement", "ternary_expression"}
)  # fmt: skip
SEALED = FUNCTIONS | CLASSES
REPORTING = re.compile(r"\b(?:log\w*|console)\b")
THIS = "this"


def field(node: Node, name: str) -> Node:
    """Return a field of a node, the node itself where it is missing."""
    found = node.child_by_field_name(name)
    return found if found is not None else node


def children(node: Node | None) -> list[Node]:
    """Return the named children, comments left out."""
    return [c for c in node.named_children if c.type != "comment"] if node is not None else []


def unwrapped(node: Node) -> Node:
    """Return the expression inside of parentheses and casts."""
    while node.type in INERT and node.named_children:
        node = node.named_children[-1 if node.type == "type_assertion" else 0]
    return node


INERT = frozenset(
    {"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression",
     "await_expression", "type_assertion", "instantiation_expression"}
)  # fmt: skip


def heritage(cls: Node) -> Node | None:
    """Return the expression that a class extends."""
    for child in cls.named_children:
        if child.type == "class_heritage":
            for inner in child.named_children:
                if inner.type == "extends_clause":
                    return inner.child_by_field_name("value") or inner.named_children[0]
                if inner.type != "implements_clause":
                    return inner
    return None


def key_text(source: Source, node: Node) -> str:
    """Return the name that a property goes by; ``""`` for one that is worked out."""
    if node.type == "computed_property_name":
        inner = node.named_children[0] if node.named_children else node
        return source.text(inner).strip("'\"`") if inner.type == "string" else ""
    return source.text(node).strip("'\"")


def member_name(source: Source, node: Node) -> str:
    """Return the name of a class's member."""
    name = node.child_by_field_name("name") or node.child_by_field_name("property")
    return key_text(source, name) if name is not None else ""


class JavaScriptDefinitions(ABC):
    """What functions and classes declare."""

    @abstractmethod
    def grammar(self, path: str) -> tree_sitter.Language:
        """Return the grammar for a file."""

    def owner_class(self, function: Node) -> Node | None:
        """Return the class that a method, or a function kept in a field, is written in."""
        parent = function.parent
        if parent is not None and parent.type in FIELDS:
            parent = parent.parent
        if parent is None or parent.type != "class_body":
            return None
        return parent.parent

    def is_method(self, source: Source, function: Node) -> bool:
        """Whether a function belongs to a class."""
        return self.owner_class(function) is not None

    def receiver(self, source: Source, function: Node) -> str | None:
        """Return ``this`` for what belongs to a class."""
        return THIS if self.owner_class(function) is not None else None

    def declared_type(self, source: Source, function: Node) -> Node | None:
        """Return ``T`` of ``const f: T = function`` and of ``function satisfies T``."""
        child, parent = function, function.parent
        while parent is not None and parent.type in INERT:
            if parent.type in ("satisfies_expression", "as_expression"):
                return self.type_of(source, parent.named_children[-1])
            child, parent = parent, parent.parent
        if parent is None or parent.type not in ("variable_declarator", *FIELDS):
            return None
        kind = parent.child_by_field_name("type")
        same = parent.child_by_field_name("value") == child
        return self.type_of(source, kind) if kind is not None and same else None

    def is_expression(self, function: Node) -> bool:
        """Whether a function stands where its value is used: its own name is known inside alone."""
        if function.type != "function_expression":
            return False
        parent = function.parent
        while parent is not None and parent.type in INERT:
            parent = parent.parent
        return parent is not None and parent.type == "arguments"

    def function_name(self, source: Source, function: Node) -> str | None:
        """Return the name that a function is declared by, or of what it is put into."""
        name = function.child_by_field_name("name")
        if name is not None:
            return key_text(source, name) or None
        child, parent = function, function.parent
        while parent is not None and parent.type in INERT:
            child, parent = parent, parent.parent
        if parent is None:
            return None
        if parent.type == "variable_declarator" and parent.child_by_field_name("value") == child:
            target = field(parent, "name")
            return source.text(target) if target.type == "identifier" else None
        if parent.type == "pair" and parent.child_by_field_name("value") == child:
            return key_text(source, field(parent, "key")) or None
        if parent.type in FIELDS:
            return member_name(source, parent) or None
        if parent.type == "assignment_expression" and parent.child_by_field_name("right") == child:
            left = field(parent, "left")
            name = left.child_by_field_name("property") if left.type != "identifier" else left
            text = source.text(name) if name is not None else ""
            return text if text not in ("exports", "") else None
        return None

    def qualified_name(self, source: Source, node: Node) -> str:
        """Return a function's or class's name with the names of the classes around it."""
        if node.type in FUNCTIONS:
            own = self.function_name(source, node) or ""
        else:
            name = node.child_by_field_name("name")
            own = source.text(name) if name is not None else ""
        names = [own] if own else []
        at: Node | None = self.owner_class(node) if node.type in FUNCTIONS else node.parent
        while at is not None and names:
            name = at.child_by_field_name("name")
            if at.type in CLASSES and name is not None:
                names.append(source.text(name))
            at = at.parent
        return ".".join(reversed(names))

    def decorators(self, source: Source, node: Node) -> list[Node]:
        """Return the decorators' expressions, the outermost first."""
        found = [c for c in node.children if c.type == "decorator"]
        before = node.prev_named_sibling
        early: list[Node] = []
        while before is not None and before.type in ("decorator", "comment"):
            if before.type == "decorator":
                early.append(before)
            before = before.prev_named_sibling
        found = early[::-1] + found
        parent = node.parent
        if parent is not None and parent.type == "export_statement":
            found = [c for c in parent.children if c.type == "decorator"] + found
        return [d.named_children[0] for d in dict.fromkeys(found) if d.named_children]

    def is_property(self, source: Source, function: Node) -> bool:
        """Whether a function is a getter."""
        return function.type == "method_definition" and any(
            c.type == "get" for c in function.children[:4]
        )

    def params(self, source: Source, function: Node) -> list[Param]:
        """Return the parameters; one that is taken apart goes by its position."""
        given = function.child_by_field_name("parameters")
        single = function.child_by_field_name("parameter")
        nodes = children(given) if given is not None else [single] if single is not None else []
        out: list[Param] = []
        for index, node in enumerate(nodes):
            if node.type in ("decorator", "this"):
                continue
            inner = node.child_by_field_name("pattern") or node.child_by_field_name("left") or node
            default = node.child_by_field_name("value") or node.child_by_field_name("right")
            variadic = inner.type == "rest_pattern"
            if variadic and inner.named_children:
                inner = inner.named_children[0]
            name = source.text(inner) if inner.type == "identifier" else f"#{index}"
            if name != THIS:
                kind = node.child_by_field_name("type")
                out.append(Param(name, inner, default, kind, variadic))
        return out

    def returns(self, source: Source, function: Node) -> list[Node]:
        """Return what ``return`` gives, or the expression of an arrow."""
        body = function.child_by_field_name("body")
        if body is None:
            return []
        if body.type != "statement_block":
            return [body]
        return [n.named_children[0] for n in _own(body, "return_statement") if n.named_children]

    def return_type(self, source: Source, function: Node) -> Node | None:
        """Return the declared type of a function's result."""
        return function.child_by_field_name("return_type")

    def raises(self, source: Source, function: Node) -> list[Node]:
        """Return what ``throw`` throws, not in functions inside."""
        body = function.child_by_field_name("body")
        if body is None:
            return []
        return [n.named_children[0] for n in _own(body, "throw_statement") if n.named_children]

    def is_nothing(self, node: Node) -> bool:
        """Whether an expression is ``null`` or ``undefined``."""
        return node.type in ("null", "undefined")

    def early_exits(self, source: Source, function: Node) -> list[Node]:
        """Return the branches that leave a function with nothing."""
        body = function.child_by_field_name("body")
        names = {p.name for p in self.params(source, function)}
        out: list[Node] = []
        for node in _own(body, "return_statement") if body is not None else ():
            given = node.named_children
            nothing = not given or self.is_nothing(given[0])
            if node.parent != body and (nothing or self._goes_on(source, node, names)):
                out.append(node.parent or node)
        return out

    def _goes_on(self, source: Source, node: Node, names: set[str]) -> bool:
        """Whether ``return next()`` stands where something is missing."""
        call = unwrapped(node.named_children[0])
        function = call.child_by_field_name("function")
        if function is None or source.text(function) not in names:
            return False
        if children(call.child_by_field_name("arguments")):
            return False
        for condition in self.conditions(source, node)[:1]:
            empty = any(self.is_nothing(n) for n in condition.equals)
            return condition.negated != empty
        return False

    def started(self, code: Codebase, folder: str, path: str) -> str | None:
        """Return the source file that a command in a folder means by a path."""
        return sourced(code, folder, path)

    def type_of(self, source: Source, type_node: Node) -> Node | None:
        """Return what names the class in a type: ``X<T> | null`` gives ``X``."""
        node: Node = type_node
        for _ in range(8):
            if node.type in ("type_annotation", "parenthesized_type", "readonly_type"):
                if not node.named_children:
                    return None
                node = node.named_children[0]
            elif node.type == "generic_type":
                name = field(node, "name")
                given = children(node.child_by_field_name("type_arguments"))
                if source.text(name) not in ("Promise", "Readonly", "Partial", "Required"):
                    return name
                if not given:
                    return None
                node = given[0]
            elif node.type in ("union_type", "intersection_type") and node.named_children:
                known = [c for c in node.named_children if source.text(c) not in EMPTY]
                node = known[0] if known else node.named_children[0]
            else:
                return node if node.type not in ("predefined_type", "array_type") else None
        return node

    def type_node(self, node: Node) -> Node:
        """Return the type after a colon."""
        while node.type == "type_annotation" and node.named_children:
            node = node.named_children[0]
        return node

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        """Return the tests of the ``if`` and ``switch`` around a node, up to its function."""
        out: list[Condition] = []
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type == "if_statement":
                test = parent.child_by_field_name("condition")
                if test is not None and test != child:
                    inside = parent.child_by_field_name("consequence") == child
                    out.append(_condition(test, not inside))
            elif parent.type == "switch_case" and parent.child_by_field_name("value") != child:
                switch = parent.parent.parent if parent.parent is not None else None
                subject = switch.child_by_field_name("value") if switch is not None else None
                value = parent.child_by_field_name("value")
                if subject is not None and value is not None:
                    out.append(Condition(unwrapped(subject), (value,)))
            child, parent = parent, parent.parent
        return out

    def is_conditional(self, node: Node) -> bool:
        """Whether a node stands in a branch inside its function."""
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type in BRANCHES and parent.child_by_field_name("condition") != child:
                return True
            child, parent = parent, parent.parent
        return False

    def is_swallowed(self, source: Source, node: Node) -> bool:
        """Whether a ``catch`` around a node neither throws nor answers."""
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            handler = parent.child_by_field_name("handler")
            if parent.type == "try_statement" and handler is not None and handler != child:
                return not _answers(source, handler)
            if parent.type == "call_expression":
                callee = source.text(field(parent, "function"))
                if callee.endswith(".catch") and child == parent.child_by_field_name("function"):
                    return not _answers(source, field(parent, "arguments"))
            child, parent = parent, parent.parent
        return False

    def is_abstract(self, source: Source, cls: Node) -> bool:
        """Whether a class has no instances of its own."""
        return cls.type in ("interface_declaration", "abstract_class_declaration")


EMPTY = ("null", "undefined", "void")


def _own(body: Node, kind: str) -> list[Node]:
    """Return the statements of a kind in a body, not those of functions and classes inside."""
    out: list[Node] = []
    stack = [body]
    while stack:
        node = stack.pop()
        if node.type == kind:
            out.append(node)
        elif node.type not in SEALED:
            stack.extend(reversed(node.named_children))
    return out


def _condition(test: Node, negated: bool) -> Condition:
    test = unwrapped(test)
    if test.type == "unary_expression" and test.children[0].type == "!":
        return _condition(field(test, "argument"), not negated)
    if test.type == "binary_expression":
        operator = test.children[1].type
        if operator in ("==", "===", "!=", "!=="):
            left, right = field(test, "left"), field(test, "right")
            return Condition(left, (right,), negated != operator.startswith("!"))
    return Condition(test, (), negated)


def _answers(source: Source, handler: Node) -> bool:
    """Whether what catches an error throws, or calls something that does more than log."""
    stack = [handler]
    while stack:
        node = stack.pop()
        function = node.child_by_field_name("function")
        if node.type == "throw_statement":
            return True
        if node.type == "call_expression" and function is not None:
            name = source.text(function)
            if not REPORTING.search(name):
                return True
        stack += node.named_children
    return False
