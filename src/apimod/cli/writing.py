"""The second half of an ``apply``: show, ask, look for uncommitted changes, write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from apimod.cli import choose, config, console, planning, services
from apimod.errors import ApimodError, Declined, Incomplete, Refused, Stale
from apimod.review import terminal
from apimod.review.report import Report

if TYPE_CHECKING:
    from apimod.cli.call import Call
    from apimod.cli.config import Config
    from apimod.cli.planning import Result
    from apimod.stack import Stack
    from apimod.workspace import Workspace

_TRIES = 6
"""How often a plan is made where others write the same files meanwhile."""


def planned(space: Workspace, stack: Stack, call: Call, kept: Config) -> Result:
    """Return what comes of the call in a project, planned again where files change meanwhile."""
    result = planning.plan(space, stack, call, kept)
    for _ in range(_tries(call) - 1):
        if not isinstance(result[1], Stale):
            break
        result = _planned_again(call, stack.path, result[1])[1]
    return result


def consent(space: Workspace, call: Call, changed: Sequence[Report]) -> None:
    """Show what would be written and ask; raises Declined, or Refused where nobody can answer."""
    asks = console.is_interactive() and not call.yes
    if call.format_ == "text" or asks:
        _show_diff(call, changed)
    _check_dirty(space, call, changed)
    if call.yes:
        return
    if not asks:
        raise Refused(
            "nothing was written, since nobody is here to ask", advice="pass --yes to write"
        )
    if not console.agrees("Write these changes?"):
        raise Declined("nothing was written")


def _check_dirty(space: Workspace, call: Call, changed: Sequence[Report]) -> None:
    if call.allow_dirty:
        return
    rows = [row for report in changed for row in report.stats]
    paths = sorted({row.path for row in rows if row.status != "A"})
    created = sorted({row.path for row in rows if row.status == "A"})
    from apimod.cli.dirty import dirty

    unsure = dirty(space.root, paths, created)
    found = [path for path in unsure if not services.is_ours(space, path)]
    if not found:
        return
    if console.is_interactive() and not call.yes:
        if console.agrees(f"{', '.join(found)} has uncommitted changes. Change it all the same?"):
            return
        raise Declined("nothing was written")
    more = f" and {len(found) - 1} more files" if len(found) > 1 else ""
    raise Refused(
        f"{found[0]}{more} would change and has uncommitted changes",
        advice="commit them, or pass --allow-dirty",
        flag="--allow-dirty",
    )


def write(
    space: Workspace, call: Call, reports: Sequence[Report]
) -> tuple[list[Report], list[tuple[str, ApimodError]]]:
    """Write each plan; what one project refuses does not keep another from being written.

    Where a file changed between a plan and its write, the project is planned again, unless a person
    or a plan file said that it shall be this very plan.
    """
    group = os.urandom(4).hex()
    done: list[Report] = []
    failed: list[tuple[str, ApimodError]] = []
    for report in reports:
        made, error = (report, None) if report.plan is None else _one(space, call, report, group)
        done.append(made)
        if error is not None:
            failed.append((report.project, error))
    return done, failed


def _one(space: Workspace, call: Call, report: Report, group: str) -> Result:
    """Write one project's plan, or one that is made anew where files changed."""
    result = _attempt(space, report, group)
    for _ in range(_tries(call) - 1):
        if not isinstance(result[1], Stale):
            break
        space, (again, refused) = _planned_again(call, report.project, result[1])
        if refused is None and again.plan is None:
            console.note(f"apimod: {again.project}: nothing to do: {again.reason}")
        if refused is not None or again.plan is None:
            result = again, refused
            continue
        try:
            consent(space, call, [again])
        except (Refused, Declined) as error:
            return planning.failed(report.project, error), error
        result = _attempt(space, again, group)
    return result


def _attempt(space: Workspace, report: Report, group: str) -> Result:
    assert report.plan is not None
    try:
        services.apply(space, report.plan, group)
    except (Refused, Incomplete) as error:
        return planning.failed(report.project, error), error
    return planning.applied(report), None


def _planned_again(call: Call, project: str, error: Stale) -> tuple[Workspace, Result]:
    """Plan a project anew, in the tree as it is now."""
    console.note(f"apimod: {' '.join(str(error).split())}: planning again")
    space = services.workspace(call.directory)
    kept = config.load(space.root)
    for stack in choose.projects(space, call, kept):
        if stack.path == project:
            return space, planning.plan(space, stack, call, kept)
    return space, (
        planning.failed(project, error),
        Refused("is no project any more", where=project),
    )


def _tries(call: Call) -> int:
    chosen = call.plan_file or call.guest is not None
    return _TRIES if call.yes and call.writes and not chosen else 1


def _show_diff(call: Call, changed: Sequence[Report]) -> None:
    colour = console.shows_colour(call.color)
    try:
        for report in changed:
            console.out(terminal.diffstat(report.stats, colour=colour))
            console.out("")
            if colour or console.is_terminal():
                console.out(terminal.diff(report.diff, colour=colour))
            else:
                console.out_bytes(report.diff)
            console.out("")
    except BrokenPipeError:
        raise Declined("the reader of the diff went away, and nothing was written") from None
    except console.Unprintable as error:
        raise Refused(
            f"the diff cannot be shown, and nothing was written: {error.strerror}"
        ) from error
