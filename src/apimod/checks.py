"""Guards that are classes with a method which lets a caller pass or not, and the marks they read.

A mark is what a decorator notes on a route. A guard may let everybody pass where one is set, or
where none is; what it does to all others decides whether it is about who calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.decorations import OPEN, key_of
from apimod.languages import forms
from apimod.languages.forms import Condition, Defined
from apimod.values import At, ClassValue, External, FunctionValue, Instance, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.pack import Unit

FALSY = frozenset({"null", "undefined", "0", "false", "''", '""'})
CATCHES = frozenset({"catch_clause", "except_clause"})
MAX_HELPERS = 2


@dataclass
class Check:
    """What a guard's method does: the marks that it heeds, and whom it lets pass."""

    exempt: set[object] = field(default_factory=set)
    """Marks with which everybody passes."""
    needed: set[object] = field(default_factory=set)
    """Marks without which everybody passes."""
    denies: bool = False
    challenges: bool = False
    optional: bool = False
    """Someone who is not known passes as well."""
    above: bool = False
    """It asks what it extends."""

    def passes(self, marks: Mapping[object, bool]) -> bool:
        """Whether everybody passes on a route with some marks."""
        if self.optional or any(marks.get(k) for k in self.exempt):
            return True
        return bool(self.needed) and not any(marks.get(k) for k in self.needed)


