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
    found = [services.stack_json(stack) for stack in services.stacks(space, below)]
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
    rows += [(key, str(value)) for key, value in project["conventions"].items()]
    lines = [f"{project['path']} ({project['language']})"]
    if project["problem"]:
        lines.append(f"  problem: {project['problem']}")
    lines += [f"  {line}" for line in columns(rows)]
    if project["evidence"]:
        lines.append("  evidence")
        cells = [(row["fact"], f"{row['file']}:{row['line']}") for row in project["evidence"]]
        lines += [f"    {line}" for line in columns(cells)]
    return "\n".join(lines)
