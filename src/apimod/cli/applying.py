"""The course of an ``apply``: plan, show, ask, write, summarise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from apimod.cli import call as calls
from apimod.cli import choose, config, console, guest, notices, plan_file, services, writing
from apimod.errors import ApimodError, Declined, Incomplete, Refused
from apimod.review import json_view, summary, terminal
from apimod.review.report import Report

if TYPE_CHECKING:
    from apimod.cli.call import Call
    from apimod.workspace import Workspace


def start(arguments: tuple[str, ...], options: Mapping[str, Any]) -> int:
    """Read a call of ``apply``, carry it out, and return the exit code."""
    called = guest.call_of(arguments, options)
    if called is not None:
        return run(called)
    if arguments and not options.get("plan_file"):
        services.check_codemod(services.workspace(options["directory"]), arguments[0])
    return run(calls.read(arguments, options))


def run(call: Call) -> int:
    """Carry out a call of ``apply`` and return the exit code."""
    space = services.workspace(call.directory)
    _settle(space, call)
    if call.plan_file:
        made = plan_file.results(space, call.plan_file)
    elif call.guest is not None:
        made = guest.results(space, call, call.guest)
    else:
        kept = config.load(space.root)
        stacks = choose.projects(space, call, kept)
        made = [writing.planned(space, stack, call, kept) for stack in stacks]
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
    return _finish(space, call, reports, errors)


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
) -> int:
    changed = [report for report in reports if report.plan is not None]
    if call.output_plan:
        plan_file.save(call.output_plan, changed)
    problem: ApimodError | None = None
    if call.writes and changed:
        try:
            writing.consent(space, call, changed)
        except (Refused, Declined) as error:
            problem = error
        else:
            reports, failed = writing.write(space, call, reports)
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
