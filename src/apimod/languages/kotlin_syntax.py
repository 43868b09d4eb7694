"""Kotlin: what its classes and functions declare, as one file shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages import kotlin_forms
from apimod.languages.forms import Assigned, Binding, Condition, Defined, Form, Param, Typed
from apimod.languages.kotlin_annotations import alone, blanked
from apimod.languages.kotlin_bind import Binder
from apimod.languages.kotlin_forms import CLASSES, FUNCTIONS, plain

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.languages.scopes import Scopes
    from apimod.source import Source

CONSTRUCTOR = "<init>"
TYPES = frozenset({"user_type", "nullable_type", "function_type", "parenthesized_type"})
BODIES = frozenset({"class_body", "enum_class_body"})
BRANCHES = frozenset({"if_expression", "when_entry", "catch_block"})


class KotlinSyntax:
    """The syntax of Kotlin files."""

    def __init__(self) -> None:
        self._grammar: tree_sitter.Language | None = None

    def grammar(self) -> tree_sitter.Language:
        """Return the grammar."""
        if self._grammar is None:
            import tree_sitter
            import tree_sitter_kotlin

            self._grammar = tree_sitter.Language(tree_sitter_kotlin.language())
        return self._grammar

    def tree(self, source: Source) -> tree_sitter.Tree:
        """Return the tree of a file."""
        return source.tree(self.grammar(), blanked(source))

    def form(self, source: Source, node: Node) -> Form | None:
        """Return what an expression is."""
        return kotlin_forms.form(source, node)

    def bind(self, source: Source) -> Scopes:
        """Return the scopes of a file."""
        return Binder(self, source).run()

    # --- functions -------------------------------------------------------------------------------

    def parameter_list(self, function: Node) -> Node | None:
        """Return the node that holds the parameters of a function, lambda or class."""
        if function.type in CLASSES:
            made = next((c for c in plain(function) if c.type == "primary_constructor"), None)
            function = made if made is not None else function
        wanted = ("function_value_parameters", "lambda_parameters", "class_parameters")
        return next((c for c in plain(function) if c.type in wanted), None)

    def params(self, source: Source, function: Node) -> list[Param]:
        """Return the parameters in order; ``it`` where a lambda declares none."""
        given = self.parameter_list(function)
        if given is None:
            return [Param("it", function)] if function.type == "lambda_literal" else []
        out: list[Param] = []
        variadic = False
        for child in plain(given):
            if child.type == "parameter_modifiers":
                variadic = "vararg" in source.text(child)
                continue
            if child.type not in ("parameter", "class_parameter", "variable_declaration"):
                default = out.pop() if out else None
                if default is not None:  # the default value stands beside its parameter
                    out.append(Param(default.name, default.node, child, default.type))
                continue
            inner = plain(child)
            name = next((c for c in inner if c.type == "identifier"), None)
            kind = next((c for c in inner if c.type in TYPES), None)
            value = None
            if any(c.type == "=" for c in child.children) and inner:
                value = inner[-1]
            if name is not None:
                out.append(Param(source.text(name), child, value, kind, variadic))
            variadic = False
        return out

    def returns(self, source: Source, function: Node) -> list[Node]:
        """Return what a function gives back: its expression, its last one for a lambda."""
        if function.type in CLASSES:
            return []
        if function.type == "lambda_literal":
            children = [c for c in plain(function) if c.type != "lambda_parameters"]
            last = children[-1:]
            if last and last[0].type == "return_expression":
                return [c for c in plain(last[0])][-1:]
            return last
        body = next((c for c in plain(function) if c.type == "function_body"), None)
        if body is None or not plain(body):
            return []
        if plain(body)[0].type != "block":
            return plain(body)[:1]
        out: list[Node] = []
        stack = [plain(body)[0]]
        while stack:
            node = stack.pop()
            if node.type == "return_expression":
                out += plain(node)[-1:]
            elif node.type not in FUNCTIONS and node.type not in CLASSES:
                stack.extend(reversed(node.named_children))
        return out

    def return_type(self, source: Source, function: Node) -> Node | None:
        """Return the declared type of the result."""
        seen = False
        for child in function.children:
            if child.type == "function_value_parameters":
                seen = True
            elif seen and child.type in TYPES:
                return child
        return None

    def function_name(self, source: Source, function: Node) -> str | None:
        """Return a function's or class's name; constructors have one of their own."""
        if function.type == "secondary_constructor":
            return CONSTRUCTOR
        if function.type == "companion_object":
            return "Companion"
        name = function.child_by_field_name("name")
        return source.text(name).strip("`") if name is not None else None

    def raises(self, source: Source, function: Node) -> list[Node]:
        """Return the expressions that a function throws."""
        out: list[Node] = []
        stack = [function]
        while stack:
            node = stack.pop()
            if node.type == "throw_expression":
                out += plain(node)[:1]
            elif node is function or node.type not in FUNCTIONS:
                stack.extend(node.named_children)
        return out

    def owner_class(self, function: Node) -> Node | None:
        """Return the class that a method is written in."""
        outer = function.parent
        while outer is not None and outer.type not in CLASSES:
            if outer.type == "object_literal" or outer.type in FUNCTIONS:
                return None
            outer = outer.parent
        return outer

    def is_static(self, function: Node) -> bool:
        """Whether a function belongs to an object that there is one of."""
        return False

    # --- classes ---------------------------------------------------------------------------------

    def outer_names(self, source: Source, node: Node) -> list[str]:
        """Return the names of the classes around a node, the outermost first."""
        out: list[str] = []
        outer = node.parent
        while outer is not None:
            if outer.type in CLASSES:
                out.append(self.function_name(source, outer) or "")
            outer = outer.parent
        return out[::-1]

    def decorators(self, source: Source, node: Node) -> list[Node]:
        """Return the annotations of a class, function, property or parameter."""
        out: list[Node] = []
        holders = [node]
        if node.type in CLASSES and node.parent is not None and node.parent.type == "source_file":
            data = alone(source, node.start_byte)
            holders += source.tree(self.grammar(), data).root_node.children if data else []
        for holder in holders:
            modifiers = next((c for c in holder.children if c.type == "modifiers"), None)
            given = modifiers.named_children if modifiers is not None else ()
            out += [c for c in given if c.type == "annotation"]
        return out

    def type_of(self, source: Source, node: Node) -> Node | None:
        """Return the type without the sign that it may be null."""
        while node.type in ("nullable_type", "parenthesized_type") and plain(node):
            node = plain(node)[0]
        return node

    def components(self, cls: Node) -> list[Node]:
        """Return the parameters of a class's own constructor."""
        given = self.parameter_list(cls)
        return [c for c in plain(given) if c.type == "class_parameter"] if given else []

    def fields(self, source: Source, cls: Node) -> list[str]:
        """Return the names of what a class's own constructor takes."""
        return [p.name for p in self.params(source, cls)] if self.components(cls) else []

    def bases(self, cls: Node) -> list[Node]:
        """Return the types that a class extends and implements."""
        out: list[Node] = []
        for child in plain(cls):
            if child.type == "delegation_specifiers":
                for each in plain(child):
                    out += self._base(each)
        return out

    def _base(self, node: Node) -> list[Node]:
        for child in plain(node):
            if child.type == "user_type":
                return [child]
            if child.type in ("constructor_invocation", "explicit_delegation"):
                return self._base(child)
        return []

    def type_params(self, source: Source, cls: Node) -> list[str]:
        """Return the names of a class's type parameters."""
        given = next((c for c in plain(cls) if c.type == "type_parameters"), None)
        return [source.text(plain(c)[0]) for c in plain(given)] if given is not None else []

    def kind(self, source: Source, cls: Node) -> str:
        """Return ``class``, ``abstract``, ``interface``, ``annotation``, ``enum`` or ``object``."""
        if cls.type != "class_declaration":
            return "object"
        if any(c.type == "interface" for c in cls.children):
            return "interface"
        modifiers = next((c for c in cls.children if c.type == "modifiers"), None)
        words = source.text(modifiers).split() if modifiers is not None else []
        for kind in ("abstract", "sealed", "annotation", "enum"):
            if kind in words:
                return "abstract" if kind == "sealed" else kind
        return "class"

    def body(self, cls: Node) -> list[Node]:
        """Return the declarations in a class."""
        return [c for b in plain(cls) if b.type in BODIES for c in plain(b)]

    def elements(self, source: Source, cls: Node) -> list[tuple[str, Node, Node | None]]:
        """Return the parameters of an annotation class with their defaults."""
        return [(p.name, p.node, p.default) for p in self.params(source, cls)]

    def members(self, source: Source, cls: Node) -> list[tuple[str, Binding]]:
        """Return functions, properties and inner classes by their names."""
        out: list[tuple[str, Binding]] = []
        for child in self.body(cls):
            if child.type == "companion_object":
                out += [(name, b) for name, b in self.members(source, child)]
                out.append(("Companion", Defined(child)))
            elif child.type in ("function_declaration", "secondary_constructor") or (
                child.type in CLASSES
            ):
                out.append((self.function_name(source, child) or "", Defined(child)))
            elif child.type == "enum_entry" and plain(child):
                name = next((c for c in plain(child) if c.type == "identifier"), None)
                if name is not None:
                    out.append((source.text(name), Assigned(child)))
            elif child.type == "property_declaration":
                out += self.property(source, child)
        for param in self.params(source, cls) if self.components(cls) else ():
            if param.type is not None:
                out.append((param.name, Typed(param.type)))
            if param.default is not None:
                out.append((param.name, Assigned(param.default)))
        return out

    def property(self, source: Source, node: Node) -> list[tuple[str, Binding]]:
        """Return the names that a property declares, with value and type."""
        out: list[tuple[str, Binding]] = []
        children = plain(node)
        pattern = next((c for c in children if c.type.endswith("variable_declaration")), None)
        if pattern is None:
            return []
        after = [c for c in children if c.start_byte >= pattern.end_byte and c.type not in TYPES]
        value = next((c for c in after if c.type not in ("getter", "setter")), None)
        if value is not None and value.type == "property_delegate":
            value = None
        got = next((c for c in after if c.type == "getter"), None)
        if value is None and got is not None:
            body = next((c for c in plain(got) if c.type == "function_body"), None)
            inner = plain(body) if body is not None else []
            value = inner[0] if inner and inner[0].type != "block" else None
        several = pattern.type == "multi_variable_declaration"
        for index, item in enumerate(plain(pattern) if several else [pattern]):
            name = next((c for c in plain(item) if c.type == "identifier"), None)
            kind = next((c for c in plain(item) if c.type in TYPES), None)
            if name is None:
                continue
            label = source.text(name).strip("`")
            if value is not None:
                out.append((label, Assigned(value, index if several else None)))
            if kind is not None:
                out.append((label, Typed(kind)))
        return out

    # --- statements ------------------------------------------------------------------------------

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        """Return the tests of the ``if`` around a node, up to its function."""
        out: list[Condition] = []
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if parent.type == "if_expression":
                test = parent.child_by_field_name("condition")
                if test is not None and test != child:
                    branches = [c for c in plain(parent) if c != test]
                    out.append(Condition(test, (), bool(branches) and branches[0] != child))
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
