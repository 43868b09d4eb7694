"""Booting a host, and becoming one of its users."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from contract.session import Credentials
from proofs.bench import Bench
from proofs.database import free_port
from proofs.host import Host

_BOOT = 180.0


@dataclass(frozen=True, slots=True)
class Server:
    """A booted host."""

    url: str
    log: Path


@contextmanager
def serving(bench: Bench, env: Mapping[str, str]) -> Iterator[Server]:
    """Serve a host until the block ends."""
    port = free_port()
    command = bench.host.serve.replace("{port}", str(port))
    log = bench.home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["bash", "-c", command], cwd=bench.folder, stdout=out, stderr=subprocess.STDOUT,
            env=bench.environment({**env, "PORT": str(port)}), start_new_session=True,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url + bench.host.health, log)
        yield Server(url, log)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _BOOT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if httpx.get(url, timeout=5).status_code < 500:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"the host does not serve {url}:\n{log.read_text('utf-8')[-4000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(10)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
        break


def credentials(host: Host, url: str) -> Credentials:
    """Log in the host's users and return what each of them sends."""
    users = host.auth.get("users", [])
    if not users:
        return Credentials({}, None)
    headers = [_headers(host, url, user) for user in users[:2]]
    return Credentials(headers[0], headers[1] if len(headers) > 1 else None)


def _headers(host: Host, url: str, user: Mapping[str, str]) -> dict[str, str]:
    known = dict(user)
    reply: httpx.Response | None = None
    with httpx.Client(base_url=url, timeout=30) as client:
        for step in host.auth.get("login", []):
            reply = client.request(
                step["method"],
                step["path"],
                json=_filled(step["json"], known) if "json" in step else None,
                data=_filled(step["form"], known) if "form" in step else None,
            )
            allowed = step.get("status", [200])
            assert reply.status_code in allowed, f"login: {step['path']} -> {reply.text[:500]}"
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    if reply is not None and (where := host.auth.get("token")):
        known["token"] = _token(reply, where)
    lines = [host.auth["header"]] if "header" in host.auth else []
    pairs = (_filled(line, known).partition(":") for line in lines)
    sent = {name.strip(): value.strip() for name, _, value in pairs}
    return {**sent, "Cookie": cookies} if cookies else sent


def _token(reply: httpx.Response, where: str) -> str:
    kind, _, path = where.partition(":")
    found: Any = reply.json() if kind == "json" else reply.headers
    for key in path.split("."):
        found = found[key]
    return str(found)


def _filled(template: Any, known: Mapping[str, str]) -> Any:
    if isinstance(template, dict):
        return {key: _filled(value, known) for key, value in template.items()}
    if isinstance(template, str):
        for name, value in known.items():
            template = template.replace(f"{{{name}}}", str(value))
    return template
