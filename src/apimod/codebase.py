"""The files that an analysis may look at: their sources, trees and scopes, each made once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from apimod.languages import language_of
from apimod.model import SkippedFile
from apimod.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.base import Language
    from apimod.languages.scopes import Scopes

WORD = re.compile(rb"[A-Za-z_]\w*")
NOWHERE: frozenset[str] = frozenset()
COMMON = 100
"""In how many files a name is too common to be looked for in other projects."""


class Codebase:
    """Files by their POSIX paths relative to the workspace.

    ``load`` gives a file's Source, or None where it cannot be used. ``paths`` are all files that an
    import may lead to; an analysis of one project asks for those below its folder.
    """

    def __init__(
        self,
        paths: Iterable[str],
        load: Callable[[str], Source | None],
        planned: frozenset[str] = frozenset(),
        before: Codebase | None = None,
    ) -> None:
        self.paths = tuple(sorted(set(paths)))
        self.planned = planned
        """Those that are as a plan would leave them."""
        self._before = before
        """The files without the plan: what was read of those that it leaves alone is true here."""
        self._ending: dict[tuple[str, ...], list[str]] = {}
        self._load = load
        self.libraries: set[str] = set()
        """Packages that units describe: what they mean is known, also where their source is here."""
        self._sources: dict[str, Source | None] = {}
        self._scopes: dict[str, Scopes] = {}
        self._caches: dict[str, dict[object, object]] = defaultdict(dict)
        self._words: dict[str, dict[bytes, list[Source]]] = {}
        self._spoken: dict[str, list[Source]] = {}
        self._calls: dict[tuple[str, str, frozenset[str]], list[tuple[Source, Node]]] = {}

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self.paths)

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        folders: dict[str, list[str]] = defaultdict(list)
        for path in self.paths:
            folder = path.rpartition("/")[0]
            folders[folder].append(path)
            while folder and (parent := folder.rpartition("/")[0]) not in folders:
                folders[parent] = []
                folder = parent
        return dict(folders)

    def has(self, path: str) -> bool:
        """Whether there is a file of that path."""
        return path in self._files

    def has_folder(self, path: str) -> bool:
        """Whether there is a file somewhere below that folder."""
        return path in self._folders

    def ending(self, suffixes: tuple[str, ...]) -> list[str]:
        """Return the files with one of some endings."""
        if suffixes not in self._ending:
            self._ending[suffixes] = [p for p in self.paths if p.endswith(suffixes)]
        return self._ending[suffixes]

    def files_in(self, folder: str) -> list[str]:
        """Return the files that lie directly in a folder."""
        return self._folders.get(folder, [])

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the files and folders that lie directly in a folder."""
        files = [path.rpartition("/")[2] for path in self.files_in(folder)]
        start = f"{folder}/" if folder else ""
        inner = {f.removeprefix(start) for f in self._folders if f.startswith(start) and f}
        return sorted([*files, *(f for f in inner if f and "/" not in f)])

    def source(self, path: str) -> Source | None:
        """Return a file's Source; None where there is none or it cannot be read."""
        if path not in self._sources:
            before = self._before
            if before is not None and before.has(path) and path not in self.planned:
                self._sources[path] = before.source(path)
            else:
                self._sources[path] = self._load(path) if path in self._files else None
        return self._sources[path]

    def given_up(self) -> list[SkippedFile]:
        """Return the files that took too long, and of which nothing is known."""
        read = (source for source in self._sources.values() if source is not None)
        return [SkippedFile(source.path, source.given_up) for source in read if source.given_up]

    def cache(self, name: str) -> dict[object, object]:
        """Return a dictionary that lives as long as the codebase, for a language's own use."""
        return self._caches[name]

    def language(self, source: Source) -> Language:
        """Return the language that a file is written in."""
        language = language_of(source.path)
        assert language is not None, source.path
        return language

    def root(self, source: Source) -> Node:
        """Return the root of a file's tree."""
        return self.language(source).tree(source).root_node

    def scopes(self, source: Source) -> Scopes:
        """Return what a file binds, and where."""
        found = self._scopes.get(source.path)
        if found is None:
            before = self._before
            if before is not None and before.source(source.path) is source:
                found = before.scopes(source)
            else:
                found = self.language(source).bind(source)
            self._scopes[source.path] = found
        return found

    def sources(self, language: str) -> Iterable[Source]:
        """Return the files of a language, tests not among them."""
        if language not in self._spoken:
            self._spoken[language] = [
                source
                for path in self.paths
                if (of := language_of(path)) is not None and of.name == language
                if not of.is_test(path) and (source := self.source(path)) is not None
            ]
        return self._spoken[language]

    def holding(self, language: str, name: str) -> list[Source]:
        """Return the files of a language that hold a word, tests not among them."""
        index = self._words.get(language)
        if index is None:
            index = self._words[language] = defaultdict(list)
            for source in self.sources(language):
                for word in set(WORD.findall(source.data)):
                    index[word].append(source)
        return index.get(name.encode(), [])

    def calls(
        self, language: str, name: str, home: frozenset[str] = NOWHERE
    ) -> list[tuple[Source, Node]]:
        """Return every call whose called name ends in ``name``; parses only what holds it.

        Of a name that is all too common only those in ``home``, where that is given.
        """
        key = (language, name, home)
        if key not in self._calls:
            self._calls[key] = [
                (source, node)
                for source in self._near(language, name, home)
                for node in self.scopes(source).calls.get(name, ())
            ]
        return self._calls[key]

    def mentions(
        self, language: str, name: str, home: frozenset[str] = NOWHERE
    ) -> list[tuple[Source, Node]]:
        """Return every place where a name is handed to a call or list, without being called."""
        key = (language, name + "\0", home)
        if key not in self._calls:
            self._calls[key] = [
                (source, node)
                for source in self._near(language, name, home)
                for node in self.scopes(source).mentions.get(name, ())
            ]
        return self._calls[key]

    def _near(self, language: str, name: str, home: frozenset[str]) -> list[Source]:
        found = self.holding(language, name)
        if len(found) <= COMMON or not home:
            return found
        return [source for source in found if source.path in home]
