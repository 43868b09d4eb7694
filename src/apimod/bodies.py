"""What a function's body does about who calls: reads credentials, denies, hands the request on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.passing import passes_without
from apimod.raised import Answer, Raised
from apimod.stopping import Stopping, Stops
from apimod.values import At, Constant, External, FunctionValue, Text, Unknown, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conditions import Conditions
    from apimod.evaluate import Evaluator
    from apimod.languages.forms import Call
    from apimod.languages.scopes import Scope
    from apimod.match import Fact
    from apimod.pack import Unit
    from apimod.source import Source
    from apimod.values import Frame

MAX_HELPERS = 3
MAX_CALLS = 200
SIMPLE = forms.Constant | forms.String | forms.Name | forms.Member
SHOWS = ("read", "error", "respond")


@dataclass
class Body:
    """What was found in a body and in the helpers that it calls."""

    reads: bool = False
    """It looks at something that credentials come in."""
    challenges: bool = False
    """It answers that credentials are missing or wrong, which is about nothing else."""
    denies: tuple[str, int] | None = None
    """Where it answers that the caller is not known or may not."""
    denied: tuple[At, ...] = ()
    """The places in its own body that deny, or call what does."""
    skips: bool = False
    """It looks at the request's path, and so may let some paths through."""
    gives_up: bool = False
    """A branch leaves it early without denying: it may be about an optional caller."""
    looked: tuple[At, ...] = ()
    """The places in its own body that look at credentials."""
    guarded: str = ""
    """What it calls that lets nobody pass who is not known."""
    stops: Stops | None = None
    """Where it ends the chain of handlers; None where its unit knows no way to."""
    unknown: bool = False
    """It hands the request to something outside of the codebase, or refuses for unknown reasons."""


