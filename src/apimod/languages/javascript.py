"""JavaScript and TypeScript: the grammars, and what their expressions are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from apimod.codebase_paths import folder_of
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
    Module,
    Name,
    Spread,
    String,
    Subscript,
    TypeForm,
    Wrapped,
)
from apimod.languages.javascript_bind import Binder
from apimod.languages.javascript_defs import (
    CLASSES,
    FUNCTIONS,
    INERT,
    THIS,
    TYPES,
    JavaScriptDefinitions,
    children,
    field,
    heritage,
    key_text,
    unwrapped,
)
from apimod.languages.javascript_loops import looped
from apimod.languages.javascript_modules import JavaScriptModules
from apimod.languages.javascript_tests import JavaScriptTests

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.languages.scopes import Scopes
    from apimod.source import Source

TEST_PATH = re.compile(
    r"(^|/)(tests?|__tests__|__mocks__|__fixtures__|e2e|spec|specs|cypress|mocks)/"
    r"|[.-](test|tests|spec|e2e-spec|mock|stories|cy)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$"
    r"|(^|/)(jest|vitest|cypress|playwright|karma)\.[\w.]+$"
)
NAMES = frozenset(
    {"identifier", "type_identifier", "shorthand_property_identifier", "this", "super",
     "undefined"}
)  # fmt: skip
LITERALS = frozenset({"number", "true", "false", "null", "regex"})
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
GROUP = re.compile(r"\$(\d)")


class JavaScript(JavaScriptDefinitions, JavaScriptModules, JavaScriptTests, Language):
    """JavaScript and TypeScript, as the official grammars read them."""

    name = "javascript"
    blocks = frozenset({"program", "statement_block", "switch_body", "class_body"})
    constructors = ("constructor",)
    wraps: ClassVar[dict[str, int]] = {
        "Object.freeze": 0,
        "Object.seal": 0,
        "Array.from": 0,
        "Promise.resolve": 0,
        "Promise.all": 0,
        "String": 0,
        "Set": 0,
        "Map": 0,
        "structuredClone": 0,
        "url.fileURLToPath": 0,
        "util.promisify": 0,
    }
    text_functions = frozenset(
        {f"path.{p}{n}" for p in ("", "posix.") for n in ("join", "resolve", "normalize")}
        | {"path.basename", "path.dirname", "path.extname"}
    )
    views: ClassVar[dict[str, str]] = {
        "Object.entries": "items",
        "Object.values": "values",
        "Object.keys": "keys",
        "Reflect.ownKeys": "keys",
    }
    folders = frozenset({"fs.readdirSync", "fs.promises.readdir", "fs/promises.readdir"})
    same_lists = frozenset(
        {"filter", "flat", "slice", "reverse", "sort", "toSorted", "toReversed", "values"}
    )
    defaults = frozenset({"default"})
    fresh_fields = True
    files_are_modules = True

    def __init__(self) -> None:
        self._grammars: dict[str, tree_sitter.Language] = {}

    def grammar(self, path: str) -> tree_sitter.Language:
        kind = "tsx" if path.endswith(".tsx") else "ts" if path.endswith("ts") else "js"
        if kind not in self._grammars:
            import tree_sitter
            import tree_sitter_javascript as javascript
            import tree_sitter_typescript as typescript

            made = {
                "js": javascript.language,
                "ts": typescript.language_typescript,
                "tsx": typescript.language_tsx,
            }
            self._grammars[kind] = tree_sitter.Language(made[kind]())
        return self._grammars[kind]

    def is_test(self, path: str) -> bool:
        return TEST_PATH.search(path) is not None

    def bind(self, source: Source) -> Scopes:
        return Binder(self, source).run()

    def form(self, source: Source, node: Node) -> Form | None:
        kind = node.type
        if kind in NAMES:
            text = source.text(node)
            if kind == "super" and _is_called(node):
                return Name(THIS)
            return _here(source, text) or Name(text)
        if kind in LITERALS:
            return Constant(source.text(node))
        if kind in FUNCTIONS:
            return FunctionForm(node)
        if kind in CLASSES or kind in TYPES:
            return ClassForm(node)
        if kind in INERT:
            return Wrapped(unwrapped(node)) if node.named_children else None
        maker = MAKERS.get(kind)
        return maker(source, node) if maker else None

    def text_function(self, name: str, arguments: Sequence[str]) -> str | None:
        last = name.rpartition(".")[2]
        if not arguments:
            return None
        if last in ("join", "normalize"):
            return posixpath.normpath("/".join(a for a in arguments if a))
        if last == "resolve":
            return posixpath.normpath(posixpath.join(*arguments))
        if last == "basename":
            base = posixpath.basename(arguments[0])
            return base.removesuffix(arguments[1]) if len(arguments) > 1 else base
        if last == "dirname":
            return posixpath.dirname(arguments[0])
        return posixpath.splitext(arguments[0])[1]

    def text_method(self, name: str, text: str, arguments: Sequence[str]) -> str | None:
        if name in TEXT_METHODS and not arguments:
            return TEXT_METHODS[name](text)
        if name in ("replace", "replaceAll") and len(arguments) == 2:
            return _replaced(text, arguments[0], arguments[1], name == "replaceAll")
        if name in ("slice", "substring", "substr") and all(_is_number(a) for a in arguments):
            return text[slice(*(int(a) for a in arguments))] if len(arguments) in (1, 2) else None
        return None


TEXT_METHODS: dict[str, Callable[[str], str]] = {
    "trim": str.strip,
    "toLowerCase": str.lower,
    "toLocaleLowerCase": str.lower,
    "toUpperCase": str.upper,
    "toString": str,
    "valueOf": str,
    "normalize": str,
}


def _is_called(node: Node) -> bool:
    return node.parent is not None and node.parent.child_by_field_name("function") == node


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+", text) is not None


def _replaced(text: str, old: str, new: str, everywhere: bool) -> str | None:
    if not (old.startswith("/") and old.rfind("/") > 0):
        return text.replace(old, new, -1 if everywhere else 1)
    body, _, flags = old[1:].rpartition("/")
    try:
        pattern = re.compile(body, re.IGNORECASE if "i" in flags else 0)
        return pattern.sub(GROUP.sub(r"\\\1", new), text, count=0 if "g" in flags else 1)
    except re.error:
        return None


def _here(source: Source, name: str) -> Form | None:
    """Where the file is, as a path from the workspace."""
    if name == "__dirname":
        return String("/" + folder_of(source.path))
    return String("/" + source.path) if name == "__filename" else None


def _meta(source: Source, node: Node) -> Form | None:
    name = source.text(field(node, "property"))
    if name in ("url", "filename"):
        return String("/" + source.path)
    return String("/" + folder_of(source.path)) if name == "dirname" else None


def _member(source: Source, node: Node) -> Form | None:
    if field(node, "object").type == "meta_property":
        return _meta(source, node)
    return Member(field(node, "object"), source.text(field(node, "property")))


def _arguments(given: Node | None) -> tuple[Argument, ...]:
    if given is not None and given.type == "template_string":
        return (Argument(None, given),)
    return tuple(
        Argument(None, c.named_children[0], spread=True)
        if c.type == "spread_element"
        else Argument(None, c)
        for c in children(given)
    )


def _call(source: Source, node: Node) -> Form | None:
    function = field(node, "function")
    if function.type == "await_expression":  # await a.b<T>(c), as the grammar reads it
        function = unwrapped(function)
    given = node.child_by_field_name("arguments")
    if function.type == "import" or source.text(function) in ("require", "module.require"):
        specs = children(given)
        return Module(specs[0]) if specs else None
    arguments = _arguments(given)
    if function.type == "super":
        owner: Node | None = node
        while owner is not None and owner.type not in CLASSES:
            owner = owner.parent
        base = heritage(owner) if owner is not None else None
        return Call(base, arguments, initialises=function) if base is not None else None
    if function.type == "member_expression":
        name = source.text(field(function, "property"))
        target = field(function, "object")
        loop = looped(source, node)
        if loop is not None and name in ("map", "flatMap") and loop.body is not None:
            return Each(loop.function, loop.body)
        if loop is not None and name == "reduce" and loop.initial is not None:
            return Wrapped(loop.initial)
        if name == "bind" and arguments:
            return Wrapped(target)
        if name == "call" and arguments:
            return Call(target, arguments[1:])
        if name == "concat":
            return Joined((target, *(a.node for a in arguments)))
    return Call(function, arguments)


def _string(source: Source, node: Node) -> Form:
    return String(unescaped("".join(source.text(c) for c in node.named_children)))


def unescaped(text: str) -> str:
    """Return a literal's text with its escapes undone."""
    if "\\" not in text:
        return text

    def one(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        return chr(int(code, 16)) if code else SIMPLE.get(found[4], found[4])

    return ESCAPE.sub(one, text)


def _template(source: Source, node: Node) -> Form:
    parts: list[str | Node] = []
    for child in node.named_children:
        if child.type == "template_substitution":
            parts += child.named_children[:1]
        else:
            parts.append(unescaped(source.text(child)))
    if all(isinstance(p, str) for p in parts):
        return String("".join(p for p in parts if isinstance(p, str)))
    return Joined(tuple(parts))


def _binary(source: Source, node: Node) -> Form | None:
    left, right = field(node, "left"), field(node, "right")
    operator = field(node, "operator").type
    if operator == "+":
        return Joined((left, right))
    if operator in ("||", "??"):
        return Fallback((left, right))
    return Wrapped(right) if operator == "&&" else None


def _object(source: Source, node: Node) -> Form:
    entries: list[tuple[Node | str | None, Node]] = []
    for child in node.named_children:
        if child.type == "pair":
            key = field(child, "key")
            plain = key_text(source, key)
            inner = key.named_children[0] if not plain and key.named_children else key
            entries.append((plain or inner, field(child, "value")))
        elif child.type == "shorthand_property_identifier":
            entries.append((source.text(child), child))
        elif child.type == "method_definition":
            entries.append((key_text(source, field(child, "name")), child))
        elif child.type == "spread_element" and child.named_children:
            entries.append((None, child.named_children[0]))
    return Mapping(tuple(entries))


def _array(source: Source, node: Node) -> Form:
    return Listing(tuple(children(node)))


def _last(source: Source, node: Node) -> Form | None:
    return Wrapped(node.named_children[-1]) if node.named_children else None


MAKERS: dict[str, Callable[[Source, Node], Form | None]] = {
    "member_expression": _member,
    "nested_type_identifier": lambda s, n: Member(field(n, "module"), s.text(field(n, "name"))),
    "nested_identifier": lambda s, n: Member(field(n, "object"), s.text(field(n, "property"))),
    "call_expression": _call,
    "new_expression": lambda s, n: Call(
        field(n, "constructor"), _arguments(n.child_by_field_name("arguments"))
    ),
    "string": _string,
    "template_string": _template,
    "binary_expression": _binary,
    "ternary_expression": lambda s, n: Choice((field(n, "consequence"), field(n, "alternative"))),
    "object": _object,
    "array": _array,
    "spread_element": lambda s, n: Spread(n.named_children[0]),
    "subscript_expression": lambda s, n: Subscript(field(n, "object"), field(n, "index")),
    "assignment_expression": lambda s, n: Wrapped(field(n, "right")),
    "sequence_expression": _last,
    "expression_statement": _last,
    "type_alias_declaration": lambda s, n: Wrapped(field(n, "value")),
    "type_annotation": _last,
    "generic_type": lambda s, n: Wrapped(field(n, "name")),
    "type_query": _last,
    "literal_type": _last,
    "array_type": lambda s, n: TypeForm(n.named_children[0] if n.named_children else None),
}

LANGUAGE = JavaScript()
