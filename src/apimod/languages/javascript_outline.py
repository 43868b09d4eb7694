"""What wiring by analogy asks of JavaScript and TypeScript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from apimod.languages.buffer import Buffer, significant, walk
from apimod.languages.javascript_bound import imports_of, pattern_names, required
from apimod.languages.javascript_style import ScriptStyle, bare
from apimod.languages.outline import Bound, ImportedName, LeafKind

_NAMES = frozenset(
    {"identifier", "type_identifier", "shorthand_property_identifier",
     "shorthand_property_identifier_pattern"}
)  # fmt: skip
_MEMBERS = frozenset({"property_identifier", "private_property_identifier"})
_DECLARES = frozenset({"lexical_declaration", "variable_declaration"})
_HOLDS_BLOCKS = frozenset(
    {"else_clause", "catch_clause", "finally_clause", "switch_body", "if_statement"}
)
_MODULES = ScriptStyle(aliases=(("@/", ""), ("~/", ""), ("#", ""), ("src/", "")))


class JavaScriptOutline:
    """JavaScript's tables for analogy."""

    containers = frozenset(
        {"array", "object", "arguments", "formal_parameters", "export_clause", "class_body"}
    )
    arguments = frozenset({"arguments"})
    parameters = frozenset({"formal_parameters"})
    fields: frozenset[str] = frozenset()
    functions = frozenset(
        {"function_declaration", "generator_function_declaration", "method_definition"}
    )
    closures = frozenset({"arrow_function", "function_expression", "function"})
    classes = frozenset({"class_declaration", "abstract_class_declaration", "class"})
    types = frozenset({"interface_declaration", "type_alias_declaration", "enum_declaration"})
    blocks = frozenset({"statement_block"})
    calls = frozenset({"call_expression", "new_expression"})
    keyed = frozenset({"pair"})
    imports = frozenset({"import_statement"})
    conditions = frozenset(
        {"if_statement", "try_statement", "switch_statement", "catch_clause", "else_clause"}
    )
    literals = frozenset({"identifier", "member_expression", "new_expression"})
    extension = ".ts"
    imports_folders = False
    functions_are_values = True
    loose: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    def leaf(self, node: Node) -> LeafKind:
        """Return what a leaf is."""
        if node.type in _NAMES:
            return "name"
        if node.type in _MEMBERS:
            return "member"
        if node.type == "string_fragment":
            return "string"
        return "comment" if node.type == "comment" else ""

    def bindings(self, buffer: Buffer) -> Iterator[Bound]:
        """Yield all that a file binds, imports left out."""
        imported = {each.statement.start_byte for each in imports_of(buffer)}
        for node in walk(buffer.root):
            if node.type in _DECLARES:
                if node.start_byte not in imported:
                    yield self._declared(buffer, node)
            elif node.type == "assignment_expression":
                yield from self._assigned(buffer, node)
            elif node.type in self.functions | self.classes | self.types:
                yield from self._defined(buffer, node)
            elif node.type in ("required_parameter", "optional_parameter"):
                yield self._parameter(buffer, node)
            elif node.type in ("public_field_definition", "field_definition"):
                name = node.child_by_field_name("name") or node.child_by_field_name("property")
                parts = [node.child_by_field_name(part) for part in ("value", "type")]
                if name is not None:
                    values = tuple(part for part in parts if part is not None)
                    yield Bound(node, (buffer.text(name),), values, member=True)

    def _declared(self, buffer: Buffer, node: Node) -> Bound:
        names: list[str] = []
        values: list[Node] = []
        for declarator in node.named_children:
            names += pattern_names(buffer, declarator.child_by_field_name("name"))
            parts = [declarator.child_by_field_name(part) for part in ("value", "type")]
            values += [part for part in parts if part is not None]
        return Bound(node, tuple(names), tuple(values), top=_at_top(node))

    def _assigned(self, buffer: Buffer, node: Node) -> Iterator[Bound]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        statement = node.parent if node.parent is not None else node
        if left.type == "identifier":
            yield Bound(statement, (buffer.text(left),), (right,), top=_at_top(statement))
        elif left.type == "member_expression":
            member, of = left.child_by_field_name("property"), left.child_by_field_name("object")
            exports = of is not None and buffer.text(of) in ("exports", "module.exports")
            if member is not None and buffer.text(left) != "module.exports":
                names = (buffer.text(member),)
                yield Bound(statement, names, (right,), member=not exports, top=exports)
            elif right.type == "object" and _at_top(statement):
                found = [each for each in right.named_children if each.type in (*_NAMES, "pair")]
                keys = tuple(buffer.text(self.key(each) or each) for each in found)
                yield Bound(statement, keys, (), top=True)

    def _defined(self, buffer: Buffer, node: Node) -> Iterator[Bound]:
        name = node.child_by_field_name("name")
        parts = [node.child_by_field_name(part) for part in ("parameters", "body", "value")]
        values = tuple(part for part in parts if part is not None)
        if name is not None:
            member = node.type == "method_definition"
            yield Bound(node, (buffer.text(name),), values, member, not member and _at_top(node))

    def _parameter(self, buffer: Buffer, node: Node) -> Bound:
        names = tuple(pattern_names(buffer, node.child_by_field_name("pattern")))
        parts = [node.child_by_field_name(part) for part in ("type", "value")]
        field = any(child.type in ("accessibility_modifier", "readonly") for child in node.children)
        values = tuple(part for part in parts if part is not None)
        return Bound(node, names, values, member=field)

    def imported(self, buffer: Buffer) -> Iterator[ImportedName]:
        """Yield all that a file imports, what it asks for in the middle of an expression too."""
        spans: list[tuple[int, int]] = []
        for each in imports_of(buffer):
            spans.append((each.statement.start_byte, each.statement.end_byte))
            yield ImportedName(each.statement, each.node, each.module, each.name, each.local)
        for node in walk(buffer.root):
            if node.type == "export_statement" and node.child_by_field_name("source") is not None:
                yield from self._handed_on(buffer, node)
            module = required(buffer, node) if node.type == "call_expression" else None
            if module is None or any(start <= node.start_byte < end for start, end in spans):
                continue
            yield ImportedName(node, node, module, None, module, top=False, inline=True)

    def _handed_on(self, buffer: Buffer, node: Node) -> Iterator[ImportedName]:
        source = node.child_by_field_name("source")
        module = buffer.text(source)[1:-1] if source is not None else ""
        yield ImportedName(node, node, module, None, module, top=False, inline=True)

    def definition(self, statement: Node) -> Node | None:
        """Return the function or class that a statement defines."""
        inner = statement.child_by_field_name("declaration") or statement
        if inner.type in _DECLARES and len(significant(inner)) == 1:
            value = significant(inner)[0].child_by_field_name("value")
            return value if value is not None and value.type in self.closures else None
        return inner if inner.type in self.functions | self.classes else None

    def constructs(self, buffer: Buffer, function: Node) -> bool:
        """Tell whether a function makes the instances of the class that it stands in."""
        name = function.child_by_field_name("name")
        return name is not None and buffer.text(name) == "constructor"

    def composes(self, buffer: Buffer, cls: Node) -> bool:
        """Any class may."""
        return True

    def statements(self, block: Node) -> list[Node]:
        """Return the statements of a block, a body or a file."""
        if block.type in ("arrow_function", "function_expression", "function"):
            body = block.child_by_field_name("body")
            return significant(body) if body is not None and body.type == "statement_block" else []
        if block.type in ("program", "statement_block", "class_body", "switch_case"):
            return significant(block)
        return []

    def bodies(self, node: Node) -> Sequence[Node]:
        """Return the blocks of statements right below a statement."""
        if node.type == "statement_block":
            return [node]
        blocks: list[Node] = []
        for child in node.named_children:
            if child.type in ("statement_block", "switch_case"):
                blocks.append(child)
            elif (
                child.type in ("else_clause", "catch_clause", "finally_clause", "switch_body")
                or child.type == "if_statement"
            ):
                blocks += self.bodies(child)
        return blocks

    def main_call(self, statement: Node) -> Node | None:
        """Return the call that a statement consists of."""
        if statement.type != "expression_statement" or not statement.named_children:
            return None
        inner = statement.named_children[0]
        while inner.type in ("await_expression", "unary_expression") and inner.named_children:
            inner = inner.named_children[0]
        return inner if inner.type == "call_expression" else None

    def key(self, item: Node) -> Node | None:
        """Return the key of a keyed item."""
        return item.child_by_field_name("key")

    def called(self, call: Node) -> tuple[Node | None, Node | None]:
        """Return what a call calls, and the last name in it."""
        function = call.child_by_field_name("function") or call.child_by_field_name("constructor")
        if function is None:
            return None, None
        return function, function.child_by_field_name("property") or function

    def chained(self, call: Node) -> Node | None:
        """Return the call that a call goes on from."""
        function = call.child_by_field_name("function")
        inner = function.child_by_field_name("object") if function is not None else None
        return inner if inner is not None and inner.type == "call_expression" else None

    def same_package(self, one: str, other: str) -> bool:
        """Tell whether two files see each other's names without an import."""
        return False

    def means(self, buffer: Buffer, imported: ImportedName, files: frozenset[str]) -> bool:
        """Tell whether an import leads into one of ``files``, which are a resource's own."""
        stems = {bare(path) for path in files}
        path = _MODULES.path_of(imported.module, buffer.path)
        if path is None:
            return False
        if imported.module.startswith("."):
            return path in stems
        return any(f"/{stem}".endswith(f"/{path}") for stem in stems)


def _at_top(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.type in ("export_statement", "expression_statement"):
        parent = parent.parent
    return parent is not None and parent.type == "program"


JAVASCRIPT_OUTLINE = JavaScriptOutline()
