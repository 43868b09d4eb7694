"""Nothing of a project's code is run, imported or evaluated: projects that would leave a mark."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from trust import trees
from trust.running import ROOT, run

MARK = "OWNED"
COMMANDS = (
    ("detect",),
    ("list",),
    ("apply", "create-rest", "users", "name:string", "-n"),
    ("apply", "create-rest", "users", "name:string", "-y"),
    ("apply", "create-rest", "users", "name:string", "-y"),
    ("undo",),
)
PYTHON = "open({mark!r}, 'w').close()\n"
SHELL = "#!/bin/sh\ntouch {mark}\n"

PLANTED = {
    "conftest.py": PYTHON,
    "sitecustomize.py": PYTHON,
    "usercustomize.py": PYTHON,
    "setup.py": PYTHON + "from setuptools import setup\nsetup(name='x')\n",
    "apimod/__init__.py": PYTHON,
    "click.py": PYTHON,
    "jinja2/__init__.py": PYTHON,
    "tree_sitter.py": PYTHON,
    "ruff.py": PYTHON,
    "fastapi.py": PYTHON,
    "evil.pth": "import os; " + PYTHON,
    "build.rs": 'fn main() {{ std::fs::write({mark!r}, "").unwrap(); }}\n',
    "Makefile": "all:\n\ttouch {mark}\n",
    ".envrc": "touch {mark}\n",
    ".pre-commit-config.yaml": "repos: [{{repo: local, hooks: [{{id: x, entry: touch {mark}}}]}}]\n",
    "ruff": SHELL,
    "gofmt": SHELL,
    "git": SHELL,
    "rustfmt": SHELL,
    "evil/bin/rustfmt": SHELL,
    "evil/bin/rustc": SHELL,
    "evil/bin/cargo": SHELL,
    "rust-toolchain.toml": '[toolchain]\npath = "evil"\n',
    "node_modules/prettier/index.js": "require('fs').writeFileSync({mark!r}, '')\n",
    ".prettierrc.js": "require('fs').writeFileSync({mark!r}, '')\n",
    "gradlew": SHELL,
    "mvnw": SHELL,
    ".gitattributes": "* filter=evil diff=evil merge=evil\n",
    ".git/hooks/pre-commit": SHELL,
    ".git/hooks/post-index-change": SHELL,
    ".git/hooks/fsmonitor-watchman": SHELL,
}
SETTINGS = {
    "core.fsmonitor": "{mark_command}",
    "core.pager": "{mark_command}",
    "core.editor": "{mark_command}",
    "core.sshCommand": "{mark_command}",
    "diff.external": "{mark_command}",
    "diff.evil.textconv": "{mark_command}",
    "filter.evil.clean": "{mark_command}",
    "filter.evil.smudge": "{mark_command}",
    "filter.evil.process": "{mark_command}",
    "alias.status": "!{mark_command}",
    "alias.ls-files": "!{mark_command}",
    "alias.rev-parse": "!{mark_command}",
    "credential.helper": "!{mark_command}",
    "gpg.program": "{mark_command}",
}


def _plant(root: Path, mark: Path) -> None:
    """Put whatever would run into a project and its git data."""
    for name, text in PLANTED.items():
        file = root / name
        if file.exists():
            continue
        trees.put(file, text.format(mark=str(mark)).encode())
        if text is SHELL:
            file.chmod(0o755)
    script = root / "evil" / "mark.sh"
    trees.put(script, SHELL.format(mark=mark).encode())
    script.chmod(0o755)
    for key, value in SETTINGS.items():
        said = value.format(mark_command=script)
        subprocess.run(["git", "config", key, said], cwd=root, check=True)


@pytest.mark.parametrize("language", sorted(trees.SEEDS))
def test_no_code_of_a_project_is_run(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, mark = tmp_path / "work", tmp_path / MARK
    trees.seed(root, language)
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "start")):
        subprocess.run((*git, *arguments), cwd=root, check=True)
    _plant(root, mark)
    if language == "javascript":
        package = root / "package.json"
        scripts = f'"scripts": {{"preinstall": "touch {mark}", "postinstall": "touch {mark}"}}, '
        package.write_text(package.read_text().replace("{", "{" + scripts, 1))
    if language == "python":
        settings = root / "pyproject.toml"
        plugins = "\n[tool.pytest.ini_options]\naddopts = '-p conftest'\n"
        plugins += (
            "\n[tool.black]\nplugins = ['conftest']\n\n[tool.mypy]\nplugins = ['conftest.py']\n"
        )
        settings.write_text(settings.read_text() + plugins)
    if language == "go":
        file = root / "go.mod"
        file.write_text(file.read_text() + "\ntoolchain go1.99.9\n")
    monkeypatch.setenv("PATH", f".:{Path('/')}:evil/bin:{_path()}")
    for words in COMMANDS:
        ran = run(root, *words)
        assert not ran.wrong(), (words, ran.err)
        assert not mark.exists(), f"apimod {' '.join(words)} ran code of the project"


def _path() -> str:
    import os

    return os.environ["PATH"]


def test_the_marks_would_be_left(tmp_path: Path) -> None:
    """What is planted works: git itself leaves the mark."""
    root, mark = tmp_path / "work", tmp_path / MARK
    trees.seed(root, "python")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    _plant(root, mark)
    subprocess.run(["git", "add", "-A"], cwd=root, check=False, capture_output=True)
    assert mark.exists()


CHILDREN = {"planning/children.py", "cli/dirty.py", "guests/__init__.py"}
RUNS = ("subprocess.", "os.system", "os.popen", "os.exec", "os.spawn", "runpy.", "importlib.")
LOADS = {"eval", "exec", "compile", "__import__"}
IMPORTS = {"cli/group.py", "guests/run_libcst.py", "guests/run_bowler.py"}


def test_children_are_started_in_few_places() -> None:
    """Every other module can be read without asking what it runs."""
    found = set()
    for file in sorted((ROOT / "src" / "apimod").rglob("*.py")):
        name = file.relative_to(ROOT / "src" / "apimod").as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called.startswith(RUNS) or called in LOADS:
                    found.add(name)
    assert found <= CHILDREN | IMPORTS
