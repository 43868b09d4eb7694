"""``apimod detect``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from apimod.cli import console, notices, options, services

_ROWS = (
    "frameworks", "orm", "database", "auth", "validation", "docs", "tests", "formatter",
    "package_manager",
)  # fmt: skip


@click.command()
@options.directory
@options.strict
@options.output("text", "json")
def command(directory: str, strict: bool, format_: str) -> int:
    """Show what each project here is made of, with the evidence."""
    from apimod.review import json_view

    space = services.workspace(directory)
    below = space.relative(Path(directory).resolve())
    stacks = services.stacks(space, below)
    found = [services.stack_json(services.with_conventions(space, stack)) for stack in stacks]
    if format_ == "json":
        console.out(json_view.dump({"projects": found}))
    else:
        for number, project in enumerate(found):
            console.out(console.clean(("\n" if number else "") + _text(project)))
        if not found:
            console.note("apimod: no project was found")
    notices.cut_off(space)
    return 4 if strict and space.skipped else 0


def _text(project: dict[str, Any]) -> str:
    from apimod.review.tables import columns

    rows: list[tuple[str, str]] = []
    for key in _ROWS:
        value = project[key]
        said = ", ".join(value) if isinstance(value, list) else value
        rows.append((key.replace("_", " "), said or "none found"))
    taught = project["conventions"].items()
    rows += [(key.replace("_", " "), _said(value)) for key, value in taught]
    lines = [f"{project['path']} ({project['language']})"]
    if project["problem"]:
        lines.append(f"  problem: {project['problem']}")
    lines += [f"  {line}" for line in columns(rows)]
    if project["evidence"]:
        lines.append("  evidence")
        cells = [(row["fact"], f"{row['file']}:{row['line']}") for row in project["evidence"]]
        lines += [f"    {line}" for line in columns(cells)]
    return "\n".join(lines)


def _said(value: Any) -> str:
    """Return a convention's answer as a person reads it."""
    if isinstance(value, dict):
        return ", ".join(f"{role} {path}" for role, path in value.items())
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
