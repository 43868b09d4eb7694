"""JavaScript: which scope binds which name, and what a file exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.languages.forms import (
    Assigned,
    Binding,
    Defined,
    Element,
    Parameter,
    Part,
    Receiver,
    Typed,
)
from apimod.languages.javascript_defs import (
    CLASSES,
    FUNCTIONS,
    THIS,
    children,
    field,
    heritage,
    key_text,
    unwrapped,
)
from apimod.languages.javascript_exports import Exports, spec_of, spec_words
from apimod.languages.javascript_loops import loop_of
from apimod.languages.scopes import FieldSet, Scope
from apimod.languages.tree_binder import TreeBinder

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.javascript_defs import JavaScriptDefinitions
    from apimod.source import Source

WORD = re.compile(r"[A-Za-z_]\w*")
ADDERS = frozenset({"push", "unshift", "add"})
PATTERNS = frozenset({"object_pattern", "array_pattern"})

Steps = tuple[int | str, ...]


class Binder(TreeBinder):
    """What each node of the language binds, and what a file exports."""

    def __init__(self, language: JavaScriptDefinitions, source: Source) -> None:
        self.language = language
        super().__init__(source, source.tree(language.grammar(source.path)).root_node)
        self.exports = Exports(source, self.scopes)
        self.handlers = {
            "variable_declarator": self._declarator,
            "assignment_expression": self._assignment,
            "augmented_assignment_expression": self._augmented,
            "enum_declaration": self._defined,
            "type_alias_declaration": self._defined,
            "interface_declaration": self._defined,
            "import_statement": self.exports.imported,
            "export_statement": self.exports.exported,
            "for_in_statement": self._for_in,
            "for_statement": self._for,
            "statement_block": self._block,
            "switch_body": self._block,
            "call_expression": self._call,
            "new_expression": self._call,
            "array": self._elements,
            "object": self._elements,
        }
        self.handlers.update(dict.fromkeys(FUNCTIONS, self._function))
        self.handlers.update(dict.fromkeys(CLASSES, self._class))

    # --- names -----------------------------------------------------------------------------------

    def _function_scope(self, scope: Scope) -> Scope:
        while scope.outer is not None and scope.node.type not in FUNCTIONS:
            scope = scope.outer
        return scope

    def _take(
        self, pattern: Node, base: Binding, steps: Steps, name: str = ""
    ) -> Iterator[tuple[str, Binding]]:
        """Yield the names that a pattern takes out of a value, each with its binding."""
        if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
            binding = Part(base, steps, None, name) if steps else base
            yield self._text(pattern), binding
        elif pattern.type == "object_pattern":
            for child in children(pattern):
                if child.type == "pair_pattern":
                    key = key_text(self.source, field(child, "key"))
                    yield from self._take(field(child, "value"), base, (*steps, key), name)
                elif child.type == "shorthand_property_identifier_pattern":
                    yield from self._take(child, base, (*steps, self._text(child)), name)
                elif child.type == "object_assignment_pattern":
                    left, right = field(child, "left"), child.child_by_field_name("right")
                    text = self._text(left)
                    yield text, Part(base, (*steps, text), right, name)
        elif pattern.type == "array_pattern":
            for index, place in enumerate(_places(pattern)):
                if place is not None:
                    yield from self._take(place, base, (*steps, index), name)
        elif pattern.type == "assignment_pattern":
            right = pattern.child_by_field_name("right")
            for taken, binding in self._take(field(pattern, "left"), base, steps, name):
                yield taken, Part(base, steps, right, name) if steps else binding

    def _declarator(self, node: Node, scope: Scope) -> None:
        if node.parent is not None and node.parent.type == "variable_declaration":
            scope = self._function_scope(scope)
        name, value = field(node, "name"), node.child_by_field_name("value")
        declared = node.child_by_field_name("type")
        if value is None:
            bindings = scope.names[self._text(name)]
            if declared is not None:
                bindings.append(Typed(declared))
            return
        for taken, binding in self._take(name, Assigned(value), ()):
            scope.names[taken].append(binding)
            if declared is not None and name.type == "identifier":
                scope.names[taken].append(Typed(declared))

    def _assignment(self, node: Node, scope: Scope) -> None:
        left = unwrapped(field(node, "left"))
        value: Node = field(node, "right")
        while value.type == "assignment_expression":
            value = field(value, "right")
        self.exports.assigned(left, value)
        if left.type == "member_expression":
            name = self._text(field(left, "property"))
            target = field(left, "object")
            self.scopes.sets[name].append(FieldSet(target, name, value, scope))
        elif left.type == "identifier" or left.type in PATTERNS:
            for taken, binding in self._take(left, Assigned(value), ()):
                self.later.append((taken, binding, scope))

    def _augmented(self, node: Node, scope: Scope) -> None:
        left, right = field(node, "left"), field(node, "right")
        if left.type == "identifier":
            adds = field(node, "operator").type == "+="
            self.later.append((self._text(left), Assigned(right, adds=adds), scope))

    def _defined(self, node: Node, scope: Scope) -> None:
        scope.names[self._text(field(node, "name"))].append(Defined(node))

    # --- scopes ----------------------------------------------------------------------------------

    def _function(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if node.type.endswith("_declaration") and name is not None:
            self._function_scope(scope).names[self._text(name)].append(Defined(node))
        if body is None:
            return
        given = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
        # an arrow begins with its parameters, and is itself seen from outside
        start = max((given or body).start_byte, node.start_byte + 1)
        loop = loop_of(self.source, node)
        kind = "loop" if loop is not None else "function"
        inner = self.scopes.add(Scope(kind, node, start, body.end_byte, scope))  # type: ignore[arg-type]
        if node.type.endswith("_expression") and name is not None:
            inner.names[self._text(name)].append(Defined(node))
        owner = self.language.owner_class(node)
        if owner is not None:
            inner.names[THIS].append(Receiver(owner, node))
            base = heritage(owner)
            if base is not None:
                inner.names["super"].append(Typed(base))
        for index, param in enumerate(self.language.params(self.source, node)):
            base_binding: Binding = Parameter(node, param.name)
            if loop is not None and index == loop.element:
                base_binding = Element(node, loop.iterable)
            elif loop is not None and index == loop.element + 1:
                base_binding = Element(node, loop.iterable, keys=True)
            elif loop is not None and loop.initial is not None and index == 0:
                base_binding = Assigned(loop.initial)
            if param.node.type in PATTERNS:
                inner.names[param.name].append(base_binding)
                for taken, binding in self._take(param.node, base_binding, (), param.name):
                    inner.names[taken].append(binding)
            else:
                inner.names[param.name].append(base_binding)

    def _class(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is not None:
            scope.names[self._text(name)].append(Defined(node))
        if body is not None:
            inner = self.scopes.add(Scope("class", node, body.start_byte, body.end_byte, scope))
            inner.names[THIS].append(Receiver(node, node))

    def _block(self, node: Node, scope: Scope) -> None:
        if not (scope.enters and scope.end == node.end_byte):
            self.scopes.add(Scope("block", node, node.start_byte, node.end_byte, scope))

    def _for_in(self, node: Node, scope: Scope) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        body = node.child_by_field_name("body")
        if left is None or right is None or body is None:
            return
        inner = self.scopes.add(Scope("loop", node, body.start_byte, body.end_byte, scope))
        keys = any(c.type == "in" for c in node.children)
        name = self._text(left) if left.type == "identifier" else "#0"
        base = Element(node, right, keys=keys)
        inner.names[name].append(base)
        if left.type in PATTERNS:
            for taken, binding in self._take(left, base, (), name):
                inner.names[taken].append(binding)

    def _for(self, node: Node, scope: Scope) -> None:
        """``for (let i = 0; i < list.length; i++)`` runs over the positions of a list."""
        body = node.child_by_field_name("body")
        test = node.child_by_field_name("condition")
        while test is not None and test.type == "expression_statement" and test.named_children:
            test = test.named_children[0]
        if body is None or test is None or test.type != "binary_expression":
            return
        left, right = field(test, "left"), field(test, "right")
        if left.type == "identifier" and right.type == "member_expression":
            inner = self.scopes.add(Scope("loop", node, body.start_byte, body.end_byte, scope))
            element = Element(node, field(right, "object"), keys=True)
            inner.names[self._text(left)].append(element)

    # --- calls -----------------------------------------------------------------------------------

    def _call(self, node: Node, scope: Scope) -> None:
        function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        if function is None:
            return
        function = unwrapped(function)
        self.exports.called(node)
        name: Node = function.child_by_field_name("property") or function
        if function.type == "super":
            self._super(node)
        elif self._text(name) != "require" and name.type in (
            "identifier",
            "property_identifier",
            "private_property_identifier",
        ):
            self.scopes.calls[self._text(name)].append(node)
        spec = spec_of(self.source, function)
        if spec is None and function.type == "member_expression":
            spec = spec_of(self.source, field(function, "object"))
        called = function.child_by_field_name("function")
        if spec is None and called is not None and self._text(called) in ("require", "import"):
            self.scopes.calls[self._text(called)].append(node)  # a module whose name is worked out
        if spec:  # require("./x")(app) goes by the last word of its module
            words = spec_words(spec)
            self.scopes.calls[words[-1] if words else ""].append(node)
        given = children(node.child_by_field_name("arguments"))
        target = function.child_by_field_name("object")
        if target is not None and given and self._text(name) in ADDERS:
            self._add(target, given, scope)
        for child in given:
            self._mention(child)

    def _super(self, node: Node) -> None:
        owner: Node | None = node
        while owner is not None and owner.type not in CLASSES:
            owner = owner.parent
        base = heritage(owner) if owner is not None else None
        if base is not None:
            last = base.child_by_field_name("property") or base
            self.scopes.calls[self._text(last)].append(node)

    def _add(self, target: Node, given: list[Node], scope: Scope) -> None:
        """``names.push(value)`` puts ``value`` to the end of what ``names`` holds."""
        if target.type != "identifier":
            return
        for value in given:
            spread = value.type == "spread_element"
            inner = value.named_children[0] if spread else value
            binding = Assigned(inner, None if spread else -1, adds=True)
            self.later.append((self._text(target), binding, scope))

    def _elements(self, node: Node, scope: Scope) -> None:
        for child in children(node):
            self._mention(field(child, "value") if child.type == "pair" else child)

    def _mention(self, node: Node) -> None:
        last = node.child_by_field_name("property") or node
        if last.type in ("identifier", "property_identifier", "shorthand_property_identifier"):
            self.scopes.mentions[self._text(last)].append(node)


def _places(pattern: Node) -> Iterator[Node | None]:
    """Yield the parts of an array pattern, None for each that is left out."""
    part: Node | None = None
    for child in pattern.children[1:]:
        if child.type in (",", "]"):
            yield part
            part = None
        elif child.type != "comment":
            part = child
