"""Where a project's migrations lie and what the next one follows.

Two ways to order migrations serve every tool that this engine knows: a **chain**, in which each file
names the one before it, and **numbered** files, whose names sort. A matcher's ``[migration]`` table
says which, with these keys:

``style``      ``chain`` or ``numbered``
``config``     glob of the tool's settings file, from the project's folder
``location``   the key in it that holds the migrations' folder
``folders``    folders to look in where the settings say nothing
``suffix``     what the migrations' names end with (``.py``, ``.up.sql``)
``down``       the ending of the file that undoes a numbered one, where there is one
``named``      an expression for such a file's name: what leads, the version, and what parts it from the rest
``plain``      what they end with instead in a project that has none with ``suffix``, and undoes none
``nested``     each numbered migration is a folder, in which ``suffix`` and ``down`` are files
``deep``       numbered files lie in any folder below these of the project's; each has a version of its own
``inner``      each numbered migration is a folder, which holds a file of this name
``names``      the key in the settings that says how files are named: ``%(year)d_%(rev)s_%(slug)s``
``revision`` · ``previous``   the names that a chained file assigns
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from apimod.errors import Refused
from apimod.model import Evidence

Read = Callable[[str], bytes]


class Chain(Struct, frozen=True):
    """The next place in a series of migrations."""

    folder: str
    revision: str
    previous: str
    path: str
    down_path: str
    like: str
    """The newest migration that is there, or ``""``."""
    evidence: Evidence | None


def next_migration(
    table: Mapping[str, Any], prefix: str, files: Iterable[str], read: Read, name: str
) -> Chain | None:
    """Return where a migration called ``name`` (snake case) goes; None where nobody keeps any.

    ``prefix`` is the project's folder with a final slash, or ``""``. Raises Refused where the
    series has several heads.
    """
    inside = [file for file in files if file.startswith(prefix)]
    if table.get("deep"):
        return _versioned(table, prefix, inside, name)
    if table.get("inner"):
        return _in_folders(table, inside, name)
    if table.get("nested"):
        return _nested(table, prefix, inside, name)
    table = _kept(table, inside)
    folder, evidence = _folder(table, prefix, inside, read)
    if folder is None:
        return None
    suffix = str(table["suffix"])
    old = sorted(f for f in inside if f.startswith(f"{folder}/") and f.endswith(suffix))
    old = [f for f in old if "/" not in f[len(folder) + 1 :] and not f.endswith("__init__.py")]
    if evidence is None:
        evidence = Evidence("migrations", old[-1], 1) if old else None
    if table["style"] == "chain":
        template = _setting(table, str(table.get("names", "")), inside, read)
        return _chained(table, folder, old, read, name, evidence, template)
    return _numbered(table, folder, old, name, evidence)


def _in_folders(table: Mapping[str, Any], files: list[str], name: str) -> Chain | None:
    """Return the next of a series of folders; it is numbered next, so that plans stay equal."""
    inner = str(table["inner"])
    series = re.compile(rf"(?:(.*)/)?(\d+)_\w+/{re.escape(inner)}")
    found = [m for file in files if (m := series.fullmatch(file)) is not None]
    if not found:
        return None
    newest = max(found, key=lambda m: (m[2], m[0]))
    number = str(int(newest[2]) + 1).zfill(len(newest[2]))
    folder = newest[1] or "."
    path = f"{folder}/{number}_{name}/{inner}".removeprefix("./")
    return Chain(folder, number, "", path, "", newest[0], Evidence("migrations", newest[0], 1))


def _kept(table: Mapping[str, Any], files: list[str]) -> Mapping[str, Any]:
    """Return the table for what the project keeps: pairs that can be undone, or plain files."""
    plain = table.get("plain")
    if not plain or any(f.endswith(str(table["suffix"])) for f in files):
        return table
    return {**table, "suffix": plain, "down": ""}


def _folder(
    table: Mapping[str, Any], prefix: str, files: list[str], read: Read
) -> tuple[str | None, Evidence | None]:
    for config in files:
        if not PurePosixPath(config).match(str(table.get("config", "\0"))):
            continue
        text = read(config).decode("utf-8", "replace")
        pattern = rf"^[ \t]*{re.escape(str(table['location']))}\s*=\s*(.+?)\s*$"
        for found in re.finditer(pattern, text, re.MULTILINE):
            base = str(PurePosixPath(config).parent)
            place = found[1].strip("\"'").replace("%(here)s/", "").replace("%(here)s", "")
            place = re.sub(r"^\./", "", place).strip("/").replace(":", "/")
            where = str(PurePosixPath(base) / place / str(table.get("inside", "")))
            line = text.count("\n", 0, found.start(1)) + 1
            return where, Evidence("migrations", config, line)
    for folder in table.get("folders", ()):
        for file in files:
            parent = str(PurePosixPath(file).parent)
            if file.endswith(str(table["suffix"])) and (
                parent == f"{prefix}{folder}" or parent.endswith(f"/{folder}")
            ):
                return parent, None
    return None, None


def _chained(
    table: Mapping[str, Any],
    folder: str,
    old: list[str],
    read: Read,
    name: str,
    evidence: Evidence | None,
    template: str,
) -> Chain:
    revisions: dict[str, str] = {}
    followed: set[str] = set()
    for file in old:
        text = read(file).decode("utf-8", "replace")
        for revision in _assigned(text, str(table["revision"])):
            revisions[revision] = file
        followed.update(_assigned(text, str(table["previous"])))
    heads = sorted(set(revisions) - followed)
    if len(heads) > 1:
        raise Refused(
            f"the migrations have {len(heads)} heads: {', '.join(heads)}",
            where=f"{revisions[heads[0]]}:1",
            advice="merge them first, then apply again",
        )
    previous = heads[0] if heads else ""
    revision = hashlib.sha256(f"{previous}/{name}".encode()).hexdigest()[:12]
    like = revisions.get(previous, "")
    told = _by_template(template, like, str(table["suffix"]), revision, name)
    path = f"{folder}/{told or _chained_name(like, previous, revision, name, old, table)}"
    return Chain(folder, revision, previous, path, "", like, evidence)


def _setting(table: Mapping[str, Any], key: str, files: list[str], read: Read) -> str:
    """Return the value of a key in the tool's settings, or ``""``."""
    for config in files if key else ():
        if PurePosixPath(config).match(str(table.get("config", "\0"))):
            text = read(config).decode("utf-8", "replace")
            found = re.search(rf"^[ \t]*{re.escape(key)}\s*=\s*(.+?)\s*$", text, re.MULTILINE)
            if found:
                return found[1].strip("\"'").replace("%%", "%")
    return ""


