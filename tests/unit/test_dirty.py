"""Which files hold what git could not give back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from apimod.cli.dirty import dirty
from apimod.errors import Refused

GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=m")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree with two committed files."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = tmp_path / "ws"
    (made / "d").mkdir(parents=True)
    (made / "a.py").write_bytes(b"a\n")
    (made / "d" / "b\u00e9 \n.py").write_bytes(b"b\n")
    git(made, "init", "-q")
    git(made, "add", "-A")
    git(made, "commit", "-qm", "x")
    return made


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run((*GIT, *arguments), cwd=folder, check=True, capture_output=True)


BOTH = ("a.py", "d/b\u00e9 \n.py")


def test_what_is_committed_or_added_is_clean(root: Path) -> None:
    assert dirty(root, BOTH) == ()
    (root / "a.py").write_bytes(b"more\n")
    git(root, "add", "a.py")
    assert dirty(root, BOTH, ["new.py"]) == ()


def test_what_differs_is_dirty(root: Path) -> None:
    for path in BOTH:
        (root / path).write_bytes(b"mine\n")
    assert dirty(root, BOTH) == BOTH
    assert dirty(root, ["a.py"]) == ("a.py",)


def test_what_git_does_not_know_is_dirty(root: Path) -> None:
    (root / "new.py").write_bytes(b"mine\n")
    assert dirty(root, ["a.py", "new.py"]) == ("new.py",)


def test_before_the_first_commit_nothing_is(root: Path) -> None:
    git(root, "checkout", "-q", "--orphan", "other")
    (root / "a.py").write_bytes(b"mine\n")
    assert dirty(root, BOTH) == ()


def test_line_ends_that_git_makes_are_clean(root: Path) -> None:
    (root / "a.py").write_bytes(b"a\r\n")
    assert dirty(root, BOTH) == ()


def test_what_a_sparse_checkout_leaves_out_is_there_already(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", "a.py")
    (root / "a.py").unlink()
    assert dirty(root, [], ["a.py", "new.py"]) == ("a.py",)


def test_a_file_of_a_submodule_is_not_known_to_be_clean(root: Path) -> None:
    git(root, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(root), "sub")
    assert dirty(root, ["sub/a.py"]) == ("sub/a.py",)


def test_a_linked_work_tree_has_its_own_index(root: Path, tmp_path: Path) -> None:
    git(root, "worktree", "add", "-q", "../linked")
    (root / "a.py").write_bytes(b"mine\n")
    assert dirty(tmp_path / "linked", BOTH) == ()
    (tmp_path / "linked" / "a.py").write_bytes(b"mine\n")
    assert dirty(tmp_path / "linked", BOTH) == ("a.py",)


def test_sha_256_repositories(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    (tmp_path / "a.py").write_bytes(b"a\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "x")
    assert dirty(tmp_path, ["a.py"]) == ()
    (tmp_path / "a.py").write_bytes(b"b\n")
    assert dirty(tmp_path, ["a.py"]) == ("a.py",)


def test_where_there_is_no_git_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dirty(tmp_path, ["a.py"]) == ()
    (tmp_path / ".git").mkdir()
    assert dirty(tmp_path, ["a.py"]) == ()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dirty(tmp_path, ["a.py"]) == ()


def test_a_damaged_index_is_told(root: Path) -> None:
    (root / ".git" / "index").write_bytes(b"nonsense")
    with pytest.raises(Refused, match="git cannot tell"):
        dirty(root, BOTH)


def test_nothing_that_the_repository_names_is_run(root: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    (root / ".gitattributes").write_text("* filter=bad\n")
    for key in ("filter.bad.clean", "filter.bad.process", "core.fsmonitor", "core.pager"):
        git(root, "config", key, f"touch {mark}; cat")
    (root / "a.py").write_bytes(b"mine\n")
    mark.unlink(missing_ok=True)
    assert dirty(root, BOTH) == ("a.py",)
    assert not mark.exists()
