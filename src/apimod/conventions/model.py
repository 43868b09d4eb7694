"""The questions that are asked of the siblings, and their answers where nobody teaches any.

``docs/templates.md`` says what each means to a template.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from apimod.model import Evidence
from apimod.views import Snippet


class IdStyle(Struct, frozen=True):
    """The primary key, and the path parameter that carries it."""

    type: str = "int"
    name: str = "id"
    symbol: str = "id"
    wire: str = "id"
    param: str = "id"
    annotation: Snippet | None = None
    """The sibling's type for the path parameter, where it has one of its own."""
    declaration: Snippet | None = None
    check: Snippet | None = None
    """The siblings' own rule for a key that is sent."""
    generated: bool = False
    """The program makes the key, not the database."""
    inherited: bool = False
    """A base declares it."""


class TimestampStyle(Struct, frozen=True):
    """The columns for creation and last change; a name is ``""`` where there is no such column."""

    created: str = "created_at"
    updated: str = "updated_at"
    mixin: bool = False
    declarations: tuple[Snippet, ...] = ()
    types: tuple[str, ...] = ()
    created_optional: bool = False
    updated_optional: bool = False
    created_symbol: str = "CreatedAt"
    updated_symbol: str = "UpdatedAt"
    """The members' names, in languages where these are not the columns'."""
    created_wire: str = ""
    updated_wire: str = ""
    """Their names in JSON; ``""`` where these are the columns'."""


class OwnerStyle(Struct, frozen=True):
    """How rows belong to a user."""

    field: str
    user_id: str
    """The expression for the caller's id in a handler: ``current_user.id``."""
    id_type: str = "int"
    annotation: Snippet | None = None
    declaration: Snippet | None = None
    override: str = ""
    """An expression, in a handler, that is true for callers who see every row."""
    denied: int = 404
    target: str = ""
    """The model that the owner is one of, where models are told of both ends of a relation."""
    reference: str = ""
    """``table.column`` that the owner's column refers to."""
    on_delete: str = ""
    """What the deletion of an owner does, as SQL says it: ``CASCADE``."""
    readable: bool = True
    symbol: str = ""
    """The member's name, in languages where it is not the column's."""
    wire: str = ""


class SessionStyle(Struct, frozen=True):
    """How code reaches the database."""

    name: str = "session"
    annotation: Snippet | None = None
    """The type of a session in a service or repository."""
    param: Snippet | None = None
    """The whole parameter by which a handler is given one."""
    commit: bool = True
    field: str = "session"
    """The attribute or field that holds it in a service or repository class."""
    takes: Snippet | None = None
    """The parameter of a constructor that gives the session by way of something else."""
    gives: Snippet | None = None
    """The expression for the session there."""
    expression: str = ""
    """The argument by which a handler hands the session on to the layer below: ``&pool``."""
    translates: bool = True
    """The store tells what a driver's error means by its own errors."""
    rounds: bool = True
    """The store's clock is no finer than the database's columns."""


class ModelStyle(Struct, frozen=True):
    """How models are declared."""

    base: Snippet | None = None
    explicit_table: bool = True
    plural_table: bool = True
    dataclass: bool = False
    suffix: str = ""
    datetime: Snippet | None = None
    """The project's own column type for moments."""
    naming: Mapping[str, str] = field(default_factory=dict)
    """The patterns that name constraints and indexes, by kind: ``uq``, ``ix``, ``fk``, ``pk``, ``ck``."""
    annotated: bool = True
    """Columns say their types in annotations; where not, each is a call with its type."""
    soft_delete: bool = False
    """Deleting a row marks it."""
    mapped: bool = False
    """Columns have names of their own, beside their members'."""
    client: Snippet | None = None
    """What holds a generated client's types and errors."""
    module: str = ""
    """The module that offers a model's type, where that is generated; ``""`` for its own file."""
    file: str = ""
    """The file that holds all models, where these have a language of their own."""
    plugins: tuple[Snippet, ...] = ()
    """What the siblings do with a schema once it is made; ``{schema}`` is its name."""
    private: str = ""
    """What marks a member that is not to be shown."""


