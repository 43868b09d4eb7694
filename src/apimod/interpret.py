"""What the evaluator is told about libraries: which values are routers, how settings are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from apimod.languages.forms import Call
    from apimod.values import At, Bound, Value


class Interpreter:
    """Gives some values a meaning. This one knows of none; the router graph's does."""

    def before(self, at: At, call: Call) -> list[Value] | None:
        """Return what a call gives, whatever its callee is; None where that decides."""
        return None

    def made(self, at: At, call: Call, callee: Value) -> Value | None:
        """Return what calling an external name, or constructing a class, gives."""
        return None

    def typed(self, at: At, name: str) -> Value | None:
        """Return what a parameter or field is that is declared to be of an external type."""
        return None

    def member(self, value: Value, name: str) -> list[Value] | None:
        """Return what a member of a router is."""
        return None

    def presumed(self, function: At, name: str) -> list[Value]:
        """Return what a parameter holds that nothing tells anything of."""
        return []

    def put_as(self, unit: str, name: str) -> list[Value]:
        """Return what code puts on a library's objects under a name."""
        return []

    def enters(self, function: At) -> Iterable[tuple[At, Mapping[str, Bound]]]:
        """Yield the places, other than calls, from which a function is entered."""
        return ()


class Settings(Struct, frozen=True):
    """Calls that read a setting, by canonical name, and which argument holds the default; calls
    that only put their arguments into a list."""

    reads: Mapping[str, tuple[int | str, ...]] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    """What gives a list of its arguments when it is called."""
    functions: Mapping[str, str] = field(default_factory=dict)
    """What does the same as a function that the language knows."""
