"""Every proof needs the same: a host as it is, and then the same host changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from proofs import codemod, database, mongo
from proofs.bench import Bench, missing_tool
from proofs.host import Case, Host, cases

_LOCKS = {"go": "go mod tidy"}
"""What brings lock files up to date, by language."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A host before the codemod, installed; what its own checks say and its route table."""

    case: Case
    bench: Bench
    problems: list[str]
    routes: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A host after the codemod, installed."""

    bare: Bare
    outcome: codemod.Json

    @property
    def bench(self) -> Bench:
        return self.bare.bench

    @property
    def plan(self) -> codemod.Json:
        plan: codemod.Json = self.outcome["plan"]
        return plan


@pytest.fixture(scope="session", params=cases(), ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """One codemod on one host."""
    chosen: Case = request.param
    return chosen


@pytest.fixture(scope="session")
def bare(case: Case, cluster: database.Cluster | None, ferret: mongo.Ferret | None) -> Bare:
    """The host as its team has it."""
    host = case.host
    if reason := missing_tool(host):
        pytest.skip(reason)
    bench = Bench(host, _own_database(host, cluster, ferret))
    bench.reset()
    bench.install()
    bench.migrate_own()
    return Bare(case, bench, bench.check(), bench.run(case.host.routes))


@pytest.fixture(scope="session")
def applied(bare: Bare) -> Applied:
    """The host with the endpoints in it, what they need installed."""
    bench, case = bare.bench, bare.case
    bench.forget_data()
    outcome = codemod.outcome(bench.folder, case)
    codemod.succeed(bench.folder, *case.arguments, "-y")
    if outcome["needs_lock"] and (command := _LOCKS.get(case.host.language)):
        bench.run(command)
    bench.install()
    bench.migrate_own()
    return Applied(bare, outcome)


@pytest.fixture(scope="session")
def cluster() -> Iterator[database.Cluster | None]:
    """A PostgreSQL for the session, or None where there is none to start."""
    programs = database.binaries()
    if programs is None:
        yield None
        return
    started = database.Cluster(programs)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def ferret() -> Iterator[mongo.Ferret | None]:
    """What speaks MongoDB's protocol, or None where there is nothing to start."""
    program = mongo.binary()
    if program is None:
        yield None
        return
    started = mongo.Ferret(program)
    yield started
    started.stop()


def _own_database(
    host: Host, cluster: database.Cluster | None, ferret: mongo.Ferret | None
) -> dict[str, str]:
    """Return the variables for what a host speaks to in its checks, where it needs a server."""
    if host.database in ("", "sqlite"):
        return {}
    server = {"postgresql": cluster, "mongodb": ferret}[host.database]
    if server is None:
        pytest.skip(f"there is no {host.database} to start")
    return database.environment(host, server.database()) or {}


@pytest.fixture(params=["sqlite", "postgresql", "mongodb"])
def database_env(
    request: pytest.FixtureRequest,
    case: Case,
    cluster: database.Cluster | None,
    ferret: mongo.Ferret | None,
) -> dict[str, str]:
    """The variables that lead a host to a new and empty database."""
    if case.host.database and case.host.database != request.param:
        pytest.skip(f"{case.host.name} speaks {case.host.database} only")
    if request.param == "mongodb" or case.host.database == "mongodb":
        if case.host.database != request.param:
            pytest.skip(f"{case.host.name} speaks no MongoDB")
        return _own_database(case.host, cluster, ferret)
    if request.param == "sqlite":
        return {}
    if cluster is None:
        pytest.skip("PostgreSQL is not installed")
    env = database.environment(case.host, cluster.database())
    if env is None:
        pytest.skip(f"{case.host.name} speaks no PostgreSQL")
    return env


@pytest.fixture
def copies(case: Case, tmp_path: Path) -> tuple[Path, Path]:
    """Two committed copies of the host in which nothing has run."""
    from proofs.shell import copy

    return copy(case.host.folder, tmp_path / "one"), copy(case.host.folder, tmp_path / "two")
