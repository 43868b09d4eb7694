"""One resource: reading, updating, deleting it, and what is not there."""

from __future__ import annotations

import time
from typing import Any

from contract.checking import Checks, Problems, expect
from contract.checks_create import expect_json, forbidden
from contract.client import NOTHING
from contract.profile import FieldShape, Json, OperationName, settable
from contract.session import Session
from contract.values import instant, same, unknown_id

CHECKS = Checks()
_ONE: tuple[OperationName, ...] = ("get", "update", "delete")
MALFORMED: dict[str, tuple[str, ...]] = {
    "int": ("abc", "1.5", "1e3", "0x1", " ", "1 or 1=1", "'", "null", "🦊", "\x00", "1\x00"),
    "uuid": ("abc", "1", "g" * 36, "' OR '1'='1", "null", "🦊", "\x00"),
    "string": ("' OR '1'='1", "🦊", "x" * 2000, "\x00"),
}
_OUT_OF_RANGE = ("0", "-1", str(2**31), str(2**63), str(-(2**63) - 1), str(10**40), "١")


def _body(session: Session, name: OperationName) -> Any:
    return session.values.body() if name == "update" else NOTHING


@CHECKS.add("get.answers_resource", "create", "get")
def answers_resource(session: Session) -> Problems:
    """A get answers with the resource."""
    row = session.create()
    reply = session.call("get", session.key(row))
    yield from expect(reply, session.profile["operations"]["get"]["status"], "get")
    yield from expect_json(reply.headers.get("content-type", ""))
    if reply.ok and not session.alike(session.item(reply), row):
        yield f"created {row}, got {session.item(reply)}"


@CHECKS.add("item.not_found")
def not_found(session: Session) -> Problems:
    """What is not there is not found, whichever way it is asked for."""
    id = _absent(session)
    for name in filter(session.has, _ONE):
        reply = session.call(name, id, body=_body(session, name))
        yield from expect(reply, session.profile["errors"]["not_found"], f"{name} of nothing")
        yield from expect_json(reply.headers.get("content-type", ""))


def _absent(session: Session) -> int | str:
    """Return an id that no row has; where ids are texts, one that looks like those of rows."""
    kind = session.id["type"]
    if kind != "string" or not session.has("create"):
        return unknown_id(kind)
    return str(session.key(session.create()))[::-1]


@CHECKS.add("item.malformed_id")
def malformed_id(session: Session) -> Problems:
    """A malformed or impossible id is the client's fault, never the service's."""
    errors = session.profile["errors"]
    allowed = {*errors["malformed_id"], errors["not_found"]}
    kind = session.id["type"]
    for name in filter(session.has, _ONE):
        for id in (*MALFORMED[kind], *(_OUT_OF_RANGE if kind != "string" else ())):
            reply = session.call(name, id, body=_body(session, name))
            loose = {200, 204} if id == "١" else set()  # a one, to many decoders
            yield from expect(reply, allowed | loose, f"{name} of {id!r}")


def _stable(session: Session, row: Json) -> Json:
    """Return a row without its time of update."""
    stamps = session.profile["timestamps"]
    return {key: value for key, value in row.items() if not stamps or key != stamps["updated"]}


@CHECKS.add("update.partial", "create", "update")
def partial(session: Session) -> Problems:
    """An update of one field changes that field and no other."""
    for field in settable(session.profile):
        row = session.create()
        wire = field["wire"]
        value = _other(session, field, row.get(wire))
        reply = session.call("update", session.key(row), body={wire: value})
        yield from expect(reply, session.profile["operations"]["update"]["status"], f"only {wire}")
        if not reply.ok:
            continue
        new = session.item(reply)
        if not field["secret"] and not same(field, value, new.get(wire)):
            yield f"{wire}: sent {value!r}, got {new.get(wire)!r}"
        yield from _differs(session, row, new, wire)
        yield from _reads_back(session, new)


def _other(session: Session, field: FieldShape, old: Any) -> Any:
    for _ in range(8):
        value = session.values.valid(field)
        if not same(field, value, old):
            return value
    return old


def _differs(session: Session, old: Json, new: Json, wire: str) -> Problems:
    for key in session.differences(_stable(session, old), _stable(session, new)):
        if key != wire:
            yield f"an update of {wire} changed {key} from {old.get(key)!r} to {new.get(key)!r}"


def _reads_back(session: Session, row: Json) -> Problems:
    if session.has("get") and not session.alike(read := session.read(session.key(row)), row):
        yield f"an update answered {row}, and get answers {read}"


