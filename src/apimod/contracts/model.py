"""What a contract says: services with their methods, and the fields of root types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

WORDS = re.compile(r"[a-z0-9]+")


class Rpc(Struct, frozen=True):
    """A method of a service."""

    name: str
    line: int
    client_stream: bool = False
    server_stream: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """How it streams, in the words of the listing."""
        if self.client_stream:
            return "bidi_stream" if self.server_stream else "client_stream"
        return "server_stream" if self.server_stream else "unary"


class Service(Struct, frozen=True):
    """A service: its package, the file that declares it, and its methods.

    ``homes`` are names under which generated code may lie: packages of other languages.
    """

    name: str
    package: str
    file: str
    rpcs: tuple[Rpc, ...]
    homes: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name on the wire."""
        return f"{self.package}.{self.name}" if self.package else self.name


def nearest(services: Sequence[Service], hints: Sequence[str], file: str) -> Service | None:
    """Return the service that code in ``file`` most likely means.

    ``hints`` are texts that tell where the generated code lies; the one of whose names most occur
    in them wins, then the one whose file is nearest.
    """
    words = {w for hint in hints for w in WORDS.findall(hint.lower())}

    def score(service: Service) -> tuple[int, int, int]:
        homes = (service.package, service.file, *service.homes)
        told = max(_share(home, words) for home in homes)
        return told, _common(service.file, file), -len(service.file)

    return max(services, key=score, default=None)


def _share(home: str, words: set[str]) -> int:
    return len(words & set(WORDS.findall(home.lower())))


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if a != b:
            break
        count += 1
    return count


def plain(name: str) -> str:
    """Return a name without the differences between languages' ways to write it."""
    return name.replace("_", "").lower()
