"""Pieces of a module's code as snippets: texts with holes, and the imports that they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of
from apimod.languages.buffer import Buffer, walk
from apimod.languages.javascript_bound import imports_of
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_paths import locate
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.source import Source

FUNCTIONS = (
    "arrow_function",
    "function_expression",
    "function_declaration",
    "method_definition",
)
NAMED = ("identifier", "type_identifier", "shorthand_property_identifier")
STRINGS = ("string", "template_string")


def root(study: Study, source: Source) -> At:
    """Return a file's whole tree."""
    return At(source, study.code.root(source))


def nodes(at: At, *types: str) -> Iterator[Node]:
    """Yield the nodes below, in order; those of some types only where these are named."""
    for node in walk(at.node):
        if not types or node.type in types:
            yield node


def offers(study: Study, source: Source) -> dict[str, ImportNeed]:
    """Return, for each name that a file imports or defines at its top, the import that gives it."""
    buffer = Buffer(source, JAVASCRIPT)
    out: dict[str, ImportNeed] = {}
    for each in imports_of(buffer):
        path = locate(study.code, folder_of(source.path), each.module)
        module = f"/{path}" if path is not None else each.module
        alias = each.local if each.local != each.name else None
        kept = f"type {each.name}" if each.type and each.name else each.name
        out[each.local] = ImportNeed(module, kept, alias)
    for name in study.code.scopes(source).module.names:
        out.setdefault(name, ImportNeed(f"/{source.path}", name))
    return out


def needed(study: Study, at: At) -> tuple[ImportNeed, ...]:
    """Return the imports that give the names of a piece of code in another file."""
    given = offers(study, at.source)
    used = dict.fromkeys(at.source.text(n) for n in nodes(at, *NAMED))
    return tuple(given[name] for name in used if name in given)


def strangers(study: Study, at: At, known: frozenset[str] = frozenset()) -> list[str]:
    """Return the names in a piece of code that mean nothing elsewhere; ``known`` are taken as given."""
    given = offers(study, at.source)
    used = dict.fromkeys(at.source.text(n) for n in nodes(at, *NAMED))
    return [n for n in used if n not in given and n not in known and n not in GLOBALS]


GLOBALS = frozenset(
    "Number String Boolean Date Math JSON Object Array Error Promise undefined NaN console process "
    "parseInt BigInt Buffer true false null".split()
)


def with_holes(at: At, holes: list[tuple[Node, str]]) -> str:
    """Return a piece of code on one line, with texts in the place of some of its nodes."""
    data, start = at.source.data, at.node.start_byte
    out: list[str] = []
    for node, hole in sorted(holes, key=lambda pair: pair[0].start_byte):
        out += [data[start : node.start_byte].decode("utf-8", "replace"), hole]
        start = node.end_byte
    out.append(data[start : at.node.end_byte].decode("utf-8", "replace"))
    return flat("".join(out))


def flat(text: str) -> str:
    """Return code without its line breaks."""
    text = re.sub(r"\s*\n\s*", " ", text.strip())
    text = re.sub(r",\s*([)\]])", r"\1", text)
    return re.sub(r"([(\[])\s+|\s+(?=[)\]])", r"\1", text)


def snippet(study: Study, at: At, holes: list[tuple[Node, str]], fact: str) -> Snippet:
    """Return a piece of code with holes, and note what it teaches."""
    filled = [node for node, _ in holes]
    inside = [
        n
        for n in nodes(at, *NAMED)
        if not any(h.start_byte <= n.start_byte < h.end_byte for h in filled)
    ]
    given = offers(study, at.source)
    used = dict.fromkeys(at.source.text(n) for n in inside)
    needs = tuple(given[name] for name in used if name in given)
    return Snippet(with_holes(at, holes), needs, study.learn(fact, at))


def arguments(node: Node) -> list[Node]:
    """Return a call's arguments."""
    given = node.child_by_field_name("arguments")
    return [n for n in given.named_children if n.type != "comment"] if given is not None else []


def callee(at: At) -> str:
    """Return what is called, as it is written."""
    function = at.node.child_by_field_name("function")
    return at.source.text(function) if function is not None else ""


def text_of(source: Source) -> str:
    """Return a file's text."""
    return source.data.decode("utf-8", "replace")
