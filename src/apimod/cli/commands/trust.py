"""``apimod trust``."""

from __future__ import annotations

import click

from apimod.cli import console, options, services
from apimod.errors import Refused


@click.command()
@options.directory
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if the pack is not trusted.")
@click.option("--revoke", is_flag=True, help="Take the word back.")
@click.option("--hash", "wanted", metavar="SHA256", help="Trust only what has this hash.")
@options.output("text", "json")
def command(directory: str, check: bool, revoke: bool, wanted: str | None, format_: str) -> int:
    """Let apimod use the pack in this repository's .apimod/, as it is now.

    The word is for these very bytes: whoever changes one needs it again. Read the pack first. What
    it holds decides what `list` shows and what `apply` writes.
    """
    from apimod.own_pack import find

    found = find(services.workspace(directory).root)
    if found is None:
        raise Refused("there is no pack in .apimod/ here")
    if wanted is not None and wanted.lower() != found.digest:
        raise Refused(f"the pack in .apimod/ has another hash: {found.digest}")
    trusted = found.is_trusted
    if revoke and not check:
        found.distrust()
        trusted = False
    elif not check:
        found.trust()
        services.check_pack(found)
        trusted = True
    if format_ == "json":
        from apimod.review import json_view

        names = [name for name, _ in found.files]
        console.out(json_view.dump({"hash": found.digest, "trusted": trusted, "files": names}))
    else:
        for name, data in found.files:
            console.out(console.clean(f"  {name} ({len(data)} bytes)"))
        console.out(f"{'trusted' if trusted else 'not trusted'}: {found.digest}")
    return 1 if check and not trusted else 0
