"""What the planner asks of a language beyond the evaluator: names, syntax, headers, formatting."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apimod.planning import output

if TYPE_CHECKING:
    from apimod.languages.buffer import ImportNeed, Syntax
    from apimod.languages.identifiers import Identifiers
    from apimod.languages.outline import Outline


@dataclass(frozen=True)
class Tools:
    """One language's part in making new text."""

    identifiers: Identifiers
    syntax: Syntax
    outline: Outline
    suffix: str
    marker: str = ""
    """The file that makes a folder a package, or ``""``."""

    def literal(self, value: object) -> str:
        """Return a value as a literal of the language."""
        if isinstance(value, bool):
            names = ("true", "false") if self.identifiers.language == "go" else ("True", "False")
            return names[0] if value else names[1]
        if isinstance(value, int | float):
            return str(value)
        return self.identifiers.literal(str(value))

    def new_file(self, package: str, needs: list[ImportNeed], body: str, module: str) -> str:
        """Return a whole file."""
        if self.identifiers.language == "go":
            return output.go_header(package, needs, module) + body + "\n"
        header = output.python_header(needs)
        described = re.match(r'"""(?:[^"\\]|\\.|"(?!""))*"""\n*', body)
        if described and header:
            return f"{described[0].strip()}\n\n{header}\n\n{body[described.end() :]}\n"
        return f"{header}\n\n{body}\n" if header else f"{body}\n"

    def formatted(
        self, text: str, path: Path, root: Path, *, whole: bool, own: frozenset[str] = frozenset()
    ) -> str:
        """Return the text as the language's formatter, where there is one, leaves it.

        ``own`` are modules at the project's top that the plan brings, and no file shows yet.
        """
        if self.identifiers.language == "go":
            return output.format_go(text)
        return output.format_python(text, path, root, sort=whole, own=own)


def tools_of(language: str) -> Tools:
    """Return a language's tools; KeyError for a language that nothing is generated in."""
    return _MAKERS[language]()


def _python() -> Tools:
    from apimod.languages.identifiers import PYTHON
    from apimod.languages.python_edit import PYTHON as SYNTAX
    from apimod.languages.python_outline import PYTHON_OUTLINE

    return Tools(PYTHON, SYNTAX, PYTHON_OUTLINE, ".py", "__init__.py")


def _go() -> Tools:
    from apimod.languages.go_edit import GO as SYNTAX
    from apimod.languages.go_outline import GO_OUTLINE
    from apimod.languages.identifiers import GO

    return Tools(GO, SYNTAX, GO_OUTLINE, ".go")


_MAKERS: dict[str, Callable[[], Tools]] = {"python": _python, "go": _go}
