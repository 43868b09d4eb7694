from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import only_project, plant

from apimod.errors import UsageError
from apimod.manifests import dependencies, lock_command, package_manager, version_of
from apimod.manifests.reading import read_file
from apimod.manifests.toml import Entry, scan

PYPROJECT = """
[project]
name = "shop"  # "fastapi" in a comment
dependencies = [
    "FastAPI[standard]>=0.115,<1 ; python_version > '3.9'",
    # "flask",
    "Some_Pkg @ https://x.test/p.whl",
    "poetry-style (>=1.2,<2)",
]
[project.optional-dependencies]
postgres = ["psycopg"]
test = ["pytest>=8"]
[dependency-groups]
dev = ["ruff", {include-group = "lint"}]
lint = ["mypy==1.0"]
[tool.uv]
dev-dependencies = ["black"]
"""
POETRY = """
[tool.poetry.dependencies]
python = "^3.11"
fastapi = "^0.109.1"
uvicorn = {version = "^0.27", extras = ["standard"]}
lib = {path = "../lib"}
redis = {version = "*", optional = true}
[tool.poetry.dependencies.asyncpg]
version = "^0.29"
[tool.poetry.group.test.dependencies]
pytest = ">=7"
[tool.poetry.dev-dependencies]
black = "*"
"""
REQUIREMENTS = """
-r base.txt
--index-url https://x.test/simple
fastapi[all]==0.115.0 \\
    --hash=sha256:aaa \\
    --hash=sha256:bbb
uvicorn>=0.30  # web server, not flask
-e git+https://x.test/own.git@main#egg=Own_Lib
git+https://x.test/org/other.git@v1
./local
-e .
requests ; python_version < "3.12"
"""
GO = """
module example.com/x // fastapi

go 1.22

require github.com/lib/pq v1.10.9
require (
	"github.com/gin-gonic/gin" v1.9.1
	golang.org/x/net v0.1.0 // indirect
	example.com/near v1.0.0
	example.com/fork v1.0.0
)
tool github.com/x/y/cmd/z
replace example.com/near => ../near
replace example.com/fork v1.0.0 => example.com/other v1.5.0
"""


def rows(text: str, file: str) -> list[tuple[str, str, int, str]]:
    return [(d.name, d.constraint, d.line, d.group) for d in read_file(text.lstrip("\n"), file)]


def test_pyproject() -> None:
    assert rows(PYPROJECT, "pyproject.toml") == [
        ("fastapi", ">=0.115,<1", 4, "main"),
        ("some-pkg", "", 6, "main"),
        ("poetry-style", ">=1.2,<2", 7, "main"),
        ("psycopg", "", 10, "optional"),
        ("pytest", ">=8", 11, "dev"),
        ("ruff", "", 13, "dev"),
        ("mypy", "==1.0", 14, "dev"),
        ("black", "", 16, "dev"),
    ]


def test_poetry() -> None:
    assert sorted(rows(POETRY, "pyproject.toml"), key=lambda row: row[2]) == [
        ("fastapi", "^0.109.1", 3, "main"),
        ("uvicorn", "^0.27", 4, "main"),
        ("lib", "", 5, "main"),
        ("redis", "", 6, "optional"),
        ("asyncpg", "^0.29", 7, "main"),
        ("pytest", ">=7", 10, "dev"),
        ("black", "", 12, "dev"),
    ]


def test_requirements() -> None:
    assert rows(REQUIREMENTS, "requirements.txt") == [
        ("fastapi", "==0.115.0", 3, "main"),
        ("uvicorn", ">=0.30", 6, "main"),
        ("own-lib", "", 7, "main"),
        ("other", "", 8, "main"),
        ("requests", "", 11, "main"),
    ]


