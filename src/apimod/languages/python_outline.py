"""What wiring by analogy asks of Python."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from apimod.languages.buffer import Buffer, significant, walk
from apimod.languages.outline import Bound, ImportedName, LeafKind
from apimod.languages.python_edit_imports import bound

_SIMPLE = ("expression_statement",)


class PythonOutline:
    """Python's tables for analogy."""

    containers = frozenset({"list", "tuple", "set", "dictionary", "argument_list", "parameters"})
    arguments = frozenset({"argument_list"})
    parameters = frozenset({"parameters"})
    fields: frozenset[str] = frozenset()
    functions = frozenset({"function_definition"})
    closures = frozenset({"lambda"})
    classes = frozenset({"class_definition"})
    types: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    calls = frozenset({"call"})
    keyed = frozenset({"keyword_argument", "pair"})
    imports = frozenset({"import_statement", "import_from_statement"})
    conditions = frozenset({"if_statement", "try_statement", "match_statement"})
    literals = frozenset({"identifier", "attribute"})
    extension = ".py"
    imports_folders = False
    functions_are_values = False
    loose: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    def leaf(self, node: Node) -> LeafKind:
        """Return what a leaf is."""
        if node.type == "identifier":
            parent = node.parent
            if parent is not None and parent.type == "attribute":
                return "member" if parent.child_by_field_name("attribute") == node else "name"
            if parent is not None and parent.type == "keyword_argument":
                return "member" if parent.child_by_field_name("name") == node else "name"
            return "name"
        if node.type == "string_content":
            return "string"
        return "comment" if node.type == "comment" else ""

    def bindings(self, buffer: Buffer) -> Iterator[Bound]:
        """Yield all that a file binds, imports left out."""
        for node in walk(buffer.root):
            if node.type == "assignment":
                yield self._assigned(buffer, node)
            elif node.type in ("typed_parameter", "typed_default_parameter"):
                name = node.child_by_field_name("name") or node.named_children[0]
                values = [node.child_by_field_name("type"), node.child_by_field_name("value")]
                yield Bound(node, (buffer.text(name),), tuple(v for v in values if v is not None))
            elif node.type in ("function_definition", "class_definition"):
                found, body = node.child_by_field_name("name"), node.child_by_field_name("body")
                if found is not None and body is not None:
                    top = _at_top(node)
                    yield Bound(node, (buffer.text(found),), (body,), member=not top, top=top)

    def _assigned(self, buffer: Buffer, node: Node) -> Bound:
        left = node.child_by_field_name("left")
        values = [node.child_by_field_name("right"), node.child_by_field_name("type")]
        names: list[str] = []
        member = False
        if left is not None and left.type == "attribute":
            attribute = left.child_by_field_name("attribute")
            names, member = [buffer.text(attribute)] if attribute is not None else [], True
        elif left is not None and left.type == "identifier":
            names, member = [buffer.text(left)], _in_class(node)
        found = tuple(value for value in values if value is not None)
        return Bound(node, tuple(names), found, member, top=_at_top(node.parent or node))

    def imported(self, buffer: Buffer) -> Iterator[ImportedName]:
        """Yield all that a file imports."""
        for node in walk(buffer.root):
            if node.type in self.imports:
                top = node.parent is not None and node.parent.type == "module"
                items = node.children_by_field_name("name")
                for item, (module, name, local) in zip(items, bound(buffer, node), strict=True):
                    yield ImportedName(node, item, module, name, local, top)

    def definition(self, statement: Node) -> Node | None:
        """Return the function or class that a statement defines."""
        if statement.type == "decorated_definition":
            return statement.child_by_field_name("definition")
        return statement if statement.type in self.functions | self.classes else None

    def constructs(self, buffer: Buffer, function: Node) -> bool:
        """Tell whether a function makes the instances of the class that it stands in."""
        name = function.child_by_field_name("name")
        return name is not None and buffer.text(name) == "__init__"

    def composes(self, buffer: Buffer, cls: Node) -> bool:
        """Any class may."""
        return True

    def statements(self, block: Node) -> list[Node]:
        """Return the statements of a block, a body or a file."""
        return significant(block)

    def bodies(self, node: Node) -> Sequence[Node]:
        """Return the blocks of statements right below a statement."""
        blocks: list[Node] = []
        for child in node.named_children:
            if child.type == "block":
                blocks.append(child)
            elif child.type.endswith("_clause"):
                blocks += self.bodies(child)
        return blocks

    def main_call(self, statement: Node) -> Node | None:
        """Return the call that a statement consists of."""
        if statement.type not in _SIMPLE or not statement.named_children:
            return None
        inner = statement.named_children[0]
        if inner.type == "await" and inner.named_children:
            inner = inner.named_children[0]
        return inner if inner.type == "call" else None

    def key(self, item: Node) -> Node | None:
        """Return the key of a keyed item, the name of a keyword argument."""
        return item.child_by_field_name("key") or item.child_by_field_name("name")

    def called(self, call: Node) -> tuple[Node | None, Node | None]:
        """Return what a call calls, and the last name in it."""
        function = call.child_by_field_name("function")
        if function is None:
            return None, None
        return function, function.child_by_field_name("attribute") or function

    def chained(self, call: Node) -> Node | None:
        """Return the call that a call goes on from."""
        function = call.child_by_field_name("function")
        inner = function.child_by_field_name("object") if function is not None else None
        return inner if inner is not None and inner.type in self.calls else None

    def same_package(self, one: str, other: str) -> bool:
        """Tell whether two files see each other's names without an import."""
        return False

    def means(self, buffer: Buffer, imported: ImportedName, files: frozenset[str]) -> bool:
        """Tell whether an import leads into one of ``files``, which are a resource's own."""
        stems = {path.removesuffix(".py").removesuffix("/__init__") for path in files}
        module = imported.module
        plain = module.lstrip(".")
        inner = plain.replace(".", "/")
        if module.startswith("."):
            folder = posixpath.dirname(buffer.path)
            for _ in range(len(module) - len(plain) - 1):
                folder = posixpath.dirname(folder)
            inner = posixpath.join(folder, inner) if inner else folder
        named = f"{inner}/{imported.name}" if imported.name else inner
        if module.startswith("."):
            return inner in stems or named in stems
        ways = (f"/{inner}", f"/{named}")
        return any(f"/{stem}".endswith(ways) for stem in stems)


def _at_top(node: Node) -> bool:
    parent = node.parent
    if parent is not None and parent.type == "decorated_definition":
        parent = parent.parent
    return parent is not None and parent.type == "module"


def _in_class(node: Node) -> bool:
    statement = node.parent
    block = statement.parent if statement is not None else None
    owner = block.parent if block is not None else None
    return owner is not None and owner.type == "class_definition"


PYTHON_OUTLINE = PythonOutline()
