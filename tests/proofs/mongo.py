"""What speaks MongoDB's protocol for a host, on loopback, gone when the session ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from proofs import shell
from proofs.database import free_port

_BOOT = 30.0


def binary() -> str | None:
    """Return FerretDB 1, built with its SQLite handler: of the cache, else on PATH."""
    given = os.environ.get("APIMOD_CACHE")
    own = Path(given or ".cache").resolve() / "bin" / "ferretdb"
    return str(own) if own.is_file() else shutil.which("ferretdb")


class Ferret:
    """A running server; every ``database`` is new and empty."""

    def __init__(self, program: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="apimod-mongo-"))
        self._port = free_port()
        self._count = 0
        argv = [
            program, "--handler=sqlite", f"--sqlite-url=file:{self._folder}/",
            f"--listen-addr=127.0.0.1:{self._port}", "--telemetry=disable", "--debug-addr=-",
            "--log-level=error", f"--state-dir={self._folder}",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            argv, cwd=self._folder, env=shell.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + _BOOT
        while time.monotonic() < deadline and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("FerretDB did not start")

    def database(self) -> str:
        """Name a database that nobody has used, as ``host:port/name``."""
        self._count += 1
        return f"127.0.0.1:{self._port}/proof_{self._count}"

    def stop(self) -> None:
        """End the server and remove its files."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)
