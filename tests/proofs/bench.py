"""A host's working copy with its toolchain, kept from session to session where it can be."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from proofs import shell
from proofs.host import REPOSITORY, Host

_MANIFESTS = ("pyproject.toml", "requirements*.txt", "setup.*", "go.mod", "host.toml")
_DATA = ("*.db", "*.db-*", "*.sqlite", "*.sqlite3", "*.sqlite3-*")


def missing_tool(host: Host) -> str:
    """Say which tool a host needs that is not here, or ``""``."""
    if shutil.which("bash") is None or shutil.which("git") is None:
        return "bash and git are needed"
    if host.language == "go" and shutil.which("go") is None:
        return "go is not installed"
    if host.language == "javascript" and shutil.which("npm") is None:
        return "npm is not installed"
    if host.language == "java" and (shutil.which("mvn") is None or shutil.which("javac") is None):
        return "Maven and a JDK are needed"
    if host.language == "rust" and shutil.which("cargo") is None:
        return "cargo is not installed"
    if host.language not in ("go", "java", "javascript", "python", "rust"):
        return f"the proofs cannot install {host.language} yet"
    return ""


def cache() -> Path:
    """Return the folder that outlives a session."""
    given = os.environ.get("APIMOD_CACHE")
    return (Path(given) if given else REPOSITORY / ".cache").resolve() / "proofs"


class Bench:
    """One host at a fixed place, since an editable install remembers where it was made."""

    def __init__(self, host: Host, env: Mapping[str, str] | None = None) -> None:
        self.host = host
        self._env = dict(env or {})
        self.home = cache() / host.name
        self.folder = self.home / "work"

    def reset(self) -> None:
        """Put the host there as it is in the repository."""
        self.home.mkdir(parents=True, exist_ok=True)
        shell.copy(self.host.folder, self.folder)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment for a command; the virtual environment fits the manifests."""
        programs = {"PROOFS": str(Path(__file__).parent)}
        env = shell.environment({**programs, **self.host.env, **self._env, **(more or {})})
        if self.host.language == "python":
            venv = self._venv()
            env |= {"VIRTUAL_ENV": str(venv), "PATH": f"{venv / 'bin'}{os.pathsep}{env['PATH']}"}
        if self.host.language == "rust":  # all hosts share what they are built of
            given = {"CARGO_TARGET_DIR": str(cache() / "cargo"), "CARGO_PROFILE_DEV_DEBUG": "0"}
            env = {**given, **env}
        return env

    def run(self, command: str, more: Mapping[str, str] | None = None) -> str:
        """Run a command that must succeed."""
        return shell.run(command, self.folder, self.environment(more))

    def install(self) -> None:
        """Install what the manifests ask for, into an environment that holds nothing else."""
        venv = self._venv()
        stamp = venv / "installed"
        if self.host.language == "python" and not stamp.exists():
            shutil.rmtree(venv, ignore_errors=True)
            made = shell.attempt(
                [sys.executable, "-m", "venv", str(venv)], self.home, shell.environment()
            )
            if made.returncode:
                raise AssertionError(f"no virtual environment: {shell.said(made)}")
        if self.host.language != "python" or not stamp.exists():
            for command in self.host.install:
                self.run(command)
        if self.host.language == "python":
            stamp.touch()

    def migrate_own(self) -> None:
        """Make the tables that the host's tests need, in a database that a server keeps."""
        if self._env and self.host.migrate_up:
            self.run(self.host.migrate_down)
            self.run(self.host.migrate_up)

    def _venv(self) -> Path:
        seen = hashlib.sha256(sys.version.encode())
        for pattern in _MANIFESTS:
            for path in sorted(self.folder.glob(pattern)):
                seen.update(path.read_bytes())
        return self.home / f"venv-{seen.hexdigest()[:12]}"

    def check(self) -> list[str]:
        """Run the host's own checks and return what failed."""
        failed = []
        for command in self.host.checks:
            done = shell.attempt(command, self.folder, self.environment())
            if done.returncode:
                failed.append(f"$ {command}\n{shell.said(done)}")
        return failed

    def forget_data(self) -> None:
        """Remove the databases that earlier runs left in the folder."""
        for pattern in _DATA:
            for path in self.folder.rglob(pattern):
                if "node_modules" not in path.parts:
                    path.unlink()
