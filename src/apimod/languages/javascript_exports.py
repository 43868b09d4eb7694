"""JavaScript: what a file imports by statement, and what it exports, in both module systems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.languages.forms import Assigned, Binding, Defined, Imported
from apimod.languages.javascript_defs import CLASSES, FUNCTIONS, children, field, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.scopes import Scope, Scopes
    from apimod.source import Source

WORD = re.compile(r"[A-Za-z_]\w*")
ENDING = re.compile(r"(?:/index)?(?:\.[cm]?[jt]sx?)?$")
WHOLE = "="
"""The name under which ``module.exports`` itself is kept."""
DEFAULT = "default"


def string_of(source: Source, node: Node | None) -> str:
    """Return the text of a literal string."""
    return source.text(node)[1:-1] if node is not None else ""


def spec_of(source: Source, node: Node) -> str | None:
    """Return the module that ``require("x")`` names."""
    node = unwrapped(node)
    function = node.child_by_field_name("function")
    if node.type != "call_expression" or function is None:
        return None
    if function.type != "import" and source.text(function) != "require":
        return None
    given = children(node.child_by_field_name("arguments"))
    return string_of(source, given[0]) if given and given[0].type == "string" else None


def spec_words(spec: str) -> list[str]:
    """Return the words of what an import says, without a file's ending or ``index``."""
    return WORD.findall(ENDING.sub("", spec))


class Exports:
    """Notes a file's imports and exports in its scopes."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self.source = source
        self.scopes = scopes

    def _put(self, name: str, binding: Binding) -> None:
        self.scopes.exports[name].append(binding)

    def _bind(self, node: Node, binding: Binding) -> None:
        self.scopes.module.names[self.source.text(node)].append(binding)

    def imported(self, node: Node, scope: Scope) -> None:
        """Note an ``import``."""
        spec = string_of(self.source, node.child_by_field_name("source"))
        for clause in node.named_children:
            if clause.type == "import_require_clause":
                spec = string_of(self.source, clause.child_by_field_name("source"))
                self._bind(clause.named_children[0], Imported(spec))
            for part in clause.named_children if clause.type == "import_clause" else ():
                if part.type == "identifier":
                    self._bind(part, Imported(spec, DEFAULT))
                elif part.type == "namespace_import":
                    self._bind(part.named_children[0], Imported(spec))
                for item in part.named_children if part.type == "named_imports" else ():
                    name = item.child_by_field_name("name")
                    if item.type == "import_specifier" and name is not None:
                        alias = item.child_by_field_name("alias") or name
                        self._bind(alias, Imported(spec, self.source.text(name)))

    def exported(self, node: Node, scope: Scope) -> None:
        """Note an ``export``."""
        origin = node.child_by_field_name("source")
        spec = string_of(self.source, origin) if origin is not None else None
        is_default = any(c.type == "default" for c in node.children)
        declaration = node.child_by_field_name("declaration")
        value = node.child_by_field_name("value")
        for child in node.named_children:
            if child.type == "namespace_export" and spec is not None:
                self._put(self.source.text(child.named_children[0]), Imported(spec))
                return
            if child.type == "export_clause":
                self._clause(child, spec)
                return
        if spec is not None:
            self.scopes.stars.append(spec)
        elif value is not None:
            self._value(DEFAULT, value)
        elif declaration is not None:
            self._declared(declaration, is_default)
        elif any(c.type == "=" for c in node.children) and node.named_children:
            self._value(WHOLE, node.named_children[-1])

    def _clause(self, clause: Node, spec: str | None) -> None:
        for item in clause.named_children:
            name = item.child_by_field_name("name")
            if item.type != "export_specifier" or name is None:
                continue
            alias = item.child_by_field_name("alias") or name
            text = self.source.text(name)
            binding = Imported(spec, text) if spec is not None else Assigned(name)
            self._put(self.source.text(alias).strip("'\""), binding)

    def _value(self, name: str, value: Node) -> None:
        inner = unwrapped(value)
        plain = inner.type in FUNCTIONS or inner.type in CLASSES
        self._put(name, Defined(inner) if plain else Assigned(value))

    def _declared(self, node: Node, is_default: bool) -> None:
        name = node.child_by_field_name("name")
        if is_default:
            self._value(DEFAULT, node)
        elif name is not None:
            self._put(self.source.text(name), Defined(node))
        for child in node.named_children:
            if child.type == "variable_declarator":
                for target in _names(field(child, "name")):
                    self._put(self.source.text(target), Assigned(target))

    def assigned(self, left: Node, value: Node) -> None:
        """Note ``module.exports = x``, ``exports.a = x`` and the like."""
        text = self.source.text(left).replace(" ", "")
        if text in ("module.exports", "exports"):
            self._value(WHOLE, value)
        elif text.startswith(("module.exports.", "exports.")):
            self._value(text.rpartition(".")[2], value)

    def called(self, node: Node) -> None:
        """Note ``__exportStar(require("x"), exports)``, which compilers write."""
        function = node.child_by_field_name("function")
        if function is not None and self.source.text(function).endswith("__exportStar"):
            for child in children(node.child_by_field_name("arguments"))[:1]:
                spec = spec_of(self.source, child)
                if spec:
                    self.scopes.stars.append(spec)


def _names(pattern: Node) -> list[Node]:
    if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
        return [pattern]
    inner = [pattern.child_by_field_name("value") or pattern.child_by_field_name("left")]
    return [n for c in (inner if inner[0] else pattern.named_children) if c for n in _names(c)]
