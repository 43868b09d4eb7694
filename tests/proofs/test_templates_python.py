"""What the Python templates render is strictly typed, boots, passes its tests, and holds the contract."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract.session import Credentials
from contract.suite import failures
from contract.suite import run as run_contract
from proofs.database import free_port
from templates_python import rendering
from templates_python.application import application
from templates_python.profiles import profile
from templates_python.scenario import Scenario, matrix

NEEDED = (
    "fastapi",
    "sqlmodel",
    "alembic",
    "aiosqlite",
    "argon2",
    "email_validator",
    "uvicorn",
    "mypy",
)
pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(
        not all(importlib.util.find_spec(name) for name in NEEDED),
        reason=f"needs {', '.join(NEEDED)}",
    ),
]
ALL_OPERATIONS = 5
SCENARIOS = matrix()
SERVED = [s for s in SCENARIOS if len(s.only) == ALL_OPERATIONS]
REFERENCES = {"teams": [1, 2]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every scenario's project by name."""
    root = tmp_path_factory.mktemp("projects")
    return {s.name: build(s, root / s.name) for s in SCENARIOS}


def build(scenario: Scenario, root: Path) -> Path:
    """Write a scenario's project, and what is new in it."""
    new = rendering.rendered(scenario)
    home = new.pop("app/main.py", None)
    own = application(scenario, home)
    for path, text in {**own, **{p: piece.whole for p, piece in new.items()}}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for path in [*own, *new]:
        if path.endswith(".py"):
            file = root / path
            file.write_text(rendering.formatted(file.read_text(), file))
    return root


def succeed(root: Path, *command: str, **environment: str) -> None:
    """Run a module of this interpreter in a project; its output tells why where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_it_is_strictly_typed(scenario: Scenario, built: dict[str, Path]) -> None:
    succeed(built[scenario.name], "mypy", "--no-error-summary", ".")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_its_own_tests_pass(scenario: Scenario, built: dict[str, Path]) -> None:
    succeed(built[scenario.name], "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_the_migration_makes_the_model(scenario: Scenario, built: dict[str, Path]) -> None:
    """Up, the tool's own check for drift, down."""
    root = built[scenario.name]
    (root / "alembic.ini").write_text(
        "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n"
    )
    tables = "SQLModel" if scenario.orm == "sqlmodel" else "Base"
    source = "sqlmodel" if scenario.orm == "sqlmodel" else "app.base"
    (root / "migrations" / "env.py").write_text(ENV.format(tables=tables, source=source))
    database = root / "migrated.db"
    for command in (["upgrade", "head"], ["check"], ["downgrade", "base"]):
        succeed(root, "alembic", *command, MIGRATED=f"sqlite:///{database}")


ENV = """\
import os

from alembic import context
from sqlalchemy import create_engine

import app.main
from {source} import {tables}

metadata = {tables}.metadata
engine = create_engine(os.environ["MIGRATED"])
with engine.begin() as connection:
    for name in ("teams", "accounts"):
        metadata.tables[name].create(connection, checkfirst=True)


def ours(name: str | None, kind: str, parents: object) -> bool:
    return kind != "table" or name not in ("teams", "accounts")


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=ours,
        include_object=lambda item, name, kind, *rest: ours(name, kind, rest),
    )
    with context.begin_transaction():
        context.run_migrations()
"""


@pytest.mark.parametrize("scenario", SERVED, ids=lambda s: s.name)
def test_it_holds_the_contract(scenario: Scenario, built: dict[str, Path]) -> None:
    first = Credentials({"X-Key": "first"}, {"X-Key": "second"})
    credentials = first if scenario.owner else Credentials({}, None)
    with served(scenario, built[scenario.name]) as url:
        results = run_contract(url, profile(scenario), credentials, references=REFERENCES)
    assert not failures(results), "\n".join(map(str, failures(results)))


@contextmanager
def served(scenario: Scenario, root: Path) -> Iterator[str]:
    """Serve a project on an empty database."""
    port, database = free_port(), root / "served.db"
    driver = "+aiosqlite" if scenario.asynchronous else ""
    environment = {**os.environ, "DATABASE_URL": f"sqlite{driver}:///{database}"}
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port)]
    with (
        (root / "server.log").open("w") as log,
        subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            wait(f"{url}/openapi.json")
            yield url
        finally:
            server.terminate()


def wait(url: str) -> None:
    """Wait until something answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")
