"""What wiring by analogy asks of Go."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from apimod.languages.buffer import Buffer, significant, walk
from apimod.languages.go_edit_imports import package_name, specs
from apimod.languages.outline import Bound, ImportedName, LeafKind

_NAMED = ("function_declaration", "method_declaration", "type_spec")

_GROUPS = ("var_spec_list",)
"""What holds declarations as a block holds statements."""


class GoOutline:
    """Go's tables for analogy."""

    containers = frozenset(
        {"literal_value", "argument_list", "parameter_list", "field_declaration_list"}
    )
    arguments = frozenset({"argument_list"})
    parameters = frozenset({"parameter_list"})
    fields = frozenset({"field_declaration_list"})
    functions = frozenset({"function_declaration", "method_declaration"})
    closures = frozenset({"func_literal"})
    classes: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset({"type_declaration"})
    blocks: frozenset[str] = frozenset({"block"})
    calls = frozenset({"call_expression"})
    keyed = frozenset({"keyed_element"})
    imports = frozenset({"import_declaration"})
    conditions = frozenset({"if_statement", "expression_switch_statement", "select_statement"})
    literals = frozenset({"composite_literal", "unary_expression"})
    extension = ".go"
    imports_folders = True
    functions_are_values = False
    loose: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    def leaf(self, node: Node) -> LeafKind:
        """Return what a leaf is."""
        if node.type == "field_identifier":
            return "member"
        if node.type in ("identifier", "type_identifier", "package_identifier"):
            inner = node.parent
            if inner is not None and inner.parent is not None and inner.type == "literal_element":
                keyed = inner.parent
                if keyed.type == "keyed_element" and keyed.child_by_field_name("key") == inner:
                    return "member"
            qualified = inner is not None and inner.type == "qualified_type"
            if qualified and inner is not None and inner.child_by_field_name("name") == node:
                return "member"
            return "name"
        if node.type.endswith("string_literal_content"):
            return "string"
        return "comment" if node.type == "comment" else ""

    def bindings(self, buffer: Buffer) -> Iterator[Bound]:
        """Yield all that a file binds, imports left out."""
        for node in walk(buffer.root):
            if node.type in ("short_var_declaration", "assignment_statement"):
                yield from self._assigned(buffer, node)
            elif node.type in ("var_spec", "const_spec", "parameter_declaration"):
                yield self._declared(buffer, node, member=False)
            elif node.type == "field_declaration":
                yield self._declared(buffer, node, member=True)
            elif node.type in _NAMED:
                name = node.child_by_field_name("name")
                parts = [node.child_by_field_name(part) for part in ("parameters", "body", "type")]
                values = tuple(part for part in parts if part is not None)
                if name is not None:
                    member = node.type == "method_declaration"
                    top = node.type == "function_declaration" or _top_spec(node)
                    yield Bound(node, (buffer.text(name),), values, member, top)

    def _assigned(self, buffer: Buffer, node: Node) -> Iterator[Bound]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        names = [each for each in left.named_children if each.type == "identifier"]
        yield Bound(node, tuple(map(buffer.text, names)), (right,))
        selected = [each.child_by_field_name("field") for each in left.named_children]
        members = tuple(buffer.text(field) for field in selected if field is not None)
        if members:
            yield Bound(node, members, (right,), member=True)

    def _declared(self, buffer: Buffer, node: Node, *, member: bool) -> Bound:
        names = node.children_by_field_name("name")
        parts = [node.child_by_field_name(part) for part in ("type", "value")]
        values = tuple(part for part in parts if part is not None)
        top = node.type != "parameter_declaration" and _top_spec(node)
        return Bound(node, tuple(map(buffer.text, names)), values, member, top)

    def imported(self, buffer: Buffer) -> Iterator[ImportedName]:
        """Yield all that a file imports."""
        for spec, path, alias in specs(buffer):
            declaration = spec.parent if spec.parent is not None else spec
            if declaration.type == "import_spec_list" and declaration.parent is not None:
                declaration = declaration.parent
            local = alias or package_name(path)
            yield ImportedName(declaration, spec, path, alias or None, local)

    def definition(self, statement: Node) -> Node | None:
        """Return the function or class that a statement defines."""
        return statement if statement.type in self.functions else None

    def constructs(self, buffer: Buffer, function: Node) -> bool:
        """Go's functions make instances of any type."""
        return False

    def composes(self, buffer: Buffer, cls: Node) -> bool:
        """Go has no classes."""
        return True

    def statements(self, block: Node) -> list[Node]:
        """Return the statements of a block, a body or a file."""
        inner = [each for each in block.named_children if each.type == "statement_list"]
        if inner:
            return significant(inner[0])
        return significant(block) if block.type in ("source_file", *_GROUPS) else []

    def bodies(self, node: Node) -> Sequence[Node]:
        """Return the blocks of statements right below a statement."""
        if node.type == "block":
            return [node]
        blocks: list[Node] = []
        for child in node.named_children:
            if child.type in ("block", *_GROUPS) or child.type.endswith("_case"):
                blocks.append(child)
            elif child.type == "if_statement":
                blocks += self.bodies(child)
        return blocks

    def main_call(self, statement: Node) -> Node | None:
        """Return the call that a statement consists of."""
        node: Node | None = statement
        if statement.type == "if_statement":
            node = statement.child_by_field_name("initializer")
        if node is not None and node.type in ("short_var_declaration", "assignment_statement"):
            right = node.child_by_field_name("right")
            node = right if right is not None and right.named_child_count == 1 else None
        if node is None or not node.named_children:
            return None
        inner = node.named_children[0]
        return inner if inner.type == "call_expression" else None

    def key(self, item: Node) -> Node | None:
        """Return the key of a keyed item."""
        return item.child_by_field_name("key")

    def called(self, call: Node) -> tuple[Node | None, Node | None]:
        """Return what a call calls, and the last name in it."""
        function = call.child_by_field_name("function")
        if function is None:
            return None, None
        return function, function.child_by_field_name("field") or function

    def chained(self, call: Node) -> Node | None:
        """Return the call that a call goes on from."""
        function = call.child_by_field_name("function")
        inner = function.child_by_field_name("operand") if function is not None else None
        return inner if inner is not None and inner.type in self.calls else None

    def same_package(self, one: str, other: str) -> bool:
        """Tell whether two files see each other's names without an import."""
        return posixpath.dirname(one) == posixpath.dirname(other)

    def means(self, buffer: Buffer, imported: ImportedName, files: frozenset[str]) -> bool:
        """Tell whether an import leads into a folder of which all is among ``files``."""
        folders = {posixpath.dirname(path) for path in files if path.endswith(".go")}
        module = f"/{imported.module}"
        return any(folder and module.endswith(f"/{folder}") for folder in folders)


def _top_spec(node: Node) -> bool:
    at = node.parent
    while at is not None and at.type.endswith(("_declaration", "_list")):
        at = at.parent
    return at is not None and at.type == "source_file"


GO_OUTLINE = GoOutline()
