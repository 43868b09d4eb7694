"""What an apply did, for a person: as text, and as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from apimod.model import Endpoint, Evidence, Plan, Step
from apimod.review.report import Report, file_rows, needs_auth
from apimod.review.tables import columns

_VERB = {"create": "created", "change": "changed", "delete": "deleted"}


def text(report: Report) -> str:
    """Return the summary of one project's plan as plain text."""
    plan = report.plan
    if plan is None:
        return f"{report.project}: {report.status}: {report.reason}"
    done = "Applied" if report.applied else "Planned, and not written"
    lines = [f"{done} in {plan.project} ({plan.framework})."]
    if plan.endpoints:
        lines += ["", "Endpoints"]
    lines += _indent(columns([(row.method, row.path, _auth(row)) for row in plan.endpoints]))
    lines += _public_note(plan)
    lines += ["", "Files"]
    for row in file_rows(plan):
        lines.append(f"  {_VERB[row.action]}  {row.path}")
        lines += [f"           {reason}" for reason in row.because]
    if plan.evidence:
        lines += ["", "Followed"]
        lines += _indent(columns([(row.fact, _place(row)) for row in plan.evidence]))
    if plan.notes:
        lines += ["", "To know", *(f"  {note}" for note in plan.notes)]
    if plan.calls:
        lines += ["", "Calls", *_indent("\n".join(plan.calls).splitlines())]
    if plan.steps:
        lines += ["", "Next", *_steps(plan.steps)]
    return "\n".join(lines)


def markdown(report: Report) -> str:
    """Return the summary of one project's plan as Markdown."""
    plan = report.plan
    if plan is None:
        return f"### `{report.project}`: {report.status}\n\n{report.reason}"
    heading = f"### `{plan.request.resource.plural}` in `{plan.project}` ({plan.framework})"
    lines = [heading, "", "| method | path | authentication |", "|---|---|---|"]
    lines += [f"| {row.method} | `{_cell(row.path)}` | {_auth(row)} |" for row in plan.endpoints]
    lines += [line.strip() for line in _public_note(plan)]
    lines += ["", "| file | | because |", "|---|---|---|"]
    for row in file_rows(plan):
        reasons = "<br>".join(_cell(reason) for reason in row.because)
        lines.append(f"| `{row.path}` | {_VERB[row.action]} | {reasons} |")
    if plan.evidence:
        lines += ["", "Followed:", ""]
        lines += [f"- {row.fact} (`{_place(row)}`)" for row in plan.evidence]
    if plan.notes:
        lines += ["", "To know:", "", *(f"- {note}" for note in plan.notes)]
    if plan.calls:
        lines += ["", "```sh", *plan.calls, "```"]
    if plan.steps:
        lines += ["", "Next:", ""]
        for number, step in enumerate(plan.steps, 1):
            command = f": `{step.command}`" if step.command else ""
            lines.append(f"{number}. {step.text}{command}")
    return "\n".join(lines)


def one_liners(reports: Iterable[Report]) -> str:
    """Return a line for each project, for an apply over several."""
    rows = []
    for report in reports:
        status = "applied" if report.applied else report.status
        said = report.reason
        if report.plan is not None:
            said = f"{len(report.plan.endpoints)} endpoints, {len(report.stats)} files"
        rows.append((report.project, status, said))
    return "\n".join(columns(rows))


def remarks(report: Report) -> list[str]:
    """Return what a person should know about a planned change, a line each."""
    plan = report.plan
    if plan is None:
        return []
    public = [line.strip() for line in _public_note(plan) if line]
    return [f"apimod: {plan.project}: {line}" for line in (*plan.notes, *public)]


def _auth(row: Endpoint) -> str:
    if row.auth:
        return (
            f"needs authentication ({row.auth_evidence})"
            if row.auth_evidence
            else ("needs authentication")
        )
    return {"no": "public", "unknown": "authentication unknown"}[needs_auth(row.auth)]


def _public_note(plan: Plan) -> list[str]:
    public = [row for row in plan.endpoints if row.auth is False]
    if not public:
        return []
    which = "These endpoints are" if len(public) == len(plan.endpoints) else "Some of these are"
    return ["", f"  {which} public: anyone who reaches the service can call them."]


def _steps(steps: Iterable[Step]) -> list[str]:
    lines = []
    for number, step in enumerate(steps, 1):
        lines.append(f"  {number}. {step.text}")
        if step.command:
            lines.append(f"       {step.command}")
    return lines


def _place(row: Evidence) -> str:
    return f"{row.file}:{row.line}"


def _cell(value: str) -> str:
    return value.replace("|", "\\|").replace("\n", " ")


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
