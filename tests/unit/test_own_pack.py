"""A repository's own pack: not used until trusted, never more than it may be, always in bounds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import cases
from apimod.cli import main
from apimod.pack import builtin_root

THING = ("apply", "local:create-thing", "widgets", "name:string", "-n")
ROUTES = ".apimod/codemods/create-thing/routes/fastapi.j2"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing bounds a child here")


class Repository:
    """A project with a copy of the built-in codemod as its own pack."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[bytes]) -> None:
        self.root = root
        self.capsys = capsys

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        code = main.main([arguments[0], "-C", str(self.root), *arguments[1:]])
        said = self.capsys.readouterr()
        return code, said.out, said.err.decode()

    def put(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def trust(self) -> None:
        code, _, said = self.run("trust")
        assert code == 0, said

    def tree(self) -> cases.Tree:
        return cases.tree(self.root)


@pytest.fixture
def repository(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Repository:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "shop"
    cases.build(cases.load("fastapi-shop"), root)
    cases.commit(root)
    made = Repository(root, capsysbinary)
    copy = root / ".apimod" / "codemods" / "create-thing"
    shutil.copytree(builtin_root() / "codemods" / "create-rest", copy)
    for file in copy.rglob("*.j2"):
        file.write_text(file.read_text("utf-8").replace("create-rest/", "create-thing/"), "utf-8")
    return made


def test_it_is_not_used_before_it_is_trusted(repository: Repository) -> None:
    before = repository.tree()
    code, out, said = repository.run(*THING)
    assert (code, out) == (3, b"")
    assert "not trusted" in said and "apimod trust" in said
    for command in ("list", "detect"):
        code, out, said = repository.run(command)
        assert code == 0 and out
    assert repository.run("trust", "--check")[0] == 1
    assert b"local:" not in repository.run("codemods")[1]
    assert repository.tree() == before


def test_trusted_it_does_what_the_same_content_does_built_in(repository: Repository) -> None:
    before = repository.tree()
    repository.trust()
    assert repository.run("trust", "--check")[0] == 0
    ours = repository.run("apply", "create-rest", "widgets", "name:string", "-n")
    assert repository.run(*THING)[:2] == ours[:2]
    assert b"local:create-thing" in repository.run("codemods")[1]
    code, _, said = repository.run(*THING[:-1], "-y")
    assert code == 0, said
    code, _, said = repository.run("undo")
    assert (code, repository.tree()) == (0, before), said


def test_one_byte_needs_trust_again(repository: Repository) -> None:
    repository.trust()
    file = repository.root / ROUTES
    file.write_bytes(file.read_bytes() + b"\n")
    code, out, said = repository.run(*THING)
    assert (code, out) == (3, b"") and "not trusted" in said
    file.write_bytes(file.read_bytes()[:-1])
    assert repository.run(*THING)[0] == 0


def test_trust_is_taken_back_and_bound_to_a_hash(repository: Repository) -> None:
    assert repository.run("trust", "--hash", "0" * 64)[0] == 3
    code, out, _ = repository.run("trust", "--format", "json")
    assert code == 0
    digest = out.decode().partition('"hash": "')[2].partition('"')[0]
    assert repository.run("trust", "--revoke")[0] == 0
    assert repository.run(*THING)[0] == 3
    assert repository.run("trust", "--hash", digest)[0] == 0
    assert repository.run(*THING)[0] == 0


BODIES = [
    ("{{ 'x' * 10**9 }}", "powers"),
    ("{{ 'x' * 1000000000 }}", "too much memory"),
    ("{{ ['x' * 1000000] * 10000 | join | length }}", ""),
    ("{{ (['x' * 1000000] * 10000) | join }}", "too "),
    ("{{ 'x' | center(10000000000) }}", "too much memory"),
    ("{{ '%1000000000d' % 1 }}", "too much memory"),
    ("{{ range(10000000) | list | length }}", "Range too big"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "without end"),
    ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "too long"),
    ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "too much"),
    ("{{ ''.__class__.__mro__ }}", "unsafe"),
    ("{{ conv.__init__.__globals__ }}", "unsafe"),
    ("{{ (resource.singular | attr('written')).__func__.__globals__ }}", "unsafe"),
    ("{{ cycler.__init__.__globals__.os.system('touch /tmp/owned') }}", "unsafe"),
    ("{% include '../../../../../etc/passwd' %}", "cannot render"),
    ("{% import '/etc/passwd' as x %}", "not found"),
    ("{{ lipsum(100000) }}", "undefined"),
    ("{% for %}", "cannot render"),
    ("{{ 1 / 0 }}", "ZeroDivisionError"),
]


@pytest.mark.parametrize(("body", "said"), BODIES)
def test_a_template_is_bounded(repository: Repository, body: str, said: str) -> None:
    file = repository.root / ROUTES
    file.write_text(file.read_text("utf-8") + body, "utf-8")
    before = repository.tree()
    code, out, err = repository.run("trust")
    if code == 0:
        code, out, err = repository.run(*THING)
    assert (code, out) == (3, b""), err
    assert said in err and "Traceback" not in err
    assert repository.tree() == before


TARGETS = [
    "../outside.py",
    "/tmp/outside.py",
    ".git/hooks/pre-commit",
    ".GIT/hooks/pre-commit",
    "shop/.Git/config",
    "shop/../.git/config",
    ".apimod/codemods/more.j2",
    "ignored/x.py",
    "git~1/config",
    "shop/out/x.py",
]


