"""Go: which scope binds which name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.languages.forms import (
    Assigned,
    Binding,
    Defined,
    Element,
    Imported,
    Parameter,
    Receiver,
    Typed,
)
from apimod.languages.scopes import FieldSet, Scope
from apimod.languages.tree_binder import TreeBinder

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.go_defs import GoDefinitions
    from apimod.source import Source

BLOCKS = frozenset(
    {"block", "if_statement", "expression_switch_statement", "type_switch_statement",
     "expression_case", "default_case", "type_case", "communication_case"}
)  # fmt: skip
VERSION = re.compile(r"v\d+$")


class Binder(TreeBinder):
    """What each node of the language binds."""

    blocks = BLOCKS

    def __init__(self, language: GoDefinitions, source: Source) -> None:
        self.language = language
        super().__init__(source, source.tree(language.grammar(source.path)).root_node)
        self.handlers = {
            "short_var_declaration": self._assign,
            "assignment_statement": self._assign,
            "var_spec": self._spec,
            "const_spec": self._spec,
            "function_declaration": self._function,
            "method_declaration": self._function,
            "func_literal": self._function,
            "type_spec": self._type,
            "type_alias": self._type,
            "import_spec": self._import,
            "for_statement": self._for,
            "call_expression": self._call,
            "composite_literal": self._composite,
            "literal_element": self._element,
        }

    def _is_body(self, node: Node, scope: Scope) -> bool:
        return node.type == "block" and super()._is_body(node, scope)

    def _assign(self, node: Node, scope: Scope) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        names = [c for c in left.named_children if c.type != "comment"]
        values = [c for c in right.named_children if c.type != "comment"]
        for index, name in enumerate(names):
            single = len(values) == len(names)
            if not single and not values:
                continue
            value = values[index] if single else values[0]
            if name.type == "selector_expression" and single:
                self._set(name, value, scope)
            elif name.type == "identifier":
                text = self._text(name)
                for binding in self._appended(text, value) or [
                    Assigned(value, None if single else index)
                ]:
                    if node.type == "short_var_declaration":
                        scope.names[text].append(binding)
                    else:
                        self._reassign(text, binding, scope)

    def _appended(self, name: str, value: Node) -> list[Assigned]:
        """``names = append(names, a, b...)`` adds to what ``names`` holds."""
        function = value.child_by_field_name("function")
        given = value.child_by_field_name("arguments")
        if value.type != "call_expression" or function is None or given is None:
            return []
        arguments = [c for c in given.named_children if c.type != "comment"]
        if self._text(function) != "append" or not arguments or self._text(arguments[0]) != name:
            return []
        return [
            Assigned(a.named_children[0], None, adds=True)
            if a.type == "variadic_argument"
            else Assigned(a, -1, adds=True)
            for a in arguments[1:]
        ]

    def _reassign(self, name: str, binding: Assigned, scope: Scope) -> None:
        at: Scope | None = scope
        while at is not None and name not in at.names:
            at = at.outer
        if at is not None and at.kind != "module":
            at.names[name].append(binding)
        else:
            self.later.append((name, binding, scope))

    def _set(self, left: Node, value: Node, scope: Scope) -> None:
        target, name = left.child_by_field_name("operand"), left.child_by_field_name("field")
        if target is not None and name is not None:
            text = self._text(name)
            self.scopes.sets[text].append(FieldSet(target, text, value, scope))

    def _spec(self, node: Node, scope: Scope) -> None:
        given = node.child_by_field_name("value")
        declared = node.child_by_field_name("type")
        values = list(given.named_children) if given is not None else []
        names = node.children_by_field_name("name")
        for index, name in enumerate(names):
            bindings: list[Binding] = []
            if len(values) == len(names):
                bindings.append(Assigned(values[index]))
            elif values:
                bindings.append(Assigned(values[0], index))
            if declared is not None:
                bindings.append(Typed(declared))
            scope.names[self._text(name)].extend(bindings)

    def _function(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if node.type == "function_declaration" and name is not None:
            scope.names[self._text(name)].append(Defined(node))
        if body is None:
            return
        inner = self.scopes.add(Scope("function", node, body.start_byte, body.end_byte, scope))
        owner = self.language.owner_type(self.source, node)
        receiver = self.language.receiver(self.source, node)
        for param in self.language.params(self.source, node):
            if param.name != receiver:
                inner.names[param.name].append(Parameter(node, param.name))
        if owner is not None:
            self.scopes.methods[self._text(owner)].append(node)
            if receiver is not None:
                inner.names[receiver].append(Receiver(owner, node))
        result = node.child_by_field_name("result")
        if result is not None and result.type == "parameter_list":
            for item in result.named_children:
                declared = item.child_by_field_name("type")
                for child in item.children_by_field_name("name"):
                    if declared is not None:
                        inner.names[self._text(child)].append(Typed(declared))

    def _type(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            scope.names[self._text(name)].append(Defined(node))

    def _import(self, node: Node, scope: Scope) -> None:
        path, alias = node.child_by_field_name("path"), node.child_by_field_name("name")
        if path is None:
            return
        spec = self._text(path)[1:-1]
        if alias is not None:
            if alias.type == "dot":
                self.scopes.stars.append(spec)
            elif alias.type != "blank_identifier":
                self.scopes.module.names[self._text(alias)].append(Imported(spec))
            return
        for name in package_names(spec):
            self.scopes.module.names[name].append(Imported(spec))

    def _for(self, node: Node, scope: Scope) -> None:
        clause = next((c for c in node.named_children if c.type == "range_clause"), None)
        body = node.child_by_field_name("body")
        if clause is None or body is None:
            self.scopes.add(Scope("block", node, node.start_byte, node.end_byte, scope))
            return
        inner = self.scopes.add(Scope("loop", node, body.start_byte, body.end_byte, scope))
        left, right = clause.child_by_field_name("left"), clause.child_by_field_name("right")
        if left is None or right is None:
            return
        for index, name in enumerate(left.named_children[:2]):
            if name.type == "identifier" and self._text(name) != "_":
                binding = Element(node, right, None, keys=index == 0)
                inner.names[self._text(name)].append(binding)

    def _call(self, node: Node, scope: Scope) -> None:
        function = node.child_by_field_name("function")
        if function is None:
            return
        name = function.child_by_field_name("field") or function
        if name.type in ("identifier", "field_identifier"):
            self.scopes.calls[self._text(name)].append(node)
        arguments = node.child_by_field_name("arguments")
        for child in arguments.named_children if arguments is not None else ():
            self._mention(child)

    def _mention(self, node: Node) -> None:
        last = node.child_by_field_name("field") or node
        if last.type in ("identifier", "field_identifier"):
            self.scopes.mentions[self._text(last)].append(node)

    def _element(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            self._mention(child)

    def _composite(self, node: Node, scope: Scope) -> None:
        kind = node.child_by_field_name("type")
        if kind is not None:
            last = kind.child_by_field_name("name") or kind
            self.scopes.constructs[self._text(last).split("[")[0]].append(node)


def package_names(spec: str) -> list[str]:
    """Return the names that a package of this path may go by."""
    parts = [p for p in spec.split("/") if p]
    if len(parts) > 1 and VERSION.fullmatch(parts[-1]):
        parts.pop()
    last = parts[-1] if parts else spec
    last = re.sub(r"\.v\d+$", "", last)
    names = [last]
    plain = last.removeprefix("go-").removesuffix("-go").removesuffix(".go").replace("-", "")
    if plain != last:
        names.append(plain)
    return names
