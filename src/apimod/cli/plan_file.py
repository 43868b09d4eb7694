"""Plans in files: ``--output-plan`` writes one, ``--plan`` reads it back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apimod.cli import console, planning, services
from apimod.errors import Refused, UsageError
from apimod.model import Changed
from apimod.review import json_view
from apimod.review.report import Report

if TYPE_CHECKING:
    from apimod.workspace import Workspace


def save(name: str, changed: Sequence[Report]) -> None:
    """Write the plans of some reports into a file."""
    if not changed:
        return
    text = json_view.dump({"plans": [report.plan_json for report in changed]})
    _check_free(name)
    try:
        Path(name).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the plan can't be written: {error.strerror}", where=name) from error
    console.note(f"apimod: the plan is in {name}; `apimod apply --plan {name}` carries it out")


def _check_free(name: str) -> None:
    """Raise UsageError where a file stands that is no plan: it is someone's work."""
    file = Path(name)
    try:
        taken = file.is_file() and file.stat().st_size > 0
    except OSError:
        return
    if taken:
        try:
            _plans(name)
        except UsageError as error:
            raise UsageError(
                "there is a file that is no plan, and it is not overwritten",
                where=name,
                advice="give --output-plan another name",
            ) from error


def results(space: Workspace, name: str) -> list[planning.Result]:
    """Return what comes of the plans in a file, each checked against the tree as it is now."""
    made: list[planning.Result] = []
    for body in _plans(name):
        plan = services.plan_from_json(body)
        try:
            made.append(planning.reported(space, plan.project, Changed(plan)))
        except Refused as error:
            made.append((planning.failed(plan.project, error), error))
    return made


def _plans(name: str) -> list[Any]:
    """Return the plans in a file: of ``--output-plan``, or of ``apply --format json``."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"can't be read: {error.strerror}", where=name) from error
    except UnicodeDecodeError as error:
        raise UsageError("is no plan: it is not UTF-8", where=name) from error
    body = services.parse_json(text)
    plans: Any = [body]
    if isinstance(body, dict) and "plans" in body:
        plans = body["plans"]
    elif isinstance(body, dict) and "outcomes" in body:
        rows = body["outcomes"] if isinstance(body["outcomes"], list) else []
        plans = [row.get("plan") for row in rows if isinstance(row, dict) and row.get("plan")]
    if not isinstance(plans, list) or not plans or not all(isinstance(p, dict) for p in plans):
        raise UsageError("holds no plan", where=name)
    return plans
