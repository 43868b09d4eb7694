"""Texts that wait for their formatter, and the formatters, run side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from apimod.insertion import Insertion


class Draft(Struct, frozen=True):
    """The text of a new file, or what comes to the end of an old one."""

    text: str
    form: Callable[[str], str] = str
    """Formats the text: runs the formatter, and reads nothing that others write."""
    add: Callable[[str], Sequence[Insertion]] | None = None
    """Makes the insertions of the formatted text, where the file is there already."""


def formatted(drafts: Sequence[Draft]) -> list[str]:
    """Return the drafts' texts as their formatters leave them, in their order."""
    done = [draft.text for draft in drafts]

    def run(number: int, draft: Draft) -> None:
        done[number] = draft.form(draft.text)

    threads = [Thread(target=run, args=row) for row in enumerate(drafts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
