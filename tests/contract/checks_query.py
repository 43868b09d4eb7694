"""Search, sort and filters."""

from __future__ import annotations

from decimal import Decimal

from contract.checking import Checks, Problems, expect, query_text, searchable
from contract.profile import FieldShape, visible
from contract.session import Session
from contract.values import same
from contract.wrong import malformed

CHECKS = Checks()


def _search(session: Session, text: str) -> list[object]:
    name = session.listing["search"] or ""
    page = session.fetch({name: text})
    if page.total != len(page.items) and len(page.items) < session.listing["default_limit"]:
        raise AssertionError(f"the total of a search is {page.total}: {page.reply}")
    return [session.key(row) for row in page.items]


@CHECKS.add("search.every_text", "create", "list")
def search_every_text(session: Session) -> Problems:
    """A search finds a substring of each text field, in any letter case, and nothing else."""
    if not session.listing["search"]:
        return
    session.create()
    for field in searchable(session):
        row = session.create()
        text = str(row[field["wire"]])
        word = text.removeprefix("https://example.com/").split("@")[0]
        if field["readonly"] or len(word) < 5:
            continue
        for part in (word, word.upper(), word[1:-1].title()):
            found = _search(session, part)
            if found != [session.key(row)]:
                yield f"search for {part!r} in {field['wire']}={text!r} found {found}"
    if found := _search(session, session.values.token(14)):
        yield f"a search for nothing found {found}"


@CHECKS.add("search.wildcards", "create", "list")
def search_wildcards(session: Session) -> Problems:
    """Percent, underscore, backslash and quotes in a search stand for themselves."""
    fields = [field for field in searchable(session) if not field["readonly"]]
    field = next((f for f in fields if f["type"] in ("string", "text") and _roomy(f)), None)
    if not session.listing["search"] or field is None:
        return
    for sign in ("%", "_", "\\", "'", '"', "*", "?", "[a-z]"):
        word = session.values.token(6)
        row = session.create({field["wire"]: f"{word}{sign}b"})
        session.create({field["wire"]: f"{word}xb"})
        session.create({field["wire"]: f"{word}xyzb"})
        for text in (f"{word}{sign}", f"{word}{sign}b"):
            found = _search(session, text)
            if found != [session.key(row)]:
                yield f"search for {text!r} found {len(found)} of {field['wire']}, not the one"


def _roomy(field: FieldShape) -> bool:
    return (field["max"] is None or field["max"] >= 12) and (field["min"] or 0) <= 8


@CHECKS.add("search.not_secrets", "create", "list")
def search_not_secrets(session: Session) -> Problems:
    """A search does not look into secret fields."""
    for field in session.profile["fields"]:
        if session.listing["search"] and field["secret"] and not field["readonly"]:
            value = session.values.valid(field)
            session.create({field["wire"]: value})
            if found := _search(session, str(value)):
                yield f"a search for the secret {field['wire']} found {found}"


@CHECKS.add("search.odd_texts", "list")
def search_odd_texts(session: Session) -> Problems:
    """An odd text to search for is answered or rejected."""
    name = session.listing["search"]
    if not name:
        return
    whole = session.fetch().total
    for text in ("", "\x00", "\ud800", "🦊", "' OR 1=1 --", "x" * 3000, "\\", "%" * 200, "("):
        reply = session.call("list", params={name: text})
        allowed = {session.profile["operations"]["list"]["status"], *session.statuses, 414, 431}
        yield from expect(reply, allowed, f"search for {text[:20]!r}")
    if session.fetch({name: ""}).total != whole:
        yield "an empty search leaves rows out"


def _sortable(session: Session) -> list[FieldShape]:
    fields = [f for f in visible(session.profile) if f["type"] != "json" and not f["readonly"]]
    allowed = session.listing.get("sorts")
    return fields if allowed is None else [f for f in fields if f["wire"] in allowed]


@CHECKS.add("sort.each_field", "create", "list")
def sort_each_field(session: Session) -> Problems:
    """A list sorts by each declared field, upwards and with a minus downwards."""
    if not (name := session.listing["sort"]):
        return
    bodies = [session.values.ordered(rank) for rank in range(3)]
    ordered = [session.create(bodies[rank]) for rank in (1, 2, 0)]
    keys = {session.key(row) for row in ordered}
    for field in _sortable(session):
        wire = field["wire"]
        up = [r for r in session.everything({name: wire}) if session.key(r) in keys]
        down = [r for r in session.everything({name: f"-{wire}"}) if session.key(r) in keys]
        if len(up) != 3 or len(down) != 3:
            yield f"sort={wire} loses rows: {len(up)} up, {len(down)} down"
            continue
        yield from _in_order(field, [r[wire] for r in up], [r[wire] for r in down])


