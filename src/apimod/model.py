"""The frozen values that the floors hand to each other.

Paths are POSIX strings relative to the workspace. Offsets and spans count bytes of the file as it
lies on disk. Lines count from 1.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

Method = str
Json = dict[str, Any]


class Evidence(Struct, frozen=True):
    """Why something is believed: a fact, and the place that shows it."""

    fact: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.fact} ({self.file}:{self.line})"


class Span(Struct, frozen=True):
    """A half-open range of bytes."""

    start: int
    end: int


# --- what a request asks for ---------------------------------------------------------------------

FIELD_TYPES = (
    "string", "text", "int", "bigint", "float", "decimal", "bool", "date", "datetime", "uuid",
    "email", "url", "json", "enum", "ref",
)  # fmt: skip
OPERATIONS = ("create", "list", "get", "update", "delete")


class Field(Struct, frozen=True):
    """One field of a resource: ``name:type[:modifier…]``, its name in snake_case words."""

    name: str
    type: str
    values: tuple[str, ...] = ()
    """The members of an enum."""
    target: str = ""
    """The resource that a ref points at, as words in snake_case."""
    unique: bool = False
    optional: bool = False
    index: bool = False
    secret: bool = False
    readonly: bool = False
    min: float | None = None
    max: float | None = None
    default: str | None = None


class Resource(Struct, frozen=True):
    """A resource's name in its two numbers, as lower-case words joined by ``_``."""

    singular: str
    plural: str
    given: str
    fields: tuple[Field, ...] = ()


class Request(Struct, frozen=True):
    """What a user asked for. Equal requests on equal trees give equal plans."""

    codemod: str
    resource: Resource
    project: str = ""
    framework: str = ""
    into: str = ""
    like: str = ""
    path: str = ""
    only: tuple[str, ...] = OPERATIONS
    orm: str = ""
    auth: str = ""
    fields_given: bool = False


# --- edits and plans -----------------------------------------------------------------------------


class Create(Struct, frozen=True):
    """A new file."""

    id: str
    path: str
    content: bytes
    because: str
    needs: tuple[str, ...] = ()
    mode: int = 0o644
    kind: Literal["create"] = "create"


class Insert(Struct, frozen=True):
    """New bytes at an offset of the old file. Several at one offset land in the plan's order."""

    id: str
    path: str
    offset: int
    text: bytes
    because: str
    needs: tuple[str, ...] = ()
    kind: Literal["insert"] = "insert"


class Replace(Struct, frozen=True):
    """Other bytes in place of a span; ``old`` is what stands there, checked before writing."""

    id: str
    path: str
    span: Span
    old: bytes
    new: bytes
    because: str
    needs: tuple[str, ...] = ()
    kind: Literal["replace"] = "replace"


class Delete(Struct, frozen=True):
    """The removal of a file whose bytes hash to ``old_hash`` (SHA-256, hex)."""

    id: str
    path: str
    old_hash: str
    because: str
    needs: tuple[str, ...] = ()
    kind: Literal["delete"] = "delete"


Edit = Create | Insert | Replace | Delete


class Step(Struct, frozen=True):
    """Something that the user does next: a sentence, and the command where there is one."""

    text: str
    command: str = ""


class Plan(Struct, frozen=True):
    """All that an apply will do, as a value.

    ``hashes`` holds (path, SHA-256 hex) of every file that the plan was made from; a path with an
    empty hash must not exist. ``profile`` is the shape of the REST contract that was chosen.
    """

    request: Request
    project: str
    framework: str
    edits: tuple[Edit, ...]
    hashes: tuple[tuple[str, str], ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    profile: Json = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    calls: tuple[str, ...] = ()
    """``curl`` commands that work as printed once the service runs."""
    needs_lock: bool = False


# --- what a codebase serves ----------------------------------------------------------------------


class Endpoint(Struct, frozen=True):
    """One row of ``apimod list``; the JSON contract's keys, in its order."""

    protocol: str
    method: Method
    path: str
    handler: str
    framework: str
    project: str
    file: str
    line: int
    middleware: tuple[str, ...] = ()
    auth: bool | None = None
    auth_evidence: str = ""
    mounted: bool = True


class Unresolved(Struct, frozen=True):
    """A route-shaped fact whose receiver, path or target could not be known."""

    file: str
    line: int
    reason: str


class SkippedFile(Struct, frozen=True):
    """A file that could not be read or parsed."""

    file: str
    reason: str


# --- outcomes ------------------------------------------------------------------------------------


class Changed(Struct, frozen=True):
    """The plan was applied, or would be."""

    plan: Plan


class Unchanged(Struct, frozen=True):
    """All that was asked for is there already."""

    reason: str


class Skipped(Struct, frozen=True):
    """Not a project that the codemod is for."""

    reason: str


class RefusedOutcome(Struct, frozen=True):
    """apimod would not do it."""

    reason: str
    snippet: str = ""


class Failed(Struct, frozen=True):
    """It broke."""

    error: str


Outcome = Changed | Unchanged | Skipped | RefusedOutcome | Failed
