"""How siblings tell failures: the statements by which a handler, service or store gives up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod import names
from apimod.conventions.model import ErrorStyle
from apimod.conventions.shape import status_named, status_value
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.places import Part
    from apimod.conventions.study import Study

RAISES = ("raise_statement", "throw_statement")
WORDS = {
    "not_found": ({"notfound", "missing"}, {"not", "found"}),
    "conflict": (
        {"conflict", "duplicate", "taken", "exists", "conflicting"},
        {"already", "exists"},
    ),
    "forbidden": ({"forbidden", "permission", "denied"}, {"permission", "denied"}),
    "invalid": ({"unprocessable", "reference", "invalid", "validation"}, {"invalid", "reference"}),
}
STATUSES = {404: "not_found", 409: "conflict", 403: "forbidden", 422: "invalid", 400: "invalid"}
LAYERS = ("routes", "service", "repository")


def errors(study: Study, parts: dict[str, Part], others: list[At]) -> ErrorStyle:
    """Return the project's ways to fail, by the layer nearest to the handler that shows them.

    ``others`` are places outside of the sibling where the same project raises errors; they teach
    what the sibling does not show.
    """
    found: dict[str, Snippet] = {}
    where: dict[str, str] = {}
    for layer in LAYERS:
        part = parts.get(layer)
        if part is None:
            continue
        for kind, snippet in _raised(study, At(part.source, study.code.root(part.source))):
            if kind not in found:
                found[kind], where[kind] = snippet, layer
    for place in others:
        for kind, snippet in _raised(study, place):
            found.setdefault(kind, snippet)
    layer = where.get("not_found", "routes")
    return ErrorStyle(
        where="handler" if layer == "routes" else "store",
        not_found=found.get("not_found"),
        conflict=found.get("conflict"),
        invalid=found.get("invalid"),
        forbidden=found.get("forbidden"),
    )


def _raised(study: Study, root: At) -> Iterator[tuple[str, Snippet]]:
    for node in study.language.subtree(root.node):
        if node.type not in RAISES or not node.named_children:
            continue
        at = root.to(node)
        kind = _kind(study, root, node.named_children[0])
        snippet = _with_hole(study, at, node) if kind else None
        if kind and snippet is not None:
            yield kind, snippet


def _kind(study: Study, root: At, call: Node) -> str:
    """Tell what is raised: by the status that it carries, else by the words of its class."""
    text = root.source.text(call)
    function = call.child_by_field_name("function")
    callee = root.source.text(function) if function is not None else ""
    for node in study.language.subtree(call):
        if node.type in ("integer", "int_literal", "attribute", "selector_expression"):
            number = status_value(study, root.to(node)) or status_named(root.source.text(node))
            if number in STATUSES:
                return STATUSES[number]
    if re.search(r"\b[1-5]\d\d\b", text):
        return ""
    words = set(names.words(callee.rpartition(".")[2]))
    joined = "".join(names.words(callee.rpartition(".")[2]))
    for kind, (single, pair) in WORDS.items():
        if words & single or pair <= words or any(s in joined for s in single if len(s) > 7):
            return kind
    return ""


def _with_hole(study: Study, at: At, node: Node) -> Snippet | None:
    """Return the statement with ``{}`` for its message; the cause is left to the template."""
    source = at.source
    call = node.named_children[0]
    arguments = call.child_by_field_name("arguments")
    if arguments is None:
        return None
    strings = [
        n for n in study.language.subtree(arguments)
        if n.type in ("string", "concatenated_string", "interpreted_string_literal")
    ]  # fmt: skip
    free = _names_inside(study, at, arguments, strings)
    if len(strings) != 1 or free:
        return None
    start, end = node.start_byte, call.end_byte
    before = source.data[start : strings[0].start_byte].decode("utf-8", "replace")
    after = source.data[strings[0].end_byte : end].decode("utf-8", "replace")
    flat = re.sub(r"\s*\n\s*", " ", before), re.sub(r",?\s*\n\s*", "", after)
    text = f"{flat[0]}{{}}{flat[1]}".replace("( ", "(")
    return Snippet(text, study.imports_of(at), study.learn("how failures are told", at))


def _names_inside(study: Study, at: At, arguments: Node, strings: list[Node]) -> list[str]:
    """Return the local names that the arguments use: such a statement serves nobody else."""
    bound = study.code.scopes(at.source).module.names
    out = []
    for node in study.language.subtree(arguments):
        inside = any(s.start_byte <= node.start_byte < s.end_byte for s in strings)
        if node.type != "identifier" or node.parent is None:
            continue
        member = node.parent.child_by_field_name("attribute")
        keyword = node.parent.type == "keyword_argument" and node.parent.named_children[0] == node
        if keyword or (member is not None and member == node):
            continue
        if source_name(at, node) not in bound and not (inside and not _interpolated(node)):
            out.append(source_name(at, node))
    return out


def source_name(at: At, node: Node) -> str:
    """Return a node's text."""
    return at.source.text(node)


def _interpolated(node: Node) -> bool:
    up: Node | None = node
    while up is not None and up.type != "string":
        if up.type == "interpolation":
            return True
        up = up.parent
    return False
