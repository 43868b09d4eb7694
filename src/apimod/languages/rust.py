"""Rust: the grammar, and what its expressions are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from apimod.languages import rust_macros
from apimod.languages.base import Language
from apimod.languages.forms import (
    Argument,
    Call,
    Choice,
    ClassForm,
    Constant,
    Fallback,
    Form,
    FunctionForm,
    Joined,
    Listing,
    Member,
    Name,
    String,
    Subscript,
    Wrapped,
)
from apimod.languages.rust_bind import ANNOTATION, Binder
from apimod.languages.rust_defs import CLASSES, FUNCTIONS, annotation_arguments, called, plain
from apimod.languages.rust_modules import RustModules

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.scopes import Scopes
    from apimod.source import Source

TEST_PATH = re.compile(
    r"(^|/)(tests|benches|fuzz)/|(^|/)examples/([^/]+|[^/]+/main)\.rs$|(^|/)(tests?|test_\w+|\w+_tests?)\.rs$"
)
NAMES = frozenset(
    "identifier type_identifier field_identifier shorthand_field_identifier primitive_type crate "
    "self super".split()
)
LITERALS = frozenset(
    {"integer_literal", "float_literal", "boolean_literal", "char_literal", "negative_literal"}
)
SAME = frozenset(
    "clone cloned copied to_string to_owned into try_into as_str as_ref as_mut as_deref as_slice "
    "borrow borrow_mut unwrap expect unwrap_or_default iter iter_mut into_iter to_vec into_boxed_str "
    "collect boxed boxed_local into_string into_inner leak deref by_ref lock".split()
)
"""Methods of the standard library that give what they are called on, as far as values go."""
HOLE = re.compile(r"\{\{|\}\}|\{(\w*)(?::[^{}]*)?\}")
ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", '\\"': '"', "\\'": "'", "\\0": "\0"}


class Rust(RustModules, Language):
    """Rust, as the official grammar reads it, macros taken for calls."""

    name = "rust"
    blocks = frozenset({"source_file", "block", "declaration_list"})
    environment: ClassVar[dict[str, int]] = {"std.env.var": -1, "std.env.var_os": -1}
    wraps: ClassVar[dict[str, int]] = {
        **{f"std.{name}": 0 for name in (
            "sync.Arc.new", "rc.Rc.new", "boxed.Box.new", "boxed.Box.pin", "option.Option.Some",
            "result.Result.Ok", "string.String.from", "borrow.Cow.Borrowed", "borrow.Cow.from",
            "future.ready", "convert.identity", "sync.Mutex.new", "sync.RwLock.new", "cell.RefCell.new",
            "iter.once", "vec.Vec.from",
        )},
        "core.future.ready": 0, "futures.future.ok": 0, "futures.future.ready": 0,
    }  # fmt: skip
    single_result = False

    def __init__(self) -> None:
        self._grammar: tree_sitter.Language | None = None

    def grammar(self, path: str) -> tree_sitter.Language:
        if self._grammar is None:
            import tree_sitter
            import tree_sitter_rust

            self._grammar = tree_sitter.Language(tree_sitter_rust.language())
        return self._grammar

    def tree(self, source: Source) -> tree_sitter.Tree:
        return source.tree_of(
            self.grammar(source.path),
            lambda data, tree, parser: rust_macros.readable(data, tree.root_node, parser),
        )

    def absolute(self, code: Codebase, source: Source, module: str) -> str:
        from apimod.languages.rust_paths import own_path
        from apimod.languages.rust_use import absolute, parts

        inner, _, path = module.rpartition("|")
        here = (*parts(own_path(self, code, source)), *parts(inner))
        return "::".join(absolute(parts(path or "self"), here))

    def import_base(self, code: Codebase, source: Source) -> str:
        from apimod.languages.rust_paths import own_path

        return own_path(self, code, source)

    def parsed(self, source: Source, node: Node) -> Node | None:
        if node.type != "string_literal":
            return None
        start, end = node.start_byte + 1, node.end_byte - 1
        root = source.part(self.grammar(source.path), start, end, b";")
        first = root.named_children[0] if root.named_children else None
        if first is None or root.has_error or first.type != "expression_statement":
            return None
        return first.named_children[0]

    def is_test(self, path: str) -> bool:
        return TEST_PATH.search(path) is not None

    def bind(self, source: Source) -> Scopes:
        return Binder(self, source).run()

    def form(self, source: Source, node: Node) -> Form | None:
        kind = node.type
        if kind in NAMES:
            return Name(_name(source, node))
        if kind in LITERALS:
            return Constant(source.text(node))
        if kind in FUNCTIONS:
            return FunctionForm(node)
        if kind in CLASSES:
            return ClassForm(node)
        if kind in WRAPPED:
            inner = node.child_by_field_name(WRAPPED[kind]) if WRAPPED[kind] else None
            inner = inner or next(iter(plain(node)[-1:]), None)
            return Wrapped(inner) if inner is not None else None
        maker = MAKERS.get(kind)
        return maker(source, node) if maker else None

    def text_method(self, name: str, text: str, arguments: Sequence[str]) -> str | None:
        given = arguments[0] if arguments else ""
        if name.startswith("trim"):
            cut = given or None
            whole = name in ("trim", "trim_matches")
            if whole or "start" in name:
                text = text.lstrip(cut)
            return text.rstrip(cut) if whole or "end" in name else text
        if name in ("to_lowercase", "to_ascii_lowercase"):
            return text.lower()
        if name in ("to_uppercase", "to_ascii_uppercase"):
            return text.upper()
        if name == "replace" and len(arguments) == 2:
            return text.replace(given, arguments[1])
        return None


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    return found if found is not None else node


def _name(source: Source, node: Node) -> str:
    """Return a name; a macro's ends in ``!``, and one that begins a path in ``::``.

    Modules and types have names of their own, beside those of functions and variables.
    """
    text = source.text(node)
    parent = node.parent
    if parent is not None and parent.type in PATHS and text not in ("crate", "super"):
        path = parent.child_by_field_name("path")
        if path is not None and path == node:
            return text + "::"
    if parent is not None and parent.type == "attribute" and parent.named_children[0] == node:
        return text + ANNOTATION
    return text + "!" if _is_macro(source, node) else text


def _is_macro(source: Source, node: Node) -> bool:
    data = source.data
    return data[node.end_byte : node.end_byte + 1] == b"!" and (
        data[node.end_byte + 1 : node.end_byte + 2] != b"="
    )


def _scoped(source: Source, node: Node) -> Form:
    path, name = node.child_by_field_name("path"), _field(node, "name")
    text = source.text(name) + ("!" if _is_macro(source, name) else "")
    return Member(path, text) if path is not None else Name(text)


def _call(source: Source, node: Node) -> Form | None:
    function = called(node)
    given = node.child_by_field_name("arguments")
    nodes = plain(given) if given is not None else []
    if function.type == "field_expression":
        method, on = source.text(_field(function, "field")), _field(function, "value")
        if method in SAME:
            return Wrapped(on)
        if method == "unwrap_or" and nodes:
            return Fallback((on, nodes[0]))
        if method in ("unwrap_or_else", "or_else") and nodes:
            body = nodes[0].child_by_field_name("body")
            return Fallback((on, body)) if body is not None else Wrapped(on)
        if method == "concat" and not nodes:
            whole = form_of(source, on)
            return Joined(whole.items) if isinstance(whole, Listing) else Wrapped(on)
        if method == "chain" and len(nodes) == 1:
            return Joined((on, nodes[0]))
    elif _is_macro(source, function):
        form = _macro(source, source.text(function).rpartition("::")[2], nodes)
        if form is not None:
            return form
    elif source.text(function).replace(" ", "") in EMPTY:
        return Listing(())
    elif function.type == "scoped_identifier" and not nodes:
        path = function.child_by_field_name("path")
        if path is not None and source.text(_field(function, "name")) == "default":
            return Call(path, (), constructs=True)
    return Call(function, tuple(Argument(None, n) for n in nodes))


PATHS = frozenset({"scoped_identifier", "scoped_type_identifier"})
EMPTY = frozenset({"Vec::new", "Vec::with_capacity", "vec::Vec::new", "Vec::default"})


def _macro(source: Source, name: str, nodes: list[Node]) -> Form | None:
    """Return what a macro of the standard library gives."""
    if name == "vec":
        return Listing(tuple(nodes))
    if name == "concat":
        return Joined(tuple(nodes))
    if name == "format" and nodes:
        return _format(source, nodes)
    return Wrapped(nodes[0]) if name == "dbg" and nodes else None


def _format(source: Source, nodes: list[Node]) -> Form | None:
    """``format!("{}/{x}", a)``: the pieces of the pattern, and what stands in its holes."""
    pattern = _string(source, nodes[0])
    if not isinstance(pattern, String):
        return None
    named = {
        source.text(_field(n, "left")): _field(n, "right")
        for n in nodes[1:]
        if n.type == "assignment_expression"
    }
    given = [n for n in nodes[1:] if n.type != "assignment_expression"]
    parts: list[str | Node | Name] = []
    end = count = 0
    for hole in HOLE.finditer(pattern.text):
        parts.append(pattern.text[end : hole.start()])
        end, name = hole.end(), hole.group(1)
        if name is None:
            parts.append(hole.group()[0])
        elif name and not name.isdigit():
            parts.append(named.get(name) or Name(name))
        else:
            index = int(name) if name else count
            count += not name
            parts.append(given[index] if index < len(given) else hole.group())
    parts.append(pattern.text[end:])
    return Joined(tuple(p for p in parts if p != ""))


def _string(source: Source, node: Node) -> Form | None:
    text = source.text(node)
    if node.type == "raw_string_literal":
        return String(re.sub(r'^b?r#*"|"#*$', "", text))
    if node.type != "string_literal":
        return None
    text = text[text.index('"') + 1 : -1]
    if "\\" in text:
        text = re.sub(r"\\\n\s*", "", text)
        text = re.sub(r"\\.", lambda m: ESCAPES.get(m.group(), m.group()), text)
    return String(text)


def _construct(source: Source, node: Node) -> Form:
    body = node.child_by_field_name("body")
    arguments: list[Argument] = []
    for child in body.named_children if body is not None else ():
        if child.type == "field_initializer":
            name = child.child_by_field_name("field") or child.named_children[0]
            arguments.append(Argument(source.text(name), _field(child, "value")))
        elif child.type == "shorthand_field_initializer":
            inner = child.named_children[-1]
            arguments.append(Argument(source.text(inner), inner))
    return Call(_field(node, "name"), tuple(arguments), constructs=True)


def _array(source: Source, node: Node) -> Form | None:
    if any(c.type == ";" for c in node.children):
        return None
    return Listing(tuple(plain(node)))


def _block(source: Source, node: Node) -> Form | None:
    last = next(iter(plain(node)[-1:]), None)
    if last is None or last.type == "let_declaration" or last.type.endswith("_item"):
        return None
    if last.type == "expression_statement":
        inner = last.named_children[0] if last.named_children else None
        if inner is None or (last.children[-1].type == ";" and inner.type != "return_expression"):
            return None
        return Wrapped(inner)
    return Wrapped(last)


def _if(source: Source, node: Node) -> Form:
    options = [_field(node, "consequence")]
    otherwise = node.child_by_field_name("alternative")
    if otherwise is not None:
        options += otherwise.named_children[-1:]
    return Choice(tuple(options))


def _match(source: Source, node: Node) -> Form:
    arms = [c for c in _field(node, "body").named_children if c.type == "match_arm"]
    return Choice(tuple(_field(a, "value") for a in arms))


def _binary(source: Source, node: Node) -> Form | None:
    if source.text(_field(node, "operator")) != "+":
        return None
    return Joined((_field(node, "left"), _field(node, "right")))


def _unary(source: Source, node: Node) -> Form | None:
    if node.children[0].type == "*":
        return Wrapped(node.named_children[-1])
    return Constant(source.text(node)) if node.children[0].type == "-" else None


def _index(source: Source, node: Node) -> Form | None:
    parts = plain(node)
    if len(parts) != 2:
        return None
    return Wrapped(parts[0]) if parts[1].type == "range_expression" else Subscript(*parts)


def _annotation(source: Source, node: Node) -> Form | None:
    path = next((c for c in node.named_children if c.type != "token_tree"), None)
    return Call(path, annotation_arguments(source, node)) if path is not None else None


WRAPPED = {
    "generic_function": "function",
    "generic_type": "type",
    "generic_type_with_turbofish": "type",
    "reference_type": "type",
    "pointer_type": "type",
    "dynamic_type": "trait",
    "abstract_type": "trait",
    "bracketed_type": "",
    "qualified_type": "type",
    "reference_expression": "value",
    "type_cast_expression": "value",
    "try_expression": "",
    "await_expression": "",
    "parenthesized_expression": "",
    "async_block": "",
    "unsafe_block": "",
    "const_block": "body",
    "expression_statement": "",
    "return_expression": "",
    "else_clause": "",
    "type_item": "type",
    "field_initializer": "value",
    "attribute_item": "",
}
MAKERS: dict[str, Callable[[Source, Node], Form | None]] = {
    "scoped_identifier": _scoped,
    "scoped_type_identifier": _scoped,
    "field_expression": lambda s, n: Member(_field(n, "value"), s.text(_field(n, "field"))),
    "call_expression": _call,
    "struct_expression": _construct,
    "string_literal": _string,
    "raw_string_literal": _string,
    "array_expression": _array,
    "tuple_expression": lambda s, n: Listing(tuple(plain(n))),
    "block": _block,
    "if_expression": _if,
    "match_expression": _match,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "index_expression": _index,
    "attribute": _annotation,
}

LANGUAGE = Rust()
form_of = LANGUAGE.form
