"""Projects: folders with a manifest, and the files that each owns.

A source file belongs to the nearest project above it of its own language, any other file to the
nearest project of any. Python files that no manifest covers make a weak project of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from msgspec import Struct

from apimod.manifests import names
from apimod.paths import folder_of, is_below, is_test

SUFFIXES = {
    "python": (".py",),
    "go": (".go",),
    "rust": (".rs",),
    "java": (".java", ".kt"),
    "javascript": (".js", ".ts", ".jsx", ".tsx", ".mjs", ".cjs", ".mts", ".cts"),
}
"""The endings of each language's source files."""

WEAK = ("python", "javascript")
"""The languages whose files make a project without a manifest."""

UNDECLARED = ("java",)
"""Languages whose files, where no manifest covers them, make one project together."""

Home = tuple[str, str]
"""A project's folder and language."""


class Project(Struct, frozen=True, dict=True):
    """A folder with a manifest, in one language. ``path`` is ``.`` at the workspace's root."""

    path: str
    language: str
    manifests: tuple[str, ...]
    files: tuple[str, ...]
    weak: bool = False
    """No manifest says that this is a project; its source files stand alone."""
    root: Path = Path()
    """The workspace's root on disk."""

    @property
    def prefix(self) -> str:
        """What every path in this project starts with: ``""`` at the root, else ``path/``."""
        return "" if self.path == "." else f"{self.path}/"

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The files in the project's language, those of its tests too."""
        return tuple(f for f in self.files if f.endswith(SUFFIXES[self.language]))

    @cached_property
    def name(self) -> str:
        """The name in the manifest, else the folder's."""
        from apimod.manifests import project_name

        return project_name(self) or (self.root / self.path).resolve().name

    @cached_property
    def module_path(self) -> str:
        """What go.mod calls the module; ``""`` in other languages."""
        from apimod.manifests.gomod import module_path

        mods = (m for m in self.manifests if PurePosixPath(m).name == "go.mod")
        return next((module_path(self.text(m)) for m in mods), "")

    @cached_property
    def import_roots(self) -> tuple[str, ...]:
        """The folders that absolute imports start from, likeliest first; Python only."""
        from apimod.import_roots import import_roots

        return import_roots(self) if self.language == "python" else ()

    @cached_property
    def umbrella(self) -> str:
        """The folder whose go.work or workspace table lists this project; ``""`` if none does."""
        from apimod.manifests.umbrella import umbrella_of

        return umbrella_of(self)

    def is_test(self, path: str) -> bool:
        """Tell whether one of its files holds tests."""
        return is_test(path, self.path)

    def text(self, path: str) -> str:
        """Return a file as text, without a byte order mark; ``""`` if it cannot be read."""
        try:
            return (self.root / path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            return ""


def discover(root: Path, files: Iterable[str]) -> tuple[Project, ...]:
    """Return the projects that ``files`` make, sorted by path and language."""
    files = tuple(files)
    manifests = _manifests(root, files)
    owned: dict[Home, list[str]] = defaultdict(list)
    bare: list[str] = []
    by_language = {
        language: {home for home, spoken in manifests if spoken == language}
        for language in SUFFIXES
    }
    nearest = _Nearest()
    anywhere = {home for home, _ in manifests}
    for file in files:
        language = next((k for k, endings in SUFFIXES.items() if file.endswith(endings)), "")
        homes = by_language[language] if language else anywhere
        home = nearest.of(file, language, homes)
        if home is None:
            bare.append(file)
            continue
        for spoken in (language,) if language else SUFFIXES:
            if (home, spoken) in manifests:
                owned[home, spoken].append(file)
    weak = {(h, k): f for k in WEAK for h, f in _weak(bare, SUFFIXES[k], k == "python").items()}
    alone = ((k, *_alone(bare, k)) for k in UNDECLARED)
    weak.update({(home, k): files for k, home, files in alone})
    every = [
        Project(home, language, manifests.get((home, language), ()), tuple(taken), root=root)
        for (home, language), taken in owned.items()
    ] + [Project(home, k, (), tuple(taken), True, root) for (home, k), taken in weak.items()]
    return tuple(sorted((p for p in every if p.sources), key=lambda p: (p.path, p.language)))


def _alone(bare: list[str], language: str) -> tuple[str, list[str]]:
    """Return the folder around all files of a language that no manifest covers, and what is in it."""
    mine = [f for f in bare if f.endswith(SUFFIXES[language])]
    if not mine:
        return ".", []
    parts = [PurePosixPath(folder_of(f).partition("src/")[0]).parts for f in mine]
    shared = 0
    while all(len(p) > shared and p[shared] == parts[0][shared] for p in parts):
        shared += 1
    home = "/".join(parts[0][:shared]) or "."
    return home, [f for f in bare if is_below(f, home)]


class _Nearest:
    """Finds the nearest of some folders above a file, remembering each folder's answer."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str | None] = {}

    def of(self, file: str, kind: str, homes: set[str]) -> str | None:
        folder = folder_of(file)
        passed: list[str] = []
        found: str | None = None
        while True:
            if (kind, folder) in self._known:
                found = self._known[kind, folder]
                break
            passed.append(folder)
            if folder in homes:
                found = folder
                break
            if folder == ".":
                break
            folder = folder_of(folder)
        self._known.update({(kind, each): found for each in passed})
        return found


def _manifests(root: Path, files: Iterable[str]) -> Mapping[Home, tuple[str, ...]]:
    """Return the manifests of each home; what lies aside goes to the project around it."""
    found: dict[Home, list[str]] = defaultdict(list)
    aside: list[str] = []
    for file in files:
        language = names.language_of(file)
        if not language or not names.holds_manifest(file, _head(root / file)):
            continue
        if names.is_aside(file):
            aside.append(file)
        else:
            found[names.home_of(file), language].append(file)
    for file in aside:
        home = names.home_of(file)
        around = [h for h, spoken in found if spoken == "python" and is_below(home, h)]
        found[max(around, key=len, default=home), "python"].append(file)
    return {home: tuple(sorted(manifests)) for home, manifests in found.items()}


def _head(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _weak(bare: list[str], endings: tuple[str, ...], packaged: bool) -> dict[str, list[str]]:
    """Group files that no manifest covers by the highest folder with a source file in it."""
    sources = [file for file in bare if file.endswith(endings)]
    packages = {folder_of(f) for f in sources if packaged and f.endswith("__init__.py")}
    seeds: set[str] = set()
    for file in sources:
        folder = folder_of(file)
        while folder in packages and folder != ".":
            folder = folder_of(folder)
        if not is_test(file):
            seeds.add(folder)
    tops = {s for s in seeds if not any(s != other and is_below(s, other) for other in seeds)}
    nearest = _Nearest()
    groups: dict[str, list[str]] = defaultdict(list)
    for file in bare:
        home = nearest.of(file, "", tops)
        beside = {top for top in tops if is_below(file, folder_of(top))}
        if home is None and len(beside) == 1:
            home = beside.pop()
        if home is not None:
            groups[home].append(file)
    return dict(groups)
