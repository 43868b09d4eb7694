"""What an expression can be, in any language, and how a name can be bound.

A language turns each node that the evaluator asks about into one of the forms; the evaluator knows
the forms and no language.
"""

from __future__ import annotations

from dataclasses import dataclass

from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look up in the scopes around it."""

    text: str


@dataclass(frozen=True, slots=True)
class Member:
    """``object.name``."""

    object: Node
    name: str


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument, its keyword if it has one, and whether it spreads a list."""

    name: str | None
    node: Node
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call, or the construction of a value of a type."""

    function: Node
    arguments: tuple[Argument, ...]
    constructs: bool = False
    elided: bool = False
    """The type constructed is the element type of ``function``."""
    initialises: Node | None = None
    """What stands for the instance that it sets up, where it makes no new one: ``super()``."""


@dataclass(frozen=True, slots=True)
class String:
    """A literal string, without its quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal number, boolean or null, as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Strings put together: literal pieces, and between them expressions, or names in a pattern."""

    parts: tuple[str | Node | Name, ...]


@dataclass(frozen=True, slots=True)
class Fallback:
    """The first option that has a value."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option or another, as a condition decides: the first where ``test`` is true."""

    options: tuple[Node, ...]
    test: Node | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, tuple, set or slice."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dictionary; an entry without a key spreads another one."""

    entries: tuple[tuple[Node | str | None, Node], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """All elements of a list, in place."""

    node: Node


@dataclass(frozen=True, slots=True)
class Subscript:
    """``object[index]``."""

    object: Node
    index: Node


@dataclass(frozen=True, slots=True)
class FunctionForm:
    """A function, named or not."""

    node: Node


@dataclass(frozen=True, slots=True)
class ClassForm:
    """A class, struct or interface."""

    node: Node


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A node that means what another one means."""

    node: Node


@dataclass(frozen=True, slots=True)
class Cast:
    """An expression that is said to be of a type."""

    node: Node
    type: Node


@dataclass(frozen=True, slots=True)
class Each:
    """A comprehension: the body, once for every element of the loop that it stands in."""

    loop: Node
    body: Node


@dataclass(frozen=True, slots=True)
class Module:
    """A module that is imported by an expression; ``spec`` says which."""

    spec: Node


@dataclass(frozen=True, slots=True)
class TypeForm:
    """A type that is no class of its own: a slice of, a map of, a function."""

    element: Node | None


Form = (
    Name | Member | Call | String | Constant | Joined | Fallback | Choice | Listing | Mapping
    | Spread | Subscript | FunctionForm | ClassForm | Wrapped | Cast | Each | Module | TypeForm
)  # fmt: skip


# --- bindings ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assigned:
    """The value of an expression, or one element of it where a pattern takes it apart."""

    value: Node
    index: int | None = None
    adds: bool = False
    """It is put to the end of the old value."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A function or a class of that name."""

    node: Node


@dataclass(frozen=True, slots=True)
class Imported:
    """A module, or one of its names."""

    module: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """A loop's variable: each element of a list in turn. ``index`` takes pairs apart."""

    loop: Node
    iterable: Node
    index: int | None = None
    keys: bool = False
    """The variable holds the key or the position, not the element."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function."""

    function: Node
    name: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """The instance that a method was called on; ``owner`` says of which type."""

    owner: Node
    function: Node
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A variable or field whose type is declared and whose value is not known."""

    type: Node


@dataclass(frozen=True, slots=True)
class Stored:
    """``object.field = value``, where the object may be an instance of the class or not."""

    object: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what another binding gives: its member of a name, its element at a position, …

    ``name`` is the name that ``base`` goes by in the same scope, where a frame decides its value.
    """

    base: Assigned | Defined | Imported | Element | Parameter | Receiver | Typed | Stored | Part
    steps: tuple[int | str, ...]
    default: Node | None = None
    name: str = ""


Binding = Assigned | Defined | Imported | Element | Parameter | Receiver | Typed | Stored | Part


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter as its function declares it."""

    name: str
    node: Node
    default: Node | None = None
    type: Node | None = None
    variadic: bool = False
    named_only: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a node to be reached.

    With ``equals``: the subject is (or, negated, is not) one of them; without, it is true.
    """

    subject: Node
    equals: tuple[Node, ...] = ()
    negated: bool = False
