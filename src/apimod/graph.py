"""The router graph's values: routers, mounts, routes, and what is served by way of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.values import At, Frame, Router, Text

if TYPE_CHECKING:
    from apimod.match import Fact
    from apimod.model import Endpoint

Order = tuple[tuple[object, int], ...]
"""Where something happens when the code runs: a function and a byte, from the outermost call in."""


Mark = tuple[object, bool]
"""Something that a decorator notes on a route for guards to read: its key, and whether it is set."""


class Only(Struct, frozen=True):
    """Some routes: those on a path, those below it as well, or those of a class."""

    pattern: str = ""
    verb: str = ""
    below: bool = False
    owner: object = None


class Reach(Struct, frozen=True):
    """The routes that something is for: some, without others."""

    only: tuple[Only, ...]
    excepted: tuple[Only, ...] = ()


class Versioning(Struct, frozen=True):
    """How an application puts versions into paths: what stands before one, and the default."""

    prefix: str
    default: tuple[Text | None, ...] = ()


class Use(Struct, frozen=True):
    """Something that stands before handlers: its node, and the fact that put it there."""

    at: At
    fact: Fact | None
    order: Order = ()
    scope: str = "route"
    """Where it is attached: ``router``, ``mount``, ``route``."""
    sure: bool = True
    """Whether it surely stands there: not in a branch, and surely before what is added."""
    paths: tuple[str, ...] = ()
    """The paths that it is for, with all that lies below them; for all where there are none."""
    reach: Reach | None = None
    """The routes that it is for, where that is said route by route."""
    spared: tuple[str, ...] = ()
    """The paths that it lets pass: whole ones, expressions in slashes, ``?`` for unknown ones."""

    @property
    def name(self) -> str:
        """The text that stands for it: a function's or class's name, where it is written here."""
        name = self.at.node.child_by_field_name("name")
        if name is not None and self.at.node.child_by_field_name("body") is not None:
            return self.at.source.text(name)
        return " ".join(self.at.source.text(self.at.node).split())


class RouterNode(Struct, eq=False):
    """A router. ``at`` and its frame are its identity."""

    router: Router
    prefixes: tuple[Text, ...] = ()
    """Its own prefix, in every value that it may have, with provenance."""
    fact: Fact | None = None
    methods: frozenset[str] | None = None
    """The only methods that it answers, whatever hangs on it; None for all."""
    origin: str = ""
    """The canonical name of what makes it."""
    is_root: bool = False
    uses: list[Use] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    """The mounts that hang on it."""
    mounted_by: list[Mount] = field(default_factory=list)
    versions: tuple[Text | None, ...] = ()
    """The versions that its routes have, None for none at all; empty where it says nothing."""
    versioning: Versioning | None = None
    is_started: bool = False
    """Something starts a server with it."""
    is_registered: bool = False
    """It serves only where something mounts it."""
    excepted: tuple[Only, ...] = ()
    """The routes that its prefix does not stand before."""
    absolute: bool = False
    """Its paths are whole: nothing that is above it stands before them."""
    reached: list[str] = field(default_factory=list)
    """The full prefixes under which an entrypoint reaches it."""

    @property
    def at(self) -> At:
        """The node that makes it."""
        return self.router.at

    @property
    def frame(self) -> Frame | None:
        """The frame in which it is made."""
        return self.router.at.frame

    @property
    def unit(self) -> str:
        """The name of the unit that it belongs to."""
        return self.router.unit

    @property
    def line(self) -> int:
        """The line on which it is made."""
        return self.at.line


class Mount(Struct, eq=False):
    """An edge: a router under another one. A group is one too, on the router that it makes."""

    parent: RouterNode
    child: RouterNode
    fact: Fact
    frame: Frame | None
    target: At
    """The expression that gives the child, or the element of the list that does."""
    paths: tuple[Text, ...]
    path: At | None
    """The expression of the prefix."""
    conditional: bool
    order: Order
    uses: tuple[Use, ...] = ()

    @property
    def line(self) -> int:
        """The line of the call."""
        return self.fact.line


class Route(Struct, eq=False):
    """A route on a router, in one frame."""

    router: RouterNode
    fact: Fact
    frame: Frame | None
    methods: tuple[tuple[str, str], ...]
    """Protocol and method."""
    paths: tuple[Text, ...]
    handler: At | None
    """The function's definition."""
    handler_at: At | None
    """The expression that names the handler."""
    handler_name: str
    order: Order
    uses: tuple[Use, ...] = ()
    conditional: bool = False
    library: bool = False
    """What answers is not code of the codebase, and known all the same."""
    versions: tuple[Text | None, ...] = ()
    """Its own versions, which take the place of the router's."""
    marks: tuple[Mark, ...] = ()
    """What decorators note on it for guards to read."""
    said: tuple[bool, str] | None = None
    """Whether a caller must be known, as the handler's decorators say, and where they do."""


class Served(Struct, frozen=True, eq=False):
    """One endpoint, with the route and the mounts by which it is reached, entrypoint first."""

    endpoint: Endpoint
    route: Route
    router: RouterNode
    edges: tuple[Mount, ...]
    parts: tuple[Text, ...]
    """The pieces of the path: prefixes and mounts from the entrypoint down, then the route's."""
    uses: tuple[Use, ...]
    """What stands before the handler, in order."""

    @property
    def source(self) -> object:
        """The file of the registration."""
        return self.route.fact.source

    @property
    def handler(self) -> At | None:
        """The handler's definition."""
        return self.route.handler