@pytest.mark.parametrize("target", TARGETS)
def test_a_template_writes_where_a_plan_may(repository: Repository, target: str) -> None:
    repository.put(".gitignore", "ignored/\n")
    (repository.root / "shop" / "out").symlink_to("/tmp")
    file = repository.root / ROUTES
    head, to, rest = file.read_text("utf-8").partition("\nto: ")
    assert to
    file.write_text(f'{head}{to}"{target}"\n{rest.partition(chr(10))[2]}', "utf-8")
    repository.trust()
    before = repository.tree()
    code, _, said = repository.run(*THING[:-1], "-y")
    assert code in (2, 3) and "Traceback" not in said, said
    assert repository.tree() == before
    assert not (repository.root.parent / "outside.py").exists()


def test_nothing_built_in_is_shadowed(repository: Repository) -> None:
    matcher = (builtin_root() / "matchers" / "fastapi.toml").read_text("utf-8")
    repository.put(".apimod/matchers/fastapi.toml", matcher)
    code, _, said = repository.run("trust")
    assert code == 3 and "nothing shadows it" in said
    shutil.rmtree(repository.root / ".apimod" / "matchers")
    built_in = repository.run("apply", "create-rest", "widgets", "name:string", "-n")
    theirs = repository.root / ".apimod" / "codemods" / "create-rest"
    (repository.root / ".apimod" / "codemods" / "create-thing").rename(theirs)
    for file in theirs.rglob("*.j2"):
        text = file.read_text("utf-8").replace("create-thing/", "create-rest/")
        file.write_text(text + "\n# SHADOW\n", "utf-8")
    repository.trust()
    assert repository.run("apply", "create-rest", "widgets", "name:string", "-n") == built_in


BROKEN = [
    ("matchers/x.toml", "name ="),
    ("matchers/x.toml", 'name = "x"\nkind = "nonsense"\nlanguage = "python"\n'),
    ("matchers/x.toml", 'name = "y"\nkind = "framework"\nlanguage = "python"\n'),
    ("matchers/x.toml", "a = " + "[" * 5_000),
    ("codemods/create-thing/codemod.toml", "title ="),
    ("codemods/create-thing/codemod.toml", "title = 1\n"),
    ("codemods/create-thing/codemod.toml", 'roles = 1\ntitle = ""\ndescription = ""\n'),
    ("codemods/create-thing/routes/fastapi.j2", "no head"),
    ("codemods/create-thing/routes/fastapi.j2", "---\nto: {{\n---\n"),
    ("codemods/create-thing/routes/fastapi.j2", "---\nwhat: x\n---\n"),
    ("codemods/create-thing/routes/fastapi.j2", ""),
]


@pytest.mark.parametrize(("name", "text"), BROKEN)
def test_a_broken_pack_is_refused_in_a_line(repository: Repository, name: str, text: str) -> None:
    repository.put(f".apimod/{name}", text)
    code, _, said = repository.run("trust")
    if code == 0:
        code, _, said = repository.run(*THING)
    assert code == 3, said
    assert "Traceback" not in said and "fault" not in said


def test_a_pack_holds_regular_files_only(repository: Repository) -> None:
    for make in (
        lambda file: file.symlink_to("/etc/passwd"),
        os.mkfifo,
        lambda file: file.write_bytes(b"a" * (300 << 10)),
        lambda file: file.write_bytes(b"\xff\xfe"),
    ):
        file = repository.root / ".apimod" / "codemods" / "create-thing" / "routes" / "x.j2"
        make(file)
        code, _, said = repository.run("trust")
        assert code == 3, said
        file.unlink()


def test_a_matcher_that_is_tried_for_ever_ends(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apimod import bounds

    monkeypatch.setattr(bounds, "SECONDS", 4.0)
    repository.put(
        ".apimod/matchers/x.toml",
        'name = "x"\nkind = "framework"\nlanguage = "python"\n\n[detect]\npackages = ["x"]\n\n'
        "[origin]\nrouter = [\"x.X\"]\n\n[search]\npatterns = ['(a+)+$']\n",
    )
    repository.put(".apimod/queries/python/x.scm", "(call) @route\n")
    repository.put("shop/more.py", f"x = '{'a' * 200}!'\n")
    code, _, said = repository.run("trust")
    if code == 0:
        code, _, said = repository.run("list")
    assert code == 3, said
    assert "Traceback" not in said


def test_the_trusted_copy_is_what_is_used(repository: Repository, tmp_path: Path) -> None:
    repository.trust()
    (copy,) = (tmp_path / "state" / "apimod" / "trusted").iterdir()
    file = copy / "codemods" / "create-thing" / "routes" / "fastapi.j2"
    file.write_text(file.read_text("utf-8") + "\n# TAMPERED\n", "utf-8")
    code, out, _ = repository.run(*THING)
    assert (code, out) == (3, b"")


def test_nothing_of_git_is_asked_for_trust(repository: Repository) -> None:
    """A clone brings its ``.git`` along when it comes as an archive: trust must not lie there."""
    repository.trust()
    inside = {path.name for path in (repository.root / ".git").rglob("*")}
    assert not inside & {"trusted", "apimod"}
