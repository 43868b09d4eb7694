"""A command line whose planner is a fake, over a real directory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apimod.cli import main, services
from apimod.errors import NoAnchor
from apimod.model import (
    Changed,
    Create,
    Endpoint,
    Evidence,
    Insert,
    Outcome,
    Plan,
    RefusedOutcome,
    Request,
    SkippedFile,
    Step,
    Unchanged,
    Unresolved,
)
from apimod.paths import is_below

MAIN = b"app = App()\napp.add(items)\n"


@dataclass
class Run:
    """What a run of the command line left behind."""

    code: int
    out: bytes
    err: str


@dataclass
class Cli:
    """Runs apimod in ``root``; ``stacks`` and ``refuse`` steer the fakes below it."""

    root: Path
    capsys: pytest.CaptureFixture[bytes]
    stacks: list[Any] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    refuse: Callable[[Request], Outcome | None] = lambda request: None

    def __call__(self, *args: str) -> Run:
        code = main.main(list(args))
        captured = self.capsys.readouterr()
        return Run(code, captured.out, captured.err.decode())

    def project(self, path: str, *frameworks: str) -> None:
        """Add a project with one source file."""
        folder = self.root / path
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "main.py").write_bytes(MAIN)
        self.stacks.append(stack(path, frameworks))

    def tree(self) -> dict[str, bytes]:
        """Return every file below the root, but git's."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".git" not in path.parts
        }


def stack(path: str, frameworks: tuple[str, ...]) -> Any:
    """Return what detection says of a project."""
    empty: tuple[str, ...] = ()
    return SimpleNamespace(
        project=SimpleNamespace(path=path), problem="", path=path, language="python", spoken="python",
        frameworks=frameworks, orm=empty, database=empty,
        auth=empty, validation=empty, docs=empty, tests=("pytest",), formatter=("fmt",),
        package_manager="pip", conventions={"wire case": "snake"},
        evidence=(Evidence("language: python", "main.py", 1),),
    )  # fmt: skip


def make_plan(root: Path, project: str, request: Request) -> Outcome:
    """Plan one new file and one inserted line; nothing where both are there."""
    prefix = "" if project == "." else f"{project}/"
    main_file = f"{prefix}main.py"
    name = request.resource.plural
    old = (root / main_file).read_bytes()
    if name.encode() in old:
        return Unchanged("all of its endpoints are there")
    if request.into == "nowhere":
        raise NoAnchor("there is nothing to register at", where=main_file, flag="--into")
    if request.into == "ask":
        return RefusedOutcome("two routers would do", f"app.add({name})")
    line = f"app.add({name})\n".encode()
    endpoints = tuple(
        Endpoint("rest", method, path, name, "acme", project, main_file, 1, auth=False)
        for method, path in (("GET", f"/{name}"), ("POST", f"/{name}"))
    )
    return Changed(
        Plan(
            request=request,
            project=project,
            framework=request.framework,
            edits=(
                Create("new", f"{prefix}{name}.py", f"# {name}\n".encode(), "beside items.py"),
                Insert("reg", main_file, len(old), line, "after the last router", ("new",)),
            ),
            hashes=((main_file, hashlib.sha256(old).hexdigest()), (f"{prefix}{name}.py", "")),
            endpoints=endpoints,
            profile={"update": "PUT"},
            evidence=(Evidence("files are plural", main_file, 2),),
            notes=("the project has no tests",),
            steps=(Step("Run the tests", "pytest"),),
            calls=(f"curl localhost:8000/{name}",),
        )
    )


LISTING = SimpleNamespace(
    endpoints=(
        Endpoint("rest", "GET", "/users", "list_users", "acme", "a", "a/main.py", 3, auth=True),
        Endpoint("rest", "POST", "/users", "create", "acme", "a", "a/main.py", 9, ("log",), False),
        Endpoint("websocket", "GET", "/ws/{id}", "feed", "acme", "b", "b/ws.py", 1, mounted=False),
    ),
    unresolved=(Unresolved("a/x.py", 4, "its receiver is unknown"),),
    skipped=(SkippedFile("a/y.py", "it can't be read"),),
)


def fake(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the fakes in place of the engine."""

    def plan(space: Any, project: Any, request: Request) -> Outcome:
        cli.requests.append(request)
        return cli.refuse(request) or make_plan(space.root, project.path, request)

    def stacks(space: Any, below: str) -> list[Any]:
        return [each for each in cli.stacks if is_below(each.path, below)]

    def paths(space: Any) -> list[str]:
        return [each.path for each in cli.stacks]

    codemod = SimpleNamespace(
        name="create-rest", title="REST", description="", protocol="rest", operations=("create",),
        roles=(), units=lambda role: ("acme",),
    )  # fmt: skip
    monkeypatch.setattr(services, "stacks", stacks)
    monkeypatch.setattr(services, "with_conventions", lambda space, stack: stack)
    monkeypatch.setattr(services, "project_paths", paths)
    monkeypatch.setattr(services, "listing", lambda space, below: LISTING)
    monkeypatch.setattr(services, "make_plan", plan)
    monkeypatch.setattr(services, "codemods", lambda space: {"create-rest": codemod})
