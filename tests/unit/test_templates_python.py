"""The Python templates render in every shape, and what they render is clean Python."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from apimod.codemods import library, load_codemod
from templates_python import rendering
from templates_python.application import application
from templates_python.scenario import Scenario, matrix

CODEMODS = rendering.ROOT / "codemods"
SCENARIOS = {scenario.name: scenario for scenario in matrix()}
RULES = "E,F,W,N,UP,B,SIM,C4,ASYNC,RUF,PT,RET,PIE,Q,S"
TESTS_MAY = "S101|S105|S106"


@cache
def files(name: str) -> dict[str, str]:
    """Return a scenario's new files, not formatted."""
    return {path: piece.whole for path, piece in rendering.rendered(SCENARIOS[name]).items()}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every scenario's files, formatted as the engine does."""
    root = tmp_path_factory.mktemp("scenarios")
    for name, scenario in SCENARIOS.items():
        for path, text in files(name).items():
            file = root / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        settings = application(scenario, None)["pyproject.toml"]
        (root / name / "pyproject.toml").write_text(settings)
    _ruff(root, "check", "--select", "I,F401", "--fix", "--exit-zero")
    _ruff(root, "format")
    return root


def _ruff(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "ruff", *arguments, "--no-cache", "--quiet", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def trees(name: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the syntax tree of each of a scenario's files."""
    for path, text in files(name).items():
        yield path, ast.parse(text, path)


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_is_python(name: str) -> None:
    assert dict(trees(name))


def test_it_is_clean(everything: Path) -> None:
    found = _ruff(everything, "check", "--select", RULES, "--output-format", "concise")
    spared = rf"/tests/.* ({TESTS_MAY}) |app/main.py:.* Undefined name `app`"
    lines = [line for line in found.splitlines() if ".py:" in line and not re.search(spared, line)]
    assert lines == [], "\n".join(lines)


def test_it_is_formatted(everything: Path) -> None:
    assert _ruff(everything, "format", "--check") == ""


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_name_is_bound(name: str) -> None:
    """What a file uses at its top level is imported or defined there."""
    for path, tree in trees(name):
        used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        for identifier in ("IntegrityError", "HTTPException", "select", "PasswordHasher", "Any"):
            if identifier in used:
                assert re.search(rf"^.*import.*\b{identifier}\b", files(name)[path], re.MULTILINE)


def classes(name: str, ending: str) -> Iterator[ast.ClassDef]:
    """Yield the classes of a scenario whose names end so."""
    for _, tree in trees(name):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name.endswith(ending):
                yield node


def members(node: ast.ClassDef) -> set[str]:
    """Return the annotated names of a class."""
    return {s.target.id for s in node.body
            if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)}  # fmt: skip


@pytest.mark.parametrize(
    "name", [s.name for s in SCENARIOS.values() if "password" in str(s.fields)]
)
def test_secrets_are_not_answered_and_guarded_columns_not_sent(name: str) -> None:
    secrets = {"password", "pin", "password_hash", "pin_hash"}
    for ending in ("Read", "Query"):
        for node in classes(name, ending):
            assert not members(node) & secrets
    for ending in ("Create", "Update"):
        for node in classes(name, ending):
            assert not members(node) & {
                "id",
                "owner_id",
                "score",
                "note",
                "created_at",
                "updated_at",
            }


@pytest.mark.parametrize("name", [s.name for s in SCENARIOS.values() if s.owner])
def test_rows_are_scoped_in_every_operation(name: str) -> None:
    """The owner decides in the query of a list, and in that or after that of one row."""
    text = "".join(files(name).values())
    narrowed = len(re.findall(r"\.owner_id (?:==|!=) ", text))
    assert narrowed >= 2
    assert re.search(r"owner_id=(?:owner_id|current_user\.id)", text)


@pytest.mark.parametrize("orm", ["sqlalchemy", "sqlmodel"])
@pytest.mark.parametrize(
    "template", ["routes/fastapi.j2", "service/fastapi.j2", "schema/_schema.j2"]
)
def test_no_template_names_a_library_of_another_kind(template: str, orm: str) -> None:
    text = (CODEMODS / "create-rest" / template).read_text()
    assert orm not in text.lower()


def test_a_library_brings_what_its_statements_need() -> None:
    front = library(CODEMODS, "create-rest/repository/_sqlalchemy.j2")
    names = {spec.name or spec.alias or spec.module for spec in front.imports}
    assert {"select", "IntegrityError", "PasswordHasher"} <= names
    assert "PasswordHasher" in dict(front.requires)


def test_a_template_inherits_the_needs_of_its_libraries() -> None:
    codemod = load_codemod(CODEMODS / "create-rest")
    (routes,) = (t for t in codemod.of("routes", "fastapi") if not t.part)
    assert "RequestValidationError" in {spec.name for spec in routes.front.imports}
    (schema,) = codemod.of("schema", "pydantic")
    assert "EmailStr" in dict(schema.front.requires)


def test_nothing_is_asked_twice() -> None:
    """Equal contexts give equal files."""
    scenario = Scenario("again")
    first, again = rendering.rendered(scenario), rendering.rendered(scenario)
    assert first == again
