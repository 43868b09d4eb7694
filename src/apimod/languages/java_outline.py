"""What wiring by analogy asks of Java."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from apimod.languages.buffer import Buffer, significant, walk
from apimod.languages.java_edit_imports import import_lines
from apimod.languages.outline import Bound, ImportedName, LeafKind
from apimod.names import words

_CLASSES = frozenset(
    {"class_declaration", "interface_declaration", "enum_declaration", "record_declaration",
     "annotation_type_declaration"}
)  # fmt: skip
_METHODS = frozenset(
    {"method_declaration", "constructor_declaration", "compact_constructor_declaration"}
)
_COMPOSES = frozenset({"config", "configuration", "configurer", "module", "wiring"})
_BLOCKS = (
    "program", "block", "constructor_body", "class_body", "interface_body",
    "enum_body_declarations",
)  # fmt: skip


class JavaOutline:
    """Java's tables for analogy."""

    containers = frozenset(
        {"argument_list", "formal_parameters", "array_initializer",
         "element_value_array_initializer", "annotation_argument_list"}
    )  # fmt: skip
    arguments = frozenset({"argument_list", "annotation_argument_list"})
    parameters = frozenset({"formal_parameters"})
    fields: frozenset[str] = frozenset()
    functions = _METHODS
    closures = frozenset({"lambda_expression"})
    classes = frozenset({"class_declaration"})
    types = _CLASSES - {"class_declaration"}
    blocks: frozenset[str] = frozenset({"block"})
    calls = frozenset({"method_invocation", "object_creation_expression"})
    keyed = frozenset({"element_value_pair"})
    imports = frozenset({"import_declaration"})
    conditions = frozenset({"if_statement", "try_statement", "switch_expression"})
    literals = frozenset({"class_literal", "object_creation_expression", "identifier"})
    extension = ".java"
    imports_folders = False
    functions_are_values = False
    loose: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    def leaf(self, node: Node) -> LeafKind:
        """Return what a leaf is."""
        if node.type == "identifier":
            return "member" if _is_member(node) else "name"
        if node.type == "type_identifier":
            return "name"
        if node.type in ("string_fragment", "multiline_string_fragment"):
            return "string"
        return "comment" if node.type.endswith("_comment") else ""

    def bindings(self, buffer: Buffer) -> Iterator[Bound]:
        """Yield all that a file binds, imports left out."""
        for node in walk(buffer.root):
            if node.type in ("local_variable_declaration", "field_declaration"):
                yield self._declared(buffer, node, node.type == "field_declaration")
            elif node.type == "formal_parameter":
                name, kind = node.child_by_field_name("name"), node.child_by_field_name("type")
                if name is not None and kind is not None:
                    yield Bound(node, (buffer.text(name),), (kind,))
            elif node.type == "assignment_expression":
                yield from self._assigned(buffer, node)
            elif node.type in _METHODS or node.type in _CLASSES:
                name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
                if name is not None:
                    top = node.parent is not None and node.parent.type == "program"
                    parts = (body, node.child_by_field_name("type"))
                    values = tuple(part for part in parts if part is not None)
                    yield Bound(node, (buffer.text(name),), values, member=not top, top=top)

    def _declared(self, buffer: Buffer, node: Node, member: bool) -> Bound:
        declarators = node.children_by_field_name("declarator")
        names = [each.child_by_field_name("name") for each in declarators]
        values = [node.child_by_field_name("type")]
        values += [each.child_by_field_name("value") for each in declarators]
        return Bound(
            node,
            tuple(buffer.text(name) for name in names if name is not None),
            tuple(value for value in values if value is not None),
            member,
        )

    def _assigned(self, buffer: Buffer, node: Node) -> Iterator[Bound]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        field = left.child_by_field_name("field")
        yield Bound(node, (buffer.text(field or left),), (right,), member=field is not None)

    def imported(self, buffer: Buffer) -> Iterator[ImportedName]:
        """Yield all that a file imports."""
        for line in import_lines(buffer):
            if line.node is not None:
                yield ImportedName(line.node, line.node, line.module, line.name, line.name)

    def definition(self, statement: Node) -> Node | None:
        """Return the function or class that a statement defines."""
        return statement if statement.type in self.functions | self.classes else None

    def constructs(self, buffer: Buffer, function: Node) -> bool:
        """Tell whether a function makes the instances of the class that it stands in."""
        return function.type == "constructor_declaration"

    def composes(self, buffer: Buffer, cls: Node) -> bool:
        """Tell by its name: what a class holds beside is as a rule what its business needs."""
        name = cls.child_by_field_name("name")
        return name is not None and not _COMPOSES.isdisjoint(words(buffer.text(name)))

    def statements(self, block: Node) -> list[Node]:
        """Return the statements of a block, a body or a file."""
        return significant(block) if block.type in _BLOCKS else []

    def bodies(self, node: Node) -> Sequence[Node]:
        """Return the blocks of statements right below a statement."""
        if node.type == "block":
            return [node]
        blocks: list[Node] = []
        for child in node.named_children:
            if child.type in _BLOCKS:
                blocks.append(child)
            elif child.type in ("if_statement", "catch_clause", "finally_clause"):
                blocks += self.bodies(child)
        return blocks

    def main_call(self, statement: Node) -> Node | None:
        """Return the call that a statement consists of."""
        inner: Node | None = None
        if statement.type == "expression_statement" and statement.named_children:
            inner = statement.named_children[0]
        elif statement.type == "local_variable_declaration":
            declarators = statement.children_by_field_name("declarator")
            inner = declarators[0].child_by_field_name("value") if len(declarators) == 1 else None
        if inner is not None and inner.type == "assignment_expression":
            inner = inner.child_by_field_name("right")
        return inner if inner is not None and inner.type in self.calls else None

    def key(self, item: Node) -> Node | None:
        """Return the key of an annotation's keyed argument."""
        return item.child_by_field_name("key")

    def called(self, call: Node) -> tuple[Node | None, Node | None]:
        """Return what a call is made on, or the name without that, and the last name in it."""
        if call.type == "object_creation_expression":
            kind = call.child_by_field_name("type")
            return kind, kind
        name = call.child_by_field_name("name")
        return call.child_by_field_name("object") or name, name

    def chained(self, call: Node) -> Node | None:
        """Return the call that a call goes on from."""
        inner = call.child_by_field_name("object")
        return inner if inner is not None and inner.type in self.calls else None

    def same_package(self, one: str, other: str) -> bool:
        """Tell whether two files see each other's names without an import."""
        return posixpath.dirname(one) == posixpath.dirname(other)

    def means(self, buffer: Buffer, imported: ImportedName, files: frozenset[str]) -> bool:
        """Tell whether an import leads into one of ``files``, which are a resource's own."""
        module = imported.module.removeprefix("static ").replace(".", "/")
        stems = {path.removesuffix(".java") for path in files}
        if imported.name == "*":
            return any(posixpath.dirname(stem).endswith(f"/{module}") for stem in stems)
        ways = (f"/{module}", f"/{module}/{imported.name}")
        return any(f"/{stem}".endswith(ways) for stem in stems)


def _is_member(node: Node) -> bool:
    """Tell whether a name is reached through something else, or is a key."""
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "field_access":
        return parent.child_by_field_name("field") == node
    if parent.type == "method_invocation":
        return parent.child_by_field_name("name") == node and (
            parent.child_by_field_name("object") is not None
        )
    return parent.type == "element_value_pair" and parent.child_by_field_name("key") == node


JAVA_OUTLINE = JavaOutline()
