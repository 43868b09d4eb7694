"""How tests of a project of functions set the application up, and how they sign in.

What is looked for is a test that declares the service under test by one of the calls in
``[conventions] service``, and the header that its requests carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from apimod.conventions.model import TestStyle
from apimod.languages.buffer import ImportNeed
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

_WORD = re.compile(r"[A-Za-z_]\w*")
_HEADER = re.compile(r"\.insert_header\(\s*(\w+)(?:\.clone\(\))?\s*\)")
_TEXT = re.compile(r"\"[^\"{}]*\"")


class Tested(Struct, frozen=True, eq=False):
    """A test: its file, its function, and the statements that declare names, by name."""

    source: Source
    node: Node
    lets: dict[str, Node]
    service: str

    @property
    def text(self) -> str:
        """Its body."""
        body = self.node.child_by_field_name("body")
        return self.source.text(body) if body is not None else ""

    @property
    def users(self) -> list[str]:
        """The variables whose values its requests carry as headers, in the order of declaration."""
        used = {match[1] for match in _HEADER.finditer(self.text)}
        return [name for name in self.lets if name in used]


def test_style(
    study: Study, words: Renamer | None, *, guarded: bool
) -> tuple[TestStyle, Source | None]:
    """Return how tests are set up, and the file that shows it; nothing where it is not seen."""
    found = [one for path in _files(study, words) for one in _tests(study, path)]
    found = [one for one in found if one.users] if guarded else found
    best = max(found, key=lambda one: len(one.users), default=None) if guarded else None
    shown = best or next(iter(found), None)
    if shown is None:
        return TestStyle(), None
    style = _style(study, shown)
    if guarded:
        signing = _signing(study, shown)
        if signing is None:
            return TestStyle(), None
        style = replace(style, sign=signing[0], identify=signing[1])
    study.learn("the application under test", At(shown.source, shown.node))
    return style, shown.source


def _files(study: Study, words: Renamer | None) -> list[str]:
    """Return the files of tests, the sibling's first."""
    named = [p for p in study.tests if words is not None and words.mentions(PurePosixPath(p).stem)]
    return [*named, *(p for p in study.tests if p not in named)]


def _tests(study: Study, path: str) -> Iterator[Tested]:
    """Yield the tests of a file that declare the service under test."""
    source = study.code.source(path)
    makers = study.types("service")
    if source is None or not any(
        name.rpartition(".")[2].encode() in source.data for name in makers
    ):
        return
    for node in _root(study, source).named_children:
        body = node.child_by_field_name("body") if node.type == "function_item" else None
        if body is None or not _marker(source, node):
            continue
        lets: dict[str, Node] = {}
        service = ""
        for statement in body.named_children:
            name = statement.child_by_field_name("pattern")
            if statement.type != "let_declaration" or name is None:
                break
            lets[source.text(name).removeprefix("mut ")] = statement
            if any(f"{maker.rpartition('.')[2]}(" in source.text(statement) for maker in makers):
                service = source.text(name)
                break
        if service:
            yield Tested(source, node, lets, service)


def _root(study: Study, source: Source) -> Node:
    """Return the root of a file with its tests in it, which facts are read without."""
    return source.tree(study.language.grammar(source.path)).root_node


def _marker(source: Source, node: Node) -> Node | None:
    """Return the annotation that makes a function a test."""
    before = node.prev_named_sibling
    while before is not None and before.type == "attribute_item":
        path = source.text(before).strip("#[]").partition("(")[0].strip()
        if path.rpartition("::")[2] == "test":
            return before
        before = before.prev_named_sibling
    return None


def _style(study: Study, shown: Tested) -> TestStyle:
    """Return the annotation, the parameters and the statements of a test, without its users."""
    source = shown.source
    marker = _marker(source, shown.node)
    parameters = shown.node.child_by_field_name("parameters")
    kept = [node for name, node in shown.lets.items() if name not in shown.users]
    setup = "\n    ".join(source.text(node) for node in kept)
    if shown.service != "app":
        setup += f"\n    let app = {shown.service};"
    return TestStyle(
        asynchronous=True,
        marker=Snippet(source.text(marker)) if marker is not None else None,
        database=_taught(study, source, source.text(parameters)[1:-1] if parameters else ""),
        prefix=_modules(study, source),
        setup=_taught(study, source, setup),
    )


def _signing(study: Study, shown: Tested) -> tuple[Snippet, Snippet] | None:
    """Return the call that adds a user's header, and the statement that declares a user."""
    first = shown.users[0] if shown.users else ""
    if not first:
        return None
    text = shown.source.text(shown.lets[first])
    body = re.sub(rf"\blet {first}\b", "let {user}", text, count=1)
    body = re.sub(r"\"[^\"@{}]+@([^\"{}]+)\"", r'"{user}@\1"', body, count=1)
    call = "{user}" if _is_copied(shown, first) else "{user}.clone()"
    return Snippet(f".insert_header({call})"), _taught(study, shown.source, body)


def _is_copied(shown: Tested, name: str) -> bool:
    """Tell whether a header is handed on as it is again and again, so that it need not be cloned."""
    text = shown.source.data.decode("utf-8", "replace")
    plain = re.findall(rf"\.insert_header\(\s*{name}\s*\)", shown.text)
    return len(plain) > 1 and f"{name}.clone()" not in text


def _modules(study: Study, source: Source) -> Snippet | None:
    """Return the declarations of modules of the file, which tests share."""
    nodes = _root(study, source).named_children
    plain = [n for n in nodes if n.type == "mod_item" and n.child_by_field_name("body") is None]
    return Snippet("\n".join(source.text(n) for n in plain)) if plain else None


def _taught(study: Study, source: Source, text: str) -> Snippet:
    """Return a piece of a test's code with the imports of what it names."""
    names = dict.fromkeys(_WORD.findall(_TEXT.sub('""', text)))
    needs: list[ImportNeed] = []
    for name in names:
        need = study.need(source, name)
        if need is not None and need.module != study.module(source):
            needs.append(need)
    return Snippet(text, tuple(needs))
