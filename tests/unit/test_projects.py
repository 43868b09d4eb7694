from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from trees import only_project, plant

WEB = "import fastapi\n"


def test_nearest_manifest_of_its_language_owns_a_file(tmp_path: Path) -> None:
    space = plant(
        tmp_path,
        {
            "pyproject.toml": "[project]\nname = 'top'\n",
            "tool.py": "",
            "api/go.mod": "module example.com/api\n",
            "api/main.go": "package main\n",
            "api/gen.py": "",
            "web/requirements.txt": "fastapi\n",
            "web/main.py": "",
            "web/Dockerfile": "",
        },
    )
    assert [(p.path, p.language, p.name, p.sources) for p in space.projects()] == [
        (".", "python", "top", ("api/gen.py", "tool.py")),
        ("api", "go", "api", ("api/main.go",)),
        ("web", "python", "web", ("web/main.py",)),
    ]
    assert "web/Dockerfile" in space.projects("web")[0].files
    found = space.project_of("web/routers/new.py", "python")
    assert found is not None and found.path == "web"


def test_requirements_aside_belong_to_the_project_around(tmp_path: Path) -> None:
    project = only_project(
        plant(
            tmp_path,
            {
                "requirements/base.txt": "fastapi\n",
                "requirements-dev.txt": "pytest\n",
                "docs/requirements.txt": "sphinx\n",
                "docs/conf.py": "",
                "app/main.py": "",
            },
        )
    )
    assert project.manifests == (
        "docs/requirements.txt",
        "requirements-dev.txt",
        "requirements/base.txt",
    )


@pytest.mark.parametrize(
    ("name", "content", "counts"),
    [
        ("setup.cfg", "[flake8]\nmax-line-length = 100\n", False),
        ("setup.cfg", "[metadata]\nname = x\n", True),
        ("setup.py", "from setuptools import setup\nsetup(name='x')\n", True),
        ("setup.py", "def setup() -> None: ...\n", False),
        ("Pipfile", "[packages]\n", True),
        ("environment.yml", "dependencies:\n  - fastapi\n", True),
        ("environment.yml", "stage: prod\n", False),
    ],
)
def test_what_counts_as_a_manifest(tmp_path: Path, name: str, content: str, counts: bool) -> None:
    project = only_project(plant(tmp_path, {name: content, "main.py": WEB}))
    assert project.manifests == ((name,) if counts else ())
    assert project.weak is not counts


def test_files_that_no_manifest_covers_make_weak_projects(tmp_path: Path) -> None:
    space = plant(
        tmp_path,
        {
            "one/main.py": WEB,
            "one/lib/x.py": "",
            "two/app/__init__.py": "",
            "two/app/main.py": WEB,
            "go/go.mod": "module x\n",
            "go/main.go": "",
        },
    )
    weak = [(p.path, len(p.sources)) for p in space.projects() if p.weak]
    assert weak == [("one", 2), ("two", 2)]


def test_manifest_without_sources_is_no_project(tmp_path: Path) -> None:
    assert plant(tmp_path, {"go.mod": "module x\n", "pyproject.toml": ""}).projects() == ()


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("module example.com/a", "example.com/a"),
        ('module "example.com/a" // note', "example.com/a"),
        ("// module no\nmodule `example.com/b`", "example.com/b"),
        ("module (\n\texample.com/c\n)", "example.com/c"),
    ],
)
def test_module_path(tmp_path: Path, line: str, path: str) -> None:
    project = only_project(plant(tmp_path, {"go.mod": line + "\n", "m.go": ""}))
    assert project.module_path == path


def test_go_work_and_workspace_tables_are_umbrellas(tmp_path: Path) -> None:
    space = plant(
        tmp_path,
        {
            "go.work": "go 1.22\nuse (\n\t./a\n)\n",
            "a/go.mod": "module a\n",
            "a/m.go": "",
            "b/go.mod": "module b\n",
            "b/m.go": "",
            "pyproject.toml": "[tool.uv.workspace]\nmembers = ['libs/*']\n",
            "libs/c/pyproject.toml": "[project]\nname = 'c'\n",
            "libs/c/c.py": "",
            "d/pyproject.toml": "[project]\nname = 'd'\n",
            "d/d.py": "",
        },
    )
    assert {p.path: p.umbrella for p in space.projects()} == {
        "a": ".",
        "b": "",
        "libs/c": ".",
        "d": "",
    }


@pytest.mark.parametrize(
    ("files", "roots"),
    [
        ({"pyproject.toml": "", "src/app/__init__.py": ""}, ("src",)),
        ({"pyproject.toml": "", "src/__init__.py": "", "main.py": ""}, (".",)),
        (
            {
                "pyproject.toml": "[tool.setuptools.package-dir]\n'' = 'lib'\n",
                "lib/app/main.py": "",
            },
            ("lib",),
        ),
        (
            {
                "pyproject.toml": "[tool.poetry]\npackages = [{include = 'a', from = 'py'}]\n",
                "py/a/b.py": "",
                "run.py": "",
            },
            ("py", "."),
        ),
        (
            {"requirements.txt": "", "service/main.py": "import db\n", "service/db.py": ""},
            ("service",),
        ),
        (
            {"requirements.txt": "pyjwt\n", "app/jwt.py": "", "app/auth.py": "import jwt\n"},
            (".",),
        ),
        (
            {"requirements.txt": "", "sql/__init__.py": "", "sql/db/m.py": "import sql.db.m\n"},
            (".",),
        ),
        ({"requirements.txt": "", "a/b.py": "import json\n", "a/json.py": ""}, (".",)),
        ({"requirements.txt": "", "app/__init__.py": "", "app/m.py": "import app.x"}, (".",)),
    ],
)
def test_import_roots(
    tmp_path: Path, files: dict[str, str | bytes], roots: tuple[str, ...]
) -> None:
    found = only_project(plant(tmp_path, files)).import_roots
    assert tuple(root for root in found if root in roots) == roots
    assert set(found) <= {*roots, "."}


def test_a_project_named_as_a_library_is_not_that_library(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "sqlalchemy/requirements.txt": "fastapi\n",
        "sqlalchemy/main.py": "from sqlalchemy import Column\nfrom sqlalchemy.orm import Session\n",
        "app/main.py": "from app.routes import x\n",
        "app/routes.py": "",
    }
    app, library = plant(tmp_path, files).projects()
    assert library.import_roots == ("sqlalchemy",)
    assert app.import_roots == ("app", ".")


def test_a_project_is_a_value(tmp_path: Path) -> None:
    project = only_project(plant(tmp_path, {"requirements.txt": "", "a.py": ""}))
    assert pickle.loads(pickle.dumps(project)) == project
