"""Classes that stand for several endpoints: their members, by the words of ``[expand]``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from apimod.answers import Answer, Decorators, Target, Targets
from apimod.decorations import mapped_onto
from apimod.languages import forms
from apimod.languages.forms import Assigned, Defined
from apimod.match import Fact, select
from apimod.url_patterns import SYNTAXES
from apimod.values import At, ClassValue, Constant, DictValue, Frame, Text

if TYPE_CHECKING:
    from apimod.class_guards import ClassGuards
    from apimod.evaluate import Evaluator
    from apimod.languages.base import Found
    from apimod.pack import Unit


class Expansion:
    """Turns what a route is handed into what answers."""

    def __init__(self, evaluator: Evaluator, guards: ClassGuards) -> None:
        self.ev = evaluator
        self.targets = Targets(evaluator)
        self.decorators = Decorators(evaluator)
        self.guards = guards

    def answers(
        self, fact: Fact, frame: Frame | None, at: At, said: Sequence[str]
    ) -> list[Answer] | None:
        """Return what answers behind a route's handler; None where that is not for this to say.

        ``said`` are the verbs that the route itself is given.
        """
        unit = fact.unit
        if not unit.table("expand"):
            return None
        target = self.targets.of(at, unit)
        if target is None:
            return None
        wrappers = [w for at in target.wrappers for w in self.decorators.carried(at, unit)]
        limit = self._wrapped(target, unit)
        if target.function is not None:
            found = self._function(target.function, unit, said, limit)
        else:
            found = list(self._class(fact, frame, target, said, limit))
        return [
            Answer(a.methods, a.handler, a.name, a.path, (*wrappers, *a.uses), a.library)
            for a in found
        ]

    def _wrapped(self, target: Target, unit: Unit) -> list[str]:
        table, verbs = unit.table("expand").get("decorators", {}), unit.table("methods")
        for wrapper in target.wrappers if table else ():
            found = self.decorators.verbs_of(wrapper, table, verbs)
            if found:
                return found
        return []

    def _function(
        self, at: At, unit: Unit, said: Sequence[str], limit: Sequence[str]
    ) -> list[Answer]:
        name = self.ev.code.language(at.source).qualified_name(at.source, at.node)
        uses = self.decorators.standing(at, unit)
        methods = limit or self.decorators.methods(at, unit) or said
        uses += self.guards.of_function(at, unit)
        anonymous = at.node.child_by_field_name("name") is None
        return [
            Answer((m,), at, "<anonymous>" if anonymous else name, "", tuple(uses))
            for m in methods or ("",)
        ]

    # --- classes ---------------------------------------------------------------------------------

    def _class(
        self,
        fact: Fact,
        frame: Frame | None,
        target: Target,
        said: Sequence[str],
        limit: Sequence[str],
    ) -> Iterator[Answer]:
        unit = fact.unit
        table = unit.table("expand")
        held = self.held(target, unit)
        allowed = limit or self._declared(target, unit)
        mapping = self._mapping(target, unit)
        method = fact.one("method")
        called = fact.source.text(method) if method is not None else ""
        if mapping is not None:
            pairs = [(verb, name, "") for verb, name in mapping if name in held or not target.cls]
        elif called in table.get("registers", ()):
            pairs = self._actions(fact, frame, target, held, unit)
        else:
            verbs = table.get("verbs", {})
            pairs = [(verb, name, "") for name, verb in verbs.items() if name in held]
            if not pairs:
                yield from self._whole(target, held, said or allowed, unit)
                return
            if said and method is not None:
                allowed = [m for m in said if not allowed or m in allowed]
        for verb, name, path in pairs:
            if not allowed or verb in allowed:
                yield self._member(target, held, verb, name, path, unit)

    def _whole(
        self, target: Target, held: dict[str, At | None], said: Sequence[str], unit: Unit
    ) -> Iterator[Answer]:
        """A class that shows no verbs: what its base classes are known to answer, or all."""
        table = unit.table("expand")
        every = [n for n in table.get("every", ()) if n in held]
        methods = [*said] or ([""] if every else [])
        for method in methods:
            own = (held[n] for n in every if held[n] is not None)
            handler = next(own, None if every else target.cls)
            uses = self._uses(target, "", method, unit)
            library = handler is None and bool(every)
            yield Answer((method,), handler, self._name(target), "", uses, library)

    def _member(
        self,
        target: Target,
        held: dict[str, At | None],
        verb: str,
        name: str,
        path: str,
        unit: Unit,
    ) -> Answer:
        at = held.get(name)
        uses = list(self._uses(target, name, verb, unit))
        if at is not None:
            uses += self.decorators.standing(at, unit)
        full = f"{self._name(target)}.{name}"
        return Answer((verb,), at, full, path, tuple(uses), library=at is None)

    def _uses(self, target: Target, name: str, verb: str, unit: Unit) -> tuple[At, ...]:
        return tuple(self.guards.of_class(target, name, verb, unit))

    def _name(self, target: Target) -> str:
        if target.cls is None:
            return target.external.rsplit(".", 1)[-1]
        return self.ev.code.language(target.cls.source).qualified_name(
            target.cls.source, target.cls.node
        )

    def held(self, target: Target, unit: Unit) -> dict[str, At | None]:
        """Return the members that a class answers by: its own ones, or None for a library's."""
        out: dict[str, At | None] = {}
        bases = unit.table("expand").get("bases", {})
        chain = self.ev.mro(target.cls) if target.cls is not None else [target.external]
        for base in chain:
            if isinstance(base, str):
                for pattern, names in bases.items():
                    if fnmatchcase(base, pattern):
                        for name in names:
                            out.setdefault(name, None)
                continue
            language = self.ev.code.language(base.source)
            members = language.members(self.ev.code, base.source, base.node)
            for name, found in members.items():
                at = self._defined(found)
                if at is not None and name not in out:
                    out[name] = at
        return out

    def _defined(self, found: Sequence[Found]) -> At | None:
        for item in found:
            if isinstance(item.binding, Defined):
                return At(item.source, item.binding.node)
            if isinstance(item.binding, Assigned):
                for at in self.ev.definition(At(item.source, item.binding.value)):
                    if isinstance(self.ev.form(at), forms.FunctionForm):
                        return at
        return None

    def _declared(self, target: Target, unit: Unit) -> list[str]:
        """Return the verbs that a class, or the call that makes a handler of it, is limited to."""
        verbs = unit.table("methods")
        for name in unit.names("expand", "limit"):
            for at in (*self._keywords(target, name), *self.guards.attribute(target, name)):
                said = [verbs[s.upper()] for s in self.ev.strings(at) if s.upper() in verbs]
                if said:
                    return said
        return []

    def _keywords(self, target: Target, name: str) -> list[At]:
        form = self.ev.form(target.call) if target.call is not None else None
        if target.call is None or not isinstance(form, forms.Call):
            return []
        return [target.call.to(a.node) for a in form.arguments if a.name == name]

    def _mapping(self, target: Target, unit: Unit) -> list[tuple[str, str]] | None:
        """Return verb and member where the call says which answers which."""
        form = self.ev.form(target.call) if target.call is not None else None
        if target.call is None or not isinstance(form, forms.Call):
            return None
        verbs = unit.table("methods")
        for argument in form.arguments[:1]:
            for value in self.ev.evaluate(target.call.to(argument.node)):
                if isinstance(value, DictValue):
                    rows = [
                        (k, v) for key, item in self.ev.rounds(value) for k in key for v in item
                    ]
                    return [
                        (verbs[k.text.upper()], v.text)
                        for k, v in rows
                        if isinstance(k, Text) and isinstance(v, Text) and k.text.upper() in verbs
                    ]
        return None

    # --- actions ---------------------------------------------------------------------------------

    def _actions(
        self,
        fact: Fact,
        frame: Frame | None,
        target: Target,
        held: dict[str, At | None],
        unit: Unit,
    ) -> list[tuple[str, str, str]]:
        """Return verb, member and path of what a registered class answers."""
        table = unit.table("expand")
        slash = self._slash(fact, frame, unit)
        lookup = "/{" + self._lookup(target, unit) + "}"
        out: list[tuple[str, str, str]] = []
        for name, (verb, path) in table.get("actions", {}).items():
            if name in held:
                out.append((verb, name, path.replace("/{lookup}", lookup) + slash))
        extra: dict[str, str] = {}
        for name, at in held.items():
            if at is not None and name not in table.get("actions", {}):
                out += self._extra(name, at, lookup, slash, unit, extra)
        return out

    def _lookup(self, target: Target, unit: Unit) -> str:
        for name in unit.names("expand", "lookup"):
            for at in self.guards.attribute(target, name):
                for text in self.ev.strings(at):
                    return text
        return str(unit.table("expand").get("key", "id"))

    def _slash(self, fact: Fact, frame: Frame | None, unit: Unit) -> str:
        """Return what ends the paths of a router: as it was made, or as its class says."""
        node = fact.one("on")
        keyword = unit.table("expand").get("slash", "")
        for value in self.ev.evaluate(At(fact.source, node, frame)) if node is not None else ():
            at = getattr(value, "at", None)
            form = self.ev.form(at) if isinstance(at, At) else None
            if isinstance(form, forms.Call) and isinstance(at, At) and keyword:
                given = [at.to(n) for n in select(self.ev.code, at.source, form, keyword)]
                for callee in self.ev.evaluate(at.to(form.function)):
                    if isinstance(callee, ClassValue):
                        given += self.guards.attribute(Target(cls=callee.at), keyword)
                for one in (v for inner in given[:1] for v in self.ev.evaluate(inner)):
                    if isinstance(one, Constant) and one.text.lower() == "false":
                        return ""
                    if isinstance(one, Text):
                        return "" if one.text.endswith("?") else one.text
        return "/" if keyword else ""

    def _extra(
        self, name: str, at: At, lookup: str, slash: str, unit: Unit, paths: dict[str, str]
    ) -> Iterator[tuple[str, str, str]]:
        for decorator in self.decorators.of(at):
            form = self.ev.form(decorator)
            call = form if isinstance(form, forms.Call) else None
            function = decorator.to(call.function) if call is not None else decorator
            for row in unit.table("expand").get("extra", ()):
                if row["decorator"] in self.ev.canonical(function):
                    path, verbs = self._said(decorator, call, row, name, unit)
                    detail = row.get("detail", "")
                    inside = detail == "always" or self._is_true(decorator, call, detail)
                    paths[name] = (lookup if inside else "") + "/" + path + slash
                    for verb in verbs:
                        yield verb, name, paths[name]
            first, verb = mapped_onto(self.ev, function)
            known = unit.table("methods").get(verb.upper())
            if known and first in paths:
                yield known, name, paths[first]

    def _said(
        self, at: At, call: forms.Call | None, row: dict[str, Any], name: str, unit: Unit
    ) -> tuple[str, list[str]]:
        """Return the path and the verbs that a decorator gives a member."""
        verbs = unit.table("methods")
        given: dict[str, list[str]] = {"path": [], "methods": []}
        for part, out in given.items():
            for selector in row.get(part, ()) if call is not None else ():
                assert call is not None
                nodes = select(self.ev.code, at.source, call, selector)
                if nodes:
                    out += [s for n in nodes for s in self.ev.strings(at.to(n))]
                    break
        methods = [verbs[m.upper()] for m in given["methods"] if m.upper() in verbs]
        path = given["path"][0] if given["path"] else name
        path = SYNTAXES[row.get("syntax", "plain")](path)[0]
        return path, methods or ["GET"]

    def _is_true(self, at: At, call: forms.Call | None, keyword: str) -> bool:
        nodes = select(self.ev.code, at.source, call, keyword) if call and keyword else []
        return any(
            isinstance(v, Constant) and v.text.lower() == "true"
            for n in nodes
            for v in self.ev.evaluate(at.to(n))
        )
