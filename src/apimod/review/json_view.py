"""The JSON of every command that reports. Keys may be added, and are never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import asdict

from apimod.model import Endpoint, Json, SkippedFile, Unresolved
from apimod.review.report import Report, file_rows

SCHEMA = 1


def dump(body: Mapping[str, Any]) -> str:
    """Return JSON text with the schema's number first; equal input gives equal text."""
    return json.dumps({"schema": SCHEMA, **body}, indent=2, ensure_ascii=True)


def endpoint_json(endpoint: Endpoint) -> Json:
    """Return one row of ``list``, its keys in the contract's order."""
    return asdict(endpoint) | {"middleware": list(endpoint.middleware)}


def listing_json(
    endpoints: Iterable[Endpoint],
    unresolved: Iterable[Unresolved],
    skipped: Iterable[SkippedFile],
) -> Json:
    """Return the body of ``list --format json``."""
    return {
        "endpoints": [endpoint_json(endpoint) for endpoint in endpoints],
        "unresolved": [asdict(row) for row in unresolved],
        "skipped": [asdict(row) for row in skipped],
    }


def outcomes_json(reports: Iterable[Report]) -> Json:
    """Return the body of ``apply --format json``."""
    return {"outcomes": [outcome_json(report) for report in reports]}


def outcome_json(report: Report) -> Json:
    """Return one project's outcome."""
    plan = report.plan
    diff, encoding = _diff(report.diff)
    return {
        "project": report.project,
        "status": report.status,
        "reason": report.reason,
        "snippet": getattr(report.outcome, "snippet", ""),
        "endpoints": [
            {"method": row.method, "path": row.path, "auth": row.auth}
            for row in (plan.endpoints if plan else ())
        ],
        "files": [
            {"path": row.path, "action": row.action, "because": "; ".join(row.because)}
            for row in (file_rows(plan) if plan else ())
        ],
        "profile": plan.profile if plan else {},
        "evidence": [asdict(row) for row in (plan.evidence if plan else ())],
        "notes": list(plan.notes) if plan else [],
        "plan": report.plan_json,
        "steps": [asdict(step) for step in (plan.steps if plan else ())],
        "calls": list(plan.calls) if plan else [],
        "needs_lock": plan.needs_lock if plan else False,
        "applied": report.applied,
        "diff": diff,
        "diff_encoding": encoding,
    }


def _diff(patch: bytes) -> tuple[str, str]:
    """Return a patch as text, and the encoding that gives its bytes back."""
    try:
        return patch.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return patch.decode("latin-1"), "latin-1"
