"""The shape of one generated resource, as a plan carries it. ``docs/profile.md`` explains it."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Json = dict[str, Any]
OperationName = Literal["create", "list", "get", "update", "delete"]
FieldType = Literal[
    "string", "text", "int", "bigint", "float", "decimal", "bool", "date", "datetime", "uuid",
    "email", "url", "json", "enum", "ref",
]  # fmt: skip


class Operation(TypedDict):
    """One call. ``path`` holds ``{id}`` where the id goes."""

    method: str
    path: str
    status: int
    auth: bool
    location: NotRequired[bool]


class ListShape(TypedDict):
    """How lists are asked for, and where their parts are: dotted paths into the body.

    ``""`` is the body itself; ``header:NAME`` is a header of the response.
    """

    style: Literal["page", "offset"]
    params: dict[str, str]
    items: str
    total: str
    page: str | None
    limit: str | None
    pages: str | None
    search: str | None
    sort: str | None
    sorts: NotRequired[list[str]]
    filters: list[str]
    default_limit: int
    max_limit: int


class Ref(TypedDict):
    """What a ref points at; ``list`` is a path whose items are existing targets, if any."""

    resource: str
    type: Literal["int", "uuid", "string"]
    list: str | None


class FieldShape(TypedDict):
    """One declared field. ``wire`` is its name in JSON, in queries and in errors."""

    name: str
    wire: str
    type: FieldType
    required: bool
    unique: bool
    optional: bool
    secret: bool
    readonly: bool
    min: float | None
    max: float | None
    values: list[str]
    default: Any
    ref: Ref | None
    as_string: NotRequired[bool]


class Identity(TypedDict):
    """The key of the resource, on the wire."""

    name: str
    type: Literal["int", "uuid", "string"]


class Timestamps(TypedDict):
    """The wire names of the two timestamps."""

    created: str
    updated: str


class Errors(TypedDict):
    """The status of each failure."""

    validation: list[int]
    not_found: int
    conflict: int
    malformed_id: list[int]
    unauthenticated: list[int]
    echoes_input: NotRequired[bool]


class Auth(TypedDict):
    """Whether the resource's calls need credentials."""

    required: bool


class Owner(TypedDict):
    """Whether each user sees only their own rows; ``field`` is the owner's wire name, if shown."""

    scoped: bool
    field: NotRequired[str | None]


class Referenced(TypedDict):
    """A call that makes a row which refers to ours: ``body`` with our id put under ``field``."""

    method: str
    path: str
    field: str
    body: Json


class Profile(TypedDict):
    """All of it."""

    schema: Literal[1]
    resource: str
    base_path: str
    operations: dict[OperationName, Operation]
    item_envelope: str | None
    list: ListShape | None
    case: Literal["snake", "camel", "pascal"]
    id: Identity
    timestamps: Timestamps | None
    fields: list[FieldShape]
    errors: Errors
    auth: Auth
    owner: Owner | None
    referenced: NotRequired[Referenced | None]


def settable(profile: Profile) -> list[FieldShape]:
    """Return the fields that a client may send."""
    return [field for field in profile["fields"] if not field["readonly"]]


def visible(profile: Profile) -> list[FieldShape]:
    """Return the fields that a client may see."""
    return [field for field in profile["fields"] if not field["secret"]]


def as_string(field: FieldShape) -> bool:
    """Say whether a number travels as a string; bigint and decimal do unless told otherwise."""
    return field.get("as_string", field["type"] in ("bigint", "decimal"))
