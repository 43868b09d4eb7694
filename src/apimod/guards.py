"""Whether a handler is reached only by someone who is known: judged by what stands before it.

Never guessed: True only where something that denies is surely passed, False only where nothing
unknown stands before the handler.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.bodies import Bodies, Body
from apimod.checked import Checked
from apimod.guard_kinds import GuardKinds
from apimod.languages import forms
from apimod.languages.forms import Assigned
from apimod.passing import hands_on
from apimod.values import (
    At,
    ClassValue,
    Constant,
    External,
    FunctionValue,
    Instance,
    Unknown,
    Value,
)
from apimod.verdicts import OPEN, UNSURE, Level, Verdict

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conditions import Conditions
    from apimod.evaluate import Evaluator
    from apimod.graph import Route, Use
    from apimod.match import Fact
    from apimod.pack import Unit
    from apimod.stopping import Stops

MAX_DEPTH = 8
MAX_NAMES = 3
NOTHING = frozenset({"none", "null", "nil", "undefined"})
ABSTRACT = frozenset({"object", "abc.ABC", "typing.Generic", "typing.Protocol"})


class Guards:
    """Judges middleware, dependencies and handlers by the units' ``[auth]`` tables."""

    def __init__(
        self,
        evaluator: Evaluator,
        conditions: Conditions,
        facts: Mapping[str, list[Fact]],
        units: Iterable[Unit],
    ) -> None:
        self.ev = evaluator
        self.bodies = Bodies(evaluator, conditions, facts)
        tables = [u.table("auth") for u in units]
        self.origins = [n for t in tables for n in t.get("origins", ())]
        self.harmless = [n for t in tables for n in t.get("harmless", ())]
        self.harmless += [n for u in units for n in u.names("middleware", "harmless")]
        self.inject = {n for u in units for n in u.names("middleware", "inject")}
        self.optional = {k: v for t in tables for k, v in t.get("optional", {}).items()}
        self._memo: dict[object, Verdict] = {}
        self._guarding: dict[str, bool] = {}
        self.routes: Callable[[], Sequence[Route]] = list
        self.kinds = GuardKinds(evaluator)
        self.checked = Checked(self)

    def judge(self, uses: Sequence[Use], route: Route, unit: Unit) -> tuple[bool | None, str]:
        """Return whether a route needs a known caller, and what shows it."""
        verbs = {method for _, method in route.methods}
        library = route.library or self._is_plain(route, unit)
        around = self._around(route, unit)
        if route.handler is None and route.handler_at is not None:
            around = max(around, self._last(route.handler_at, unit), key=lambda v: v.level)
        if around.level is Level.CLOSED:
            return True, around.evidence
        found = self.judged(uses, route.handler, unit, verbs, library, dict(route.marks))
        return (None, "") if around.level is Level.UNSURE and not found[0] else found

    def _around(self, route: Route, unit: Unit) -> Verdict:
        """Judge a function of the codebase that a handler is handed to: ``guarded(handler)``."""
        at = route.handler_at
        form = self.ev.form(at) if at is not None else None
        if at is None or route.handler is None or not isinstance(form, forms.Call):
            return OPEN
        found: list[Verdict] = []
        for value in self.ev.evaluate(at):
            if isinstance(value, FunctionValue) and value.at.place != route.handler.place:
                found.append(self.value(value, at, unit, 0))
            elif isinstance(value, External) and _matches(value.name, self.origins):
                found.append(self._external(value, at, unit))
        inner = [self._wrapping(at.to(a.node), route, unit) for a in form.arguments]
        return max([*inner, min(found, key=lambda v: v.level, default=OPEN)], key=lambda v: v.level)

    def _wrapping(self, at: At, route: Route, unit: Unit) -> Verdict:
        """Judge a call that is handed to another one around the same handler."""
        if not isinstance(self.ev.form(at), forms.Call):
            return OPEN
        return self._around(replace(route, handler_at=at), unit)

    def _last(self, at: At, unit: Unit) -> Verdict:
        """Judge a guard that stands where handlers do: what answers hangs elsewhere."""
        found = self.expression(at, unit, 0) if unit.names("auth", "suspects") else OPEN
        return found if found.level is Level.CLOSED else OPEN

    def _is_plain(self, route: Route, unit: Unit) -> bool:
        """Whether a handler that is not in the codebase is known to deny nobody."""
        if route.handler is not None or route.handler_at is None:
            return False
        if not unit.names("auth", "suspects"):
            return False
        return self.expression(route.handler_at, unit, 0).level is Level.OPEN

    def judged(
        self,
        uses: Sequence[Use],
        handler: At | None,
        unit: Unit,
        verbs: Collection[str] = (),
        library: bool = False,
        marks: Mapping[object, bool] | None = None,
    ) -> tuple[bool | None, str]:
        """Return whether a handler that all these stand before needs a known caller.

        ``library``: it is not code of the codebase, and lets everybody in.
        """
        if unit.table("middleware").get("replaces"):
            uses = _innermost(uses)
        found = [self._use(use, unit, set(verbs), marks or {}) for use in uses]
        if handler is None or library:
            unseen = unit.names("auth", "stops") and unit.table("auth").get("logins")
            found.append(OPEN if library or unseen else UNSURE)
        else:
            found.append(self._handler(handler, unit))
        best = max(found, key=lambda v: v.level, default=OPEN)
        if best.level is Level.CLOSED:
            return True, best.evidence
        return (False, "") if best.level is Level.OPEN else (None, "")

    def _use(self, use: Use, unit: Unit, verbs: set[str], marks: Mapping[object, bool]) -> Verdict:
        if unit.names("auth", "checks"):
            verdict = self.checked.expression(use.at, unit, marks)
        else:
            verdict = self.expression(use.at, unit, 0)
        concerned = self.kinds.verbs(use.at, unit)
        if concerned is not None and verdict.level is not Level.OPEN:
            if not verbs & concerned and "ANY" not in verbs:
                return OPEN
            verdict = verdict if verbs <= concerned else UNSURE
        everywhere = use.fact is not None and use.fact.kind == "middleware"
        table = unit.table("middleware")
        if everywhere and not (table.get("ordered") or table.get("everywhere")):
            verdict = _weakened(verdict)  # it may let some paths through
        if everywhere and table.get("everywhere") and verdict.level is Level.UNSURE:
            verdict = self._hook(use.at, unit, verdict)
        verdict = verdict if use.sure else _weakened(verdict)
        if everywhere and verdict.level is Level.UNSURE and self._guards_routes(unit):
            return OPEN  # who may call what, is said at the routes
        return verdict

    def _hook(self, at: At, unit: Unit, verdict: Verdict) -> Verdict:
        """Judge a hook by what it does: its name alone makes no guard of it."""
        values = self.ev.evaluate(at)
        if not values or not all(isinstance(v, FunctionValue) for v in values):
            return verdict
        found = [self.function(v, unit, 0) for v in values if isinstance(v, FunctionValue)]
        return max(found, key=lambda v: v.level)

    def _guards_routes(self, unit: Unit) -> bool:
        """Whether a project guards routes one by one, in a unit whose hooks run for all of them."""
        if not unit.table("middleware").get("everywhere"):
            return False
        if unit.name not in self._guarding:
            self._guarding[unit.name] = any(
                self.expression(use.at, unit, 0).level is Level.CLOSED
                for route in self.routes()
                if route.fact.unit.name == unit.name
                for use in route.uses
            )
        return self._guarding[unit.name]

    def _handler(self, at: At, unit: Unit) -> Verdict:
        return self.function(FunctionValue(at), unit, 0, is_handler=True)

    def expression(self, at: At, unit: Unit, depth: int) -> Verdict:
        """Judge what an expression puts before a handler."""
        if depth > MAX_DEPTH:
            return UNSURE
        key = (at.key, unit.name)
        if key not in self._memo:
            self._memo[key] = UNSURE  # for what depends on itself
            self._memo[key] = self._expression(at, unit, depth)
        return self._memo[key]

    def _expression(self, at: At, unit: Unit, depth: int) -> Verdict:
        given = self.injected(at)
        if given is not None:
            return self.expression(given, unit, depth + 1)
        if unit.names("auth", "carriers"):
            inner = self.kinds.carried(at, unit)
            if inner is not None:
                found = [self.expression(one, unit, depth + 1) for one in inner]
                return max(found, key=lambda v: v.level, default=OPEN)
        if unit.table("middleware").get("quoted"):
            node = self.ev.code.language(at.source).parsed(at.source, at.node)
            if node is not None:
                return self.expression(at.to(node), unit, depth + 1)
        values = self.kinds.values(at)
        if not values:
            return UNSURE
        verdicts = [self.value(v, at, unit, depth) for v in values]
        return min(verdicts, key=lambda v: v.level)

    def injected(self, at: At, depth: int = 0) -> At | None:
        """Return the dependency that a call injects, or one that a name holds."""
        form = self.ev.form(at)
        if isinstance(form, forms.Name | forms.Member) and self.inject and depth < MAX_NAMES:
            found = self.ev.definition(at)
            return self.injected(found[0], depth + 1) if len(found) == 1 else None
        if not isinstance(form, forms.Call):
            return None
        names = self.ev.canonical(at.to(form.function))
        if not any(n in self.inject for n in names):
            return None
        return at.to(form.arguments[0].node) if form.arguments else None

    def value(self, value: Value, at: At, unit: Unit, depth: int) -> Verdict:
        """Judge a value that is put before a handler."""
        if isinstance(value, External):
            return self._external(value, at, unit)
        if isinstance(value, Constant) and value.text.lower() in NOTHING:
            return OPEN
        if isinstance(value, FunctionValue):
            given = self._given(value, unit)
            if given and depth <= MAX_DEPTH:
                verdicts = [self.value(v, at, unit, depth + 1) for v in given]
                return min(verdicts, key=lambda v: v.level)
            found = self.function(value, unit, depth)
            name = self.kinds.name(value)
            innocent = unit.names("auth", "innocent")
            if found.level is not Level.CLOSED and any(
                fnmatchcase(name.lower(), p) for p in innocent
            ):
                return OPEN
            if found.level is not Level.CLOSED and hands_on(self.ev, value.at):
                return OPEN
            seen = unit.table("auth").get("seen")
            suspect = found.level is Level.OPEN and self.kinds.is_suspect(name, unit) and not seen
            return UNSURE if suspect else found
        if isinstance(value, Instance | ClassValue):
            return self._class(value, unit, depth)
        if isinstance(value, Unknown) and unit.names("auth", "suspects"):
            form = self.ev.form(at)
            named = at.to(form.function) if isinstance(form, forms.Call) else at
            if not self.kinds.is_suspect(named.source.text(named.node), unit):
                return OPEN
        return UNSURE

    def _given(self, function: FunctionValue, unit: Unit) -> list[FunctionValue]:
        """Return what a function gives that is handed the next handler: what stands before it."""
        if not unit.table("middleware").get("gives"):
            return []
        found = self.ev.results(function, None)
        return [
            v for v in found if isinstance(v, FunctionValue) and v.at.place != function.at.place
        ]

    def _external(self, value: External, at: At, unit: Unit) -> Verdict:
        if _matches(value.name, self.origins):
            if value.at is not None and self._is_login(value.at, unit):
                return OPEN
            if value.at is not None and self._is_optional(value.at):
                return OPEN if unit.table("auth").get("lenient") else UNSURE
            return Verdict(Level.CLOSED, _shown(value.name, at))
        if _matches(value.name, self.harmless):
            return OPEN
        if not unit.names("auth", "suspects"):
            return UNSURE
        last = value.name.rsplit("/", 1)[-1]
        names = last.split(".") if unit.table("auth").get("seen") else [last]
        return UNSURE if any(self.kinds.is_suspect(n, unit) for n in names) else OPEN

    def _is_login(self, call: At, unit: Unit) -> bool:
        """Whether what is told first says that callers come to make themselves known."""
        form = self.ev.form(call)
        flows = unit.names("auth", "flows")
        if not flows or not isinstance(form, forms.Call) or not form.arguments:
            return False
        told = self.ev.strings(call.to(form.arguments[0].node))
        return bool(told) and all(_matches(t.lower(), flows) for t in told)

    def _is_optional(self, call: At) -> bool:
        """Whether a call, or the settings that it is handed, says that not everybody is asked."""
        form = self.ev.form(call)
        if not self.optional or not isinstance(form, forms.Call):
            return False
        if self._says_optional(call, form):
            return True
        for argument in form.arguments:
            for value in self.ev.evaluate(call.to(argument.node)):
                at = value.at if isinstance(value, External) else None
                inner = self.ev.form(at) if at is not None else None
                if at is not None and isinstance(inner, forms.Call) and inner.constructs:
                    if self._says_optional(at, inner):
                        return True
        return False

    def _says_optional(self, at: At, form: forms.Call) -> bool:
        given = [(a.name, a.node) for a in form.arguments]
        for _, node in tuple(given):
            inner = self.ev.form(at.to(node))
            if isinstance(inner, forms.Mapping):
                given += [(k, n) for k, n in inner.entries if isinstance(k, str)]
        for name, node in given:
            wanted = self.optional.get(name or "")
            if wanted == "*" or (wanted and at.source.text(node) == wanted):
                return True
        return False

    def _class(self, value: Instance | ClassValue, unit: Unit, depth: int) -> Verdict:
        cls = value.cls if isinstance(value, Instance) else value.at
        language = self.ev.code.language(cls.source)
        asked = self.kinds.asked(cls, unit)
        if asked is not None:
            level, file, line = asked
            return Verdict(Level(level), f"{file}:{line}" if level else "")
        for base in self.ev.mro(cls):
            if isinstance(base, str) and _matches(base, self.origins):
                if isinstance(value, ClassValue) and unit.names("auth", "asks"):
                    return Verdict(Level.CLOSED, _shown(base, cls))
                made = value.made if isinstance(value, Instance) else None
                sure = made is not None and not self._is_optional(made)
                return Verdict(Level.CLOSED, _shown(base, cls)) if sure else UNSURE
        names = language.callables if isinstance(value, Instance) else language.constructors
        methods = [m for name in names for m in self.ev.member(value, name)]
        for chain in unit.names("middleware", "runs"):
            methods += self.kinds.chained(value, chain)
        found = [
            self.function(method, unit, depth + 1)
            for method in methods
            if isinstance(method, FunctionValue)
        ]
        return max(found, key=lambda v: v.level) if found else UNSURE

    # --- functions -------------------------------------------------------------------------------

    def function(
        self, function: FunctionValue, unit: Unit, depth: int, is_handler: bool = False
    ) -> Verdict:
        """Judge a function that stands before a handler, or is one."""
        key = (function.at.key, unit.name, is_handler)
        if key not in self._memo:
            self._memo[key] = OPEN  # for what calls itself
            self._memo[key] = self._judged(function, unit, depth, is_handler)
        return self._memo[key]

    def _judged(self, function: FunctionValue, unit: Unit, depth: int, is_handler: bool) -> Verdict:
        if depth > MAX_DEPTH:
            return UNSURE
        needed = [self.expression(at, unit, depth + 1) for at in self._dependencies(function)]
        if not is_handler:
            needed += self._decorating(function, unit, depth)
        if is_handler and unit.names("middleware", "inject"):
            needed += self._held(function, unit, depth)
        if is_handler and unit.names("auth", "extract"):
            needed += self._extracted(function, unit, depth)
        best = max(needed, key=lambda v: v.level, default=OPEN)
        if best.level is Level.CLOSED:
            return best
        body = self.bodies.of(function.at, unit, is_handler)
        if body.guarded:
            return Verdict(Level.CLOSED, body.guarded)
        looks = body.reads or (body.challenges and not is_handler)
        lenient = unit.table("auth").get("lenient")
        if is_handler and unit.table("auth").get("logins"):
            looks = looks and self._about(function, body)
        if is_handler and lenient:
            best = max(best, self._handed(function, unit, depth), key=lambda v: v.level)
            if best.level is Level.CLOSED:
                return best
        if best.level is Level.UNSURE:
            looks = looks and self._asks(function, body)
        if body.denies is not None and looks and not body.skips and not body.gives_up:
            file, line = body.denies
            name = self._name(function.at)
            return Verdict(Level.CLOSED, f"{name} denies at {file}:{line}")
        if body.stops is not None and body.denies is None:
            return best if self._lets_pass(body.stops, body, unit) else UNSURE
        blind = lenient and not body.reads
        if is_handler and not looks and (unit.table("auth").get("logins") or blind):
            return best  # it denies by what it is sent, not by who sends it
        if is_handler and body.denies is None and unit.table("auth").get("logins"):
            return best
        unknown = body.unknown
        if unit.names("auth", "suspects") and not unit.table("auth").get("seen"):
            unknown = unknown and self.kinds.is_suspect(self.kinds.name(function), unit)
        lenient = lenient or self._is_harmless(function, unit)
        plain = lenient or unit.table("middleware").get("gives")
        if body.denies is not None or (body.reads and not plain) or unknown:
            return UNSURE
        return best

    def _decorating(self, function: FunctionValue, unit: Unit, depth: int) -> list[Verdict]:
        """Judge the decorators of what stands before a handler: those that are sure to stop."""
        language = self.ev.code.language(function.at.source)
        found = [
            self.expression(function.at.to(node), unit, depth + 1)
            for node in language.decorators(function.at.source, function.at.node)
        ]
        return [verdict for verdict in found if verdict.level is Level.CLOSED]

    def _lets_pass(self, stops: Stops, body: Body, unit: Unit) -> bool:
        """Whether something that denies nowhere lets everybody pass that it is about.

        It never ends the chain, or nothing in it, and in what it calls, tells of who calls.
        """
        if not stops.sites and not stops.opaque:
            return True
        told = any(re.search(p, stops.texts) for p in unit.names("auth", "tells"))
        return not told and not body.reads

    def _is_harmless(self, function: FunctionValue, unit: Unit) -> bool:
        """Whether a body refuses in none of the ways that a unit knows."""
        known = bool(unit.names("auth", "refuses"))
        return known and not self.kinds.refuses(function.at, unit)

    def _about(self, function: FunctionValue, body: Body) -> bool:
        """Whether a handler denies under a condition that is about credentials."""
        language = self.ev.code.language(function.at.source)
        scope = self.ev.code.scopes(function.at.source).of(function.at.node)
        spans = [(a.node.start_byte, a.node.end_byte) for a in body.looked]
        if not spans:
            return True  # a helper looks
        held = {
            name
            for name, bindings in (scope.names.items() if scope is not None else ())
            for b in bindings
            if isinstance(b, Assigned)
            and any(b.value.start_byte <= start < b.value.end_byte for start, _ in spans)
        }
        for at in body.denied:
            for condition in language.conditions(at.source, at.node):
                node = condition.subject
                inside = any(node.start_byte <= start < node.end_byte for start, _ in spans)
                read = self.ev.narrowing.reads.names(at.source, [node, *condition.equals])
                if inside or read & held:
                    return True
        return False

    def _handed(self, function: FunctionValue, unit: Unit, depth: int) -> Verdict:
        """Judge the handlers that a handler hands its request on to."""
        language = self.ev.code.language(function.at.source)
        params = [p.name for p in language.params(function.at.source, function.at.node)]
        found: list[Verdict] = []
        for node in language.returns(function.at.source, function.at.node):
            form = language.form(function.at.source, node)
            handed = isinstance(form, forms.Call) and any(
                function.at.source.text(a.node) in params[:2] for a in form.arguments[:1]
            )
            verdict = OPEN
            for value in (
                self.ev.evaluate(function.at.to(form.function))
                if handed and isinstance(form, forms.Call)
                else ()
            ):
                if isinstance(value, FunctionValue) and value.at.place != function.at.place:
                    stands = self.kinds.decorators.standing(value.at, unit)
                    inner = [self.expression(at, unit, depth + 1) for at in stands]
                    verdict = max([verdict, *inner], key=lambda v: v.level)
            found.append(verdict)
        best = max(found, key=lambda v: v.level, default=OPEN)
        least = min(found, key=lambda v: v.level, default=OPEN)
        return best if least.level is best.level else UNSURE

    def _asks(self, function: FunctionValue, body: Body) -> bool:
        """Whether it denies because a parameter is missing: a dependency that may give nothing."""
        language = self.ev.code.language(function.at.source)
        params = {p.name for p in language.params(function.at.source, function.at.node)}
        for at in body.denied:
            for condition in language.conditions(at.source, at.node)[:1]:
                missing = condition.negated != any(language.is_nothing(n) for n in condition.equals)
                if missing and at.source.text(condition.subject) in params:
                    return True
        return False

    def _name(self, at: At) -> str:
        language = self.ev.code.language(at.source)
        node: Node | None = at.node
        while node is not None:
            if node.child_by_field_name("body") is not None:
                name = language.qualified_name(at.source, node)
                if name:
                    return name
            node = node.parent
        return "a function"

    def _dependencies(self, function: FunctionValue) -> list[At]:
        """Return the dependencies that a function's parameters declare."""
        source, node = function.at.source, function.at.node
        if not self.inject:
            return []
        language = self.ev.code.language(source)
        out: list[At] = []
        for param in language.params(source, node):
            if param.default is not None:
                out += self._injections(At(source, param.default))
            if param.type is not None:
                carried = self.metadata(At(source, param.type))
                for at in carried:
                    out += self._injections(at)
        return out

    def _held(self, function: FunctionValue, unit: Unit, depth: int) -> list[Verdict]:
        """Judge the dependencies that a handler's class holds as its fields."""
        source = function.at.source
        language = self.ev.code.language(source)
        owner = language.owner_class(function.at.node)
        if owner is None:
            return []
        out: list[Verdict] = []
        for cls in self.ev.mro(At(source, owner)):
            if isinstance(cls, str):
                out.append(OPEN if cls in ABSTRACT else UNSURE)
                continue
            for found in language.members(self.ev.code, cls.source, cls.node).values():
                for item in found:
                    if isinstance(item.binding, Assigned):
                        at = At(item.source, item.binding.value)
                        for injection in self._injections(at):
                            out.append(self.expression(injection, unit, depth + 1))
        return out

    def _extracted(self, function: FunctionValue, unit: Unit, depth: int) -> list[Verdict]:
        """Judge the types of a handler's parameters: values that are made before it runs."""
        source = function.at.source
        language = self.ev.code.language(source)
        out: list[Verdict] = []
        for param in language.params(source, function.at.node):
            if param.type is None or language.is_optional(source, param.type):
                continue
            node = language.type_of(source, param.type)
            for value in self.ev.evaluate(At(source, node)) if node is not None else ():
                out.append(self._made(value, At(source, param.type), unit, depth))
        return out

    def _made(self, value: Value, at: At, unit: Unit, depth: int) -> Verdict:
        """Judge how a value of a type is made before a handler runs."""
        if isinstance(value, External) and _matches(value.name, self.origins):
            return Verdict(Level.CLOSED, _shown(value.name, at))
        if not isinstance(value, ClassValue):
            return OPEN
        found = [
            self.function(method, unit, depth + 1)
            for name in unit.names("auth", "extract")
            for method in self.ev.member(value, name)
            if isinstance(method, FunctionValue)
        ]
        best = max(found, key=lambda v: v.level, default=OPEN)
        return best if best.level is Level.CLOSED else self._refusing(value, unit)

    def _refusing(self, value: ClassValue, unit: Unit) -> Verdict:
        """Judge a value that is made of credentials or not at all, or of something else."""
        for name in unit.names("auth", "extract"):
            for method in self.ev.member(value, name):
                if isinstance(method, FunctionValue):
                    body = self.bodies.of(method.at, unit, False)
                    if body.reads and self.kinds.refuses(method.at, unit, True):
                        return Verdict(
                            Level.CLOSED, f"{self._name(method.at)} at {_place(method.at)}"
                        )
        return OPEN

    def _injections(self, at: At) -> list[At]:
        return [at] if self.injected(at) is not None else []

    def metadata(self, at: At) -> list[At]:
        """Return what a declared type carries along, following names to their definition."""
        language = self.ev.code.language(at.source)
        node = language.type_node(at.node)
        found = language.metadata(at.source, node)
        if found:
            return [at.to(n) for n in found]
        out: list[At] = []
        for definition in self.ev.definition(at.to(node)):
            carried = language.metadata(definition.source, definition.node)
            out += [definition.to(n) for n in carried]
        return out


def _innermost(uses: Sequence[Use]) -> Sequence[Use]:
    """Return what is said nearest to a handler: it takes the place of what is said further out."""
    own = [u for u in uses if u.scope == "route"]
    return own or uses[-1:]


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, p) for p in patterns)


def _weakened(verdict: Verdict) -> Verdict:
    return UNSURE if verdict.level is Level.CLOSED else verdict


def _place(at: At) -> str:
    return f"{at.source.path}:{at.line}"


def _shown(name: str, at: At) -> str:
    return f"{name.rsplit('.', 1)[-1]} at {at.source.path}:{at.line}"
