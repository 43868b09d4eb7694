"""``apimod recover``."""

from __future__ import annotations

import click

from apimod.cli import console, options, services


@click.command()
@options.directory
@click.option(
    "--forget", is_flag=True, help="Leave every file as it is, and drop the journal's record."
)
@options.output("text", "json")
def command(directory: str, forget: bool, format_: str) -> int:
    """Finish an apply or an undo that was cut off, or roll it back."""
    report = services.recover(services.workspace(directory), forget=forget)
    if format_ == "json":
        from dataclasses import asdict

        from apimod.review import json_view

        console.out(json_view.dump(asdict(report)))
    else:
        console.out(console.clean(services.settled(report)))
    return 0
