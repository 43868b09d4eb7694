"""Bad input gets one clear line and its exit code, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_fakes import Cli, fake

U = ("apply", "create-rest", "users")

CALL = [
    (("apply",), "the codemod is missing"),
    (("apply", "create-rst", "users"), "did you mean create-rest?"),
    (("apply", "create-rst"), "did you mean create-rest?"),
    (("apply", "x" * 5000, "users"), "no codemod is named"),
    (("apply", "create-rest"), "the resource is missing"),
    (("create",), "the resource is missing"),
    (("create", "rest"), "the resource is missing"),
    (("create", "grpc", "users"), "no codemod is named 'create-grpc'"),
    (("aply",), "did you mean apply?"),
    (("apply", "create-rest", "../users"), "path"),
    (("apply", "create-rest", "a/b"), "path"),
    (("apply", "create-rest", "us\x1bers"), "control"),
    (("apply", "create-rest", "{{ x }}"), "template"),
    (("apply", "create-rest", "${x}"), "template"),
    (("apply", "create-rest", "x" * 5000), "5,000 characters"),
    (("apply", "create-rest", ""), "empty"),
    ((*U, "name:sting"), "did you mean string?"),
    ((*U, "name:string:uniqe"), "did you mean unique?"),
    ((*U, "name:string", "name:int"), "given twice"),
    ((*U, "age:int:min=9:max=1"), "min 9 is over max 1"),
    ((*U, "name"), "has no type"),
    ((*U, "id:int"), "already"),
    ((*U, "--frmat", "json"), "--format"),
    ((*U, "--format", "xml"), "xml"),
    ((*U, "--only", "create,drop"), "no operation is named 'drop'"),
    ((*U, "--auth", "jtw"), "did you mean jwt?"),
    ((*U, "--path", "users"), "no URL path"),
    ((*U, "--path", "/a/../b"), "segment"),
    ((*U, "--path", "/{{x}}"), "no URL path"),
    ((*U, "--into", "a:b:c"), "no place to register at"),
    ((*U, "--like", "a/b"), "path"),
    ((*U, "--singular", "a/b"), "path"),
    ((*U, "--project", "nope"), "no project is named 'nope'"),
    ((*U, "--framework", "acmee"), "did you mean acme?"),
    ((*U, "--project", "shop", "--all"), "contradict"),
    ((*U, "--check", "-n"), "contradict"),
    ((*U, "-C", "nowhere"), "not a directory"),
    ((*U, "-C", "shop/main.py"), "not a directory"),
    ((*U, "--plan", "x.json"), "takes the place"),
    (("apply", "--plan", "x.json"), "x.json: can't be read"),
    (("apply", "--plan", "x.json", "--auth", "jwt"), "no other flag"),
    (("list", "extra"), "extra"),
    (("list", "--filter", "metod=GET"), "did you mean method?"),
    (("list", "--filter", "method"), "needs a value"),
    (("list", "--filter", "auth=maybe"), "auth=true, false or unknown"),
]
PROJECT = [
    ((*U, "--project", "docs"), "no project in docs has a server framework"),
    ((*U, "-C", "docs"), "no project in docs has a server framework"),
    ((*U, "--into", "nowhere"), "shop/main.py: there is nothing to register at"),
]


@pytest.fixture
def cli(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Cli:
    """A git work tree with a server and a project without one."""
    root = tmp_path / "work"
    (root / ".git").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    monkeypatch.chdir(root)
    made = Cli(root, capsysbinary)
    made.project("shop", "acme")
    made.project("docs")
    fake(made, monkeypatch)
    return made


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [(*row, 2) for row in CALL] + [(*row, 3) for row in PROJECT],
)
def test_one_clear_line(cli: Cli, arguments: tuple[str, ...], said: str, code: int) -> None:
    before = cli.tree()
    run = cli(*arguments)
    assert (run.code, run.out) == (code, b"")
    assert said in run.err
    assert run.err.startswith("apimod: ")
    assert run.err.endswith("\n") and run.err[:-1].isprintable(), "one line, and no controls"
    assert len(run.err) < 400
    assert cli.tree() == before


def test_an_empty_folder(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path, capsysbinary)
    fake(cli, monkeypatch)
    run = cli(*U, "-n")
    assert (run.code, run.out) == (3, b"")
    assert run.err == "apimod: there is no project here; run apimod in a codebase, or give -C DIR\n"


CONFIG = [
    ("x = 1", "the key 'x' is unknown"),
    ("[defaults]\nlik = 'a'", "the key 'defaults.lik' is unknown"),
    ("[defaults]\nyes = true", "the key 'defaults.yes' is unknown"),
    ("[defaults]\npath = '/a'", "[resource.NAME]"),
    ("[defaults]\nlike = 1", "defaults.like must be a string"),
    ("[defaults]\nonly = 'get'", "defaults.only must be a list"),
    ("[defaults]\nonly = ['gett']", "no operation is named 'gett'"),
    ("defaults = 1", "must be a table"),
    ("[project.shop]\nall = true", "unknown"),
    ("[resource.users]\nplurall = 'a'", "unknown"),
    ("[", "is not valid TOML"),
]


@pytest.mark.parametrize(("text", "said"), CONFIG)
def test_a_bad_configuration(cli: Cli, text: str, said: str) -> None:
    (cli.root / ".apimod").mkdir()
    (cli.root / ".apimod" / "config.toml").write_text(text)
    run = cli(*U, "-n")
    assert (run.code, run.out) == (2, b"")
    assert said in run.err
    assert run.err[:-1].isprintable()


def test_the_configuration_answers_questions(cli: Cli) -> None:
    cli.project("cart", "acme")
    (cli.root / ".apimod").mkdir()
    (cli.root / ".apimod" / "config.toml").write_text(
        "[defaults]\nprojects = ['cart']\nlike = 'items'\nonly = ['get', 'list']\n"
        "[project.cart]\nlike = 'orders'\n"
        "[resource.Users]\nplural = 'userz'\npath = '/people'\n"
        "[project.cart.resource.users]\npath = '/folk'\n"
    )
    assert cli(*U, "-n", "--only", "create").code == 0
    (request,) = cli.requests
    assert (request.project, request.like, request.path) == ("cart", "orders", "/folk")
    assert (request.only, request.resource.plural) == (("create",), "userz")
