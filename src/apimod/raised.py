"""What a function raises that is made elsewhere: an error that a name holds, a class of errors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.languages import forms
from apimod.values import At, ClassValue, Constant, External, Instance, Text

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator
    from apimod.pack import Unit

STATUS = re.compile(r"(?<![\w.])(?:HTTP_)?([45]\d\d)(?:_[A-Z_]+)?(?![\w.])")
DENIALS = frozenset({"401", "403"})


class Answer(Enum):
    """What an error answers."""

    CHALLENGE = "challenge"
    DENIAL = "denial"
    OTHER = "other"
    UNKNOWN = "unknown"


class Raised:
    """Tells by its status what an error answers."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator

    def of(self, at: At, unit: Unit) -> Answer:
        """Return what an error answers that an expression holds or makes."""
        found = {self._of(value, unit) for value in self.ev.evaluate(at)}
        return found.pop() if len(found) == 1 else Answer.UNKNOWN

    def _of(self, value: object, unit: Unit) -> Answer:
        if isinstance(value, External) and value.at is not None:
            codes = set(self._given(value.at, unit))
            return _judged(codes, unit) if codes else Answer.UNKNOWN
        if isinstance(value, Instance | ClassValue):
            made = value.made if isinstance(value, Instance) else None
            given = set(self._given(made, unit)) if made is not None else set()
            if given & DENIALS or any(_judged({g}, unit) is not Answer.OTHER for g in given):
                return _judged(given, unit)
            return self._of_class(value.cls if isinstance(value, Instance) else value.at)
        return Answer.UNKNOWN

    def _given(self, call: At, unit: Unit) -> Iterator[str]:
        """Yield the status that an error is made with."""
        form = self.ev.form(call)
        places = unit.table("arguments").get("error", {}).get("status", ())
        if not isinstance(form, forms.Call):
            return
        for index, argument in enumerate(form.arguments):
            if argument.name in places or (argument.name is None and index in places):
                for value in self.ev.evaluate(call.to(argument.node)):
                    if isinstance(value, Text | Constant):
                        yield value.text
                    elif isinstance(value, External):
                        yield value.name

    def _of_class(self, cls: At) -> Answer:
        """A class of errors shows its status in its own body, or in its bases'."""
        for base in self.ev.mro(cls):
            if isinstance(base, At):
                codes = set(STATUS.findall(base.source.text(base.node)))
                if len(codes) == 1:
                    code = codes.pop()
                    return {"401": Answer.CHALLENGE, "403": Answer.DENIAL}.get(code, Answer.OTHER)
                if codes:
                    return Answer.UNKNOWN
        return Answer.UNKNOWN


def _judged(codes: Collection[str], unit: Unit) -> Answer:
    for key, answer in (("challenges", Answer.CHALLENGE), ("statuses", Answer.DENIAL)):
        if any(fnmatchcase(c, p) for c in codes for p in unit.names("auth", key)):
            return answer
    return Answer.OTHER
