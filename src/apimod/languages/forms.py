"""What an expression can be, in any language, and how a name can be bound.

A language turns each node that the evaluator asks about into one of the forms; the evaluator knows
the forms and no language.
"""

from __future__ import annotations

from msgspec import Struct
from tree_sitter import Node


class Name(Struct, frozen=True):
    """A name to look up in the scopes around it."""

    text: str


class Member(Struct, frozen=True):
    """``object.name``."""

    object: Node
    name: str


class Argument(Struct, frozen=True):
    """An argument, its keyword if it has one, and whether it spreads a list."""

    name: str | None
    node: Node
    spread: bool = False


class Call(Struct, frozen=True):
    """A call, or the construction of a value of a type."""

    function: Node
    arguments: tuple[Argument, ...]
    constructs: bool = False
    elided: bool = False
    """The type constructed is the element type of ``function``."""
    initialises: Node | None = None
    """What stands for the instance that it sets up, where it makes no new one: ``super()``."""


class String(Struct, frozen=True):
    """A literal string, without its quotes."""

    text: str


class Constant(Struct, frozen=True):
    """A literal number, boolean or null, as it is written."""

    text: str


class Joined(Struct, frozen=True):
    """Strings put together: literal pieces, and between them expressions, or names in a pattern."""

    parts: tuple[str | Node | Name, ...]


class Fallback(Struct, frozen=True):
    """The first option that has a value."""

    options: tuple[Node, ...]


class Choice(Struct, frozen=True):
    """One option or another, as a condition decides: the first where ``test`` is true."""

    options: tuple[Node, ...]
    test: Node | None = None


class Listing(Struct, frozen=True):
    """A list, tuple, set or slice."""

    items: tuple[Node, ...]


class Mapping(Struct, frozen=True):
    """A dictionary; an entry without a key spreads another one."""

    entries: tuple[tuple[Node | str | None, Node], ...]


class Spread(Struct, frozen=True):
    """All elements of a list, in place."""

    node: Node


class Subscript(Struct, frozen=True):
    """``object[index]``."""

    object: Node
    index: Node


class FunctionForm(Struct, frozen=True):
    """A function, named or not."""

    node: Node


class ClassForm(Struct, frozen=True):
    """A class, struct or interface."""

    node: Node


class Wrapped(Struct, frozen=True):
    """A node that means what another one means."""

    node: Node


class Cast(Struct, frozen=True):
    """An expression that is said to be of a type."""

    node: Node
    type: Node


class Each(Struct, frozen=True):
    """A comprehension: the body, once for every element of the loop that it stands in."""

    loop: Node
    body: Node


class Module(Struct, frozen=True):
    """A module that is imported by an expression; ``spec`` says which."""

    spec: Node


class TypeForm(Struct, frozen=True):
    """A type that is no class of its own: a slice of, a map of, a function."""

    element: Node | None


Form = (
    Name | Member | Call | String | Constant | Joined | Fallback | Choice | Listing | Mapping
    | Spread | Subscript | FunctionForm | ClassForm | Wrapped | Cast | Each | Module | TypeForm
)  # fmt: skip


# --- bindings ------------------------------------------------------------------------------------


class Assigned(Struct, frozen=True):
    """The value of an expression, or one element of it where a pattern takes it apart."""

    value: Node
    index: int | None = None
    adds: bool = False
    """It is put to the end of the old value."""


class Defined(Struct, frozen=True):
    """A function or a class of that name."""

    node: Node


class Imported(Struct, frozen=True):
    """A module, or one of its names."""

    module: str
    name: str | None = None


class Element(Struct, frozen=True):
    """A loop's variable: each element of a list in turn. ``index`` takes pairs apart."""

    loop: Node
    iterable: Node
    index: int | None = None
    keys: bool = False
    """The variable holds the key or the position, not the element."""


class Parameter(Struct, frozen=True):
    """A parameter of a function."""

    function: Node
    name: str


class Receiver(Struct, frozen=True):
    """The instance that a method was called on; ``owner`` says of which type."""

    owner: Node
    function: Node
    is_class: bool = False


class Typed(Struct, frozen=True):
    """A variable or field whose type is declared and whose value is not known."""

    type: Node


class Stored(Struct, frozen=True):
    """``object.field = value``, where the object may be an instance of the class or not."""

    object: Node
    value: Node


class Part(Struct, frozen=True):
    """A part of what another binding gives: its member of a name, its element at a position, …

    ``name`` is the name that ``base`` goes by in the same scope, where a frame decides its value.
    """

    base: Assigned | Defined | Imported | Element | Parameter | Receiver | Typed | Stored | Part
    steps: tuple[int | str, ...]
    default: Node | None = None
    name: str = ""


Binding = Assigned | Defined | Imported | Element | Parameter | Receiver | Typed | Stored | Part


class Param(Struct, frozen=True):
    """A parameter as its function declares it."""

    name: str
    node: Node
    default: Node | None = None
    type: Node | None = None
    variadic: bool = False
    named_only: bool = False


class Condition(Struct, frozen=True):
    """What must hold for a node to be reached.

    With ``equals``: the subject is (or, negated, is not) one of them; without, it is true.
    """

    subject: Node
    equals: tuple[Node, ...] = ()
    negated: bool = False
