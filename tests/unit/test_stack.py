from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from trees import plant

from apimod.detect_schema import signs_of
from apimod.errors import PackError, UsageError
from apimod.stack import KINDS, Stack, detect

ROOT = Path(__file__).parents[2]
MATCHERS = sorted((ROOT / "matchers").glob("*.toml"))


@dataclass(frozen=True)
class Unit:
    name: str
    kind: str
    language: str
    tables: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Pack:
    units: tuple[Unit, ...]


def unit(text: str) -> Unit:
    tables = tomllib.loads(text)
    return Unit(tables["name"], tables["kind"], tables["language"], tables)


GIN_PATH = "github.com/gin-gonic/gin"
PGX = "github.com/jackc/pgx/v5"
GO_MOD = f"""
module example.com/shop

require (
\t{GIN_PATH} v1.9.1
\tgithub.com/golang-jwt/jwt/v5 v5.2.0
\tgithub.com/stretchr/testify v1.9.0
\tgithub.com/lib/pq v1.10.0 // indirect
)
"""
PACK = Pack(tuple(unit(file.read_text("utf-8")) for file in MATCHERS))


def stack(root: Path, files: dict[str, str | bytes]) -> Stack:
    (found,) = detect(plant(root, files), PACK)
    return found


def test_each_fact_has_its_place(tmp_path: Path) -> None:
    found = stack(
        tmp_path,
        {
            "pyproject.toml": """
                [project]
                dependencies = [
                    "fastapi>=0.110",
                    "SQLAlchemy==2.0.1",
                    "asyncpg",
                    "PyJWT",
                ]
                [dependency-groups]
                dev = ["pytest"]
                [tool.ruff]
                """,
            "uv.lock": "",
            "alembic.ini": "[alembic]\n",
            "app/main.py": "import jwt\nfrom fastapi import FastAPI\n",
            "app/db.py": "import sqlalchemy as sa\n",
        },
    )
    assert found.frameworks == ("fastapi",)
    assert found.orm == ("sqlalchemy",)
    assert found.database == ("postgresql",)
    assert found.auth == ("jwt",)
    assert found.tests == ("pytest",)
    assert found.formatter == ("ruff",)
    assert found.names("migration") == ("alembic",)
    assert found.package_manager == "uv"
    shown = {(e.fact, e.file, e.line) for e in found.evidence}
    assert {
        ("framework fastapi", "pyproject.toml", 3),
        ("framework fastapi", "app/main.py", 2),
        ("orm sqlalchemy", "app/db.py", 1),
        ("database postgresql", "pyproject.toml", 5),
        ("auth jwt", "app/main.py", 1),
        ("formatter ruff", "pyproject.toml", 10),
        ("migration alembic", "alembic.ini", 1),
        ("package_manager uv", "uv.lock", 1),
    } <= shown
    version = found.of("orm")[0].version
    assert version is not None and (version.major, version.exact) == (2, True)


def test_go(tmp_path: Path) -> None:
    found = stack(
        tmp_path,
        {
            "go.mod": GO_MOD,
            "main.go": f'package main\n\nimport (\n\t"{GIN_PATH}"\n\t_ "{PGX}/stdlib"\n)\n',
            "auth.go": 'package main\n\nimport "github.com/golang-jwt/jwt/v5"\n',
            "main_test.go": 'package main\n\nimport "testing"\n',
        },
    )
    assert found.frameworks == ("gin",)
    assert found.database == ("postgresql",)
    assert found.auth == ("jwt",)
    assert set(found.tests) == {"testify", "testing"}
    assert found.formatter == ("gofmt",)
    assert found.package_manager == "go"


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "# fastapi\n", "main.py": "# import fastapi\n"},
        {"requirements.txt": "", "main.py": '"""\nimport fastapi\n"""\n'},
        {
            "pyproject.toml": "[project]\n",
            "uv.lock": '[[package]]\nname = "fastapi"\nversion = "0.1"\n',
            "main.py": "",
        },
        {"requirements.txt": "fastapi\n", "main.py": "import os\n"},
        {"requirements.txt": "fastapi\n", "tests/test_x.py": "import fastapi\n", "a.py": ""},
        {
            "requirements.txt": "",
            "main.py": "",
            "venv/pyvenv.cfg": "",
            "venv/x.py": "import fastapi",
        },
        {"requirements.txt": "", "main.py": "import fastapi\n", "fastapi/__init__.py": ""},
        {"go.mod": f"module x\nrequire {GIN_PATH} v1.0.0 // indirect\n", "main.go": "package main"},
        {"go.mod": "module x\n", "m.go": "package m", "vendor/y/y.go": f'import "{GIN_PATH}"'},
        {"go.mod": "module x\n", "m.go": f'package m\n// import "{GIN_PATH}"\n'},
    ],
)
def test_what_is_no_evidence_of_a_framework(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    assert stack(tmp_path, files).frameworks == ()


def test_declared_only_is_weak(tmp_path: Path) -> None:
    found = stack(tmp_path, {"requirements.txt": "fastapi\n", "main.py": "import os\n"})
    assert [(fact.name, fact.declared) for fact in found.weak] == [("fastapi", True)]


def test_libraries_of_tests_are_not_the_applications(tmp_path: Path) -> None:
    found = stack(
        tmp_path,
        {
            "pyproject.toml": "[project]\n[dependency-groups]\ndev = ['sqlalchemy', 'aiosqlite']\n",
            "tests/conftest.py": "import sqlalchemy\nURL = 'sqlite://'\n",
            "main.py": "import fastapi\n",
        },
    )
    assert (found.orm, found.database) == ((), ())


def test_imports_of_migrations_are_no_orm(tmp_path: Path) -> None:
    found = stack(
        tmp_path,
        {
            "requirements.txt": "alembic\n",
            "migrations/versions/1.py": "import sqlalchemy as sa\nfrom alembic import op\n",
        },
    )
    assert (found.orm, found.names("migration")) == ((), ("alembic",))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"a.py": "import sqlmodel\nimport sqlalchemy\n"}, ("sqlmodel",)),
        (
            {
                "requirements.txt": "sqlmodel\nsqlalchemy\n",
                "a.py": "import sqlmodel\n",
                "b.py": "import sqlalchemy\n",
                "c.py": "import sqlalchemy\n",
            },
            ("sqlalchemy", "sqlmodel"),
        ),
    ],
)
def test_a_base_counts_only_in_its_own_right(
    tmp_path: Path, others: dict[str, str | bytes], expected: tuple[str, ...]
) -> None:
    assert stack(tmp_path, {"requirements.txt": "sqlmodel\n", **others}).orm == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.py": "URL = 'postgresql+psycopg://x'\n"}, ("postgresql",)),
        ({"a.py": "d = dict(scheme='mysql+aiomysql')\n"}, ("mysql",)),
        ({"a.py": "# postgresql://x\n'''mysql://x'''\n"}, ()),
        ({"a.py": "kind = 'redis'\n"}, ()),
        ({"a.py": "", ".env.example": "# mysql://x\nDB=postgres://x\n"}, ("postgresql",)),
        ({"a.py": "", ".github/workflows/ci.yml": "url: mysql://x\n"}, ()),
        (
            {"a.py": "", "compose.yml": "services:\n  d:\n    image: docker.io/mongo:7\n"},
            ("mongodb",),
        ),
        ({"a.py": "import sqlite3\n"}, ("sqlite",)),
        ({"a.py": "from pydantic import PostgresDsn\n"}, ("postgresql",)),
    ],
)
def test_databases(
    tmp_path: Path, files: dict[str, str | bytes], expected: tuple[str, ...]
) -> None:
    assert stack(tmp_path, {"requirements.txt": "", **files}).database == expected


