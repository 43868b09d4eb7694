"""``apimod undo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from apimod.cli import console, notices, options, services

if TYPE_CHECKING:
    from apimod.undo import Applied, Undone
    from apimod.workspace import Workspace


@click.command()
@options.directory
@click.option("-n", "--dry-run", is_flag=True, help="Print the diff, and write nothing.")
@click.option("-y", "--yes", is_flag=True, help="Accepted, and not needed: undo never asks.")
@click.option(
    "--last",
    "count",
    metavar="N",
    type=click.IntRange(1, 1000),
    default=1,
    help="Take the last N applies back, all of them or nothing.",
)
@click.option(
    "--remove-edited", is_flag=True, help="Remove created files that were edited since as well."
)
@click.option("--list", "list_", is_flag=True, help="Show what can be taken back, and do nothing.")
@options.output("text", "json")
def command(
    directory: str,
    dry_run: bool,
    yes: bool,
    count: int,
    remove_edited: bool,
    list_: bool,
    format_: str,
) -> int:
    """Take the last apply back, to the byte.

    Later edits elsewhere in the same files stay. Where they reach into what was applied, it refuses
    and shows them. Created files that were edited since are kept.
    """
    del yes
    space = services.workspace(directory)
    if list_:
        return _list(space, format_)
    if dry_run:
        notices.cut_off(space)
        patch = services.undo_patch(space, count, edited_too=remove_edited)
        if console.is_terminal():
            from apimod.review import terminal

            console.out(terminal.diff(patch, colour=console.shows_colour("auto")))
        else:
            console.out_bytes(patch)
        return 0
    report = services.undo(space, count, edited_too=remove_edited)
    if report.recovered.outcome != "nothing":
        console.note(f"apimod: {services.settled(report.recovered)}")
    if format_ == "json":
        _print_json({"undone": [_json(undone) for undone in report.undone]})
        return 0
    for undone in report.undone:
        console.out(console.clean(_text(undone)))
    if not report.undone:
        console.note("apimod: there is no apply to take back")
    return 0


def _text(undone: Undone) -> str:
    said = {"A": "created again", "M": "as before", "D": "removed"}
    lines = [f"Took back {undone.title}."]
    lines += [f"  {said[row.status]}  {row.path}" for row in undone.files]
    lines += [f"  kept, since it was edited  {path}" for path in undone.kept]
    lines += [f"  not there any more  {path}" for path in undone.gone]
    return "\n".join(lines)


def _json(undone: Undone) -> dict[str, object]:
    return {
        "id": undone.id,
        "title": undone.title,
        "files": [{"path": row.path, "status": row.status} for row in undone.files],
        "kept": list(undone.kept),
        "gone": list(undone.gone),
    }


def _list(space: Workspace, format_: str) -> int:
    notices.cut_off(space)
    commands = services.applied(space)
    if format_ == "json":
        _print_json({"applies": [_listed(number, c) for number, c in enumerate(commands, 1)]})
        return 0
    from apimod.review.tables import columns

    rows = [
        (
            str(number),
            f"{records[0].when.astimezone():%Y-%m-%d %H:%M}",
            records[0].problem or records[0].title,
            _files(records),
        )
        for number, records in enumerate(commands, 1)
    ]
    for line in columns(rows):
        console.out(console.clean(line))
    if not rows:
        console.note("apimod: there is no apply to take back")
    return 0


def _files(records: list[Applied]) -> str:
    count = sum(len(record.paths) for record in records)
    return "1 file" if count == 1 else f"{count} files"


def _listed(number: int, records: list[Applied]) -> dict[str, object]:
    """Return one command's applies, one for each project that it wrote."""
    return {
        "last": number,
        "ids": [record.id for record in records],
        "title": records[0].title,
        "when": records[0].when.isoformat(timespec="seconds"),
        "files": sorted(path for record in records for path in record.paths),
        "problem": next((record.problem for record in records if record.problem), ""),
    }


def _print_json(body: dict[str, object]) -> None:
    from apimod.review import json_view

    console.out(json_view.dump(body))
