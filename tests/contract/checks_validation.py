"""Rejecting: each bad field is named, and a bad body is the client's fault."""

from __future__ import annotations

from typing import Any

from contract.checking import Checks, Problems, expect, names, rejects
from contract.client import Reply
from contract.profile import FieldShape, OperationName, settable
from contract.session import Session
from contract.wrong import bad, edges

CHECKS = Checks()


def send(session: Session, name: OperationName, body: Any) -> Reply:
    """Send a body to create, or to update a new row."""
    if name == "create":
        return session.call("create", body=body)
    return session.call("update", session.key(session.create()), body=body)


@CHECKS.add("create.missing_field", "create")
def missing_field(session: Session) -> Problems:
    """A required field that is missing is named."""
    required = [field for field in settable(session.profile) if field["required"]]
    for field in required:
        body = session.values.body()
        del body[field["wire"]]
        what = f"{field['wire']} missing"
        yield from rejects(session, session.call("create", body=body), field, what)
    if required:
        reply = session.call("create", body={})
        for field in required:
            yield from rejects(session, reply, field, "all required fields missing")


def _bad_values(session: Session, name: OperationName, wrap: bool) -> Problems:
    row = session.key(session.create()) if name == "update" else None
    for field in settable(session.profile):
        for value in bad(field):
            body = session.values.body({field["wire"]: value}) if wrap else {field["wire"]: value}
            reply = session.call(name, row, body=body)
            yield from rejects(session, reply, field, f"{field['wire']}: {str(value)[:40]!r}")


@CHECKS.add("create.bad_value", "create")
def create_bad_value(session: Session) -> Problems:
    """A value of the wrong type, form, length or size is rejected and its field named."""
    yield from _bad_values(session, "create", wrap=True)


@CHECKS.add("update.bad_value", "create", "update")
def update_bad_value(session: Session) -> Problems:
    """An update rejects the values that a create rejects."""
    yield from _bad_values(session, "update", wrap=False)


@CHECKS.add("create.each_bad_field", "create")
def each_bad_field(session: Session) -> Problems:
    """Several bad fields are all named at once."""
    wrong = {field["wire"]: (field, text) for field in settable(session.profile)
             if (text := _bad_text(field)) is not None}  # fmt: skip
    if len(wrong) < 2:
        return
    reply = session.call(
        "create", body=session.values.body({key: text for key, (_, text) in wrong.items()})
    )
    for field, text in wrong.values():
        yield from rejects(session, reply, field, f"{field['wire']}: {text[:40]!r} among others")


def _bad_text(field: FieldShape) -> str | None:
    """Return a value of the right JSON type that the field's own rules reject."""
    if field["type"] in ("email", "url", "enum"):
        return next(value for value in bad(field) if isinstance(value, str))
    if field["type"] == "string" and (field["max"] is not None or field["min"]):
        return [value for value in bad(field) if isinstance(value, str)][-1]
    return None


@CHECKS.add("create.bounds_are_inclusive", "create")
def bounds_are_inclusive(session: Session) -> Problems:
    """The least and the greatest allowed value are allowed."""
    for field in settable(session.profile):
        for value in edges(field):
            reply = session.call("create", body=session.values.body({field["wire"]: value}))
            status = session.profile["operations"]["create"]["status"]
            yield from expect(reply, status, f"{field['wire']}: {str(value)[:40]!r}")


def _null(session: Session, name: OperationName) -> Problems:
    for field in settable(session.profile):
        if field["optional"]:
            continue
        body = session.values.body({field["wire"]: None})
        reply = send(session, name, body if name == "create" else {field["wire"]: None})
        yield from rejects(session, reply, field, f"{field['wire']} null")


@CHECKS.add("create.null_for_required", "create")
def create_null(session: Session) -> Problems:
    """Null is rejected where a field is not optional."""
    yield from _null(session, "create")


@CHECKS.add("update.null_for_required", "create", "update")
def update_null(session: Session) -> Problems:
    """An update does not clear what is not optional."""
    yield from _null(session, "update")


_BODIES: tuple[tuple[str, bytes], ...] = (
    ("malformed JSON", b'{"a": '),
    ("no JSON", b"a=1"),
    ("empty", b""),
    ("a list", b"[]"),
    ("a string", b'"text"'),
    ("a number", b"1"),
    ("deep nesting", b"[" * 30_000),
)


def _bad_bodies(session: Session, name: OperationName) -> Problems:
    row = session.key(session.create()) if name == "update" else None
    for what, content in _BODIES:
        reply = session.call(name, row, content=content)
        if what == "empty" and name == "update" and reply.ok:
            continue  # some parsers read it as an object with no fields, which changes none
        yield from expect(reply, {*session.statuses, 413}, what)
    for content in (b'{"a": 1} x', b'{"\xff\xfe": "\xff"}', b'{"a": 1, "a": 2}', b"null"):
        session.call(name, row, content=content)  # decoders differ; a server error is noticed
    required = any(field["required"] for field in settable(session.profile))
    if name == "create" and required:
        reply = session.call(name, row, content=b"null")
        yield from expect(reply, session.statuses, "a body of null")


@CHECKS.add("create.bad_body", "create")
def create_bad_body(session: Session) -> Problems:
    """A body that is no JSON object is rejected."""
    yield from _bad_bodies(session, "create")


@CHECKS.add("update.bad_body", "create", "update")
def update_bad_body(session: Session) -> Problems:
    """An update's body that is no JSON object is rejected."""
    yield from _bad_bodies(session, "update")


@CHECKS.add("create.content_type", "create")
def content_type(session: Session) -> Problems:
    """A form or XML is rejected as the client's fault."""
    for kind, content in (
        ("application/x-www-form-urlencoded", b"a=1&b=2"),
        ("application/xml", b"<a/>"),
        ("multipart/form-data; boundary=x", b"--x--"),
    ):
        reply = session.call("create", content=content, headers={"Content-Type": kind})
        yield from expect(reply, {*session.statuses, 415}, kind)


@CHECKS.add("create.errors_are_specific", "create")
def errors_are_specific(session: Session) -> Problems:
    """An error names the bad field and not the good ones."""
    fields = settable(session.profile)
    required = [field for field in fields if field["required"]]
    for field in required:
        body = session.values.body()
        del body[field["wire"]]
        reply = session.call("create", body=body)
        echoes = any(isinstance(sent, str) and sent in reply.text for sent in body.values())
        if echoes or not names(reply, field):
            continue
        others = [other for other in fields if other is not field and names(reply, other)]
        named = ", ".join(other["wire"] for other in others)
        if named:
            yield f"{field['wire']} is missing, and {named} is named as well: {reply}"
