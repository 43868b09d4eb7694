"""Creating: what is answered, what is kept, and what a client cannot set."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from contract.checking import Checks, Problems, expect
from contract.profile import settable, visible
from contract.session import Session
from contract.values import absent, instant, same, unknown_id

CHECKS = Checks()
_CASES = {
    "snake": r"_?[a-z][a-z0-9_]*",
    "camel": r"[a-z][A-Za-z0-9]*",
    "pascal": r"[A-Z][A-Za-z0-9]*",
}


@CHECKS.add("create.answers_resource", "create")
def answers_resource(session: Session) -> Problems:
    """A create answers with its status and the resource, with an id and every field as sent."""
    body = session.values.body()
    reply = session.call("create", body=body)
    yield from expect(reply, session.profile["operations"]["create"]["status"], "create")
    row = session.item(reply)
    yield from expect_json(reply.headers.get("content-type", ""))
    if row.get(session.id["name"]) in (None, ""):
        yield f"no id: {reply}"
    for field in settable(session.profile):
        wire = field["wire"]
        if not field["secret"] and not same(field, body[wire], row.get(wire)):
            yield f"{wire}: sent {body[wire]!r}, got {row.get(wire)!r}"


def expect_json(content_type: str) -> Problems:
    """Yield a problem unless a response says that it is JSON."""
    if not re.match(r"application/([\w.-]+\+)?json\b", content_type):
        yield f"the content type is {content_type!r}, not JSON"


@CHECKS.add("create.keeps_resource", "create")
def keeps_resource(session: Session) -> Problems:
    """What was created is what is read afterwards."""
    row = session.create()
    if not session.readable:
        return
    read = session.read(session.key(row))
    if not session.alike(read, row):
        yield f"created {row}, read {read}"


@CHECKS.add("create.location", "create")
def location(session: Session) -> Problems:
    """A create's Location leads to the new resource."""
    operation = session.profile["operations"]["create"]
    reply = session.call("create", body=session.values.body())
    target = reply.headers.get("location")
    if not operation.get("location"):
        return
    if not target:
        yield f"no Location: {reply}"
        return
    row = session.item(reply)
    if not target.rstrip("/").endswith(f"/{session.key(row)}"):
        yield f"Location {target!r} does not end with the id {session.key(row)!r}"
    if session.has("get"):
        found = session.first.send("GET", urljoin(reply.url, target))
        yield from expect(found, session.profile["operations"]["get"]["status"], "Location")
        if found.ok and not session.alike(session.item(found), row):
            yield f"Location leads to {session.item(found)}, not to {row}"


@CHECKS.add("create.required_only", "create")
def required_only(session: Session) -> Problems:
    """The required fields are enough; others take their default, or null."""
    body = session.values.minimal()
    reply = session.call("create", body=body)
    yield from expect(reply, session.profile["operations"]["create"]["status"], "required only")
    if not reply.ok:
        return
    row = session.item(reply)
    for field in visible(session.profile):
        wire = field["wire"]
        if wire in body or field["readonly"]:
            continue
        if not same(field, field["default"], row.get(wire)):
            yield f"{wire}: the default is {field['default']!r}, got {row.get(wire)!r}"


@CHECKS.add("create.null_for_optional", "create")
def null_for_optional(session: Session) -> Problems:
    """Null is a value of an optional field."""
    for field in settable(session.profile):
        if not field["optional"]:
            continue
        reply = session.call("create", body=session.values.body({field["wire"]: None}))
        status = session.profile["operations"]["create"]["status"]
        yield from expect(reply, status, f"{field['wire']} null")
        if reply.ok and not field["secret"] and session.item(reply).get(field["wire"]) is not None:
            yield f"{field['wire']}: sent null: {reply}"


@CHECKS.add("create.shape", "create")
def shape(session: Session) -> Problems:
    """A resource has the id, the timestamps and every visible field, named in the wire's case."""
    row = session.create()
    stamps = session.profile["timestamps"]
    wanted = [session.id["name"], *(stamps["created"], stamps["updated"])] if stamps else []
    wanted += [field["wire"] for field in visible(session.profile)]
    yield from (f"no {key!r} in {row}" for key in wanted if key not in row)
    case = _CASES[session.profile["case"]]
    yield from (f"{key!r} is not in the wire's case" for key in row if not re.fullmatch(case, key))
    if stamps:
        for key in (stamps["created"], stamps["updated"]):
            yield from _is_instant(key, row.get(key))
    yield from _is_id(session, session.key(row))


def _is_instant(key: str, value: object) -> Problems:
    try:
        instant(value)
    except ValueError:
        yield f"{key}: {value!r} is no timestamp"


def _is_id(session: Session, value: object) -> Problems:
    kind = session.id["type"]
    if kind == "int" and (not isinstance(value, int) or isinstance(value, bool)):
        yield f"the id {value!r} is not an integer"
    if kind != "int" and not isinstance(value, str):
        yield f"the id {value!r} is not a string"
    if kind == "uuid" and not re.fullmatch(
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-\w{12}", str(value)
    ):
        yield f"the id {value!r} is not a UUID"


@CHECKS.add("create.cannot_set", "create")
def cannot_set(session: Session) -> Problems:
    """A client sets neither id, timestamps, owner, read-only nor unknown fields."""
    for key, value in forbidden(session).items():
        reply = session.call("create", body=session.values.body({key: value}))
        if reply.status in session.statuses:
            continue
        yield from expect(reply, session.profile["operations"]["create"]["status"], f"sent {key}")
        if reply.ok and session.item(reply).get(key) == value:
            yield f"a client could set {key!r}: {reply}"


def forbidden(session: Session) -> dict[str, object]:
    """Return what a client may try to set, by wire name."""
    tried: dict[str, object] = {session.id["name"]: unknown_id(session.id["type"])}
    if stamps := session.profile["timestamps"]:
        tried |= dict.fromkeys((stamps["created"], stamps["updated"]), "2001-02-03T04:05:06Z")
    for field in session.profile["fields"]:
        if field["readonly"]:
            tried[field["wire"]] = (
                session.values.valid(field) if not field["ref"] else absent(field)
            )
    if (owner := session.profile["owner"]) and (name := owner.get("field")):
        tried[name] = unknown_id("int")
    known = {field["wire"] for field in session.profile["fields"]}
    guesses = ("is_admin", "isAdmin", "owner_id", "ownerId", "tenant_id", "__proto__", "unknown")
    return tried | {key: 987654 for key in guesses if key not in known}
