"""One project's plan, from the call and the kept answers; a refusal is an outcome too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.cli import call as calls
from apimod.cli import console, services
from apimod.errors import ApimodError, NoAnchor, Refused, UnknownName, UsageError
from apimod.model import Changed, Failed, Outcome, RefusedOutcome, Request, Skipped
from apimod.review.report import Report

if TYPE_CHECKING:
    from apimod.cli.call import Call
    from apimod.cli.config import Config
    from apimod.stack import Stack
    from apimod.workspace import Workspace

Result = tuple[Report, ApimodError | None]


def plan(space: Workspace, stack: Stack, call: Call, config: Config) -> Result:
    """Return what comes of the call in one project, and the error that refused it."""
    kept = config.answers(stack.path, call.resource)
    request = _settled(space, calls.request(call, stack.path, kept), stack)
    try:
        outcome = _planned(space, stack, request)
        return reported(space, stack.path, outcome)
    except (UsageError, UnknownName):
        raise
    except Refused as error:
        return failed(stack.path, error), error


def reported(space: Workspace, project: str, outcome: Outcome) -> Result:
    """Return an outcome with its patch; one that refuses comes with its error."""
    match outcome:
        case Changed(plan=plan):
            patch, stats = services.verify(space, plan)
            return Report(project, outcome, patch, stats, False, services.plan_to_json(plan)), None
        case RefusedOutcome(reason=reason, snippet=snippet):
            return Report(project, outcome), Refused(reason, snippet=snippet)
        case Skipped(reason=reason):
            return Report(project, outcome), Refused(reason)
        case Failed(error=error):
            return Report(project, outcome), Refused(error)
    return Report(project, outcome), None


def failed(project: str, error: ApimodError) -> Report:
    """Return the report of a project that an error left as it was."""
    reason = " ".join(str(error).split())
    if isinstance(error, Refused):
        return Report(project, RefusedOutcome(reason, error.snippet))
    return Report(project, Failed(reason))


def applied(report: Report) -> Report:
    """Return the report of a plan that was written."""
    return replace(report, applied=True)


def _planned(space: Workspace, stack: Stack, request: Request) -> Outcome:
    """Plan; where several places would do, ask which on a terminal, and refuse off one."""
    while True:
        try:
            return services.make_plan(space, stack, request)
        except NoAnchor as error:
            choices = error.choices
            if request.into or not choices or not console.is_interactive():
                raise
            console.note(f"apimod: {error.what}")
            into = console.choose("Where shall the routes be registered?", choices)
            request = replace(request, into=into)


def _settled(space: Workspace, request: Request, stack: Stack) -> Request:
    """Name the framework, where the project has several and one of them can be meant."""
    if request.framework or len(stack.frameworks) == 1:
        return replace(request, framework=request.framework or stack.frameworks[0])
    served = set(services.codemods(space)[request.codemod].units("routes"))
    fitting = [name for name in stack.frameworks if name in served]
    if len(fitting) == 1:
        return replace(request, framework=fitting[0])
    choices = fitting or list(stack.frameworks)
    if console.is_interactive():
        question = f"{stack.path} has several frameworks. Which one?"
        return replace(request, framework=console.choose(question, choices))
    raise UsageError(
        f"{stack.path} has several frameworks: {', '.join(choices)}",
        advice=f"say which: --framework {choices[0]}",
    )
