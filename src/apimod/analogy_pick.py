"""Picks the elements of a shared file that are the sibling's: statements, items, fields.

From the file's statements inward: what is the sibling's alone is picked whole; what also holds
other things is looked into. What holds the sibling and is neither is left alone, and noted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct, field
from tree_sitter import Node

from apimod.analogy_file import File
from apimod.analogy_judge import Judge
from apimod.analogy_rows import Rows
from apimod.analogy_tokens import Tokens
from apimod.languages.buffer import Part, Run, significant, walk

PickKind = Literal["statement", "item"]


class Pick(Struct, frozen=True):
    """Elements that stand together and are copied as one; ``anchor`` is what the copy follows."""

    kind: PickKind
    nodes: tuple[Node, ...]
    anchor: Node
    container: Node | None = None
    gap: int | None = None
    conditional: bool = False
    role: str = "item"
    foreign: bool = False
    """It also uses another resource: a copy would."""

    whole: Part | None = None
    """The item, where it is several nodes; ``nodes`` holds the first then."""

    @property
    def own(self) -> tuple[Part, ...]:
        """Its own nodes: of a link, what it adds to the chain that it goes on from."""
        if self.whole is not None:
            return (self.whole,)
        if self.role != "link":
            return self.nodes
        return tuple(node.child_by_field_name("arguments") or node for node in self.nodes)


def _sized(container: Node) -> bool:
    """Tell whether the number of items in a list is written beside it."""
    typed = container.parent.child_by_field_name("type") if container.parent is not None else None
    return typed is not None and any(n.child_by_field_name("length") for n in walk(typed))


class Picker(Struct, dict=True):
    """The picks and the notes of one file."""

    file: File
    judge: Judge
    picks: list[Pick] = field(default_factory=list)
    noted: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outline = self.file.outline
        self._rows = Rows(self.file, self.judge)
        self._roles = (
            ("argument", self.outline.arguments),
            ("parameter", self.outline.parameters),
            ("field", self.outline.fields),
        )
        self._bound = {
            (at.start_byte, at.end_byte): each
            for each in self.file.bindings
            for at in (each.node, each.node.parent)
            if at is not None and any(self.judge.ours.named(name) for name in each.names)
        }

    def run(self) -> Picker:
        """Pick from the whole file."""
        root = self.file.buffer.root
        self._block(self.outline.statements(root), True, False)
        self.picks += self._tokens(root)
        self.noted = [node for node in self.noted if self._surely(node)]
        return self

    def _tokens(self, root: Node) -> Iterator[Pick]:
        """Yield what is the sibling's in lists of tokens."""
        tokens = Tokens(self.file, self.judge)
        for container in tokens.lists(root):
            for anchor, item in tokens.rows(container):
                first = item.first if isinstance(item, Run) else item
                last = anchor.last if isinstance(anchor, Run) else anchor
                yield Pick("item", (first,), last, container, whole=item)

    def _ours(self, node: Node | None) -> bool:
        return node is not None and self.judge.ours.hits(self.file, node)

    def _surely(self, node: Node) -> bool:
        return self.judge.ours.surely(self.file, node)

    def _foreign(self, node: Node) -> bool:
        return self.judge.foreign(self.file, node)

    # --- statements ------------------------------------------------------------------------------

    def _block(self, statements: Sequence[Node], allowed: bool, conditional: bool) -> None:
        group: list[Node] = []
        for index, statement in enumerate(statements):
            if group and statement == group[-1]:
                continue
            if self._ours(statement) and self._is_whole(statement, allowed):
                companion = self._companion(statement, statements[index + 1 : index + 2])
                group += [statement, *companion]
                continue
            self._close(group, statements, conditional)
            group = []
            if self._ours(statement):
                self._inside(statement, allowed, conditional)
        self._close(group, statements, conditional)

    def _is_whole(self, statement: Node, allowed: bool) -> bool:
        definition = self.outline.definition(statement)
        if definition is not None:
            name = definition.child_by_field_name("name")
            named = name is not None and self.judge.ours.named(self.file.buffer.text(name))
            function = definition.type in self.outline.functions
            return named and function and self.judge.provides(self.file, statement, definition)
        if not allowed:
            return False
        if any(each.inline and each.statement == statement for each in self.file.imported):
            return not self._foreign(statement)
        bound = self._bound.get((statement.start_byte, statement.end_byte))
        if bound is not None:
            return statement.type not in self.outline.types and any(
                self.judge.makes(self.file, value, bound.names)
                for value in bound.values
                if self._ours(value)
            )
        if statement.type in self.outline.blocks:
            return not self._foreign(statement)
        call = self.outline.main_call(statement)
        if call is None:
            return False
        bodies = self.outline.bodies(statement)
        if any(self._ours(body) for body in bodies) or self._shared_chain(call):
            return False
        return self.judge.whole(self.file, statement, call, self._rows.beside(statement))

    def _shared_chain(self, call: Node) -> bool:
        """Tell whether a chain has a link that is not the sibling's."""
        links: list[Node] = []
        at = self.outline.chained(call)
        while at is not None:
            links.append(at)
            at = self.outline.chained(at)
        return any(self._others_link(link) for link in links)

    def _others_link(self, link: Node) -> bool:
        """Tell whether neither what a link calls nor what it hands on is the sibling's."""
        given = link.child_by_field_name("arguments")
        called = self.outline.called(link)[1]
        if given is None or not significant(given):
            return False
        return not self._ours(given) and not self._ours(called)

    def _companion(self, statement: Node, following: Sequence[Node]) -> list[Node]:
        """Return the check of an error that belongs to what a statement binds beside ours."""
        bound = self._bound.get((statement.start_byte, statement.end_byte))
        if bound is None or not following or following[0].type not in self.outline.conditions:
            return []
        rest = [name for name in bound.names if not self.judge.ours.named(name)]
        condition = following[0].child_by_field_name("condition")
        if condition is None or self._ours(following[0]) or self._foreign(following[0]):
            return []
        text = self.file.buffer.text(condition)
        return [following[0]] if any(text.startswith(f"{name} ") for name in rest) else []

    def _close(self, group: list[Node], statements: Sequence[Node], conditional: bool) -> None:
        if not group:
            return
        first, last = statements.index(group[0]), statements.index(group[-1])
        anchor, gap = self._rows.behind(statements, first, last)
        foreign = any(self._foreign(node) for node in group)
        nodes = tuple(group)
        self.picks.append(Pick("statement", nodes, anchor, None, gap, conditional, foreign=foreign))

    # --- inside a statement ----------------------------------------------------------------------

    def _inside(self, statement: Node, allowed: bool, conditional: bool) -> None:
        definition = self.outline.definition(statement)
        if definition is not None:
            self._definition(statement, definition)
            return
        named = (statement.start_byte, statement.end_byte) in self._bound
        if not allowed or (named and statement.type != "expression_statement"):
            self.noted.append(statement)
            return
        conditional = conditional or statement.type in self.outline.conditions
        for body in self.outline.bodies(statement):
            if self._ours(body):
                self._block(self.outline.statements(body), allowed, conditional)
        before = len(self.picks)
        if statement.type in self.outline.calls and self.outline.chained(statement) is not None:
            self._chain(statement, conditional)
        else:
            self._descend(statement, conditional)
        if len(self.picks) == before and not self.outline.bodies(statement):
            self.noted.append(statement)

    def _definition(self, statement: Node, definition: Node) -> None:
        name = definition.child_by_field_name("name")
        text = self.file.buffer.text(name) if name is not None else ""
        named = any(wires.named(text) for wires in (self.judge.ours, *self.judge.others))
        models = self.judge.places.models
        if named or self.judge.places.within(models, self.file.path, definition):
            self.noted.append(statement)
            return
        body = definition.child_by_field_name("body")
        allowed = (
            self.outline.composes(self.file.buffer, definition)
            if definition.type in self.outline.classes
            else self.judge.wires(self.file, definition)
        )
        parameters = definition.child_by_field_name("parameters")
        if allowed and parameters is not None and self._ours(parameters):
            for item in significant(parameters):
                if self._ours(item):
                    self._item(parameters, item, False)
        if body is not None and self._ours(body):
            if allowed:
                self._block(self.outline.statements(body), True, False)
            else:
                self.noted.append(statement)

    def _descend(self, node: Node, conditional: bool) -> None:
        for child in node.named_children:
            closure = node.type in self.outline.closures
            if not self._ours(child) or (not closure and child in self.outline.bodies(node)):
                continue
            if child.type in self.outline.calls and self.outline.chained(child) is not None:
                self._chain(child, conditional)
                continue
            if node.type in self.outline.containers:
                self._item(node, child, conditional)
            elif closure and self.outline.statements(child):
                opens = self.judge.opens(self.file, node)
                self._block(self.outline.statements(child), opens, conditional)
            else:
                self._descend(child, conditional)

    def _chain(self, last: Node, conditional: bool) -> None:
        """Pick the links of a chain that are ours, where a link like them is another's."""
        links: list[Node] = []
        at: Node | None = last
        while at is not None:
            links.append(at)
            at = self.outline.chained(at)
        for index in reversed(range(len(links) - 1)):
            link = links[index]
            arguments = link.child_by_field_name("arguments")
            if arguments is None or not self._ours(arguments):
                continue
            alike = [one for one in links[:-1] if one != link and self._like(one, link)]
            row = any(map(self._foreign_link, alike)) or self._mounts(link, arguments)
            if self._foreign(arguments) or not row:
                self._descend(arguments, conditional)
                continue
            anchor = link
            for outer in reversed(links[:index]):
                if not self._like(outer, link) or not self._resource_link(outer):
                    break
                anchor = outer
            pick = Pick("item", (link,), anchor, last, None, conditional, "link")
            self.picks.append(pick)
        if self._ours(links[-1]):
            self._descend(links[-1], conditional)

    def _like(self, one: Node, other: Node) -> bool:
        """Tell whether two links call methods of one name."""
        names = [self.outline.called(each)[1] for each in (one, other)]
        texts = [self.file.buffer.text(name) for name in names if name is not None]
        return len(texts) == 2 and texts[0] == texts[1]

    def _mounts(self, link: Node, arguments: Node) -> bool:
        """Tell whether a link registers the sibling alone: no scope around what is all its own."""
        if not self.judge.places.is_mount(self.file.path, link):
            return False
        for argument in significant(arguments):
            base = argument
            while base.type in self.outline.calls:
                inner = self.outline.chained(base)
                if inner is None:
                    break
                base = inner
            given = base.child_by_field_name("arguments") if base != argument else None
            strings = [one for one in (significant(given) if given else []) if "string" in one.type]
            if any(not self._ours(one) for one in strings):
                return False
        return True

    def _resource_link(self, link: Node) -> bool:
        """Tell whether a link is the sibling's, or another resource's."""
        arguments = link.child_by_field_name("arguments")
        return arguments is not None and (self._foreign(arguments) or self._ours(arguments))

    def _foreign_link(self, link: Node) -> bool:
        arguments = link.child_by_field_name("arguments")
        return arguments is not None and self._foreign(arguments) and not self._ours(arguments)

    def _item(self, container: Node, item: Node, conditional: bool) -> None:
        if _sized(container):
            self.noted.append(item)
            return
        if item.type in self.outline.keyed:
            key, value = self.outline.key(item), item.child_by_field_name("value")
            ours = key is not None and self.judge.ours.named(self.file.buffer.text(key))
            ours = ours and self._ours(value)
            if ours and container.type in self.outline.arguments and container.parent is not None:
                ours = self.judge.takes(self.file, container.parent)
            if not ours or self._foreign(item):
                if value is not None:
                    self._descend_value(value, conditional)
                return
        elif container.type in self.outline.arguments and not self._surely(item):
            return
        elif self._is_list(item) and container.type in self.outline.arguments:
            self._descend(item, conditional)
            return
        elif container.type in self.outline.arguments:
            call = container.parent
            accepts = call is not None and self.judge.accepts(self.file, call, item)
            if self._foreign(item) or not accepts:
                self._descend(item, conditional)
                return
        elif container.type in self.outline.parameters | self.outline.fields:
            if not self.judge.grows(self.file, item):
                self.noted.append(item)
                return
        elif self._foreign(item):
            self._descend(item, conditional)
            return
        anchor = self._rows.last_like(container, item)
        role = next((name for name, kinds in self._roles if container.type in kinds), "item")
        self.picks.append(Pick("item", (item,), anchor, container, None, conditional, role))

    def _descend_value(self, value: Node, conditional: bool) -> None:
        if value.type in self.outline.containers:
            for item in significant(value):
                if self._ours(item):
                    self._item(value, item, conditional)
        else:
            self._descend(value, conditional)

    def _is_list(self, item: Node) -> bool:
        return item.type in self.outline.containers
