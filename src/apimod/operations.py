"""The operations of a schema: fields of root types, in documents and in code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apimod.beside import Beside
from apimod.contracts import sdl
from apimod.languages import forms
from apimod.model import Endpoint, SkippedFile
from apimod.schema_texts import Piece, SchemaTexts
from apimod.serving import told
from apimod.values import (
    At,
    ClassValue,
    DictValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    Text,
    Value,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.graph import Use
    from apimod.match import Fact
    from apimod.pack import Unit
    from apimod.routes import RouterGraph

WORD = re.compile(r"[_-]+([A-Za-z0-9])")


@dataclass
class Found:
    """One operation: where it stands, what answers it, and what stands before."""

    kind: str
    name: str
    file: str
    line: int
    unit: Unit
    handler: At | None = None
    handler_name: str = ""
    middleware: list[At] = field(default_factory=list)
    fact: Fact | None = None
    directives: tuple[str, ...] = ()
    in_code: bool = True


class Operations:
    """Turns the facts of schemas and operations, and the documents, into endpoints."""

    def __init__(self, graph: RouterGraph, documents: Iterable[str] = ()) -> None:
        self.graph = graph
        self.ev = graph.evaluator
        self.texts = SchemaTexts(graph, documents)
        self.beside = Beside(self.ev)
        self._merging = [n for u in graph.units.values() for n in u.names("operation", "merged")]
        self.roots: dict[tuple[str, int, int], str] = {}
        """Classes and objects that are root types: which kind of operation their fields are."""

    @property
    def skipped(self) -> list[SkippedFile]:
        """The documents that could not be read."""
        return self.texts.skipped

    def endpoints(self) -> Iterator[Endpoint]:
        """Yield an endpoint for every operation; one that code and document both show, once."""
        schemas = [f for f in self.graph.facts["schema"] if self._is_listed(f, "schema")]
        self._find_roots(schemas)
        found = [*self._in_code(), *self._in_objects(schemas)]
        declared = self._in_documents(schemas, bool(found))
        known = {(f.kind, f.name): f for f in reversed(found)}
        for one in declared:
            known.setdefault((one.kind, one.name), one)
        for one in known.values():
            yield self._endpoint(one)

    def _is_listed(self, fact: Fact, table: str) -> bool:
        """Whether what a fact calls or is marked with is the library's: where ``is`` is captured."""
        node = fact.one("is")
        patterns = fact.unit.names(table, "origins")
        if node is None or not patterns:
            return True
        at = At(fact.source, node, self.ev.entries.unbound(fact.source, node))
        names = {*self.ev.canonical(at)}
        for value in self.ev.evaluate(at):
            if isinstance(value, External):
                names.add(value.name)
            elif isinstance(value, ClassValue):
                names |= {b for b in self.ev.mro(value.at) if isinstance(b, str)}
        return self.texts.matches(names, patterns)

    # --- root types ------------------------------------------------------------------------------

    def _find_roots(self, schemas: list[Fact]) -> None:
        for fact in schemas:
            for part, kind in sdl.KINDS.items():
                for at, value in self._values(fact, part):
                    self._note(at, value, kind, 0)

    def _values(self, fact: Fact, part: str) -> Iterator[tuple[At, Value]]:
        for node in fact.all(part):
            for frame in self.ev.frames(fact.source, fact.node, [node]) or [None]:
                at = At(fact.source, node, frame)
                for value in self.ev.evaluate(at):
                    yield at, value

    def _note(self, at: At, value: Value, kind: str, depth: int) -> None:
        if depth > 4:
            return
        if isinstance(value, Instance | ClassValue):
            cls = value.cls if isinstance(value, Instance) else value.at
            for base in self.ev.mro(cls):
                if isinstance(base, At):
                    self.roots.setdefault(base.place, kind)
                    for part in self.beside.merged(base, self._merging):
                        self._note(at, part, kind, depth + 1)
        elif isinstance(value, External) and value.form != "name" and value.at is not None:
            self.roots.setdefault(value.at.place, kind)
            form = self.ev.form(value.at)
            for argument in form.arguments if isinstance(form, forms.Call) else ():
                for inner in self.ev.evaluate(value.at.to(argument.node)):
                    if not isinstance(inner, Text | DictValue):
                        self._note(value.at, inner, kind, depth + 1)
        elif isinstance(value, ListValue | Items):
            for element in self.ev.elements(value):
                for inner in element:
                    self._note(at, inner, kind, depth + 1)

    # --- in code ---------------------------------------------------------------------------------

    def _in_code(self) -> Iterator[Found]:
        for fact in self.graph.facts["operation"]:
            kind = self._kind(fact) if self._is_listed(fact, "operation") else ""
            if not kind:
                continue
            frame = self.ev.entries.unbound(fact.source, fact.node)
            node = fact.one("handler")
            at = At(fact.source, node, frame) if node is not None else None
            handler, label = self.graph.handlers.of(at)
            answers = handler or self._member(fact, frame)
            table = fact.unit.table("operation")
            stands = self._decorators(answers, fact.unit)
            if self.beside.given(answers, table.get("skip", ())):
                continue
            stands += self.beside.given(answers, table.get("guarded", ()))
            renamed = self.beside.strings(answers, table.get("rename", ()))
            for name in renamed or self._names(fact, frame, handler or at):
                yield Found(
                    kind,
                    name,
                    fact.source.path,
                    fact.line,
                    fact.unit,
                    answers,
                    label or name,
                    [At(fact.source, n, frame) for n in fact.all("middleware")] + stands,
                    fact,
                )

    def _member(self, fact: Fact, frame: Frame | None) -> At | None:
        """Return the method that answers a field: of the class around, or of that it is made of."""
        table = fact.unit.table("operation")
        owner = self._around(fact)
        held: list[Value] = []
        for node in fact.all("field") if owner is not None else ():
            name = table.get("resolver", "").replace("{}", fact.source.text(node))
            for value in self.ev.evaluate(At(fact.source, owner)) if name and owner else ():
                held += self.ev.member(value, name)
        called = fact.one("is")
        form = self.ev.form(At(fact.source, called)) if called is not None else None
        if isinstance(form, forms.Member):
            for value in self.ev.evaluate(At(fact.source, form.object, frame)):
                if isinstance(value, ClassValue):
                    for name in table.get("members", ()):
                        held += self.ev.member(value, name)
        return next((v.at for v in held if isinstance(v, FunctionValue)), None)

    def _decorators(self, at: At | None, unit: Unit) -> list[At]:
        if at is None or not unit.table("middleware").get("decorators"):
            return []
        marks = unit.names("operation", "origins")
        decorators = self.graph.expansion.decorators
        return [
            one
            for one in decorators.standing(at, unit)
            if not self.texts.matches(self._callee(one), marks)
        ]

    def _callee(self, at: At) -> list[str]:
        form = self.ev.form(at)
        return self.ev.canonical(at.to(form.function) if isinstance(form, forms.Call) else at)

    def _kind(self, fact: Fact) -> str:
        """Return the kind of operation: as it is marked, else by the type that it stands in."""
        table = fact.unit.table("operation")
        marked = fact.one("type")
        if marked is not None:
            text = fact.source.text(marked).strip("'\"`").rpartition(".")[2]
            return str(table.get("types", {}).get(text, ""))
        owner = fact.one("in")
        if owner is None:
            owner = self._around(fact)
        if owner is None:
            return ""
        frame = self.ev.entries.unbound(fact.source, owner)
        for value in self.ev.evaluate(At(fact.source, owner, frame)):
            at = value.at if isinstance(value, ClassValue | External) else None
            if at is not None and at.place in self.roots:
                return self.roots[at.place]
            if isinstance(value, External) and value.name in table.get("makers", {}):
                return str(table["makers"][value.name])
        name = owner.child_by_field_name("name") or owner
        return str(table.get("classes", {}).get(fact.source.text(name), ""))

    def _around(self, fact: Fact) -> Node | None:
        language = self.ev.code.language(fact.source)
        node: Node | None = fact.node
        while node is not None:
            if isinstance(language.form(fact.source, node), forms.ClassForm):
                return node
            node = node.parent
        return None

    def _names(self, fact: Fact, frame: Frame | None, handler: At | None) -> list[str]:
        given = [s for n in fact.all("name") for s in self.ev.strings(At(fact.source, n, frame))]
        table = fact.unit.table("operation")
        if given:
            return list(dict.fromkeys(given))
        named = [fact.source.text(n) for n in fact.all("field")]
        if not named and handler is not None:
            language = self.ev.code.language(handler.source)
            own = language.function_name(handler.source, handler.node)
            named = [own] if own else []
        return [spelled(n, table) for n in named]

    def _in_objects(self, schemas: list[Fact]) -> Iterator[Found]:
        """Yield the entries of objects that are root types."""
        for fact in self.graph.facts["object"]:
            kind = self.roots.get((fact.source.path, fact.node.start_byte, fact.node.end_byte))
            if kind is None:
                continue
            for _, value in self._values(fact, "fields"):
                for one in self._entries(fact, value):
                    one.kind = kind
                    yield one

    def _entries(self, fact: Fact, value: Value) -> Iterator[Found]:
        if isinstance(value, FunctionValue):
            for inner in self.ev.results(value, None):
                yield from self._entries(fact, inner)
        if not isinstance(value, DictValue):
            return
        for key, item in self.ev.rounds(value):
            for text in key:
                if isinstance(text, Text) and text.known:
                    at = next((p.at for p in text.pieces if p.at is not None), value.at)
                    handler = self._resolver(fact.unit, item)
                    label = self.graph.handlers.of(handler)[1] if handler else text.text
                    yield Found("", text.text, at.source.path, at.line, fact.unit, handler, label)

    def _resolver(self, unit: Unit, values: Iterable[Value]) -> At | None:
        """Return the function that an entry of an object names as its resolver."""
        for value in values:
            if isinstance(value, FunctionValue):
                return value.at
            for inner in self._named(value, unit.names("operation", "resolvers")):
                if isinstance(inner, FunctionValue):
                    return inner.at
        return None

    def _named(self, value: Value, keys: Iterable[str]) -> Iterator[Value]:
        """Yield what a value holds under some names: a literal, or what a library made of it."""
        form = self.ev.form(value.at) if isinstance(value, External) and value.at else None
        for key in keys:
            if isinstance(value, External) and isinstance(form, forms.Call):
                for argument in form.arguments:
                    if argument.name == key and value.at is not None:
                        yield from self.ev.evaluate(value.at.to(argument.node))
            else:
                yield from self.ev.member(value, key)

    # --- in documents ----------------------------------------------------------------------------

    def _in_documents(self, schemas: list[Fact], has_code: bool) -> Iterator[Found]:
        if not schemas:
            return
        pieces = [p for p in self.texts.of(schemas) if not (p.document.is_generated and has_code)]
        roots = sdl.roots_of(p.document for p in pieces)
        kinds = {name: kind for kind, name in roots.items()}
        for piece in pieces:
            for item in piece.document.fields:
                kind = kinds.get(item.owner)
                if kind is not None and not item.name.startswith("_"):
                    yield self._declared(schemas, piece, item, kind)

    def _declared(self, schemas: list[Fact], piece: Piece, item: sdl.RootField, kind: str) -> Found:
        file, line = piece.place(item.offset)
        handler, label = self.texts.resolver(schemas, item.owner, item.name)
        return Found(
            kind,
            item.name,
            file,
            line,
            schemas[0].unit,
            handler,
            label or f"{item.owner}.{item.name}",
            directives=item.directives,
            in_code=False,
        )

    # --- rows ------------------------------------------------------------------------------------

    def _endpoint(self, one: Found) -> Endpoint:
        uses, marks = self.graph.classes.around(one.unit, one.handler)
        uses += self.graph.nodes.uses(one.middleware, one.fact, "route", ())
        auth, evidence = self._auth(one, uses, marks)
        return Endpoint(
            "graphql",
            one.kind,
            one.name,
            one.handler_name,
            told(one.unit),
            self.graph.project,
            one.file,
            one.line,
            tuple(u.name for u in uses),
            auth,
            evidence,
        )

    def _auth(
        self, one: Found, uses: list[Use], marks: dict[object, bool]
    ) -> tuple[bool | None, str]:
        guards = one.unit.names("operation", "guards")
        for directive in one.directives:
            if directive in guards:
                return True, f"@{directive} at {one.file}:{one.line}"
        library = one.handler is None and bool(one.unit.table("operation").get("defaults"))
        return self.graph.guards.judged(uses, one.handler, one.unit, library=library, marks=marks)


def spelled(name: str, table: dict[str, object]) -> str:
    """Return the name of an operation that a symbol makes: rewritten, and in the unit's case."""
    for pattern, with_ in table.get("rewrite", ()):  # type: ignore[attr-defined]
        name = re.sub(pattern, with_, name)
    if table.get("case") == "camel":
        name = WORD.sub(lambda m: m.group(1).upper(), name.lstrip("_"))
        name = name[:1].lower() + name[1:]
    return name
