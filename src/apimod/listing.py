"""``apimod list``: every endpoint that a project's code serves, as rows of the JSON contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from apimod.languages import language_of
from apimod.model import Endpoint, Json, SkippedFile, Unresolved
from apimod.routes import RouterGraph

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.pack import Pack


@dataclass
class Listing:
    """What a project serves, what stayed unclear, and what could not be read."""

    endpoints: list[Endpoint] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)

    def json(self) -> Json:
        """Return the listing in the form of the contract."""
        return {
            "schema": 1,
            "endpoints": [{**asdict(e), "middleware": list(e.middleware)} for e in self.endpoints],
            "unresolved": [asdict(u) for u in self.unresolved],
            "skipped": [asdict(s) for s in self.skipped],
        }


def application_files(code: Codebase, root: str = "", language: str = "") -> list[str]:
    """Return the files of a project's application: below its folder, and no tests."""
    folder = root.rstrip("/") + "/" if root not in ("", ".") else ""
    out = []
    for path in code.paths:
        found = language_of(path) if path.startswith(folder) else None
        if found is None or (language and found.name != language):
            continue
        if not found.is_test(path[len(folder) :]):
            out.append(path)
    return out


def graphs(
    code: Codebase, pack: Pack, root: str = "", paths: Sequence[str] | None = None
) -> list[RouterGraph]:
    """Return the router graph of every language that a project is written in.

    ``paths`` are the files of its application, where a caller knows better than the folder does.
    """
    files = list(paths) if paths is not None else application_files(code, root)
    languages: dict[str, list[str]] = {}
    for path in files:
        found = language_of(path)
        if found is not None:
            languages.setdefault(found.name, []).append(path)
    return [
        RouterGraph(code, [u for u in pack.units if u.language == name], own, root)
        for name, own in languages.items()
        if any(u.language == name and u.kind == "framework" for u in pack.units)
    ]


def list_endpoints(
    code: Codebase, pack: Pack, root: str = "", paths: Sequence[str] | None = None
) -> Listing:
    """List one project."""
    out = Listing()
    for graph in graphs(code, pack, root, paths):
        out.endpoints += graph.endpoints
        out.unresolved += graph.unresolved
    return sort(out)


def merge(listings: Iterable[Listing]) -> Listing:
    """Put the listings of several projects together."""
    out = Listing()
    for one in listings:
        out.endpoints += one.endpoints
        out.unresolved += one.unresolved
        out.skipped += one.skipped
    return sort(out)


def sort(listing: Listing) -> Listing:
    """Bring rows into their one order."""
    listing.endpoints.sort(key=lambda e: (e.project, e.path, e.method, e.file, e.line))
    listing.unresolved.sort(key=lambda u: (u.file, u.line, u.reason))
    listing.skipped.sort(key=lambda s: s.file)
    return listing
