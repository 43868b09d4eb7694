"""Plain tables: ``list`` grouped by project and file, or as a tree of paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apimod.model import Endpoint, SkippedFile, Unresolved
from apimod.review.report import needs_auth

Tree = dict[str, "Tree"]


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns; the last column is not padded."""
    rows = [tuple(row) for row in rows]
    count = max((len(row) for row in rows), default=0)
    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(count)]
    return ["  ".join(cell.ljust(widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows]


def endpoint_cells(row: Endpoint) -> tuple[str, str, str, str, str]:
    """Return the columns of an endpoint: method, path, authentication, handler, place."""
    method = row.method if row.protocol == "rest" else f"{row.method} ({row.protocol})"
    path = row.path if row.mounted else f"{row.path}  [not mounted]"
    return method, path, needs_auth(row.auth), row.handler, f"{row.file}:{row.line}"


HEADER = ("METHOD", "PATH", "AUTH", "HANDLER", "AT")


def by_router(endpoints: Iterable[Endpoint]) -> dict[str, dict[str, list[Endpoint]]]:
    """Return endpoints by project, and by the file of their router in it."""
    groups: dict[str, dict[str, list[Endpoint]]] = {}
    for row in endpoints:
        groups.setdefault(row.project, {}).setdefault(row.file, []).append(row)
    return groups


def listing(endpoints: Sequence[Endpoint]) -> str:
    """Return the table of endpoints for a person, grouped by project and router."""
    cells = columns([HEADER, *(endpoint_cells(row) for row in endpoints)])
    lines: list[str] = []
    line_of = dict(zip(map(id, endpoints), cells[1:], strict=True))
    for project, routers in by_router(endpoints).items():
        framework = next(iter(routers.values()))[0].framework
        lines += ["", f"{project} ({framework})", f"  {cells[0]}"]
        for rows in routers.values():
            lines += [f"  {line_of[id(row)]}" for row in rows]
            lines.append("")
        lines.pop()
    return "\n".join(lines[1:])


def tree(endpoints: Iterable[Endpoint]) -> str:
    """Return the endpoints of each project as a tree of their paths' segments."""
    lines: list[str] = []
    by_project: dict[str, list[Endpoint]] = {}
    for row in endpoints:
        by_project.setdefault(row.project, []).append(row)
    for project, rows in by_project.items():
        root: Tree = {}
        verbs: dict[str, list[str]] = {}
        for row in rows:
            node = root
            for part in row.path.strip("/").split("/"):
                node = node.setdefault(f"/{part}", {})
            open_ = "" if row.auth else "?" if row.auth is None else "*"
            verbs.setdefault(row.path.rstrip("/") or "/", []).append(row.method + open_)
        lines += [project, *_branches(root, verbs, "", ""), ""]
    lines += ["* public   ? authentication unknown"] if lines else []
    return "\n".join(lines)


def remarks(unresolved: Iterable[Unresolved], skipped: Iterable[SkippedFile]) -> list[str]:
    """Return a line for whatever ``list`` met and could not resolve or read."""
    lines = [f"unresolved: {row.file}:{row.line}: {row.reason}" for row in unresolved]
    return lines + [f"skipped: {row.file}: {row.reason}" for row in skipped]


def _branches(node: Tree, verbs: dict[str, list[str]], path: str, indent: str) -> list[str]:
    lines = []
    for number, (part, below) in enumerate(node.items(), 1):
        last = number == len(node)
        here = (path + part).rstrip("/") or "/"
        label = f"{part}  {' '.join(verbs.get(here, []))}".rstrip()
        lines.append(f"{indent}{'└── ' if last else '├── '}{label}")
        lines += _branches(below, verbs, path + part, indent + ("    " if last else "│   "))
    return lines
