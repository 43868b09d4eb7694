"""What a host says of itself in ``host.toml``, and the cases that it is tried with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
HOSTS = REPOSITORY / "tests" / "hosts"
FIELDS = (
    "email:email:unique name:string role:enum=user,admin age:int:optional:min=0:max=150 "
    "bio:text:optional price:decimal active:bool:default=true born:date:optional "
    "password:string:secret:min=8"
)


@dataclass(frozen=True, slots=True)
class Host:
    """One application under ``tests/hosts``; commands are for a shell in its folder.

    ``database`` names the only one that it speaks; without it SQLite, and others where it can.
    """

    folder: Path
    language: str
    framework: str
    install: tuple[str, ...]
    checks: tuple[str, ...]
    serve: str
    health: str
    routes: str
    env: dict[str, str]
    migrate_up: str = ""
    migrate_down: str = ""
    migrate_check: str = ""
    auth: dict[str, Any] = field(default_factory=dict)
    postgresql: dict[str, str] = field(default_factory=dict)
    mongodb: dict[str, str] = field(default_factory=dict)
    database: str = ""
    proofs: tuple[dict[str, Any], ...] = ({},)

    @property
    def name(self) -> str:
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Case:
    """One codemod on one host."""

    host: Host
    resource: str
    fields: tuple[str, ...]
    options: tuple[str, ...] = ()
    references: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    def __str__(self) -> str:
        return f"{self.host.name}-{self.resource}"

    @property
    def arguments(self) -> list[str]:
        """The arguments of ``apimod`` that ask for this case."""
        return ["apply", "create-rest", self.resource, *self.fields, *self.options]


def load(folder: Path) -> Host:
    """Read one host."""
    said: dict[str, Any] = tomllib.loads((folder / "host.toml").read_text(encoding="utf-8"))
    said |= {name: tuple(said.get(name, ())) for name in ("install", "checks")}
    said["env"] = {name: str(value) for name, value in said.get("env", {}).items()}
    said["proofs"] = tuple(said.pop("proof", ({},)))
    return Host(folder=folder, **said)


def hosts() -> list[Host]:
    """Return every host, by name."""
    return [load(path.parent) for path in sorted(HOSTS.glob("*/host.toml"))]


def cases() -> list[Case]:
    """Return every case: those that a host lists under ``[[proof]]``, or the usual one.

    A host that says ``proof = []`` is not proved with yet.
    """
    return [_case(host, said) for host in hosts() for said in host.proofs]


def _case(host: Host, said: dict[str, Any]) -> Case:
    given = said.get("references", {}).items()
    return Case(
        host,
        said.get("resource", "customers"),
        tuple(said.get("fields", FIELDS).split()),
        tuple(said.get("options", ())),
        tuple((name, tuple(ids)) for name, ids in given),
    )
