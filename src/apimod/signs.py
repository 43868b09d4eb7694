"""Where the signs of libraries stand in a project: imports, uses, files, settings, addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.import_scan import SCANNERS, Import, covers, member_line, without_comments
from apimod.paths import folder_of, join

if TYPE_CHECKING:
    from apimod.detect_schema import Signs
    from apimod.projects import Project

Place = tuple[str, int]
"""A file and a line."""

Wanted = tuple[int, str, bool]
"""The signs' index, the name of an import, and whether it is a member that is used."""

_COMPOSE = re.compile(r"(docker-)?compose([.-][\w.-]+)?\.ya?ml")
_SETTINGS = re.compile(r"\.?env([._-].*)?|.*\.(env|ini|toml|ya?ml|cfg|conf|properties)")
_IMAGE = re.compile(
    r"^[ \t]*image:[ \t]*[\"']?(?:[\w.-]+\.[a-z]+(?::\d+)?/)?([\w./-]+)", re.MULTILINE
)


class Imports(Struct):
    """The imports that one group of signs has: outside tests, and in them."""

    served: list[Place] = field(default_factory=list)
    tested: list[Place] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


class Reader:
    """One project's files, read once for all signs."""

    def __init__(self, project: Project, signs: Sequence[Signs], declared: frozenset[str]) -> None:
        self.project = project
        self._signs = signs
        self._declared = declared
        self._imports: dict[int, Imports] = defaultdict(Imports)
        self._addresses: dict[int, Place] = {}
        self._read_sources()

    def imports(self, index: int) -> Imports:
        """Return where the signs at ``index`` are imported or used."""
        return self._imports[index]

    def address(self, index: int) -> Place | None:
        """Return where an address (``scheme://…``) of the signs at ``index`` stands."""
        return self._addresses.get(index) or self._settings.get(index)

    def file(self, patterns: Iterable[str]) -> Place | None:
        """Return the first file outside tests that one of the patterns matches."""
        for pattern in patterns:
            wanted = glob(pattern)
            for path in self.project.files:
                inner = path.removeprefix(self.project.prefix)
                if wanted.fullmatch(inner) and not self.project.is_test(path):
                    return path, 1
        return None

    def config(self, names: Iterable[str]) -> Place | None:
        """Return where a table of pyproject.toml, or ``file:section`` of another file, stands."""
        for name in names:
            file, colon, section = name.rpartition(":")
            path = join(self.project.path, file if colon else "pyproject.toml")
            if path not in self.project.files:
                continue
            heading = re.compile(rf"^\[+{re.escape(section)}[\].]", re.MULTILINE)
            text = self.project.text(path)
            found = heading.search(text)
            if found:
                return path, text.count("\n", 0, found.start()) + 1
        return None

    def image(self, names: Iterable[str], above: bool) -> Place | None:
        """Return where a compose file, in the project or above it, runs one of the images."""
        wanted = set(names)
        for path, line, image in self._images_above if above else self._images:
            if image in wanted:
                return path, line
        return None

    def _read_sources(self) -> None:
        language = self.project.language
        prefixes: dict[str, list[Wanted]] = defaultdict(list)
        for index, signs in enumerate(self._signs):
            for name in signs.imports:
                prefixes[_head(name, language)].append((index, name, False))
            for name in signs.uses:
                prefixes[_head(name, language)].append((index, name, True))
        told = {s for signs in self._signs for s in (*signs.schemes, *signs.values)}
        words = sorted({*prefixes} | told)
        worth = re.compile("|".join(map(re.escape, words))) if words else None
        for path in self.project.sources:
            text = self.project.text(path)
            if worth is None or worth.search(text) is None:
                continue
            imports = list(SCANNERS[language](text))
            for found in imports:
                for wanted in prefixes.get(_head(found.name, language), ()):
                    if not _any_covers(self._signs[wanted[0]].without, imports, language):
                        self._note(path, text, found, wanted)
            if not self.project.is_test(path):
                self._read_addresses(
                    path, without_comments(text, language), self._addresses, "\"'`"
                )

    def _note(self, path: str, text: str, found: Import, wanted: Wanted) -> None:
        index, name, is_use = wanted
        language = self.project.language
        if self._is_own(found):
            return
        line = found.line if covers(name, found.name, language) else 0
        if is_use and not line:
            module, _, member = name.rpartition(".")
            if module == re.sub(r"/v\d+$", "", found.name):
                line = member_line(text, language, found.alias, member)
        if line:
            imports = self._imports[index]
            if self.project.is_test(path):
                imports.tested.append((path, line))
            else:
                imports.served.append((path, line))
                imports.files.add(path)

    def _is_own(self, found: Import) -> bool:
        """Tell whether an import leads to one of the project's modules, named as a library is."""
        if self.project.language != "python":
            return False
        head = found.name.partition(".")[0]
        return head in self._own_modules and head not in self._declared

    @cached_property
    def _own_modules(self) -> frozenset[str]:
        roots = {"" if root == "." else f"{root}/" for root in self.project.import_roots}
        heads = set()
        for path in self.project.sources:
            for root in roots:
                if path.startswith(root):
                    heads.add(path[len(root) :].partition("/")[0].removesuffix(".py"))
        return frozenset(heads)

    def _read_addresses(self, path: str, text: str, into: dict[int, Place], quotes: str) -> None:
        for index, signs in enumerate(self._signs):
            if index in into:
                continue
            for scheme in signs.schemes:
                at = _address(scheme, quotes).search(text) if scheme in text else None
                if at:
                    into[index] = path, text.count("\n", 0, at.start()) + 1
                    break
            for value in signs.values if quotes else ():
                at = re.search(rf"[{quotes}]{re.escape(value)}[{quotes}]", text)
                if at and index not in into:
                    into[index] = path, text.count("\n", 0, at.start()) + 1

    @cached_property
    def _settings(self) -> dict[int, Place]:
        """Addresses in settings files; what runs the tests in CI is no setting."""
        found: dict[int, Place] = {}
        for path in self.project.files:
            file = PurePosixPath(path)
            hidden = any(part.startswith(".") for part in file.parts[:-1])
            if hidden or self.project.is_test(path) or not _SETTINGS.fullmatch(file.name):
                continue
            if file.name.startswith(".git") or file.name in self._unsettling:
                continue
            text = re.sub(r"(?m)(^|\s)[#;].*", "", self.project.text(path))
            self._read_addresses(path, text, found, "")
        return found

    _unsettling = frozenset(("pyproject.toml", "mkdocs.yml", "mkdocs.yaml", "openapi.yaml"))

    @cached_property
    def _images(self) -> list[tuple[str, int, str]]:
        own = [f for f in self.project.files if _COMPOSE.fullmatch(PurePosixPath(f).name)]
        return list(self._images_in(own))

    @cached_property
    def _images_above(self) -> list[tuple[str, int, str]]:
        found: list[str] = []
        folder = self.project.path
        while folder != ".":
            folder = folder_of(folder)
            names = ("compose.yml", "compose.yaml", "docker-compose.yml", "docker-compose.yaml")
            found.extend(join(folder, name) for name in names)
        return list(self._images_in(found))

    def _images_in(self, files: Iterable[str]) -> Iterator[tuple[str, int, str]]:
        for path in files:
            text = self.project.text(path)
            for image in _IMAGE.finditer(text):
                yield path, text.count("\n", 0, image.start(1)) + 1, image[1].split(":")[0]


def glob(pattern: str) -> re.Pattern[str]:
    """Return the expression of a pattern; one without a slash matches a name in any folder."""
    body = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.compile(body if "/" in pattern else f"(?:.*/)?{body}")


def _any_covers(prefixes: Iterable[str], imports: Sequence[Import], language: str) -> bool:
    return any(covers(p, each.name, language) for p in prefixes for each in imports)


def _head(name: str, language: str) -> str:
    """Return what an import and a sign of it share: the host, or the top-level package."""
    return name.partition("/" if language == "go" else ".")[0]


def _address(scheme: str, quotes: str) -> re.Pattern[str]:
    """Return the expression of an address, or of a scheme with a driver as a whole string."""
    plain = re.escape(scheme)
    if not quotes:
        return re.compile(rf"(?<![\w+.-]){plain}(\+\w+)?://")
    return re.compile(rf"(?<![\w+.-]){plain}(\+\w+)?://|[{quotes}]{plain}\+\w+[{quotes}]")
