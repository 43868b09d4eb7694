"""What an attacker sends, and what must never come back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from contract.checking import Checks, Problems, names
from contract.client import Reply
from contract.profile import FieldShape, OperationName, settable
from contract.session import Session
from contract.values import TEXTUAL, same
from contract.wrong import INJECTIONS, hostile

CHECKS = Checks()
INTERNALS = re.compile(
    r"Traceback|\.py\b.{0,3}line|\.(py|go):\d+|goroutine \d|runtime error|panic:"
    r"|Go (struct field|value)|reflect\.|strconv\.|json: |sql: |pq: |SQLSTATE|sqlite|SQLITE"
    r"|psycopg|asyncpg|sqlalchemy|pydantic_core|gorm|pgx|IntegrityError|constraint failed"
    r"|Prisma|E11000|CastError|ZodError|QueryFailedError|\.[cm]?[jt]s:\d+|at \S+ \(|node:internal"
    r"|duplicate key|violates |INSERT INTO|DELETE FROM|UPDATE \w+ SET|SELECT .+ FROM",
)
_HASH = re.compile(r"\$argon2|\$2[aby]\$|pbkdf2|scrypt:|\$6\$|\$5\$")


def _hostile(session: Session, name: OperationName) -> Problems:
    row = session.key(session.create()) if name == "update" else None
    for field in settable(session.profile):
        for value in hostile(field):
            body = {field["wire"]: value}
            sent = session.values.body(body) if name == "create" else body
            reply = session.call(name, row, body=sent)
            yield from _taken_or_rejected(session, reply, field, value)


def _taken_or_rejected(
    session: Session, reply: Reply, field: FieldShape, value: Any
) -> Iterator[str]:
    what = f"{field['wire']}: {str(value)[:40]!r}"
    if not reply.ok:
        if reply.status not in {*session.statuses, 409, 413}:
            yield f"{what} is neither taken nor rejected: {reply}"
        return
    if field["secret"] or field["type"] not in ("string", "text") or "\ud800" in str(value):
        return
    got = session.item(reply).get(field["wire"])
    if not same(field, value, got) and got != str(value).strip():
        yield f"{what} came back as {str(got)[:40]!r}"


@CHECKS.add("create.hostile_values", "create")
def create_hostile(session: Session) -> Problems:
    """Odd strings and numbers are taken as they are or rejected; none is a server error."""
    yield from _hostile(session, "create")


@CHECKS.add("update.hostile_values", "create", "update")
def update_hostile(session: Session) -> Problems:
    """The same holds for an update."""
    yield from _hostile(session, "update")


@CHECKS.add("list.hostile_queries", "list")
def hostile_queries(session: Session) -> Problems:
    """Odd query strings are answered or rejected, and harm nothing."""
    shape = session.listing
    before = session.fetch().total
    allowed = {session.profile["operations"]["list"]["status"], *session.statuses, 414, 431}
    known = [*shape["params"].values(), *shape["filters"]]
    known += [name for name in (shape["search"], shape["sort"]) if name]
    for name in (*known, "no_such_parameter"):
        for text in (*INJECTIONS, "\x00", "\ud800", str(10**30), "NaN", "[]", "1" * 4000):
            reply = session.call("list", params={name: text})
            if reply.status not in allowed:
                yield f"{name}={text[:20]!r}: {reply}"
    path = session.profile["operations"]["list"]["path"]
    for query in ("?%ff=%fe", "?&&=&", f"?{known[0]}=1&{known[0]}=2", "?%", "?a=%zz"):
        reply = session.first.send("GET", path + query)
        if reply.status not in allowed:
            yield f"{query}: {reply}"
    if session.fetch().total != before:
        yield "a query changed the number of rows"


def _provoke(session: Session) -> None:
    """Cause every kind of error once, so that the last checks have them to look at."""
    if session.has("create"):
        body = session.values.body()
        session.call("create", body=body)
        session.call("create", body=body)
        session.call("create", content=b'{"a": ')
        session.call("create", body={field["wire"]: {} for field in settable(session.profile)})
    if session.has("list"):
        session.call("list", params={"sort": "no_such", "limit": "abc", "page": "abc"})
    for name in ("get", "delete"):
        if name in session.profile["operations"]:
            session.call(name, "\x00")
            session.call(name, "9" * 30)


@CHECKS.add("errors.tell_nothing_internal")
def tell_nothing_internal(session: Session) -> Problems:
    """No error of the whole run shows a stack, a query, a driver or a type of the program."""
    _provoke(session)
    seen = set()
    for reply in session.log.replies:
        found = INTERNALS.search(reply.text) if reply.status >= 400 else None
        if found and found[0] not in seen:
            seen.add(found[0])
            yield f"an error shows {found[0]!r}: {reply}"


@CHECKS.add("errors.are_json")
def are_json(session: Session) -> Problems:
    """Errors of the generated calls are JSON objects."""
    if session.has("create"):
        bodies: tuple[Any, ...] = ({}, [])
        for body in bodies:
            reply = session.call("create", body=body)
            try:
                if not reply.ok and not isinstance(json.loads(reply.text), dict):
                    yield f"an error is no JSON object: {reply}"
            except ValueError:
                yield f"an error is no JSON: {reply}"


def _walk(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, key)
    else:
        yield key, value


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


@CHECKS.add("secret.never_returned", "create")
def never_returned(session: Session) -> Problems:
    """No answer of the whole run has a secret field, a secret's value, or a hash."""
    secrets = [field for field in session.profile["fields"] if field["secret"]]
    plain = [_plain(field["name"]) for field in secrets]
    shown = {field["wire"] for field in session.profile["fields"]} - {f["wire"] for f in secrets}
    values = [session.values.valid(f) for f in secrets if not f["readonly"]]
    made = {f["wire"]: v for f, v in zip((f for f in secrets if not f["readonly"]), values,
                                         strict=True)}  # fmt: skip
    if secrets:
        row = session.create(made)
        if session.has("update"):
            session.call("update", session.key(row), body=made)
    seen = set()
    for reply in session.log.replies:
        for key, value in _walk(_parsed(reply)) if reply.ok else ():
            named = key not in shown and any(_plain(key).startswith(name) for name in plain)
            found = named or value in values
            if (found or _HASH.match(str(value))) and key not in seen:
                seen.add(key)
                yield f"a secret is returned under {key!r}: {reply}"


