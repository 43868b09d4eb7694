"""Functions that a mount hands a router, and the routers that they are handed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.folders import Folders
from apimod.languages import forms, language_named
from apimod.languages.forms import Element, Parameter, Part
from apimod.lookup import Place
from apimod.values import (
    At,
    Bound,
    DictValue,
    External,
    FunctionValue,
    Items,
    ListValue,
    ModuleValue,
    Router,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from apimod.match import Fact
    from apimod.meaning import RouterMeaning
    from apimod.pack import Unit

MAX_DEPTH = 4


class Mounted:
    """Answers for units whose mounts take functions: by ``[mount]`` and ``[folders]``."""

    def __init__(self, meaning: RouterMeaning) -> None:
        self.meaning = meaning
        self.folders = Folders(meaning)
        self._loose: list[Fact] | None = None
        self._presumed: dict[tuple[str, int, int], list[Value]] = {}

    # --- what is mounted -------------------------------------------------------------------------

    def functions(
        self, value: Value, unit: Unit, shared: bool = False, depth: int = 0
    ) -> Iterator[tuple[FunctionValue, bool]]:
        """Yield the functions that a mounted value stands for, and whether each shares its router.

        A module stands for what it gives by default; some wrappers make that a function is handed
        the router itself, and not one of its own.
        """
        ev = self.meaning.ev
        if isinstance(value, FunctionValue):
            yield value, shared or self._is_marked(value, unit)
        elif depth > MAX_DEPTH:
            return
        elif isinstance(value, ModuleValue | DictValue):
            for name in self._defaults(value):
                for inner in ev.member(value, name):
                    yield from self.functions(inner, unit, shared, depth + 1)
        elif isinstance(value, External) and value.form == "call" and value.at is not None:
            if self._shares(value.name, unit):
                form = ev.form(value.at)
                for argument in form.arguments[:1] if isinstance(form, forms.Call) else ():
                    for inner in ev.evaluate(value.at.to(argument.node)):
                        yield from self.functions(inner, unit, True, depth + 1)
        elif isinstance(value, ListValue | Items):
            for element in ev.elements(value):
                for inner in element:
                    yield from self.functions(inner, unit, shared, depth + 1)

    def _defaults(self, value: ModuleValue | DictValue) -> frozenset[str]:
        if isinstance(value, ModuleValue):
            return language_named(value.language).defaults
        return self.meaning.ev.code.language(value.at.source).defaults

    def _shares(self, name: str, unit: Unit) -> bool:
        return any(fnmatchcase(name, p) for p in unit.names("mount", "shares"))

    def _is_marked(self, value: FunctionValue, unit: Unit) -> bool:
        """Whether a field of the function says that it shares: ``f[Symbol.for("…")] = true``."""
        name = self.meaning.ev.code.language(value.at.source).function_name(
            value.at.source, value.at.node
        )
        return any(
            f"{name}{mark}".encode() in value.at.source.data
            for mark in unit.names("mount", "marks")
            if name
        )

    # --- what enters a function ------------------------------------------------------------------

    def enters(self, function: At) -> Iterator[tuple[At, Mapping[str, Bound]]]:
        """Yield where a function is mounted, and what its parameters hold then."""
        names = self.parameters(function)
        if not names:
            return
        for fact in self.meaning.mounting(function) + self._elements():
            yield from self._entered(fact, function, names)
        for at, routers, options in self.folders.enters(function, self):
            yield at, self._bind(names, routers, options)

    def parameters(self, function: At) -> list[str]:
        """Return the names of a function's parameters, its instance left out."""
        language = self.meaning.ev.code.language(function.source)
        params = language.params(function.source, function.node)
        receiver = language.receiver(function.source, function.node)
        return [p.name for p in params if p.name != receiver]

    def _entered(
        self, fact: Fact, function: At, names: list[str]
    ) -> Iterator[tuple[At, Mapping[str, Bound]]]:
        ev = self.meaning.ev
        on = fact.one("on")
        if on is None or not self._may_take(fact, function):
            return
        for frame in ev.frames(fact.source, fact.node):
            at = At(fact.source, fact.node, frame)
            routers = self.meaning.routers(ev.evaluate(at.to(on)))
            if not any(r.unit == fact.unit.name for r in routers):
                continue
            for target in fact.all("target"):
                for value in ev.evaluate(at.to(target)):
                    shared = self._takes(value, fact, function)
                    if shared is None:
                        continue
                    made = Router(self.meaning.identity(at), fact.unit.name)
                    options = [at.to(n) for n in fact.all("given")]
                    yield at, self._bind(names, routers if shared else [made], options)

    def _may_take(self, fact: Fact, function: At) -> bool:
        """Whether a mount may be of a function, as far as can be told without its ways in.

        Working those out for every mount would ask for all functions in the midst of one.
        """
        ev = self.meaning.ev
        for target in fact.all("target"):
            frame = ev.entries.unbound(fact.source, target)
            values = ev.evaluate(At(fact.source, target, frame))
            if not values or any(
                isinstance(v, Unknown) or self._takes(v, fact, function) is not None for v in values
            ):
                return True
        return False

    def _bind(self, names: list[str], routers: list[Router], given: list[At]) -> dict[str, Bound]:
        bind: dict[str, Bound] = {names[0]: tuple(routers)}
        bind.update(zip(names[1:], given, strict=False))
        return bind

    def _takes(self, value: Value, fact: Fact, function: At) -> bool | None:
        """Whether what is mounted is a function that shares its router; None where it is not it."""
        for one, shared in self.functions(value, fact.unit):
            if one.at.place == function.place:
                return shared
        for method in self.meaning.hooks(value, fact.unit):
            if method.at.place == function.place:
                return False
        return None

    def _elements(self) -> list[Fact]:
        """Return the mounts of which no name tells what they mount: elements, results of calls."""
        if self._loose is None:
            mounts = {id(f): f for facts in self.meaning.mounts.values() for f in facts}
            self._loose = [
                f
                for f in mounts.values()
                if f.unit.table("mount").get("elements")
                and any(self._is_loose(At(f.source, n)) for n in f.all("target"))
            ]
        return self._loose

    def _is_loose(self, at: At) -> bool:
        ev = self.meaning.ev
        form = ev.form(at)
        while isinstance(form, forms.Member | forms.Wrapped):
            at = at.to(form.object if isinstance(form, forms.Member) else form.node)
            form = ev.form(at)
        if not isinstance(form, forms.Name):
            if isinstance(form, forms.Module):
                return not isinstance(ev.form(at.to(form.spec)), forms.String)
            return isinstance(form, forms.Call | forms.Subscript)
        for target in ev.lookup.targets(at, form.text):
            binding = target.binding if isinstance(target, Place) else None
            while isinstance(binding, Part):
                binding = binding.base
            if isinstance(binding, Element | Parameter):
                return True
        return False

    # --- functions that nothing mounts -----------------------------------------------------------

    def presumed(self, function: At, name: str) -> list[Value]:
        """Return the router that a function is handed that is made to be mounted."""
        key = function.place
        if key not in self._presumed:
            self._presumed[key] = []
            self._presumed[key] = self._presume(function)
        names = self.parameters(function)[:1]
        return self._presumed[key] if names == [name] else []

    def _presume(self, function: At) -> list[Value]:
        ev = self.meaning.ev
        language = ev.code.language(function.source)
        for unit in self.meaning.units.values():
            table = unit.table("origin")
            if unit.language != language.name or not (table.get("handed") or table.get("offered")):
                continue
            params = language.params(function.source, function.node)
            declared = language.declared_type(function.source, function.node)
            handed = False
            if declared is not None:
                names = ev.canonical(At(function.source, declared))
                handed = any(fnmatchcase(n, p) for n in names for p in table.get("handed", ()))
            named = any(fnmatchcase(params[0].name, p) for p in table.get("offered", ()))
            if handed or (named and self._is_offered(function, unit)):
                return [Router(At(function.source, params[0].node), unit.name, assumed=True)]
        return []

    def _is_offered(self, function: At, unit: Unit) -> bool:
        """Whether a file exports a function, or it is wrapped to be mounted."""
        ev = self.meaning.ev
        language = ev.code.language(function.source)
        if language.aliases(ev.code, function.source, function.node):
            return True
        node = function.node.parent
        for _ in range(2):
            form = language.form(function.source, node) if node is not None else None
            if isinstance(form, forms.Call):
                names = ev.canonical(At(function.source, form.function))
                return any(self._shares(n, unit) for n in names)
            node = node.parent if node is not None else None
        return False
