"""The fields of root types in documents of the schema definition language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from graphql import DocumentNode

KINDS = {"query": "QUERY", "mutation": "MUTATION", "subscription": "SUBSCRIPTION"}
DEFAULTS = {"QUERY": "Query", "MUTATION": "Mutation", "SUBSCRIPTION": "Subscription"}
DEFINES = re.compile(r"\b(type|schema)\b(?:(?!\b(?:type|schema)\b)[^{}()\"])*+\{")
GENERATED = re.compile(r"(?im)^[ \t]*#.*\b(auto-?(matically)? ?generated|do not (edit|modify))\b")


class SdlError(Exception):
    """A document with a syntax error, and where."""


class RootField(Struct, frozen=True):
    """A field of an object type: its offset in the text, and its directives with the type's."""

    owner: str
    name: str
    offset: int
    directives: tuple[str, ...] = ()


class Document(Struct):
    """What one document adds to a schema."""

    fields: list[RootField] = field(default_factory=list)
    """The fields of all its object types; which are roots, the whole schema says."""
    roots: dict[str, str] = field(default_factory=dict)
    """The root types that it names, by the kind of operation."""
    is_generated: bool = False
    names_all: bool = False
    """It says which types are roots, and no other is one by its name."""


def defines(text: str) -> bool:
    """Whether a text looks as if it held definitions, and not only operations of a client."""
    return DEFINES.search(text) is not None


def read(text: str) -> Document:
    """Read a document. Raises SdlError."""
    from graphql import GraphQLSyntaxError, parse

    try:
        tree = parse(text, no_location=False)
    except (GraphQLSyntaxError, RecursionError) as error:
        line = getattr(error, "locations", None)
        place = f" at line {line[0].line}" if line else ""
        reason = getattr(error, "description", "") or "it nests too deep"
        raise SdlError(f"is no valid schema{place}: {reason}") from error
    return _document(tree, GENERATED.search(text) is not None)


def _document(tree: DocumentNode, generated: bool) -> Document:
    out = Document(is_generated=generated)
    for node in tree.definitions:
        kind = node.kind
        if kind in ("schema_definition", "schema_extension"):
            out.names_all = out.names_all or kind == "schema_definition"
            for operation in getattr(node, "operation_types", None) or ():
                out.roots[KINDS[operation.operation.value]] = operation.type.name.value
        elif kind in ("object_type_definition", "object_type_extension"):
            owner = node.name.value  # type: ignore[attr-defined]
            around = _directives(node)
            for item in getattr(node, "fields", None) or ():
                told = (*around, *_directives(item))
                out.fields.append(RootField(owner, item.name.value, item.name.loc.start, told))
    return out


def _directives(node: Any) -> tuple[str, ...]:
    return tuple(d.name.value for d in getattr(node, "directives", None) or ())


def roots_of(documents: Iterable[Document]) -> dict[str, str]:
    """Return the name of each root type, by the kind of operation, for a whole schema."""
    named: dict[str, str] = {}
    names_all = False
    for document in documents:
        named.update(document.roots)
        names_all = names_all or document.names_all
    return named if names_all and named else DEFAULTS | named
