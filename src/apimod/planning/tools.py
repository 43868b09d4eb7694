"""What the planner asks of a language beyond the evaluator: names, syntax, headers, formatting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.languages.javascript_style import ScriptStyle
from apimod.planning import output

if TYPE_CHECKING:
    from apimod.languages.buffer import ImportNeed, Syntax
    from apimod.languages.identifiers import Identifiers
    from apimod.languages.outline import Outline

    Whole = Callable[[str, list[ImportNeed], str, str], str]
    Form = Callable[[str, Path, Path, bool, frozenset[str]], str]


class Tools(Struct, frozen=True):
    """One language's part in making new text.

    ``whole(package, needs, body, module)`` makes a file of a body; ``form(text, path, root, whole,
    own)`` returns it as the language's formatter leaves it.
    """

    identifiers: Identifiers
    syntax: Syntax
    outline: Outline
    suffix: str
    whole: Whole
    form: Form
    marker: str = ""
    """The file that makes a folder a package, or ``""``."""
    clause: str = ""
    """What a file has to begin with to be one, which a piece of it lacks."""
    script: ScriptStyle = field(default_factory=ScriptStyle)
    """How the project's files are written, where their formatter cannot be run (JavaScript)."""
    marks: bool = False
    """Whether rights go by strings that stand at routes and in lists elsewhere."""
    packages: bool = False
    """Whether code imports packages, and no symbols of theirs."""
    separator: str = "."
    """What parts a module's name."""

    def literal(self, value: object) -> str:
        """Return a value as a literal of the language."""
        if isinstance(value, bool):
            yes, no = self.identifiers.truth
            return yes if value else no
        if isinstance(value, int | float):
            return str(value)
        return self.identifiers.literal(str(value))

    def new_file(self, package: str, needs: list[ImportNeed], body: str, module: str) -> str:
        """Return a whole file."""
        return self.whole(package, needs, body, module)

    def formatted(
        self, text: str, path: Path, root: Path, *, whole: bool, own: frozenset[str] = frozenset()
    ) -> str:
        """Return the text as the language's formatter, where there is one, leaves it.

        ``own`` are modules at the project's top that the plan brings, and no file shows yet.
        """
        return self.form(text, path, root, whole, own)


def tools_of(language: str) -> Tools:
    """Return a language's tools; KeyError for a language that nothing is generated in."""
    return _MAKERS[language]()


def _python() -> Tools:
    from apimod.languages.identifiers import PYTHON
    from apimod.languages.python_edit import PYTHON as SYNTAX
    from apimod.languages.python_outline import PYTHON_OUTLINE

    return Tools(
        PYTHON,
        SYNTAX,
        PYTHON_OUTLINE,
        ".py",
        lambda _package, needs, body, _module: output.python_file(needs, body),
        lambda text, path, root, whole, own: output.format_python(
            text, path, root, sort=whole, own=own
        ),
        marker="__init__.py",
    )


def _go() -> Tools:
    from apimod.languages.go_edit import GO as SYNTAX
    from apimod.languages.go_outline import GO_OUTLINE
    from apimod.languages.identifiers import GO

    return Tools(
        GO,
        SYNTAX,
        GO_OUTLINE,
        ".go",
        lambda package, needs, body, module: output.go_header(package, needs, module) + body + "\n",
        lambda text, *_: output.format_go(text),
        clause="package p\n",
        packages=True,
        separator="/",
    )


def _rust() -> Tools:
    from apimod.languages.identifiers import RUST
    from apimod.languages.rust_edit import RUST as SYNTAX
    from apimod.languages.rust_outline import RUST_OUTLINE
    from apimod.planning.output_rust import format_rust, rust_file

    return Tools(
        RUST,
        SYNTAX,
        RUST_OUTLINE,
        ".rs",
        lambda _package, needs, body, module: rust_file(needs, body, module),
        lambda text, path, root, *_: format_rust(text, path, root),
        separator="::",
    )


def _javascript() -> Tools:
    from apimod.languages.identifiers import JAVASCRIPT
    from apimod.languages.javascript_edit import JAVASCRIPT as SYNTAX
    from apimod.languages.javascript_outline import JAVASCRIPT_OUTLINE

    return Tools(
        JAVASCRIPT,
        SYNTAX,
        JAVASCRIPT_OUTLINE,
        ".js",
        lambda _package, _needs, body, _module: body + "\n",
        lambda text, *_: text,
        marks=True,
        separator="/",
    )


def _java() -> Tools:
    from apimod.languages.identifiers import JAVA
    from apimod.languages.java_edit import JAVA as SYNTAX
    from apimod.languages.java_outline import JAVA_OUTLINE

    return Tools(
        JAVA,
        SYNTAX,
        JAVA_OUTLINE,
        ".java",
        lambda _package, _needs, body, _module: body + "\n",
        lambda text, *_: text,
    )


_MAKERS: dict[str, Callable[[], Tools]] = {
    "python": _python,
    "go": _go,
    "javascript": _javascript,
    "rust": _rust,
    "java": _java,
}
