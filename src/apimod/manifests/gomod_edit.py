"""A further requirement in go.mod."""

from __future__ import annotations

import re

from apimod.errors import Refused
from apimod.manifests.gomod import directives, unquote
from apimod.manifests.text import Insertion, Item, after, insertion, line_end, newline, place


def add(text: str, file: str, path: str, version: str) -> list[Insertion]:
    """Insert a requirement: into the first block of direct ones, else after a single line."""
    if not re.fullmatch(r"v\d+\.\d+\.\d+\S*", version):
        raise Refused(
            f"{path} needs a version to stand in go.mod",
            where=file,
            advice="get it with the command",
            snippet=f"go get {path}",
        )
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    singles: list[Item] = []
    blocks: dict[int, list[tuple[Item, bool]]] = {}
    head = 0
    for number, verb, words in directives(text):
        at = starts[number - 1]
        if verb in ("module", "go", "toolchain"):
            head = at
        if verb != "require" or not words:
            continue
        if unquote(words[0]) == path:
            return []  # it is there as an indirect one, and `go mod tidy` makes it direct
        item = Item(at, at + 1, unquote(words[0]))
        direct = words[-1] != "// indirect"
        opening = _block_of(text, at)
        if opening is None:
            singles += [item] * direct
        else:
            blocks.setdefault(opening, []).append((item, direct))
    for block in blocks.values():
        if any(direct for _, direct in block):
            items = [item for item, _ in block]
            return [after(text, items, place([i.name for i in items], path), f"\t{path} {version}")]
    line = f"require {path} {version}"
    if singles:
        return [after(text, singles, place([i.name for i in singles], path), line)]
    return [insertion(text, line_end(text, head), newline(text) * 2 + line)]


def _block_of(text: str, at: int) -> int | None:
    """Return where the block around the line at ``at`` opens; None if it stands alone."""
    found = None
    for bracket in re.finditer(r"^[ \t]*(\w+[ \t]*\(|\))", text[:at], re.MULTILINE):
        found = None if bracket[1] == ")" else bracket.start()
    return found
