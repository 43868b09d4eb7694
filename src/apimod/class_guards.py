"""What stands before the members of a class: its attributes, its decorators, its bases."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from apimod.answers import Decorators, Target
from apimod.decorations import mapped_onto
from apimod.languages import forms
from apimod.languages.forms import Assigned, Condition, Defined
from apimod.values import At, Constant, DictValue, ListValue, Text

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.pack import Unit
    from apimod.project_settings import ProjectSettings


class ClassGuards:
    """Finds the guards that ``[[expand.guard]]`` tells of."""

    def __init__(self, evaluator: Evaluator, settings: ProjectSettings) -> None:
        self.ev = evaluator
        self.settings = settings
        self.decorators = Decorators(evaluator)

    def attribute(self, target: Target, name: str) -> list[At]:
        """Return the value of a class's attribute: its own, or that of the nearest base."""
        for base in self.ev.mro(target.cls) if target.cls is not None else ():
            if isinstance(base, At):
                language = self.ev.code.language(base.source)
                found = language.members(self.ev.code, base.source, base.node).get(name, ())
                values = [f for f in found if isinstance(f.binding, Assigned)]
                if values:
                    return [
                        At(f.source, f.binding.value)
                        for f in values[-1:]
                        if isinstance(f.binding, Assigned)
                    ]
        return []

    def of_class(self, target: Target, member: str, verb: str, unit: Unit) -> list[At]:
        """Return what stands before a member of a class that answers a verb."""
        out = self._always(target.cls, unit)
        chain = self.ev.mro(target.cls) if target.cls is not None else []
        for base in chain:
            if isinstance(base, At):
                out += self._bases(base, unit)
                for wanted in unit.names("expand", "before"):
                    out += self.decorators_of(base, wanted, unit)
        if target.cls is not None:
            for name in ("", *unit.names("expand", "before"), member):
                out += self._class_decorators(target.cls, unit, name)
        for row in unit.table("expand").get("guard", ()):
            if self._is_for(row, target):
                out += self._row(row, target, member, verb, unit)
        return list(dict.fromkeys(out))

    def decorators_of(self, cls: At, name: str, unit: Unit) -> Iterator[At]:
        """Yield the decorators of a class's own method, and the method itself."""
        language = self.ev.code.language(cls.source)
        for found in language.members(self.ev.code, cls.source, cls.node).get(name, ()):
            if isinstance(found.binding, Defined):
                at = At(found.source, found.binding.node)
                yield from self.decorators.standing(at, unit)
                yield at

    def _class_decorators(self, cls: At, unit: Unit, name: str) -> list[At]:
        """Decorators of a class count where they say for which member they are."""
        out: list[At] = []
        carriers = unit.names("auth", "carriers")
        for decorator in self.decorators.of(cls) if name else ():
            form = self.ev.form(decorator)
            if isinstance(form, forms.Call) and any(
                n in carriers for n in self.ev.canonical(decorator.to(form.function))
            ):
                out += self.decorators.carried(decorator, unit, name)
        return out

    def _bases(self, cls: At, unit: Unit) -> list[At]:
        """Return the bases that let nobody pass who is not known."""
        language = self.ev.code.language(cls.source)
        return [
            At(base.source, base.node)
            for base in language.bases(self.ev.code, cls.source, cls.node)
            for name in self.ev.canonical(At(base.source, base.node))
            if any(fnmatchcase(name, p) for p in unit.names("auth", "origins"))
        ]

    def of_function(self, at: At, unit: Unit) -> list[At]:
        """Return what stands before a function, where a decorator makes a handler of it."""
        names = [name for decorator in self.decorators.of(at) for name in self._callee(decorator)]
        out = self._always(at, unit)
        for row in unit.table("expand").get("guard", ()):
            made = set(names) & set(row.get("decorators", ()))
            if made and not set(names) & set(row.get("instead", ())):
                out += self._default(row, unit)
        return out

    def _always(self, at: At | None, unit: Unit) -> list[At]:
        """Return what settings put before every handler, unless a decorator takes it away."""
        table = unit.table("expand")
        if at is not None and any(
            n in table.get("free", ()) for d in self.decorators.of(at) for n in self._callee(d)
        ):
            return []
        out: list[At] = []
        for name in table.get("always", ()):
            for value_at in self.settings.values(unit.name, name):
                for value in self.ev.evaluate(value_at):
                    form = self.ev.form(value.at) if isinstance(value, ListValue) else None
                    for node in form.items if isinstance(form, forms.Listing) else ():
                        item = value.at.to(node) if isinstance(value, ListValue) else value_at
                        if any(
                            fnmatchcase(s, p)
                            for s in self.ev.strings(item)
                            for p in unit.names("auth", "origins")
                        ):
                            out.append(item)
        return out

    def everywhere(self, unit: Unit) -> list[At]:
        """Return what settings put before what has nothing of its own."""
        return [
            at for row in unit.table("expand").get("guard", ()) for at in self._default(row, unit)
        ]

    def _callee(self, decorator: At) -> list[str]:
        form = self.ev.form(decorator)
        inner = decorator.to(form.function) if isinstance(form, forms.Call) else decorator
        return self.ev.canonical(inner)

    # --- rows ------------------------------------------------------------------------------------

    def _is_for(self, row: dict[str, Any], target: Target) -> bool:
        if "bases" not in row:
            return True
        chain = self.ev.mro(target.cls) if target.cls is not None else [target.external]
        names = [b for b in chain if isinstance(b, str)]
        return any(fnmatchcase(n, p) for n in names for p in row["bases"])

    def _row(
        self, row: dict[str, Any], target: Target, member: str, verb: str, unit: Unit
    ) -> list[At]:
        extra = self._of_member(row, target, member)
        if extra:
            return extra
        chosen = self._chosen(row, target, member, verb, unit)
        if chosen is not None:
            return chosen
        for at in self.attribute(target, row["attribute"]):
            return self._for_verb(at, verb)
        if any(fnmatchcase(target.external, p) for p in row.get("open", ())):
            return []
        return self._default(row, unit)

    def _for_verb(self, at: At, verb: str) -> list[At]:
        """Return a list, or what a dictionary holds for a verb."""
        for value in self.ev.evaluate(at):
            if isinstance(value, DictValue):
                form = self.ev.form(value.at)
                entries = form.entries if isinstance(form, forms.Mapping) else ()
                return [
                    value.at.to(node)
                    for key, node in entries
                    if key is not None
                    and not isinstance(key, str)
                    and verb.lower() in [s.lower() for s in self.ev.strings(value.at.to(key))]
                ]
        return [at]

    def _default(self, row: dict[str, Any], unit: Unit) -> list[At]:
        name = row.get("setting", "")
        return self.settings.values(unit.name, name) if name else []

    def _of_member(self, row: dict[str, Any], target: Target, member: str) -> list[At]:
        """Return what a member's own decorator says in place of the attribute."""
        for base in self.ev.mro(target.cls) if target.cls is not None and member else ():
            if isinstance(base, At):
                language = self.ev.code.language(base.source)
                for found in language.members(self.ev.code, base.source, base.node).get(member, ()):
                    if isinstance(found.binding, Defined):
                        at = At(found.source, found.binding.node)
                        for decorator in self.decorators.of(at):
                            form = self.ev.form(decorator)
                            first, _ = mapped_onto(self.ev, decorator)
                            if first and first != member:
                                return self._of_member(row, target, first)
                            if isinstance(form, forms.Call):
                                for a in form.arguments:
                                    if a.name == row["attribute"]:
                                        return [decorator.to(a.node)]
        return []

    def _chosen(
        self, row: dict[str, Any], target: Target, member: str, verb: str, unit: Unit
    ) -> list[At] | None:
        """Return what a method gives for a member and a verb, where a class has that method."""
        if target.cls is None or "method" not in row:
            return None
        for base in self.ev.mro(target.cls):
            if not isinstance(base, At):
                continue
            language = self.ev.code.language(base.source)
            for found in language.members(self.ev.code, base.source, base.node).get(
                row["method"], ()
            ):
                if isinstance(found.binding, Defined):
                    at = At(found.source, found.binding.node)
                    given = {row.get("member", ""): member, row.get("verb", ""): verb}
                    return self._returned(at, given, row, unit)
        return None

    def _returned(
        self, function: At, given: dict[str, str], row: dict[str, Any], unit: Unit
    ) -> list[At] | None:
        """Return the first result whose conditions hold for a member and a verb."""
        language = self.ev.code.language(function.source)
        sure: list[At] = []
        for node in sorted(
            language.returns(function.source, function.node), key=lambda n: n.start_byte
        ):
            holds = [
                self._holds(function.to(c.subject), c, given)
                for c in language.conditions(function.source, node)
            ]
            if any(h is False for h in holds):
                continue
            sure.append(function.to(node))
            if all(h is True for h in holds):
                break
        if len(sure) > 1:  # which one, is not known: neither is what it asks
            conditions = language.conditions(function.source, sure[0].node)
            return [function.to(c.subject) for c in conditions[:1]]
        return [a for at in sure for a in self._assigned(at, function, given, row, unit)]

    def _assigned(
        self, at: At, function: At, given: dict[str, str], row: dict[str, Any], unit: Unit
    ) -> list[At]:
        """``return [p() for p in classes]``: what the classes are in this case."""
        form = self.ev.form(at)
        language = self.ev.code.language(at.source)
        if isinstance(form, forms.Call) and "super" in at.source.text(at.node):
            owner = language.owner_class(function.node)
            cls = function.to(owner) if owner is not None else None
            held = self.attribute(Target(cls=cls), row["attribute"])
            return held or self._default(row, unit)
        if not isinstance(form, forms.Each):
            return [at]
        loop = form.loop
        clause = next((c for c in loop.named_children if c.type == "for_in_clause"), None)
        iterable = clause.child_by_field_name("right") if clause is not None else None
        if iterable is None:
            return [at]
        inner = self.ev.form(at.to(iterable))
        if isinstance(inner, forms.Member):
            owner = language.owner_class(function.node)
            return self.attribute(Target(cls=function.to(owner)), inner.name) if owner else [at]
        if not isinstance(inner, forms.Name):
            return [at.to(iterable)]
        found: list[At] = []
        scope = self.ev.code.scopes(at.source).of(function.node)
        for binding in scope.names.get(inner.text, ()) if scope is not None else ():
            if isinstance(binding, Assigned):
                conditions = language.conditions(at.source, binding.value)
                holds = [self._holds(at.to(c.subject), c, given) for c in conditions]
                if all(h is not False for h in holds):
                    if all(h is True for h in holds):
                        found = []
                    found.append(at.to(binding.value))
        return found or [at]

    def _holds(self, at: At, condition: Condition, given: dict[str, str]) -> bool | None:
        text = at.source.text(at.node)
        if text not in given or not given[text]:
            return None
        if not condition.equals:
            return None
        theirs: set[str] = set()
        for node in condition.equals:
            theirs |= {
                v.text for v in self.ev.evaluate(at.to(node)) if isinstance(v, Text | Constant)
            }
            theirs |= set(self.ev.strings(at.to(node)))
        if not theirs:
            return None
        return (given[text] in theirs) != condition.negated
