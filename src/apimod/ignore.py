"""What git ignores: ``.gitignore`` files of every depth and ``.git/info/exclude``.

The rules of a directory are a chain, outermost first. As in git, the innermost file that has an
answer decides, within a file the last pattern, and nothing below an ignored directory comes back.
A test holds this against git's own answers. (``pathspec`` also matches a path through the
directories above it, which a walk that meets those first must not do.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from apimod.inside import read_regular

LONGEST = 1000
"""How many characters a pattern may have; no name of a file has a third of them."""
STAR = "[^/]*"
FOLDERS = "(?:.*/)?"
ANYTHING = ".+"
ENDS = frozenset(("/", FOLDERS, ANYTHING))
MOST_FOLDERS = 4
"""How often ``**/`` may stand in a pattern; git itself takes for ever over more."""
LARGEST = 256 << 10
"""Rules that no person wrote are none."""


class Pattern(Struct, frozen=True):
    """One line: which paths it matches, and whether it ignores them or takes that back."""

    regex: re.Pattern[str]
    ignores: bool


class Rules(Struct, frozen=True, dict=True):
    """The patterns of one file, which hold at and below ``base`` (``""`` or ``a/b/``)."""

    base: str
    patterns: tuple[Pattern, ...]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """Match whatever one of the patterns matches: one look instead of dozens."""
        return re.compile("|".join(f"(?:{p.regex.pattern})" for p in self.patterns), re.DOTALL)

    def answer(self, path: str) -> bool | None:
        """Tell whether ``path`` (a directory ends in ``/``) is ignored; None if nothing is said."""
        inner = path[len(self.base) :]
        if self._any.fullmatch(inner) is None:
            return None
        matching = (p.ignores for p in reversed(self.patterns) if p.regex.fullmatch(inner))
        return next(matching, None)


Chain = tuple[Rules, ...]


def parse(text: str, base: str) -> Rules | None:
    """Return the rules in ``text``; None if there are none. A pattern that git rejects is none."""
    lines = text.removeprefix("\ufeff").split("\n")
    patterns = tuple(filter(None, map(_pattern, lines)))
    return Rules(base, patterns) if patterns else None


def ignored(chain: Chain, path: str) -> bool:
    """Tell whether ``path`` (a directory ends in ``/``) is ignored by the innermost answer."""
    for rules in reversed(chain):
        answer = rules.answer(path)
        if answer is not None:
            return answer
    return False


def extend(chain: Chain, root: Path, directory: str) -> Chain:
    """Return ``chain`` and the rules of the ``.gitignore`` in ``directory`` (``""`` is root)."""
    rules = _read(root / directory / ".gitignore", f"{directory}/" if directory else "")
    return (*chain, rules) if rules else chain


def outermost(root: Path) -> Chain:
    """Return the rules of the work tree's ``info/exclude``."""
    git = git_directory(root)
    rules = _read(git / "info" / "exclude", "") if git else None
    return (rules,) if rules else ()


def git_directory(root: Path) -> Path | None:
    """Return where the git data of the work tree at ``root`` lies, shared by linked work trees."""
    git = root / ".git"
    if git.is_dir():
        return git
    if not git.is_file():
        return None
    try:
        line = git.read_text("utf-8").strip()
        if not line.startswith("gitdir:"):
            return None
        git = root / line.removeprefix("gitdir:").strip()
        common = git / "commondir"
        return git / common.read_text("utf-8").strip() if common.is_file() else git
    except (OSError, UnicodeDecodeError):
        return None


def _read(file: Path, base: str) -> Rules | None:
    try:
        data = None if file.is_symlink() else read_regular(file)
    except OSError:
        return None
    if data is None or len(data) > LARGEST:
        return None
    return parse(data.decode("utf-8", "replace"), base)


def _pattern(line: str) -> Pattern | None:
    line = re.sub(r"(?<!\\) +$", "", line.removesuffix("\r"))
    if not line or line.startswith("#") or len(line) > LONGEST:
        return None
    ignores = not line.startswith("!")
    body = line if ignores else line[1:]
    only_directories = body.endswith("/")
    body = body.removesuffix("/")
    anchored = "/" in body
    body = re.sub(r"(?:\*\*/){2,}", "**/", body.removeprefix("/"))
    try:
        regex = _regex(list(_pieces(body)))
        end = "(?<!/)/" if only_directories else "(?<!/)/?"  # no star stands for nothing
        return Pattern(
            re.compile(f"{'' if anchored else '(?:.*/)?'}{regex}{end}", re.DOTALL), ignores
        )
    except (ValueError, KeyError, re.error):
        return None


def _regex(pieces: list[str]) -> str:
    """Join the pieces of a pattern such that no path makes it try for ever.

    Each star but the last of a name takes as little as will do, and holds on to it: what comes
    after it can be found as well from there. Raises ValueError for more folders of any name than
    can be tried.
    """
    if pieces.count(FOLDERS) > MOST_FOLDERS:
        raise ValueError(pieces)
    out: list[str] = []
    name: list[list[str]] = [[]]
    for piece in (*pieces, ""):
        if piece == STAR:
            name.append([])
        elif piece and piece not in ENDS:
            name[-1].append(piece)
        else:
            first, *held = map("".join, name)
            last = STAR + held.pop() if held else ""
            out += [first, *(f"(?>[^/]*?{each})" for each in held), last, piece]
            name = [[]]
    return "".join(out)


def _pieces(body: str) -> Iterator[str]:
    """Yield the expression of a pattern, piece by piece."""
    at = 0
    while at < len(body):
        stars = re.compile(r"\*+").match(body, at)
        if stars:
            whole = at == 0 or body[at - 1] == "/"
            at = stars.end()
            if len(stars[0]) == 1 or not whole or body[at : at + 1] not in ("", "/"):
                yield STAR
            elif at == len(body):
                yield ANYTHING
            else:
                at += 1
                yield FOLDERS
            continue
        character = body[at]
        at += 1
        if character == "?":
            yield "[^/]"
        elif character == "[":
            at, piece = _bracket(body, at)
            yield piece
        else:
            if character == "\\":
                if at == len(body):
                    raise ValueError(body)
                character = body[at]
                at += 1
            yield re.escape(character)


def _bracket(body: str, at: int) -> tuple[int, str]:
    """Read ``[…]`` from behind its bracket; return where it ends, and its expression."""
    found = re.compile(r"([!^]?)((?:\\.|\[:\w+:\]|\]|[^\]\\])(?:\\.|\[:\w+:\]|[^\]\\])*)\]").match(
        body, at
    )
    if found is None:
        raise ValueError(body)
    inner = re.sub(
        r"\[:(\w+):\]|\\(.)|([\[\]^&~|])",
        lambda m: _CLASSES[m[1]] if m[1] else re.escape(m[2] or m[3]),
        found[2],
    )
    return found.end(), f"(?!/)[{'^' if found[1] else ''}{inner}]"


_CLASSES = {
    "alpha": "A-Za-z",
    "digit": "0-9",
    "alnum": "A-Za-z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "xdigit": "A-Fa-f0-9",
    "space": r"\s",
    "punct": r"!-/:-@\[-`{-~",
    "blank": r" \t",
}
