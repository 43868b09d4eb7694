"""Which values are routers: what the matchers' origins say, told to the evaluator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.interpret import Interpreter
from apimod.languages import forms, language_of
from apimod.looked_up import LookedUp
from apimod.mounted import Mounted
from apimod.values import (
    At,
    Bound,
    ClassValue,
    External,
    FunctionValue,
    Instance,
    Router,
    Value,
    known,
)

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.languages.base import Language
    from apimod.languages.forms import Call
    from apimod.languages.scopes import Scope
    from apimod.match import Fact
    from apimod.pack import Unit


class Origins:
    """The canonical names that a unit's tables list; ``*`` stands for any characters."""

    def __init__(self, units: Iterable[Unit], key: str, table: str = "origin") -> None:
        self.exact: dict[str, str] = {}
        self.patterns: list[tuple[str, str]] = []
        for unit in units:
            for name in unit.names(table, key):
                if "*" in name:
                    self.patterns.append((name, unit.name))
                else:
                    self.exact.setdefault(name, unit.name)

    def unit(self, name: str) -> str | None:
        """Return the unit that lists a name."""
        found = self.exact.get(name)
        if found is None:
            for pattern, unit in self.patterns:
                if fnmatchcase(name, pattern):
                    return unit
        return found


def _language(fact: Fact) -> Language:
    found = language_of(fact.source.path)
    assert found is not None, fact.source.path
    return found


