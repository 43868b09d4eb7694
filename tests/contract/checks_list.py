"""Lists: their parts, their order, their pages, and their bounds."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

from contract.checking import Checks, Problems, expect
from contract.checks_create import expect_json
from contract.profile import Json
from contract.session import MOST_PAGES, Session, dig
from contract.values import instant

CHECKS = Checks()


def ids(session: Session, rows: list[Json]) -> list[Any]:
    """Return the ids of rows."""
    return [session.key(row) for row in rows]


@CHECKS.add("list.contains_created", "create", "list")
def contains_created(session: Session) -> Problems:
    """A created row is listed as it was answered, and counted."""
    before = session.fetch().total
    row = session.create()
    found = [other for other in session.everything() if session.key(other) == session.key(row)]
    if len(found) != 1 or not session.alike(found[0], row):
        yield f"created {row}, listed {found}"
    after = session.fetch()
    if after.total != before + 1:
        yield f"the total was {before} before a create and is {after.total} after it"
    yield from expect_json(after.reply.headers.get("content-type", ""))


@CHECKS.add("list.newest_first", "create", "list")
def newest_first(session: Session) -> Problems:
    """The newest row comes first; the id decides between equals, always the same way."""
    older = session.create()
    time.sleep(session.pause)
    newer = [session.create() for _ in range(3)]
    rows = session.everything()
    order = ids(session, rows)
    places = [order.index(session.key(row)) for row in newer]
    if not max(places) < order.index(session.key(older)):
        yield f"a row made {session.pause} s earlier is not after the newer ones: {order[:8]}"
    stamps = session.profile["timestamps"]
    made: list[Any] = (
        [instant(row[stamps["created"]]) for row in rows] if stamps else [0 for _ in rows]
    )
    ties = set()
    for (moment, id), (next_moment, next_id) in pairwise(zip(made, order, strict=True)):
        if next_moment > moment:
            yield f"{next_id} is newer than {id} and comes after it"
        elif next_moment == moment:
            ties.add(id < next_id)
    if len(ties) > 1:
        yield "rows of the same time are not in the order of their ids"


@CHECKS.add("list.pages_are_complete", "create", "list")
def pages_are_complete(session: Session) -> Problems:
    """The pages together hold every row once, and each says the same total."""
    for _ in range(3):
        session.create()
    whole = ids(session, session.everything())
    limit = max(2, len(whole) // 20 + 1)
    seen: list[Any] = []
    for number in range(1, MOST_PAGES):
        page = session.fetch(session.page(number, limit))
        if page.total != len(whole):
            yield f"the total is {page.total}, and there are {len(whole)} rows: {page.reply}"
            return
        if not page.items:
            break
        if len(page.items) > limit:
            yield f"{len(page.items)} items with a limit of {limit}"
        seen += ids(session, page.items)
    if seen != whole:
        yield f"pages of {limit} hold {seen}, the whole list holds {whole}"


@CHECKS.add("list.describes_pages", "create", "list")
def describes_pages(session: Session) -> Problems:
    """Page, limit and pages in the body are right."""
    session.create()
    shape = session.listing
    for number, limit in ((1, 2), (2, 2), (1, shape["max_limit"]), (1, 1)):
        page = session.fetch(session.page(number, limit))
        wanted = {"page": number, "limit": limit, "pages": -(-page.total // limit)}
        for key in ("page", "limit", "pages"):
            path = shape[key]
            if path is not None and (got := dig(page.reply, path)) != wanted[key]:
                yield f"page {number} of {limit}: {path} is {got!r}, not {wanted[key]}"


@CHECKS.add("list.default_limit", "create", "list")
def default_limit(session: Session) -> Problems:
    """With no parameters a list is its first page, of the default size."""
    size = session.listing["default_limit"]
    for _ in range(max(0, size + 1 - session.fetch().total)):
        session.create()
    page = session.fetch()
    if len(page.items) != size:
        yield f"{len(page.items)} items by default, not {size}"
    first = session.fetch(session.page(1, size))
    if ids(session, page.items) != ids(session, first.items):
        yield "without parameters another page comes than the first"


@CHECKS.add("list.bounds", "list")
def bounds(session: Session) -> Problems:
    """A page, offset or limit that is out of bounds or no number is rejected."""
    shape = session.listing
    limit, place = shape["params"]["limit"], shape["params"][shape["style"]]
    zero = ("0",) if shape["style"] == "page" else ()
    wrong = {
        limit: ("0", "-1", str(shape["max_limit"] + 1), "abc", "1.5", "1e2", str(10**30), "0x10"),
        place: (*zero, "-1", "abc", "1.5", "null", "-" + str(10**30)),
    }
    for name, texts in wrong.items():
        for text in texts:
            reply = session.call("list", params={name: text})
            yield from expect(reply, session.statuses, f"{name}={text}")


@CHECKS.add("list.far_pages", "list")
def far_pages(session: Session) -> Problems:
    """A page past the end is empty, and one past all numbers is no fault of the service."""
    status = session.profile["operations"]["list"]["status"]
    for number in (1000, 2**31, 2**62, 2**63, 10**30):
        reply = session.call("list", params=session.page(number, 50))
        allowed = [status] if number == 1000 else [status, *session.statuses]
        yield from expect(reply, allowed, f"page {number}")
        if reply.ok and dig(reply, session.listing["items"]) != []:
            yield f"page {number} is not empty: {reply}"
