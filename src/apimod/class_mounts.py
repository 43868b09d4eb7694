"""What class routers list as theirs: other classes, classes with more, and where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from apimod.graph import Mount, RouterNode, Use
from apimod.languages import forms
from apimod.match import Fact
from apimod.values import (
    At,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    Piece,
    Text,
    Value,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.class_routers import ClassRouters
    from apimod.decorations import Decoration
    from apimod.pack import Unit

MAX_DEPTH = 12


class Listed(Struct, frozen=True):
    """A class in a list, and the dictionary that says more of it."""

    at: At
    value: ClassValue | Instance
    more: DictValue | None = None


class ClassMounts:
    """Follows the lists of class routers, through functions, dictionaries and wrappers."""

    def __init__(self, classes: ClassRouters) -> None:
        self.classes = classes
        self.ev = classes.ev
        self.mounts: list[Mount] = []
        self._globals: list[tuple[RouterNode, At]] = []
        self._paths: dict[object, list[Text]] = {}

    def hang(self, node: RouterNode, unit: Unit, decoration: Decoration) -> None:
        """Mount on a router the classes that its decorator lists."""
        wanted = decoration.get("mounts") or []
        for selector in wanted if isinstance(wanted, list) else [wanted]:
            for at in self._told(decoration.at, selector):
                self._list(node, unit, at, 0)

    def _told(self, at: At, selector: str) -> list[At]:
        """Return what an argument is, also where a name or a call gives the whole dictionary."""
        found = self.classes.decorations.args(at, selector)
        position, _, key = str(selector).partition(".")
        if found or not key:
            return found
        return [
            value.at.to(node)
            for whole in self.classes.decorations.args(at, int(position))
            for value in self.ev.evaluate(whole)
            if isinstance(value, DictValue)
            for node in [self._entry(value, key)]
            if node is not None
        ]

    def _list(self, node: RouterNode, unit: Unit, at: At, depth: int) -> None:
        if depth > MAX_DEPTH:
            return
        for one in list(self._listed(at, unit, node, 0)):
            children = [r for r in self.classes.router(one.value) if r.unit == unit.name]
            for router in children:
                child = self.classes.nodes.node(router)
                self._mount(node, child, unit, one.at)
                for more in self._more(one.more, unit) if one.more is not None else ():
                    self._list(child, unit, more, depth + 1)

    def _more(self, value: DictValue, unit: Unit) -> Iterator[At]:
        """Yield the lists of a dictionary that stands for a class and says more of it."""
        for key in unit.names("classes", "lists"):
            node = self._entry(value, key)
            if node is not None:
                yield value.at.to(node)

    def _entry(self, value: DictValue, key: str) -> Node | None:
        form = self.ev.form(value.at)
        entries = form.entries if isinstance(form, forms.Mapping) else ()
        return next((n for k, n in entries if k == key), None)

    def _mount(self, node: RouterNode, child: RouterNode, unit: Unit, at: At) -> None:
        if child is node or any(m.child is child for m in node.mounts):
            return
        fact = Fact("mount", at.source, at.node, {}, unit)
        mount = Mount(node, child, fact, None, at, (Text(""),), None, False, ())
        node.mounts.append(mount)
        child.mounted_by.append(mount)
        self.mounts.append(mount)

    # --- what a list holds -----------------------------------------------------------------------

    def _listed(self, at: At, unit: Unit, node: RouterNode, depth: int) -> Iterator[Listed]:
        """Yield the classes that an expression lists or is."""
        form = self.ev.form(at)
        if depth > MAX_DEPTH:
            return
        if isinstance(form, forms.Spread):
            yield from self._listed(at.to(form.node), unit, node, depth + 1)
            return
        if isinstance(form, forms.Joined):
            for part in form.parts:
                if not isinstance(part, str | forms.Name):
                    yield from self._listed(at.to(part), unit, node, depth + 1)
            return
        found = False
        for value in self.ev.evaluate(at):
            for one in self._of(value, at, unit, node, depth):
                found = True
                yield one
        if not found and isinstance(form, forms.Call):
            callee = self.ev.form(at.to(form.function))
            if isinstance(callee, forms.Member):  # a method of a class that nothing is known of
                for value in self.ev.evaluate(at.to(callee.object)):
                    if isinstance(value, ClassValue):
                        yield Listed(at, value)

    def _of(
        self, value: Value, at: At, unit: Unit, node: RouterNode, depth: int
    ) -> Iterator[Listed]:
        if isinstance(value, ClassValue | Instance):
            yield Listed(at, value)
        elif isinstance(value, ListValue):
            form = self.ev.form(value.at)
            if isinstance(form, forms.Listing):
                for item in form.items:
                    yield from self._listed(value.at.to(item), unit, node, depth + 1)
            else:
                yield from self._elements(value, at, unit, node, depth)
        elif isinstance(value, Items):
            yield from self._elements(value, at, unit, node, depth)
        elif isinstance(value, DictValue):
            yield from self._described(value, unit, node)
        elif isinstance(value, FunctionValue):
            for one in self.ev.results(value, None):
                yield from self._of(one, at, unit, node, depth + 1)
        elif isinstance(value, External) and value.at is not None:
            yield from self._called(value, value.at, unit, node, depth)

    def _elements(
        self, value: Value, at: At, unit: Unit, node: RouterNode, depth: int
    ) -> Iterator[Listed]:
        for element in self.ev.elements(value):
            for one in element:
                if depth < MAX_DEPTH:
                    yield from self._of(one, at, unit, node, depth + 1)

    def _described(self, value: DictValue, unit: Unit, node: RouterNode) -> Iterator[Listed]:
        table = unit.table("classes")
        for one in self._class(value, table.get("class", "")):
            yield Listed(value.at, one, value)
        for row in table.get("globals", ()):
            self._global(value, row, node)

    def _class(self, value: DictValue, key: str) -> Iterator[ClassValue | Instance]:
        for one in self.ev.member(value, key) if key else ():
            if isinstance(one, ClassValue | Instance):
                yield one

    def _called(
        self, value: External, at: At, unit: Unit, node: RouterNode, depth: int
    ) -> Iterator[Listed]:
        """What a library's function is given: a class that it wraps, or where classes lie."""
        form = self.ev.form(at)
        table = unit.table("classes")
        if not isinstance(form, forms.Call) or not form.arguments:
            return
        first = at.to(form.arguments[0].node)
        if value.name in table.get("unwraps", ()):
            yield from self._listed(first, unit, node, depth + 1)
        for row in table.get("paths", ()):
            if value.name in row["calls"]:
                self._places(first, row, unit, (), 0)

    # --- what stands before all ------------------------------------------------------------------

    def _global(self, value: DictValue, row: dict[str, Any], node: RouterNode) -> None:
        """Note an entry that puts something before all handlers of the application."""
        key = self._entry(value, row["key"])
        if key is None or not set(self.ev.canonical(value.at.to(key))) & set(row["tokens"]):
            return
        for name in row["given"]:
            given = self._entry(value, name)
            if given is not None:
                self._globals.append((node, value.at.to(given)))

    def _places(
        self, at: At, row: dict[str, Any], unit: Unit, above: tuple[Text, ...], depth: int
    ) -> None:
        """Note where the classes of a tree of paths lie."""
        for value in self.ev.evaluate(at) if depth < MAX_DEPTH else ():
            elements = self.ev.elements(value) if isinstance(value, ListValue | Items) else []
            for one in (v for element in elements for v in element):
                here = above
                if isinstance(one, DictValue):
                    path = self._entry(one, row["path"])
                    texts = self.ev.texts(one.at.to(path)) if path is not None else []
                    here = (*above, *texts[:1])
                    inside = self._entry(one, row["inside"])
                    if inside is not None:
                        self._places(one.at.to(inside), row, unit, here, depth + 1)
                found = (
                    self._class(one, row["class"]) if isinstance(one, DictValue) else iter([one])
                )
                for cls in found:
                    if isinstance(cls, ClassValue) and here:
                        self._paths.setdefault(cls.at.place, []).append(_under(here))

    def finish(self) -> None:
        """Put paths and what stands before all where they belong, now that all is mounted."""
        for mount in self.mounts:
            paths = self._paths.get(mount.parent.at.place)
            if paths and mount.child.origin != mount.parent.origin:
                mount.paths = tuple(dict.fromkeys(paths))
        for node, at in self._globals:
            for top in self.tops(node):
                uses = self.classes.nodes.uses([at], None, "router", ())
                top.uses += [u for u in uses if u not in top.uses]

    def tops(self, node: RouterNode) -> list[RouterNode]:
        """Return the routers that nothing mounts, from which a router is reached."""
        seen, stack, tops = {node}, [node], []
        while stack:
            one = stack.pop()
            if not one.mounted_by:
                tops.append(one)
            for mount in one.mounted_by:
                if mount.parent not in seen:
                    seen.add(mount.parent)
                    stack.append(mount.parent)
        return tops

    def before_all(self, unit: str) -> list[Use]:
        """Return what stands before all handlers of the applications of a unit."""
        tops = [n for n in self.classes.nodes.all if n.is_root and n.unit == unit]
        return list(dict.fromkeys(u for n in tops for u in n.uses if u.reach is None))


def _under(texts: tuple[Text, ...]) -> Text:
    pieces: list[Piece] = []
    for text in texts:
        slash = [] if text.text.startswith("/") else [Piece("/")]
        pieces += [*slash, *(text.pieces or (Piece(text.text, known=text.known),))]
    return Text.of(pieces)


__all__ = ["ClassMounts"]
