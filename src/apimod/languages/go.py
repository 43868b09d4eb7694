"""Go: the grammar, and what its expressions are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from apimod.languages.base import Language
from apimod.languages.forms import (
    Argument,
    Call,
    Cast,
    ClassForm,
    Constant,
    Form,
    FunctionForm,
    Joined,
    Listing,
    Mapping,
    Member,
    Name,
    String,
    Subscript,
    TypeForm,
    Wrapped,
)
from apimod.languages.go_bind import Binder
from apimod.languages.go_defs import FUNCTIONS
from apimod.languages.go_modules import GoModules

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.languages.scopes import Scopes
    from apimod.source import Source

TEST_PATH = re.compile(r"_test\.go$|(^|/)(testdata|tests?|mocks?)/")
NAMES = frozenset({"identifier", "type_identifier", "package_identifier", "field_identifier"})
LITERALS = frozenset(
    {"int_literal", "float_literal", "rune_literal", "true", "false", "nil", "iota"}
)
LISTS = frozenset({"slice_type", "array_type", "implicit_length_array_type"})
ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", '\\"': '"'}
AFFIXES = {
    "strings.TrimSuffix": str.removesuffix,
    "strings.TrimPrefix": str.removeprefix,
    "strings.TrimRight": str.rstrip,
    "strings.TrimLeft": str.lstrip,
    "strings.Trim": str.strip,
}


class Go(GoModules, Language):
    """Go, as the official grammar reads it."""

    name = "go"
    blocks = frozenset({"source_file", "statement_list", "block"})
    environment: ClassVar[dict[str, int]] = {"os.Getenv": -1, "os.LookupEnv": -1}
    formatters: ClassVar[dict[str, str]] = {"fmt.Sprintf": "%"}
    constants: ClassVar[dict[str, str]] = {
        f"net/http.Method{verb.capitalize()}": verb
        for verb in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE")
    }
    wraps: ClassVar[dict[str, int]] = {"string": 0, "net/http.HandlerFunc": 0, "strings.Clone": 0}
    joins = frozenset({"append"})
    text_functions = frozenset({*AFFIXES, "path.Join", "strings.ToLower", "strings.ToUpper"})
    shares_modules = True
    declares = True
    single_result = False

    def __init__(self) -> None:
        self._grammar: tree_sitter.Language | None = None

    def grammar(self, path: str) -> tree_sitter.Language:
        if self._grammar is None:
            import tree_sitter
            import tree_sitter_go

            self._grammar = tree_sitter.Language(tree_sitter_go.language())
        return self._grammar

    def is_test(self, path: str) -> bool:
        return TEST_PATH.search(path) is not None

    def bind(self, source: Source) -> Scopes:
        return Binder(self, source).run()

    def form(self, source: Source, node: Node) -> Form | None:
        kind = node.type
        if kind in NAMES:
            return Name(source.text(node))
        if kind in LITERALS:
            return Constant(source.text(node))
        if kind in FUNCTIONS:
            return FunctionForm(node)
        if kind in ("type_spec", "struct_type", "interface_type"):
            return ClassForm(node)
        if kind in WRAPPED:
            inner = node.child_by_field_name(WRAPPED[kind]) if WRAPPED[kind] else None
            return Wrapped(inner or node.named_children[0]) if node.named_children else None
        maker = MAKERS.get(kind)
        return maker(source, node) if maker else None

    def text_function(self, name: str, arguments: Sequence[str]) -> str | None:
        if name in AFFIXES and len(arguments) == 2:
            return AFFIXES[name](arguments[0], arguments[1])
        if name == "path.Join":
            return posixpath.normpath("/".join(a for a in arguments if a)) if arguments else None
        if name in ("strings.ToLower", "strings.ToUpper") and arguments:
            return arguments[0].lower() if name.endswith("Lower") else arguments[0].upper()
        return None


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    return found if found is not None else node


def _call(source: Source, node: Node) -> Form | None:
    function = _field(node, "function")
    given = node.child_by_field_name("arguments")
    children = [c for c in given.named_children if c.type != "comment"] if given else []
    called = source.text(function) if function.type == "identifier" else ""
    if called == "make" and children and children[0].type in ("slice_type", "map_type"):
        return Listing(()) if children[0].type == "slice_type" else Mapping(())
    if called == "new" and len(children) == 1:
        return Call(children[0], (), constructs=True)
    arguments = [
        Argument(None, c.named_children[0], spread=True)
        if c.type == "variadic_argument"
        else Argument(None, c)
        for c in children
    ]
    return Call(function, tuple(arguments))


def _string(source: Source, node: Node) -> Form:
    text = source.text(node)[1:-1]
    if "\\" in text and node.type == "interpreted_string_literal":
        text = re.sub(r"\\.", lambda m: ESCAPES.get(m.group(), m.group()), text)
    return String(text)


def _binary(source: Source, node: Node) -> Form | None:
    if source.text(_field(node, "operator")) != "+":
        return None
    return Joined((_field(node, "left"), _field(node, "right")))


def _elements(body: Node) -> list[Node]:
    return [c for c in body.named_children if c.type in ("literal_element", "keyed_element")]


def _inner(node: Node) -> Node:
    return node.named_children[0] if node.type == "literal_element" else node


def _keyed(source: Source, body: Node) -> list[Argument]:
    out: list[Argument] = []
    for child in _elements(body):
        if child.type == "keyed_element":
            key, value = _field(child, "key"), _field(child, "value")
            out.append(Argument(source.text(key), _inner(value)))
        else:
            out.append(Argument(None, _inner(child)))
    return out


def _listing(body: Node) -> Listing:
    items = []
    for child in _elements(body):
        items.append(_inner(_field(child, "value") if child.type == "keyed_element" else child))
    return Listing(tuple(items))


def _mapping(source: Source, body: Node) -> Mapping:
    entries: list[tuple[Node | str | None, Node]] = []
    for child in _elements(body):
        if child.type == "keyed_element":
            entries.append((_inner(_field(child, "key")), _inner(_field(child, "value"))))
    return Mapping(tuple(entries))


def _composite(source: Source, node: Node) -> Form:
    kind, body = _field(node, "type"), _field(node, "body")
    return _literal_of(source, kind, body)


def _literal_of(source: Source, kind: Node, body: Node) -> Form:
    if kind.type in LISTS:
        return _listing(body)
    if kind.type == "map_type":
        return _mapping(source, body)
    given = _elements(body)
    keys = [_inner(_field(c, "key")).type for c in given if c.type == "keyed_element"]
    if keys and all(k.endswith("string_literal") for k in keys):
        return _mapping(source, body)
    if given and not keys and all(_inner(c).type == "literal_value" for c in given):
        return _listing(body)
    return Call(kind, tuple(_keyed(source, body)), constructs=True)


def _elided(source: Source, node: Node) -> Form | None:
    """``{…}`` inside a composite literal: its type is the element type of what is around."""
    depth = 0
    outer = node.parent
    while outer is not None and outer.type != "composite_literal":
        depth += outer.type == "literal_value"
        outer = outer.parent
    if outer is None:
        return None
    kind: Node | None = _field(outer, "type")
    named = False
    for _ in range(depth):
        if kind is None:
            return None
        if kind.type in LISTS:
            kind = kind.child_by_field_name("element")
        elif kind.type == "map_type":
            kind = kind.child_by_field_name("value")
        elif named:
            return None
        else:
            named = True
    while kind is not None and kind.type == "pointer_type":
        kind = kind.named_children[0]
    if kind is None:
        return None
    form = _literal_of(source, kind, node)
    if named and isinstance(form, Call):
        return Call(form.function, form.arguments, constructs=True, elided=True)
    return form


def _list(source: Source, node: Node) -> Form:
    children = [c for c in node.named_children if c.type != "comment"]
    return Wrapped(children[0]) if len(children) == 1 else Listing(tuple(children))


def _arguments(source: Source, node: Node) -> Form:
    return Listing(tuple(c for c in node.named_children if c.type != "comment"))


def _bare_return(source: Source, node: Node) -> Form | None:
    """``return`` alone gives the named results."""
    function: Node | None = node
    while function is not None and function.type not in FUNCTIONS:
        function = function.parent
    result = function.child_by_field_name("result") if function is not None else None
    for child in result.named_children if result is not None else ():
        for name in child.children_by_field_name("name"):
            return Name(source.text(name))
    return None


def _assertion(source: Source, node: Node) -> Form:
    return Cast(_field(node, "operand"), _field(node, "type"))


def _unary(source: Source, node: Node) -> Form | None:
    return Wrapped(_field(node, "operand")) if node.children[0].type in ("&", "*") else None


WRAPPED = {
    "parenthesized_expression": "",
    "type_conversion_expression": "operand",
    "pointer_type": "",
    "parenthesized_type": "",
    "generic_type": "type",
    "literal_element": "",
    "slice_expression": "operand",
    "expression_statement": "",
    "type_alias": "type",
    "type_elem": "",
}
MAKERS: dict[str, Callable[[Source, Node], Form | None]] = {
    "selector_expression": lambda s, n: Member(_field(n, "operand"), s.text(_field(n, "field"))),
    "qualified_type": lambda s, n: Member(_field(n, "package"), s.text(_field(n, "name"))),
    "call_expression": _call,
    "interpreted_string_literal": _string,
    "raw_string_literal": _string,
    "binary_expression": _binary,
    "composite_literal": _composite,
    "literal_value": _elided,
    "expression_list": _list,
    "argument_list": _arguments,
    "return_statement": _bare_return,
    "type_assertion_expression": _assertion,
    "unary_expression": _unary,
    "index_expression": lambda s, n: Subscript(_field(n, "operand"), _field(n, "index")),
    "slice_type": lambda s, n: TypeForm(n.child_by_field_name("element")),
    "map_type": lambda s, n: TypeForm(n.child_by_field_name("value")),
}

LANGUAGE = Go()
