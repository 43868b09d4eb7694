"""Bad input against real projects: one clear line, the exit code, and nothing changed.

``test_cli_bad_input`` holds the command line's own table, over a planner that is a fake; here the
real planner reads real projects, and what it cannot do it refuses before anything is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import cases
from apimod.cli import main

CREATE = ("create-rest", "customers", "name:string")
PROJECTS = ("fastapi-shop", "gin-server-struct")


@dataclass
class Refusal:
    """What a refused call said."""

    code: int
    line: str
    rest: str


@dataclass
class Project:
    """A case's project in a folder of its own, under git."""

    root: Path
    capsys: pytest.CaptureFixture[bytes]

    def plant(self, name: str, changes: Callable[[Path], None] = lambda root: None) -> None:
        """Put a case's files there, change them, and commit."""
        cases.build(cases.load(name), self.root)
        changes(self.root)
        cases.commit(self.root)

    def refuses(self, *args: str, flag: str = "-y") -> Refusal:
        """Call apply; it must print one clear line, and leave the tree as it is."""
        before = cases.tree(self.root)
        code = main.main(["apply", *args, flag])
        captured = self.capsys.readouterr()
        line, _, rest = captured.err.decode().partition("\n")
        assert captured.out == b""
        assert line.startswith("apimod: ") and line.isprintable() and len(line) < 400, line
        assert cases.tree(self.root) == before, "a refusal wrote"
        assert cases.git(self.root, "status", "--porcelain") == ""
        return Refusal(code, line, rest)


@pytest.fixture
def project(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Project:
    """An empty folder for a project."""
    root = tmp_path / "work"
    root.mkdir()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(root)
    return Project(root, capsysbinary)


CALLS = [
    (("create-rset", "customers"), "did you mean create-rest?"),
    (("create-rest", "../customers"), "path"),
    (("create-rest", "a/b"), "path"),
    (("create-rest", "cust\x07omers"), "control"),
    (("create-rest", "{{ 7*7 }}"), "template"),
    (("create-rest", "{% for %}"), "template"),
    (("create-rest", "x" * 5000), "characters"),
    (("create-rest", "customers", "name:strng"), "did you mean string?"),
    (("create-rest", "customers", "name:string:uniq"), "did you mean unique?"),
    (("create-rest", "customers", "name:string", "name:text"), "given twice"),
    (("create-rest", "customers", "age:int:min=9:max=3"), "min 9 is over max 3"),
    (("create-rest", "customers", "kind:enum=", "name:string"), "enum"),
    ((*CREATE, "--like", "nothing-here"), "no resource of this project is named"),
    ((*CREATE, "--only", "create,erase"), "no operation is named 'erase'"),
    ((*CREATE, "--path", "no-slash"), "URL path"),
    ((*CREATE, "--path", "/a b"), "URL path"),
    ((*CREATE, "--path", "/{{x}}"), "URL path"),
    ((*CREATE, "--project", "elsewhere"), "no project is named 'elsewhere'"),
]


@pytest.mark.parametrize("name", PROJECTS)
def test_a_wrong_call(name: str, project: Project) -> None:
    project.plant(name)
    for arguments, said in CALLS:
        refusal = project.refuses(*arguments)
        assert refusal.code == 2, refusal.line
        assert said in refusal.line, f"{arguments}: {refusal.line}"


REFUSED = [
    ((*CREATE, "--into", "nowhere.xy:1"), "there is no router at nowhere.xy:1"),
    (("create-rest", "customers", "owner:ref=unicorns"), "no model here is named so"),
    ((*CREATE, "--orm", "no-such-orm"), "--orm"),
]


@pytest.mark.parametrize("name", PROJECTS)
def test_what_the_project_does_not_have(name: str, project: Project) -> None:
    project.plant(name)
    for arguments, said in REFUSED:
        refusal = project.refuses(*arguments)
        assert refusal.code in (2, 3), refusal.line
        assert said in refusal.line, f"{arguments}: {refusal.line}"


def _folder_in_the_way(root: Path) -> None:
    (root / "shop/routers/customers.py").mkdir()
    (root / "shop/routers/customers.py/keep").write_text("")


def _ignored(root: Path) -> None:
    (root / ".gitignore").write_text("customer*\n")


def _symlink_in_the_way(root: Path) -> None:
    outside = root.parent / "outside.py"
    outside.write_text("")
    (root / "shop/routers/customers.py").symlink_to(outside)


def _folder_outside(root: Path) -> None:
    outside = root.parent / "outside"
    (root / "shop/schemas").rename(outside)
    (root / "shop/schemas").symlink_to(outside)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_folder_in_the_way, "customers.py:1: the file cannot be used"),
        (_ignored, "ignored file"),
        (_symlink_in_the_way, "customers.py"),
        (_folder_outside, "shop/schemas"),
    ],
)
def test_a_target_that_cannot_be_written(
    change: Callable[[Path], None], said: str, project: Project
) -> None:
    project.plant("fastapi-shop", change)
    refusal = project.refuses(*CREATE)
    assert refusal.code == 3
    assert said in refusal.line
    assert not list(project.root.parent.glob("outside/customer*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes into read-only folders")
def test_a_read_only_folder(project: Project) -> None:
    project.plant("fastapi-shop")
    folder = project.root / "shop/routers"
    folder.chmod(0o555)
    try:
        refusal = project.refuses(*CREATE)
        assert refusal.code == 3
        assert "shop/routers" in refusal.line
    finally:
        folder.chmod(0o755)


def test_a_file_that_changed_since_it_was_planned(project: Project) -> None:
    project.plant("fastapi-shop")
    plan = project.root.parent / "plan.json"
    assert main.main(["apply", *CREATE, "--output-plan", str(plan)]) == 0
    project.capsys.readouterr()
    file = project.root / "shop/main.py"
    file.write_bytes(file.read_bytes() + b"# later\n")
    cases.git(project.root, "commit", "-qam", "later")
    refusal = project.refuses("--plan", str(plan))
    assert refusal.code == 3
    assert "shop/main.py: changed since it was planned" in refusal.line


def test_work_that_is_not_committed(project: Project) -> None:
    project.plant("fastapi-shop")
    file = project.root / "shop/main.py"
    file.write_bytes(file.read_bytes() + b"# mine\n")
    before = cases.tree(project.root)
    assert main.main(["apply", *CREATE, "-y"]) == 3
    assert "shop/main.py would change and has uncommitted changes" in (
        project.capsys.readouterr().err.decode()
    )
    assert cases.tree(project.root) == before
