"""What apimod promises, on real hosts: it compiles, passes their checks, boots and serves."""

from __future__ import annotations

import secrets
from collections import Counter
from pathlib import Path
from typing import cast

import pytest

from contract import suite
from contract.profile import Profile
from contract.session import Credentials, Session
from proofs import breaking, codemod, routes, server, shell
from proofs.conftest import Applied, Bare
from proofs.host import Case

pytestmark = pytest.mark.proof


# --- the tree: needs no toolchain -------------------------------------------------------------


def test_a_dry_run_is_the_patch_that_apply_makes(case: Case, copies: tuple[Path, Path]) -> None:
    patched, changed = copies
    before = shell.tree(patched)
    patch = codemod.succeed(patched, *case.arguments, "-n")
    assert shell.tree(patched) == before, "a dry run wrote something"
    file = patched.parent / "dry-run.patch"
    file.write_bytes(patch)

    shell.git(patched, "apply", "--check", str(file))
    shell.git(patched, "apply", str(file))
    codemod.succeed(changed, *case.arguments, "-y")

    assert shell.tree(patched) == shell.tree(changed)
    assert shell.tree(changed) != before


def test_a_second_apply_does_nothing(case: Case, copies: tuple[Path, Path]) -> None:
    folder, _ = copies
    codemod.succeed(folder, *case.arguments, "-y")
    once = shell.tree(folder)

    assert codemod.succeed(folder, *case.arguments, "-n") == b""
    codemod.succeed(folder, *case.arguments, "--check")
    codemod.succeed(folder, *case.arguments, "-y")

    assert shell.tree(folder) == once


def test_undo_restores_every_byte(case: Case, copies: tuple[Path, Path]) -> None:
    folder, _ = copies
    before = shell.tree(folder)
    codemod.succeed(folder, *case.arguments, "-y")

    codemod.succeed(folder, "undo", "-y")

    assert shell.tree(folder) == before
    assert shell.git(folder, "status", "--porcelain", "--ignored") == ""


# --- the host, before and after -----------------------------------------------------------------


def test_the_host_is_sound_before(bare: Bare) -> None:
    assert not bare.problems, "\n\n".join(bare.problems)


def test_the_hosts_checks_pass_after(applied: Applied) -> None:
    problems = applied.bench.check()

    assert not problems, "\n\n".join(problems)


def test_the_route_table_grows_by_what_was_asked(applied: Applied) -> None:
    before, after = applied.bare.routes, applied.bench.run(applied.bench.host.routes)
    asked = Counter((e["method"], routes.plain(e["path"])) for e in applied.plan["endpoints"])

    assert asked, "the plan names no endpoints"
    assert routes.parse(after) - routes.parse(before) == asked
    assert routes.lost(before, after) == []


def test_migrations_go_up_and_down(applied: Applied, database_env: dict[str, str]) -> None:
    host, bench = applied.bench.host, applied.bench
    if not host.migrate_up:
        pytest.skip(f"{host.name} has no migrations")
    bench.forget_data()

    for command in (host.migrate_up, host.migrate_down, host.migrate_up, host.migrate_check):
        if command:
            bench.run(command, database_env)


def test_the_contract_holds(applied: Applied, database_env: dict[str, str]) -> None:
    bench = applied.bench
    profile = cast(Profile, applied.plan["profile"])
    references = {name: list(ids) for name, ids in applied.bare.case.references}
    bench.forget_data()
    if bench.host.migrate_up:
        bench.run(bench.host.migrate_up, database_env)

    with server.serving(bench, database_env) as served:
        users = server.credentials(bench.host, served.url)
        results = suite.run(served.url, profile, users, references=references)
        secret = _send_secrets(served.url, profile, users, references)
        log = served.log.read_text("utf-8", "replace")

    failed = suite.failures(results)
    assert not failed, f"{len(failed)} of {len(results)} checks\n" + "\n".join(map(str, failed))
    assert secret not in log, "a secret is in the log"


def _send_secrets(
    url: str, profile: Profile, users: Credentials, references: dict[str, list[int | str]]
) -> str:
    """Send a secret that cannot be mistaken, also with a body that is refused."""
    secret = f"Proof-{secrets.token_hex(12)}"
    session = Session(url, profile, users, references)
    hidden = {f["wire"]: secret for f in profile["fields"] if f["secret"] and not f["readonly"]}
    if session.has("create") and hidden:
        body = session.values.body(hidden)
        for sent in (body, body, hidden):
            session.call("create", body=sent)
    session.close()
    return secret


def test_generated_tests_notice_broken_handlers(applied: Applied) -> None:
    bench = applied.bench
    files = codemod.created(applied.plan)
    command = breaking.command(bench.host.language, files)
    assert command, f"no tests were generated: {files}"
    bench.run(command)

    for endpoint in applied.plan["endpoints"]:
        places = list(dict.fromkeys([*files, endpoint["file"]]))
        path, old = breaking.break_handler(bench.folder, places, endpoint["handler"])
        try:
            done = shell.attempt(command, bench.folder, bench.environment())
        finally:
            path.write_bytes(old)
        what = f"{endpoint['method']} {endpoint['path']}"
        assert done.returncode, f"no generated test fails when {what} is broken"
