"""Pieces of the project's code that stand as well in a new file: with holes, and with imports.

A piece that needs a local name of the function that it was taken from is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from apimod.languages.buffer import ImportNeed
from apimod.languages.forms import Imported
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.rename import Renamer

BUILTIN = frozenset(
    "true false nil string int int64 uint uint64 float64 bool any error len append iota".split()
)
NAMES = frozenset({"identifier", "type_identifier", "package_identifier"})
STRINGS = ("interpreted_string_literal", "raw_string_literal")


def piece(
    study: Study,
    at: At,
    parts: Mapping[str, list[At]],
    context: str,
    module: str,
    words: Renamer | None = None,
) -> Snippet | None:
    """Return a node's text for use in ``module``, ``{name}`` for the parts given by name.

    ``context`` is what the request's context is called there; a new handler calls it ``c``. Names
    that bear the sibling's words are none of the project's at large, so there is no piece then.
    """
    edits = [
        (p.node.start_byte, p.node.end_byte, "{" + name + "}")
        for name, places in parts.items()
        for p in places
    ]
    needs: list[ImportNeed] = []
    own = study.module(at.source)
    for node in _names(at.node, edits):
        text = at.source.text(node)
        if text == context:
            edits.append((node.start_byte, node.end_byte, "c"))
            continue
        if words is not None and words.mentions(text):
            return None
        if text in BUILTIN:
            continue
        need = _imported(study, at, text)
        if need is not None:
            needs.append(need)
        elif not _at_top(study, at, text):
            return None
        elif own != module:
            package = package_of(study, at)
            if not text[:1].isupper():
                return None
            edits.append((node.start_byte, node.end_byte, f"{package}.{text}"))
            needs.append(ImportNeed(own))
    return Snippet(_spliced(study, at, edits, words), tuple(dict.fromkeys(needs)))


def _names(node: Node, edits: list[tuple[int, int, str]]) -> Iterator[Node]:
    """Yield the names in a node that mean something by themselves, outside of the holes."""
    stack = [node]
    while stack:
        one = stack.pop()
        if any(start <= one.start_byte and one.end_byte <= end for start, end, _ in edits):
            continue
        if one.type in NAMES and not _is_key(one):
            yield one
        stack.extend(one.children)


def _is_key(node: Node) -> bool:
    """Whether a name is the key of a struct's literal, or the name in a qualified type."""
    parent = node.parent
    if parent is not None and parent.type == "qualified_type":
        return parent.child_by_field_name("name") == node
    if parent is None or parent.type != "literal_element":
        return False
    outer = parent.parent
    return (
        outer is not None
        and outer.type == "keyed_element"
        and (outer.child_by_field_name("key") == parent)
    )


def _imported(study: Study, at: At, name: str) -> ImportNeed | None:
    for binding in study.code.scopes(at.source).module.names.get(name, ()):
        if isinstance(binding, Imported):
            return study.need(at.source, name)
    return None


def _at_top(study: Study, at: At, name: str) -> bool:
    """Whether a name is the package's own."""
    folder = at.source.path.rpartition("/")[0]
    if not study.language.exported(study.code, folder, name):
        return False
    shadowed = [p for p in study.ev.definition(at.to(at.node)) if p.source is not at.source]
    return not shadowed or True


def package_of(study: Study, at: At) -> str:
    """Return the name of a file's package."""
    found = re.search(rb"^package\s+(\w+)", at.source.data, re.MULTILINE)
    return found[1].decode() if found else study.module(at.source).rpartition("/")[2]


def _spliced(study: Study, at: At, edits: list[tuple[int, int, str]], words: Renamer | None) -> str:
    taken = [(start, end) for start, end, _ in edits]
    for node in study.language.subtree(at.node) if words is not None else ():
        if node.type in STRINGS and words is not None:
            inside = any(s <= node.start_byte and node.end_byte <= e for s, e in taken)
            text = at.source.text(node)
            new = text[:1] + words.string(text[1:-1]) + text[-1:]
            if not inside and new != text:
                edits.append((node.start_byte, node.end_byte, new))
    base = at.node.start_byte
    data = at.source.data[base : at.node.end_byte]
    last = len(data) + 1
    for start, end, new in sorted(edits, reverse=True):
        if end - base <= last:
            data = data[: start - base] + new.encode() + data[end - base :]
            last = start - base
    return data.decode("utf-8", "replace").replace("\r\n", "\n")
