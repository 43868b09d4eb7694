"""The wheel, built and installed where nothing of the checkout is in reach, does its work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUEST = ("create-rest", "users", "email:email:unique", "name:string", "role:enum=user,admin")
OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeoutError|Name or service not known"
    r"|Temporary failure in name resolution|Network is unreachable"
)


def run(*command: str | Path, cwd: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program in an environment that knows nothing of the checkout."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    if path:
        environment["PYTHONPATH"] = path
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, so that both hold what they must."""
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, installed from the wheel into an environment of its own."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=True)
    tools = home / ("Scripts" if os.name == "nt" else "bin")
    done = run(tools / "python", "-m", "pip", "install", "--quiet", wheel, cwd=home)
    if done.returncode and OFFLINE.search(done.stderr):
        pytest.skip("there is no network, and pip needs the dependencies")
    assert done.returncode == 0, done.stderr
    return tools / "apimod"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example, far from the checkout."""
    copy = tmp_path / "shop"
    shutil.copytree(
        ROOT / "examples" / "fastapi-shop",
        copy,
        ignore=shutil.ignore_patterns(".venv", "__pycache__", ".*_cache", "*.db"),
    )
    subprocess.run(("git", "init", "-q"), cwd=copy, check=True)
    return copy


def test_the_wheel_holds_the_pack_as_it_is_here(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        prefix = "apimod/_pack/"
        held = {n[len(prefix) :]: archive.read(n) for n in archive.namelist() if prefix in n}
    here = {
        file.relative_to(ROOT).as_posix(): file.read_bytes()
        for folder in ("queries", "matchers", "codemods")
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    }
    assert held == here


def test_codemods_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "codemods", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "create-rest" in done.stdout
    assert "fastapi" in done.stdout


def test_a_dry_run_from_the_wheel_is_that_of_the_checkout(installed: Path, example: Path) -> None:
    done = run(installed, "apply", *REQUEST, "-n", cwd=example)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("diff --git a/")
    source = str(ROOT / "src")
    here = run(sys.executable, "-m", "apimod", "apply", *REQUEST, "-n", cwd=example, path=source)
    assert done.stdout == here.stdout


def test_a_pack_that_is_missing_is_told(installed: Path, tmp_path: Path) -> None:
    code = "import apimod, pathlib; print(pathlib.Path(apimod.__file__).parent)"
    package = Path(run(installed.with_name("python"), "-c", code, cwd=tmp_path).stdout.strip())
    pack = package / "_pack"
    pack.rename(package / "elsewhere")
    try:
        done = run(installed, "codemods", cwd=tmp_path)
    finally:
        (package / "elsewhere").rename(pack)
    assert done.returncode == 70
    assert "the built-in pack is missing" in done.stderr
    assert "Traceback" not in done.stderr
