"""The texts of a project's schema: its documents, and literals in code that hold SDL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.contracts import sdl
from apimod.contracts.model import plain
from apimod.languages import forms
from apimod.model import SkippedFile
from apimod.values import (
    UNKNOWN,
    At,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    Text,
    Value,
)

if TYPE_CHECKING:
    from apimod.match import Fact
    from apimod.routes import RouterGraph

HOLE = re.compile(r"\{\?[^{}]*\}")
TOP_LIST = r"(?m)^{}:[ \t]*(?:\[([^\]]*)\]|([^\s#][^\n]*)|((?:\n[ \t]*-[^\n]*|\n[ \t]*#[^\n]*)+))"
MAX_DEPTH = 4


class Piece(Struct, frozen=True):
    """A document, and the file or the string that it was read from."""

    document: sdl.Document
    file: str
    text: str
    origin: Text | None = None

    def place(self, offset: int) -> tuple[str, int]:
        """Return the file and the line of an offset in the text."""
        passed = 0
        for piece in self.origin.pieces if self.origin is not None else ():
            if offset < passed + len(piece.text) and piece.at is not None:
                return piece.at.source.path, piece.at.line + piece.text[: offset - passed].count(
                    "\n"
                )
            passed += len(piece.text)
        return self.file, self.text.count("\n", 0, offset) + 1


class SchemaTexts:
    """Finds what the schemas of a project are written in.

    ``documents`` are the files in SDL that belong to the project.
    """

    def __init__(self, graph: RouterGraph, documents: Iterable[str]) -> None:
        self.graph = graph
        self.ev = graph.evaluator
        self.documents = tuple(documents)
        self.skipped: list[SkippedFile] = []

    @staticmethod
    def matches(names: Iterable[str], patterns: Iterable[str]) -> bool:
        """Whether one of some names fits one of some patterns."""
        return any(fnmatchcase(n, p) for n in names for p in patterns)

    def of(self, schemas: list[Fact]) -> list[Piece]:
        """Return the documents of all schemas, each once.

        The texts that a schema is made from, where they are known; else the project's files and
        its literals.
        """
        out: list[Piece] = []
        wants_files = False
        for fact in schemas:
            own, missing = self._given(fact)
            out += own
            code_first = any(fact.all(kind) for kind in sdl.KINDS)
            wants_files = wants_files or missing or (not own and not code_first)
        if wants_files:
            out += self._files(schemas)
            out += [p for f in self.graph.facts["document"] for p in self._literal(f)]
        unique: dict[object, Piece] = {}
        for piece in out:
            unique.setdefault((piece.file, piece.text), piece)
        return list(unique.values())

    # --- in code ---------------------------------------------------------------------------------

    def _given(self, fact: Fact) -> tuple[list[Piece], bool]:
        """Return what a schema is made from, and whether some of it is not known."""
        out: list[Piece] = []
        missing = False
        for node in fact.all("text"):
            for frame in self.ev.frames(fact.source, fact.node, [node]) or [None]:
                at = At(fact.source, node, frame)
                for text in self._texts(self.ev.evaluate(at), 0):
                    pieces = self._read(at, text)
                    out += pieces
                    missing = missing or (not pieces and not (text and sdl.defines(text.text)))
        return out, missing

    def _texts(self, values: Iterable[Value], depth: int) -> Iterator[Text | None]:
        """Yield the strings among values and in their lists; None for what is not known."""
        for value in values:
            if isinstance(value, Text):
                yield value
            elif isinstance(value, ListValue | Items) and depth < MAX_DEPTH:
                for element in self.ev.elements(value):
                    yield from self._texts(element, depth + 1)
            elif isinstance(value, External) and value.at is not None and depth < MAX_DEPTH:
                form = self.ev.form(value.at)
                given = form.arguments if isinstance(form, forms.Call) else ()
                inner = [v for a in given for v in self.ev.evaluate(value.at.to(a.node))]
                yield from self._texts(inner or [UNKNOWN], depth + 1)
            elif isinstance(value, FunctionValue) and depth < MAX_DEPTH:
                yield from self._texts(self.ev.results(value, None), depth + 1)
            else:
                yield None

    def _read(self, at: At, text: Text | None) -> list[Piece]:
        """Read a string that is SDL, or the files that it is the path of."""
        if text is None:
            return []
        if "{" in HOLE.sub("", text.text) or "\n" in text.text:
            return self._parsed(at.source.path, text.text, text)
        name = HOLE.sub("", text.text).strip("./")
        pattern = name if "*" in name else f"{name}*"
        found = [d for d in self.documents if name and fnmatchcase(f"/{d}", f"*/{pattern}")]
        return [p for d in found for p in self._file(d)]

    def _literal(self, fact: Fact) -> Iterator[Piece]:
        for node in fact.all("text") or (fact.node,):
            frame = self.ev.entries.unbound(fact.source, node)
            at = At(fact.source, node, frame)
            for text in self._texts(self.ev.evaluate(at), 0):
                if text is not None and sdl.defines(text.text):
                    yield from self._parsed(fact.source.path, text.text, text)

    # --- in files --------------------------------------------------------------------------------

    def _files(self, schemas: list[Fact]) -> list[Piece]:
        named = [d for f in schemas for d in self._configured(f)]
        return [p for d in named or self.documents for p in self._file(d)]

    def _configured(self, fact: Fact) -> list[str]:
        """Return the documents that a library's own settings name."""
        out: list[str] = []
        for row in fact.unit.table("schema").get("config", ()):
            for path in self.graph.code.paths:
                folder, _, name = path.rpartition("/")
                source = self.graph.code.source(path) if name in row["files"] else None
                if source is None or not path.startswith(self.graph.folder):
                    continue
                for pattern in _listed(source.data.decode("utf-8", "replace"), row["key"]):
                    whole = f"{folder}/{pattern}".lstrip("/")
                    out += [d for d in self.documents if _fits(d, whole)]
        return out

    def _file(self, path: str) -> list[Piece]:
        source = self.graph.code.source(path)
        if source is None:
            return []
        text = source.data.decode("utf-8-sig", "replace")
        return self._parsed(path, text, None) if sdl.defines(text) else []

    def _parsed(self, file: str, text: str, origin: Text | None) -> list[Piece]:
        plain_text = HOLE.sub(lambda m: " " * len(m.group()), text)
        try:
            return [Piece(sdl.read(plain_text), file, text, origin)]
        except sdl.SdlError as error:
            if sdl.defines(plain_text):
                row = SkippedFile(file, str(error))
                if row not in self.skipped:
                    self.skipped.append(row)
            return []

    # --- resolvers -------------------------------------------------------------------------------

    def resolver(self, schemas: list[Fact], owner: str, name: str) -> tuple[At | None, str]:
        """Return what answers a field, and its name, as the schema's resolvers tell."""
        for fact in schemas:
            for node in fact.all("handler"):
                for frame in self.ev.frames(fact.source, fact.node, [node]) or [None]:
                    at = At(fact.source, node, frame)
                    for value in self.ev.evaluate(at):
                        found = self._resolved(value, owner, name, 0)
                        if found is not None:
                            return self._named(found, name)
        for pattern in (p for f in schemas for p in f.unit.names("schema", "resolvers")):
            found = self._by_class(pattern.replace("{}", owner), name)
            if found is not None:
                return self._named(found, name)
        return None, ""

    def _named(self, found: At, name: str) -> tuple[At, str]:
        language = self.ev.code.language(found.source)
        return found, language.qualified_name(found.source, found.node) or name

    def _resolved(self, value: Value, owner: str, name: str, depth: int) -> At | None:
        if depth > MAX_DEPTH:
            return None
        if isinstance(value, FunctionValue):
            return value.at
        if isinstance(value, DictValue):
            keys = [owner, name]
            for key, item in self.ev.rounds(value):
                if any(isinstance(k, Text) and k.text in keys for k in key):
                    for inner in item:
                        found = self._resolved(inner, owner, name, depth + 1)
                        if found is not None:
                            return found
        if isinstance(value, Instance | ClassValue):
            cls = value.cls if isinstance(value, Instance) else value.at
            for member, values in self.ev.members(cls).items():
                if plain(member) == plain(name):
                    return next((v.at for v in values if isinstance(v, FunctionValue)), None)
        if isinstance(value, ListValue | Items):
            for element in self.ev.elements(value):
                for inner in element:
                    found = self._resolved(inner, owner, name, depth + 1)
                    if found is not None:
                        return found
        return None

    def _by_class(self, cls: str, name: str) -> At | None:
        """Return a method of the class that a library's convention names."""
        for path in self.graph.code.paths:
            source = self.graph.code.source(path) if path in self.graph.own else None
            if source is None or cls.encode() not in source.data:
                continue
            for method in self.graph.code.scopes(source).methods.get(cls, ()):
                label = method.child_by_field_name("name")
                if label is not None and plain(source.text(label)) == plain(name):
                    return At(source, method, self.ev.entries.unbound(source, method))
        return None


def _listed(text: str, key: str) -> list[str]:
    """Return the strings under a key at the top of a YAML file: one, or a list of them."""
    match = re.search(TOP_LIST.replace("{}", re.escape(key)), text)
    if match is None:
        return []
    inline, single, block = match.groups()
    items = inline.split(",") if inline else [single] if single else (block or "").split("\n")
    words = [i.strip().removeprefix("-").strip().strip("'\"") for i in items]
    return [w for w in words if w and not w.startswith("#")]


def _fits(path: str, pattern: str) -> bool:
    """Whether a path fits a pattern; ``**/`` stands for any folders, and for none."""
    parts: list[str] = []
    for part in pattern.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    whole = "/".join(parts)
    return fnmatchcase(path, whole) or fnmatchcase(path, whole.replace("**/", ""))
