"""``apimod apply CODEMOD RESOURCE [FIELD…]``."""

from __future__ import annotations

from typing import Any

import click

from apimod.cli import options

_EPILOG = """\b
A FIELD is name:type[:modifier…].
  types      string text int bigint float decimal bool date datetime uuid
             email url json enum=a,b ref=users
  modifiers  unique optional index secret readonly min=N max=N default=V
\b
Exit codes: 0 done, or nothing to do; 1 --check found changes; 2 the call is
wrong; 3 refused or declined; 4 incomplete; 70 a fault of apimod's own."""


@click.command(epilog=_EPILOG)
@click.argument("arguments", nargs=-1, metavar="CODEMOD RESOURCE [FIELD]...")
@options.request
def command(arguments: tuple[str, ...], **given: Any) -> int:
    """Plan a change, show its diff, ask, and write it.

    Without --yes it asks, and off a terminal it then refuses. --dry-run prints the diff and nothing
    else.
    """
    from apimod.cli import applying

    return applying.start(arguments, given)