class Checks:
    """Reads guards that are classes, by the ``[auth]`` table of a unit."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._memo: dict[object, Check] = {}

    def method(self, cls: At, names: tuple[str, ...] | list[str]) -> At | None:
        """Return the first method of some names that a class or what it extends has."""
        for base in self.ev.mro(cls):
            if isinstance(base, At):
                found = self.own(base, names)
                if found is not None:
                    return found
        return None

    def own(self, cls: At, names: tuple[str, ...] | list[str]) -> At | None:
        """Return the first method of some names that a class itself has."""
        members = self.code.language(cls.source).members(self.code, cls.source, cls.node)
        for name in names:
            for found in members.get(name, ()):
                if isinstance(found.binding, Defined):
                    return At(found.source, found.binding.node, cls.frame)
        return None

    def bases(self, cls: At) -> list[Value]:
        """Return what a class directly extends."""
        language = self.code.language(cls.source)
        return [
            v
            for base in language.bases(self.code, cls.source, cls.node)
            for v in self.ev.evaluate(At(base.source, base.node, cls.frame))
        ]

    def shows(self, cls: At, unit: Unit) -> bool:
        """Whether a class looks at who calls."""
        text = cls.source.text(cls.node)
        return any(re.search(p, text) for p in unit.names("auth", "shows"))

    def of(self, method: At, unit: Unit) -> Check:
        """Return what a guard's method does."""
        key = (method.key, unit.name)
        if key not in self._memo:
            self._memo[key] = Check()
            self._memo[key] = self._read(method, unit)
        return self._memo[key]

    def _read(self, method: At, unit: Unit) -> Check:
        language = self.code.language(method.source)
        source, node = method.source, method.node
        check = Check()
        read = dict(self._marks(method, unit, 0))
        held = self._held(method, read)
        name = language.function_name(source, node) or ""
        asks = f"super.{name}("
        for result in language.returns(source, node):
            text = source.text(result)
            plain = _literal(text)
            conditions = language.conditions(source, result)
            if plain == "true":
                for condition in conditions:
                    self._passes(source.text(condition.subject), condition, held, check, unit)
                if _caught(result, node):
                    check.optional = True
            elif asks not in text or any(n in text for n in held):
                self._chosen(text, held, check)
                check.denies = True
        refused = [*language.raises(source, node)]
        refused += [r for r in language.returns(source, node) if _literal(source.text(r)) != "true"]
        for result in refused:
            for condition in language.conditions(source, result):
                self._denied(source.text(condition.subject), condition, held, check)
        body = source.text(node)
        check.above = asks in body
        if check.above and self._swallows(node, source.text, asks):
            check.optional = True
        raised = [source.text(n) for n in language.raises(source, node)]
        whole = self._class_text(method)
        words = unit.names("auth", "challenges")
        check.challenges = any(fnmatchcase(t, f"*{w}*") for t in [*raised, whole] for w in words)
        check.denies = check.denies or bool(raised)
        check.denies = check.denies or any(
            re.search(p, whole) for p in unit.names("auth", "denies")
        )
        return check

    def _class_text(self, method: At) -> str:
        owner = self.code.language(method.source).owner_class(method.node)
        return method.source.text(owner if owner is not None else method.node)

    def _swallows(self, method: Node, text: object, asks: str) -> bool:
        """Whether a refusal from above is caught and comes to nothing."""
        stack = [method]
        while stack:
            node = stack.pop()
            if node.type == "try_statement":
                body = node.child_by_field_name("body")
                handler = node.child_by_field_name("handler")
                inside = body is not None and asks.encode() in (body.text or b"")
                if inside and handler is not None:
                    refuses = (handler.text or b"").find
                    return refuses(b"throw") < 0 and refuses(b"false") < 0
            stack.extend(node.named_children)
        return False

    # --- marks -----------------------------------------------------------------------------------

    def _marks(self, method: At, unit: Unit, depth: int) -> Iterator[tuple[Node, set[object]]]:
        """Yield the calls of a method that read marks, and which; those of helpers as well."""
        language = self.code.language(method.source)
        wanted = unit.names("auth", "marks")
        for node in language.subtree(method.node):
            form = language.form(method.source, node)
            if not isinstance(form, forms.Call) or form.constructs:
                continue
            callee = method.to(form.function)
            if not isinstance(self.ev.form(callee), forms.Member):
                continue
            for value in self.ev.evaluate(callee):
                if isinstance(value, External) and form.arguments:
                    if any(fnmatchcase(value.name, p) for p in wanted):
                        keys = key_of(self.ev, method.to(form.arguments[0].node))
                        yield node, set(keys)
                elif isinstance(value, FunctionValue) and depth < MAX_HELPERS:
                    if value.at.source is method.source:
                        inner = [k for _, ks in self._marks(value.at, unit, depth + 1) for k in ks]
                        if inner:
                            yield node, set(inner)

    def _held(self, method: At, read: Mapping[Node, set[object]]) -> dict[str, set[object]]:
        """Return the texts that stand for marks: the calls, and the names that hold them."""
        held: dict[str, set[object]] = {}
        for node, keys in read.items():
            held.setdefault(method.source.text(node), set()).update(keys)
            above: Node | None = node
            while above is not None and above.id != method.node.id:
                if above.type == "variable_declarator":
                    name = above.child_by_field_name("name")
                    if name is not None:
                        held.setdefault(method.source.text(name), set()).update(keys)
                    break
                above = above.parent
        return held

    def _of(self, text: str, held: Mapping[str, set[object]]) -> set[object]:
        return {
            key
            for name, keys in held.items()
            if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text)
            for key in keys
        }

    def _passes(
        self,
        text: str,
        condition: Condition,
        held: Mapping[str, set[object]],
        check: Check,
        unit: Unit,
    ) -> None:
        """Note what a condition under which everybody passes says of marks, or of the caller."""
        keys = self._of(text, held)
        missing = _is_missing(text, condition)
        if keys:
            (check.needed if missing else check.exempt).update(keys)
        elif missing and any(re.search(p, text) for p in unit.names("auth", "shows")):
            check.optional = True

    def _denied(
        self, text: str, condition: Condition, held: Mapping[str, set[object]], check: Check
    ) -> None:
        """Note what a condition of a refusal says of marks."""
        keys = self._of(text, held) - check.needed - check.exempt
        if keys:
            (check.exempt if _is_missing(text, condition) else check.needed).update(keys)

    def _chosen(self, text: str, held: Mapping[str, set[object]], check: Check) -> None:
        """``return isPublic || super.canActivate(context)``."""
        first = re.split(r"\|\||\?(?![.?])", text, maxsplit=1)
        keys = self._of(first[0], held) if len(first) > 1 else set()
        if keys:
            (check.needed if first[0].lstrip(" (").startswith("!") else check.exempt).update(keys)


def is_open(marks: Mapping[object, bool]) -> bool:
    """Whether a mark lets everybody pass, whatever the guard."""
    return bool(marks.get(OPEN))


def class_of(value: Value) -> At | None:
    """Return the class that a value is, or is an instance of."""
    if isinstance(value, Instance):
        return value.cls
    return value.at if isinstance(value, ClassValue) else None


def _literal(text: str) -> str:
    found = re.fullmatch(r"(?:[\w.]+\()?\s*(true|false)\s*\)?", text.strip())
    return found[1] if found else ""


def _is_missing(text: str, condition: Condition) -> bool:
    """Whether a condition holds where something is not there."""
    empty = any((n.text or b"").decode() in FALSY for n in condition.equals)
    said = text.lstrip(" (").startswith("!") or (
        not condition.equals and re.search(r"={2,3}\s*(null|undefined|0|false)\b", text) is not None
    )
    return condition.negated != (empty or said)


def _caught(node: Node, function: Node) -> bool:
    above: Node | None = node
    while above is not None and above.id != function.id:
        if above.type in CATCHES:
            return True
        above = above.parent
    return False