def _parsed(reply: Reply) -> Any:
    try:
        return json.loads(reply.text)
    except ValueError:
        return None


@CHECKS.add("secret.not_echoed", "create")
def not_echoed(session: Session) -> Problems:
    """An error does not send back the secret that came with the request."""
    if session.profile["errors"].get("echoes_input"):
        return
    fields = settable(session.profile)
    for secret in (field for field in fields if field["secret"] and field["type"] in TEXTUAL):
        value = session.values.valid(secret)
        for field in (field for field in fields if field["required"] and field is not secret):
            body = session.values.body({secret["wire"]: value})
            del body[field["wire"]]
            reply = session.call("create", body=body)
            if str(value) in reply.text:
                yield f"an error about {field['wire']} echoes {secret['wire']}: {reply}"
        tail = "x" * (int(secret["max"] or 4000) + 1)
        reply = session.call("create", body=session.values.body({secret["wire"]: [tail]}))
        if tail[:200] in reply.text:
            yield f"an error echoes {secret['wire']}: {reply}"


@CHECKS.add("injection.is_harmless", "create", "list")
def is_harmless(session: Session) -> Problems:
    """Text that looks like SQL is text: it is kept, and nothing else changes."""
    fields = [f for f in settable(session.profile) if f["type"] in ("string", "text")]
    fields = [f for f in fields if not f["secret"] and (f["max"] is None or f["max"] >= 30)]
    before = session.create()
    for field in fields:
        for text in INJECTIONS:
            value = text + session.values.token(6) if field["unique"] else text
            reply = session.call("create", body=session.values.body({field["wire"]: value}))
            if reply.ok and session.item(reply).get(field["wire"]) != value:
                yield f"{field['wire']}: {value!r} came back otherwise: {reply}"
            elif not reply.ok and not names(reply, field):
                yield f"{field['wire']}: {value!r} is refused: {reply}"
    if not session.alike(session.read(session.key(before)), before):
        yield "an injected text changed another row"
