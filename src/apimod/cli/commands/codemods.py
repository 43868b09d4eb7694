"""``apimod codemods``."""

from __future__ import annotations

import click

from apimod.cli import console, options, services


@click.command()
@options.output("text", "json")
def command(format_: str) -> int:
    """List the codemods, what each does and which pack it comes from."""
    from apimod.review import json_view, tables

    pack = "built-in"
    rows = sorted(services.codemods().values(), key=lambda codemod: codemod.name)
    if format_ == "json":
        body = [
            {
                "name": row.name,
                "title": row.title,
                "description": row.description,
                "protocol": row.protocol,
                "operations": list(row.operations),
                "roles": [role.name for role in row.roles],
                "frameworks": list(row.units("routes")),
                "pack": pack,
            }
            for row in rows
        ]
        console.out(json_view.dump({"codemods": body}))
        return 0
    for line in tables.columns(
        [(row.name, row.title, f"({pack}; {', '.join(row.units('routes'))})") for row in rows]
    ):
        console.out(line)
    return 0