def test_go_mod() -> None:
    found = read_file(GO.lstrip("\n"), "go.mod")
    assert [(d.name, d.constraint, d.group, d.local) for d in found] == [
        ("github.com/lib/pq", "v1.10.9", "main", ""),
        ("github.com/gin-gonic/gin", "v1.9.1", "main", ""),
        ("example.com/near", "v1.0.0", "main", "../near"),
        ("example.com/fork", "v1.5.0", "main", ""),
        ("github.com/x/y/cmd/z", "", "dev", ""),
    ]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n    fastapi>=0.1\n    # flask\n    pydantic ; x\n"
            "[options.extras_require]\ntest = pytest\n",
            [
                ("fastapi", ">=0.1", 3, "main"),
                ("pydantic", "", 5, "main"),
                ("pytest", "", 7, "dev"),
            ],
        ),
        (
            "setup.py",
            "from setuptools import setup\nNEEDS = ['fastapi']\n"
            "setup(install_requires=NEEDS + ['redis'], extras_require={'pg': ['asyncpg']})\n",
            [("redis", "", 3, "main"), ("asyncpg", "", 3, "optional")],
        ),
        (
            "setup.py",
            "import setuptools as s\nNEEDS = [\n  'fastapi',\n]\ns.setup(install_requires=NEEDS)",
            [("fastapi", "", 3, "main")],
        ),
        ("setup.py", "def (:", []),
        (
            "Pipfile",
            '[packages]\nfastapi = "*"\n[dev-packages]\npytest = {version = "==8.0"}\n',
            [("fastapi", "", 2, "main"), ("pytest", "==8.0", 4, "dev")],
        ),
        (
            "environment.yml",
            "name: x\ndependencies:\n  - python=3.11\n  - conda-forge::fastapi=0.110\n  - pip:\n"
            '    - "uvicorn>=0.2"  # web\n',
            [("fastapi", "==0.110", 4, "main"), ("uvicorn", ">=0.2", 6, "main")],
        ),
        (
            "requirements.txt",
            "# This file is autogenerated by pip-compile with Python 3.11\nfastapi==0.1\n"
            "    # via -r requirements.in\nstarlette==0.2\n    # via fastapi\n",
            [("fastapi", "==0.1", 2, "main")],
        ),
        ("requirements-dev.txt", "\ufefffastapi\r\n# pytest\r\n", [("fastapi", "", 1, "dev")]),
    ],
)
def test_other_families(file: str, text: str, expected: list[tuple[str, str, int, str]]) -> None:
    assert rows(text, file) == expected


def test_byte_order_mark_and_crlf_do_not_matter() -> None:
    text = "\ufeff" + PYPROJECT.replace("\n", "\r\n")
    assert rows(text, "pyproject.toml") == [
        (name, constraint, line + 1, group)
        for name, constraint, line, group in rows(PYPROJECT, "pyproject.toml")
    ]


def test_broken_toml_is_told_with_its_line() -> None:
    with pytest.raises(UsageError) as caught:
        read_file("[project]\nname = \n", "api/pyproject.toml")
    assert caught.value.where == "api/pyproject.toml:2"
    assert caught.value.advice


def test_includes_are_followed_inside_the_workspace_once(tmp_path: Path) -> None:
    project = only_project(
        plant(
            tmp_path / "in",
            {
                "requirements-dev.txt": "-r ../secret.txt\n-r shared/more.list\n",
                "shared/more.list": "pytest\n-r more.list\n-r ../requirements-dev.txt\n",
                "main.py": "",
            },
        )
    )
    (tmp_path / "secret.txt").write_text("hidden\n")
    assert [(d.name, d.file, d.group) for d in dependencies(project)] == [
        ("pytest", "shared/more.list", "dev")
    ]


@pytest.mark.parametrize(
    ("files", "manager", "command"),
    [
        ({"pyproject.toml": "", "uv.lock": ""}, "uv", "uv lock"),
        ({"pyproject.toml": "[tool.poetry]\n"}, "poetry", "poetry install"),
        ({"pyproject.toml": "[tool.poetry]\n", "poetry.lock": ""}, "poetry", "poetry lock"),
        ({"pyproject.toml": "[tool.pdm.build]\n", "pdm.lock": ""}, "pdm", "pdm lock"),
        ({"Pipfile": "", "Pipfile.lock": "{}"}, "pipenv", "pipenv lock"),
        ({"pyproject.toml": "[project]\n"}, "pip", "pip install -e ."),
    ],
)
def test_lock_commands(
    tmp_path: Path, files: dict[str, str | bytes], manager: str, command: str
) -> None:
    project = only_project(plant(tmp_path, {**files, "main.py": ""}))
    assert package_manager(project)[0] == manager
    assert str(lock_command(project, "pyproject.toml")) == command


