"""What a template sees: names in their cases, fields, operations, roles, and what siblings teach.

``docs/templates.md`` is the contract between these and the templates. Texts that come from the
project are ``Snippet``s: they print as code, and carry the imports that they need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from apimod import names
from apimod.languages.buffer import ImportNeed
from apimod.model import Evidence, Field
from apimod.render import Raw

__all__ = [
    "Case",
    "EnumValue",
    "FieldView",
    "ImportNeed",
    "OperationView",
    "Operations",
    "ResourceView",
    "RoleView",
    "Snippet",
    "Symbols",
    "TargetView",
    "local_name",
]


def local_name(need: ImportNeed) -> str:
    """Return the identifier that an import binds, as far as the need itself tells."""
    if need.alias or need.name:
        return need.alias or (need.name or "").rpartition(" ")[2]
    parts = re.split(r"/|::", need.module)
    versioned = len(parts) > 1 and re.fullmatch(r"v\d+", parts[-1]) is not None
    return parts[-2 if versioned else -1].split(".", 1)[0]


class Snippet(Struct, frozen=True):
    """A piece of code of the project, or made by the engine, with the imports that it needs."""

    text: str
    imports: tuple[ImportNeed, ...] = ()
    evidence: Evidence | None = None

    def __str__(self) -> str:
        return self.text

    def format(self, *values: object) -> Snippet:
        """Return it with each ``{}`` replaced, in order."""
        text = self.text
        for value in values:
            text = text.replace("{}", str(value), 1)
        return Snippet(text, self.imports, self.evidence)

    def fill(self, **parts: object) -> Snippet:
        """Return it with each ``{name}`` replaced by the part of that name."""
        text = self.text
        for name, part in parts.items():
            text = text.replace("{" + name + "}", str(part))
        return Snippet(text, self.imports, self.evidence)


class Case:
    """A name in every case. ``initialisms`` are words that the language writes in capitals."""

    def __init__(self, words: str, initialisms: frozenset[str] = frozenset()) -> None:
        self._words = tuple(words.split("_"))
        self._initialisms = initialisms

    def __str__(self) -> str:
        return self.snake

    def written(self, case: str) -> str:
        """Return the name in the case that is named: ``snake``, ``camel``, ``pascal``, ``upper`` …"""
        return str(getattr(self, case))

    @property
    def snake(self) -> str:
        return "_".join(self._words)

    @property
    def kebab(self) -> str:
        return "-".join(self._words)

    @property
    def flat(self) -> str:
        return "".join(self._words)

    @property
    def upper(self) -> str:
        return self.snake.upper()

    @property
    def words(self) -> str:
        return " ".join(self._words)

    @property
    def a(self) -> str:
        return f"{names.article(self._words)} {self.words}"

    @property
    def pascal(self) -> str:
        return "".join(self._big(word) for word in self._words)

    @property
    def camel(self) -> str:
        return self._words[0] + "".join(self._big(word) for word in self._words[1:])

    @property
    def sentence(self) -> str:
        return self.words[:1].upper() + self.words[1:]

    def _big(self, word: str) -> str:
        return word.upper() if word in self._initialisms else word.capitalize()


class ResourceView(Struct, frozen=True):
    """The resource's name in its two numbers."""

    singular: Case
    plural: Case


class EnumValue(Struct, frozen=True):
    """A member of an enum: what travels, and the identifier that stands for it."""

    value: Raw
    symbol: str


class TargetView(Struct, frozen=True):
    """The model that a ref points at."""

    name: Case
    model: str
    table: str
    pk_type: str
    pk_column: str
    module: str
    path: str = ""
    pk_annotation: str = ""
    """The type of its key in the language; ``""`` where the type alone says it."""
    pk_bits: int = 64
    """How wide the column of an integer key is."""
    owner: str = ""
    """The column that says whose row it is, where its rows have owners."""
    sample: Snippet | None = None
    """The expression that makes a row of it, for tests."""


class FieldView(Struct, frozen=True):
    """A field of the resource as the language and the wire write it."""

    spec: Field
    symbol: str
    wire: str
    column: str
    enum: str = ""
    values: tuple[EnumValue, ...] = ()
    target: TargetView | None = None

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def type(self) -> str:
        return self.spec.type

    @property
    def unique(self) -> bool:
        return self.spec.unique

    @property
    def optional(self) -> bool:
        return self.spec.optional

    @property
    def index(self) -> bool:
        return self.spec.index

    @property
    def secret(self) -> bool:
        return self.spec.secret

    @property
    def readonly(self) -> bool:
        return self.spec.readonly

    @property
    def min(self) -> float | int | None:
        return _whole(self.spec.min)

    @property
    def max(self) -> float | int | None:
        return _whole(self.spec.max)

    @property
    def default(self) -> Raw | None:
        return None if self.spec.default is None else Raw(_typed(self.type, self.spec.default))

    @property
    def required(self) -> bool:
        return not self.optional and self.spec.default is None

    @property
    def writable(self) -> bool:
        return not self.readonly

    @property
    def readable(self) -> bool:
        return not self.secret

    @property
    def textual(self) -> bool:
        return self.type in ("string", "text", "email", "url")

    @property
    def searchable(self) -> bool:
        return self.textual and not self.secret

    @property
    def sortable(self) -> bool:
        return not self.secret and self.type not in ("json", "text")

    @property
    def filterable(self) -> bool:
        return not self.secret and self.type not in ("json", "text", "float", "decimal")


