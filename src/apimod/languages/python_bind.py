"""Python: which scope binds which name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
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
from apimod.languages.scopes import FieldSet, Scope, Scopes

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.python_defs import PythonDefinitions
    from apimod.source import Source

COMPREHENSIONS = frozenset(
    {"list_comprehension", "generator_expression", "set_comprehension", "dictionary_comprehension"}
)
ADDERS = frozenset({"append", "extend", "add", "insert"})


class Binder:
    """Walks a file once and notes its scopes, bindings, calls and fields."""

    def __init__(self, language: PythonDefinitions, source: Source) -> None:
        self.language = language
        self.source = source
        self.globals: dict[int, set[str]] = defaultdict(set)
        root = source.tree(language.grammar(source.path)).root_node
        self.root = root
        module = Scope("module", root, 0, len(source.data) + 1, None)
        self.scopes = Scopes(module)
        self.scopes.add(module)
        self.handlers: dict[str, Callable[[Node, Scope], Scope | None]] = {
            "assignment": self._assignment,
            "augmented_assignment": self._assignment,
            "named_expression": self._walrus,
            "function_definition": self._function,
            "lambda": self._function,
            "class_definition": self._class,
            "for_statement": self._for,
            "import_statement": self._import,
            "import_from_statement": self._import_from,
            "global_statement": self._global,
            "as_pattern": self._as,
            "call": self._call,
            "list": self._elements,
            "tuple": self._elements,
        }

    def run(self) -> Scopes:
        """Return the scopes of the file."""
        stack: list[tuple[Node, Scope]] = [(self.root, self.scopes.module)]
        while stack:
            node, scope = stack.pop()
            handler = self.handlers.get(node.type)
            if handler is not None:
                handler(node, scope)
            elif node.type in COMPREHENSIONS:
                self._comprehension(node, scope)
            inner = self.scopes.of(node)
            for child in reversed(node.named_children):
                at = child.start_byte
                within = inner if inner is not None and inner.start <= at < inner.end else scope
                stack.append((child, within))
        self.scopes.finish()
        return self.scopes

    def _text(self, node: Node) -> str:
        return self.source.text(node)

    def _put(self, scope: Scope, name: str, binding: Binding) -> None:
        while scope.kind == "loop" and scope.outer is not None:
            scope = scope.outer
        if name in self.globals.get(scope.node.id, ()):
            scope = self.scopes.module
        scope.names[name].append(binding)

    def _assignment(self, node: Node, scope: Scope) -> Scope | None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None:
            return None
        if right is None:
            type_node = node.child_by_field_name("type")
            if type_node is not None and left.type == "identifier":
                self._put(scope, self._text(left), Typed(type_node))
            return None
        while right.type == "assignment":  # a = b = value
            inner = right.child_by_field_name("right")
            if inner is None:
                return None
            right = inner
        adds = node.type == "augmented_assignment"
        if left.type == "identifier":
            self._put(scope, self._text(left), Assigned(right, adds=adds))
        elif left.type == "attribute":
            self._set(left, right, scope)
        elif left.type in ("pattern_list", "tuple_pattern"):
            for index, part in enumerate(left.named_children):
                if part.type == "identifier":
                    self._put(scope, self._text(part), Assigned(right, index))
        return None

    def _set(self, left: Node, right: Node, scope: Scope) -> None:
        target, name = left.child_by_field_name("object"), left.child_by_field_name("attribute")
        if target is not None and name is not None:
            text = self._text(name)
            self.scopes.sets[text].append(FieldSet(target, text, right, scope))

    def _walrus(self, node: Node, scope: Scope) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is not None and value is not None:
            self._put(scope, self._text(name), Assigned(value))

    def _function(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is not None:
            self._put(scope, self._text(name), Defined(node))
        if body is None:
            return
        inner = self.scopes.add(Scope("function", node, body.start_byte, body.end_byte, scope))
        receiver = self.language.receiver(self.source, node)
        owner = self.language.owner_node(node)
        for param in self.language.params(self.source, node):
            if param.name == receiver and owner is not None:
                is_class = receiver == "cls"
                inner.names[param.name].append(Receiver(owner, node, is_class))
            else:
                inner.names[param.name].append(Parameter(node, param.name))

    def _class(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is not None and body is not None:
            self._put(scope, self._text(name), Defined(node))
            self.scopes.add(Scope("class", node, body.start_byte, body.end_byte, scope))

    def _for(self, node: Node, scope: Scope) -> None:
        body = node.child_by_field_name("body")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if body is None or left is None or right is None:
            return
        inner = self.scopes.add(Scope("loop", node, body.start_byte, body.end_byte, scope))
        self._loop(node, left, right, inner)
        for name, bindings in inner.names.items():
            for binding in bindings:
                self._put(scope, name, binding)

    def _comprehension(self, node: Node, scope: Scope) -> None:
        inner = self.scopes.add(Scope("loop", node, node.start_byte, node.end_byte, scope))
        for child in node.named_children:
            if child.type == "for_in_clause":
                left, right = child.child_by_field_name("left"), child.child_by_field_name("right")
                if left is not None and right is not None:
                    self._loop(node, left, right, inner)

    def _loop(self, loop: Node, left: Node, right: Node, scope: Scope) -> None:
        if left.type == "identifier":
            scope.names[self._text(left)].append(Element(loop, right))
        elif left.type in ("pattern_list", "tuple_pattern"):
            for index, part in enumerate(left.named_children):
                if part.type == "identifier":
                    scope.names[self._text(part)].append(Element(loop, right, index))

    def _import(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            if child.type == "aliased_import":
                name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
                if name is not None and alias is not None:
                    self._put(scope, self._text(alias), Imported(self._text(name)))
            else:
                head = self._text(child).split(".")[0]
                self._put(scope, head, Imported(head))

    def _import_from(self, node: Node, scope: Scope) -> None:
        module_node = node.child_by_field_name("module_name")
        if module_node is None:
            return
        module = self._text(module_node)
        for child in node.children_by_field_name("name"):
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
            if child.type == "aliased_import" and name is not None and alias is not None:
                self._put(scope, self._text(alias), Imported(module, self._text(name)))
            else:
                self._put(scope, self._text(child), Imported(module, self._text(child)))
        if any(c.type == "wildcard_import" for c in node.named_children):
            self.scopes.stars.append(module)

    def _global(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            self.globals[scope.node.id].add(self._text(child))

    def _as(self, node: Node, scope: Scope) -> None:
        parts = node.named_children
        if len(parts) == 2 and parts[1].named_children:
            target = parts[1].named_children[0]
            if target.type == "identifier":
                self._put(scope, self._text(target), Assigned(parts[0]))

    def _call(self, node: Node, scope: Scope) -> None:
        function = node.child_by_field_name("function")
        if function is None:
            return
        name = function.child_by_field_name("attribute") or function
        if name.type != "identifier":
            return
        text = self._text(name)
        self.scopes.calls[text].append(node)
        arguments = node.child_by_field_name("arguments")
        if arguments is None:
            return
        target = function.child_by_field_name("object")
        if text in ADDERS and target is not None and arguments.named_child_count:
            self._add(target, arguments.named_children[-1], text == "extend", scope)
        for child in arguments.named_children:
            if child.type == "keyword_argument":
                child = child.child_by_field_name("value") or child  # noqa: PLW2901
            self._mention(child)

    def _elements(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            self._mention(child)

    def _mention(self, node: Node) -> None:
        last = node.child_by_field_name("attribute") or node
        if last.type == "identifier":
            self.scopes.mentions[self._text(last)].append(node)

    def _add(self, target: Node, value: Node, extends: bool, scope: Scope) -> None:
        """``names.append(value)`` puts ``value`` to the end of what ``names`` holds."""
        if target.type != "identifier":
            return
        name = self._text(target)
        at: Scope | None = scope
        while at is not None:
            if name in at.names:
                at.names[name].append(Assigned(value, None if extends else -1, adds=True))
                return
            at = at.outer