class RouterMeaning(Interpreter):
    """Tells routers: made by an origin, grouped from a router, or declared to be one."""

    def __init__(self, units: Sequence[Unit], facts: Mapping[str, list[Fact]]) -> None:
        self.units = {u.name: u for u in units}
        self.makes = Origins(units, "router")
        self.types = Origins(units, "types")
        self.roots = Origins(units, "root")
        self.fluent = {u.name for u in units if u.table("origin").get("fluent")}
        self.aliases = {u.name: set(u.names("origin", "aliases")) for u in units}
        self.guards = {u.name: u.names("auth", "origins") for u in units}
        self.makers = {n.partition("().")[2] for n in self.makes.exact if "()." in n}
        """Methods of routers that make routers, told by an origin such as ``a.B().c``."""
        self.groups: dict[tuple[str, int], list[Fact]] = defaultdict(list)
        for fact in facts.get("group", ()):
            self.groups[fact.source.path, fact.node.id].append(fact)
        self.mounts: dict[str, list[Fact]] = defaultdict(list)
        self._mounting: dict[tuple[str, int], list[Fact]] = defaultdict(list)
        for fact in facts.get("mount", ()):
            self._mounting[fact.source.path, fact.node.id].append(fact)
            if fact.is_lenient:
                continue  # a function there stands before handlers, and takes no router
            for node in fact.all("target"):
                language = language_of(fact.source.path)
                name = language.called_name(fact.source, node) if language is not None else ""
                self.mounts[name].append(fact)
        self.made_by: dict[tuple[str, int], Fact] = {}
        self._annotations: dict[tuple[str, int], list[Fact]] = defaultdict(list)
        for fact in facts.get("router", ()):
            self.made_by.setdefault((fact.source.path, fact.node.id), fact)
            item = _language(fact).annotated(fact.node)
            if item is not None:
                self._annotations[fact.source.path, item.id].append(fact)
        self._hooked = {n for u in units for n in u.names("mount", "hooks")}
        self.mounted = Mounted(self)
        self.put: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        """What is put on routers by name, for each unit."""
        for fact in facts.get("member", ()):
            for key in fact.all("name"):
                name = fact.source.text(key).strip("'\"`")
                self.put[fact.unit.name, name].append(fact)
        self.looked_up = LookedUp(units, facts)
        self.ev: Evaluator
        self.classes: Callable[[Value], list[Router]] = lambda value: []
        """Tells which routers a class is, or an instance of one."""
        self.filled: Callable[[At], Value | None] = lambda at: None
        """Tells what the project's settings fill a field with."""

    # --- what the evaluator asks -----------------------------------------------------------------

    def before(self, at: At, call: Call) -> list[Value] | None:
        """A group gives a router of its own; a fluent method gives its router back."""
        for fact in self.groups.get((at.source.path, at.node.id), ()):
            on = fact.one("on")
            if not self._makes(fact, at):
                continue
            if on is not None and any(
                r.unit == fact.unit.name for r in self.routers(self.ev.evaluate(at.to(on)))
            ):
                return [Router(self.identity(at), fact.unit.name)]
        found = self.looked_up.of(self.ev, at, call)
        if found is not None or not self.fluent:
            return found
        form = self.ev.code.language(at.source).form(at.source, call.function)
        if isinstance(form, forms.Member):
            values = self.ev.evaluate(at.to(form.object))
            routers = [r for r in self.routers(values) if r.unit in self.fluent]
            if routers and all(self._foreign(v, form.name) for v in (*values, *routers)):
                return list(routers)
        return None

    def _makes(self, fact: Fact, at: At) -> bool:
        """Whether what a group calls is an origin, where the query says what that is."""
        node = fact.one("is")
        return node is None or any(
            self.origin_of(v, self.makes) for v in self.ev.evaluate(at.to(node))
        )

    def annotated(self, function: FunctionValue) -> list[Router]:
        """Return the routers that annotations make of a function."""
        at = function.at
        out: list[Router] = []
        for fact in self._annotations.get((at.source.path, at.node.id), ()):
            values = self.ev.evaluate(At(at.source, fact.node, at.frame))
            out += [v for v in values if isinstance(v, Router)]
        return list(dict.fromkeys(out))

    def hooks(self, value: Value, unit: Unit) -> Iterator[FunctionValue]:
        """Yield the methods of an object that take the router that it is put on."""
        for name in unit.names("mount", "hooks"):
            for method in self.ev.member(value, name):
                if isinstance(method, FunctionValue):
                    yield method

    def _foreign(self, router: Value, name: str) -> bool:
        """Whether a method is the library's, and not one of a class of the codebase."""
        if isinstance(router, Router) and self._put(router.unit, name):
            return False
        found = self.ev.member(router, name)
        return not any(isinstance(v, FunctionValue) for v in found)

    def made(self, at: At, call: Call, callee: Value) -> Value | None:
        """Calling an origin, or a class that extends one, makes a router."""
        unit = self.unit_of(callee, self.makes)
        return Router(self.identity(at), unit) if unit is not None else None

    def identity(self, at: At) -> At:
        """Return where a router is made, in the frame that all who reach it agree upon.

        Each round of a loop makes one of its own, where the loop's variables are read for it.
        """
        looped = self._looped(at)
        return At(at.source, at.node, self.ev.narrowing.narrow(at.frame, looped))

    def _looped(self, at: At) -> frozenset[str]:
        """Return the variables of loops around that an expression reads."""
        scope: Scope | None = self.ev.code.scopes(at.source).at(at.node.start_byte)
        variables: set[str] = set()
        while scope is not None:
            variables |= set(scope.names) if scope.kind == "loop" else set()
            scope = scope.outer
        if not variables:
            return frozenset()
        key = (at.source.path, at.node.id)
        facts = [*self.groups.get(key, ()), *self._mounting.get(key, ())]
        nodes = [n for f in facts for part in ("on", "path", "target") for n in f.all(part)]
        return self.ev.narrowing.reads.names(at.source, nodes) & variables

    def unit_of(self, callee: Value, origins: Origins) -> str | None:
        """Return the unit whose origin a callee is."""
        name = self.origin_of(callee, origins)
        return origins.unit(name) if name else None

    def origin_of(self, callee: Value, origins: Origins) -> str:
        """Return the canonical name by which a callee is an origin."""
        if isinstance(callee, External) and callee.form == "name":
            return callee.name if origins.unit(callee.name) else ""
        if isinstance(callee, ClassValue):
            for base in self.ev.mro(callee.at):
                if isinstance(base, str) and origins.unit(base):
                    return base
        return ""

    def typed(self, at: At, name: str) -> Value | None:
        """Something declared to be of a router's type is a router, of which nothing shows which."""
        given = self.filled(at)
        if given is not None:
            return given
        unit = self.types.unit(name)
        return Router(At(at.source, at.node), unit, assumed=True) if unit is not None else None

    def member(self, value: Value, name: str) -> list[Value] | None:
        """A member that stands for the router itself."""
        if not isinstance(value, Router):
            return None
        if name in self.aliases.get(value.unit, ()):
            return [value]
        put = self._put(value.unit, name)
        if put:
            return put
        for pattern in self.guards.get(value.unit, ()):
            if pattern.rpartition(".")[2] == name:
                for origin in self._origins(value):
                    if fnmatchcase(f"{origin}.{name}", pattern):
                        return [External(f"{origin}.{name}")]
        if name in self.makers and not value.assumed:
            for origin in self._origins(value):
                if self.makes.unit(f"{origin}().{name}"):
                    return [External(f"{origin}().{name}")]
        return None

    def put_as(self, unit: str, name: str) -> list[Value]:
        """Return what code puts on a unit's objects under a name."""
        return self._put(unit, name)

    def _put(self, unit: str, name: str) -> list[Value]:
        """Return what code, or else a library, puts on routers under a name."""
        out: list[Value] = []
        for fact in self.put.get((unit, name), ()):
            for node in fact.all("value"):
                frame = self.ev.entries.unbound(fact.source, node)
                out += known(self.ev.evaluate(At(fact.source, node, frame)))
        if not out and unit in self.units:
            brought = self.units[unit].table("origin").get("members", {}).get(name)
            return [External(brought)] if brought else []
        return out

    def _origins(self, router: Router) -> Iterator[str]:
        """Yield the canonical names by which a router was made."""
        form = self.ev.form(router.at)
        if isinstance(form, forms.Call):
            for callee in self.ev.evaluate(router.at.to(form.function)):
                yield self.origin_of(callee, self.makes)

    def enters(self, function: At) -> Iterator[tuple[At, Mapping[str, Bound]]]:
        """A mount whose target is a function hands it the prefixed router."""
        if (function.source.path, function.node.id) in self._annotations:
            return  # it is mounted itself, and takes no router
        yield from self.mounted.enters(function)

    def presumed(self, function: At, name: str) -> list[Value]:
        """A function that is made to be mounted is handed a router, of which nothing shows which."""
        return self.mounted.presumed(function, name)

    def mounting(self, function: At) -> list[Fact]:
        """Return the mounts whose target goes by one of a function's names."""
        language = self.ev.code.language(function.source)
        name = language.reached_name(function.source, function.node)
        aliases = language.aliases(self.ev.code, function.source, function.node)
        named = [f for n in dict.fromkeys((name or "", *aliases)) for f in self.mounts.get(n, ())]
        if name is not None and name in self._hooked:
            return [fact for facts in self.mounts.values() for fact in facts]
        if name is not None:
            return named
        around = self._around(function)
        return named + [
            fact
            for key, facts in self.mounts.items()
            for fact in facts
            if key == around
            or (
                fact.source.path == function.source.path
                and any(t.id == function.node.id for t in fact.all("target"))
            )
        ]

    def _around(self, function: At) -> str | None:
        """Return the name of the function that a function without a name is written in."""
        language = self.ev.code.language(function.source)
        node = function.node.parent
        while node is not None:
            if isinstance(language.form(function.source, node), forms.FunctionForm):
                return language.function_name(function.source, node)
            node = node.parent
        return None

    # --- routers among values --------------------------------------------------------------------

    def routers(self, values: Iterable[Value]) -> list[Router]:
        """Return the routers among values, and those that instances embed."""
        out: list[Router] = []
        for value in values:
            if isinstance(value, Router):
                out.append(value)
            elif isinstance(value, Instance | ClassValue):
                out += self.classes(value)
                out += self._embedded(value) if isinstance(value, Instance) else []
        sure = [r for r in out if not r.assumed]
        return list(dict.fromkeys(sure or out))

    def _embedded(self, value: Instance, depth: int = 0) -> list[Router]:
        out: list[Router] = []
        for cls in self.ev.mro(value.cls):
            if isinstance(cls, str):
                unit = self.types.unit(cls)
                if unit is not None:
                    out.append(Router(value.made or value.cls, unit, value.made is None))
                continue
            language = self.ev.code.language(cls.source)
            for base in language.bases(self.ev.code, cls.source, cls.node):
                if base.name and depth < 3:
                    for inner in self.ev.member(value, base.name):
                        if isinstance(inner, Router):
                            out.append(inner)
                        elif isinstance(inner, Instance):
                            out += self._embedded(inner, depth + 1)
        return out
