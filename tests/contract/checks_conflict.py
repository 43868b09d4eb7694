"""What the database decides: unique values, also for many at once, and refs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from contract.checking import Checks, Problems, expect
from contract.client import Api, Reply
from contract.profile import FieldShape, Json, settable
from contract.session import Session
from contract.values import absent

CHECKS = Checks()
_AT_ONCE = 10


def _unique(session: Session) -> list[FieldShape]:
    kinds = ("bool", "enum", "ref", "json")
    fields = settable(session.profile)
    return [f for f in fields if f["unique"] and not f["secret"] and f["type"] not in kinds]


@CHECKS.add("create.duplicate", "create")
def duplicate(session: Session) -> Problems:
    """A taken unique value is a conflict, and makes no row."""
    for field in _unique(session):
        row = session.create()
        before = session.fetch().total if session.has("list") else 0
        body = session.values.body({field["wire"]: row[field["wire"]]})
        reply = session.call("create", body=body)
        yield from expect(reply, session.profile["errors"]["conflict"], f"taken {field['wire']}")
        if session.has("list") and session.fetch().total != before:
            yield f"a refused create with a taken {field['wire']} changed the total"


@CHECKS.add("create.duplicate_at_once", "create")
def duplicate_at_once(session: Session) -> Problems:
    """Of ten creates at once with one unique value, exactly one succeeds."""
    for field in _unique(session):
        value = session.values.valid(field)
        bodies = [session.values.body({field["wire"]: value}) for _ in range(_AT_ONCE)]
        replies = at_once(session, [partial(_create, session, body) for body in bodies])
        yield from _one_wins(session, replies, "create", field)


@CHECKS.add("update.duplicate", "create", "update")
def duplicate_update(session: Session) -> Problems:
    """An update to a taken unique value is a conflict and changes nothing; to its own is not."""
    for field in _unique(session):
        wire = field["wire"]
        taken, row = session.create(), session.create()
        reply = session.call("update", session.key(row), body={wire: taken[wire]})
        yield from expect(reply, session.profile["errors"]["conflict"], f"update to a taken {wire}")
        if session.readable and not session.alike(session.read(session.key(row)), row):
            yield f"a refused update of {wire} changed the row"
        own = session.call("update", session.key(row), body={wire: row[wire]})
        status = session.profile["operations"]["update"]["status"]
        yield from expect(own, status, f"update to its own {wire}")


@CHECKS.add("update.duplicate_at_once", "create", "update")
def duplicate_update_at_once(session: Session) -> Problems:
    """Of ten updates at once to one unique value, exactly one succeeds."""
    for field in _unique(session)[:1]:
        value = session.values.valid(field)
        keys = [session.key(session.create()) for _ in range(_AT_ONCE)]
        body = {field["wire"]: value}
        replies = at_once(session, [partial(_update, session, key, body) for key in keys])
        yield from _one_wins(session, replies, "update", field)


def _create(session: Session, body: Json, api: Api) -> Reply:
    return session.call("create", api=api, body=body)


def _update(session: Session, key: Any, body: Json, api: Api) -> Reply:
    return session.call("update", key, api=api, body=body)


def at_once(session: Session, calls: list[Callable[[Api], Reply]]) -> list[Reply]:
    """Make the calls as nearly at once as threads can, each over its own connection."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[Api], Reply]) -> Reply:
        api = Api(session.first.base_url, session.first.headers, session.log)
        barrier.wait()
        try:
            return call(api)
        finally:
            api.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _one_wins(session: Session, replies: list[Reply], name: str, field: FieldShape) -> Problems:
    operations = session.profile["operations"]
    won = operations["create" if name == "create" else "update"]["status"]
    wanted = Counter({won: 1, session.profile["errors"]["conflict"]: len(replies) - 1})
    got = Counter(reply.status for reply in replies)
    if got != wanted:
        odd = next((r for r in replies if r.status not in wanted), replies[0])
        yield f"{name} of one {field['wire']} at once: {dict(got)}, wanted {dict(wanted)}: {odd}"


@CHECKS.add("create.ref_to_nothing", "create")
def ref_to_nothing(session: Session) -> Problems:
    """A ref to what is not there is rejected."""
    for field in (field for field in settable(session.profile) if field["type"] == "ref"):
        body = session.values.body({field["wire"]: absent(field)})
        reply = session.call("create", body=body)
        yield from expect(reply, session.statuses, f"{field['wire']} refers to nothing")


@CHECKS.add("update.ref_to_nothing", "create", "update")
def update_ref_to_nothing(session: Session) -> Problems:
    """An update to a ref to what is not there is rejected and changes nothing."""
    for field in (field for field in settable(session.profile) if field["type"] == "ref"):
        row = session.create()
        reply = session.call("update", session.key(row), body={field["wire"]: absent(field)})
        yield from expect(reply, session.statuses, f"{field['wire']} refers to nothing")
        if session.readable and not session.alike(session.read(session.key(row)), row):
            yield "a refused update changed the row"
