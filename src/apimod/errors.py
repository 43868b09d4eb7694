"""The one tree of errors.

ApimodError
├── UsageError            2   the call or its input is wrong
│   ├── UnknownName       2   … with the nearest known name
│   └── BadField          2
├── Refused               3   the tree is untouched; may carry a snippet
│   ├── NoAnchor          3   nothing, or too much, to register at
│   ├── Stale             3   a file changed since it was planned or applied
│   ├── Conflict          3   a target is in the way, or an undo would lose work
│   └── Unsafe            3   a write outside the workspace, through a symlink, to an ignored file
├── Declined              3   a person said no
├── Incomplete            4   some projects failed, or --strict and files were skipped
├── PackError            70   a pack, a query or a template is broken
└── InternalError        70   a fault of apimod's own

Each error knows its exit code, what was wrong, where (``file:line``) and what to do next.
Only ``apimod.cli`` turns one into text on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ApimodError(Exception):
    """Base of all expected errors.

    ``what`` is one line, without a final full stop; ``where`` is ``file:line`` relative to the
    workspace, or ``""``; ``advice`` says what to do next, or ``""``.
    """

    exit_code = 70

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}\n  {self.advice}" if self.advice else text


class UsageError(ApimodError):
    """The call, or the text given in it, is wrong."""

    exit_code = 2


class UnknownName(UsageError):
    """A name that is not among the known ones; advises the nearest."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        advice = f"did you mean {near[0]}?" if near else f"known: {', '.join(names) or 'none'}"
        super().__init__(f"no {kind} is named {shorten(name)!r}", advice=advice)


class BadField(UsageError):
    """A field of a resource is not of the form ``name:type[:modifier…]``."""


class Refused(ApimodError):
    """apimod will not do it; nothing was written. ``snippet`` is ready to paste, or ``""``."""

    exit_code = 3

    def __init__(
        self, what: str, *, where: str = "", advice: str = "", snippet: str = "", flag: str = ""
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.snippet = snippet
        self.flag = flag


class NoAnchor(Refused):
    """There is nothing to register at, or several places and no way to choose.

    ``choices`` are the places that would do, best first, each as ``--into`` takes it.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        advice: str = "",
        snippet: str = "",
        flag: str = "",
        choices: Iterable[str] = (),
    ) -> None:
        super().__init__(what, where=where, advice=advice, snippet=snippet, flag=flag)
        self.choices = tuple(choices)


class Stale(Refused):
    """A file is no longer what it was when it was planned, or applied."""


class Conflict(Refused):
    """A target is in the way, or an undo would lose later work."""


class Unsafe(Refused):
    """A write would leave the workspace or reach what must not be written."""


class Declined(ApimodError):
    """A person answered no."""

    exit_code = 3


class Incomplete(ApimodError):
    """Some projects failed, or files were skipped under ``--strict``."""

    exit_code = 4


class PackError(ApimodError):
    """A pack, one of its queries, matchers or templates, is broken."""


class InternalError(ApimodError):
    """A fault of apimod's own."""


def shorten(text: str, limit: int = 60) -> str:
    """Return ``text`` cut to ``limit`` characters, for messages that quote input."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def quote(text: str, limit: int = 40) -> str:
    """Return ``text`` in quotes and in ASCII, escapes counted in ``limit``, for messages."""
    quoted = ascii(text)
    return quoted if len(quoted) <= limit + 2 else f"{quoted[:limit]}…{quoted[0]}"
