"""One project's outcome, as the views of ``apimod.review`` take it."""

from __future__ import annotations

from msgspec import Struct

from apimod.diff import FileStat
from apimod.model import (
    Changed,
    Create,
    Delete,
    Failed,
    Json,
    Outcome,
    Plan,
    RefusedOutcome,
    Skipped,
    Unchanged,
)


class Report(Struct, frozen=True):
    """What came of a request in one project, and the patch that shows it."""

    project: str
    outcome: Outcome
    diff: bytes = b""
    stats: tuple[FileStat, ...] = ()
    applied: bool = False
    plan_json: Json | None = None

    @property
    def plan(self) -> Plan | None:
        """The plan, where there is one."""
        return self.outcome.plan if isinstance(self.outcome, Changed) else None

    @property
    def status(self) -> str:
        """``changed``, ``unchanged``, ``refused``, ``skipped`` or ``failed``."""
        return _STATUS[type(self.outcome)]

    @property
    def reason(self) -> str:
        """Why nothing changed; ``""`` where something did."""
        match self.outcome:
            case Changed():
                return ""
            case Failed(error=error):
                return error
            case Unchanged(reason=reason) | Skipped(reason=reason):
                return reason
            case RefusedOutcome(reason=reason):
                return reason


_STATUS = {
    Changed: "changed",
    Unchanged: "unchanged",
    RefusedOutcome: "refused",
    Skipped: "skipped",
    Failed: "failed",
}


class FileRow(Struct, frozen=True):
    """A file that a plan touches: what happens to it, and why."""

    path: str
    action: str
    because: tuple[str, ...]


def file_rows(plan: Plan) -> tuple[FileRow, ...]:
    """Return a row for each file of a plan, the new ones first, each group by path."""
    actions: dict[str, str] = {}
    because: dict[str, list[str]] = {}
    for edit in plan.edits:
        action = "change"
        if isinstance(edit, Create):
            action = "create"
        elif isinstance(edit, Delete):
            action = "delete"
        actions[edit.path] = action
        reasons = because.setdefault(edit.path, [])
        if edit.because and edit.because not in reasons:
            reasons.append(edit.because)
    order = {"create": 0, "change": 1, "delete": 2}
    paths = sorted(actions, key=lambda path: (order[actions[path]], path))
    return tuple(FileRow(path, actions[path], tuple(because[path])) for path in paths)


def needs_auth(auth: bool | None) -> str:
    """Return an endpoint's need for authentication as one word."""
    return {True: "yes", False: "no", None: "unknown"}[auth]
