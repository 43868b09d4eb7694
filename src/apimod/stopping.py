"""Whether a middleware ends the chain of handlers, and whether it does where nobody is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.languages.forms import Assigned, Condition, Part
from apimod.values import At, Constant, External, FunctionValue

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.languages.forms import Call
    from apimod.pack import Unit

MAX_HELPERS = 4
MAX_ROUNDS = 4
ABSENT = re.compile(
    r"""!\s*[\w.]+(?:\(.*\))?|[^=!]*== (?:""|nil|0|false)|[^=!]*!= (?!""|nil|0\b|true).+"""
    r"""|len\(.*\) (?:<=?|!=) .*"""
)
FAILS = re.compile(r"\w*[eE]rr\w* != nil")


@dataclass
class Stops:
    """Where a function ends the chain, and whether that is all that can be said."""

    sites: tuple[At, ...] = ()
    opaque: bool = False
    """It hands the request to something that is not in the codebase, or not known."""
    texts: str = ""
    """The text of the function and of the helpers that it hands the request to."""


class Stopping:
    """Looks for calls of the methods with which a unit's handlers end the chain."""

    def __init__(self, evaluator: Evaluator, requests: Callable[[At, list[str]], set[str]]) -> None:
        self.ev = evaluator
        self.requests = requests

    def of(self, function: At, unit: Unit) -> Stops:
        """Return where a function ends the chain."""
        return self._of(function, unit, 0, set())

    def _of(self, function: At, unit: Unit, depth: int, seen: set[object]) -> Stops:
        found = Stops(texts=function.source.text(function.node))
        if depth > MAX_HELPERS:
            found.opaque = True
            return found
        seen.add(function.place)
        language = self.ev.code.language(function.source)
        held = self.requests(function, list(unit.names("auth", "request")))
        end = self._handed_on(function, unit, held)
        for node, call in self._calls(function):
            late = end is not None and node.start_byte > end
            if late or language.is_deferred(node):
                continue  # the handler has run
            at = function.to(node)
            if self._stops(at, call, unit, held):
                if self._is_about_else(at, call, unit):
                    continue
                found.sites = (*found.sites, at)
            elif any(self._is_one(at, a.node, held) for a in call.arguments):
                self._helper(at, call, unit, found, depth, seen)
        return found

    def _is_about_else(self, at: At, call: Call, unit: Unit) -> bool:
        """Whether what ends the chain answers with a status that is not about who calls."""
        said: list[str] = []
        for argument in call.arguments[:1]:
            for value in self.ev.evaluate(at.to(argument.node)):
                known = isinstance(value, Constant | External)
                said.append(
                    value.text if isinstance(value, Constant) else getattr(value, "name", "")
                )
                if not known:
                    return False
        return bool(said) and all(
            any(fnmatchcase(s, p) for p in unit.names("auth", "others")) for s in said
        )

    def _helper(
        self, at: At, call: Call, unit: Unit, found: Stops, depth: int, seen: set[object]
    ) -> None:
        """Note what becomes of a request that a call hands on."""
        values = self.ev.evaluate(at.to(call.function))
        for value in values:
            if isinstance(value, FunctionValue):
                if value.at.place in seen:
                    continue
                inner = self._of(value.at, unit, depth + 1, seen)
                found.opaque = found.opaque or inner.opaque
                found.texts += inner.texts
                if inner.sites:
                    found.sites = (*found.sites, at)
            else:
                harmless = [*unit.names("middleware", "harmless"), *unit.names("auth", "harmless")]
                known = isinstance(value, External) and any(
                    fnmatchcase(value.name, p) for p in harmless
                )
                known = known or (isinstance(value, External) and _is_standard(value.name))
                found.opaque = found.opaque or not known
        found.opaque = found.opaque or not values

    def missing(
        self, function: At, stops: Stops, looked: Iterable[At], telling: set[str]
    ) -> At | None:
        """Return a place that ends the chain where the credentials that were looked at are none."""
        language = self.ev.code.language(function.source)
        held = self._held(function, [a.node for a in looked], telling)
        for at in stops.sites:
            conditions = language.conditions(at.source, at.node)
            if conditions and all(self._is_missing(function, c, held) for c in conditions):
                return at
        return None

    def _held(self, function: At, looked: list[Node], telling: set[str]) -> set[str]:
        """Return the names that hold credentials, or what was made of them."""
        source = function.source
        start, end = function.node.start_byte, function.node.end_byte
        bindings = [
            (name, _value(b))
            for scope in self.ev.code.scopes(source).all
            if start <= scope.start and scope.end <= end
            for name, found in scope.names.items()
            for b in found
        ]
        out: set[str] = set()
        for _ in range(MAX_ROUNDS):
            before = len(out)
            for name, value in bindings:
                if value is None:
                    continue
                inside = any(
                    value.start_byte <= n.start_byte and n.end_byte <= value.end_byte
                    for n in looked
                )
                text = source.text(value).partition("(")[0].rsplit(".", 1)[-1]
                reads = self.ev.narrowing.reads.names(source, [value])
                if inside or reads & out or (text in telling and reads):
                    out.add(name)
            if len(out) == before:
                break
        return out

    def _is_missing(self, function: At, condition: Condition, held: set[str]) -> bool:
        """Whether a condition holds where credentials are missing, and is about them."""
        nodes = [condition.subject, *condition.equals]
        if not self.ev.narrowing.reads.names(function.source, nodes) & held:
            return False
        subject = function.source.text(condition.subject)
        if condition.equals:
            other = " ".join(function.source.text(n) for n in condition.equals)
            text = f"{subject} {'!=' if condition.negated else '=='} {other}"
            return _says_absent(text)
        if condition.negated:
            return re.fullmatch(r"[\w.]+(\(.*\))?", subject) is not None
        parts = subject.split("||")
        return len(parts) > 1 and "&&" not in subject and any(_says_absent(p) for p in parts)

    def _handed_on(self, function: At, unit: Unit, held: set[str]) -> int | None:
        """Return where a request is surely handed on: what follows stands behind the handler."""
        language = self.ev.code.language(function.source)
        names = unit.names("auth", "proceeds")
        places = [
            node.end_byte
            for node, call in self._calls(function)
            if self._method(function.to(node), call, names, held)
            and not language.is_conditional(node)
            and not language.is_deferred(node)
        ]
        return min(places, default=None)

    def _stops(self, at: At, call: Call, unit: Unit, held: set[str]) -> bool:
        return self._method(at, call, unit.names("auth", "stops"), held)

    def _method(self, at: At, call: Call, names: Iterable[str], held: set[str]) -> bool:
        form = self.ev.form(at.to(call.function))
        return (
            isinstance(form, forms.Member)
            and self._is_one(at, form.object, held)
            and any(fnmatchcase(form.name, p) for p in names)
        )

    def _is_one(self, at: At, node: Node, held: set[str]) -> bool:
        form = self.ev.form(at.to(node))
        return isinstance(form, forms.Name) and form.text in held

    def _calls(self, function: At) -> Iterator[tuple[Node, Call]]:
        language = self.ev.code.language(function.source)
        body = function.node.child_by_field_name("body")
        for node in language.subtree(body) if body is not None else ():
            form = language.form(function.source, node)
            if isinstance(form, forms.Call) and not form.constructs:
                yield node, form


def _says_absent(text: str) -> bool:
    """Whether a test says that something is missing, or not what it should be."""
    return bool(FAILS.fullmatch(text.strip()) or ABSENT.fullmatch(text.strip()))


def _value(binding: object) -> Node | None:
    while isinstance(binding, Part):
        binding = binding.base
    return binding.value if isinstance(binding, Assigned) else None


def _is_standard(name: str) -> bool:
    """Whether a name is from a package without a host: it knows no framework's request."""
    first = name.split("/", 1)[0] if "/" in name else name.rsplit(".", 1)[0]
    return "." not in first
