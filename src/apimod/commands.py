"""Files that a project's commands start: what they export is handed the application."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of
from apimod.languages import language_named

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.pack import Unit

HOLDERS = ("package.json", "Procfile", "Dockerfile", "Makefile")


class Commands:
    """Reads ``[origin] commands``: expressions whose group 1 is the file that is started."""

    def __init__(self, code: Codebase, units: Iterable[Unit]) -> None:
        self.code = code
        self.units = [u for u in units if u.names("origin", "commands")]

    @cached_property
    def started(self) -> frozenset[tuple[str, str]]:
        """The units and the files that they start."""
        out = set()
        for path in self.code.paths if self.units else ():
            if path.rpartition("/")[2] not in HOLDERS:
                continue
            source = self.code.source(path)
            for unit in self.units if source is not None else ():
                assert source is not None
                for pattern in unit.names("origin", "commands"):
                    for found in re.finditer(pattern, source.text_all):
                        language = language_named(unit.language)
                        file = language.started(self.code, folder_of(path), found[1])
                        if file is not None:
                            out.add((unit.name, file))
        return frozenset(out)
