"""Who may call: credentials, and other users' rows."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from contract.checking import Checks, Problems, expect, query_text
from contract.client import NOTHING, Api, SkipError
from contract.profile import OperationName
from contract.session import Session

CHECKS = Checks()
_ALL: tuple[OperationName, ...] = ("create", "list", "get", "update", "delete")
_ONE: tuple[OperationName, ...] = ("get", "update", "delete")


def _guarded(session: Session) -> list[OperationName]:
    operations = session.profile["operations"]
    return [name for name in _ALL if session.has(name) and operations[name]["auth"]]


def _body(session: Session, name: OperationName) -> Any:
    return session.values.body() if name in ("create", "update") else NOTHING


def _refused(session: Session, api: Api, who: str) -> Problems:
    guarded = _guarded(session)
    if not guarded:
        raise SkipError("no call needs credentials")
    row = session.create() if session.has("create") else None
    id = session.key(row) if row else 1
    before = session.fetch().total if session.has("list") else None
    for name in guarded:
        reply = session.call(name, id, api=api, body=_body(session, name))
        yield from expect(reply, session.profile["errors"]["unauthenticated"], f"{name}, {who}")
    if before is not None and session.fetch().total != before:
        yield f"a call {who} changed the number of rows"
    if row and session.has("get") and not session.alike(session.read(id), row):
        yield f"a call {who} changed a row"


@CHECKS.add("auth.without_credentials")
def without_credentials(session: Session) -> Problems:
    """Without credentials every guarded call is refused."""
    yield from _refused(session, session.anonymous, "without credentials")


@CHECKS.add("auth.wrong_credentials")
def wrong_credentials(session: Session) -> Problems:
    """With made-up, emptied or unsigned credentials every guarded call is refused."""
    for what, headers in _forged(session.first.headers):
        api = Api(session.first.base_url, headers, session.log)
        yield from _refused(session, api, f"with {what}")
        api.close()


def _forged(headers: Mapping[str, str]) -> list[tuple[str, dict[str, str]]]:
    made_up, emptied, unsigned = {}, {}, {}
    for name, value in headers.items():
        scheme, _, token = value.rpartition(" ")
        made_up[name] = f"{scheme} made-up".strip()
        emptied[name] = scheme
        unsigned[name] = f"{scheme} {_without_signature(token)}".strip()
        if name.lower() == "cookie":
            made_up[name] = value.partition("=")[0] + "=made-up"
    return [("made-up credentials", made_up), ("empty ones", emptied), ("unsigned ones", unsigned)]


def _without_signature(token: str) -> str:
    """Return a JWT's payload under the algorithm ``none``."""
    parts = token.split(".")
    if len(parts) != 3:
        return "e30.e30."
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode())
    return f"{head.decode().rstrip('=')}.{parts[1]}."


def _needs_two(session: Session) -> None:
    owner = session.profile["owner"]
    if not owner or not owner["scoped"]:
        raise SkipError("rows have no owner")
    if not session.has_second:
        raise SkipError("there is no second user")


@CHECKS.add("owner.one_row", "create")
def one_row(session: Session) -> Problems:
    """To a second user another's row is not there, and stays as it is."""
    _needs_two(session)
    row = session.create()
    for name in filter(session.has, _ONE):
        reply = session.call(name, session.key(row), api=session.second, body=_body(session, name))
        missing = session.profile["errors"]["not_found"]
        yield from expect(reply, missing, f"{name} of another's row")
    if session.readable and not session.alike(session.read(session.key(row)), row):
        yield f"a second user changed or removed {row}"


@CHECKS.add("owner.list", "create", "list")
def listed(session: Session) -> Problems:
    """A second user's lists, searches and totals hold none of another's rows."""
    _needs_two(session)
    row = session.create()
    mine = session.create(api=session.second)
    shape = session.listing
    queries: list[dict[str, Any]] = [{}]
    for name in shape["filters"]:
        if name in row:
            queries.append({name: query_text(row[name])})
    if shape["search"]:
        words = [v for v in row.values() if isinstance(v, str) and len(v) > 6]
        queries += [{shape["search"]: word} for word in words[:3]]
    for params in queries:
        page = session.fetch(params, api=session.second)
        everything = session.everything(params, session.second)
        if session.key(row) in map(session.key, everything):
            yield f"a second user lists another's row: {page.reply}"
        if page.total != len(everything):
            yield f"a second user's total counts {page.total}, and {len(everything)} rows come"
    others = map(session.key, session.everything())
    if session.key(mine) in others:
        yield "the first user lists the second's row"


@CHECKS.add("owner.create", "create")
def created(session: Session) -> Problems:
    """A row belongs to who made it."""
    _needs_two(session)
    if not session.readable:
        return
    mine = session.create(api=session.second)
    if not session.alike(session.read(session.key(mine), api=session.second), mine):
        yield f"a second user does not find their own row {mine}"
    if session.read(session.key(mine)) is not None:
        yield "the first user finds the second's row"
