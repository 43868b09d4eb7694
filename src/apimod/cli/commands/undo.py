"""``apimod undo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from apimod.cli import console, options, services

if TYPE_CHECKING:
    from apimod.undo import UndoReport


@click.command()
@options.directory
@click.option("-n", "--dry-run", is_flag=True, help="Print the diff, and write nothing.")
@click.option("-y", "--yes", is_flag=True, help="Accepted, and not needed: undo never asks.")
@options.output("text", "json")
def command(directory: str, dry_run: bool, yes: bool, format_: str) -> int:
    """Take the last apply back, to the byte.

    Later edits elsewhere in the same files stay. Where they reach into what was applied, it refuses
    and shows them.
    """
    del yes
    space = services.workspace(directory)
    if dry_run:
        console.out_bytes(services.undo_patch(space))
        return 0
    done = [report for report in services.undo(space) if report.undone]
    if format_ == "json":
        from apimod.review import json_view

        console.out(json_view.dump({"undone": [_json(report) for report in done]}))
        return 0
    for report in done:
        console.out(console.clean(_text(report)))
    if not done:
        console.note("apimod: there is no apply to take back")
    return 0


def _text(report: UndoReport) -> str:
    said = {"A": "created again", "M": "as before", "D": "removed"}
    lines = [f"Took back {report.title}."]
    return "\n".join(lines + [f"  {said[row.status]}  {row.path}" for row in report.files])


def _json(report: UndoReport) -> dict[str, object]:
    return {
        "id": report.undone,
        "title": report.title,
        "files": [{"path": row.path, "status": row.status} for row in report.files],
    }
