"""The HTTP client of the suite: sends as one user, keeps every exchange for the last checks."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from contract.values import RAW

NOTHING: Any = object()
"""No body at all, which differs from a body of ``null``."""


class BrokenError(AssertionError):
    """The service did what makes the rest of a check pointless."""


class SkipError(Exception):
    """The check does not apply to this profile."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One response, and what asked for it."""

    method: str
    url: str
    sent: str
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Return the body, or raise BrokenError where it is not JSON."""
        try:
            return json.loads(self.text)
        except ValueError:
            raise BrokenError(f"{self}: the body is not JSON") from None

    def __str__(self) -> str:
        sent = f" {_short(self.sent)}" if self.sent else ""
        return f"{self.method} {_short(self.url, 160)}{sent} -> {self.status} {_short(self.text)}"


@dataclass(slots=True)
class Log:
    """Every reply of a run, and those that no check has looked at for faults yet."""

    replies: list[Reply] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, reply: Reply) -> None:
        self.replies.append(reply)
        if reply.status >= 500:
            self.faults.append(f"a server error: {reply}")

    def take_faults(self) -> list[str]:
        taken, self.faults = self.faults, []
        return taken


class Api:
    """One user's view of the service."""

    def __init__(self, base_url: str, headers: Mapping[str, str], log: Log) -> None:
        self.base_url = base_url.rstrip("/")
        self.headers = dict(headers)
        self.log = log
        self._client = self._new_client()

    def _new_client(self) -> httpx.Client:
        return httpx.Client(timeout=30, follow_redirects=False)

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Any = NOTHING,
        content: bytes | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request; ``content`` goes as it stands, ``body`` as JSON."""
        url = path if path.startswith(("http://", "https://")) else self.base_url + path
        if params:
            url += "?" + urlencode(params, doseq=True, errors="surrogatepass")
        data = content if content is not None else encode(body)
        typed = {"Content-Type": "application/json"} if data is not None else {}
        sent = {"Accept": "application/json", **typed, **self.headers, **(headers or {})}
        reply = self._patiently(method, url, data, sent)
        self.log.add(reply)
        if reply.status >= 500:  # many servers close the connection after a fault
            self._client.close()
            self._client = self._new_client()
        return reply

    def _patiently(
        self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]
    ) -> Reply:
        text = "" if data is None else data[:2000].decode("utf-8", "replace")
        for _ in range(6):
            try:
                got = self._client.request(method, url, content=data, headers=dict(headers))
            except httpx.HTTPError as error:
                return Reply(method, url, text, 599, {}, f"no answer: {error!r}")
            if got.status_code != 429:
                break
            wait = got.headers.get("Retry-After", "")
            time.sleep(min(int(wait), 15) if wait.isdigit() else 1)
        return Reply(method, url, text, got.status_code, got.headers, got.text)

    def close(self) -> None:
        self._client.close()


def encode(body: Any) -> bytes | None:
    """Return the body as JSON; strings marked RAW lose their quotes."""
    if body is NOTHING:
        return None
    text = json.dumps(body)
    return re.sub(rf'"{RAW}([^"]*)"', r"\1", text).encode()


def _short(text: str, limit: int = 240) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
