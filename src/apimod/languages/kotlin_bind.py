"""Kotlin: which scope binds which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages.forms import Assigned, Defined, Element, Imported, Parameter, Receiver
from apimod.languages.kotlin_forms import CLASSES, FUNCTIONS, callee, plain, type_name
from apimod.languages.scopes import FieldSet, Scope
from apimod.languages.tree_binder import TreeBinder

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.kotlin_syntax import KotlinSyntax
    from apimod.source import Source

BLOCKS = frozenset({"block", "if_expression", "when_entry", "try_expression", "while_statement"})


class Binder(TreeBinder):
    """What each node of the language binds."""

    blocks = BLOCKS

    def __init__(self, syntax: KotlinSyntax, source: Source) -> None:
        self.syntax = syntax
        super().__init__(source, syntax.tree(source).root_node)
        self.handlers = {
            "import": self._import,
            "property_declaration": self._property,
            "enum_entry": self._constant,
            "assignment": self._assign,
            "for_statement": self._for,
            "call_expression": self._call,
            "constructor_invocation": self._construct,
        }
        self.handlers.update(dict.fromkeys(FUNCTIONS, self._function))
        self.handlers.update(dict.fromkeys(CLASSES, self._class))

    def _text(self, node: Node) -> str:
        return self.source.text(node).strip("`")

    def _import(self, node: Node, scope: Scope) -> None:
        children = plain(node)
        if not children:
            return
        path = self._text(children[0]).replace("`", "")
        if any(c.type == "*" for c in node.children):
            self.scopes.stars.append(path)
            return
        module, _, name = path.rpartition(".")
        alias = self._text(children[1]) if len(children) > 1 else name
        scope.names[alias].append(Imported(module, name))

    def _property(self, node: Node, scope: Scope) -> None:
        for name, binding in self.syntax.property(self.source, node):
            scope.names[name].append(binding)

    def _constant(self, node: Node, scope: Scope) -> None:
        name = plain(node)[0] if plain(node) else None
        if name is not None and name.type == "identifier":
            scope.names[self._text(name)].append(Assigned(node))
        owner = scope.node.child_by_field_name("name") if scope.kind == "type" else None
        if owner is not None:
            self.scopes.calls[self._text(owner)].append(node)

    def _assign(self, node: Node, scope: Scope) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        children = plain(left)
        if left.type == "navigation_expression" and len(children) == 2:
            name = self._text(children[1])
            self.scopes.sets[name].append(FieldSet(children[0], name, right, scope))
        elif left.type == "identifier":
            name = self._text(left)
            at: Scope | None = scope
            while at is not None and name not in at.names and at.kind != "type":
                at = at.outer
            if at is not None and at.kind not in ("type", "module"):
                at.names[name].append(Assigned(right))
            else:
                self.scopes.sets[name].append(FieldSet(left, name, right, scope))

    def _class(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            scope.names[self._text(name)].append(Defined(node))
        start = name.end_byte if name is not None else node.start_byte
        if node.type == "companion_object":
            scope.names["Companion"].append(Defined(node))
        inner = self.scopes.add(Scope("type", node, start, node.end_byte, scope))
        for param in self.syntax.params(self.source, node):
            inner.names[param.name].append(Parameter(node, param.name))
        if node.type != "class_declaration":
            for key, binding in self.syntax.members(self.source, node):
                if node.type == "companion_object":
                    scope.names[key].append(binding)

    def _function(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        if node.type == "function_declaration" and name is not None:
            scope.names[self._text(name)].append(Defined(node))
        start = self.syntax.parameter_list(node) or node
        inner = self.scopes.add(Scope("function", node, start.start_byte, node.end_byte, scope))
        for param in self.syntax.params(self.source, node):
            inner.names[param.name].append(Parameter(node, param.name))
        if scope.kind == "type" and node.type != "lambda_literal":
            owner = scope.node.child_by_field_name("name")
            if owner is not None:
                inner.names["this"].append(Receiver(owner, node))

    def _for(self, node: Node, scope: Scope) -> None:
        children = plain(node)
        if len(children) < 3:
            return
        inner = Scope("loop", node, children[-1].start_byte, children[-1].end_byte, scope)
        self.scopes.add(inner)
        names = children[0]
        variables = [names] if names.type == "variable_declaration" else plain(names)
        for index, variable in enumerate(variables):
            label = plain(variable)[0] if plain(variable) else variable
            position = index if len(variables) > 1 else None
            inner.names[self._text(label)].append(Element(node, children[1], position))

    def _called(self, name: str, node: Node, given: list[Node]) -> None:
        self.scopes.calls[name].append(node)
        for child in given:
            value = plain(child)[-1] if child.type == "value_argument" and plain(child) else child
            last = value
            if value.type in ("navigation_expression", "callable_reference") and plain(value):
                last = plain(value)[-1]
            if last.type == "identifier":
                self.scopes.mentions[self._text(last)].append(value)

    def _call(self, node: Node, scope: Scope) -> None:
        parent = node.parent
        if parent is not None and parent.type == "call_expression" and callee(parent)[0] != node:
            siblings = plain(parent)
            if siblings and siblings[0] == node:
                return  # the brackets of a call whose last argument stands behind them
        function, given = callee(node)
        last = plain(function)[-1] if function.type == "navigation_expression" else function
        if last.type == "identifier":
            self._called(self._text(last), node, given)

    def _construct(self, node: Node, scope: Scope) -> None:
        kind = plain(node)[0]
        given = next((c for c in plain(node) if c.type == "value_arguments"), None)
        parent = node.parent
        if kind.type == "user_type" and (parent is None or parent.type != "annotation"):
            name = type_name(self.source, kind).rpartition(".")[2]
            self._called(name, node, plain(given) if given is not None else [])
