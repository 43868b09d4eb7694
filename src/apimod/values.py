"""What an expression can evaluate to, and where its pieces came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.forms import Call
    from apimod.languages.scopes import Scope
    from apimod.source import Source


class Frame:
    """One way in which a function or a loop's body is entered.

    ``site`` is the call and ``call`` its form; ``element`` the round of a loop; ``outer`` the frame
    of the function or loop around; ``bind`` what its parameters hold. ``via`` is the frame of one
    caller, also where ``site`` has none because nothing that is read comes from it. Frames are
    interned: two are the same way in if and only if they are the same object.
    """

    __slots__ = (
        "bind", "call", "depth", "element", "outer", "receiver", "scope", "site", "source", "via",
    )  # fmt: skip

    def __init__(
        self,
        source: Source,
        scope: Scope,
        site: At | None,
        outer: Frame | None,
        bind: Mapping[str, Bound],
        receiver: Value | None = None,
        element: int = -1,
    ) -> None:
        self.source = source
        self.scope = scope
        self.site = site
        self.outer = outer
        self.bind = bind
        self.receiver = receiver
        self.element = element
        self.call: Call | None = None
        self.via: Frame | None = None
        caller = self.caller
        self.depth: int = 1 + max(caller.depth if caller else 0, outer.depth if outer else 0)

    @property
    def caller(self) -> Frame | None:
        """The frame of the call."""
        return self.site.frame if self.site is not None else None


class At:
    """An expression in a file, evaluated in a frame. Equal if it is the same node and frame."""

    __slots__ = ("frame", "key", "node", "source")

    def __init__(self, source: Source, node: Node, frame: Frame | None = None) -> None:
        self.source = source
        self.node = node
        self.frame = frame
        self.key = (source.path, node.id, id(frame))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, At) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        text = self.source.text(self.node)
        return f"<At {self.source.path}:{self.line} {text[:30]!r}>"

    @property
    def line(self) -> int:
        """The line on which the expression begins."""
        return self.node.start_point[0] + 1

    def to(self, node: Node) -> At:
        """Return another node of the same file in the same frame."""
        return At(self.source, node, self.frame)

    @property
    def place(self) -> tuple[str, int, int]:
        """The file and the node, whatever the frame; in the order of the text."""
        return (self.source.path, self.node.start_byte, self.node.end_byte)


class Piece(Struct, frozen=True):
    """A part of a string, and the node that it came from."""

    text: str
    at: At | None = None
    known: bool = True


class Text(Struct, frozen=True, eq=False):
    """A string. Two are equal if their texts are; an unknown part shows as ``{?expression}``."""

    text: str
    known: bool = True
    pieces: tuple[Piece, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.text == other.text and self.known == other.known

    def __hash__(self) -> int:
        return hash((self.text, self.known))

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Text:
        """Put pieces together."""
        text = "".join(p.text for p in pieces)
        return cls(text, all(p.known for p in pieces), tuple(pieces))


class Unknown(Struct, frozen=True):
    """Nothing is known."""


class Constant(Struct, frozen=True):
    """A number, boolean or null, as it is written."""

    text: str


class External(Struct, frozen=True):
    """Something outside of the codebase: itself, what calling it gives, or an instance of it."""

    name: str
    form: Literal["name", "call", "instance"] = "name"
    at: At | None = None
    """The call."""


class FunctionValue(Struct, frozen=True):
    """A function, with the instance that it is a method of where one is known."""

    at: At
    receiver: Value | None = None


class ClassValue(Struct, frozen=True):
    """A class, struct or interface."""

    at: At


class Instance(Struct, frozen=True):
    """An instance of a class, with the call or literal that made it where it is known."""

    cls: At
    made: At | None = None


class ListValue(Struct, frozen=True):
    """A list as it is written."""

    at: At


class Items(Struct, frozen=True):
    """A list that was put together; each element may be one of several values."""

    items: tuple[tuple[Value, ...], ...]


class DictValue(Struct, frozen=True):
    """A dictionary as it is written."""

    at: At


class ModuleValue(Struct, frozen=True):
    """A module of the codebase: its file or folder."""

    path: str
    language: str


class Router(Struct, frozen=True):
    """A router: the node that makes it, and the frame; ``unit`` says whose it is.

    ``assumed``: it is only declared to be one, and nothing shows which.
    """

    at: At
    unit: str
    assumed: bool = False


Value = (
    Unknown | Text | Constant | External | FunctionValue | ClassValue | Instance | ListValue | Items
    | DictValue | ModuleValue | Router
)  # fmt: skip
Bound = At | tuple[Value, ...]

UNKNOWN = Unknown()


def known(values: Sequence[Value]) -> list[Value]:
    """Return the values that are known, or all where none is."""
    return [v for v in values if not isinstance(v, Unknown)] or list(values)


def unique(values: Sequence[Value]) -> list[Value]:
    """Return the values without repetitions, in order."""
    return list(dict.fromkeys(values))


def is_call(value: Value) -> bool:
    """Whether a value is what a call of something outside of the codebase gives."""
    return isinstance(value, External) and value.form == "call"
