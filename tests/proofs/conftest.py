"""Every proof needs the same: a host as it is, and then the same host changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from proofs import codemod, database
from proofs.bench import Bench, missing_tool
from proofs.host import Case, cases


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
def bare(case: Case) -> Bare:
    """The host as its team has it."""
    if reason := missing_tool(case.host):
        pytest.skip(reason)
    bench = Bench(case.host)
    bench.reset()
    bench.install()
    return Bare(case, bench, bench.check(), bench.run(case.host.routes))


@pytest.fixture(scope="session")
def applied(bare: Bare) -> Applied:
    """The host with the endpoints in it, what they need installed."""
    bench, case = bare.bench, bare.case
    bench.forget_data()
    outcome = codemod.outcome(bench.folder, case)
    codemod.succeed(bench.folder, *case.arguments, "-y")
    if outcome["needs_lock"] and case.host.language == "go":
        bench.run("go mod tidy")
    bench.install()
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_env(
    request: pytest.FixtureRequest, case: Case, cluster: database.Cluster | None
) -> dict[str, str]:
    """The variables that lead a host to a new and empty database."""
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