def test_lock_commands_of_requirements_and_go(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "api/requirements.in": "fastapi\n",
        "api/requirements.txt": "# autogenerated by uv via: uv pip compile\n",
        "api/main.py": "",
        "go.mod": "module x\n",
        "m.go": "",
    }
    go, api = plant(tmp_path, files).projects()
    assert str(lock_command(go)) == "go mod tidy"
    assert (
        str(lock_command(api, "api/requirements.in"))
        == "cd api && uv pip compile requirements.in -o requirements.txt"
    )
    plain = only_project(plant(tmp_path / "p", {"requirements.txt": "x\n", "m.py": ""}))
    assert str(lock_command(plain, "requirements.txt")) == "pip install -r requirements.txt"


@pytest.mark.parametrize(
    ("files", "version", "exact"),
    [
        ({"requirements.txt": "fastapi==0.109.2\n"}, (0, 109), True),
        ({"requirements.txt": "fastapi>=0.100,<1\n"}, (0, 100), False),
        ({"requirements.txt": "fastapi\n"}, None, False),
        (
            {
                "pyproject.toml": "[project]\ndependencies = ['fastapi>=0.1']\n",
                "uv.lock": '[[package]]\nname = "fastapi"\nversion = "0.115.6"\n',
            },
            (0, 115),
            True,
        ),
        (
            {
                "Pipfile": '[packages]\nfastapi = "*"\n',
                "Pipfile.lock": '{"default": {"fastapi": {"hashes": [], "version": "==0.99.1"}}}',
            },
            (0, 99),
            True,
        ),
    ],
)
def test_versions(
    tmp_path: Path, files: dict[str, str | bytes], version: tuple[int, int] | None, exact: bool
) -> None:
    project = only_project(plant(tmp_path, {**files, "main.py": ""}))
    found = version_of(project, dependencies(project)[0])
    assert (None if found is None else (found.major, found.minor)) == version
    assert found is None or found.exact is exact


def test_a_members_lock_file_lies_at_the_umbrella(tmp_path: Path) -> None:
    space = plant(
        tmp_path,
        {
            "pyproject.toml": "[tool.uv.workspace]\nmembers = ['api']\n",
            "uv.lock": '[[package]]\nname = "fastapi"\nversion = "0.115.6"\n',
            "api/pyproject.toml": "[project]\ndependencies = ['fastapi']\n",
            "api/main.py": "",
        },
    )
    (project,) = space.projects("api")
    assert str(lock_command(project)) == "uv lock"
    found = version_of(project, dependencies(project)[0])
    assert found is not None and (found.text, found.file) == ("0.115.6", "uv.lock")


KEYS = st.sampled_from(["a", "b-c", '"d.e"', "'f g'"])
VALUES = st.recursive(
    st.sampled_from(["1", "true", '"x # y"', "'z]'", '"""m\n\\"\n"""', "'''q\n'''", "1979-05-27"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda vs: "[" + ", # c\n ".join(vs) + "]"),
        inner.map(lambda v: "{x = " + v.replace("\n", "") + "}" if "\n" not in v else v),
    ),
    max_leaves=5,
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=4, unique_by=lambda pair: pair[0]))
def test_the_scan_sees_what_the_parser_sees(pairs: list[tuple[str, str]]) -> None:
    text = "[t.u] # head\n" + "".join(f"{key} = {value} # end\n" for key, value in pairs)
    try:
        parsed = tomllib.loads(text)["t"]["u"]
    except tomllib.TOMLDecodeError:
        return
    entries = [e for e in scan(text) if isinstance(e, Entry) and len(e.keys) == 3]
    seen = {
        e.keys[2]: tomllib.loads(f"x = {text[e.value.start : e.value.end]}")["x"] for e in entries
    }
    assert seen == parsed
