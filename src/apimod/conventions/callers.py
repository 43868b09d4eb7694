"""How a handler knows its caller, and whether the sibling's rows belong to callers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.conventions.answers import functions
from apimod.conventions.model import OwnerStyle
from apimod.conventions.pieces import piece
from apimod.conventions.stored import declaration, owner_field, typed_needs, unit_of
from apimod.conventions.tags import Tagged
from apimod.errors import Refused
from apimod.languages import forms
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.anatomy import Anatomy, Handler
    from apimod.conventions.study import Study
    from apimod.rename import Renamer

READING = ("list", "get")
CHANGING = ("update", "delete")


def owner_style(
    study: Study, parts: Anatomy, model: At, found: list[Tagged], words: Renamer
) -> OwnerStyle | None:
    """Return how rows belong to the caller; None where they do not.

    Raises Refused where they do, and how cannot be said in one expression, or only in part.
    """
    one, unit = owner_field(found), unit_of(study, model)
    create = parts.handlers.get("create")
    if one is None or one.at is None or unit is None or create is None:
        return None
    given = _stamped(study, parts, one.name)
    if given is None or _from_request(study, create, given):
        return None
    caller = inlined(study, given, create, words)
    if caller is None:
        raise Refused(
            f"the rows belong to callers ({one.name}), and how a handler knows its caller is not one "
            "expression that could be written again",
            where=f"{given.source.path}:{given.line}",
            advice="follow another resource with --like",
            flag="--like",
        )
    scoped = {op: _mentions(study, parts.handlers[op], given, caller)
              for op in (*READING, *CHANGING) if op in parts.handlers}  # fmt: skip
    if not any(scoped.values()):
        return None
    reading = [op for op in READING if op in scoped]
    if not all(scoped[op] for op in reading):
        raise Refused(
            "everybody may read the rows here and only their owners may change them, which is not "
            "generated yet",
            where=f"{given.source.path}:{given.line}",
            advice="follow another resource with --like",
            flag="--like",
        )
    study.learn("rows belong to a user", one.at)
    kind = one.kind(unit)
    needs = (*typed_needs(study, one.at, one.type), *caller.imports)
    return OwnerStyle(
        field=one.column(unit),
        user_id=caller.text,
        id_type=kind if kind in ("uuid", "string") else "int",
        annotation=Snippet(one.type.lstrip("*"), needs),
        declaration=declaration(study, one, words),
        reference=reference_of(study, one.column(unit))[0],
        on_delete=reference_of(study, one.column(unit))[1],
        readable=bool(one.wire),
        symbol=one.name,
        wire=one.wire,
    )


def _stamped(study: Study, parts: Anatomy, field: str) -> At | None:
    """Return the expression, in the handler, by which a new row gets its owner."""
    create = parts.handlers["create"]
    here = _assigned(study, create.inner, field)
    if here is not None:
        return here
    for call in _calls(create.inner):
        for function in functions(study, call):
            inside = _assigned(study, function, field)
            form = study.ev.form(call)
            if inside is None or not isinstance(form, forms.Call):
                continue
            names = [p.name for p in study.language.params(function.source, function.node)]
            text = inside.source.text(inside.node)
            if text in names and names.index(text) < len(form.arguments):
                return call.to(form.arguments[names.index(text)].node)
    return None


def _calls(function: At) -> Iterator[At]:
    stack = [function.node]
    while stack:
        node = stack.pop()
        if node.type == "call_expression":
            yield function.to(node)
        stack.extend(reversed(node.named_children))


def _assigned(study: Study, function: At, field: str) -> At | None:
    """Return what a function gives a field: in a literal, or by an assignment."""
    for node in study.language.subtree(function.node):
        if node.type == "keyed_element":
            key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
            if key is not None and value is not None and function.source.text(key) == field:
                return function.to(value.named_children[0] if value.named_children else value)
        elif node.type == "assignment_statement":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None and right.named_child_count == 1:
                if function.source.text(left).endswith(f".{field}"):
                    return function.to(right.named_children[0])
    return None


def _from_request(study: Study, handler: Handler, given: At) -> bool:
    """Whether an expression is what the client sent."""
    text = given.source.text(given.node).lstrip("*&").split(".")[0]
    targets = {
        fact.source.text(node).lstrip("&")
        for fact in study.graph.facts["bind"]
        if fact.source.path == handler.inner.source.path
        for node in fact.all("target")
    }
    return text in targets


def inlined(
    study: Study, at: At, handler: Handler, words: Renamer | None, depth: int = 3
) -> Snippet | None:
    """Return an expression with what its local names stand for in their place."""
    module = study.module(handler.at.source)
    found = piece(study, at, {}, handler.context, module, words)
    if found is not None or depth == 0:
        return found
    for node in study.language.subtree(at.node):
        if node.type != "identifier":
            continue
        value = _defined(study, handler, at.source.text(node))
        inner = inlined(study, value, handler, words, depth - 1) if value is not None else None
        if inner is None:
            continue
        outer = piece(study, at, {"": [at.to(node)]}, handler.context, module, words)
        if outer is not None:
            needs: tuple[ImportNeed, ...] = (*outer.imports, *inner.imports)
            return Snippet(outer.text.replace("{}", inner.text), needs)
    return None


def _defined(study: Study, handler: Handler, name: str) -> At | None:
    """Return the one expression that a local name is declared with."""
    for node in study.language.subtree(handler.inner.node):
        if node.type != "short_var_declaration":
            continue
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or right.named_child_count != 1:
            continue
        names = [handler.inner.source.text(n) for n in left.named_children]
        if names[:1] != [name]:
            continue
        value = handler.inner.to(right.named_children[0])
        if len(names) == 1:
            return value
        return value if _sure_form(study, value) else None
    return None


def _sure_form(study: Study, value: At) -> str:
    """Return the method that gives what a call with a second result gives, without that."""
    form = study.ev.form(value)
    callee = value.source.text(form.function) if isinstance(form, forms.Call) else ""
    for unit in study.units:
        table = unit.table("conventions").get("expressions", {})
        if callee.rpartition(".")[2] in table and "." in callee:
            return str(table[callee.rpartition(".")[2]])
    return ""


def _mentions(study: Study, handler: Handler, given: At, caller: Snippet) -> bool:
    """Tell whether a handler asks for its caller as the one that creates does."""
    core = _core(study, given, caller)
    return core in handler.inner.source.text(handler.inner.node)


def _core(study: Study, given: At, caller: Snippet) -> str:
    """Return the part of the caller's expression that does not differ between handlers."""
    node: Node | None = given.node
    text = caller.text.replace("MustGet", "Get")
    found = re.search(r"\"[^\"]+\"", text)
    if found:
        return found[0]
    called = re.match(r"[\w.]+\(", text)
    return called[0] if called else (given.source.text(node) if node is not None else text)


def reference_of(study: Study, column: str) -> tuple[str, str]:
    """Return the table and column that an owner's column refers to, and what their deletion does.

    Both as the project's own SQL says it.
    """
    pattern = re.compile(
        rf"^[ \t]*[\"`]?{re.escape(column)}[\"`]?\s[^,\n]*\bREFERENCES\s+[\"`]?(\w+)[\"`]?"
        r"\s*\(\s*[\"`]?(\w+)[\"`]?\s*\)(?:\s*ON\s+DELETE\s+(CASCADE|RESTRICT|NO\s+ACTION))?",
        re.IGNORECASE | re.MULTILINE,
    )
    for text in study.sql:
        found = pattern.search(text)
        if found:
            return f"{found[1]}.{found[2]}", (found[3] or "").upper()
    return "", ""
