"""How the sibling's class of tests is set up: what stands above it, what it holds, how it is known.

Kept are the members that speak of nothing of the sibling's own: the client, what runs before each test,
the helpers that these call. How a request is signed is read from the calls on it: ``[conventions] signs``
lists the methods that do so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apimod.conventions.bean_members import annotation_names, marks_of
from apimod.conventions.model import TestStyle
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

NAME = re.compile(r"\b[A-Za-z_]\w*")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass
class _Held:
    """The members of a class of tests by name, and those that run around each test."""

    members: dict[str, At] = field(default_factory=dict)
    around: list[str] = field(default_factory=list)
    client: str = ""


def harness(study: Study, source: Source, words: Renamer) -> TestStyle:
    """Return how new tests are set up; the plain answers where the sibling's cannot be followed."""
    cls = _class(study, source)
    if cls is None or any(
        words.mentions(cls.source.text(at.node)) for _, at in marks_of(study, cls)
    ):
        return TestStyle()
    held = _held(study, cls, words)
    signs = [s for s in _signs(study, cls) if _names(s) & set(held.members) or not _locals(cls, s)]
    known = [text for text, _ in Counter(signs).most_common() if not words.mentions(text)]
    wanted = _closure(held, [held.client, *held.around, *(n for s in known[:2] for n in _names(s))])
    if wanted is None or not held.client:
        return TestStyle()
    kept = [at for name, at in held.members.items() if name in wanted]
    needs: set[ImportNeed] = {n for at in kept for n in study.imports_of(at)}
    needs |= {n for text in known[:2] for name in _names(text) if (n := study.need(source, name))}
    marks = [study.snippet(at) for _, at in marks_of(study, cls)]
    return TestStyle(
        client=held.client,
        setup=Snippet(
            "\n\n".join(dict.fromkeys(study.snippet(at).text for at in kept)), tuple(needs)
        ),
        marker=Snippet(
            "\n".join(m.text for m in marks), tuple(n for m in marks for n in m.imports)
        ),
        headers=known[0] if known else "",
        other_headers=known[1] if len(known) > 1 else "",
    )


def _class(study: Study, source: Source) -> At | None:
    root = study.code.root(source)
    found = next((n for n in root.named_children if n.type == "class_declaration"), None)
    return At(source, found) if found is not None else None


def _held(study: Study, cls: At, words: Renamer) -> _Held:
    out = _Held()
    body = cls.node.child_by_field_name("body")
    for node in body.named_children if body is not None else ():
        at = cls.to(node)
        if node.type not in ("field_declaration", "method_declaration"):
            continue
        marks = set(annotation_names(study, at))
        if words.mentions(STRING.sub("", cls.source.text(node))) or marks & study.types("runs"):
            continue
        kind = node.child_by_field_name("type")
        for name in _declared(cls, node):
            out.members[name] = at
            if node.type == "method_declaration" and marks & study.types("around"):
                out.around.append(name)
            if kind is not None and study.type_names(cls.to(kind)) & study.types("client"):
                out.client = out.client or name
    return out


def _declared(cls: At, node: Node) -> Iterator[str]:
    holders = node.children_by_field_name("declarator") or [node]
    for holder in holders:
        name = holder.child_by_field_name("name")
        if name is not None:
            yield cls.source.text(name)


def _signs(study: Study, cls: At) -> Iterator[str]:
    """Yield the calls on requests that say who sends them, as they follow a request."""
    stack = [cls.node]
    while stack:
        node = stack.pop()
        name = node.child_by_field_name("name") if node.type == "method_invocation" else None
        given = node.child_by_field_name("arguments")
        on = node.child_by_field_name("object")
        if name is not None and given is not None and on is not None:
            if cls.source.text(name) in study.types("signs"):
                yield f".{cls.source.text(name)}{cls.source.text(given)}"
        stack.extend(reversed(node.named_children))


def _names(text: str) -> set[str]:
    return set(NAME.findall(STRING.sub("", text)))


def _locals(cls: At, text: str) -> bool:
    """Tell whether a text names a variable of a test's own."""
    plain = cls.source.text(cls.node)
    return any(re.search(rf"\b(?:var|[A-Z]\w*) {name} =", plain) for name in _names(text))


def _closure(held: _Held, names: list[str]) -> set[str] | None:
    """Return the members that those need; None where one needs what is not kept."""
    out: set[str] = set()
    queue = [n for n in names if n in held.members]
    while queue:
        name = queue.pop()
        if name not in out:
            out.add(name)
            at = held.members[name]
            queue += [n for n in _names(at.source.text(at.node)) if n in held.members]
    return out
