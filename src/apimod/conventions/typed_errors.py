"""How handlers fail that give back a result: the project's own type of errors, variant by variant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from apimod.conventions.model import ErrorStyle
from apimod.conventions.typed_handlers import Handlers, argument
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from apimod.conventions.study import Study

KINDS = {
    "not_found": r"not_?found|missing|no_?such",
    "conflict": r"conflict|already_?exists|duplicate|taken|unique",
    "invalid": r"validation|invalid|unprocessable",
    "bad_request": r"bad_?request|malformed",
    "forbidden": r"forbidden|denied",
    "internal": r"internal|unexpected|unknown|server_?error",
}
_TEXT = re.compile(r"^(?:&'static\s+)?(?:String|str)$|^Cow<")
_FIELDS = re.compile(r"Map<\s*String\s*,\s*String\s*>$|FieldErrors$")
_UNPROCESSABLE = re.compile(r"UNPROCESSABLE_ENTITY|UnprocessableEntity|\b422\b")


def error_style(study: Study, found: Handlers) -> ErrorStyle:
    """Return how failures are told; what the project's type has no variant for stays None."""
    kind = _error_type(study, found)
    if kind is None:
        return ErrorStyle()
    typed, cls = kind
    name = study.language.qualified_name(cls.source, cls.node)
    study.learn(f"handlers fail with {name}", cls)
    need = study.snippet(typed).imports
    made: dict[str, Any] = {
        key: Snippet(f"{name}::{text}", need)
        for key, pattern in KINDS.items()
        if (text := _variant(study, cls, pattern))
    }
    return ErrorStyle(
        type=Snippet(name, need),
        validation=_status(study, cls),
        converts=frozenset(_conversions(study, name)),
        **made,
    )


def _error_type(study: Study, found: Handlers) -> tuple[At, At] | None:
    """Return the second argument of the handlers' results, or of an alias of results."""
    for handler in found.all:
        given = study.language.return_type(handler.at.source, handler.at.node)
        if given is None:
            continue
        for place in (handler.at.to(given), *study.ev.definition(handler.at.to(given))):
            for typed in _arguments(place):
                for cls in study.classes(typed):
                    if cls.node.type == "enum_item":
                        return typed, cls
    return None


def _arguments(typed: At) -> Iterator[At]:
    node: Node | None = typed.node
    if node is not None and node.type == "type_item":
        node = node.child_by_field_name("type")
    given = node.child_by_field_name("type_arguments") if node is not None else None
    children = given.named_children if given is not None else []
    yield from (typed.to(child) for child in reversed(children))


def _variant(study: Study, cls: At, pattern: str) -> str:
    """Return the expression for a variant whose name fits: ``NotFound``, ``Conflict({})``."""
    body = cls.node.child_by_field_name("body")
    for node in body.named_children if body is not None else ():
        name = node.child_by_field_name("name") if node.type == "enum_variant" else None
        if name is None:
            continue
        text = cls.source.text(name)
        if not re.search(pattern, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text).lower()):
            continue
        inside = node.child_by_field_name("body")
        if inside is None:
            return text
        types = [c for c in inside.named_children if c.type not in ("attribute_item",)]
        types = [c for c in types if not c.type.endswith(("comment", "modifier"))]
        if inside.type == "ordered_field_declaration_list" and len(types) == 1:
            held = cls.source.text(types[0])
            if _TEXT.search(held) or _FIELDS.search(held):
                return f"{text}({{}})"
    return ""


def _status(study: Study, cls: At) -> int:
    """Return the status of what is not valid: 422 where the type's own code names it, else 400."""
    name = study.language.qualified_name(cls.source, cls.node)
    for path in study.paths:
        source = study.code.source(path)
        if source is None or name.encode() not in source.data:
            continue
        for node in study.code.root(source).named_children:
            if node.type == "impl_item" and name in source.text(node).partition("{")[0]:
                if _UNPROCESSABLE.search(source.text(node)):
                    return 422
    return 400


def _conversions(study: Study, name: str) -> Iterator[str]:
    """Yield the types that turn into the type of errors by themselves, as they are written."""
    shape = re.compile(rf"\bimpl\s+From<([^>]+(?:<[^>]*>)?)>\s+for\s+{re.escape(name)}\b")
    for path in study.paths:
        source = study.code.source(path)
        if source is not None and name.encode() in source.data:
            text = source.data.decode("utf-8", "replace")
            yield from (match[1].strip() for match in shape.finditer(text))
            for match in re.finditer(r"#\[from\]\s*([\w:]+)", text):
                yield match[1]


__all__ = ["argument", "error_style"]
