"""What several commands tell a person beside their report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.cli import console, services

if TYPE_CHECKING:
    from apimod.workspace import Workspace


def cut_off(space: Workspace) -> None:
    """Warn of a write that was cut off; only what writes may settle it."""
    if services.cut_off(space) is not None:
        console.note("apimod: a write was cut off here; `apimod recover` settles it")
