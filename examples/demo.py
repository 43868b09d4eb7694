"""What ``demo.sh`` needs of Python, with nothing installed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

LEFT_OUT = (".git", ".venv", ".*_cache", "__pycache__", "*.db")
PATIENCE = 60


def copy(source: str, target: str) -> None:
    """Copy a project without what was made by using it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT_OUT))


def requirements(manifest: str) -> None:
    """Print what a pyproject.toml declares that it needs, and which Python it is for."""
    with Path(manifest).open("rb") as file:
        table = tomllib.load(file)
    declared = [*table["project"]["dependencies"], *table["dependency-groups"]["dev"]]
    print("# for Python", sys.version.split()[0])
    print("\n".join(declared))


def digest(folder: str) -> None:
    """Print one hash of every file's path, mode and bytes."""
    found = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and ".git" not in path.parts:
            mode = path.stat().st_mode & 0o777
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.as_posix()}\0{mode:o}\0{content}\n".encode())
    print(found.hexdigest()[:16])


def port() -> None:
    """Print a free port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1])


def wait(url: str, process: str) -> None:
    """Wait until a URL answers; exit where its process ends first."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            os.kill(int(process), 0)
            time.sleep(0.1)
    sys.exit(f"{url} did not answer within {PATIENCE} s")


def calls(base: str) -> None:
    """Use the new endpoints, and print what they answer."""
    ada = {"email": "ada@example.com", "name": "Ada", "role": "admin"}
    _, created = call(base, "POST", "/users", 201, ada)
    path = f"/users/{created['id']}"
    call(base, "POST", "/users", 409, ada)
    call(base, "POST", "/users", 422, {"email": "nobody", "role": "owner"})
    call(base, "POST", "/users", 201, {"email": "bob@example.com", "name": "Bob", "role": "user"})
    call(base, "GET", "/users?limit=1&sort=name", 200)
    call(base, "GET", path, 200)
    call(base, "PUT", path, 200, {"name": "Ada Lovelace"})
    call(base, "DELETE", path, 204)
    call(base, "GET", path, 404)


def call(
    base: str, method: str, path: str, status: int, body: object = None
) -> tuple[int, dict[str, object]]:
    """Send a request, show it with its answer, and exit where that is not the status wanted."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(base + path, data, headers, method=method)
    try:
        response = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        got, raw = int(response.status or 0), response.read()
        location = response.headers.get("Location")
    print(f"\n{method} {path}" + (f"  {data.decode()}" if data else ""))
    print(f"  {got}" + (f"  Location: {location}" if location else ""))
    answer = json.loads(raw) if raw else {}
    if answer:
        print(f"  {json.dumps(answer)}")
    if got != status:
        sys.exit(f"expected {status}")
    return got, answer


if __name__ == "__main__":
    {f.__name__: f for f in (copy, requirements, digest, port, wait, calls)}[sys.argv[1]](*sys.argv[2:])