def test_a_compose_file_above_speaks_for_an_orm_without_a_database(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "docker-compose.yml": "services:\n  db:\n    image: postgres:16\n",
        "api/requirements.txt": "sqlmodel\n",
        "api/main.py": "import sqlmodel\n",
        "web/requirements.txt": "fastapi\n",
        "web/main.py": "import fastapi\n",
    }
    assert [s.database for s in detect(plant(tmp_path, files), PACK)] == [("postgresql",), ()]


def test_broken_manifests(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a/pyproject.toml": "[project\n", "a/main.py": ""}
    with pytest.raises(UsageError, match=r"a/pyproject.toml:1: broken TOML"):
        detect(plant(tmp_path, files), PACK)
    several = {**files, "b/requirements.txt": "fastapi\n", "b/main.py": "import fastapi\n"}
    broken, whole = detect(plant(tmp_path, several), PACK)
    assert "broken TOML" in broken.problem
    assert whole.frameworks == ("fastapi",)


def test_scripts_without_a_manifest_are_no_project_beside_others(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "api/requirements.txt": "",
        "api/main.py": "import fastapi\n",
        "scripts/x.py": "import os\n",
        "demo/main.py": "import fastapi\n",
    }
    assert [s.path for s in detect(plant(tmp_path, files), PACK)] == ["api", "demo"]
    assert [s.path for s in detect(plant(tmp_path, files), PACK, "demo")] == ["demo"]


def test_empty_workspace(tmp_path: Path) -> None:
    assert detect(plant(tmp_path, {}), PACK) == ()


@pytest.mark.parametrize(
    "table", [{"import": ["x"]}, {"imports": "x"}, {"fact": 1}, {"also": [{"kind": "auth"}]}]
)
def test_detect_tables_are_closed(table: dict[str, Any]) -> None:
    with pytest.raises(PackError, match="detect"):
        signs_of(Unit("x", "auth", "python", {"detect": table}))


@pytest.mark.parametrize("file", MATCHERS, ids=lambda file: file.stem)
def test_matchers_say_how_they_are_recognised(file: Path) -> None:
    signs = signs_of(unit(file.read_text("utf-8")))
    if not signs:
        assert "origin" in unit(file.read_text("utf-8")).tables, "no [detect] table"
    for each in signs:
        assert each.kind in KINDS
        assert each.imports or each.uses or each.files or each.config
        assert each.fact == each.fact.lower()
        assert not [base for base in each.over if not (ROOT / f"matchers/{base}.toml").is_file()]


def test_detection_names_no_library() -> None:
    tools = {"formatter", "linter", "database"}
    names = {f.stem for f in MATCHERS if unit(f.read_text("utf-8")).kind not in tools}
    names -= {*KINDS, "bun"}  # a package manager bears a library's name
    word = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
    files = ("stack", "signs", "detect_schema", "import_scan", "workspace", "projects", "walk")
    sources = [ROOT / f"src/apimod/{name}.py" for name in files]
    sources += sorted((ROOT / "src/apimod/manifests").glob("*.py"))
    for source in sources:
        assert not word.findall(source.read_text("utf-8")), source.name
