"""A repository's own pack in ``.apimod/``: read as bytes, named by their hash, used once trusted.

What is trusted is a copy of those bytes in the user's state directory, under their hash, and it is
the copy that is used: what happens to the repository's files afterwards is of no matter. One other
byte is another hash, and needs trust again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from apimod.errors import PackError, Refused
from apimod.inside import read_regular
from apimod.pack import Pack, load_pack
from apimod.state import user_folder

FOLDER = ".apimod"
PARTS = ("codemods", "matchers", "queries")
ENDINGS = (".j2", ".scm", ".toml")
NAMESPACE = "local:"
"""What the names of its codemods begin with; nothing that is built in does."""

MOST_FILES = 500
LARGEST = 256 << 10
LARGEST_ALL = 4 << 20


class OwnPack(Struct, frozen=True):
    """The files of a repository's pack by their paths below ``.apimod/``, and their hash."""

    files: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """The hash of all names and bytes."""
        made = hashlib.sha256()
        for name, data in self.files:
            made.update(b"%d %s\0%d\0" % (len(name.encode()), name.encode(), len(data)) + data)
        return made.hexdigest()

    @property
    def is_trusted(self) -> bool:
        """Whether these very bytes were trusted by the user who runs this."""
        copy = self.copy
        try:
            return copy.is_dir() and read_pack(copy) == self
        except Refused:
            return False

    @property
    def copy(self) -> Path:
        """Where the trusted copy lies, or would."""
        return user_folder() / "trusted" / self.digest

    def trust(self) -> None:
        """Keep a copy, as the word that these bytes may be used. Raises Refused."""
        if self.is_trusted:
            return
        home = self.copy.parent
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=home, prefix="new-") as made:
                for name, data in self.files:
                    file = Path(made) / "pack" / name
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(data)
                shutil.rmtree(self.copy, ignore_errors=True)
                (Path(made) / "pack").replace(self.copy)
        except OSError as error:
            raise Refused(f"the trust cannot be kept: {error.strerror}", where=str(home)) from error

    def distrust(self) -> bool:
        """Take the word back; tells whether there was one."""
        was = self.copy.is_dir()
        shutil.rmtree(self.copy, ignore_errors=True)
        return was

    def load(self, builtin: Pack) -> Pack:
        """Return the units of the trusted copy, checked. Raises Refused where it is broken."""
        try:
            return _loaded(self.copy, builtin)
        except PackError as error:
            where = f"{FOLDER}/{error.where}" if error.where else FOLDER
            raise Refused(f"the repository's pack is broken: {error.what}", where=where) from error


def find(root: Path) -> OwnPack | None:
    """Return the pack of a workspace; None where it has none. Raises Refused for no honest one."""
    folder = root / FOLDER
    return None if folder.is_symlink() else read_pack(folder)


def read_pack(folder: Path) -> OwnPack | None:
    """Return the files of a pack in order of their names; None where there are none."""
    files: list[tuple[str, bytes]] = []
    size = 0
    for name in _names(folder):
        data = _read(folder / name, name)
        size += len(data)
        files.append((name, data))
        if len(files) > MOST_FILES or size > LARGEST_ALL:
            raise Refused("the repository's pack is too large", where=FOLDER)
    return OwnPack(tuple(files)) if files else None


def _names(folder: Path) -> Iterator[str]:
    """Yield what a pack is made of; other files beside it are no part of it."""
    for part in PARTS:
        if (folder / part).is_symlink():
            raise Refused("a pack holds no symbolic links", where=f"{FOLDER}/{part}")
        for path, folders, names in os.walk(folder / part):
            folders.sort()
            here = Path(path)
            for name in sorted((*folders, *names)):
                place = (here / name).relative_to(folder).as_posix()
                if (here / name).is_symlink():
                    raise Refused("a pack holds no symbolic links", where=f"{FOLDER}/{place}")
                if name in names and name.endswith(ENDINGS):
                    yield place


def _read(file: Path, name: str) -> bytes:
    where = f"{FOLDER}/{name}"
    try:
        info = file.stat()
        data = read_regular(file) if info.st_size <= LARGEST else b""
        name.encode()
    except (OSError, UnicodeEncodeError) as error:
        raise Refused("a file of the repository's pack cannot be read", where=where) from error
    if data is None or not stat.S_ISREG(info.st_mode):
        raise Refused("a pack holds regular files only", where=where)
    if info.st_size > LARGEST:
        raise Refused("a file of the repository's pack is too large", where=where)
    return data


def _loaded(copy: Path, builtin: Pack) -> Pack:
    if not (copy / "matchers").is_dir():
        return Pack(copy, (), NAMESPACE)
    pack = load_pack(copy)
    for unit in pack.units:
        if unit.name in builtin.by_name:
            raise PackError(
                f"a unit that is built in is named {unit.name!r}, and nothing shadows it",
                where=unit.file,
            )
    return Pack(copy, pack.units, NAMESPACE)
