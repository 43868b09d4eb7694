"""What the Go templates render compiles, is clean, passes its own tests, and holds the contract."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract.session import Credentials
from contract.suite import CHECKS, failures
from contract.suite import run as run_contract
from proofs.database import Cluster, free_port
from templates_go import module, rendering, shapes
from templates_go.contexts import Shape, context
from templates_go.profile import profile

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(shutil.which("go") is None, reason="there is no Go here"),
]
SHAPES = shapes.every()
SERVED = [shape for shape in shapes.some() if set(shape.ops) == set(Shape().ops)]
STATICCHECK = "go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./..."
REFERENCES = {"teams": [1, 2, 3]}
EMBEDDED_NAMES = {"create.shape"}
"""A base of the ORM's own names its members as it likes, beside whatever case the wire has."""


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ``go.mod`` and ``go.sum`` that all modules share."""
    folder = tmp_path_factory.mktemp("versions")
    module.write_versions(folder)
    _run(folder, "go mod tidy")
    return folder


def _run(folder: Path, command: str) -> str:
    done = subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"[:4000]
    return done.stdout


def _module(folder: Path, shape: Shape, versions: Path) -> None:
    module.write(folder, shape, rendering.files(context(shape), {"test": shape.test}))
    for name in ("go.mod", "go.sum"):
        shutil.copy(versions / name, folder / name)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_it_compiles_is_clean_and_passes_its_tests(
    shape: Shape, tmp_path: Path, versions: Path
) -> None:
    _module(tmp_path, shape, versions)
    assert _run(tmp_path, "gofmt -l .") == ""
    _run(tmp_path, "go vet ./...")
    _run(tmp_path, STATICCHECK)
    _run(tmp_path, "go test ./...")


def _database(shape: Shape, folder: Path, cluster: Cluster | None) -> str:
    """Return where the rows are kept: in the database that a shape is for, if there is one."""
    if shape.database == "postgresql" and cluster is not None:
        return f"postgres://{cluster.database()}"
    if shape.database == "postgresql" and shape.migration:
        pytest.skip("its SQL is PostgreSQL's, and there is none here")
    return str(folder / "shop.db")


@contextmanager
def _served(folder: Path, database: str) -> Iterator[str]:
    _run(folder, "go build -o app .")
    port = free_port()
    given = {**os.environ, "PORT": str(port), "DATABASE_URL": database}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(["./app"], cwd=folder, env=given, stdout=log, stderr=log)
    try:
        _await(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _await(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on {port}")


@pytest.mark.parametrize("shape", SERVED, ids=str)
def test_it_holds_the_contract(
    shape: Shape, tmp_path: Path, versions: Path, cluster: Cluster | None
) -> None:
    _module(tmp_path, shape, versions)
    database = _database(shape, tmp_path, cluster)
    first, second = ({"X-User": "1"}, {"X-User": "2"}) if shape.owner else ({}, None)
    with _served(tmp_path, database) as url:
        found = run_contract(
            url, profile(shape), Credentials(first, second), references=REFERENCES,
            only=_checks(shape), pause=0.05,
        )  # fmt: skip
    assert "\n".join(map(str, failures(found))) == ""


def _checks(shape: Shape) -> set[str]:
    left_out = set(EMBEDDED_NAMES) if shape.embedded else set()
    if shape.embedded and shape.fields == "typed":
        left_out.add("create.errors_are_specific")  # its envelope has the names of two fields
    return {check.name for check in CHECKS} - left_out
