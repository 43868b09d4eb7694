"""A PostgreSQL of our own, on loopback, gone when the session ends."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from proofs import shell
from proofs.host import Host

_USER = "proof"
_DRIVERS = {"asyncpg": "postgresql+asyncpg", "psycopg": "postgresql+psycopg"}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def binaries() -> Path | None:
    """Return the folder with PostgreSQL's own programs, the newest first."""

    def number(path: Path) -> int:
        return int(re.sub(r"\D", "", path.parent.name) or 0)

    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=number, reverse=True)
    on_path = shutil.which("initdb")
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


class Cluster:
    """A running server; every ``database`` is new and empty."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="apimod-pg-"))
        self._prefix = self._other_user()
        self._port = free_port()
        self._count = 0
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-A", "trust", "-U", _USER, "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8")  # fmt: skip
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", data, "-o", options, "-l", f"{data}.log", "-w", "start")

    def _other_user(self) -> list[str]:
        """PostgreSQL refuses to run as root, so another user must."""
        if os.geteuid():
            return []
        users = {user.pw_name for user in pwd.getpwall()}
        name = "postgres" if "postgres" in users else "nobody"
        shutil.chown(self._folder, name)
        return ["runuser", "-u", name, "--"]

    def _run(self, program: str, *arguments: str) -> None:
        argv = [*self._prefix, str(self._programs / program), *arguments]
        done = subprocess.run(
            argv, cwd=self._folder, env=shell.environment(), check=False, timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode('utf-8', 'replace')}")

    def database(self) -> str:
        """Make a database and return ``user@host:port/name``."""
        self._count += 1
        name = f"proof_{self._count}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", _USER, name)
        return f"{_USER}@127.0.0.1:{self._port}/{name}"

    def stop(self) -> None:
        """End the server and remove its files."""
        try:
            self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


def environment(host: Host, address: str) -> dict[str, str] | None:
    """Return the variables that lead a host to a PostgreSQL, or None where it speaks none.

    ``[postgresql]`` in ``host.toml`` gives them with ``{address}``, or with its ``{user}`` and the
    ``{place}`` after it where a driver has them apart; else they are guessed from the
    variable that names the database, and from the driver in the host's manifests.
    """
    given = host.mongodb if host.database == "mongodb" else host.postgresql
    if given:
        user, _, place = address.partition("@")
        words = {"address": address, "user": user, "place": place}
        return {name: _filled(text, words) for name, text in given.items()}
    variable = next((name for name in host.env if name.endswith("DATABASE_URL")), None)
    scheme = _scheme(host)
    if variable is None or scheme is None:
        return None
    options = "?sslmode=disable" if host.language == "go" else ""
    return {variable: f"{scheme}://{address}{options}"}


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _scheme(host: Host) -> str | None:
    paths = [*host.folder.glob("go.mod"), *host.folder.glob("pyproject.toml")]
    text = "\n".join(path.read_text("utf-8") for path in (*paths, *host.folder.glob("req*.txt")))
    if host.language == "go":
        return "postgres" if re.search(r"driver/postgres|jackc/pgx|lib/pq", text) else None
    return next((scheme for name, scheme in _DRIVERS.items() if name in text), None)
