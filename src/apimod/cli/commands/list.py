"""``apimod list``."""

from __future__ import annotations

from pathlib import Path

import click

from apimod.cli import console, filters, notices, options, services
from apimod.model import Endpoint


@click.command()
@options.directory
@click.option("--tree", is_flag=True, help="Show the paths as a tree.")
@click.option(
    "--filter",
    "conditions",
    multiple=True,
    metavar="KEY=VALUE,...",
    help="Only rows with method=GET, path=/users*, protocol=rest, auth=true|false|unknown.",
)
@click.option(
    "--unauthenticated",
    is_flag=True,
    help="Only endpoints that are not known to need authentication.",
)
@options.strict
@options.output("text", "json")
@options.color
def command(
    *,
    directory: str,
    tree: bool,
    conditions: tuple[str, ...],
    unauthenticated: bool,
    strict: bool,
    format_: str,
    color: str,
) -> int:
    """List every endpoint that the code here serves."""
    from apimod.review import json_view, tables

    keeps = filters.parse(conditions)
    space = services.workspace(directory)
    below = space.relative(Path(directory).resolve())
    found = services.listing(space, below)
    rows = [row for row in found.endpoints if keeps(row)]
    if unauthenticated:
        rows = [row for row in rows if row.auth is not True]
    if format_ == "json":
        body = json_view.listing_json(rows, found.unresolved, found.skipped)
        console.out(json_view.dump(body))
    else:
        _show(rows, tree, color)
        for line in tables.remarks(found.unresolved, found.skipped):
            console.note(line)
    notices.cut_off(space)
    return 4 if strict and found.skipped else 0


def _show(rows: list[Endpoint], tree: bool, color: str) -> None:
    from apimod.review import tables

    if not rows:
        console.note("apimod: no endpoints were found")
    elif tree:
        console.out(console.clean(tables.tree(rows)))
    elif console.is_terminal():
        from apimod.review import terminal

        colour = console.shows_colour(color)
        console.out(terminal.listing(rows, colour=colour, width=console.width()))
    else:
        console.out(console.clean(tables.listing(rows)))
