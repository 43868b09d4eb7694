"""The group of commands: each is a module in ``cli/commands``, imported when it is called."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

import apimod as package

_FOLDER = Path(__file__).parent / "commands"


class _Commands(click.Group):
    """Finds commands by the names of their modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(p.stem for p in _FOLDER.glob("*.py") if not p.stem.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"apimod.cli.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        known = self.list_commands(ctx)
        if name in known or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(name[:60], known, n=1, cutoff=0.5)
        advice = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
        raise click.UsageError(f"no command is named {name[:60]!a}; {advice}", ctx)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.option("-C", "directory", metavar="DIR", help="Work in DIR instead of here.")
@click.version_option(package.__version__, prog_name="apimod", message="%(prog)s %(version)s")
@click.pass_context
def apimod(ctx: click.Context, directory: str | None) -> None:
    """Put API endpoints into existing codebases, as their own authors would have."""
    if directory is not None:
        commands = apimod.list_commands(ctx)
        ctx.default_map = {name: {"directory": directory} for name in commands}
