"""What the tests of analogy share: small projects in one text, wired for another resource."""

from __future__ import annotations

import re
from textwrap import dedent

from apimod.analogy import Kin, Places, Wired, Wiring, wire
from apimod.insertion import inserted, is_subsequence
from apimod.languages.buffer import Buffer, ImportStyle, Syntax
from apimod.languages.go_edit import GO
from apimod.languages.go_outline import GO_OUTLINE
from apimod.languages.identifiers import GO as GO_NAMES
from apimod.languages.identifiers import JAVA as JAVA_NAMES
from apimod.languages.identifiers import JAVASCRIPT as SCRIPT_NAMES
from apimod.languages.identifiers import PYTHON as PYTHON_NAMES
from apimod.languages.identifiers import RUST as RUST_NAMES
from apimod.languages.java_edit import JAVA
from apimod.languages.java_outline import JAVA_OUTLINE
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_outline import JAVASCRIPT_OUTLINE
from apimod.languages.outline import Outline
from apimod.languages.python_edit import PYTHON
from apimod.languages.python_outline import PYTHON_OUTLINE
from apimod.languages.rust_edit import RUST
from apimod.languages.rust_outline import RUST_OUTLINE
from apimod.mentions import Noun
from apimod.rename import Spelling
from apimod.source import Source

BOOK = Noun("book", "books")
ITEM = Noun("item", "items")
AUTHOR = Noun("author", "authors")
USER = Noun("user", "users")
ORDER_ITEM = Noun("order_item", "order_items")

_FILE = re.compile(r"^(?:#|//) --- (\S+)\n", re.MULTILINE)
_LANGUAGES: dict[str, tuple[Syntax, Outline, Spelling]] = {
    "py": (PYTHON, PYTHON_OUTLINE, Spelling(escape=PYTHON_NAMES.escape)),
    "go": (
        GO,
        GO_OUTLINE,
        Spelling("camel", package="flat", initialisms=GO_NAMES.initialisms, escape=GO_NAMES.escape),
    ),
    "java": (
        JAVA,
        JAVA_OUTLINE,
        Spelling("camel", package="flat", escape=JAVA_NAMES.escape),
    ),
    "ts": (
        JAVASCRIPT,
        JAVASCRIPT_OUTLINE,
        Spelling("camel", package="kebab", escape=SCRIPT_NAMES.escape),
    ),
    "rs": (RUST, RUST_OUTLINE, Spelling(escape=RUST_NAMES.escape)),
    "js": (
        JAVASCRIPT,
        JAVASCRIPT_OUTLINE,
        Spelling("camel", package="kebab", escape=SCRIPT_NAMES.escape),
    ),
}


class Project:
    """Files in one text, each under ``# --- path``; those of a resource hold its word."""

    def __init__(self, text: str, ending: str) -> None:
        self.ending = ending
        parts = _FILE.split(dedent(text))
        self.texts = dict(zip(parts[1::2], parts[2::2], strict=True))
        syntax = _LANGUAGES[ending][0]
        self.buffers = {
            path: Buffer(Source(path, body.encode()), syntax) for path, body in self.texts.items()
        }
        for path, buffer in self.buffers.items():
            assert not buffer.root.has_error, path

    def kin(self, noun: Noun) -> Kin:
        """Return a resource with the files that are named for it."""
        ending = self.ending.replace("js", "[jt]s")
        stem = re.compile(
            rf"\b({noun.singular}|{noun.plural})(?:[_.]\w+|[A-Z]\w+)?(?:/|\.{ending}$)"
            rf"|/{noun.singular.title()}\w*\.{ending}$"
        )
        return Kin(noun, frozenset(path for path in self.texts if stem.search(path)))

    def wire(
        self,
        sibling: Noun,
        new: Noun,
        *others: Noun,
        places: Places | None = None,
        defined: frozenset[str] | None = None,
    ) -> tuple[Wired, dict[str, str]]:
        """Return the result, and the new text of each file that changes."""
        _, outline, spelling = _LANGUAGES[self.ending]
        own = {"go": ("example.com/shop",), "java": ("com.shop",)}.get(self.ending, ("app",))

        def style(path: str) -> ImportStyle:
            package = ".".join(path.split("/")[:-1]) if self.ending == "py" else ""
            return ImportStyle(own=own, package=package)

        wired = wire(
            Wiring(
                self.kin(sibling), new, self.buffers, outline, [self.kin(one) for one in others],
                places or Places(), spelling, style=style, defined=defined,
            )
        )  # fmt: skip
        return wired, self._applied(wired)

    def _applied(self, wired: Wired) -> dict[str, str]:
        changed: dict[str, str] = {}
        for path, buffer in self.buffers.items():
            made = [i for clone in wired.clones if clone.path == path for i in clone.insertions()]
            if made:
                new = inserted(buffer.data, made)
                assert is_subsequence(buffer.data, new)
                after = Buffer(Source(path, new), buffer.syntax)
                assert not after.root.has_error, new.decode()
                changed[path] = new.decode()
        return changed

    def after(self, changed: dict[str, str]) -> Project:
        """Return the project as it is then."""
        texts = self.texts | changed
        mark = "#" if self.ending == "py" else "//"
        text = "".join(f"{mark} --- {path}\n{body}" for path, body in texts.items())
        return Project(text, self.ending)


def lines_added(old: str, new: str) -> list[str]:
    """Return the lines that the new text has and the old one has not, in order."""
    from difflib import ndiff

    return [line[2:] for line in ndiff(old.splitlines(), new.splitlines()) if line[0] == "+"]
