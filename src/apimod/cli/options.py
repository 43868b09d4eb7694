"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def directory(function: F) -> F:
    """``-C DIR``."""
    return click.option(
        "-C", "directory", metavar="DIR", default=".", help="Work in DIR instead of here."
    )(function)


def color(function: F) -> F:
    """``--color``."""
    return click.option(
        "--color",
        type=click.Choice(("auto", "always", "never")),
        default="auto",
        help="Colour; auto is yes on a terminal, unless NO_COLOR is set.",
    )(function)


def output(*formats: str) -> Callable[[F], F]:
    """``--format``, the first of ``formats`` being the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        help=f"How to report; {formats[0]} is the default.",
    )


def strict(function: F) -> F:
    """``--strict``."""
    return click.option(
        "--strict", is_flag=True, help="Exit 4 if a file could not be read or parsed."
    )(function)


def request(function: F) -> F:
    """Every option of ``apply`` and ``create``, in the order in which help shows them."""
    for option in reversed(_REQUEST):
        function = option(function)
    return function


_REQUEST = (
    directory,
    click.option(
        "--project",
        "projects",
        multiple=True,
        metavar="PATH|GLOB",
        help="The project to change, relative to the workspace; repeatable.",
    ),
    click.option("--all", "all_", is_flag=True, help="Every project here that has a server."),
    click.option("--framework", metavar="NAME", help="Which framework, where there are several."),
    click.option("--into", metavar="FILE:LINE|ROUTER", help="Where to register the routes."),
    click.option("--like", metavar="RESOURCE", help="The existing resource to follow."),
    click.option("--path", "url", metavar="/URL", help="The URL of the collection."),
    click.option("--only", metavar="OPERATIONS", help="Some of create,list,get,update,delete."),
    click.option("--orm", metavar="NAME", help="The library that stores the rows."),
    click.option("--auth", metavar="KIND", help="Add jwt, oauth2, api-key or session checks."),
    click.option("--singular", metavar="NAME", help="The resource's name for one."),
    click.option("--plural", metavar="NAME", help="The resource's name for many."),
    click.option("-y", "--yes", is_flag=True, help="Write without asking."),
    click.option("--allow-dirty", is_flag=True, help="Change files that have uncommitted changes."),
    click.option("-n", "--dry-run", is_flag=True, help="Print the diff, and write nothing."),
    click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would change."),
    click.option(
        "--output-plan", metavar="FILE", help="Write the plan into FILE, and change nothing."
    ),
    click.option("--plan", "plan_file", metavar="FILE", help="Apply a plan that FILE holds."),
    strict,
    output("text", "json", "markdown"),
    color,
)
