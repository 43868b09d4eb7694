"""Python: the grammar, and what its expressions are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from apimod.languages.base import Language
from apimod.languages.forms import (
    Argument,
    Call,
    Choice,
    ClassForm,
    Constant,
    Each,
    Fallback,
    Form,
    FunctionForm,
    Joined,
    Listing,
    Mapping,
    Member,
    Name,
    Spread,
    String,
    Subscript,
    Wrapped,
)
from apimod.languages.python_bind import Binder
from apimod.languages.python_defs import PythonDefinitions
from apimod.languages.python_modules import PythonModules

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.languages.scopes import Scopes
    from apimod.source import Source

TEST_PATH = re.compile(r"(^|/)(tests?|testing)/|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$")
HOLE = re.compile(r"%[sdr]")
LITERALS = frozenset({"integer", "float", "true", "false", "none"})
WRAPPERS = frozenset({"parenthesized_expression", "await", "type", "expression_statement"})
ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", "\\'": "'", '\\"': '"'}


class Python(PythonDefinitions, PythonModules, Language):
    """Python 3, as the official grammar reads it."""

    name = "python"
    blocks = frozenset({"module", "block"})
    constructors = ("__init__",)
    callables = ("__call__",)
    environment: ClassVar[dict[str, int]] = {
        "os.getenv": 1,
        "os.environ.get": 1,
        "os.environ.setdefault": 1,
    }
    formatters: ClassVar[dict[str, str]] = {"str.format": "{}"}
    wraps: ClassVar[dict[str, int]] = {
        "str": 0,
        "list": 0,
        "tuple": 0,
        "iter": 0,
        "sorted": 0,
        "reversed": 0,
        "functools.lru_cache()()": 0,
        "functools.partial": 0,
        "typing.cast": 1,
    }

    def __init__(self) -> None:
        self._grammar: tree_sitter.Language | None = None

    def grammar(self, path: str) -> tree_sitter.Language:
        if self._grammar is None:
            import tree_sitter
            import tree_sitter_python

            self._grammar = tree_sitter.Language(tree_sitter_python.language())
        return self._grammar

    def is_test(self, path: str) -> bool:
        return TEST_PATH.search(path) is not None

    def bind(self, source: Source) -> Scopes:
        return Binder(self, source).run()

    def form(self, source: Source, node: Node) -> Form | None:
        kind = node.type
        if kind == "identifier":
            return Name(source.text(node))
        if kind in LITERALS:
            return Constant(source.text(node))
        if kind in WRAPPERS:
            inner = node.named_children
            return Wrapped(inner[0]) if inner else None
        if kind in ("function_definition", "lambda"):
            return FunctionForm(node)
        if kind == "class_definition":
            return ClassForm(node)
        if kind in ("list", "tuple", "set", "expression_list", "pattern_list"):
            return Listing(tuple(c for c in node.named_children if c.type != "comment"))
        maker = MAKERS.get(kind)
        return maker(source, node) if maker else None

    def text_method(self, name: str, text: str, arguments: Sequence[str]) -> str | None:
        if name in ("strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "replace"):
            try:
                result: str = getattr(text, name)(*arguments)
            except TypeError:
                return None
            return result
        if name in ("lower", "upper", "title", "capitalize") and not arguments:
            return str(getattr(text, name)())
        return None


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    return found if found is not None else node


def _member(source: Source, node: Node) -> Form:
    return Member(_field(node, "object"), source.text(_field(node, "attribute")))


def _call(source: Source, node: Node) -> Form:
    given = node.child_by_field_name("arguments")
    arguments = []
    if given is not None and given.type == "generator_expression":
        arguments.append(Argument(None, given))
    elif given is not None:
        for child in given.named_children:
            if child.type == "keyword_argument":
                name = source.text(_field(child, "name"))
                arguments.append(Argument(name, _field(child, "value")))
            elif child.type == "list_splat":
                arguments.append(Argument(None, child.named_children[0], spread=True))
            elif child.type == "dictionary_splat":
                arguments.append(Argument("**", child.named_children[0], spread=True))
            elif child.type != "comment":
                arguments.append(Argument(None, child))
    return Call(_field(node, "function"), tuple(arguments))


def string_text(source: Source, node: Node) -> str:
    """Return the text of a literal string without interpolations, simple escapes undone."""
    raw = "r" in source.text(node.children[0]).lower() if node.children else False
    text = "".join(source.text(c) for c in node.named_children if c.type == "string_content")
    if "\\" in text and not raw:
        text = re.sub(r"\\.", lambda m: ESCAPES.get(m.group(), m.group()), text)
    return text


def _string(source: Source, node: Node) -> Form:
    if not any(c.type == "interpolation" for c in node.named_children):
        return String(string_text(source, node))
    parts: list[str | Node] = []
    for child in node.named_children:
        if child.type == "interpolation":
            parts.append(_field(child, "expression"))
        elif child.type == "string_content":
            parts.append(source.text(child).replace("{{", "{").replace("}}", "}"))
    return Joined(tuple(parts))


def _binary(source: Source, node: Node) -> Form | None:
    left, right = _field(node, "left"), _field(node, "right")
    operator = source.text(_field(node, "operator"))
    if operator == "+":
        return Joined((left, right))
    if operator == "|":
        return Choice((left, right))
    if operator == "&":
        return Listing((left, right))
    if operator == "%" and left.type == "string":
        values = list(right.named_children) if right.type == "tuple" else [right]
        parts: list[str | Node] = []
        for index, piece in enumerate(HOLE.split(string_text(source, left))):
            if index and index <= len(values):
                parts.append(values[index - 1])
            parts.append(piece)
        return Joined(tuple(parts))
    return None


def _boolean(source: Source, node: Node) -> Form:
    options = (_field(node, "left"), _field(node, "right"))
    return Fallback(options) if source.text(_field(node, "operator")) == "or" else Choice(options)


def _dictionary(source: Source, node: Node) -> Form:
    entries: list[tuple[Node | str | None, Node]] = []
    for child in node.named_children:
        if child.type == "pair":
            entries.append((_field(child, "key"), _field(child, "value")))
        elif child.type == "dictionary_splat":
            entries.append((None, child.named_children[0]))
    return Mapping(tuple(entries))


def _conditional(source: Source, node: Node) -> Form:
    """``a if test else b``: a parameter may decide, a setting in capitals does not."""
    first, test, other = node.named_children[:3]
    decides = test.type == "identifier" and not source.text(test).isupper()
    return Choice((first, other), test if decides else None)


def _comprehension(source: Source, node: Node) -> Form:
    return Each(node, _field(node, "body"))


MAKERS: dict[str, Callable[[Source, Node], Form | None]] = {
    "attribute": _member,
    "call": _call,
    "string": _string,
    "concatenated_string": lambda s, n: Joined(
        tuple(c for c in n.named_children if c.type == "string")
    ),
    "binary_operator": _binary,
    "boolean_operator": _boolean,
    "conditional_expression": _conditional,
    "dictionary": _dictionary,
    "list_comprehension": _comprehension,
    "generator_expression": _comprehension,
    "set_comprehension": _comprehension,
    "list_splat": lambda s, n: Spread(n.named_children[0]),
    "subscript": lambda s, n: Subscript(_field(n, "value"), _field(n, "subscript")),
    "decorated_definition": lambda s, n: Wrapped(_field(n, "definition")),
    "named_expression": lambda s, n: Wrapped(_field(n, "value")),
}

LANGUAGE = Python()
