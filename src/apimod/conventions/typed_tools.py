"""What a project of functions and structs has already: a hasher of secrets, conversions of errors.

Which calls hash, and which words tell one failure of the store from another, is the units' to say:
``[conventions] hashes`` and ``[conventions.failures]``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from apimod.conventions.typed_handlers import Handlers
from apimod.conventions.typed_structs import derives, notes_on
from apimod.languages.buffer import ImportNeed
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.source import Source

TEXTS = ("&str", "&String")
_RESULT = re.compile(r"^(?:\w+::)*Result<\s*String\b")


def shows_itself(study: Study, model: At) -> bool:
    """Tell whether a row travels as it is: its own struct is written on the wire."""
    names = [name.strip().rpartition("::")[2] for name in derives(study, model).text.split(",")]
    return "Serialize" in names


def security(study: Study, found: Handlers, units: Collection[str]) -> Snippet | None:
    """Return what the handlers' documentation says of who may call, as most of them say it."""
    patterns = [
        str(pattern)
        for unit in study.units
        if unit.name in units and (pattern := unit.table("conventions").get("security"))
    ]
    shown = [
        match[0]
        for handler in found.all
        for pattern in patterns
        for match in re.finditer(pattern, notes_on(study, handler.at))
    ]
    return Snippet(max(dict.fromkeys(shown), key=shown.count)) if shown else None


def hashes_secrets(study: Study, units: Collection[str]) -> Snippet | None:
    """Return the project's own function from a text to a result with its hash; None without one."""
    calls = {n for u in study.units if u.name in units for n in u.names("conventions", "hashes")}
    for path in study.paths if calls else ():
        source = study.code.source(path)
        if source is None or not any(call.encode() in source.data for call in calls):
            continue
        for kind, node in _functions(source, study.code.root(source)):
            if _hashes(study, source, node, calls):
                study.learn("what hashes secrets", At(source, node))
                return _called(study, source, kind, node)
    return None


def _functions(source: Source, root: Node) -> Iterator[tuple[str, Node]]:
    """Yield the functions at the top of a file, and those of its types with the types' names."""
    for node in root.named_children:
        if node.type == "function_item":
            yield "", node
        elif node.type == "impl_item" and node.child_by_field_name("trait") is None:
            typed, body = node.child_by_field_name("type"), node.child_by_field_name("body")
            for inner in body.named_children if body is not None and typed is not None else ():
                if inner.type == "function_item" and typed is not None:
                    yield source.text(typed), inner


def _hashes(study: Study, source: Source, node: Node, calls: Collection[str]) -> bool:
    given = node.child_by_field_name("return_type")
    public = any(child.type == "visibility_modifier" for child in node.children)
    types = [source.text(p.type) for p in study.language.params(source, node) if p.type is not None]
    if not public or given is None or len(types) != 1 or types[0] not in TEXTS:
        return False
    if not _RESULT.match(source.text(given)):
        return False
    words = "|".join(map(re.escape, calls))
    return re.search(rf"\b(?:{words})\s*\(", source.text(node).partition("{")[2]) is not None


def _called(study: Study, source: Source, kind: str, node: Node) -> Snippet:
    """Return the call of a function of another module."""
    name = study.language.function_name(source, node) or ""
    if kind:
        return Snippet(f"{kind}::{name}({{}})", (ImportNeed(study.module(source), kind),))
    module = study.module(source)
    last = re.split(r"::|\.", module)[-1]
    parent = module[: -len(last)].rstrip(":.")
    if not parent:
        return Snippet(f"{name}({{}})", (ImportNeed(module, name),))
    return Snippet(f"{last}::{name}({{}})", (ImportNeed(parent, last),))


def conversions(study: Study, name: str, units: Collection[str]) -> tuple[set[str], set[str]]:
    """Return the types that turn into the type of errors ``name``, and the failures told apart so.

    Types are named as they are written and by their whole paths.
    """
    rows = [u.table("conventions").get("failures", {}) for u in study.units if u.name in units]
    types: set[str] = set()
    kinds: set[str] = set()
    for path in study.paths:
        source = study.code.source(path)
        if source is None or name.encode() not in source.data:
            continue
        for node in study.code.root(source).named_children:
            given = _from(source, node, name)
            if given is None:
                continue
            types |= {source.text(given)}
            types |= {n.replace(".", "::") for n in study.type_names(At(source, given))}
            text = source.text(node)
            kinds |= {
                str(kind) for row in rows for word, kind in row.items() if _names(text, str(word))
            }
    return types, kinds


def _names(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(re.split(r'[.:]', word)[-1])}\b", text) is not None


def _from(source: Source, node: Node, name: str) -> Node | None:
    """Return what an ``impl From<…> for name`` converts."""
    if node.type != "impl_item":
        return None
    trait, typed = node.child_by_field_name("trait"), node.child_by_field_name("type")
    if trait is None or typed is None or source.text(typed) != name:
        return None
    arguments = trait.child_by_field_name("type_arguments")
    given = arguments.named_children if arguments is not None else []
    return given[0] if source.text(trait).startswith("From<") and given else None