def _by_template(template: str, like: str, suffix: str, revision: str, name: str) -> str:
    """Name the file as the settings say; dates are the newest's own, so that plans stay equal."""
    stem = PurePosixPath(like).name.removesuffix(suffix)
    parts = re.split(r"%\((\w+)\)[.\d]*[ds]", template)
    new = {"rev": revision, "slug": name}
    pattern = "".join(
        re.escape(part) if i % 2 == 0 else r"[\w-]+?" if part in new else r"(\d+)"
        for i, part in enumerate(parts)
    )
    caught = re.fullmatch(pattern, stem)
    if not like or "rev" not in parts or caught is None:
        return ""
    dates = iter(caught.groups())
    out = [p if i % 2 == 0 else new.get(p) or next(dates) for i, p in enumerate(parts)]
    return "".join(out) + suffix


def _assigned(text: str, name: str) -> list[str]:
    pattern = rf"^{re.escape(name)}\s*(?::[^=\n]+)?=\s*(\([^)]*\)|\[[^\]]*\]|[^\n]*)"
    return [
        quoted
        for found in re.finditer(pattern, text, re.MULTILINE)
        for quoted in re.findall(r"[\"']([^\"']+)[\"']", found[1])
    ]


def _chained_name(
    like: str, previous: str, revision: str, name: str, old: list[str], table: Mapping[str, Any]
) -> str:
    """Name the file as the newest is named: ``<rev>_x``, ``0004_x``, ``<date>_<rev>_x``."""
    suffix = str(table["suffix"])
    stem = PurePosixPath(like).name.removesuffix(suffix)
    number = re.match(r"(\d{3,5})_", stem)
    if like and number and not (previous and stem.startswith(previous) and not previous.isdigit()):
        return f"{_after(number[1], old)}_{name}{suffix}"
    dated = re.match(r"(.*?)" + re.escape(previous), stem) if previous else None
    if dated and dated[1]:
        return f"{dated[1]}{revision}_{name}{suffix}"
    return f"{revision}_{name}{suffix}"


