"""Guests: a team's own codemods through our plan, diff, checks, journal and undo."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import pytest

import cases
from apimod.cli import main

RENAME = """
import argparse
import libcst as cst
from libcst.codemod import CodemodContext, SkipFile, VisitorBasedCodemodCommand


class Rename(VisitorBasedCodemodCommand):
    DESCRIPTION = "renames a function"

    @staticmethod
    def add_args(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--old", default="health")
        parser.add_argument("--new", default="alive")

    def __init__(self, context: CodemodContext, old: str, new: str) -> None:
        super().__init__(context)
        self.old, self.new = old, new

    def leave_Name(self, original_node, updated_node):
        if original_node.value == self.old:
            return updated_node.with_changes(value=self.new)
        return updated_node


class Broken(Rename):
    def leave_Name(self, original_node, updated_node):
        raise ValueError("oh no")


class Wrong(Rename):
    def transform_module_impl(self, tree):
        return tree.with_changes(header=[cst.EmptyLine(comment=None), cst.EmptyLine()] * 0,
                                 body=[cst.SimpleStatementLine([cst.Expr(cst.Name("x ( y"))])])
"""

SCRIPT = """
from bowler import Query


def main():
    Query("shop").select_function("health").rename("alive").diff(interactive=True)
"""


class Shop:
    def __init__(self, root: Path, capsys: pytest.CaptureFixture[bytes]) -> None:
        self.root = root
        self.capsys = capsys

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        code = main.main([arguments[0], "-C", str(self.root), *arguments[1:]])
        said = self.capsys.readouterr()
        return code, said.out, said.err.decode()

    def tree(self) -> cases.Tree:
        return cases.tree(self.root)


@pytest.fixture
def shop(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Shop:
    root = tmp_path / "shop"
    cases.build(cases.load("fastapi-shop"), root)
    (root / "crlf.py").write_bytes(b"def health():\r\n    return 1\r\n\r\n\r\nx = health()\r\n")
    (root / "bom.py").write_bytes(b"\xef\xbb\xbf# caf\xc3\xa9\nhealth = 1\n")
    (root / "broken.py").write_bytes(b"def health(:\n")
    (root / "unrelated.py").write_bytes(b"x = 1   \n\n\n\ny=2")
    cases.commit(root)
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "team_codemods.py").write_text(RENAME)
    (tools / "script.py").write_text(SCRIPT)
    monkeypatch.chdir(tools)
    return Shop(root, capsysbinary)


def test_a_command_is_planned_shown_applied_and_undone(shop: Shop) -> None:
    before = shop.tree()
    guest = ("apply", "libcst:team_codemods.Rename")
    code, diff, said = shop.run(*guest, "-n")
    assert code == 0, said
    assert b"+def alive()" in diff and shop.tree() == before
    done = subprocess.run(["git", "apply", "--check"], cwd=shop.root, input=diff, check=False)
    assert done.returncode == 0
    code, _, said = shop.run(*guest, "-y")
    assert code == 0, said
    after = shop.tree()
    assert b"def alive():\r\n" in after["crlf.py"][0]
    assert after["bom.py"][0] == b"\xef\xbb\xbf# caf\xc3\xa9\nalive = 1\n"
    assert {n for n in after if after[n] != before[n]} == {"crlf.py", "bom.py", "shop/main.py"}
    assert shop.run(*guest, "-y")[0] == 0
    assert shop.tree() == after, "twice is once"
    assert shop.run("undo")[0] == 0
    assert shop.tree() == before


def test_its_own_arguments_stand_behind_two_dashes(shop: Shop) -> None:
    code, diff, said = shop.run(
        "apply", "-n", "libcst:team_codemods.Rename", "--", "--old", "FastAPI", "--new", "Fast"
    )
    assert code == 0, said
    assert b"+from fastapi import Fast" in diff


@pytest.mark.parametrize(
    ("guest", "code", "said"),
    [
        ("libcst:team_codemods.Broken", 3, "oh no"),
        ("libcst:team_codemods.Nothing", 2, "is no codemod"),
        ("libcst:no_such_module.Rename", 2, "no_such_module"),
        ("libcst:Rename", 2, "names no class"),
        ("libcst:../x.Rename", 2, "is no class"),
        ("libcst:", 2, "is no class"),
        ("bowler:nowhere.py", 2, "no such script"),
        ("bowler:x", 2, "is no script"),
        ("bowlr:x.py", 2, "did you mean bowler?"),
    ],
)
def test_a_guest_that_fails_says_so_and_changes_nothing(
    shop: Shop, guest: str, code: int, said: str
) -> None:
    before = shop.tree()
    got, out, err = shop.run("apply", guest, "-y")
    assert (got, out) == (code, b""), err
    assert said in err and "Traceback" not in err
    assert shop.tree() == before


def test_a_flag_of_ours_means_nothing_to_a_guest(shop: Shop) -> None:
    code, _, said = shop.run("apply", "libcst:team_codemods.Rename", "--like", "x", "-n")
    assert code == 2 and "its own arguments" in said


def test_uncommitted_changes_are_minded(shop: Shop) -> None:
    file = shop.root / "crlf.py"
    file.write_bytes(file.read_bytes() + b"y = 1\r\n")
    before = shop.tree()
    code, _, said = shop.run("apply", "libcst:team_codemods.Rename", "-y")
    assert code == 3 and "--allow-dirty" in said
    assert shop.tree() == before


def test_a_repositorys_pack_cannot_bring_one(shop: Shop) -> None:
    folder = shop.root / ".apimod" / "codemods" / "libcst:team_codemods.Rename"
    folder.mkdir(parents=True)
    (folder / "codemod.toml").write_text('title = "x"\n')
    (shop.root / ".apimod" / "config.toml").write_text('[defaults]\nlike = "libcst:os.system"\n')
    code, diff, _ = shop.run("apply", "libcst:team_codemods.Rename", "-n")
    assert code == 0 and b"alive" in diff, "what was called is the guest, and nothing of the pack's"
    (shop.root / "team_codemods.py").write_text("open('OWNED', 'w')\n" + RENAME)
    assert shop.run("list")[0] == 0 and shop.run("detect")[0] == 0
    assert not list(shop.root.parent.rglob("OWNED"))


@pytest.mark.skipif(importlib.util.find_spec("bowler") is None, reason="the extra is not installed")
def test_a_script_asks_nothing_and_writes_nothing_itself(shop: Shop) -> None:
    before = shop.tree()
    code, diff, said = shop.run("apply", "bowler:script.py", "-n")
    assert code == 0, said
    assert b"+def alive()" in diff and shop.tree() == before
    assert shop.run("apply", "bowler:script.py", "-y")[0] == 0
    assert shop.run("undo")[0] == 0
    assert shop.tree() == before
