"""Java: which scope binds which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages.forms import Assigned, Defined, Element, Imported, Parameter, Receiver, Typed
from apimod.languages.java_forms import CLASSES, FUNCTIONS, plain
from apimod.languages.scopes import FieldSet, Scope
from apimod.languages.tree_binder import TreeBinder

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.java_syntax import JavaSyntax
    from apimod.source import Source

BLOCKS = frozenset(
    {"block", "if_statement", "for_statement", "switch_block", "switch_block_statement_group",
     "try_statement", "catch_clause", "try_with_resources_statement", "while_statement",
     "constructor_body"}
)  # fmt: skip
BODIES = frozenset({"block", "constructor_body"})


class Binder(TreeBinder):
    """What each node of the language binds."""

    blocks = BLOCKS

    def __init__(self, syntax: JavaSyntax, source: Source) -> None:
        self.syntax = syntax
        super().__init__(source, syntax.tree(source).root_node)
        self.handlers = {
            "import_declaration": self._import,
            "local_variable_declaration": self._variables,
            "field_declaration": self._variables,
            "constant_declaration": self._variables,
            "enum_constant": self._constant,
            "assignment_expression": self._assign,
            "enhanced_for_statement": self._for,
            "method_invocation": self._call,
            "explicit_constructor_invocation": self._super_call,
            "object_creation_expression": self._new,
        }
        self.handlers.update(dict.fromkeys(FUNCTIONS, self._function))
        self.handlers.update(dict.fromkeys(CLASSES, self._class))

    def _is_body(self, node: Node, scope: Scope) -> bool:
        return node.type in BODIES and super()._is_body(node, scope)

    def _import(self, node: Node, scope: Scope) -> None:
        children = plain(node)
        if not children:
            return
        path = self._text(children[0])
        if any(c.type == "asterisk" for c in children):
            self.scopes.stars.append(path)
            return
        module, _, name = path.rpartition(".")
        scope.names[name].append(Imported(module, name))

    def _variables(self, node: Node, scope: Scope) -> None:
        declared = node.child_by_field_name("type")
        for item in node.children_by_field_name("declarator"):
            name, value = item.child_by_field_name("name"), item.child_by_field_name("value")
            if name is None:
                continue
            bindings = scope.names[self._text(name)]
            if value is not None:
                bindings.append(Assigned(value))
            if declared is not None and self._text(declared) != "var":
                bindings.append(Typed(declared))

    def _constant(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            scope.names[self._text(name)].append(Assigned(node))
        self._called(self._owner(node), node)

    def _owner(self, node: Node) -> str:
        outer = node.parent
        while outer is not None and outer.type not in CLASSES:
            outer = outer.parent
        name = outer.child_by_field_name("name") if outer is not None else None
        return self._text(name) if name is not None else ""

    def _assign(self, node: Node, scope: Scope) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        if left.type == "field_access":
            target, name = left.child_by_field_name("object"), left.child_by_field_name("field")
            if target is not None and name is not None:
                text = self._text(name)
                self.scopes.sets[text].append(FieldSet(target, text, right, scope))
        elif left.type == "identifier":
            text = self._text(left)
            at: Scope | None = scope
            while at is not None and text not in at.names and at.kind != "type":
                at = at.outer
            if at is not None and at.kind not in ("type", "module"):
                at.names[text].append(Assigned(right))
            else:
                self.scopes.sets[text].append(FieldSet(left, text, right, scope))

    def _class(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is not None:
            scope.names[self._text(name)].append(Defined(node))
        if body is not None:
            inner = Scope("type", node, body.start_byte, body.end_byte, scope)
            self.scopes.add(inner)
            for param in self.syntax.components(node):
                label = param.child_by_field_name("name")
                declared = param.child_by_field_name("type")
                if label is not None and declared is not None:
                    inner.names[self._text(label)].append(Typed(declared))

    def _function(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        is_method = node.type != "lambda_expression"
        if node.type == "method_declaration" and name is not None and scope.kind == "type":
            scope.names[self._text(name)].append(Defined(node))
        start = node.child_by_field_name("parameters") or node.child_by_field_name("body") or node
        inner = self.scopes.add(Scope("function", node, start.start_byte, node.end_byte, scope))
        for param in self.syntax.params(self.source, node):
            inner.names[param.name].append(Parameter(node, param.name))
        if is_method and scope.kind == "type":
            owner = scope.node.child_by_field_name("name")
            if owner is not None:
                inner.names["this"].append(Receiver(owner, node))

    def _for(self, node: Node, scope: Scope) -> None:
        body, value = node.child_by_field_name("body"), node.child_by_field_name("value")
        name = node.child_by_field_name("name")
        if body is None or value is None or name is None:
            return
        inner = self.scopes.add(Scope("loop", node, body.start_byte, body.end_byte, scope))
        inner.names[self._text(name)].append(Element(node, value))

    def _called(self, name: str, node: Node) -> None:
        self.scopes.calls[name].append(node)
        given = node.child_by_field_name("arguments")
        for child in plain(given) if given is not None else ():
            if child.type == "identifier":
                self.scopes.mentions[self._text(child)].append(child)
            elif child.type == "method_reference" and len(plain(child)) > 1:
                self.scopes.mentions[self._text(plain(child)[-1])].append(child)

    def _call(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self._called(self._text(name), node)

    def _super_call(self, node: Node, scope: Scope) -> None:
        outer: Node | None = node
        while outer is not None and outer.type != "class_declaration":
            outer = outer.parent
        extended = outer.child_by_field_name("superclass") if outer is not None else None
        if extended is not None and extended.named_children:
            self._called(_last(self._text(extended.named_children[0])), node)

    def _new(self, node: Node, scope: Scope) -> None:
        kind = node.child_by_field_name("type")
        if kind is not None:
            self._called(_last(self._text(kind)), node)


def _last(text: str) -> str:
    return text.partition("<")[0].rpartition(".")[2].strip()
