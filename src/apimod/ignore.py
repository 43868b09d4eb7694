"""What git ignores: ``.gitignore`` files of every depth and ``.git/info/exclude``.

The rules of a directory are a chain, outermost first. As in git, the innermost file that has an
answer decides, within a file the last pattern, and nothing below an ignored directory comes back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern


@dataclass(frozen=True)
class Rules:
    """The patterns of one file, which hold at and below ``base`` (``""`` or ``a/b/``)."""

    base: str
    patterns: tuple[GitIgnoreSpecPattern, ...]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """Match whatever one of the patterns may match: one look instead of dozens."""
        sources = (p.regex.pattern for p in self.patterns if p.regex is not None)
        unnamed = (re.sub(r"\(\?P<\w+>", "(?:", source) for source in sources)
        return re.compile("|".join(f"(?:{source})" for source in unnamed))

    def answer(self, path: str) -> bool | None:
        """Tell whether ``path`` (a directory ends in ``/``) is ignored; None if nothing is said."""
        inner = path[len(self.base) :]
        if self._any.match(inner) is None:
            return None
        for pattern in reversed(self.patterns):
            found = pattern.match_file(inner)
            # A match that ends before the path's end is one of a directory above it.
            if found is not None and found.match.end() == len(inner):
                return pattern.include
        return None


Chain = tuple[Rules, ...]


def parse(text: str, base: str) -> Rules | None:
    """Return the rules in ``text``; None if there are none. A pattern that git rejects is none."""
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    patterns = []
    for line in text.removeprefix("\ufeff").splitlines():
        try:
            pattern = GitIgnoreSpecPattern(line)
        except ValueError:
            continue
        if pattern.include is not None:
            patterns.append(pattern)
    return Rules(base, tuple(patterns)) if patterns else None


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
        return parse(file.read_bytes().decode("utf-8", "replace"), base)
    except OSError:
        return None