def _typed(type_: str, text: str) -> object:
    """Return a default as the value that ``literal`` writes in the language."""
    match type_:
        case "int" | "bigint":
            return int(text)
        case "float":
            return float(text)
        case "bool":
            return text == "true"
        case _:
            return text


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


class OperationView(Struct, frozen=True):
    """One of the asked operations, as its route and its handler are written."""

    name: str
    method: str
    path: str
    full_path: str
    status: int
    summary: str
    params: tuple[Snippet, ...] = ()
    decorators: tuple[Snippet, ...] = ()
    auth: bool = False
    errors: tuple[int, ...] = ()
    handler: str = ""
    """How a route that is listed among others names its handler; ``""`` for the plain way."""
    doc_path: str = ""
    """The path as comments document it, below the documented base; ``""`` for the full one."""


class Operations(Struct, frozen=True, dict=True):
    """The asked operations by name; none where it was not asked for."""

    create: OperationView | None = None
    list: OperationView | None = None
    get: OperationView | None = None
    update: OperationView | None = None
    delete: OperationView | None = None

    @cached_property
    def all(self) -> tuple[OperationView, ...]:
        every = (self.create, self.list, self.get, self.update, self.delete)
        return tuple(op for op in every if op is not None)


class Symbols(dict[str, str]):
    """The names of a role's symbols by what they are; an unknown one is an error."""

    def __getattr__(self, name: str) -> str:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


class RoleView(Struct, frozen=True):
    """Where a role's code lands and what its symbols are called."""

    name: str
    path: str
    module: str
    package: str = ""
    shared: bool = False
    exists: bool = False
    form: str = "functions"
    like: str = ""
    symbols: Symbols = field(default_factory=Symbols)
    evidence: Evidence | None = None
    names: frozenset[str] = frozenset()
    """What the file binds already, where it is there."""
    qualifier: Snippet | None = None
    """What a handler writes before the names of its functions: the parameter that holds it, or its
    module's name; None where they stand alone."""
    held: str = ""
    """The name under which the layer above holds it: ``users``, ``svc``; ``""`` for the plural."""
    support: str = ""
    """The file for the helpers that all resources of this role share."""
    hasher: str = ""
    """The file for the function that hashes secrets."""
    declared: frozenset[str] = frozenset()
    """The names that its package declares already, in any file."""
    prefix: str = ""
    """What every route of the resource begins with, on its router: ``/users``."""
    library: str = ""
    """The template with the macros that tests of this role's work take; ``""`` where there is none."""
    joins: bool = False
    """Its functions are methods of a type that is there already, and that all resources share."""
    paths: Symbols = field(default_factory=Symbols)
    """The files of its symbols, where each class has one of its own."""
    modules: Mapping[str, str] = field(default_factory=dict)
    """The modules of those symbols that are not in the role's own."""
    annotations: tuple[Snippet, ...] = ()
    """What stands above the sibling's class beside what its template writes itself."""
    inject: str = "constructor"
    """How its class is handed what it holds: by a ``constructor`` that it writes, by one that is
    ``generated``, or into each ``field``, above which ``mark`` stands."""
    mark: Snippet | None = None
    accessors: bool = True
    """Its class writes out what reads and sets its members; else one of ``annotations`` makes it."""
    returns: str = ""
    """What handlers give back: ``body``, or ``wrapped`` in what carries the status."""
    star: str = "*"
    """Stands before its type where an instance is handed on; ``""`` where that is done by value."""
    offer: str = "named"
    """How its file offers the main symbol: ``named``, ``default``, or as the ``whole`` of it."""
    members: frozenset[str] = frozenset()
    """The symbols that others reach through what ``qualifier`` names."""
    receiver: str = "h"
    """The name by which methods call what they belong to."""

    def qualified(self, name: str, here: RoleView) -> str:
        """Return how the code of ``here`` writes a name of this role's package."""
        if self.module == here.module:
            return name
        if name in self.members and self.qualifier is not None:
            return f"{self.qualifier}.{name}"
        return f"{self.package}.{name}" if self.package else name

    def ref(self, symbol: str, here: RoleView) -> str:
        """Return how the code of ``here`` writes one of this role's symbols."""
        return self.qualified(self.symbols[symbol], here)