class Bodies:
    """Looks into functions."""

    def __init__(
        self, evaluator: Evaluator, conditions: Conditions, facts: Mapping[str, list[Fact]]
    ) -> None:
        self.ev = evaluator
        self.conditions = conditions
        self.raised = Raised(evaluator)
        self.stopping = Stopping(evaluator, self._requests)
        self._names: dict[str, set[str]] = {}
        self.understood: Mapping[tuple[str, int, int], Sequence[tuple[int, int]]] = {}
        """Functions of which it is known which paths they let pass, and the branches that do."""
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
                self._fact(fact, function, auth, body, depth)
        requests = self._requests(function, auth.get("request", ()))
        telling = self._telling(unit)
        guards = auth.get("calls", ())
        following = unit.names("middleware", "next")
        for node, call in self._calls(function):
            at = function.to(node)
            if guards and depth == 0:
                self._checks(at, call, guards, body)
            handed = self._hands(at, call, requests)
            tells = _last_name(at, call) in telling and (handed or not is_handler)
            if not tells and (not handed or is_handler or depth):
                continue
            for value in self._callees(at, call, unit):
                if isinstance(value, FunctionValue):
                    before = body.denies
                    body.denies = None
                    self._look(value.at, unit, body, depth + 1, is_handler, seen)
                    if body.denies and self.ev.code.language(at.source).swallows(at.source, node):
                        body.denies = None
                    if body.denies is not None and depth == 0:
                        body.denied = (*body.denied, at)
                    body.denies = before or body.denies
                elif isinstance(value, External) and handed and depth == 0 and not is_handler:
                    if self._is_guard(at, value, unit):
                        body.guarded = f"{_short(value.name)} at {at.source.path}:{at.line}"
                        continue
                    harmless = unit.names("middleware", "harmless")
                    known = value.form == "instance" or _last_name(at, call) in following
                    known = known or any(fnmatchcase(value.name, p) for p in harmless)
                    body.unknown = body.unknown or not known
        for name in auth.get("paths", ()):
            looks = function.place not in self.understood and name.encode() in _data(function)
            body.skips = body.skips or looks
        if depth == 0:
            unclear = self._refuses(function, unit, body)
            if unit.names("auth", "stops") and not is_handler:
                self._stops(function, unit, body, telling)
            denials = [a.node for a in body.denied]
            if following:
                body.gives_up = passes_without(self.ev, function, following, denials)
            else:
                body.gives_up = self._gives_up(function, body)
            body.unknown = body.unknown or (not is_handler and unclear)

    def _stops(self, function: At, unit: Unit, body: Body, telling: set[str]) -> None:
        """Note where it ends the chain of handlers, and whether it does for want of credentials."""
        body.stops = self.stopping.of(function, unit)
        missing = None
        if body.reads:
            missing = self.stopping.missing(function, body.stops, body.looked, telling)
        if missing is not None:
            body.denies = body.denies or (missing.source.path, missing.line)
            body.denied = (missing,)  # what comes behind it is for those who have passed
            start = missing.node.start_byte - function.node.start_byte
            said = _data(function)[:start]
            undecided = self.conditions.is_undecided(missing.source, missing.node, function)
            spared = any(n.encode() in said for n in unit.names("auth", "paths"))
            body.skips = undecided or (spared and function.place not in self.understood)
        else:
            body.denied = (*body.denied, *body.stops.sites)

    def _checks(self, at: At, call: Call, guards: Sequence[str], body: Body) -> None:
        """Note a call of something that denies."""
        last = _last_name(at, call)
        if not any(g.rsplit(".", 1)[-1] == last for g in guards):
            return
        language = self.ev.code.language(at.source)
        plain = not any(a.name == "optional" for a in call.arguments)
        free = language.is_conditional(at.node) or language.is_swallowed(at.source, at.node)
        if plain and not free:
            for name in (*self.ev.canonical(at.to(call.function)), last):
                if name in guards:
                    body.guarded = f"{last} at {at.source.path}:{at.line}"

    def _callees(self, at: At, call: Call, unit: Unit) -> list[Value]:
        """Return what is called; of something unknown, what code puts on objects by that name."""
        values = self.ev.evaluate(at.to(call.function))
        if all(isinstance(v, Unknown) for v in values):
            return self.ev.interpreter.put_as(unit.name, _last_name(at, call)) or values
        return values

    def _is_guard(self, at: At, value: External, unit: Unit) -> bool:
        """Whether a call hands the request to something that is known to deny."""
        language = self.ev.code.language(at.source)
        return not language.is_conditional(at.node) and any(
            fnmatchcase(value.name, p) for p in unit.names("auth", "origins")
        )

    def _telling(self, unit: Unit) -> set[str]:
        """Return the names of functions that deny or look at credentials, or call ones that do.

        Only calls of these are looked into, and of none whose name is everywhere.
        """
        if unit.name in self._names:
            return self._names[unit.name]
        found = self._names[unit.name] = set()
        auth = unit.table("auth")
        fresh: set[str] = set()
        for facts in self.facts.values():
            for fact in facts:
                if fact.unit.name == unit.name:
                    body = Body()
                    frame = self.ev.entries.unbound(fact.source, fact.node)
                    self._fact(fact, At(fact.source, fact.node, frame), auth, body, 1)
                    if body.reads or body.denies:
                        fresh |= self._around(fact.source, fact.node)
        for _ in range(MAX_HELPERS):
            sites = {called: self.ev.code.calls(unit.language, called) for called in fresh}
            sites = {called: calls for called, calls in sites.items() if len(calls) <= MAX_CALLS}
            found.update(sites)
            around = (self._around(*site) for calls in sites.values() for site in calls)
            fresh = set().union(*around) - found
        return found

    def _around(self, source: Source, node: Node) -> set[str]:
        language = self.ev.code.language(source)
        scope: Scope | None = self.ev.code.scopes(source).at(node.start_byte)
        out = set()
        while scope is not None:
            if scope.kind == "function":
                name = language.function_name(source, scope.node)
                if name is not None:
                    out.add(name)
            scope = scope.outer
        return out

    def _inside(self, function: At) -> Iterator[Fact]:
        start, end = function.node.start_byte, function.node.end_byte
        for fact in self.facts.get(function.source.path, ()):
            if start <= fact.node.start_byte < end:
                yield fact

    def _fact(
        self, fact: Fact, function: At, auth: Mapping[str, list[str]], body: Body, depth: int
    ) -> None:
        frame = function.frame
        if fact.kind == "read":
            if self.ev.code.language(fact.source).is_target(fact.node):
                return
            node = fact.one("name")
            at = At(fact.source, node, frame) if node is not None else None
            given = at is not None and not _is_entered(frame) and self._is_given(at)
            names = self._plain(at) if at is not None and not given else set()
            names = names or ({fact.source.text(node)} if node is not None else set())
            plain = [n.lower().replace("_", "-") for n in names]
            wanted = auth.get("reads", ())
            if any(fnmatchcase(n, p) for n in plain for p in wanted):
                body.reads = True
                if depth == 0:
                    body.looked = (*body.looked, At(fact.source, fact.node, frame))
            return
        node = fact.one("status")
        if node is None:
            return
        known = {*auth.get("statuses", ()), *auth.get("challenges", ())}
        if not _may_be(self.ev.form(At(fact.source, node, frame)), known):
            return
        if not self.conditions.reachable(fact.source, fact.node, frame):
            return
        language = self.ev.code.language(fact.source)
        if fact.kind == "error" and language.is_swallowed(fact.source, fact.node):
            return
        if depth == 0 and self.conditions.is_undecided(fact.source, fact.node, function):
            body.skips = True
        codes = self._plain(At(fact.source, node, frame)) or {fact.source.text(node)}
        challenges = any(fnmatchcase(c, p) for c in codes for p in auth.get("challenges", ()))
        body.challenges = body.challenges or challenges
        if challenges or any(fnmatchcase(c, p) for c in codes for p in auth.get("statuses", ())):
            body.denies = body.denies or (fact.source.path, fact.line)
            if depth == 0:
                body.denied = (*body.denied, At(fact.source, fact.node, frame))

    def _gives_up(self, function: At, body: Body) -> bool:
        """Whether a branch leaves the function with nothing, and no denial in that branch.

        Branches after the last denial leave someone who has passed.
        """
        language = self.ev.code.language(function.source)
        last = max((at.node.start_byte for at in body.denied), default=-1)
        for block in language.early_exits(function.source, function.node):
            spans = self.understood.get(function.place, ())
            if any(start <= block.start_byte < end for start, end in spans):
                continue
            if block.start_byte < last and not any(
                block.start_byte <= at.node.start_byte < block.end_byte for at in body.denied
            ):
                return True
        return False

    def _refuses(self, function: At, unit: Unit, body: Body) -> bool:
        """Note what it raises that is made elsewhere; whether something is left of which no
        status is known: it may be a denial."""
        language = self.ev.code.language(function.source)
        known = {f.node.id for f in self._inside(function) if f.kind == "error"}
        unclear = False
        for node in language.raises(function.source, function.node):
            if node.id in known:
                continue
            at = function.to(node)
            answer = self.raised.of(at, unit)
            unclear = unclear or answer is Answer.UNKNOWN
            if answer in (Answer.CHALLENGE, Answer.DENIAL):
                if not language.is_swallowed(function.source, node):
                    body.challenges = body.challenges or answer is Answer.CHALLENGE
                    body.denies = body.denies or (function.source.path, at.line)
                    body.denied = (*body.denied, at)
        return unclear

    def _is_given(self, at: At) -> bool:
        """Whether an expression begins with a parameter or a loop's variable: it may be anything."""
        form = self.ev.form(at)
        while isinstance(form, forms.Member):
            at = at.to(form.object)
            form = self.ev.form(at)
        if not isinstance(form, forms.Name):
            return False
        return any(
            isinstance(getattr(t, "binding", None), forms.Parameter | forms.Element)
            for t in self.ev.lookup.targets(at, form.text)
        )

    def _plain(self, at: At) -> set[str]:
        """Return the constant, or the canonical name, that a simple expression is.

        What a call gives is never worked out for it.
        """
        out: set[str] = set()
        named = isinstance(self.ev.form(at), forms.Name)
        for place in self.ev.definition(at) or [at] if named else [at]:
            simple = isinstance(self.ev.form(place), SIMPLE)
            for value in self.ev.evaluate(place) if simple else ():
                if isinstance(value, Text | Constant):
                    out.add(value.text)
                elif isinstance(value, External):
                    out.add(value.name)
        return out

    def _requests(self, function: At, types: list[str]) -> set[str]:
        """Return the parameters that hold the request."""
        language = self.ev.code.language(function.source)
        out = set()
        for index, param in enumerate(language.params(function.source, function.node)):
            if f"#{index}" in types:
                out.add(param.name)
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


def _is_entered(frame: Frame | None) -> bool:
    """Whether a frame, or one around it, is that of a call that is known."""
    while frame is not None:
        if frame.site is not None:
            return True
        frame = frame.outer
    return False


def _may_be(form: forms.Form | None, codes: set[str]) -> bool:
    """Whether an expression may be one of some codes: a member only where its name is one's."""
    if not isinstance(form, forms.Member):
        return True
    last = {code.rsplit(".", 1)[-1] for code in codes}
    return not form.name[:1].isupper() or any(fnmatchcase(form.name, c) for c in last)


def _data(function: At) -> bytes:
    return function.source.data[function.node.start_byte : function.node.end_byte]


def _last_name(at: At, call: Call) -> str:
    text = at.source.text(call.function).partition("::<")[0]
    return text.rsplit(".", 1)[-1].rsplit("::", 1)[-1].strip()


def _short(name: str) -> str:
    return name.rsplit(".", 1)[-1]
