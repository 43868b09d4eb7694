"""What the constructors of a class hand on to the class that it extends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.languages.forms import Defined
from apimod.values import At, ClassValue, FunctionValue, Instance

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator


def handed_on(ev: Evaluator, at: At, call: forms.Call) -> Iterator[tuple[At, forms.Call]]:
    """Yield the calls of bases' constructors, where a call makes an instance of a class.

    Each comes in the frame in which the constructor around it was entered.
    """
    for callee in ev.evaluate(at.to(call.function)):
        if isinstance(callee, ClassValue):
            yield from _inside(ev, callee, at, call)


def _inside(
    ev: Evaluator, callee: ClassValue, at: At, call: forms.Call
) -> Iterator[tuple[At, forms.Call]]:
    for base in ev.mro(callee.at):
        if not isinstance(base, At):
            return
        language = ev.code.language(base.source)
        members = language.members(ev.code, base.source, base.node)
        for name in language.constructors:
            for found in members.get(name, ()):
                if not isinstance(found.binding, Defined):
                    continue
                function = found.binding.node
                scope = ev.code.scopes(found.source).of(function)
                method = FunctionValue(At(found.source, function), Instance(callee.at, at))
                own = frozenset(p.name for p in language.params(found.source, function))
                frame = ev.framing.enter(method, at, call, own) if scope is not None else None
                for node in ev.code.scopes(found.source).calls.get(name, ()):
                    form = language.form(found.source, node)
                    within = function.start_byte <= node.start_byte < function.end_byte
                    if within and isinstance(form, forms.Call):
                        yield At(found.source, node, frame), form
