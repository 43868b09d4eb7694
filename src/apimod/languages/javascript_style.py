"""How a project of JavaScript or TypeScript writes: its tokens, and how its files name others."""

from __future__ import annotations

import posixpath
import re
from typing import Literal

from msgspec import Struct

Commas = Literal["all", "es5", "none"]

NAMESPACE = "* as"
"""The name of what ``import * as x`` takes from a module."""
DEFAULT = "default"
TYPE = "type "
"""What begins the name of an import that is a type and nothing else."""

_CODE = re.compile(r"(?:/index)?\.[cm]?[jt]sx?$|/index$")
_COMPILED = {".ts": ".js", ".tsx": ".js", ".mts": ".mjs", ".cts": ".cjs"}


class ScriptStyle(Struct, frozen=True):
    """What formatters may be told, and what imports look like. The defaults are the usual ones."""

    quote: str = '"'
    semicolons: bool = True
    unit: str = "  "
    tab: int = 4
    """How wide a tab is."""
    commas: Commas = "all"
    width: int = 80
    spaced: bool = True
    """Blanks stand inside of an object's braces."""
    arrows: Literal["always", "avoid"] = "always"
    modules: bool = True
    """ES modules; without it, CommonJS."""
    ending: str = ""
    """What ends a file's name in an import: nothing, ``.js`` (as compiled) or ``.ts`` (as it is)."""
    whole_index: bool = False
    """``/index`` is written where a folder's index is meant."""
    aliases: tuple[tuple[str, str], ...] = ()
    """Prefixes of imports, each with the folder that it stands for."""
    aliased: bool = False
    """Own files are named by an alias where one fits."""
    types: Literal["", "statement", "inline"] = ""
    """How imports of types are marked: not at all, ``import type {``, or name by name."""

    @property
    def tab_width(self) -> int:
        """How wide a level of indentation is."""
        return self.tab if self.unit == "\t" else len(self.unit)

    def spell(self, path: str, importer: str, own: frozenset[str] = frozenset()) -> str:
        """Return how the file ``importer`` names the file ``path``; both lie in the workspace."""
        stem = self._ended(path)
        relative = posixpath.relpath(stem, posixpath.dirname(importer) or ".")
        near = posixpath.dirname(path) == posixpath.dirname(importer)
        if self.aliased and not near:
            for prefix, folder in sorted(self.aliases, key=lambda pair: -len(pair[1])):
                if not folder or stem.startswith(f"{folder}/"):
                    return prefix + stem[len(folder) + 1 if folder else 0 :]
        return relative if relative.startswith(".") else f"./{relative}"

    def _ended(self, path: str) -> str:
        stem, ending = posixpath.splitext(path)
        if self.ending == ".js":
            return stem + _COMPILED.get(ending, ending)
        if self.ending:
            return path
        name = posixpath.basename(stem)
        return posixpath.dirname(stem) if name == "index" and not self.whole_index else stem

    def path_of(self, spec: str, importer: str) -> str | None:
        """Return the path, without its ending, that a file means by ``spec``; None for a package."""
        if spec.startswith("/"):
            return bare(spec[1:])
        if spec.startswith("."):
            return bare(posixpath.normpath(posixpath.join(posixpath.dirname(importer), spec)))
        for prefix, folder in self.aliases:
            if prefix and spec.startswith(prefix):
                return bare(posixpath.normpath(posixpath.join(folder, spec[len(prefix) :])))
        return None


def bare(path: str) -> str:
    """Return a file's path without its ending, a folder's index as the folder."""
    return _CODE.sub("", path)


def plain(spec: str) -> str:
    """Return the name of a package, without what marks the runtime's own."""
    return spec.removeprefix("node:")
