"""``apply`` and ``create``: what they print, ask, write, refuse, and how they exit."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from cli_fakes import MAIN, Cli, fake

from apimod.cli import console, services
from apimod.errors import NoAnchor, Stale
from apimod.model import Outcome, Plan, Request
from apimod.workspace import Workspace

USERS = ("apply", "create-rest", "users", "name:string")


@pytest.fixture
def cli(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Cli:
    """A workspace with one project."""
    root = tmp_path / "work"
    (root / ".git").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    monkeypatch.chdir(root)
    made = Cli(root, capsysbinary)
    made.project("shop", "acme")
    fake(made, monkeypatch)
    return made


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A person at a terminal, whose answers are in the list."""
    answers: list[str] = []
    monkeypatch.setattr(console, "is_interactive", lambda: True)
    monkeypatch.setattr(console, "_answer", lambda prompt: answers.pop(0))
    return answers


def test_dry_run_prints_the_diff_and_nothing_else(cli: Cli) -> None:
    before = cli.tree()
    run = cli(*USERS, "--dry-run")
    assert run.code == 0
    assert run.out.startswith(b"diff --git a/shop/main.py b/shop/main.py\n")
    assert b"\x1b" not in run.out
    assert "the project has no tests" in run.err
    assert "These endpoints are public" in run.err
    assert cli.tree() == before
    (cli.root / "out.diff").write_bytes(run.out)
    subprocess.run(("git", "apply", "--check", "out.diff"), cwd=cli.root, check=True)


def test_off_a_terminal_it_shows_the_diff_and_refuses_without_yes(cli: Cli) -> None:
    before = cli.tree()
    run = cli(*USERS)
    assert run.code == 3
    assert b"+app.add(users)" in run.out
    assert "--yes" in run.err
    assert cli.tree() == before


def test_yes_writes_and_summarises_and_a_second_time_nothing_happens(cli: Cli) -> None:
    run = cli(*USERS, "-y")
    assert run.code == 0
    assert cli.tree()["shop/main.py"] == MAIN + b"app.add(users)\n"
    text = run.out.decode()
    for said in (
        "2 files, 2 lines added, 0 removed",
        "POST  /users  public",
        "created  shop/users.py",
        "beside items.py",
        "files are plural  shop/main.py:2",
        "curl localhost:8000/users",
        "1. Run the tests",
    ):
        assert said in text
    again = cli(*USERS, "-y")
    assert (again.code, again.out) == (0, b"")
    assert "nothing to do" in again.err


def test_check(cli: Cli) -> None:
    before = cli.tree()
    assert cli(*USERS, "--check").code == 1
    assert cli.tree() == before
    cli(*USERS, "-y")
    assert cli(*USERS, "--check").code == 0


def test_json(cli: Cli) -> None:
    run = cli(*USERS, "-n", "--format", "json")
    body = json.loads(run.out)
    assert body["schema"] == 1
    (outcome,) = body["outcomes"]
    assert outcome["status"] == "changed"
    assert outcome["applied"] is False
    assert outcome["endpoints"][0] == {"method": "GET", "path": "/users", "auth": False}
    assert outcome["files"][0] == {
        "path": "shop/users.py",
        "action": "create",
        "because": "beside items.py",
    }
    assert outcome["steps"] == [{"text": "Run the tests", "command": "pytest"}]
    assert outcome["diff"].encode() == cli(*USERS, "-n").out
    applied = json.loads(cli(*USERS, "-y", "--format", "json").out)
    assert applied["outcomes"][0]["applied"] is True


def test_markdown(cli: Cli) -> None:
    run = cli(*USERS, "-y", "--format", "markdown")
    assert run.out.decode().startswith("### `users` in `shop` (acme)\n")
    assert "| GET | `/users` | public |" in run.out.decode()


def test_a_plan_can_be_kept_and_applied(cli: Cli) -> None:
    before = cli.tree()
    run = cli(*USERS, "--output-plan", "../plan.json")
    assert (run.code, cli.tree()) == (0, before)
    assert cli("apply", "--plan", "../plan.json", "-y").code == 0
    assert cli.tree()["shop/main.py"] == MAIN + b"app.add(users)\n"
    again = cli("apply", "--plan", "../plan.json", "-y")
    assert again.code == 3
    assert "changed since it was planned" in again.err