def _in_order(field: FieldShape, up: list[object], down: list[object]) -> Problems:
    kind, wire = field["type"], field["wire"]
    if up != down[::-1]:
        yield f"sort={wire} gives {up}, and sort=-{wire} gives {down}"
    if kind in ("int", "bigint", "float", "decimal"):
        wanted: list[object] = sorted(up, key=lambda value: Decimal(str(value)))
    elif kind in ("enum", "uuid", "ref"):
        return
    else:
        wanted = sorted(up, key=str)
    if up != wanted:
        yield f"sort={wire} gives {up}"


@CHECKS.add("sort.unknown", "list")
def sort_unknown(session: Session) -> Problems:
    """A sort by an unknown or secret field is rejected."""
    if not (name := session.listing["sort"]):
        return
    secret = [field["wire"] for field in session.profile["fields"] if field["secret"]]
    for text in ("no_such", "-no_such", "__class__", "1;DROP TABLE x", "--", *secret):
        reply = session.call("list", params={name: text})
        yield from expect(reply, session.statuses, f"sort={text}")
    for text in ("", "-", "\x00", "🦊"):
        reply = session.call("list", params={name: text})
        allowed = {session.profile["operations"]["list"]["status"], *session.statuses}
        yield from expect(reply, allowed, f"sort={text!r}")


def _filters(session: Session) -> list[tuple[str, FieldShape]]:
    fields = {f["wire"]: f for f in session.profile["fields"]}
    fields |= {f["name"]: f for f in session.profile["fields"] if f["name"] not in fields}
    return [(name, fields[name]) for name in session.listing["filters"]]


@CHECKS.add("filter.equality", "create", "list")
def filter_equality(session: Session) -> Problems:
    """A filter keeps the rows with that value, and counts only them."""
    rows = [session.create(session.values.ordered(rank)) for rank in range(3)]
    for name, field in _filters(session):
        value = rows[0][field["wire"]]
        found = session.everything({name: query_text(value)})
        others = [row for row in found if not same(field, value, row[field["wire"]])]
        if others:
            yield f"{name}={value} lets through {others[0]}"
        if session.key(rows[0]) not in map(session.key, found):
            yield f"{name}={value} leaves out {rows[0]}"
        if (total := session.fetch({name: query_text(value)}).total) != len(found):
            yield f"{name}={value}: the total is {total}, and {len(found)} rows come"


@CHECKS.add("filter.combined", "create", "list")
def filter_combined(session: Session) -> Problems:
    """Filters combine, and a row must satisfy all of them."""
    named = [(name, field) for name, field in _filters(session) if not field["unique"]]
    row = session.create(session.values.ordered(0))
    every = {name: query_text(row[field["wire"]]) for name, field in named}
    keys = [session.key(other) for other in session.everything(every)]
    if session.key(row) not in keys:
        yield f"{every} leaves out {row}"
    for name, field in named:
        wire = field["wire"]
        other = session.create({**session.values.ordered(1), wire: row[wire]})
        differs = [f["wire"] for _, f in named if other[f["wire"]] != row[f["wire"]]]
        keys = [session.key(found) for found in session.everything(every)]
        if differs and session.key(other) in keys:
            yield f"{every} lets through {other}, which shares only {name}"


@CHECKS.add("filter.bad_value", "list")
def filter_bad_value(session: Session) -> Problems:
    """A filter by what is no value of the field is rejected."""
    for name, field in _filters(session):
        text = malformed(field)
        if text is not None:
            reply = session.call("list", params={name: text})
            yield from expect(reply, session.statuses, f"{name}={text}")


@CHECKS.add("filter.not_secrets", "create", "list")
def filter_not_secrets(session: Session) -> Problems:
    """A secret field is no filter: right and wrong values make no difference."""
    for field in session.profile["fields"]:
        if not field["secret"] or field["readonly"]:
            continue
        right, wrong = session.values.valid(field), session.values.valid(field)
        session.create({field["wire"]: right})
        replies = [session.call("list", params={field["wire"]: text}) for text in (right, wrong)]
        if replies[0].status != replies[1].status or replies[0].text != replies[1].text:
            yield f"a list can be filtered by the secret {field['wire']}: {replies[0]}"
