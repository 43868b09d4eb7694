"""``apimod create [rest|graphql|grpc|websocket] NAME [FIELD…]``: another spelling of ``apply``."""

from __future__ import annotations

from typing import Any

import click

from apimod.cli import options
from apimod.errors import UsageError

PROTOCOLS = ("rest", "graphql", "grpc", "websocket")


@click.command()
@click.argument("arguments", nargs=-1, metavar="[PROTOCOL] RESOURCE [FIELD]...")
@options.request
def command(arguments: tuple[str, ...], **given: Any) -> int:
    """Create the endpoints of a resource: another spelling of `apply create-rest`.

    Without a PROTOCOL (rest, graphql, grpc or websocket) it is rest. Fields and options are those
    of `apply`.
    """
    if given.get("plan_file"):
        raise UsageError("create takes no plan", advice="apimod apply --plan FILE does")
    protocol, rest = "rest", arguments
    if arguments and arguments[0] in PROTOCOLS:
        protocol, rest = arguments[0], arguments[1:]
    if not rest:
        raise UsageError("the resource is missing", advice=f"write: apimod create {protocol} users")
    from apimod.cli import applying

    return applying.start((f"create-{protocol}", *rest), given)
