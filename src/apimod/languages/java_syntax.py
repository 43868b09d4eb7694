"""Java: what its classes and functions declare, as one file shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages import java_forms
from apimod.languages.forms import Assigned, Binding, Condition, Defined, Form, Param, Typed
from apimod.languages.java_bind import Binder
from apimod.languages.java_forms import ANNOTATIONS, CLASSES, FUNCTIONS, plain

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.languages.scopes import Scopes
    from apimod.source import Source

CONSTRUCTOR = "<init>"
BRANCHES = frozenset(
    {"if_statement", "switch_rule", "switch_block_statement_group", "ternary_expression",
     "catch_clause"}
)  # fmt: skip


class JavaSyntax:
    """The syntax of Java files."""

    def __init__(self) -> None:
        self._grammar: tree_sitter.Language | None = None

    def grammar(self) -> tree_sitter.Language:
        """Return the grammar."""
        if self._grammar is None:
            import tree_sitter
            import tree_sitter_java

            self._grammar = tree_sitter.Language(tree_sitter_java.language())
        return self._grammar

    def tree(self, source: Source) -> tree_sitter.Tree:
        """Return the tree of a file."""
        return source.tree(self.grammar())

    def form(self, source: Source, node: Node) -> Form | None:
        """Return what an expression is."""
        return java_forms.form(source, node)

    def bind(self, source: Source) -> Scopes:
        """Return the scopes of a file."""
        return Binder(self, source).run()

    # --- functions -------------------------------------------------------------------------------

    def params(self, source: Source, function: Node) -> list[Param]:
        """Return the parameters in order."""
        if function.type == "compact_constructor_declaration":
            outer = self.owner_class(function)
            given = outer.child_by_field_name("parameters") if outer is not None else None
        else:
            given = function.child_by_field_name("parameters")
        if given is None:
            return []
        if given.type == "identifier":
            return [Param(source.text(given), given)]
        out: list[Param] = []
        for child in plain(given):
            if child.type == "identifier":
                out.append(Param(source.text(child), child))
            elif child.type == "formal_parameter":
                name, kind = child.child_by_field_name("name"), child.child_by_field_name("type")
                if name is not None:
                    out.append(Param(source.text(name), child, None, kind))
            elif child.type == "spread_parameter":
                inner = next((c for c in plain(child) if c.type == "variable_declarator"), None)
                name = inner.child_by_field_name("name") if inner is not None else None
                kinds = [
                    c for c in plain(child) if c.type not in ("modifiers", "variable_declarator")
                ]
                if name is not None:
                    out.append(
                        Param(source.text(name), child, None, kinds[0] if kinds else None, True)
                    )
        return out

    def returns(self, source: Source, function: Node) -> list[Node]:
        """Return what ``return`` gives; the body of a lambda that is an expression."""
        body = function.child_by_field_name("body")
        if body is None:
            return []
        if function.type == "lambda_expression" and body.type != "block":
            return [body]
        out: list[Node] = []
        stack = [body]
        while stack:
            node = stack.pop()
            if node.type == "return_statement":
                out += plain(node)[:1]
            elif node.type not in FUNCTIONS and node.type not in CLASSES:
                stack.extend(reversed(node.named_children))
        return out

    def return_type(self, source: Source, function: Node) -> Node | None:
        """Return the declared type of the result."""
        return function.child_by_field_name("type")

    def function_name(self, source: Source, function: Node) -> str | None:
        """Return a method's name; constructors have one of their own."""
        if function.type in ("constructor_declaration", "compact_constructor_declaration"):
            return CONSTRUCTOR
        name = function.child_by_field_name("name")
        return source.text(name) if name is not None else None

    def raises(self, source: Source, function: Node) -> list[Node]:
        """Return the expressions that a function throws."""
        body = function.child_by_field_name("body")
        out: list[Node] = []
        stack = [body] if body is not None else []
        while stack:
            node = stack.pop()
            if node.type == "throw_statement":
                out += plain(node)[:1]
            elif node.type not in FUNCTIONS:
                stack.extend(node.named_children)
        return out

    def owner_class(self, function: Node) -> Node | None:
        """Return the class that a method is written in."""
        outer = function.parent
        while outer is not None and outer.type not in CLASSES:
            if outer.type == "object_creation_expression" or outer.type in FUNCTIONS:
                return None
            outer = outer.parent
        return outer

    def is_static(self, function: Node) -> bool:
        """Whether a method belongs to its class and no instance."""
        modifiers = _modifiers(function)
        return modifiers is not None and any(c.type == "static" for c in modifiers.children)

    # --- classes ---------------------------------------------------------------------------------

    def outer_names(self, source: Source, node: Node) -> list[str]:
        """Return the names of the classes around a node, the outermost first."""
        out: list[str] = []
        outer = node.parent
        while outer is not None:
            if outer.type in CLASSES:
                name = outer.child_by_field_name("name")
                out.append(source.text(name) if name is not None else "")
            outer = outer.parent
        return out[::-1]

    def decorators(self, source: Source, node: Node) -> list[Node]:
        """Return the annotations of a class, method, field or parameter."""
        modifiers = _modifiers(node)
        given = modifiers.named_children if modifiers is not None else ()
        return [c for c in given if c.type in ANNOTATIONS]

    def type_of(self, source: Source, node: Node) -> Node | None:
        """Return the type without its arguments."""
        while node.type in ("generic_type", "annotated_type") and plain(node):
            node = plain(node)[0] if node.type == "generic_type" else plain(node)[-1]
        return node

    def components(self, cls: Node) -> list[Node]:
        """Return the components of a record."""
        given = cls.child_by_field_name("parameters")
        if cls.type != "record_declaration" or given is None:
            return []
        return [c for c in plain(given) if c.type == "formal_parameter"]

    def fields(self, source: Source, cls: Node) -> list[str]:
        """Return the names of a record's components, or of a class's fields."""
        if cls.type == "record_declaration":
            names = [c.child_by_field_name("name") for c in self.components(cls)]
            return [source.text(n) for n in names if n is not None]
        return []

    def bases(self, cls: Node) -> list[Node]:
        """Return the types that a class extends and implements."""
        out: list[Node] = []
        for child in plain(cls):
            if child.type == "superclass":
                out += plain(child)[:1]
            elif child.type in ("super_interfaces", "extends_interfaces"):
                for each in plain(child):
                    out += plain(each) if each.type == "type_list" else [each]
        return out

    def type_params(self, source: Source, cls: Node) -> list[str]:
        """Return the names of a class's type parameters."""
        given = cls.child_by_field_name("type_parameters")
        return [source.text(plain(c)[0]) for c in plain(given)] if given is not None else []

    def kind(self, source: Source, cls: Node) -> str:
        """Return ``class``, ``abstract``, ``interface``, ``annotation``, ``enum`` or ``record``."""
        kind = cls.type.partition("_")[0]
        if kind == "class":
            modifiers = _modifiers(cls)
            given = modifiers.children if modifiers is not None else ()
            return "abstract" if any(c.type == "abstract" for c in given) else "class"
        return kind

    def body(self, cls: Node) -> list[Node]:
        """Return the declarations in a class."""
        body = cls.child_by_field_name("body")
        out: list[Node] = []
        for child in plain(body) if body is not None else ():
            out += plain(child) if child.type == "enum_body_declarations" else [child]
        return out

    def elements(self, source: Source, cls: Node) -> list[tuple[str, Node, Node | None]]:
        """Return the elements of an annotation type with their defaults."""
        out: list[tuple[str, Node, Node | None]] = []
        for child in self.body(cls):
            name = child.child_by_field_name("name")
            if child.type == "annotation_type_element_declaration" and name is not None:
                out.append((source.text(name), child, child.child_by_field_name("value")))
        return out

    def members(self, source: Source, cls: Node) -> list[tuple[str, Binding]]:
        """Return methods, fields, constants and inner classes by their names."""
        out: list[tuple[str, Binding]] = []
        for child in self.body(cls):
            name = child.child_by_field_name("name")
            if child.type in FUNCTIONS:
                out.append((self.function_name(source, child) or "", Defined(child)))
            elif child.type in CLASSES and name is not None:
                out.append((source.text(name), Defined(child)))
            elif child.type == "enum_constant" and name is not None:
                out.append((source.text(name), Assigned(child)))
            elif child.type in ("field_declaration", "constant_declaration"):
                out += self._fields(source, child)
        for param in self.components(cls):
            label, declared = param.child_by_field_name("name"), param.child_by_field_name("type")
            if label is not None and declared is not None:
                out.append((source.text(label), Typed(declared)))
        return out

    def _fields(self, source: Source, node: Node) -> list[tuple[str, Binding]]:
        out: list[tuple[str, Binding]] = []
        declared = node.child_by_field_name("type")
        for item in node.children_by_field_name("declarator"):
            name, value = item.child_by_field_name("name"), item.child_by_field_name("value")
            if name is None:
                continue
            if value is not None:
                out.append((source.text(name), Assigned(value)))
            if declared is not None:
                out.append((source.text(name), Typed(declared)))
        return out

    # --- statements ------------------------------------------------------------------------------

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        """Return the tests of the ``if`` around a node, up to its function."""
        out: list[Condition] = []
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type == "if_statement":
                test = parent.child_by_field_name("condition")
                inside = parent.child_by_field_name("consequence") == child
                if test is not None and (
                    inside or parent.child_by_field_name("alternative") == child
                ):
                    out.append(_condition(source, test, not inside))
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


def _modifiers(node: Node) -> Node | None:
    return next((c for c in node.children if c.type == "modifiers"), None)


def _condition(source: Source, test: Node, negated: bool) -> Condition:
    while test.type in ("parenthesized_expression", "condition") and test.named_children:
        test = test.named_children[0]
    if test.type == "unary_expression" and test.children[0].type == "!":
        return _condition(source, test.named_children[0], not negated)
    if test.type == "binary_expression":
        operator = source.text(test.children[1])
        left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
        if operator in ("==", "!=") and left is not None and right is not None:
            return Condition(left, (right,), negated != (operator == "!="))
    return Condition(test, (), negated)
