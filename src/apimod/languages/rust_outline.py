"""What wiring by analogy asks of Rust."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from apimod.languages.buffer import Buffer, significant, walk
from apimod.languages.outline import Bound, ImportedName, LeafKind
from apimod.languages.rust_edit_modules import DECLARES, declared, module_name, visibility
from apimod.languages.rust_use import HEADS, declarations, entries, parts

_NAMES = ("identifier", "type_identifier", "shorthand_field_identifier")
_NAMED = ("function_item", "struct_item", "enum_item", "trait_item", "type_item", "mod_item")
_VALUES = ("const_item", "static_item")
_STANDARD = ("std", "core", "alloc")
_BODIES = ("block", "declaration_list")


class RustOutline:
    """Rust's tables for analogy."""

    containers = frozenset(
        {
            "array_expression", "tuple_expression", "arguments", "parameters",
            "field_declaration_list", "field_initializer_list",
        }
    )  # fmt: skip
    arguments = frozenset({"arguments"})
    parameters = frozenset({"parameters"})
    fields = frozenset({"field_declaration_list"})
    functions = frozenset({"function_item"})
    closures = frozenset({"closure_expression", "async_block"})
    classes: frozenset[str] = frozenset({"impl_item"})
    types: frozenset[str] = frozenset({"struct_item", "enum_item", "trait_item", "type_item"})
    blocks: frozenset[str] = frozenset({"block"})
    calls = frozenset({"call_expression"})
    keyed = frozenset({"field_initializer"})
    imports = frozenset({"use_declaration"})
    conditions = frozenset({"if_expression", "match_expression"})
    literals = frozenset({"identifier", "scoped_identifier", "struct_expression"})
    extension = ".rs"
    imports_folders = False
    functions_are_values = False
    loose = frozenset({"token_tree"})
    notes = frozenset({"attribute_item"})

    def leaf(self, node: Node) -> LeafKind:
        """Return what a leaf is."""
        if node.type == "field_identifier":
            return "member"
        if node.type in _NAMES:
            parent = node.parent
            path = parent.child_by_field_name("path") if parent is not None else None
            scoped = parent is not None and parent.type.startswith("scoped_")
            before = node.prev_sibling
            loose = parent is not None and parent.type in self.loose and before is not None
            if loose and before is not None and before.type in ("::", "."):
                return "member"
            return "member" if scoped and path is not None and path != node else "name"
        if node.type == "string_content":
            return "string"
        return "comment" if node.type.endswith("comment") else ""

    def bindings(self, buffer: Buffer) -> Iterator[Bound]:
        """Yield all that a file binds, imports left out."""
        for node in walk(buffer.root):
            if node.type == "let_declaration":
                yield self._declared(buffer, node, "pattern", ("value", "type"))
            elif node.type == "parameter":
                yield self._declared(buffer, node, "pattern", ("type",))
            elif node.type == "field_declaration":
                yield self._declared(buffer, node, "name", ("type",), member=True)
            elif node.type in _VALUES:
                yield self._declared(buffer, node, "name", ("value",), top=_at_top(node))
            elif node.type in _NAMED:
                method = node.type == "function_item" and not _at_top(node)
                values = ("parameters", "body", "type")
                made = self._declared(buffer, node, "name", values, member=method)
                yield Bound(made.node, made.names, made.values, method, _at_top(node))

    def _declared(
        self,
        buffer: Buffer,
        node: Node,
        name: str,
        values: Sequence[str],
        *,
        member: bool = False,
        top: bool = False,
    ) -> Bound:
        pattern = node.child_by_field_name(name)
        names = [pattern] if pattern is not None and not pattern.named_children else []
        if pattern is not None and pattern.named_children:
            names = [each for each in walk(pattern) if each.type == "identifier"]
        given = tuple(v for each in values if (v := node.child_by_field_name(each)) is not None)
        return Bound(node, tuple(map(buffer.text, names)), given, member, top)

    def imported(self, buffer: Buffer) -> Iterator[ImportedName]:
        """Yield all that a file imports."""
        for node in declared(buffer):
            name = module_name(buffer, node)
            yield ImportedName(node, node, visibility(buffer, node), name, name)
        for declaration in declarations(buffer):
            for each in entries(buffer, declaration):
                last = each.path[-1] if each.path else None
                module = "::".join(each.path[:-1])
                yield ImportedName(declaration, each.node, module, last, each.local)

    def definition(self, statement: Node) -> Node | None:
        """Return the function or class that a statement defines."""
        return statement if statement.type in self.functions | self.classes else None

    def constructs(self, buffer: Buffer, function: Node) -> bool:
        """Tell whether a function makes the instances of the type that it belongs to."""
        name = function.child_by_field_name("name")
        return name is not None and buffer.text(name) in ("new", "build", "create")

    def composes(self, buffer: Buffer, cls: Node) -> bool:
        """Tell whether an ``impl`` may be there to put parts together: any may."""
        return True

    def statements(self, block: Node) -> list[Node]:
        """Return the statements of a block, a body or a file."""
        return significant(block) if block.type in ("source_file", *_BODIES) else []

    def bodies(self, node: Node) -> Sequence[Node]:
        """Return the blocks of statements right below a statement."""
        if node.type in _BODIES:
            return [node]
        blocks: list[Node] = []
        for child in node.named_children:
            if child.type in _BODIES:
                blocks.append(child)
            elif child.type in self.conditions or child.type == "else_clause":
                blocks += self.bodies(child)
        return blocks

    def main_call(self, statement: Node) -> Node | None:
        """Return the call that a statement consists of; the value of a block is none."""
        node: Node | None = None
        if statement.type == "let_declaration":
            node = statement.child_by_field_name("value")
        elif statement.type == "expression_statement":
            node = statement.named_children[0] if statement.named_children else None
        while node is not None and node.type in ("await_expression", "try_expression"):
            node = node.named_children[0]
        return node if node is not None and node.type in self.calls else None

    def key(self, item: Node) -> Node | None:
        """Return the key of a keyed item."""
        return item.child_by_field_name("field")

    def called(self, call: Node) -> tuple[Node | None, Node | None]:
        """Return what a call calls, and the last name in it."""
        function = call.child_by_field_name("function")
        if function is None:
            return None, None
        last = function.child_by_field_name("field") or function.child_by_field_name("name")
        return function, last or function

    def chained(self, call: Node) -> Node | None:
        """Return the call that a call goes on from."""
        function = call.child_by_field_name("function")
        inner = function.child_by_field_name("value") if function is not None else None
        while inner is not None and inner.type in ("await_expression", "try_expression"):
            inner = inner.named_children[0]
        return inner if inner is not None and inner.type in self.calls else None

    def same_package(self, one: str, other: str) -> bool:
        """Tell whether two files see each other's names without an import."""
        return False

    def means(self, buffer: Buffer, imported: ImportedName, files: frozenset[str]) -> bool:
        """Tell whether an import leads into one of ``files``, which are a resource's own."""
        stems = {path.removesuffix(".rs").removesuffix("/mod") for path in files}
        if DECLARES.fullmatch(imported.module):
            folder, name = posixpath.split(buffer.path)
            stem = name.removesuffix(".rs")
            base = folder if stem in ("mod", "lib", "main") else posixpath.join(folder, stem)
            child = posixpath.join(base, imported.name or "")
            return any(stem == child or stem.startswith(f"{child}/") for stem in stems)
        path = [*parts(imported.module), *([imported.name] if imported.name else [])]
        inner = [part for part in path if part not in HEADS]
        if not inner or inner[0] in _STANDARD:
            return False
        ways = {"/".join(way) for way in (inner, inner[1:], inner[:-1], inner[1:-1]) if way}
        return any(f"/{stem}".endswith(f"/{way}") for way in ways for stem in stems)


def _at_top(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "source_file"


RUST_OUTLINE = RustOutline()
