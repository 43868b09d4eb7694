"""How sure it is that something lets nobody pass who is not known."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct


class Level(IntEnum):
    """How sure it is that something lets nobody pass who is not known."""

    OPEN = 0
    UNSURE = 1
    CLOSED = 2


class Verdict(Struct, frozen=True):
    """A level, and where it shows."""

    level: Level
    evidence: str = ""


OPEN = Verdict(Level.OPEN)
UNSURE = Verdict(Level.UNSURE)
