"""A further dependency in package.json, in npm's order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from apimod.errors import Refused
from apimod.manifests.model import Group
from apimod.manifests.text import Insertion, Item, in_array, insertion, newline

TABLES: dict[Group, str] = {"main": "dependencies", "dev": "devDependencies"}
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def add(text: str, file: str, name: str, constraint: str, group: Group) -> list[Insertion]:
    """Insert a dependency into the table of its group, or a table where there is none."""
    entry = f"{json.dumps(name)}: {json.dumps(constraint or '*')}"
    tables = {key: (opening, closing) for key, opening, closing in _objects(text)}
    wanted = TABLES.get(group, "dependencies")
    if wanted in tables:
        opening, closing = tables[wanted]
        items = list(_entries(text, opening))
        if not items and "\n" in text[opening:closing]:
            unit = _unit(text, text.find("{"))
            return [insertion(text, opening + 1, f"{newline(text)}{unit * 2}{entry}")]
        return in_array(text, (opening, closing), items, name, entry)
    other = next((tables[key] for key in TABLES.values() if key in tables), None)
    root = text.find("{")
    if root < 0:
        raise Refused("package.json is not an object", where=file, snippet=entry)
    unit = _unit(text, root)
    line = newline(text)
    table = f'"{wanted}": {{{line}{unit * 2}{entry}{line}{unit}}}'
    if other is not None:
        return [insertion(text, other[1] + 1, f",{line}{unit}{table}")]
    comma = "," if re.match(r"\{\s*\"", text[root:]) else ""
    return [insertion(text, root + 1, f"{line}{unit}{table}{comma}")]


def _unit(text: str, root: int) -> str:
    found = re.compile(r"\{\s*\n([ \t]+)").match(text, root)
    return found[1] if found else "  "


def _objects(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the objects right below the root: the key, and the places of the brackets."""
    depth, key, last, opening = 0, "", "", 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word in ("{", "["):
            if depth == 1 and word == "{":
                key, opening = last, token.start()
            depth += 1
        elif word in ("}", "]"):
            depth -= 1
            if depth == 1 and word == "}" and key:
                yield key, opening, token.start()
                key = ""
        elif word[0] == '"' and depth == 1:
            last = word[1:-1]


def _entries(text: str, opening: int) -> Iterator[Item]:
    """Yield the entries of a flat object: each from its key to the end of its value."""
    start, name, value = 0, "", False
    for token in _TOKEN.finditer(text, opening + 1):
        word = token[0]
        if word == "}":
            return
        if word == ":":
            value = True
        elif word == ",":
            value = False
        elif value:
            yield Item(start, token.end(), name)
        else:
            start, name = token.start(), word[1:-1]
