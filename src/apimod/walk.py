"""One walk over a work tree: its text files, without what is ignored, vendored or built.

Symbolic links are never followed: what they point at inside the tree is met at its own place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator
from pathlib import Path, PurePosixPath

from apimod import ignore
from apimod.model import SkippedFile

LARGEST = 1 << 20

_NEVER = frozenset((
    ".git", ".hg", ".svn", ".bzr", ".apimod", "node_modules", "bower_components",
    "site-packages", "dist-packages", "__pycache__", "__pypackages__", ".tox", ".nox", ".eggs",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".gradle", ".idea",
    ".vscode", ".terraform", ".serverless", ".next", ".nuxt", ".cache", ".direnv", "_vendor",
))  # fmt: skip
_BUILT = {
    "target": {"Cargo.toml", "pom.xml", "build.sbt"},
    "dist": {"package.json", "pyproject.toml", "setup.py", "setup.cfg", ".goreleaser.yml"},
    "build": {"package.json", "pyproject.toml", "setup.py", "setup.cfg", "build.gradle",
              "build.gradle.kts", "CMakeLists.txt"},
}  # fmt: skip
_BINARY = frozenset((
    ".7z", ".a", ".avi", ".avif", ".bin", ".bmp", ".bz2", ".class", ".db", ".dll", ".doc",
    ".docx", ".dylib", ".eot", ".exe", ".flac", ".gif", ".gz", ".ico", ".icns", ".jar",
    ".jpeg", ".jpg", ".lockb", ".mo", ".mov", ".mp3", ".mp4", ".o", ".obj", ".ogg", ".otf",
    ".parquet", ".pdf", ".pickle", ".pkl", ".png", ".ppt", ".pptx", ".psd", ".pyc", ".pyd",
    ".pyo", ".rar", ".so", ".sqlite", ".sqlite3", ".swp", ".tar", ".tgz", ".tif", ".tiff",
    ".ttf", ".war", ".wasm", ".wav", ".webm", ".webp", ".whl", ".woff", ".woff2", ".xls",
    ".xlsx", ".xz", ".zip", ".zst",
))  # fmt: skip


class Walk:
    """The files below ``root``, found once, and the answers to what the walk leaves out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[str] = []
        self.skipped: list[SkippedFile] = []
        self._chains: dict[str, ignore.Chain] = {}

    def run(self) -> None:
        """Fill ``files`` and ``skipped``, in sorted order."""
        todo = [""]
        while todo:
            todo.extend(self._directory(todo.pop()))
        self.files.sort()
        self.skipped.sort(key=lambda skipped: skipped.file)

    def why_left_out(self, path: str) -> str:
        """Say why ``path``, which need not exist, is no file of this tree; ``""`` if it is one."""
        parts = PurePosixPath(path).parts
        if not parts or parts[0] == "/" or ".." in parts:
            return "outside the workspace"
        above = ""
        for count, name in enumerate(parts, start=1):
            is_directory = count < len(parts) or os.path.isdir(self.root / path)  # noqa: PTH112
            here = f"{above}/{name}" if above else name
            if name.lower() == ".git":
                return "git's own"
            # These do not raise where a name is too long for the system.
            if os.path.islink(self.root / here):  # noqa: PTH114
                return "behind a symbolic link"
            if is_directory and os.path.lexists(self.root / here / ".git"):
                return "in a git work tree of its own"
            if is_directory and self._is_foreign(here, name, _names(self.root / above)):
                return "vendored or built"
            if ignore.ignored(self._chain(above), here + "/" * is_directory):
                return "ignored by git"
            above = here
        return ""

    def _directory(self, directory: str) -> Iterator[str]:
        """Take the files of one directory, and yield the directories to go on with."""
        try:
            with os.scandir(self.root / directory) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._skip(directory, f"unreadable directory: {error.strerror}")
            return
        names = {entry.name for entry in entries}
        if directory and ".git" in names:
            self._skip(directory, "a git work tree of its own")
            return
        chain = self._chain(directory, known=names)
        prefix = f"{directory}/" if directory else ""
        for entry in entries:
            if entry.name.lower() == ".git":
                continue
            path = prefix + entry.name
            if not _is_utf8(entry.name):
                self._skip(path.encode("utf-8", "replace").decode(), "its name is not UTF-8")
            elif "{{" in entry.name:
                self._skip(path, "its name is a template's")
            elif entry.is_symlink():
                self._link(path)
            elif entry.is_dir(follow_symlinks=False):
                if not self._is_foreign(path, entry.name, names) and not ignore.ignored(
                    chain, path + "/"
                ):
                    yield path
            elif not ignore.ignored(chain, path):
                self._file(path, entry)

    def _file(self, path: str, entry: os.DirEntry[str]) -> None:
        if os.path.splitext(entry.name)[1].lower() in _BINARY:  # noqa: PTH122 - hot
            return
        try:
            info = entry.stat(follow_symlinks=False)
        except OSError as error:
            self._skip(path, f"unreadable: {error.strerror}")
            return
        if not stat.S_ISREG(info.st_mode):
            return
        if info.st_size > LARGEST:
            self._skip(path, "larger than 1 MiB")
        elif not info.st_mode & 0o444 or not os.access(entry.path, os.R_OK):
            self._skip(path, "unreadable: Permission denied")
        else:
            self.files.append(path)

    def _link(self, path: str) -> None:
        target = Path(os.path.realpath(self.root / path))
        if not target.is_relative_to(self.root):
            self._skip(path, "a symbolic link out of the workspace")

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.append(SkippedFile(path or ".", reason))

    def _chain(self, directory: str, known: Container[str] | None = None) -> ignore.Chain:
        """Return the rules that hold in ``directory``; ``known`` are the names in it."""
        chain = self._chains.get(directory)
        if chain is None:
            above = directory.rpartition("/")[0]
            chain = self._chain(above) if directory else ignore.outermost(self.root)
            if known is None or ".gitignore" in known:
                chain = ignore.extend(chain, self.root, directory)
            self._chains[directory] = chain
        return chain

    def _is_foreign(self, path: str, name: str, beside: Iterable[str]) -> bool:
        """Tell whether a directory holds others' code, or what a build put there."""
        if name in _NEVER or name.endswith((".egg-info", ".dist-info")):
            return True
        here = self.root / path
        if name in _BUILT and not _BUILT[name].isdisjoint(beside):
            return not any(n == "__init__.py" or n.endswith(".go") for n in _names(here))
        if name == "vendor":
            return not any(n.endswith(".py") for n in _names(here))
        if name in ("venv", ".venv", "env", ".env", "virtualenv") or "venv" in name:
            return (here / "pyvenv.cfg").is_file()
        return False


def _names(directory: Path) -> list[str]:
    try:
        return os.listdir(directory)  # noqa: PTH208 - names are all it takes
    except OSError:
        return []


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
