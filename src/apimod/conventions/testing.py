"""How the project tests its endpoints: the client, the credentials, the way of running."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from apimod.conventions.model import TestStyle
from apimod.values import At

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source
    from apimod.views import Snippet


def test_files(study: Study, words: Renamer) -> list[Source]:
    """Return the sibling's test files, else the files of other endpoints' tests."""
    tests = [p for p in study.code.paths if study.language.is_test(p) and study.inside(p)]
    named = [p for p in tests if words.mentions(PurePosixPath(p).stem)]
    files = [study.code.source(p) for p in named or tests]
    return [f for f in files if f is not None]


def test_style(study: Study, files: list[Source], path: str) -> tuple[TestStyle, Source | None]:
    """Return the style of the first file that tests over HTTP, and that file.

    ``path`` is the URL of the sibling; what stands before it in the tests is their prefix.
    """
    for source in files:
        for function in _functions(study, source):
            for param in study.language.params(source, function):
                typed = At(source, param.type) if param.type is not None else None
                if typed is None or not study.type_names(typed) & study.types("clients"):
                    continue
                study.learn("the client of tests", At(source, param.node))
                return _style(study, source, param.name, study.snippet(typed)), source
    return TestStyle(), files[0] if files else None


def _style(study: Study, source: Source, client: str, client_type: Snippet) -> TestStyle:
    text = source.data.decode("utf-8", "replace")
    headers = re.findall(r"\bheaders=(\w+)\b", text)
    ranked = sorted(set(headers), key=lambda h: (-headers.count(h), headers.index(h)))
    asynchronous = bool(re.search(rf"\bawait\s+{re.escape(client)}\.", text))
    return TestStyle(
        client=client,
        client_type=client_type,
        asynchronous=asynchronous,
        marker=_marker(study, source),
        headers=ranked[0] if ranked else "",
        other_headers=ranked[1] if len(ranked) > 1 else "",
        headers_type=_type_of(study, source, ranked[0]) if ranked else None,
        prefix=_prefix(study, source),
    )


def _functions(study: Study, source: Source) -> list[Node]:
    root = study.code.root(source)
    kinds = ("function_definition", "function_declaration")
    return [n for n in study.language.subtree(root) if n.type in kinds]


def _type_of(study: Study, source: Source, name: str) -> Snippet | None:
    for function in _functions(study, source):
        for param in study.language.params(source, function):
            if param.name == name and param.type is not None:
                return study.snippet(At(source, param.type))
    return None


def _marker(study: Study, source: Source) -> Snippet | None:
    """Return ``pytestmark = …`` where the file has one."""
    for node in study.code.root(source).named_children:
        if source.text(node).startswith("pytestmark"):
            return study.snippet(At(source, node))
    return None


def _prefix(study: Study, source: Source) -> Snippet | None:
    """Return the expression that stands before the path in the tests' URLs."""
    for node in study.language.subtree(study.code.root(source)):
        if node.type == "interpolation" and node.parent is not None:
            before = node.parent.named_children
            first = next((n for n in before if n.type in ("interpolation", "string_content")), None)
            rest = source.text(node.parent)
            if first == node and re.match(r"f?[\"']\{[\w.]+\}/", rest) and "." in source.text(node):
                inner = node.named_children[0]
                return study.snippet(At(source, inner))
    return None
