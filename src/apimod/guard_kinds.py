"""Kinds of guards that are told by their names: carriers, suspects, those for some verbs only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.answers import Decorators
from apimod.languages import forms
from apimod.languages.forms import Defined, Imported
from apimod.values import At, ClassValue, External, FunctionValue, Instance, Text, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.evaluate import Evaluator
    from apimod.pack import Unit

DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")


class GuardKinds:
    """Answers from the ``[auth]`` table of a unit."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.decorators = Decorators(evaluator)

    def values(self, at: At) -> list[Value]:
        """Return what a guard is; a dotted name in a string is what it names."""
        out: list[Value] = []
        for value in self.ev.evaluate(at):
            if isinstance(value, Text) and DOTTED.fullmatch(value.text):
                out += self.named(at, value.text)
            else:
                out.append(value)
        return out

    def refuses(self, function: At, unit: Unit, whatever: bool = False) -> bool:
        """Whether a body refuses in one of the unit's ways; ``whatever``: or hands an error on."""
        text = function.source.text(function.node)
        patterns = unit.names("auth", "refuses")
        return any(re.search(p, text) for p in patterns) or (whatever and "?" in text)

    def chained(self, value: Value, chain: str) -> list[Value]:
        """Return what ``a.b`` of a value is: the member of a member."""
        found: list[Value] = [value]
        for name in chain.split("."):
            found = [m for one in found for m in self.ev.member(one, name)]
        return found

    def named(self, at: At, name: str) -> list[Value]:
        """Return what a dotted name in a string stands for."""
        module, _, last = name.rpartition(".")
        language = self.ev.code.language(at.source)
        out: list[Value] = []
        for target in language.resolve(self.ev.code, at.source, Imported(module, last)):
            out += self.ev.lookup.target(target, None, language.name)
        return out

    def carried(self, at: At, unit: Unit) -> list[At] | None:
        """Return the guards that a call only hands on; None where it is no such call."""
        form = self.ev.form(at)
        if not isinstance(form, forms.Call):
            return None
        names = self.ev.canonical(at.to(form.function))
        if not any(n in unit.names("auth", "carriers") for n in names):
            return None
        out: list[At] = []
        for argument in form.arguments:
            inner = self.ev.form(at.to(argument.node))
            items = inner.items if isinstance(inner, forms.Listing) else (argument.node,)
            out += [at.to(n) for n in items if argument.name is None]
        return out

    def is_suspect(self, name: str, unit: Unit) -> bool:
        """Whether a name sounds like a guard."""
        last = name.rsplit(".", 1)[-1].lower()
        return any(fnmatchcase(last, p) for p in unit.names("auth", "suspects"))

    def name(self, function: FunctionValue) -> str:
        """Return the name of a function, or of the one around it."""
        language = self.ev.code.language(function.at.source)
        node: Node | None = function.at.node
        names = []
        while node is not None:
            if isinstance(language.form(function.at.source, node), forms.FunctionForm):
                names.append(language.function_name(function.at.source, node) or "")
            node = node.parent
        return names[-1] if names else ""

    def verbs(self, at: At, unit: Unit) -> set[str] | None:
        """Return the verbs that a guard is for; None for all."""
        table = unit.table("auth").get("verbs", {})
        safe = unit.names("auth", "safe")
        for value in self.values(at) if table or safe else ():
            for name in self._names(value):
                if name in table:
                    return set(table[name].split())
            if isinstance(value, ClassValue | Instance):
                cls = value.at if isinstance(value, ClassValue) else value.cls
                data = cls.source.data[cls.node.start_byte : cls.node.end_byte]
                if any(word.encode() in data for word in safe):
                    return {"POST", "PUT", "PATCH", "DELETE"}
        return None

    def _names(self, value: Value) -> Iterable[str]:
        if isinstance(value, External):
            return [value.name]
        if isinstance(value, ClassValue):
            return [b for b in self.ev.mro(value.at) if isinstance(b, str)]
        return []

    def asked(self, cls: At, unit: Unit) -> tuple[int, str, int] | None:
        """Return how sure a class denies by a method that answers yes or no, and where.

        None where no such method is its own.
        """
        for base in self.ev.mro(cls):
            if not isinstance(base, At):
                return None
            language = self.ev.code.language(base.source)
            members = language.members(self.ev.code, base.source, base.node)
            for name in unit.names("auth", "asks"):
                for found in members.get(name, ()):
                    if isinstance(found.binding, Defined):
                        return self._judged(At(found.source, found.binding.node), unit)
        return None

    def _judged(self, function: At, unit: Unit) -> tuple[int, str, int]:
        language = self.ev.code.language(function.source)
        results = language.returns(function.source, function.node)
        texts = [" ".join(function.source.text(n).split()) for n in results]
        body = function.source.text(function.node)
        shows = any(re.search(p, body) for p in unit.names("auth", "shows"))
        safe = any(word in body for word in unit.names("auth", "safe"))
        free = [t for t in texts if t == "True"]
        if texts and len(free) == len(texts):
            return (0, "", 0)
        if shows and (not free or safe or len(free) < len(texts)):
            return (2, function.source.path, function.line)
        return (1, "", 0)