def test_the_json_of_a_dry_run_is_a_plan_too(cli: Cli) -> None:
    (cli.root.parent / "out.json").write_bytes(cli(*USERS, "-n", "--format", "json").out)
    assert cli("apply", "--plan", "../out.json", "-y").code == 0
    assert "shop/users.py" in cli.tree()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"plans": []}', '{"plans": [1]}', "\xff"])
def test_a_file_that_holds_no_plan(cli: Cli, text: str) -> None:
    (cli.root.parent / "plan.json").write_text(text, encoding="latin-1")
    run = cli("apply", "--plan", "../plan.json", "-y")
    assert run.code == 2
    assert run.err.count("\n") == 1


def test_a_person_says_yes(cli: Cli, terminal: list[str]) -> None:
    terminal[:] = ["y"]
    assert cli(*USERS).code == 0
    assert "shop/users.py" in cli.tree()


def test_a_person_says_no(cli: Cli, terminal: list[str]) -> None:
    before = cli.tree()
    terminal[:] = [""]
    run = cli(*USERS)
    assert (run.code, cli.tree()) == (3, before)
    assert run.err == "apimod: nothing was written\n"


def test_a_person_chooses_the_project(cli: Cli, terminal: list[str]) -> None:
    cli.project("cart", "acme")
    terminal[:] = ["2", "y"]
    assert cli(*USERS).code == 0
    assert [request.project for request in cli.requests] == ["cart"]


def test_a_person_chooses_the_place(cli: Cli, terminal: list[str]) -> None:
    def refuse(request: Request) -> Outcome | None:
        if not request.into:
            raise NoAnchor("two places would do", choices=("shop/main.py:1", "shop/main.py:2"))
        return None

    cli.refuse = refuse
    terminal[:] = ["2", "y"]
    assert cli(*USERS).code == 0
    assert cli.requests[-1].into == "shop/main.py:2"


def test_several_projects_and_none_chosen(cli: Cli) -> None:
    cli.project("cart", "acme")
    run = cli(*USERS, "-n")
    assert (run.code, run.out) == (2, b"")
    assert "shop (acme), cart (acme)" in run.err
    assert "--project shop, or --all" in run.err


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        (("--project", "cart"), ["cart"]),
        (("--project", "cart/"), ["cart"]),
        (("--project", "./shop"), ["shop"]),
        (("--project", "c*"), ["cart"]),
        (("--project", "cart", "--project", "shop"), ["cart", "shop"]),
        (("--all",), ["shop", "cart", "lib/deep"]),
        (("-C", "cart"), ["cart"]),
        (("-C", "lib"), ["lib/deep"]),
        (("-C", "lib/deep/src"), ["lib/deep"]),
        (("-C", "lib", "--project", "deep"), ["lib/deep"]),
        (("--framework", "other"), ["lib/deep"]),
    ],
)
def test_which_projects(cli: Cli, arguments: tuple[str, ...], chosen: list[str]) -> None:
    cli.project("cart", "acme")
    cli.project("lib/deep", "other")
    cli.project("docs")
    (cli.root / "lib/deep/src").mkdir()
    run = cli(*USERS, "-n", *arguments)
    assert [request.project for request in cli.requests] == chosen
    assert run.code == 0


def test_some_projects_refuse(cli: Cli) -> None:
    cli.project("cart", "acme")

    def refuse(request: Request) -> Outcome | None:
        if request.project == "cart":
            raise NoAnchor("nothing to register at", where="cart/main.py:1")
        return None

    cli.refuse = refuse
    run = cli(*USERS, "--all", "-y")
    assert run.code == 4
    assert "cart: cart/main.py:1: nothing to register at" in run.err
    assert set(cli.tree()) == {"shop/main.py", "shop/users.py", "cart/main.py"}
    body = json.loads(cli(*USERS, "--all", "-n", "--format", "json").out)
    assert [row["status"] for row in body["outcomes"]] == ["unchanged", "refused"]


def test_a_refusal_comes_with_its_snippet(cli: Cli) -> None:
    run = cli(*USERS, "-n", "--into", "ask")
    assert (run.code, run.out) == (3, b"")
    assert "two routers would do" in run.err
    assert "\napp.add(users)\n" in run.err
    body = json.loads(cli(*USERS, "-n", "--into", "ask", "--format", "json").out)
    assert body["outcomes"][0]["snippet"] == "app.add(users)"