def _after(number: str, old: list[str]) -> str:
    numbers = [int(m[1]) for f in old if (m := re.match(r"(\d+)_", PurePosixPath(f).name))]
    return str(max(numbers, default=int(number)) + 1).zfill(len(number))


def _numbered(
    table: Mapping[str, Any], folder: str, old: list[str], name: str, evidence: Evidence | None
) -> Chain:
    suffix, down = str(table["suffix"]), str(table.get("down", ""))
    newest = old[-1] if old else ""
    stem = PurePosixPath(newest).name
    number = re.match(r"([A-Za-z]*)(\d+)(_+|-|\.)", stem)
    if number is None:
        lead, digits, gap = "", "000001", "_"
    else:
        lead, gap = number[1], number[3]
        digits = str(int(number[2]) + 1).zfill(len(number[2]))
    base = f"{folder}/{lead}{digits}{gap}{name}"
    return Chain(
        folder, digits, stem, f"{base}{suffix}", f"{base}{down}" if down else "", newest, evidence
    )


def _nested(table: Mapping[str, Any], prefix: str, files: list[str], name: str) -> Chain | None:
    """Return the place behind the newest of the folders that each hold a migration."""
    suffix, down = str(table["suffix"]), str(table.get("down", ""))
    found: list[tuple[str, str]] = []
    for folder in table.get("folders", ()):
        for file in files:
            above = PurePosixPath(file).parent.parent
            near = str(above) == f"{prefix}{folder}" or str(above).endswith(f"/{folder}")
            if PurePosixPath(file).name == suffix and near:
                found.append((PurePosixPath(file).parent.name, file))
    numbers = ((re.match(r"((?:\d+-)*)(\d+)_", stem), stem, file) for stem, file in found)
    known = sorted((stem, file, m[1], m[2]) for m, stem, file in numbers if m is not None)
    if not known:
        return None
    stem, newest, head, last = known[-1]
    number = head + str(int(last) + 1).zfill(len(last))
    folder = str(PurePosixPath(newest).parent.parent)
    base = f"{folder}/{number}_{name}"
    evidence = Evidence("migrations", newest, 1)
    return Chain(
        folder, number, stem, f"{base}/{suffix}", f"{base}/{down}" if down else "", newest, evidence
    )


def _versioned(table: Mapping[str, Any], prefix: str, files: list[str], name: str) -> Chain | None:
    """Return the place behind the newest of the files that carry a version in their names.

    Raises Refused where two have the same: there is a series for each of several databases.
    """
    named, suffix = re.compile(str(table["named"])), str(table["suffix"])
    roots = tuple(f"{prefix}{folder}/" for folder in table["deep"])
    found: dict[tuple[int, ...], str] = {}
    for file in files:
        matched = named.match(PurePosixPath(file).name)
        if not matched or not file.startswith(roots) or not file.endswith(suffix):
            continue
        version = tuple(int(part) for part in re.split(r"[._]", matched[2]))
        if version in found:
            raise Refused(
                f"two migrations have the version {matched[2]}",
                where=f"{found[version]}:1",
                advice=f"the other is {file}; write the migration by hand, for each of the series",
            )
        found[version] = file
    if not found:
        return None
    newest = found[max(found)]
    folder = str(PurePosixPath(newest).parent)
    matched = named.match(PurePosixPath(newest).name)
    assert matched is not None
    head, last = re.fullmatch(r"(.*?)(\d+)", matched[2]).groups()  # type: ignore[union-attr]
    number = head + str(int(last) + 1).zfill(len(last))
    path = f"{folder}/{matched[1]}{number}{matched[3]}{name}{suffix}"
    evidence = Evidence("migrations", newest, 1)
    return Chain(folder, number, PurePosixPath(newest).name, path, "", newest, evidence)
