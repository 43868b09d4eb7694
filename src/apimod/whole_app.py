"""What is said of an application as a whole: its prefix, its versions, what stands before some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.graph import Only, Reach, RouterNode, Versioning
from apimod.languages import forms
from apimod.values import (
    At,
    ClassValue,
    Constant,
    DictValue,
    Frame,
    Instance,
    Items,
    ListValue,
    Text,
    Value,
)
from apimod.versions import versions_of

if TYPE_CHECKING:
    from apimod.class_routers import ClassRouters
    from apimod.evaluate import Evaluator
    from apimod.handlers import Handlers
    from apimod.match import Fact
    from apimod.pack import Unit
    from apimod.router_nodes import RouterNodes


class WholeApp:
    """Hangs on applications what holds for all of their routes, or for those that it names."""

    def __init__(
        self,
        evaluator: Evaluator,
        nodes: RouterNodes,
        handlers: Handlers,
        classes: ClassRouters | None = None,
    ) -> None:
        self.ev = evaluator
        self.nodes = nodes
        self.handlers = handlers
        self.classes = classes

    def prefix(self, fact: Fact, frame: Frame | None) -> bool:
        """Put a prefix before all routes of a router but some."""
        routers = self.nodes.on(fact, frame)
        node = fact.one("path")
        texts = tuple(self.ev.texts(At(fact.source, node, frame))) if node is not None else ()
        rows = self._rows(fact, "except", frame, False)
        for router in routers:
            router.prefixes = texts
            router.excepted = rows
        return bool(routers)

    def started(self, fact: Fact, frame: Frame | None) -> bool:
        """Note that something starts a server with an application."""
        values = [
            v for n in fact.all("target") for v in self.ev.evaluate(At(fact.source, n, frame))
        ]
        routers = [r for r in self.nodes.meaning.routers(values) if r.unit == fact.unit.name]
        for router in routers:
            self.nodes.node(router).is_started = True
        return bool(routers)

    def versioning(self, fact: Fact, frame: Frame | None) -> bool:
        """Let a router put versions into paths, where they are said to stand there."""
        table = fact.unit.table("versioning")
        routers = self.nodes.on(fact, frame)
        kinds = [
            name for n in fact.all("type") for name in self.ev.canonical(At(fact.source, n, frame))
        ]
        if fact.all("type") and not set(kinds) & set(table.get("types", ())):
            return bool(routers)
        node = fact.one("prefix")
        prefix = str(table.get("prefix", ""))
        if node is not None:
            prefix = self._before_version(At(fact.source, node, frame))
        default = tuple(
            v
            for n in fact.all("default")
            for v in versions_of(
                self.ev, At(fact.source, n, frame), fact.unit.names("versioning", "neutral")
            )
        )
        for router in routers:
            router.versioning = Versioning(prefix, default)
        return bool(routers)

    def _before_version(self, at: At) -> str:
        """Return what stands before a version: nothing where it is a constant such as false."""
        values = self.ev.evaluate(at)
        texts = [v for v in values if isinstance(v, Text)]
        if texts:
            return next((t.text for t in texts if t.known), texts[0].text)
        if any(isinstance(v, Constant) for v in values):
            return ""
        return self.ev.texts(at)[0].text

    # --- before some -----------------------------------------------------------------------------

    def standing(self, fact: Fact) -> None:
        """Put something before the routes that it names, of all applications of its class."""
        if self.classes is None:
            return
        frame = self.ev.entries.unbound(fact.source, fact.node)
        only = self._rows(fact, "for", frame, True)
        reach = Reach(only, self._rows(fact, "except", frame, False))
        nodes = self._given(fact, "target", frame)
        uses = self.nodes.uses(nodes, None, "router", ())
        for top in self._tops(fact):
            earlier = [u for u in top.uses if u.reach is not None]
            later = [u for u in top.uses if u.reach is None]
            top.uses = [*earlier, *(replace(u, reach=reach) for u in uses), *later]

    def depth(self, fact: Fact) -> int:
        """Return how far the class in which a fact stands is from its application."""
        level, depth = self._around(fact), 0
        seen = set(level)
        while level:
            level = [m.parent for n in level for m in n.mounted_by if m.parent not in seen]
            seen.update(level)
            depth += 1
        return depth

    def _tops(self, fact: Fact) -> list[RouterNode]:
        """Return the applications that reach the class in which a fact stands."""
        if self.classes is None:
            return []
        listed = self.classes.listed
        return list(dict.fromkeys(t for n in self._around(fact) for t in listed.tops(n)))

    def _around(self, fact: Fact) -> list[RouterNode]:
        """Return the class router in which a fact stands."""
        language = self.ev.code.language(fact.source)
        node = fact.node.parent
        while node is not None and not isinstance(
            language.form(fact.source, node), forms.ClassForm
        ):
            node = node.parent
        if node is None or self.classes is None:
            return []
        routers = self.classes.router(ClassValue(At(fact.source, node)))
        return [self.nodes.node(r) for r in routers]

    def _rows(self, fact: Fact, part: str, frame: Frame | None, below: bool) -> tuple[Only, ...]:
        return tuple(
            row
            for at in self._given(fact, part, frame)
            for value in self.ev.evaluate(at)
            for row in self._only(value, at, fact.unit, below)
        )

    def _given(self, fact: Fact, part: str, frame: Frame | None) -> list[At]:
        """Return the expressions of a part; all arguments, where those of a call are captured."""
        out: list[At] = []
        for node in fact.all(part):
            at = At(fact.source, node, frame)
            inner = node.named_children if self.ev.form(at) is None else [node]
            for one in (at.to(n) for n in inner if n.type != "comment"):
                form = self.ev.form(one)
                out.append(one.to(form.node) if isinstance(form, forms.Spread) else one)
        return out

    def _only(self, value: Value, at: At, unit: Unit, below: bool) -> Iterator[Only]:
        if isinstance(value, ListValue | Items):
            for element in self.ev.elements(value):
                for one in element:
                    yield from self._only(one, at, unit, below)
        elif isinstance(value, ClassValue | Instance):
            yield Only(owner=(value.at if isinstance(value, ClassValue) else value.cls).place)
        elif isinstance(value, DictValue):
            yield from self._described(value, unit, below)
        elif isinstance(value, Text | Constant):
            yield Only(value.text, below=below)

    def _described(self, value: DictValue, unit: Unit, below: bool) -> Iterator[Only]:
        form = self.ev.form(value.at)
        entries = dict(form.entries) if isinstance(form, forms.Mapping) else {}
        path, method = entries.get("path"), entries.get("method")
        table = unit.table("methods")
        verbs = self.handlers.named(value.at.to(method), table) if method is not None else []
        for text in self.ev.texts(value.at.to(path)) if path is not None else ():
            for verb in verbs or [""]:
                yield Only(text.text, verb, below and verb in ("", "ANY"))