class SchemaStyle(Struct, frozen=True):
    """How what travels is declared."""

    base: Snippet | None = None
    read_base: Snippet | None = None
    camel: bool = False
    own_alias: bool = False
    """The alias generator comes with the base, so a schema need not set one."""
    text: Snippet | None = None
    """The siblings' own type of a text without NUL characters."""
    not_null: Snippet | None = None
    """The siblings' own validator that rejects null."""
    big_as_text: bool = True
    """Integers of 64 bits travel as strings."""
    response: bool = True
    """Resources are answered in a type of their own, not as the model itself."""


class EnvelopeStyle(Struct, frozen=True):
    """Keys of a list's answer, dotted where nested; ``""`` where it has no such key."""

    items: str = "items"
    total: str = "total"
    page: str = "page"
    limit: str = "limit"
    pages: str = "pages"
    offset: str = ""
    generic: Snippet | None = None
    wrap: Snippet | None = None
    """The expression that makes one of the project's own type of page; ``{}`` is what was found."""


class ListStyle(Struct, frozen=True):
    """How a list is asked for and answered."""

    style: str = "page"
    page: str = "page"
    limit: str = "limit"
    offset: str = "offset"
    search: str = "search"
    sort: str = "sort"
    default_limit: int = 20
    max_limit: int = 100
    embed: Snippet | None = None
    """The siblings' own type for the paging parameters, to be embedded."""
    envelope: EnvelopeStyle = field(default_factory=EnvelopeStyle)


class ItemStyle(Struct, frozen=True):
    """How a single resource is answered: the key around it, or ``""``."""

    envelope: str = ""


class DeleteStyle(Struct, frozen=True):
    """How a delete is answered."""

    status: int = 204
    body: Snippet | None = None
    annotation: Snippet | None = None


class ErrorStyle(Struct, frozen=True):
    """How failures are told. Snippets are whole statements; ``{}`` stands for the message.

    None where the siblings show none: then the template uses its framework's own way.
    """

    where: str = "handler"
    not_found: Snippet | None = None
    conflict: Snippet | None = None
    invalid: Snippet | None = None
    bad_request: Snippet | None = None
    forbidden: Snippet | None = None
    internal: Snippet | None = None
    answer: Snippet | None = None
    """The statement that answers for an error value; ``{}`` stands for the error."""
    answers: frozenset[str] = frozenset()
    """The kinds of error that ``answer`` knows: ``missing taken in_use``; it logs the others."""
    missing: Snippet | None = None
    taken: Snippet | None = None
    in_use: Snippet | None = None
    """The project's own error values that a service or repository returns."""
    validation: int = 400
    handles_validation: bool = False
    """The project answers for bad input itself, without sending the input back."""
    type: Snippet | None = None
    """The project's own type of errors, where handlers give back a result."""
    converts: frozenset[str] = frozenset()
    """The types, as they are written, that turn into that type by themselves."""
    guard: Snippet | None = None
    """The project's own dependency that keeps the input out of such answers."""


class AuthStyle(Struct, frozen=True):
    """How a handler knows its caller."""

    user: str = ""
    """The name that holds the caller in a handler; ``""`` where none does."""
    kind: str = ""
    user_type: Snippet | None = None
    header: str = ""
    """The header of an API key; ``""`` where callers send a bearer token."""


class RespondStyle(Struct, frozen=True):
    """How a handler answers, where that is a call. ``{status}`` and ``{body}`` stand for its parts.

    None where the siblings show none.
    """

    ok: Snippet | None = None
    created: Snippet | None = None
    updated: Snippet | None = None
    listed: Snippet | None = None
    deleted: Snippet | None = None


class HandlerStyle(Struct, frozen=True):
    """How a handler is written, where it is a function over a request and a response."""

    style: str = "function"
    """``function`` (a declaration) or ``arrow`` (a constant that holds one)."""
    wrap: Snippet | None = None
    """What stands around a handler so that its failures are seen; ``{}`` is the handler."""
    wrap_at: str = "definition"
    """``definition``, or ``registration`` where routes wrap the handlers that they name."""
    forward: bool = False
    """A handler must hand on its failures itself: nothing waits for it."""
    request: str = "req"
    response: str = "res"
    next: str = "next"
    """The parameters' names."""
    request_type: Snippet | None = None
    response_type: Snippet | None = None
    next_type: Snippet | None = None
    typed_as: Snippet | None = None
    """The type of the constant that holds a handler; then its parameters need none."""
    returns: bool = False
    """What it returns is annotated."""
    standing: tuple[Snippet, ...] = ()
    """The statements that put something before all handlers of a router; ``{router}`` is its name."""


