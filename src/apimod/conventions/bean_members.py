"""The members of classes, and what is written above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study

FIELDS = ("field_declaration", "formal_parameter")
METHODS = ("method_declaration", "constructor_declaration")


class Member(Struct, frozen=True, eq=False):
    """A field, or a component of a record. ``inherited``: a base of the class declares it."""

    name: str
    type: str
    typed: At
    at: At
    inherited: bool = False

    @property
    def text(self) -> str:
        """The declaration."""
        return self.at.source.text(self.at.node)


def fields_of(study: Study, cls: At) -> list[Member]:
    """Return the fields of a class, and of those that it extends; what is static is left out."""
    out: list[Member] = []
    for place in (p for p in study.ev.mro(cls) if isinstance(p, At)):
        inherited = place.node.id != cls.node.id
        out += [_moved(one, inherited) for one in _own(place)]
    return out


def methods_of(cls: At) -> dict[str, At]:
    """Return the methods of a class by name; of several of one name, the first."""
    out: dict[str, At] = {}
    for node in _body(cls):
        name = node.child_by_field_name("name")
        if node.type == "method_declaration" and name is not None:
            out.setdefault(cls.source.text(name), At(cls.source, node))
    return out


def constructors_of(cls: At) -> list[At]:
    """Return the constructors that a class writes out."""
    return [At(cls.source, n) for n in _body(cls) if n.type == "constructor_declaration"]


def marks_of(study: Study, at: At) -> list[tuple[str, At]]:
    """Return what is written above a declaration: each with its whole name."""
    found = study.language.decorators(at.source, at.node)
    return [(whole_name(study, at.to(node)), at.to(node)) for node in found]


def annotation_names(study: Study, at: At) -> list[str]:
    """Return the whole names of what is written above a declaration."""
    return [name for name, _ in marks_of(study, at)]


def whole_name(study: Study, annotation: At) -> str:
    """Return the name of an annotation with its package, as far as the file tells."""
    node = annotation.node.child_by_field_name("name")
    written = annotation.source.text(node) if node is not None else ""
    head, dot, rest = written.partition(".")
    if head[:1].islower():
        return written
    need = study.need(annotation.source, head)
    return f"{need.module}.{need.name}{dot}{rest}" if need is not None else written


def without(study: Study, at: At, dropped: frozenset[str]) -> Snippet:
    """Return a declaration without those of its annotations that are listed, or lie in one listed."""
    data, base = at.source.data[: at.node.end_byte], at.node.start_byte
    gone = []
    for name, mark in marks_of(study, at):
        if any(name == one or name.startswith(f"{one}.") for one in dropped):
            end = mark.node.end_byte
            while data[end : end + 1].isspace():
                end += 1
            gone.append((mark.node.start_byte, end))
    snippet = study.snippet(at)
    if not gone:
        return snippet
    kept = b""
    for start, end in gone:
        kept += data[base:start]
        base = end
    text = (kept + data[base:]).decode("utf-8", "replace")
    pad = re.compile(rf"\n[ \t]{{0,{at.node.start_point.column}}}")
    text = pad.sub("\n", text)
    used = set(re.findall(r"\w+", text))
    return Snippet(text, tuple(n for n in snippet.imports if (n.name or n.module) in used))


def _own(cls: At) -> Iterator[Member]:
    parameters = cls.node.child_by_field_name("parameters")
    listed = parameters.named_children if parameters is not None else []
    for node in [*listed, *_body(cls)]:
        if node.type not in FIELDS or _is_static(node):
            continue
        kind = node.child_by_field_name("type")
        holders = node.children_by_field_name("declarator") or [node]
        for holder in holders:
            name = holder.child_by_field_name("name")
            if name is not None and kind is not None:
                yield Member(
                    cls.source.text(name),
                    cls.source.text(kind),
                    At(cls.source, kind),
                    At(cls.source, node),
                )


def _moved(one: Member, inherited: bool) -> Member:
    return Member(one.name, one.type, one.typed, one.at, inherited)


def _body(cls: At) -> list[Node]:
    body = cls.node.child_by_field_name("body")
    return body.named_children if body is not None else []


def _is_static(node: Node) -> bool:
    modifiers = next((c for c in node.children if c.type == "modifiers"), None)
    return modifiers is not None and any(c.type == "static" for c in modifiers.children)
