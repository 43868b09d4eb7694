"""``list``, ``detect``, ``codemods``, and what happens at the edges of the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_fakes import Cli, fake

from apimod.cli import console, main, services
from apimod.errors import PackError


@pytest.fixture
def cli(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Cli:
    """A directory with one project."""
    monkeypatch.chdir(tmp_path)
    made = Cli(tmp_path, capsysbinary)
    made.project("a", "acme")
    fake(made, monkeypatch)
    return made


def test_list_as_json(cli: Cli) -> None:
    body = json.loads(cli("list", "--format", "json").out)
    assert list(body) == ["schema", "endpoints", "unresolved", "skipped"]
    assert list(body["endpoints"][0]) == [
        "protocol", "method", "path", "handler", "framework", "project", "file", "line",
        "middleware", "auth", "auth_evidence", "mounted",
    ]  # fmt: skip
    assert body["endpoints"][1]["middleware"] == ["log"]
    assert body["endpoints"][2]["auth"] is None
    assert body["unresolved"] == [
        {"file": "a/x.py", "line": 4, "reason": "its receiver is unknown"}
    ]


def test_list_as_a_table(cli: Cli) -> None:
    run = cli("list")
    assert run.out.decode().splitlines() == [
        "a (acme)",
        "  METHOD           PATH                     AUTH     HANDLER     AT",
        "  GET              /users                   yes      list_users  a/main.py:3",
        "  POST             /users                   no       create      a/main.py:9",
        "",
        "b (acme)",
        "  METHOD           PATH                     AUTH     HANDLER     AT",
        "  GET (websocket)  /ws/{id}  [not mounted]  unknown  feed        b/ws.py:1",
    ]
    assert "unresolved: a/x.py:4" in run.err
    assert "skipped: a/y.py" in run.err


def test_list_as_a_tree(cli: Cli) -> None:
    assert cli("list", "--tree").out.decode().splitlines() == [
        "a",
        "└── /users  GET POST*",
        "",
        "b",
        "└── /ws",
        "    └── /{id}  GET?",
        "",
        "* public   ? authentication unknown",
    ]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--unauthenticated",), 2),
        (("--filter", "method=get"), 2),
        (("--filter", "method=GET|POST"), 3),
        (("--filter", "path=/users*"), 2),
        (("--filter", "path=/ws/{id}"), 1),
        (("--filter", "protocol=rest,auth=true"), 1),
        (("--filter", "protocol=rest", "--filter", "auth=false"), 1),
        (("--filter", "auth=unknown"), 1),
    ],
)
def test_list_filters(cli: Cli, arguments: tuple[str, ...], count: int) -> None:
    body = json.loads(cli("list", "--format", "json", *arguments).out)
    assert len(body["endpoints"]) == count


def test_list_strict(cli: Cli) -> None:
    assert cli("list", "--strict").code == 4


def test_detect(cli: Cli) -> None:
    body = json.loads(cli("detect", "--format", "json").out)
    (project,) = body["projects"]
    assert list(project) == [
        "path", "language", "frameworks", "orm", "database", "auth", "validation", "docs",
        "tests", "formatter", "package_manager", "conventions", "evidence", "problem",
    ]  # fmt: skip
    assert project["frameworks"] == ["acme"]
    text = cli("detect").out.decode()
    assert "frameworks       acme" in text
    assert "language: python  main.py:1" in text


def test_codemods(cli: Cli) -> None:
    assert b"create-rest" in cli("codemods").out
    body = json.loads(cli("codemods", "--format", "json").out)
    assert body["codemods"][0]["pack"] == "built-in"


def test_a_directory_before_the_command(cli: Cli) -> None:
    assert cli("-C", "nowhere", "list").code == 2


def test_a_fault_of_its_own(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(space: object, below: str) -> None:
        raise ZeroDivisionError("oh\nno")

    monkeypatch.setattr(services, "listing", broken)
    monkeypatch.setattr("tempfile.tempdir", str(cli.root))
    run = cli("list")
    assert run.code == 70
    assert "a fault of apimod's own: ZeroDivisionError" in run.err
    assert "Traceback" not in run.err
    (report,) = cli.root.glob("apimod-fault-*.txt")
    assert "Traceback" in report.read_text()
    monkeypatch.setenv("APIMOD_DEBUG", "1")
    assert "Traceback" in cli("list").err


def test_a_broken_pack(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(space: object, below: str) -> None:
        raise PackError("lacks the key 'name'", where="matchers/x.toml")

    monkeypatch.setattr(services, "listing", broken)
    monkeypatch.setattr("tempfile.tempdir", str(cli.root))
    run = cli("list")
    assert run.code == 70
    assert run.err.startswith("apimod: matchers/x.toml: lacks the key 'name'\n  please send")


def test_an_interrupt(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(space: object, below: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "listing", interrupted)
    assert cli("list").code == 130


def test_a_file_name_cannot_reach_the_terminal(cli: Cli) -> None:
    assert console.clean("a\x1b[31mb\u009bc") == "a\\x1b[31mb\\x9bc"


@pytest.mark.parametrize(
    ("when", "environment", "colour"),
    [("always", {"NO_COLOR": "1"}, True), ("never", {}, False), ("auto", {}, False)],
)
def test_colour(
    when: str, environment: dict[str, str], colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert console.shows_colour(when) is colour


def test_a_reader_that_goes_away() -> None:
    shell = f"{sys.executable} -m apimod --help | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(("bash", "-c", shell), capture_output=True, check=False, env=_env())
    assert done.stderr == b""
    assert done.stdout.strip() in (b"0",)


def test_help_names_every_command() -> None:
    done = subprocess.run(
        (sys.executable, "-m", "apimod", "--help"), capture_output=True, check=True, env=_env()
    )
    for name in ("apply", "codemods", "create", "detect", "list", "recover", "undo"):
        assert f"\n  {name} ".encode() in done.stdout


@pytest.mark.parametrize("command", ["detect", "list"])
def test_what_detect_and_list_do_not_import(tmp_path: Path, command: str) -> None:
    (tmp_path / "requirements.txt").write_text("fastapi\n")
    (tmp_path / "main.py").write_text("from fastapi import FastAPI\n\napp = FastAPI()\n")
    program = (
        "import sys\nfrom apimod.cli.main import main\n"
        f"code = main(['{command}', '-C', sys.argv[1]])\n"
        "heavy = sorted({'libcst', 'jinja2', 'rich'} & set(sys.modules))\n"
        "print('heavy:', heavy, 'code:', code, file=sys.stderr)\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", program, str(tmp_path)), capture_output=True, check=True, env=_env()
    )
    assert done.stderr.decode().splitlines()[-1] == "heavy: [] code: 0"


def _env() -> dict[str, str]:
    source = str(Path(main.__file__).parents[2])
    return {**os.environ, "PYTHONPATH": source}
