"""Code laid out in lines of a width: groups that stand on one line where they fit, else break.

After Wadler's prettier printer: a document is text, a sequence, an indented part, a place for a
line, or a group. A group with ``states`` takes the first of them that fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

Doc: TypeAlias = "str | Parts | Indent | Align | Line | Group | IfBreak | IndentIf"


class Parts(Struct, frozen=True, eq=False):
    """One document after the other."""

    items: tuple[Doc, ...]


class Indent(Struct, frozen=True, eq=False):
    """A document whose lines stand one level further in."""

    inner: Doc


class Align(Struct, frozen=True, eq=False):
    """A document whose lines stand two columns further in."""

    inner: Doc


class Line(Struct, frozen=True, eq=False):
    """A place for a line: a blank or nothing where its group stands on one line.

    ``literal`` lines begin without indentation, as inside of a text.
    """

    kind: Literal["line", "soft", "hard", "literal"] = "line"


class Group(Struct, frozen=True, eq=False):
    """What stands on one line if it fits."""

    inner: Doc
    broken: bool = False
    states: tuple[Doc, ...] = ()


class IfBreak(Struct, frozen=True, eq=False):
    """One document where the group around breaks, another where it does not."""

    broken: Doc
    flat: Doc = ""


class IndentIf(Struct, frozen=True, eq=False):
    """A document that is indented where another group breaks."""

    group: Group
    inner: Doc


LINE, SOFT, HARD, LITERAL = Line("line"), Line("soft"), Line("hard"), Line("literal")


def parts(*items: Doc) -> Doc:
    """Return documents in a row."""
    return Parts(items)


def joined(separator: Doc, items: Iterable[Doc]) -> Doc:
    """Return documents with a separator between them."""
    out: list[Doc] = []
    for item in items:
        out += [separator, item] if out else [item]
    return Parts(tuple(out))


def group(*items: Doc, broken: bool = False) -> Group:
    """Return a group; it breaks where something in it must."""
    inner = Parts(items)
    return Group(inner, broken or will_break(inner))


def choice(*states: Doc) -> Group:
    """Return a group that takes the first of its states that fits, else the last."""
    return Group(states[0], False, tuple(states))


def will_break(doc: Doc) -> bool:
    """Tell whether a document has a line that must be one."""
    match doc:
        case Parts(items):
            return any(map(will_break, items))
        case Indent(inner) | Align(inner) | IndentIf(_, inner):
            return will_break(inner)
        case Group(inner, broken, _):
            return broken or will_break(inner)
        case Line(kind):
            return kind in ("hard", "literal")
    return False


_ALIGNED = "\0"

Command = tuple[str, bool, Doc]
"""The indentation, whether lines are flat, and what is to be printed."""


class Layout:
    """Prints documents within ``width`` columns; ``tab`` is how wide a tab counts."""

    def __init__(self, width: int, unit: str, tab: int) -> None:
        self.width = width
        self.unit = unit
        self.tab = tab

    def text(self, doc: Doc) -> str:
        """Return a document as text."""
        out: list[str] = []
        column = 0
        todo: list[Command] = [("", False, doc)]
        decided: dict[int, bool] = {}
        while todo:
            indent, flat, one = todo.pop()
            match one:
                case str():
                    out.append(one)
                    column += len(one)
                case Parts(items):
                    todo += [(indent, flat, item) for item in reversed(items)]
                case Indent(inner):
                    todo.append((indent + self.unit, flat, inner))
                case Align(inner):
                    todo.append((indent + _ALIGNED, flat, inner))
                case IfBreak(broken, other):
                    todo.append((indent, flat, other if flat else broken))
                case IndentIf(of, inner):
                    deeper = indent if decided.get(id(of), True) else indent + self.unit
                    todo.append((deeper, flat, inner))
                case Line(kind):
                    if flat and kind in ("line", "soft"):
                        text = " " if kind == "line" else ""
                        out.append(text)
                        column += len(text)
                    elif kind == "literal":
                        out.append("\n")
                        column = 0
                    else:
                        _trim(out)
                        blanks = self._blanks(indent)
                        out.append(f"\n{blanks}")
                        column = self._wide(blanks)
                case Group():
                    chosen = self._chosen(indent, flat, one, column, todo)
                    decided[id(one)] = chosen[1]
                    todo.append(chosen)
        return "".join(out)

    def _chosen(
        self, indent: str, flat: bool, one: Group, column: int, rest: Sequence[Command]
    ) -> Command:
        """Return how a group is printed: on one line, in the first state that fits, or broken."""
        if flat:
            return (indent, not one.broken, one.inner)
        room = self.width - column
        if not one.broken and self._fits((indent, True, one.inner), rest, room):
            return (indent, True, one.inner)
        for state in one.states[1:-1] if not one.broken else ():
            if self._fits((indent, True, state), rest, room):
                return (indent, True, state)
        return (indent, False, one.states[-1] if one.states else one.inner)

    def _fits(self, first: Command, rest: Sequence[Command], room: int) -> bool:
        """Tell whether the text up to the next line fits."""
        todo = [first]
        at = len(rest)
        while room >= 0:
            if not todo:
                if at == 0:
                    return True
                at -= 1
                todo.append(rest[at])
                continue
            indent, flat, one = todo.pop()
            match one:
                case str():
                    room -= len(one)
                case Parts(items):
                    todo += [(indent, flat, item) for item in reversed(items)]
                case Indent(inner) | Align(inner) | IndentIf(_, inner):
                    todo.append((indent, flat, inner))
                case IfBreak(broken, other):
                    todo.append((indent, flat, other if flat else broken))
                case Line(kind):
                    if not flat or kind in ("hard", "literal"):
                        return True
                    room -= kind == "line"
                case Group(inner, broken, states):
                    mode = flat and not broken
                    todo.append((indent, mode, states[-1] if states and not mode else inner))
        return False

    def _blanks(self, indent: str) -> str:
        """Return an indentation as blanks: two columns more become a tab where tabs follow."""
        if self.unit != "\t":
            return indent.replace(_ALIGNED, "  ")
        inner = indent.rstrip(_ALIGNED)
        return inner.replace(_ALIGNED, "\t") + "  " * (len(indent) - len(inner))

    def _wide(self, indent: str) -> int:
        return sum(self.tab if char == "\t" else 1 for char in indent)


def _trim(out: list[str]) -> None:
    """Take the blanks from the end of the line."""
    while out and (stripped := out[-1].rstrip(" \t")) != out[-1]:
        out[-1] = stripped
        if stripped:
            break
        out.pop()
