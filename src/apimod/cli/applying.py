"""The course of an ``apply``: plan, show, ask, write, summarise."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from apimod.cli import call as calls
from apimod.cli import choose, config, console, guest, notices, plan_file, planning, services
from apimod.errors import ApimodError, Declined, Incomplete, Refused, Stale
from apimod.review import json_view, summary, terminal
from apimod.review.report import Report

if TYPE_CHECKING:
    from apimod.cli.call import Call
    from apimod.workspace import Workspace

_TRIES = 6
"""How often a plan is made where others write the same files meanwhile."""


def start(arguments: tuple[str, ...], options: Mapping[str, Any]) -> int:
    """Read a call of ``apply``, carry it out, and return the exit code."""
    called = guest.call_of(arguments, options)
    if called is not None:
        return run(called)
    if arguments and not options.get("plan_file"):
        services.check_codemod(services.workspace(options["directory"]), arguments[0])
    return run(calls.read(arguments, options))


def run(call: Call) -> int:
    """Carry out a call of ``apply`` and return the exit code.

    Where a file changed between the plan and the write, all is planned again, unless a person or a
    plan file said that it shall be this very plan.
    """
    tries = _TRIES if call.yes and call.writes and not call.plan_file else 1
    for left in reversed(range(tries)):
        try:
            return _run(call, again=left > 0)
        except _Again as stale:
            console.note(f"apimod: {' '.join(str(stale.error).split())}: planning again")
    raise AssertionError("the last try ends in a result or an error of its own")


class _Again(Exception):
    """The tree changed since it was planned, and there is a try left."""

    def __init__(self, error: Stale) -> None:
        self.error = error


def _run(call: Call, *, again: bool) -> int:
    space = services.workspace(call.directory)
    _settle(space, call)
    if call.plan_file:
        made = plan_file.results(space, call.plan_file)
    elif call.guest is not None:
        made = guest.results(space, call, call.guest)
    else:
        kept = config.load(space.root)
        stacks = choose.projects(space, call, kept)
        made = [planning.plan(space, stack, call, kept) for stack in stacks]
    if call.strict and space.skipped:
        first = space.skipped[0]
        raise Incomplete(
            f"{len(space.skipped)} files were skipped, the first: {first.reason}", where=first.file
        )
    reports = [report for report, _ in made]
    errors = [(report.project, error) for report, error in made if error is not None]
    for report in reports:
        if report.status == "unchanged":
            console.note(f"apimod: {report.project}: nothing to do: {report.reason}")
    for _, error in errors:
        if again and isinstance(error, Stale):
            raise _Again(error)
    return _finish(space, call, reports, errors, again=again)


def _settle(space: Workspace, call: Call) -> None:
    """Bring a write that was cut off to its end before anything else is planned."""
    if services.cut_off(space) is None:
        return
    if call.writes:
        console.note(f"apimod: {services.settled(services.recover(space))}")
    else:
        notices.cut_off(space)


def _finish(
    space: Workspace,
    call: Call,
    reports: list[Report],
    errors: Sequence[tuple[str, ApimodError]],
    *,
    again: bool,
) -> int:
    changed = [report for report in reports if report.plan is not None]
    if call.output_plan:
        plan_file.save(call.output_plan, changed)
    problem: ApimodError | None = None
    if call.writes and changed:
        try:
            _consent(space, call, changed)
        except (Refused, Declined) as error:
            problem = error
        else:
            reports, failed = _write(space, reports, again=again)
            errors = [*errors, *failed]
    _show(call, reports)
    if problem is not None:
        raise problem
    if call.check and changed and not errors:
        return 1
    return _code(reports, errors)


def _code(reports: Sequence[Report], errors: Sequence[tuple[str, ApimodError]]) -> int:
    """Return the exit code; the one project's error is raised as it is."""
    if not errors:
        return 0
    if len(reports) == 1:
        raise errors[0][1]
    for project, error in errors:
        console.note(f"apimod: {project}: {' '.join(str(error).split())}")
    raise Incomplete(f"{len(errors)} of {len(reports)} projects were left as they were")


def _consent(space: Workspace, call: Call, changed: Sequence[Report]) -> None:
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


def _write(
    space: Workspace, reports: Sequence[Report], *, again: bool
) -> tuple[list[Report], list[tuple[str, ApimodError]]]:
    """Write each plan; what one project refuses does not keep another from being written.

    Raises _Again where the first one is stale and ``again`` allows it.
    """
    group = os.urandom(4).hex()
    done: list[Report] = []
    failed: list[tuple[str, ApimodError]] = []
    for report in reports:
        if report.plan is None:
            done.append(report)
            continue
        try:
            services.apply(space, report.plan, group)
        except (Refused, Incomplete) as error:
            if again and isinstance(error, Stale) and not any(r.applied for r in done):
                raise _Again(error) from error
            failed.append((report.project, error))
            done.append(planning.failed(report.project, error))
        else:
            done.append(planning.applied(report))
    return done, failed


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


def _show(call: Call, reports: Sequence[Report]) -> None:
    """Print the result in the form that was asked for."""
    if call.format_ == "json":
        console.out(json_view.dump(json_view.outcomes_json(reports)))
        return
    shown = [report for report in reports if report.plan is not None]
    if call.format_ == "markdown":
        text = "\n\n".join(summary.markdown(report) for report in reports)
        console.out(console.clean(text) if console.is_terminal() else text)
    elif call.dry_run:
        _print_diffs(call, shown)
    elif call.writes:
        applied = [report for report in shown if report.applied]
        for report in applied:
            console.out(console.clean(summary.text(report)))
        if applied and len(reports) > 1:
            console.out(console.clean("\n" + summary.one_liners(reports)))
    else:
        for report in shown:
            console.note(f"apimod: {report.project}: {len(report.stats)} files would change")


def _print_diffs(call: Call, shown: Sequence[Report]) -> None:
    colour = console.shows_colour(call.color)
    for report in shown:
        if colour or console.is_terminal():
            console.out(terminal.diff(report.diff, colour=colour))
        else:
            console.out_bytes(report.diff)
    for report in shown:
        for line in summary.remarks(report):
            console.note(line)
