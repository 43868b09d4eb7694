"""Tables of routes: lists of calls that say path and handler, and of what is included in them.

A unit's ``[table]`` says which calls are rows, which give lists, which include a module's table. A
table hangs on the router that it is given to, or belongs to a module that a setting names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from apimod.graph import Mount, RouterNode
from apimod.languages import forms
from apimod.languages.forms import Imported
from apimod.match import Fact, select
from apimod.url_patterns import converted
from apimod.values import (
    At,
    Constant,
    External,
    Instance,
    Items,
    ListValue,
    ModuleValue,
    Piece,
    Router,
    Text,
    Value,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.hanging import Hanging
    from apimod.pack import Unit
    from apimod.project_settings import ProjectSettings

Paths = tuple[Text, ...]
EMPTY: Paths = (Text(""),)


class Tables:
    """Hangs the rows of tables on routers."""

    def __init__(
        self,
        evaluator: Evaluator,
        hanging: Hanging,
        settings: ProjectSettings,
        units: Mapping[str, Unit],
        facts: Mapping[str, Sequence[Fact]],
    ) -> None:
        self.ev = evaluator
        self.hanging = hanging
        self.nodes = hanging.nodes
        self.settings = settings
        self.units = [u for u in units.values() if u.table("table")]
        self.facts = facts
        self._filled: set[object] = set()

    def build(self) -> None:
        """Read every table: those of routers, of the project's root, and what is left over."""
        for unit in self.units:
            for node in self.nodes.all:
                if node.unit == unit.name:
                    for at in self.nodes.given(node, "table"):
                        self.fill(node, at, EMPTY, unit)
            self._modules(unit)

    def _modules(self, unit: Unit) -> None:
        roots: list[RouterNode] = []
        for name in unit.names("table", "roots"):
            for at in self.settings.values(unit.name, name):
                for text in self.ev.strings(at):
                    for value in self._module(at, text):
                        node = self._table_of(value, unit)
                        if node is not None:
                            roots.append(node)
        own = [
            node
            for fact in self.facts.get("table", ())
            if fact.unit.name == unit.name
            for node in [self._table_of(ModuleValue(fact.source.path, unit.language), unit)]
            if node is not None
        ]
        self._drop_parts([n for n in own if n not in roots and not n.mounted_by])
        for node in roots or [n for n in own if not n.mounted_by]:
            node.is_root = True

    def _drop_parts(self, lone: list[RouterNode]) -> None:
        """Take the rows from tables that are only parts of other tables, put together by name."""
        hung: Counter[tuple[str, int]] = Counter()
        for node in self.nodes.all:
            hung.update(_places(node))
        for node in sorted(lone, key=lambda n: len(n.routes) + len(n.mounts)):
            places = _places(node)
            if all(hung[p] > 1 for p in places):
                hung.subtract(places)
                self.hanging.routes = [r for r in self.hanging.routes if r.router is not node]
                for mount in node.mounts:
                    mount.child.mounted_by.remove(mount)
                    self.hanging.mounts.remove(mount)
                node.routes.clear()
                node.mounts.clear()

    def _module(self, at: At, name: str) -> list[ModuleValue]:
        """Return the module of a dotted name."""
        language = self.ev.code.language(at.source)
        out = []
        for target in language.resolve(self.ev.code, at.source, Imported(name)):
            for value in self.ev.lookup.target(target, None, language.name):
                if isinstance(value, ModuleValue):
                    out.append(value)
        return out

    def _table_of(self, module: ModuleValue, unit: Unit) -> RouterNode | None:
        """Return the router that a module's table is."""
        source = self.ev.code.source(module.path)
        if source is None:
            return None
        root = self.ev.code.root(source)
        node = self.nodes.node(Router(At(source, root), unit.name))
        if node not in self._filled:
            self._filled.add(node)
            for name in unit.names("table", "names"):
                for value in self.ev.member(module, name):
                    for one, prefix in self._flat(value, EMPTY, unit):
                        self._element(node, one, prefix, unit)
        return node

    def fill(self, node: RouterNode, at: At, prefix: Paths, unit: Unit) -> None:
        """Hang what a list holds on a router."""
        for value in self.ev.evaluate(at):
            for one, inner in self._flat(value, prefix, unit):
                self._element(node, one, inner, unit)

    def _flat(self, value: Value, prefix: Paths, unit: Unit) -> Iterator[tuple[Value, Paths]]:
        """Yield the elements of a list, of those in it, and of calls that give lists."""
        if isinstance(value, ListValue | Items):
            for element in self.ev.elements(value):
                for one in element:
                    yield from self._flat(one, prefix, unit)
            return
        call = self._called(value, unit, "lists")
        if call is None:
            yield value, prefix
            return
        at, form, added = call
        paths = prefix
        if added is not None:
            optional = self._is_off(at, form, unit)
            paths = tuple(
                Text.of([*p.pieces, Piece(p.text if not p.pieces else ""), Piece(a)])
                for p in prefix
                for a in ([added, ""] if optional else [added])
            )
        for argument in form.arguments:
            if argument.name is None:
                for inner in self.ev.evaluate(at.to(argument.node)):
                    if not isinstance(inner, Text | Constant):
                        yield from self._flat(inner, paths, unit)

    def _is_off(self, at: At, call: forms.Call, unit: Unit) -> bool:
        """Whether a keyword makes the prefix optional."""
        names = unit.names("table", "optional")
        return any(
            a.name in names and at.source.text(a.node).lower() == "false" for a in call.arguments
        )

    def _called(self, value: Value, unit: Unit, key: str) -> tuple[At, forms.Call, Any] | None:
        """Return call, form and entry where a value comes from a call that a table lists."""
        if isinstance(value, Instance) and value.made is not None:
            at, names = value.made, [b for b in self.ev.mro(value.cls) if isinstance(b, str)]
        elif isinstance(value, External) and value.form == "call" and value.at is not None:
            at, names = value.at, [value.name]
        else:
            return None
        table = unit.table("table").get(key, {})
        form = self.ev.form(at)
        for name in names:
            if name in table and isinstance(form, forms.Call):
                return at, form, table[name]
        return None

    # --- elements --------------------------------------------------------------------------------

    def _element(self, node: RouterNode, value: Value, prefix: Paths, unit: Unit) -> None:
        if isinstance(value, Router):
            self._edge(node, self.nodes.node(value), prefix, value.at, unit)
            return
        row = self._called(value, unit, "rows")
        if row is not None:
            self._row(node, *row, prefix, unit)
        elif isinstance(value, External) and not self._ignored(value.name, unit):
            at = value.at
            if at is not None:
                self.hanging.note(at, f"adds {value.name}, which is not in this code")

    def _ignored(self, name: str, unit: Unit) -> bool:
        return any(fnmatchcase(name, p) for p in unit.names("table", "ignore"))

    def _row(
        self,
        node: RouterNode,
        at: At,
        call: forms.Call,
        row: Mapping[str, str],
        prefix: Paths,
        unit: Unit,
    ) -> None:
        parts = self._parts(at, call, unit)
        syntax = row.get("syntax", "plain")
        own = [
            c
            for n in parts.get("path", ())
            for t in self.ev.texts(at.to(n))
            for c in converted(t, syntax)
        ]
        paths = tuple(
            Text.of([*_pieces(p), *_pieces(t)]) for p in prefix for t in own or [Text("")]
        )
        below = False
        for part in ("table", "handler"):
            for target in parts.get(part, ()):
                values = self.ev.evaluate(at.to(target))
                below = self._below(node, at, values, paths, unit) or below
        if not below and parts.get("handler") and "mounts" not in row:
            captures = {k: tuple(v) for k, v in parts.items() if k != "path"}
            fact = Fact("route", at.source, at.node, captures, unit)
            default = (row.get("protocol", "rest"), row.get("method", "ANY"))
            self.hanging.row(node, fact, at.frame, default, paths)

    def _parts(self, at: At, call: forms.Call, unit: Unit) -> dict[str, Sequence[Node]]:
        out: dict[str, Sequence[Node]] = {}
        for part, selectors in unit.table("table").get("arguments", {}).items():
            for selector in selectors:
                found = select(self.ev.code, at.source, call, selector)
                if found:
                    out[part] = found
                    break
        return out

    def _below(
        self, node: RouterNode, at: At, values: Sequence[Value], paths: Paths, unit: Unit
    ) -> bool:
        """Hang what a row includes; whether it includes something, known or not."""
        found = False
        for value in values:
            included = self._called(value, unit, "includes")
            if included is not None:
                inner_at, form, _ = included
                nodes = [a.node for a in form.arguments if a.name in (None, "arg")]
                inner = self.ev.evaluate(inner_at.to(nodes[0])) if nodes else []
                if not self._tables(node, inner_at, inner, paths, unit):
                    text = at.source.text(nodes[0]) if nodes else "nothing"
                    names = [v.name for v in inner if isinstance(v, External)]
                    names += [text, *(v.text for v in inner if isinstance(v, Text))]
                    if not any(self._ignored(n, unit) for n in names):
                        self.hanging.note(at, f"includes {text}, which is not in this code")
                found = True
            elif isinstance(value, Router | ListValue | Items):
                found = self._tables(node, at, [value], paths, unit) or found
            elif isinstance(value, External | Instance) and self._is_ignored(value, unit):
                found = True
        return found

    def _is_ignored(self, value: External | Instance, unit: Unit) -> bool:
        if isinstance(value, External):
            return self._ignored(value.name, unit)
        return any(isinstance(b, str) and self._ignored(b, unit) for b in self.ev.mro(value.cls))

    def _tables(
        self, node: RouterNode, at: At, values: Sequence[Value], paths: Paths, unit: Unit
    ) -> bool:
        """Hang tables below a row: a module's, a list, a list in a tuple, a router."""
        found = False
        for value in values:
            if isinstance(value, Text):
                for module in self._module(at, value.text):
                    found = self._tables(node, at, [module], paths, unit) or found
            elif isinstance(value, ModuleValue):
                child = self._table_of(value, unit)
                if child is not None:
                    self._edge(node, child, paths, at, unit)
                    found = True
            elif isinstance(value, Router):
                self._edge(node, self.nodes.node(value), paths, at, unit)
                found = True
            elif isinstance(value, ListValue | Items):
                found = self._list(node, at, value, paths, unit) or found
            elif self._called(value, unit, "lists") is not None:
                for one, prefix in self._flat(value, paths, unit):
                    self._element(node, one, prefix, unit)
                found = True
        return found

    def _list(
        self, node: RouterNode, at: At, value: ListValue | Items, paths: Paths, unit: Unit
    ) -> bool:
        elements = self.ev.elements(value)
        first = elements[0] if elements else []
        held = [v for v in first if isinstance(v, ListValue | Items | ModuleValue | Text)]
        if held:  # (patterns, "namespace")
            return self._tables(node, at, held, paths, unit)
        for one, prefix in self._flat(value, paths, unit):
            self._element(node, one, prefix, unit)
        return True

    def _edge(
        self, parent: RouterNode, child: RouterNode, paths: Paths, at: At, unit: Unit
    ) -> None:
        fact = Fact("mount", at.source, at.node, {}, unit)
        conditional = self.ev.code.language(at.source).is_conditional(at.node)
        mount = Mount(parent, child, fact, at.frame, at, paths, None, conditional, ())
        parent.mounts.append(mount)
        child.mounted_by.append(mount)
        self.hanging.mounts.append(mount)


def _places(node: RouterNode) -> set[tuple[str, int]]:
    """Return where the rows of a table are written."""
    facts = [r.fact for r in node.routes] + [m.fact for m in node.mounts]
    return {(f.source.path, f.node.start_byte) for f in facts}


def _pieces(text: Text) -> Sequence[Piece]:
    return text.pieces or (Piece(text.text, known=text.known),)
