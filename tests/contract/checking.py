"""What the modules of checks share: how checks are collected, and what they expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from contract.client import Reply
from contract.profile import FieldShape, OperationName, visible
from contract.session import Session

Problems = Iterator[str]
Function = Callable[[Session], Problems]


@dataclass(frozen=True, slots=True)
class Check:
    """One promise of the contract. The function yields a line for each way it is broken."""

    name: str
    about: str
    needs: tuple[OperationName, ...]
    function: Function


class Checks(list[Check]):
    """The checks of one module, in the order in which they stand."""

    def add(self, name: str, *needs: OperationName) -> Callable[[Function], Function]:
        """Decorate a generator of problems; its docstring is what the check is about."""

        def collect(function: Function) -> Function:
            self.append(Check(name, (function.__doc__ or "").strip(), needs, function))
            return function

        return collect


def expect(reply: Reply, statuses: int | Collection[int], what: str) -> Problems:
    """Yield a problem unless the status is one of those."""
    wanted = [statuses] if isinstance(statuses, int) else list(statuses)
    if reply.status not in wanted:
        yield f"{what}: wanted {' or '.join(map(str, wanted))}: {reply}"


def names(reply: Reply, field: FieldShape) -> bool:
    """Say whether the body of an error names the field as the wire does."""
    wire = re.escape(field["wire"])
    return re.search(rf"(?<![A-Za-z0-9_]){wire}(?![A-Za-z0-9_])", reply.text) is not None


def rejects(session: Session, reply: Reply, field: FieldShape, what: str) -> Problems:
    """Yield a problem unless the reply rejects and names the field."""
    yield from expect(reply, session.statuses, what)
    if reply.status in session.statuses and not names(reply, field):
        yield f"{what}: the error does not name {field['wire']!r}: {reply}"


def searchable(session: Session) -> list[FieldShape]:
    """Return the fields that a search looks into."""
    kinds = ("string", "text", "email", "url")
    return [field for field in visible(session.profile) if field["type"] in kinds]


def query_text(value: object) -> str:
    """Return a value as a query has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
