"""Rust: which scope binds which name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from apimod.languages.rust_defs import called, names_in, owner_of, plain
from apimod.languages.scopes import FieldSet, Scope, Scopes

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.base import Language
    from apimod.languages.rust_defs import RustDefinitions
    from apimod.source import Source

BLOCKS = frozenset({"block", "match_arm", "if_expression", "while_expression"})
ADDS = {"push": -1, "push_back": -1, "extend": None, "append": None, "extend_from_slice": None}
"""Methods that put one element, or those of a list, to the end of what they are called on."""


class Binder:
    """Walks a file once and notes its scopes, bindings and calls."""

    def __init__(self, language: RustDefinitions, source: Source) -> None:
        self.language = language
        self.source = source
        reader: Language = language  # type: ignore[assignment]
        self.root = reader.tree(source).root_node
        module = Scope("module", self.root, 0, len(source.data) + 1, None)
        self.scopes = Scopes(module)
        self.scopes.add(module)
        self.modules: dict[int, str] = {self.root.id: ""}
        self.handlers: dict[str, Callable[[Node, Scope], None]] = {
            "use_declaration": self._use,
            "extern_crate_declaration": self._extern,
            "mod_item": self._module,
            "function_item": self._function,
            "closure_expression": self._function,
            "struct_item": self._type,
            "enum_item": self._type,
            "union_item": self._type,
            "trait_item": self._trait,
            "type_item": self._alias,
            "impl_item": self._impl,
            "const_item": self._constant,
            "static_item": self._constant,
            "let_declaration": self._let,
            "let_condition": self._condition,
            "match_arm": self._arm,
            "assignment_expression": self._assign,
            "for_expression": self._for,
            "call_expression": self._call,
            "struct_expression": self._construct,
            "array_expression": self._list,
        }

    def run(self) -> Scopes:
        """Return the scopes of the file."""
        stack: list[tuple[Node, Scope]] = [(self.root, self.scopes.module)]
        while stack:
            node, scope = stack.pop()
            if node.type in BLOCKS and not (scope.enters and scope.start == node.start_byte):
                scope = self.scopes.add(Scope("block", node, node.start_byte, node.end_byte, scope))
            handler = self.handlers.get(node.type)
            if handler is not None:
                handler(node, scope)
            inner = self.scopes.of(node)
            for child in reversed(node.named_children):
                at = child.start_byte
                within = inner if inner is not None and inner.start <= at < inner.end else scope
                stack.append((child, within))
        self.scopes.finish()
        return self.scopes

    def _text(self, node: Node) -> str:
        return self.source.text(node)

    # --- modules and items -----------------------------------------------------------------------

    def _context(self, scope: Scope | None) -> str:
        while scope is not None:
            if scope.node.id in self.modules:
                return self.modules[scope.node.id]
            scope = scope.outer
        return ""

    def _use(self, node: Node, scope: Scope) -> None:
        given = node.child_by_field_name("argument")
        context = self._context(scope)
        for path, name in self._imports(given, "") if given is not None else ():
            if name == "*":
                self.scopes.stars.append(f"{context}|{path}")
                continue
            module, _, last = path.rpartition("::")
            self._path(name, Imported(f"{context}|{module}", last), scope)
            if name[:1].islower():
                scope.names[name + "!"].append(Imported(f"{context}|{module}", last + "!"))
                scope.names[name + ANNOTATION].append(Imported(f"{context}|{module}", last))

    def _imports(self, node: Node, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield each imported path with the name that it goes by."""
        if node.type == "scoped_use_list":
            path, inner = node.child_by_field_name("path"), node.child_by_field_name("list")
            if inner is not None:
                yield from self._imports(inner, _under(prefix, self._text(path) if path else ""))
        elif node.type == "use_list":
            for child in plain(node):
                yield from self._imports(child, prefix)
        elif node.type == "use_as_clause":
            path, alias = node.child_by_field_name("path"), node.child_by_field_name("alias")
            if path is not None and alias is not None:
                text = self._text(path)
                whole = prefix if text == "self" and prefix else _under(prefix, text)
                yield whole, self._text(alias)
        elif node.type == "use_wildcard":
            inner = node.named_children[0] if node.named_children else None
            yield _under(prefix, self._text(inner) if inner is not None else ""), "*"
        elif node.type == "self" and prefix:
            yield prefix, prefix.rpartition("::")[2]
        else:
            whole = _under(prefix, self._text(node))
            yield whole, whole.rpartition("::")[2]

    def _extern(self, node: Node, scope: Scope) -> None:
        name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
        if name is not None and alias is not None:
            self._path(self._text(alias), Imported("|", self._text(name)), scope)

    def _module(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None:
            return
        context = self._context(scope)
        self._path(self._text(name), Imported(f"{context}|self", self._text(name)), scope)
        if body is not None:
            self.scopes.add(Scope("module", node, body.start_byte, body.end_byte, scope))
            self.modules[node.id] = inner = _under(context, self._text(name))
            own = self.scopes.of(node)
            if own is not None:
                own.names["self::"].append(Imported(f"{inner}|", "self"))
                own.names["super"].append(Imported(f"{inner}|", "super"))

    def _function(self, node: Node, scope: Scope) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        owner = owner_of(node) if node.type == "function_item" else None
        if name is not None and owner is None:
            scope.names[self._text(name)].append(Defined(node))
        if body is None:
            return
        inner = self.scopes.add(Scope("function", node, body.start_byte, body.end_byte, scope))
        for param in self.language.params(self.source, node):
            inner.names[param.name].append(Parameter(node, param.name))
            pattern = param.node.child_by_field_name("pattern") or param.node
            for bound in names_in(pattern):
                text = self._text(bound)
                if text != param.name and param.type is not None:
                    inner.names[text].append(Typed(param.type))
        declared = self.language.owner_type(self.source, node)
        if declared is not None and self.language.receiver(self.source, node):
            inner.names["self"].append(Receiver(declared, node))

    def _type(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self._path(self._text(name), Defined(node), scope)

    def _alias(self, node: Node, scope: Scope) -> None:
        name, given = node.child_by_field_name("name"), node.child_by_field_name("type")
        if name is not None and given is not None and owner_of(node) is None:
            self._path(self._text(name), Assigned(given), scope)

    def _trait(self, node: Node, scope: Scope) -> None:
        self._type(node, scope)
        name = node.child_by_field_name("name")
        if name is not None:
            self._own(node, name, scope)

    def _impl(self, node: Node, scope: Scope) -> None:
        declared = node.child_by_field_name("type")
        if declared is not None:
            self._own(node, declared, scope)
            self.scopes.methods[self.language.last_name(self.source, declared)].append(node)
        origin = self._converts(node)
        if origin:
            self.scopes.methods[f"{origin}{INTO}"].append(node)

    def _converts(self, node: Node) -> str:
        """Return the type that ``impl From<Type> for Other`` makes an ``Other`` of."""
        trait = node.child_by_field_name("trait")
        name = trait.child_by_field_name("type") if trait is not None else None
        given = trait.child_by_field_name("type_arguments") if trait is not None else None
        if name is None or given is None or self._text(name) != "From":
            return ""
        first = next((c for c in given.named_children if c.type != "lifetime"), None)
        return self.language.last_name(self.source, first) if first is not None else ""

    def _own(self, node: Node, declared: Node, scope: Scope) -> None:
        body = node.child_by_field_name("body")
        if body is not None:
            inner = self.scopes.add(Scope("module", node, body.start_byte, body.end_byte, scope))
            self._path("Self", Assigned(declared), inner)

    def _constant(self, node: Node, scope: Scope) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is not None and value is not None and owner_of(node) is None:
            scope.names[self._text(name)].append(Assigned(value))

    def _path(self, name: str, binding: Binding, scope: Scope) -> None:
        """Bind what may begin a path."""
        scope.names[name].append(binding)
        scope.names[name + "::"].append(binding)

    # --- variables -------------------------------------------------------------------------------

    def _let(self, node: Node, scope: Scope) -> None:
        pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
        declared = node.child_by_field_name("type")
        if pattern is None:
            return
        if value is not None:
            self._pattern(pattern, value, scope)
        if declared is not None:
            for name in names_in(pattern)[:1]:
                scope.names[self._text(name)].append(Typed(declared))
        elif value is None:
            for name in names_in(pattern):
                scope.names.setdefault(self._text(name), [])

    def _pattern(self, pattern: Node, value: Node, scope: Scope) -> None:
        if pattern.type == "tuple_pattern":
            for index, part in enumerate(plain(pattern)):
                for name in names_in(part):
                    scope.names[self._text(name)].append(Assigned(value, index))
            return
        if pattern.type == "struct_pattern":
            return
        for name in names_in(pattern):
            scope.names[self._text(name)].append(Assigned(value))

    def _condition(self, node: Node, scope: Scope) -> None:
        pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
        if pattern is not None and value is not None:
            self._pattern(pattern, value, scope)

    def _arm(self, node: Node, scope: Scope) -> None:
        match = node.parent.parent if node.parent is not None else None
        value = match.child_by_field_name("value") if match is not None else None
        given = node.child_by_field_name("pattern")
        for pattern in plain(given)[:1] if given is not None else ():
            if value is not None and pattern.type in ("tuple_struct_pattern", "identifier"):
                self._pattern(pattern, value, scope)

    def _assign(self, node: Node, scope: Scope) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        if left.type == "identifier":
            self._reassign(self._text(left), Assigned(right), scope)
        elif left.type == "field_expression":
            target, name = left.child_by_field_name("value"), left.child_by_field_name("field")
            if target is not None and name is not None:
                text = self._text(name)
                self.scopes.sets[text].append(FieldSet(target, text, right, scope))

    def _reassign(self, name: str, binding: Binding, scope: Scope) -> None:
        at: Scope | None = scope
        while at is not None and name not in at.names:
            at = at.outer
        if at is not None and at.kind != "module":
            at.names[name].append(binding)

    def _for(self, node: Node, scope: Scope) -> None:
        pattern, body = node.child_by_field_name("pattern"), node.child_by_field_name("body")
        iterable = node.child_by_field_name("value")
        if pattern is None or body is None or iterable is None:
            return
        inner = self.scopes.add(Scope("loop", node, body.start_byte, body.end_byte, scope))
        parts = plain(pattern) if pattern.type == "tuple_pattern" else None
        for index, part in enumerate(parts if parts is not None else [pattern]):
            for name in names_in(part):
                element = Element(node, iterable, None if parts is None else index)
                inner.names[self._text(name)].append(element)

    # --- calls -----------------------------------------------------------------------------------

    def _call(self, node: Node, scope: Scope) -> None:
        function = called(node)
        given = node.child_by_field_name("arguments")
        arguments = plain(given) if given is not None else []
        name = function.child_by_field_name("field") or function.child_by_field_name("name")
        text = self._text(name or function)
        if (name or function).type in ("identifier", "field_identifier"):
            self.scopes.calls[text].append(node)
        on = function.child_by_field_name("value")
        if text in ADDS and on is not None and on.type == "identifier" and len(arguments) == 1:
            added = Assigned(arguments[0], ADDS[text], adds=True)
            self._reassign(self._text(on), added, scope)
        for child in arguments:
            self._mention(child)

    def _mention(self, node: Node) -> None:
        while node.type in ("reference_expression", "generic_function") and node.named_children:
            node = node.child_by_field_name("value") or node.named_children[0]
        last = node.child_by_field_name("name") or node.child_by_field_name("field") or node
        if last.type in ("identifier", "field_identifier"):
            self.scopes.mentions[self._text(last)].append(node)

    def _construct(self, node: Node, scope: Scope) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.scopes.constructs[self.language.last_name(self.source, name)].append(node)
        body = node.child_by_field_name("body")
        for child in body.named_children if body is not None else ():
            value = child.child_by_field_name("value")
            if value is not None:
                self._mention(value)

    def _list(self, node: Node, scope: Scope) -> None:
        for child in plain(node):
            self._mention(child)


ANNOTATION = "#"
"""After a name: the annotation or macro of it, which is neither a function nor a module."""
INTO = " into"
"""After a type's name: the ``impl`` blocks of what can be made of it."""


def _under(prefix: str, path: str) -> str:
    return f"{prefix}::{path}" if prefix and path else prefix or path
