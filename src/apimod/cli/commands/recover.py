"""``apimod recover``."""

from __future__ import annotations

import click

from apimod.cli import console, options, services
from apimod.errors import UsageError


@click.command()
@options.directory
@click.option(
    "--forget", is_flag=True, help="Leave every file as it is, and drop the journal's record."
)
@click.option(
    "--keep-edited", is_flag=True, help="Leave files that were edited since; roll back the others."
)
@options.output("text", "json")
def command(directory: str, forget: bool, keep_edited: bool, format_: str) -> int:
    """Finish an apply or an undo that was cut off, or roll it back.

    A file that was edited since is never touched. Where it may hold what the write left in it,
    nothing is, unless --keep-edited or --forget says what to do.
    """
    if forget and keep_edited:
        raise UsageError("--forget and --keep-edited contradict each other")
    space = services.workspace(directory)
    report = services.recover(space, forget=forget, keep_edited=keep_edited)
    if format_ == "json":
        from msgspec.structs import asdict

        from apimod.review import json_view

        console.out(json_view.dump(asdict(report)))
    else:
        console.out(console.clean(services.settled(report)))
    return 0
