"""A service in memory that keeps the contract for any profile, and breaks it where told to.

It exists to test the suite: it must pass, and each of its mutants must not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from contract.profile import Json, Operation, Profile
from contract.reference_query import answer
from contract.reference_rules import Fault
from contract.reference_store import Failure, Row, Store

USERS = {"Bearer first-token": "first", "Bearer second-token": "second"}


class Service:
    """What the handler asks: one call in, a status and a body out."""

    def __init__(
        self, profile: Profile, mutants: Collection[str], references: Mapping[str, list[Any]]
    ) -> None:
        self.profile = profile
        self.mutants = frozenset(mutants)
        self.store = Store(profile, self.broken, references)

    def broken(self, name: str) -> bool:
        return name in self.mutants

    def show(self, row: Row) -> Json:
        """Return a row as the wire has it."""
        shown: Json = {self.profile["id"]["name"]: row.id}
        for field in self.profile["fields"]:
            if not field["secret"] or self.broken("leaks_secret"):
                shown[field["wire"]] = row.values[field["wire"]]
        if stamps := self.profile["timestamps"]:
            shown[stamps["created"]] = row.created.isoformat()
            shown[stamps["updated"]] = row.updated.isoformat()
        if self.broken("loses_field"):
            shown.pop(next(f["wire"] for f in self.profile["fields"] if not f["secret"]))
        return shown

    def _wrapped(self, row: Row) -> Json:
        key = self.profile["item_envelope"]
        return {key: self.show(row)} if key else self.show(row)

    def handle(self, method: str, url: str, headers: Mapping[str, str], data: bytes) -> Answer:
        parts = urlsplit(url)
        if (other := self.profile.get("referenced")) and parts.path == other["path"]:
            self.store.referenced.add(json.loads(data)[other["field"]])
            return Answer(201, {})
        name, operation, id = self._route(method, parts.path)
        user = self._user(name, operation, headers)
        match name:
            case "list":
                return self._list(operation, user, parts.query)
            case "create":
                return self._create(operation, user, self._body(headers, data))
        if self.broken("delete_of_nothing") and name == "delete":
            return Answer(operation["status"], None)
        body = self._body(headers, data) if name == "update" else {}
        row = self.store.find(user, id)
        if name == "delete":
            self.store.delete(row)
            return Answer(operation["status"], None if operation["status"] == 204 else {})
        if name == "update":
            self.store.update(row, body)
        if self.broken("get_forgets") and name == "get":
            row.values = dict.fromkeys(row.values)
        return Answer(operation["status"], self._wrapped(row))

    def _route(self, method: str, path: str) -> tuple[str, Operation, str]:
        for name, operation in self.profile["operations"].items():
            prefix, braces, _ = operation["path"].partition("{id}")
            if method != operation["method"]:
                continue
            if not braces and path == prefix:
                return name, operation, ""
            if braces and path.startswith(prefix) and "/" not in path[len(prefix) :]:
                return name, operation, unquote(path[len(prefix) :])
        raise Failure(404, "no such path")

    def _user(self, name: str, operation: Operation, headers: Mapping[str, str]) -> str:
        token = headers.get("Authorization", "")
        user = USERS.get(token, "anyone" if self.broken("any_token") and token else "")
        if self.broken(f"{name}_unguarded"):
            user = user or "first"
        if operation["auth"] and not user:
            raise Failure(self.profile["errors"]["unauthenticated"][0], "who are you?")
        return user

    def _list(self, operation: Operation, user: str, text: str) -> Answer:
        shape = self.profile["list"]
        assert shape is not None
        try:
            query = parse_qs(text, keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            raise Failure(self.profile["errors"]["validation"][0], "is not UTF-8") from None
        return Answer(operation["status"], answer(self.store, shape, user, query, self.show))

    def _create(self, operation: Operation, user: str, body: Json) -> Answer:
        row = self.store.create(user, body)
        place = operation["path"] + f"/{'0' if self.broken('location_wrong') else row.id}"
        headers = {"Location": place} if operation.get("location") else {}
        if self.broken("location_missing"):
            headers = {}
        return Answer(operation["status"], self._wrapped(row), headers)

    def _body(self, headers: Mapping[str, str], data: bytes) -> Json:
        if not headers.get("Content-Type", "").startswith("application/json"):
            if self.broken("any_content_type"):
                raise Fault
            raise Failure(415, "is no JSON")
        try:
            body = json.loads(data, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            if self.broken("bad_body_fails"):
                raise Fault from error
            raise Failure(self.profile["errors"]["validation"][0], self._detail(error)) from None
        if not isinstance(body, dict):
            raise Failure(self.profile["errors"]["validation"][0], "is no object")
        return body

    def _detail(self, error: Exception) -> str:
        leaks = self.broken("leaks_traceback")
        return f'Traceback: File "service.py", line 7: {error!r}' if leaks else "is no JSON"


def _no_constant(name: str) -> None:
    raise ValueError(name)


class Answer:
    """A status, a body, headers."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: ClassVar[Service]

    def do(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(length)
        try:
            answer = self.service.handle(self.command, self.path, dict(self.headers), data)
        except Failure as failure:
            plain = self.service.broken("errors_are_text")
            body = str(failure.detail) if plain else {"errors": failure.detail}
            answer = Answer(failure.status, body)
        except Fault:
            answer = Answer(500, {"errors": "something went wrong"})
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        body = b"" if answer.body is None else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if body:
            self.send_header("Content-Type", "application/json")
        if answer.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


class Reference:
    """A running service, for a ``with``."""

    def __init__(
        self,
        profile: Profile,
        mutants: Collection[str] = (),
        references: Mapping[str, list[Any]] | None = None,
    ) -> None:
        service = Service(profile, mutants, references or {})
        handler = type("Handler", (_Handler,), {"service": service, "wbufsize": -1})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Reference:
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
