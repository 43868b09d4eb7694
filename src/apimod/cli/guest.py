"""``apimod apply libcst:module.Command`` and ``bowler:script.py``: a guest, and what it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apimod.cli import planning
from apimod.cli.call import Call
from apimod.errors import Refused, UsageError
from apimod.model import Changed, Outcome, Unchanged

if TYPE_CHECKING:
    from apimod.guests import Guest
    from apimod.workspace import Workspace

_NONE_OF_ITS = (
    *("framework", "into", "like", "url", "only", "orm", "auth", "singular", "plural"),
    *("projects", "all_"),
)


def call_of(arguments: Sequence[str], options: Mapping[str, Any]) -> Call | None:
    """Return the call of a guest; None where the codemod is none. Raises UsageError."""
    from apimod.guests import guest_of

    if not arguments or options.get("plan_file") or guest_of(arguments[0]) is None:
        return None
    if any(options.get(name) for name in _NONE_OF_ITS):
        raise UsageError("a guest takes its own arguments, behind --, and none of these flags")
    return Call(arguments[0], "", (), guest=tuple(arguments[1:]), **options)


def results(space: Workspace, call: Call, arguments: Sequence[str]) -> list[planning.Result]:
    """Return what a guest makes of the files at or below the call's directory."""
    from apimod.guests import guest_of, plan_of

    guest = guest_of(call.codemod)
    assert guest is not None
    below = space.relative(Path(call.directory).resolve())
    try:
        plan = plan_of(space, below, guest, arguments)
        return [planning.reported(space, below, _outcome(plan, guest))]
    except Refused as error:
        return [(planning.failed(below, error), error)]


def _outcome(plan: Any, guest: Guest) -> Outcome:
    return Unchanged(f"{guest.name} changes nothing") if plan is None else Changed(plan)
