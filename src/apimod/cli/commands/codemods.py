"""``apimod codemods``."""

from __future__ import annotations

import click

from apimod.cli import console, options, packs, services


@click.command()
@options.directory
@options.output("text", "json")
def command(directory: str, format_: str) -> int:
    """List the codemods, what each does and which pack it comes from."""
    from apimod.review import json_view, tables

    found = services.codemods(services.workspace(directory))
    rows = sorted(found.items())
    if format_ == "json":
        body = [
            {
                "name": name,
                "title": row.title,
                "description": row.description,
                "protocol": row.protocol,
                "operations": list(row.operations),
                "roles": [role.name for role in row.roles],
                "frameworks": list(row.units("routes")),
                "pack": _pack(name),
            }
            for name, row in rows
        ]
        console.out(json_view.dump({"codemods": body}))
        return 0
    cells = [
        (name, row.title, f"({_pack(name)}; {', '.join(row.units('routes'))})")
        for name, row in rows
    ]
    for line in tables.columns(cells):
        console.out(console.clean(line))
    return 0


def _pack(name: str) -> str:
    return ".apimod" if name.startswith(packs.NAMESPACE) else "built-in"
