"""A further dependency in Cargo.toml, or a feature more of one that is there, by insertions alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apimod.errors import Refused
from apimod.manifests.cargo import INHERITED
from apimod.manifests.model import Group
from apimod.manifests.text import (
    Insertion,
    Item,
    after,
    in_array,
    insertion,
    line_end,
    newline,
    place,
)
from apimod.manifests.toml import Entry, Header, Keys, Table, parse, scan, table

Found = Sequence[Entry | Header]
TABLES = {"main": "dependencies", "dev": "dev-dependencies"}
_NAME = re.compile(r"([\w.-]+)(?:\[([^\]]*)\])?")
_DEFAULT = "-default"


def add(text: str, file: str, name: str, version: str, group: Group) -> list[Insertion]:
    """Declare a package, ``name[feature,feature]``; none where it is there with all of that.

    The feature ``-default`` leaves the default ones out, where the package is new. ``version`` is
    ``workspace`` for what the workspace describes.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise Refused(f"{name} is no package", where=file)
    package = match[1]
    wanted = [f.strip() for f in (match[2] or "").split(",") if f.strip()]
    key = TABLES[group]
    found = list(scan(text))
    held = _held(parse(text, file), key, package)
    if held is None:
        return [_new(text, found, key, package, _value(text, version, wanted))]
    given = held if isinstance(held, dict) else {}
    have = given.get("features", [])
    missing = [f for f in wanted if f != _DEFAULT and f not in have]
    return _more(text, found, (key, package), given, missing) if missing else []


def _held(tables: Table, key: str, package: str) -> object | None:
    """Return what is declared of a package: in its group, or among those that always are there."""
    for each in dict.fromkeys((key, "dependencies")):
        for name, given in table(tables, each).items():
            real = given.get("package", name) if isinstance(given, dict) else name
            if str(real) == package:
                return given  # type: ignore[no-any-return]
    return None


def _value(text: str, version: str, wanted: Sequence[str]) -> str:
    """Return what stands behind the equals sign, or the rest of a dotted key."""
    features = [f for f in wanted if f != _DEFAULT]
    listed = "features = [" + ", ".join(f'"{f}"' for f in features) + "]"
    if version == INHERITED:
        if not features:
            dotted = len(re.findall(r"(?m)^[\w-]+\.workspace\s*=", text))
            braced = len(re.findall(r"(?m)=\s*\{\s*workspace\s*=", text))
            return ".workspace = true" if dotted >= braced else " = { workspace = true }"
        return f" = {{ workspace = true, {listed} }}"
    parts = [f'version = "{version}"']
    parts += ["default-features = false"] if _DEFAULT in wanted else []
    parts += [listed] if features else []
    return f' = "{version}"' if len(parts) == 1 else " = { " + ", ".join(parts) + " }"


def _new(text: str, found: Found, key: str, package: str, value: str) -> Insertion:
    """Insert a line into the table of a group, in its order if it has one."""
    line = f"{package}{value}"
    items = [
        Item(e.start, e.value.end, e.keys[1])
        for e in found
        if isinstance(e, Entry) and e.keys[0] == key and _own_line(text, e) and len(e.keys) <= 3
    ]
    heads = [h for h in found if isinstance(h, Header) and h.keys == (key,)]
    inside = [i for i in items if heads and i.start > heads[0].end]
    if heads and not inside:
        return insertion(text, line_end(text, heads[0].end), newline(text) + line)
    if heads:
        return after(text, inside, place([i.name for i in inside], package), line)
    gap = newline(text) if text.endswith("\n") else newline(text) * 2
    tail = newline(text) if text.endswith("\n") else ""
    return insertion(text, len(text), f"{gap}[{key}]{newline(text)}{line}{tail}")


def _own_line(text: str, entry: Entry) -> bool:
    return not text[text.rfind("\n", 0, entry.start) + 1 : entry.start].strip("\ufeff \t")


def _more(
    text: str, found: Found, at: tuple[str, str], given: Table, missing: Sequence[str]
) -> list[Insertion]:
    """Insert features into what is declared of a package."""
    quoted = [f'"{f}"' for f in missing]
    key, package = _entry_keys(found, at)
    own = [e for e in found if isinstance(e, Entry) and e.keys[:2] == (key, package)]
    array = next((e for e in own if e.keys[2:] == ("features",)), None)
    if array is not None:
        return _into(text, array, quoted)
    listed = f"features = [{', '.join(quoted)}]"
    whole = next((e for e in own if len(e.keys) == 2), None)
    if whole is None:
        if not own:
            return []
        last = own[-1]
        dotted = any(isinstance(h, Header) and h.keys == (key, package) for h in found)
        head = "" if dotted else f"{package}."
        return [insertion(text, line_end(text, last.value.end), f"{newline(text)}{head}{listed}")]
    if text[whole.value.start] != "{":
        return [
            insertion(text, whole.value.start, "{ version = "),
            insertion(text, whole.value.end, f", {listed} }}"),
        ]
    inner = [e for e in own if len(e.keys) == 3]
    return [insertion(text, inner[-1].value.end, f", {listed}")] if inner else []


def _entry_keys(found: Found, at: tuple[str, str]) -> Keys:
    """Return the table and the name under which a package is declared."""
    key, package = at
    for each in dict.fromkeys((key, "dependencies")):
        if any(isinstance(e, Entry) and e.keys[:2] == (each, package) for e in found):
            return each, package
    return at


def _into(text: str, array: Entry, quoted: Sequence[str]) -> list[Insertion]:
    """Insert items into an array; several go in at once, behind its last."""
    items = [Item(v.start, v.end, text[v.start : v.end]) for v in array.value.items]
    brackets = array.value.start, array.value.end - 1
    if len(quoted) == 1:
        return in_array(text, brackets, items, quoted[0], quoted[0])
    joined = ", ".join(quoted)
    if not items:
        return [insertion(text, brackets[0] + 1, joined)]
    return [insertion(text, items[-1].end, f", {joined}")]
