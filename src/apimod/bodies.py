"""What a function's body does about who calls: reads credentials, denies, hands the request on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, Constant, External, FunctionValue, Text

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conditions import Conditions
    from apimod.evaluate import Evaluator
    from apimod.languages.forms import Call
    from apimod.match import Fact
    from apimod.pack import Unit

MAX_HELPERS = 3
MAX_CALLS = 200
SHOWS = ("read", "error", "respond")


@dataclass
class Body:
    """What was found in a body and in the helpers that it calls."""

    reads: bool = False
    """It looks at something that credentials come in."""
    denies: tuple[str, int] | None = None
    """Where it answers that the caller is not known or may not."""
    skips: bool = False
    """It looks at the request's path, and so may let some paths through."""
    gives_nothing: bool = False
    """It may give back nothing, and so may be about an optional caller."""
    unknown: bool = False
    """It hands the request to something outside of the codebase."""


class Bodies:
    """Looks into functions."""

    def __init__(
        self, evaluator: Evaluator, conditions: Conditions, facts: Mapping[str, list[Fact]]
    ) -> None:
        self.ev = evaluator
        self.conditions = conditions
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        for kind in SHOWS:
            for fact in facts.get(kind, ()):
                self.facts[fact.source.path].append(fact)

    def of(self, function: At, unit: Unit, is_handler: bool = False) -> Body:
        """Return what a function does."""
        body = Body()
        self._look(function, unit, body, 0, is_handler, set())
        return body

    def _look(
        self,
        function: At,
        unit: Unit,
        body: Body,
        depth: int,
        is_handler: bool,
        seen: set[tuple[str, int, int]],
    ) -> None:
        if function.place in seen or depth > MAX_HELPERS:
            return
        seen.add(function.place)
        auth = unit.table("auth")
        for fact in self._inside(function):
            if fact.unit.name == unit.name:
                self._fact(fact, function, auth, body)
        if depth == 0:
            body.gives_nothing = self._gives_nothing(function)
        requests = self._requests(function, auth.get("request", ()))
        for node, call in self._calls(function):
            at = function.to(node)
            handed = self._hands(at, call, requests)
            if is_handler and not handed:
                continue
            for value in self.ev.evaluate(at.to(call.function)):
                if isinstance(value, FunctionValue):
                    self._look(value.at, unit, body, depth + 1, is_handler, seen)
                elif isinstance(value, External) and handed and depth == 0 and not is_handler:
                    body.unknown = True
        for name in auth.get("paths", ()):
            body.skips = body.skips or name.encode() in _data(function)

    def _inside(self, function: At) -> Iterator[Fact]:
        start, end = function.node.start_byte, function.node.end_byte
        for fact in self.facts.get(function.source.path, ()):
            if start <= fact.node.start_byte < end:
                yield fact

    def _fact(self, fact: Fact, function: At, auth: Mapping[str, list[str]], body: Body) -> None:
        frame = function.frame
        if fact.kind == "read":
            node = fact.one("name")
            names = self.ev.strings(At(fact.source, node, frame)) if node is not None else []
            names = names or ([fact.source.text(node)] if node is not None else [])
            plain = [n.lower().replace("_", "-") for n in names]
            wanted = auth.get("reads", ())
            body.reads = body.reads or any(fnmatchcase(n, p) for n in plain for p in wanted)
            return
        node = fact.one("status")
        if node is None:
            return
        if not self.conditions.reachable(fact.source, fact.node, frame):
            return
        at = At(fact.source, node, frame)
        codes = {v.text for v in self.ev.evaluate(at) if isinstance(v, Text | Constant)}
        codes |= {v.name for v in self.ev.evaluate(at) if isinstance(v, External)}
        if codes & set(auth.get("statuses", ())):
            body.denies = body.denies or (fact.source.path, fact.line)

    def _gives_nothing(self, function: At) -> bool:
        language = self.ev.code.language(function.source)
        for node in language.returns(function.source, function.node):
            if language.is_nothing(node):
                return True
        return False

    def _requests(self, function: At, types: list[str]) -> set[str]:
        """Return the parameters that hold the request."""
        language = self.ev.code.language(function.source)
        out = set()
        for param in language.params(function.source, function.node):
            node = language.type_of(function.source, param.type) if param.type else None
            if node is not None and set(self.ev.canonical(At(function.source, node))) & set(types):
                out.add(param.name)
        return out

    def _hands(self, at: At, call: Call, requests: set[str]) -> bool:
        names = self.ev.narrowing.reads.names(at.source, [a.node for a in call.arguments])
        return bool(names & requests)

    def _calls(self, function: At) -> Iterator[tuple[Node, Call]]:
        language = self.ev.code.language(function.source)
        body = function.node.child_by_field_name("body")
        count = 0
        for node in language.subtree(body) if body is not None else ():
            form = language.form(function.source, node)
            if isinstance(form, forms.Call) and not form.constructs:
                yield node, form
                count += 1
                if count >= MAX_CALLS:
                    return


def _data(function: At) -> bytes:
    return function.source.data[function.node.start_byte : function.node.end_byte]