class ValidateStyle(Struct, frozen=True):
    """How what is sent is checked."""

    style: str = "check"
    """``check``: handlers look at the outcome; ``parse``: they call what throws, and something else
    answers; ``request``: middleware is given one schema with a key for each part of the request;
    ``part``: middleware is given a schema for one part; ``rules``: middleware is a list of rules."""
    call: Snippet | None = None
    """The middleware, or the expression that gives what was sent: ``{schema}``, ``{part}``
    (``body``, ``query``, ``params``), ``{input}``."""
    parsed: str = ""
    """Where middleware leaves what it has converted, with ``{part}``; ``""`` where it leaves nothing."""
    status: int = 400


class DocStyle(Struct, frozen=True):
    """What documents the endpoints."""

    summaries: bool = True
    docstrings: bool = False
    comments: bool = False
    """API documentation stands in comments above handlers."""
    comment_security: Snippet | None = None
    error_type: str = ""
    """The type of an error's body, as comments name it."""
    query: Snippet | None = None
    """What stands before a parameter that holds the parameters of a list."""


class TestStyle(Struct, frozen=True):
    """How the project tests its endpoints."""

    client: str = ""
    """The fixture or helper that gives a client; ``""`` where there is none."""
    client_type: Snippet | None = None
    asynchronous: bool = False
    marker: Snippet | None = None
    headers: str = ""
    """The fixture that gives an authenticated caller's headers."""
    other_headers: str = ""
    headers_type: Snippet | None = None
    prefix: Snippet | None = None
    setup: Snippet | None = None
    assertion: str = ""
    app: Snippet | None = None
    """The expression for the application, where a test makes its own client."""
    provider: Snippet | None = None
    """The function that gives a request its session, to be overridden."""
    metadata: Snippet | None = None
    """What holds all tables."""
    session: str = ""
    """The fixture that gives the session that the client's requests see."""
    shared: bool = False
    """Several tests share one database: each finds the rows of those before."""
    database: Snippet | None = None
    """The database, as it is had of what ``setup`` declares."""
    sign: Snippet | None = None
    """The statement that makes ``{request}`` come from user ``{user}``, 1 or 2."""
    signed: tuple[Snippet, ...] = ()
    """What a request is given so that it comes from a user: one for each that tests know."""
    identify: Snippet | None = None
    """The statement that makes user ``{user}`` known in a test where no login runs."""


class Collaborator(Struct, frozen=True):
    """Something that a class is handed: its type, and the member that holds it."""

    type: Snippet
    name: str


class Conventions(Struct, frozen=True):
    """All answers, and the evidence of those that somebody taught."""

    async_: bool = False
    id: IdStyle = field(default_factory=IdStyle)
    timestamps: TimestampStyle | None = field(default_factory=TimestampStyle)
    owner: OwnerStyle | None = None
    session: SessionStyle = field(default_factory=SessionStyle)
    model: ModelStyle = field(default_factory=ModelStyle)
    schema: SchemaStyle = field(default_factory=SchemaStyle)
    list: ListStyle = field(default_factory=ListStyle)
    item: ItemStyle = field(default_factory=ItemStyle)
    delete: DeleteStyle = field(default_factory=DeleteStyle)
    errors: ErrorStyle = field(default_factory=ErrorStyle)
    auth: AuthStyle | None = None
    respond: RespondStyle = field(default_factory=RespondStyle)
    handler: HandlerStyle = field(default_factory=HandlerStyle)
    validate: ValidateStyle = field(default_factory=ValidateStyle)
    typed: bool = False
    """The language's types are written."""
    docs: DocStyle = field(default_factory=DocStyle)
    test: TestStyle = field(default_factory=TestStyle)
    hash: Snippet | None = None
    log: Snippet | None = None
    collaborators: tuple[Collaborator, ...] = ()
    """What a class must be handed so that snippets for it work: ``hash`` speaks of the first."""
    accessors: tuple[Snippet, ...] = ()
    """What stands above a class so that its members are read and set; ``()`` where that is written out."""
    nul: bool = False
    evidence: tuple[Evidence, ...] = ()
