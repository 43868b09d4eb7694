"""How the project tests its endpoints: the client, the credentials, the way of running."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from apimod.conventions.model import TestStyle
from apimod.languages.buffer import ImportNeed
from apimod.values import At
from apimod.views import Snippet

CLIENTS = ("client", "test_client", "async_client", "api_client", "http_client", "ac")

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source


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
    return _by_fixture(study, files)


def _by_fixture(study: Study, files: list[Source]) -> tuple[TestStyle, Source | None]:
    """Return the style by a fixture that gives a client, where tests do not say its type."""
    first = files[0] if files else None
    for path in study.code.paths:
        source = study.code.source(path) if path.endswith("conftest.py") else None
        if source is None or not study.inside(path):
            continue
        for function in _functions(study, source):
            name = study.language.function_name(source, function) or ""
            text = source.text(function)
            if name not in CLIENTS or "fixture" not in _above(source, function):
                continue
            kinds = {k.rpartition(".")[2]: k for k in study.types("clients")}
            kind = next((k for k in sorted(kinds, key=len, reverse=True) if k in text), "")
            need = study.need(source, kind) if kind else None
            if need is None:
                continue
            typed = Snippet(kind, (need,), study.learn("the client of tests", At(source, function)))
            return _style(study, first or source, name, typed), first
    return TestStyle(), first


def _above(source: Source, function: Node) -> str:
    parent = function.parent
    return source.text(parent)[:200] if parent is not None else ""


def session_fixture(study: Study) -> str:
    """Return the fixture that gives a session; ``""`` where there is none."""
    kinds = study.types("session_sync") | study.types("session_async")
    short = {k.rpartition(".")[2] for k in kinds}
    for path in study.code.paths:
        source = study.code.source(path) if path.endswith("conftest.py") else None
        if source is None or not study.inside(path):
            continue
        for function in _functions(study, source):
            returned = study.language.return_type(source, function)
            written = source.text(returned) if returned is not None else ""
            named = set(re.findall(r"\w+", written))
            if named & short and "fixture" in _above(source, function):
                return study.language.function_name(source, function) or ""
    return ""


def _shares(study: Study) -> bool:
    """Tell whether a fixture that gives a session or a client outlives a test."""
    for path in study.code.paths:
        source = study.code.source(path) if path.endswith("conftest.py") else None
        if source is None or not study.inside(path):
            continue
        text = source.data.decode("utf-8", "replace")
        for found in re.finditer(
            r"scope\s*=\s*[\"'](?:session|module|package|class)[\"'][^\n]*\n+(?:async )?def (\w+)",
            text,
        ):
            if found[1] in (*CLIENTS, session_fixture(study)):
                return True
    return False


def application(study: Study) -> Snippet | None:
    """Return the expression for the application: a name at a module's top, or a factory's call."""
    for root in study.graph.routers:
        if not root.is_root:
            continue
        at = root.at
        for name, bindings in study.code.scopes(at.source).module.names.items():
            for binding in bindings:
                value = getattr(binding, "value", None)
                if value is not None and value.id == at.node.id:
                    return Snippet(name, (ImportNeed(study.module(at.source), name),))
        inside = _function_around(at.node)
        maker = study.language.function_name(at.source, inside) if inside is not None else None
        if inside is not None and maker and not _required(study, at.source, inside):
            return Snippet(f"{maker}()", (ImportNeed(study.module(at.source), maker),))
    return None


def _function_around(node: Node) -> Node | None:
    up: Node | None = node.parent
    while up is not None and up.type not in ("function_definition", "function_declaration"):
        up = up.parent
    return up


def _required(study: Study, source: Source, function: Node) -> bool:
    params = study.language.params(source, function)
    return any(p.default is None and not p.variadic for p in params)


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
        session=session_fixture(study),
        shared=_shares(study),
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