@CHECKS.add("update.whole", "create", "update")
def whole(session: Session) -> Problems:
    """An update with every field changes every field, and may repeat its own unique values."""
    row, body = session.create(), session.values.body()
    for what in ("whole", "the same again"):
        reply = session.call("update", session.key(row), body=body)
        yield from expect(reply, session.profile["operations"]["update"]["status"], what)
        if not reply.ok:
            return
        new = session.item(reply)
        for field in settable(session.profile):
            wire = field["wire"]
            if not field["secret"] and not same(field, body[wire], new.get(wire)):
                yield f"{wire}: sent {body[wire]!r}, got {new.get(wire)!r}"


@CHECKS.add("update.nothing", "create", "update")
def nothing(session: Session) -> Problems:
    """An update with no fields changes none."""
    row = session.create()
    reply = session.call("update", session.key(row), body={})
    yield from expect(reply, session.profile["operations"]["update"]["status"], "no fields")
    if reply.ok:
        yield from _differs(session, row, session.item(reply), "nothing")


@CHECKS.add("update.null_clears_optional", "create", "update")
def null_clears(session: Session) -> Problems:
    """Null clears an optional field; leaving it out does not."""
    for field in settable(session.profile):
        wire = field["wire"]
        if not field["optional"] or field["secret"]:
            continue
        row = session.create()
        if row.get(wire) is None:
            yield f"{wire} was not kept: {row}"
        reply = session.call("update", session.key(row), body={wire: None})
        yield from expect(reply, session.profile["operations"]["update"]["status"], f"{wire} null")
        if reply.ok and session.item(reply).get(wire) is not None:
            yield f"null did not clear {wire}: {reply}"
        if reply.ok:
            yield from _reads_back(session, session.item(reply))


@CHECKS.add("update.touches_timestamps", "create", "update")
def touches_timestamps(session: Session) -> Problems:
    """An update moves the time of update forward and leaves the time of creation."""
    stamps = session.profile["timestamps"]
    if not stamps:
        return
    row = session.create()
    time.sleep(session.pause)
    reply = session.call("update", session.key(row), body=session.values.body())
    new = session.item(reply)
    if stamps["created"] in session.differences(row, new):
        yield f"an update changed {stamps['created']}: {row} -> {new}"
    if instant(new.get(stamps["updated"])) <= instant(row.get(stamps["updated"])):
        yield f"an update left {stamps['updated']}: {row} -> {new}"


@CHECKS.add("update.cannot_set", "create", "update")
def cannot_set(session: Session) -> Problems:
    """An update sets neither id, timestamps, owner, read-only nor unknown fields."""
    for key, value in forbidden(session).items():
        row = session.create()
        reply = session.call("update", session.key(row), body={key: value})
        if reply.status in session.statuses:
            continue
        yield from expect(reply, session.profile["operations"]["update"]["status"], f"sent {key}")
        if reply.ok:
            yield from _differs(session, row, session.item(reply), f"the forbidden {key}")


@CHECKS.add("delete.removes", "create", "delete")
def removes(session: Session) -> Problems:
    """A deleted row is gone from everywhere, and its neighbours stay."""
    keep, row = session.create(), session.create()
    id = session.key(row)
    reply = session.call("delete", id)
    status = session.profile["operations"]["delete"]["status"]
    yield from expect(reply, status, "delete")
    if reply.status == 204 and reply.text:
        yield f"a body with 204: {reply}"
    missing = session.profile["errors"]["not_found"]
    for name in filter(session.has, _ONE):
        again = session.call(name, id, body=_body(session, name))
        yield from expect(again, missing, f"{name} after delete")
    if session.has("list") and id in map(session.key, session.everything()):
        yield f"{id} is deleted and still listed"
    if session.readable and not session.alike(session.read(session.key(keep)), keep):
        yield f"deleting {id} changed or removed {keep}"


@CHECKS.add("delete.referenced", "create", "delete")
def referenced(session: Session) -> Problems:
    """A row that others refer to is not deleted."""
    other = session.profile.get("referenced")
    if not other:
        return
    row = session.create()
    body = {**other["body"], other["field"]: session.key(row)}
    made = session.first.send(other["method"], other["path"], body=body)
    yield from expect(made, {200, 201}, "a row that refers to ours")
    reply = session.call("delete", session.key(row))
    yield from expect(reply, session.profile["errors"]["conflict"], "delete of a referenced row")
    if session.has("get") and session.read(session.key(row)) is None:
        yield "a refused delete removed the row"
