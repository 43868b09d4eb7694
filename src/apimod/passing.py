"""Whether something before a handler hands a request on although nobody was asked who sends it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.languages.forms import Condition

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.values import At

FAILED = re.compile(r"\b(err|error|ex|exc|exception)\b", re.IGNORECASE)
ERROR = re.compile(r"(err|error|exception|[uU]nauthori[sz]ed|[fF]orbidden)\b", re.IGNORECASE)
FREE = re.compile(r"skip|public|optional|allow|white|exempt|exclud|ignor|anonym|disabled", re.I)


def passes_without(
    evaluator: Evaluator, function: At, names: Collection[str], denials: Sequence[Node]
) -> bool:
    """Whether a branch hands the request on where credentials are missing, or for another reason.

    ``names`` are what the call is called that hands it on; ``denials`` the places that deny.
    A branch that does so because they are good is none.
    """
    if not names or not denials:
        return False
    language = evaluator.code.language(function.source)
    for node in _calls(evaluator, function, names):
        if _is_handed_error(evaluator, function, node):
            continue
        for condition in language.conditions(function.source, node):
            if _is_free(function, condition) or _is_missing(evaluator, function, condition):
                return True
    return False


def _is_handed_error(evaluator: Evaluator, function: At, call: Node) -> bool:
    """Whether what hands a request on is given an error: ``next(new Unauthorized())``."""
    language = evaluator.code.language(function.source)
    form = language.form(function.source, call)
    for argument in form.arguments[:1] if isinstance(form, forms.Call) else ():
        inner = language.form(function.source, argument.node)
        made = isinstance(inner, forms.Call) and inner.constructs
        return made or ERROR.search(function.source.text(argument.node)) is not None
    return False


def hands_on(evaluator: Evaluator, function: At) -> bool:
    """Whether a function surely calls its last parameter: whoever sends a request, it passes."""
    source, node = function.source, function.node
    language = evaluator.code.language(source)
    params = [p.name for p in language.params(source, node)]
    if len(params) < 2 or language.raises(source, node) or language.early_exits(source, node):
        return False
    body = node.child_by_field_name("body")
    if body is None or any(n.id != body.id for n in language.returns(source, node)):
        return False
    for call in _calls(evaluator, function, params[-1:]):
        scope = evaluator.framing.entered(evaluator.code.scopes(source).at(call.start_byte))
        form = language.form(source, call)
        plain = isinstance(form, forms.Call) and not form.arguments
        own = scope is not None and scope.node.id == node.id
        if plain and own and not language.is_conditional(call):
            return True
    return False


def _calls(evaluator: Evaluator, function: At, names: Collection[str]) -> Iterator[Node]:
    language = evaluator.code.language(function.source)
    for node in language.subtree(function.node):
        form = language.form(function.source, node)
        if isinstance(form, forms.Call) and not form.constructs:
            if function.source.text(form.function).rsplit(".", 1)[-1] in names:
                yield node


def _is_free(function: At, condition: Condition) -> bool:
    """Whether a condition is about who need not be asked."""
    return FREE.search(function.source.text(condition.subject)) is not None


def _is_missing(evaluator: Evaluator, function: At, condition: Condition) -> bool:
    """Whether a condition holds where credentials are missing or wrong."""
    language = evaluator.code.language(function.source)
    subject = function.source.text(condition.subject)
    if not condition.equals:
        return condition.negated
    empty = any(_is_empty(function.source.text(n)) for n in condition.equals)
    nothing = any(language.is_nothing(n) for n in condition.equals)
    if FAILED.search(subject):
        return nothing and condition.negated
    return (nothing or empty) and not condition.negated


def _is_empty(text: str) -> bool:
    return text in ('""', "''", "``", "0")
