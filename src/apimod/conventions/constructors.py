"""How the siblings' types are made: the function that does it, and which of its parameters is held."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.conventions.pieces import NAMES
from apimod.conventions.stored import typed_needs
from apimod.languages import forms
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.study import Study
    from apimod.languages.forms import Param


class Constructor(Struct, frozen=True, eq=False):
    """A function that makes an instance of a type.

    ``keep`` is the position of the parameter that ends up in the field in question, -1 where none
    does. Where the field gets more than the parameter itself, ``takes`` is the parameter as it is
    declared and ``gives`` the expression for the field.
    """

    name: str
    at: At
    result: str
    count: int
    keep: int = -1
    takes: Snippet | None = None
    gives: Snippet | None = None


def constructor(study: Study, cls: At, held: str) -> Constructor | None:
    """Return the function of the package that makes a type, with what its field ``held`` gets."""
    kind = study.language.qualified_name(cls.source, cls.node)
    for source in study.language.package(study.code, cls.source.path.rpartition("/")[0]):
        if kind.encode() not in source.data:
            continue
        for node in study.code.root(source).named_children:
            if node.type != "function_declaration":
                continue
            literal = _literal(study, At(source, node), kind)
            result = study.language.return_type(source, node)
            if literal is None or result is None:
                continue
            return _made(study, At(source, node), cls, literal, source.text(result), held)
    return None


def _literal(study: Study, function: At, kind: str) -> At | None:
    """Return the literal of a type in a function's body."""
    for node in study.language.subtree(function.node):
        if node.type == "composite_literal":
            named = node.child_by_field_name("type")
            if named is not None and function.source.text(named) == kind:
                return function.to(node)
    return None


def _made(study: Study, function: At, cls: At, literal: At, result: str, held: str) -> Constructor:
    params = study.language.params(function.source, function.node)
    name = study.language.function_name(function.source, function.node) or ""
    plain = Constructor(name, function, result.lstrip("*"), len(params))
    form = study.ev.form(literal)
    if not isinstance(form, forms.Call):
        return plain
    order = study.language.fields(cls.source, cls.node)
    for index, argument in enumerate(form.arguments):
        field = argument.name or (order[index] if index < len(order) else "")
        if field == held:
            return _with_value(study, plain, params, literal.to(argument.node))
    return plain


def _with_value(study: Study, plain: Constructor, params: list[Param], value: At) -> Constructor:
    """Say which parameter a field's value is, or comes from."""
    text = value.source.text(value.node)
    names = [p.name for p in params]
    used = {value.source.text(n) for n in study.language.subtree(value.node) if _stands_alone(n)}
    given = [name for name in names if name in used]
    if len(given) != 1:
        return plain
    keep = names.index(given[0])
    param = params[keep]
    if text == given[0] or param.type is None:
        return Constructor(plain.name, plain.at, plain.result, plain.count, keep)
    declared = value.source.text(param.type)
    needs = typed_needs(study, value, declared)
    others = used - {given[0]}
    if others or not re.fullmatch(r"[\w.()]+", text):
        return plain
    takes = Snippet(f"{given[0]} {declared}", needs)
    return Constructor(plain.name, plain.at, plain.result, plain.count, keep, takes, Snippet(text))


def _stands_alone(node: Node) -> bool:
    return node.type in NAMES