def test_two_frameworks_in_one_project(cli: Cli) -> None:
    cli.project("both", "acme", "other")
    assert cli(*USERS, "-n", "-C", "both").code == 0
    assert cli.requests[-1].framework == "acme"


def test_git_keeps_uncommitted_work_from_being_changed(cli: Cli) -> None:
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com")
    for args in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run((*git, *args), cwd=cli.root, check=True)
    (cli.root / "shop/main.py").write_bytes(MAIN + b"# mine\n")
    run = cli(*USERS, "-y")
    assert run.code == 3
    assert "shop/main.py would change" in run.err
    assert "--allow-dirty" in run.err
    assert cli(*USERS, "-y", "--allow-dirty").code == 0
    assert cli("apply", "create-rest", "orders", "-y").code == 0, "what apimod wrote is not dirt"


def test_create_is_another_spelling(cli: Cli) -> None:
    cli("create", "users", "name:string", "-n")
    cli("create", "rest", "users", "name:string", "-n")
    cli(*USERS, "-n")
    assert len({str(request) for request in cli.requests}) == 1
    run = cli("create", "graphql", "users", "-n")
    assert run.code == 2
    assert "no codemod is named 'create-graphql'; did you mean create-rest?" in run.err


def test_answers_reach_the_request(cli: Cli) -> None:
    cli(
        *USERS, "-n", "--like", "items", "--path", "/v1/people", "--only", "get,list",
        "--orm", "rows", "--auth", "jwt", "--singular", "person", "--plural", "people",
    )  # fmt: skip
    (request,) = cli.requests
    assert (request.like, request.path, request.only) == ("items", "/v1/people", ("list", "get"))
    assert (request.orm, request.auth) == ("rows", "jwt")
    assert (request.resource.singular, request.resource.plural) == ("person", "people")
    assert request.fields_given


def test_strict_refuses_to_write_past_a_file_that_was_skipped(cli: Cli) -> None:
    (cli.root / "shop/huge.py").write_bytes(b"x = 1\n" * 2_000_000)
    before = cli.tree()
    run = cli(*USERS, "-y", "--strict")
    assert (run.code, cli.tree()) == (4, before)
    assert "shop/huge.py" in run.err


def test_undo_takes_all_of_one_command_back(cli: Cli) -> None:
    cli.project("cart", "acme")
    before = cli.tree()
    assert cli(*USERS, "--all", "-y").code == 0
    assert len(cli.tree()) == len(before) + 2
    shown = cli("undo", "-n")
    assert b"-app.add(users)" in shown.out
    assert cli("undo").code == 0
    assert cli.tree() == before
    again = cli("undo")
    assert (again.code, again.out) == (0, b"")
    assert "no apply to take back" in again.err


def test_undo_refuses_where_what_was_inserted_was_edited(cli: Cli) -> None:
    cli(*USERS, "-y")
    path = cli.root / "shop/main.py"
    edited = path.read_bytes().replace(b"app.add(users)", b"app.add(people)")
    path.write_bytes(edited)
    run = cli("undo")
    assert run.code == 3
    assert "+app.add(people)" in run.err
    assert "by hand:" not in run.err
    assert path.read_bytes() == edited


def test_undo_keeps_what_was_created_and_edited_unless_told(cli: Cli) -> None:
    before = cli.tree()
    path = cli.root / "shop/users.py"
    for flags, kept in ((("undo",), True), (("undo", "--remove-edited"), False)):
        cli(*USERS, "-y", "--allow-dirty")
        path.write_bytes(b"# mine\n")
        run = cli(*flags)
        assert run.code == 0
        assert path.exists() == kept
        assert ("kept, since it was edited  shop/users.py" in run.out.decode()) == kept
        path.unlink(missing_ok=True)
        assert cli.tree() == before


def test_undo_lists_and_takes_the_last_back(cli: Cli) -> None:
    before = cli.tree()
    assert "no apply to take back" in cli("undo", "--list").err
    for resource in ("users", "orders", "carts"):
        assert cli("apply", "create-rest", resource, "-y").code == 0
    listed = cli("undo", "--list").out.decode().splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2", "3"]
    assert "create-rest carts" in listed[0] and listed[0].endswith("2 files")
    rows = json.loads(cli("undo", "--list", "--format", "json").out)["applies"]
    assert [row["title"].split()[1] for row in rows] == ["carts", "orders", "users"]
    assert rows[0]["files"] == ["shop/carts.py", "shop/main.py"]
    assert cli("undo", "--last", "4").code == 3
    assert cli("undo", "--last", "0").code == 2
    assert b"-app.add(orders)\n-app.add(carts)" in cli("undo", "--last", "2", "-n").out
    taken = json.loads(cli("undo", "--last", "3", "--format", "json").out)["undone"]
    assert [row["title"].split()[1] for row in taken] == ["carts", "orders", "users"]
    assert cli.tree() == before


