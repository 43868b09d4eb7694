"""How a project of classes tells failures: exceptions that are answered with a status.

What is answered is seen from the exception's own annotation, or from the class that handles it for
all. ``[conventions] answered`` are patterns of the texts that tie an exception to its status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.conventions.bean_members import constructors_of
from apimod.conventions.model import ErrorStyle
from apimod.languages.forms import Defined
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.beans import Beans
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

STATUSES = {
    "not_found": re.compile(r"\bNOT_FOUND\b|\b404\b"),
    "conflict": re.compile(r"\bCONFLICT\b|\b409\b"),
}


def failures(study: Study, beans: Beans, words: Renamer) -> ErrorStyle:
    """Return how the sibling fails, else how the project does."""
    answered = dict(_answered(study))
    found: dict[str, Snippet] = {}
    for cls in beans.every:
        for made in _made(cls):
            name = made.source.text(made.node.child_by_field_name("type") or made.node)
            kind = answered.get(name, "")
            snippet = _copied(study, made, words) if kind == "not_found" else None
            if kind == "conflict" and not words.mentions(name):
                snippet = _plain(study, name)
            if snippet is not None:
                found.setdefault(kind, snippet)
    for name, kind in answered.items():
        if kind not in found and not words.mentions(name):
            plain = _plain(study, name)
            if plain is not None:
                found[kind] = plain
    return ErrorStyle(
        where="store",
        not_found=found.get("not_found"),
        conflict=found.get("conflict"),
        handles_validation=_handles_validation(study),
    )


def _answered(study: Study) -> Iterator[tuple[str, str]]:
    """Yield the exceptions of the project that are answered with a status that is looked for."""
    patterns = study.types("answered")
    for source in _sources(study):
        text = source.data.decode("utf-8", "replace")
        for pattern in patterns:
            for found in re.finditer(pattern, text, re.DOTALL):
                whole = found[0]
                for kind, status in STATUSES.items():
                    if status.search(whole):
                        for name in re.findall(r"\w+", found["exceptions"]):
                            if name[:1].isupper():
                                yield name, kind


def _handles_validation(study: Study) -> bool:
    handled = {n.rpartition(".")[2].encode() for n in study.types("invalid")}
    return any(name in source.data for source in _sources(study) for name in handled)


def _sources(study: Study) -> Iterator[Source]:
    for path in study.paths:
        source = study.code.source(path)
        if source is not None:
            yield source


def _made(cls: At) -> Iterator[At]:
    """Yield the exceptions that a class makes, in order."""
    stack: list[Node] = [cls.node]
    while stack:
        node = stack.pop()
        if node.type == "object_creation_expression":
            yield cls.to(node)
        stack.extend(reversed(node.named_children))


def _copied(study: Study, made: At, words: Renamer) -> Snippet | None:
    """Return how an exception is made, with the new words; ``{id}`` stands for what was asked for.

    None where it is the sibling's own, or is told more than texts and one name.
    """
    kind = made.node.child_by_field_name("type")
    given = made.node.child_by_field_name("arguments")
    if kind is None or given is None or words.mentions(made.source.text(kind)):
        return None
    parts = []
    for one in given.named_children:
        text = made.source.text(one)
        if one.type == "string_literal":
            content = text[1:-1]
            parts.append(f'"{words.string(content)}"' if words.mentions(content) else text)
        elif one.type in ("identifier", "binary_expression"):
            written = _with_id(made, one, words)
            if written is None:
                return None
            parts.append(written)
        else:
            return None
    study.learn("how what is missing is told", made)
    needs = study.imports_of(made.to(kind))
    return Snippet(f"new {made.source.text(kind)}({', '.join(parts)})", needs)


def _with_id(made: At, node: Node, words: Renamer) -> str | None:
    """Return an expression of strings and one name, which becomes ``{id}``."""
    if node.type == "identifier":
        return "{id}"
    out = []
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    for side in (left, right):
        if side is None:
            return None
        if side.type == "string_literal":
            content = made.source.text(side)[1:-1]
            out.append(f'"{words.string(content) if words.mentions(content) else content}"')
        elif side.type in ("identifier", "binary_expression"):
            inner = _with_id(made, side, words)
            if inner is None:
                return None
            out.append(inner)
        else:
            return None
    return " + ".join(out)


def _plain(study: Study, name: str) -> Snippet | None:
    """Return how an exception of the project's that takes one text is made; ``{}`` is the text."""
    for cls in _classes_named(study, name):
        for made in constructors_of(cls):
            params = study.language.params(made.source, made.node)
            types = [made.source.text(p.type) for p in params if p.type is not None]
            if types == ["String"]:
                need = ImportNeed(study.module(cls.source), name)
                return Snippet(f"new {name}({{}})", (need,))
    return None


def _classes_named(study: Study, name: str) -> Iterator[At]:
    for source in _sources(study):
        if name.encode() not in source.data:
            continue
        for binding in study.code.scopes(source).module.names.get(name, ()):
            if isinstance(binding, Defined):
                yield At(source, binding.node)
