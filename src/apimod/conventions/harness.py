"""How tests that call the application without a network set it up, and how they sign in.

What is looked for is a function of a test file that gives the application (or a struct that holds
it), and a statement that sets the header by which callers are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from apimod.conventions.model import TestStyle
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

HANDLERS = frozenset({"net/http.Handler"})
SIGNING = re.compile(r"login|token|sign|auth|jwt", re.IGNORECASE)
HEADER = re.compile(
    r"\.(?:Header\.)?(?:Set|Add)\(\s*(\"[\w-]+\"|[\w.]+)\s*,\s*(.+)\)\s*$", re.DOTALL
)


class Helper(Struct, frozen=True, eq=False):
    """A function of a test file that gives the application. ``handler`` is how it is had of it."""

    source: Source
    node: Node
    name: str
    handler: str
    session: str
    cls: At | None


def harness(
    study: Study, words: Renamer | None, guarded: bool
) -> tuple[TestStyle, Source | None, Source | None]:
    """Return the style of tests, the sibling's test file, and the file that shows the set-up."""
    tests = sorted(p for p in study.code.paths if _is_test_file(study, p))
    named = [p for p in tests if words is not None and words.mentions(PurePosixPath(p).stem)]
    own = study.code.source(named[0]) if named else None
    for path in tests:
        source = study.code.source(path)
        for helper in _helpers(study, source) if source is not None else ():
            style = _style(study, helper, guarded)
            if style is not None:
                study.learn("the application under test", At(helper.source, helper.node))
                return style, own, source
    return TestStyle(), own, None


def _is_test_file(study: Study, path: str) -> bool:
    return study.inside(path) and path.endswith("_test.go")


def _helpers(study: Study, source: Source) -> Iterator[Helper]:
    """Yield the functions that take no more than the test and give the application."""
    for node in study.code.root(source).named_children:
        if node.type != "function_declaration":
            continue
        name = study.language.function_name(source, node) or ""
        params = study.language.params(source, node)
        types = [source.text(p.type) for p in params if p.type is not None]
        result = node.child_by_field_name("result")
        if types not in (["*testing.T"], ["testing.TB"]) or result is None:
            continue
        if result.type == "parameter_list" or name.startswith("Test"):
            continue
        found = _application(study, source, result)
        if found is not None:
            yield Helper(source, node, name, *found)


def _application(study: Study, source: Source, result: Node) -> tuple[str, str, At | None] | None:
    """Return how the application, and the session, are had of a type; None where they are not."""
    typed = At(source, result)
    kinds = HANDLERS | study.types("router_types")
    if study.type_names(typed) & kinds:
        return "", "", None
    cls = next(iter(study.classes(typed)), None) or _in_tests(study, source, result)
    if cls is None:
        return None
    members = study.language.members(study.code, cls.source, cls.node)
    session = handler = ""
    for node in study.language.declarations(cls.node):
        declared = node.child_by_field_name("type")
        for name in node.children_by_field_name("name"):
            if declared is None:
                continue
            known = study.type_names(At(cls.source, declared))
            if known & kinds:
                handler = handler or f".{cls.source.text(name)}"
            if known & study.types("session"):
                session = session or f".{cls.source.text(name)}"
    here = study.module(cls.source) == study.module(source)
    session = session if here or session[1:2].isupper() else ""
    if "ServeHTTP" in members:
        return "", session, cls
    return (handler, session, cls) if handler and (here or handler[1:2].isupper()) else None


def _in_tests(study: Study, source: Source, result: Node) -> At | None:
    """Return a struct that a test file itself declares."""
    name = source.text(result).lstrip("*")
    for node in study.code.root(source).named_children:
        for spec in node.named_children if node.type == "type_declaration" else ():
            label = spec.child_by_field_name("name")
            if label is not None and source.text(label) == name:
                return At(source, spec)
    return None


def _style(study: Study, helper: Helper, guarded: bool) -> TestStyle | None:
    """Return the set-up with the way to sign in; None where one is needed and not seen."""
    held = "host" if helper.handler else "engine"
    lines = [f"{held} := {helper.name}(t)"]
    if helper.handler:
        lines.append(f"engine := host{helper.handler}")
    database = Snippet(f"{held}{helper.session}") if helper.session else None
    style = TestStyle(setup=Snippet("\n\t".join(lines)), database=database)
    if not guarded:
        return style
    for header, value in _headers(study, helper):
        plain = re.fullmatch(r"\"[^\"]*\"", value)
        if plain:
            sign = f"{{request}}.Header.Set({header}, {value})"
            return replace(style, sign=Snippet(sign))
        token = re.search(r"\b(token|jwt|accessToken)\b", value)
        login = _login(study, helper)
        if token is None or login is None:
            continue
        call = login.format(held)
        users = ", ".join(call.replace("{}", f'"{u}@example.com"') for u in ("first", "second"))
        setup = "\n\t".join([*lines, f'tokens := []string{{"", {users}}}'])
        shown = value[: token.start()] + "tokens[{user}]" + value[token.end() :]
        return replace(
            style,
            setup=Snippet(setup),
            sign=Snippet(f"{{request}}.Header.Set({header}, {shown})"),
        )
    return None


def _headers(study: Study, helper: Helper) -> Iterator[tuple[str, str]]:
    """Yield the headers that the tests of a file set, with their values as they are written."""
    for node in study.language.subtree(study.code.root(helper.source)):
        if node.type != "call_expression":
            continue
        found = HEADER.search(helper.source.text(node))
        if found and "content-type" not in found[1].lower() and "accept" not in found[1].lower():
            yield found[1], found[2].strip()


def _login(study: Study, helper: Helper) -> _Login | None:
    """Return the function or method of the tests that takes a name and gives a token."""
    for node in study.code.root(helper.source).named_children:
        if node.type not in ("function_declaration", "method_declaration"):
            continue
        name = study.language.function_name(helper.source, node) or ""
        result = node.child_by_field_name("result")
        params = study.language.params(helper.source, node)
        types = [helper.source.text(p.type) for p in params if p.type is not None]
        if result is None or helper.source.text(result) != "string" or not SIGNING.search(name):
            continue
        if node.type == "method_declaration" and types == ["string"] and _is_name(params[0].name):
            return _Login(f"{{}}.{name}({{}})")
        if types == ["*testing.T", "string"] and _is_name(params[1].name):
            return _Login(f"{name}(t, {{}})")
    return None


def _is_name(name: str) -> bool:
    return bool(re.search(r"mail|user|name", name, re.IGNORECASE))


class _Login(Struct, frozen=True):
    pattern: str

    def format(self, held: str) -> str:
        """Return the call, ``{}`` for who signs in."""
        method = self.pattern.startswith("{}.")
        return f"{held}{self.pattern[2:]}" if method else self.pattern