def test_recover_where_nothing_was_cut_off(cli: Cli) -> None:
    run = cli("recover")
    assert (run.code, run.out) == (0, b"nothing was cut off here\n")
    assert json.loads(cli("recover", "--format", "json").out)["outcome"] == "nothing"


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_changed_between_plan_and_write_is_planned_again(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    real, times = services.apply, 2

    def meddled(space: Workspace, plan: Plan, group: str) -> None:
        nonlocal times
        if times:
            times -= 1
            path = cli.root / "shop/main.py"
            path.write_bytes(b"# theirs\n" + path.read_bytes())
        real(space, plan, group)

    monkeypatch.setattr(services, "apply", meddled)
    run = cli(*USERS, "-y", "--format", form)
    assert run.code == 0, run.err
    assert run.err.count("planning again") == 2
    written = (cli.root / "shop/main.py").read_bytes()
    assert written == b"# theirs\n# theirs\n" + MAIN + b"app.add(users)\n"
    if form == "json":
        assert [row["status"] for row in json.loads(run.out)["outcomes"]] == ["changed"]


def test_what_changes_all_the_time_is_refused(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def meddled(space: Workspace, plan: Plan, group: str) -> None:
        raise Stale("changed since it was planned", where="shop/main.py")

    monkeypatch.setattr(services, "apply", meddled)
    before = cli.tree()
    run = cli(*USERS, "-y")
    assert (run.code, cli.tree()) == (3, before)
    assert run.err.count("planning again") == 5


def test_a_plan_in_a_file_is_not_made_anew(cli: Cli) -> None:
    cli(*USERS, "--output-plan", "plan.json")
    path = cli.root / "shop/main.py"
    path.write_bytes(b"# theirs\n" + MAIN)
    run = cli("apply", "--plan", "plan.json", "-y")
    assert run.code == 3
    assert "changed since it was planned" in run.err
    assert path.read_bytes() == b"# theirs\n" + MAIN


def test_a_file_that_is_no_plan_is_not_overwritten_by_one(cli: Cli) -> None:
    before = cli.tree()
    run = cli(*USERS, "--output-plan", "shop/main.py")
    assert (run.code, cli.tree()) == (2, before)
    assert "not overwritten" in run.err
    for _ in range(2):
        assert cli(*USERS, "--output-plan", "plan.json").code == 0


def test_recover_is_told_one_thing_at_a_time(cli: Cli) -> None:
    assert cli("recover", "--forget", "--keep-edited").code == 2


def test_undo_names_what_is_not_there_any_more(cli: Cli) -> None:
    cli(*USERS, "-y")
    (cli.root / "shop/users.py").rename(cli.root / "shop/people.py")
    run = cli("undo")
    assert run.code == 0
    assert "not there any more  shop/users.py" in run.out.decode()
    assert (cli.root / "shop/people.py").exists()


def test_one_of_several_projects_is_planned_again(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.project("cart", "acme")
    before = cli.tree()
    real, meddled = services.apply, list[str]()

    def meddle(space: Workspace, plan: Plan, group: str) -> None:
        if plan.project == "shop" and not meddled:
            meddled.append(group)
            path = cli.root / "shop/main.py"
            path.write_bytes(b"# theirs\n" + path.read_bytes())
        real(space, plan, group)

    monkeypatch.setattr(services, "apply", meddle)
    run = cli(*USERS, "--all", "-y", "--allow-dirty")
    assert run.code == 0, run.err
    assert run.err.count("planning again") == 1
    assert cli.tree()["shop/main.py"] == b"# theirs\n" + MAIN + b"app.add(users)\n"
    assert cli.tree()["cart/main.py"] == MAIN + b"app.add(users)\n"
    assert cli("undo").code == 0
    assert cli.tree() == {**before, "shop/main.py": b"# theirs\n" + MAIN}
