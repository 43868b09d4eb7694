"""A further dependency in pyproject.toml or a Pipfile: in an array, in a table, or in a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apimod.errors import Refused
from apimod.manifests import requirement as pep508
from apimod.manifests.model import Group, normalise
from apimod.manifests.pyproject import array_group, table_group
from apimod.manifests.text import (
    Insertion,
    Item,
    after,
    bare_name,
    in_array,
    insertion,
    line_end,
    newline,
    place,
    requirement,
)
from apimod.manifests.toml import Entry, Header, Keys, parse, scan, table

Found = Sequence[Entry | Header]


def is_open(text: str, file: str) -> bool:
    """Tell whether a dependency could be declared here, though none is."""
    tables = parse(text, file, lenient=True)
    project = table(tables, "project")
    fixed = "dependencies" in project.get("dynamic", ())
    return (bool(project) and not fixed) or bool(table(tables, "tool", "poetry", "dependencies"))


def add(text: str, file: str, name: str, constraint: str, group: Group) -> list[Insertion]:
    """Insert into the array or the table that holds the group, or make one."""
    tables = parse(text, file)
    found = list(scan(text))
    arrays = [e for e in found if isinstance(e, Entry) and array_group(e.keys) == group]
    heads = [h for h in found if isinstance(h, Header) and table_group(h.keys) == group]
    arrays = [e for e in arrays if text[e.value.start] == "["]
    if arrays:
        return _into_array(
            text, file, min(arrays, key=lambda e: _preference(e.keys)), name, constraint
        )
    if heads:
        head = min(heads, key=lambda h: _preference(h.keys))
        return _into_table(text, found, head, name, constraint)
    if group == "dev":
        return _new_group(text, found, name, constraint)
    project = table(tables, "project")
    own = [h for h in found if isinstance(h, Header) and h.keys == ("project",)]
    if own and not {"dependencies"} & {*project, *project.get("dynamic", ())}:
        return _new_array(text, found, own[0], _array(text, "dependencies", name + constraint))
    raise Refused(
        "the dependencies are not declared in this file",
        where=file,
        advice="add the dependency by hand",
        snippet=f"{name}{constraint}",
    )


def _preference(keys: Keys) -> tuple[int, Keys]:
    """Rank the groups that development dependencies may go to: ``dev``, then those for tests."""
    words = ("dev", "test", "tests", "dev-dependencies")
    return next((i for i, word in enumerate(words) if word in keys), len(words)), keys


def _into_array(text: str, file: str, entry: Entry, name: str, constraint: str) -> list[Insertion]:
    items, siblings, quotes = [], [], []
    for value in entry.value.items:
        source = text[value.start : value.end]
        given = parse(f"x = {source}", file)["x"]
        read = pep508.read(given, file, 0) if isinstance(given, str) else None
        items.append(Item(value.start, value.end, read.name if read else ""))
        if read:
            siblings.append(str(given))
            quotes.append(source[0])
    quote = max(quotes, key=quotes.count, default='"')
    item = quote + requirement(name, constraint, siblings) + quote
    named = normalise(bare_name(name))
    return in_array(text, (entry.value.start, entry.value.end - 1), items, named, item)


def _into_table(
    text: str, found: Found, head: Header, name: str, constraint: str
) -> list[Insertion]:
    own = _entries(found, head)
    named = [e for e in own if e.keys[-1] != "python"]
    siblings = [text[e.value.start : e.value.end] for e in named]
    if not own:
        return [
            insertion(
                text, line_end(text, head.end), newline(text) + _pair(name, constraint, siblings)
            )
        ]
    items = [Item(e.start, e.value.end, normalise(e.keys[-1])) for e in named]
    at = place([item.name for item in items], normalise(bare_name(name)))
    if at == 0 and (not items or own[0].keys[-1] == "python"):
        items, at = [Item(own[0].start, own[0].value.end, "")], 1
    elif at == 0 and own[-1].keys[-1] == "python" and len(own) == 1:
        at = 1
    return [after(text, items, at, _pair(name, constraint, siblings))]


def _entries(found: Found, head: Header) -> list[Entry]:
    """Return the entries directly under a header, without those inside their values."""
    own: list[Entry] = []
    inside = False
    for each in found:
        if isinstance(each, Header):
            inside = each is head
        elif inside and len(each.keys) == len(head.keys) + 1:
            own.append(each)
    return own


def _pair(name: str, constraint: str, siblings: Sequence[str]) -> str:
    """Write ``name = constraint`` as a table of dependencies has it."""
    carets = sum(bool(re.search(r"[\"']\^", each)) for each in siblings)
    versions = sum(bool(re.search(r"[\"'][\^~<>=!\d]", each)) for each in siblings)
    lower = re.match(r">=\s*([\w.]+)\s*(,.*)?$", constraint)
    version = f"^{lower[1]}" if lower and carets * 2 > versions else constraint or "*"
    quoted = f"'{version}'" if siblings and all("'" in s for s in siblings) else f'"{version}"'
    extras = re.findall(r"[\w.-]+", name.partition("[")[2])
    if not extras:
        return f"{name} = {quoted}"
    listed = ", ".join(f'"{extra}"' for extra in extras)
    return f"{bare_name(name)} = {{extras = [{listed}], version = {quoted}}}"


def _new_array(text: str, found: Found, head: Header, array: str) -> list[Insertion]:
    """Insert an array after the last entry of a table."""
    own = _entries(found, head)
    end = line_end(text, own[-1].value.end if own else head.end)
    return [insertion(text, end, newline(text) + array)]


def _new_group(text: str, found: Found, name: str, constraint: str) -> list[Insertion]:
    """Make the group ``dev`` where there is none, as the file's package manager has it."""
    heads = [each for each in found if isinstance(each, Header)]
    for head in heads:
        if head.keys == ("dependency-groups",):
            return _new_array(text, found, head, _array(text, "dev", name + constraint))
    end = newline(text)
    if any(table_group(head.keys) == "main" and len(head.keys) > 1 for head in heads):
        body = f"[tool.poetry.group.dev.dependencies]{end}{_pair(name, constraint, ())}"
    elif any(head.keys == ("packages",) for head in heads):
        body = f"[dev-packages]{end}{_pair(name, constraint, ())}"
    else:
        body = f"[dependency-groups]{end}{_array(text, 'dev', name + constraint)}"
    if not text.endswith("\n"):
        return [insertion(text, len(text), f"{end}{end}{body}")]
    return [insertion(text, len(text), f"{end}{body}{end}")]


def _array(text: str, key: str, item: str) -> str:
    end = newline(text)
    return f'{key} = [{end}    "{item}",{end}]'
