"""What only a terminal shows: coloured diffs, and tables that fit its width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from apimod.diff import FileStat
from apimod.model import Endpoint
from apimod.printable import clean
from apimod.review.tables import HEADER, by_router, endpoint_cells

_RESET = "\x1b[0m"
_STYLES = {"head": "\x1b[1m", "hunk": "\x1b[36m", "+": "\x1b[32m", "-": "\x1b[31m"}
_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")


def diff(patch: bytes, *, colour: bool) -> str:
    """Return a patch for a terminal: controls spelt out, and coloured if asked for."""
    lines = []
    old = new = 0
    for raw in patch.decode("utf-8", "replace").split("\n")[:-1]:
        line = clean(raw.removesuffix("\r"))
        style = ""
        if old > 0 or new > 0:
            mark = line[:1]
            old -= mark in (" ", "-")
            new -= mark in (" ", "+")
            style = _STYLES.get(mark, "")
        elif found := _HUNK.match(line):
            old, new = (int(count or 1) for count in found.groups())
            style = _STYLES["hunk"]
        elif not line.startswith("\\"):
            style = _STYLES["head"]
        lines.append(f"{style}{line}{_RESET}" if colour and style else line)
    return "\n".join(lines)


def diffstat(stats: Iterable[FileStat], *, colour: bool) -> str:
    """Return the files of a patch with the lines that each gains and loses."""
    rows = list(stats)
    longest = max((len(clean(row.path)) for row in rows), default=0)
    lines = []
    for row in rows:
        path = clean(row.path).ljust(longest)
        plus, minus = f"+{row.added}", f"-{row.removed}"
        if colour:
            plus, minus = f"{_STYLES['+']}{plus}{_RESET}", f"{_STYLES['-']}{minus}{_RESET}"
        lines.append(f" {row.status} {path}  {plus} {minus}")
    added, removed = sum(row.added for row in rows), sum(row.removed for row in rows)
    files = "1 file" if len(rows) == 1 else f"{len(rows)} files"
    lines.append(f" {files}, {added} lines added, {removed} removed")
    return "\n".join(lines)


def listing(endpoints: Sequence[Endpoint], *, colour: bool, width: int) -> str:
    """Return the table of endpoints in the width of a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=width, force_terminal=colour, no_color=not colour, highlight=False)
    with console.capture() as captured:
        for project, routers in by_router(endpoints).items():
            framework = next(iter(routers.values()))[0].framework
            table = Table(
                title=Text(clean(f"{project} ({framework})")),
                title_justify="left",
                box=box.SIMPLE_HEAD,
            )
            for name in HEADER:
                table.add_column(name, overflow="fold", no_wrap=name in ("METHOD", "AUTH"))
            for rows in routers.values():
                for number, row in enumerate(rows, 1):
                    cells = [Text(clean(cell)) for cell in endpoint_cells(row)]
                    cells[2].stylize({True: "green", False: "red", None: "yellow"}[row.auth])
                    table.add_row(*cells, end_section=number == len(rows))
            console.print(table)
    return captured.get().rstrip("\n")
