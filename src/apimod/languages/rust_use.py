"""Rust's ``use`` declarations taken apart, and the order that rustfmt gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from apimod.languages.buffer import Buffer, significant

Path = tuple[str, ...]

HEADS = ("crate", "self", "super")
ITEMS = (
    "function_item", "struct_item", "enum_item", "union_item", "trait_item", "type_item",
    "const_item", "static_item", "mod_item",
)  # fmt: skip
_CHUNK = re.compile(r"_|\d+|[^\d_]+")
_UPPER = re.compile(r"[A-Z0-9_]+")
_TOKEN = re.compile(r"::|[{},]|[^\s:{},]+(?:\s+as\s+\w+)?")


class Entry(Struct, frozen=True):
    """One name that a ``use`` binds: its path, what it is called, the list that it stands in."""

    statement: Node
    node: Node
    path: Path
    local: str
    holder: Node | None
    prefix: Path
    """What stands before the list that it is in, or before the whole path: nothing."""


def declarations(buffer: Buffer) -> list[Node]:
    """Return the ``use`` declarations at a file's top."""
    return [each for each in buffer.root.named_children if each.type == "use_declaration"]


def entries(buffer: Buffer, declaration: Node) -> Iterator[Entry]:
    """Yield all that a ``use`` binds."""
    argument = declaration.child_by_field_name("argument")
    if argument is not None and not declaration.has_error:
        yield from _flat(buffer, declaration, argument, (), None)


def parts(text: str) -> Path:
    """Return the parts of a path, which may be joined by dots."""
    return tuple(part for part in re.split(r"\s*::\s*|\.|\s+", text.strip()) if part)


def _flat(
    buffer: Buffer, statement: Node, node: Node, prefix: Path, holder: Node | None
) -> Iterator[Entry]:
    if node.type in ("scoped_use_list", "use_list"):
        path, inner = node.child_by_field_name("path"), node.child_by_field_name("list") or node
        whole = (*prefix, *parts(buffer.text(path))) if path is not None else prefix
        for each in significant(inner):
            yield from _flat(buffer, statement, each, whole, inner)
        return
    path, alias = node, None
    if node.type == "use_as_clause":
        path = node.child_by_field_name("path") or node
        alias = node.child_by_field_name("alias")
    given = parts(buffer.text(path))
    whole = prefix if given == ("self",) and prefix else (*prefix, *given)
    local = buffer.text(alias) if alias is not None else whole[-1] if whole else ""
    yield Entry(statement, node, whole, local, holder, prefix)


def top_names(buffer: Buffer) -> frozenset[str]:
    """Return every name that a file binds at its top."""
    names = {e.local for each in declarations(buffer) for e in entries(buffer, each)}
    for node in buffer.root.named_children:
        name = node.child_by_field_name("name") if node.type in ITEMS else None
        if name is not None:
            names.add(buffer.text(name))
    return frozenset(names)


def absolute(path: Path, package: Path, inner: frozenset[str] = frozenset()) -> Path:
    """Return a path from its crate's root, as seen from the module ``package``.

    ``inner`` are the modules that the file declares, which a path may begin with.
    """
    if not package or not path or path[0] == "crate":
        return path
    if path[0] in inner:
        return (*package, *path)
    at, rest = package, path
    if rest[0] == "self":
        return (*at, *rest[1:])
    if rest[0] != "super":
        return path
    while rest and rest[0] == "super":
        at, rest = at[:-1], rest[1:]
    return (*at, *rest)


def modules(buffer: Buffer) -> frozenset[str]:
    """Return the names of the modules that a file declares."""
    names = (
        node.child_by_field_name("name")
        for node in buffer.root.named_children
        if node.type == "mod_item"
    )
    return frozenset(buffer.text(name) for name in names if name is not None)


def order(text: str, *, versions: bool) -> object:
    """Return the key by which rustfmt sorts a ``use``, or an item of its list.

    ``versions`` is the order since the style of 2024: by characters, numbers by their value.
    """
    return tuple(_segment(each, versions) for each in _nested(text))


def _nested(text: str) -> list[str | list[str]]:
    """Return the segments of a path; a list is the texts of its items."""
    segments: list[str | list[str]] = []
    depth, items = 0, [""]
    for token in _TOKEN.findall(text.rstrip(";")):
        if token == "{":
            depth += 1
            if depth == 1:
                continue
        if token == "}":
            depth -= 1
            if depth == 0:
                segments.append([item for item in items if item])
                continue
        if depth == 0:
            if token != "::":
                segments.append(token)
        elif depth == 1 and token == ",":
            items.append("")
        else:
            items[-1] += token
    return segments


def _segment(each: str | list[str], versions: bool) -> tuple[object, ...]:
    if isinstance(each, list):
        return (5, tuple(order(item, versions=versions) for item in each))
    name, _, alias = (part.strip() for part in each.partition(" as "))
    if name in HEADS:
        return (HEADS_ORDER[name], alias)
    if name == "*":
        return (4,)
    bare = name.removeprefix("r#")
    if versions:
        return (3, 0, _chunks(bare), alias)
    kind = 2 if _UPPER.fullmatch(bare) and bare[0].isupper() else int(bare[:1].isupper())
    return (3, kind, bare, alias)


HEADS_ORDER = {"self": 0, "super": 1, "crate": 2}


def _chunks(name: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (0, 0, "") if part == "_" else (1, int(part), part) if part.isdigit() else (2, 0, part)
        for part in _CHUNK.findall(name)
    )
