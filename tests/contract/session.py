"""One run of the suite against one service: the words that the checks are written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from contract.client import NOTHING, Api, BrokenError, Log, Reply, SkipError
from contract.profile import Identity, Json, ListShape, OperationName, Profile
from contract.values import References, Values, instant, same

Problems = Iterator[str]
MOST_PAGES = 100
_ROUNDING = timedelta(milliseconds=2)
"""What a database may cut from a time that it keeps."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The headers of two users. Without authentication both may be empty."""

    first: Mapping[str, str]
    second: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One answered list."""

    items: list[Json]
    total: int
    reply: Reply


class Session:
    """What every check is given."""

    def __init__(
        self,
        base_url: str,
        profile: Profile,
        credentials: Credentials,
        references: References | None = None,
        pause: float = 1.1,
    ) -> None:
        self.profile = profile
        self.pause = pause
        self.log = Log()
        self.first = Api(base_url, credentials.first, self.log)
        self.second = Api(base_url, credentials.second or {}, self.log)
        self.has_second = credentials.second is not None
        self.anonymous = Api(base_url, {}, self.log)
        self.values = Values(profile, self._found_references(references or {}))

    def close(self) -> None:
        for api in (self.first, self.second, self.anonymous):
            api.close()

    def _found_references(self, given: References) -> References:
        found = dict(given)
        for field in self.profile["fields"]:
            ref = field["ref"]
            if ref and ref["list"] and ref["resource"] not in found:
                body = self.first.send("GET", ref["list"]).json()
                found[ref["resource"]] = [row["id"] for row in first_rows(body)]
        return found

    # --- the profile ---------------------------------------------------------------------------

    @property
    def statuses(self) -> list[int]:
        """The statuses of a rejected body or query."""
        return self.profile["errors"]["validation"]

    @property
    def id(self) -> Identity:
        return self.profile["id"]

    @property
    def listing(self) -> ListShape:
        shape = self.profile["list"]
        if shape is None:
            raise SkipError("there is no list")
        return shape

    def has(self, name: OperationName) -> bool:
        return name in self.profile["operations"]

    # --- calls ---------------------------------------------------------------------------------

    def call(
        self,
        name: OperationName,
        id: Any = None,
        *,
        api: Api | None = None,
        body: Any = NOTHING,
        content: bytes | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send an operation, as the first user unless told otherwise."""
        operation = self.profile["operations"][name]
        path = operation["path"].replace("{id}", quote(str(id), safe=""))
        sender = api or self.first
        return sender.send(
            operation["method"], path, body=body, content=content, params=params, headers=headers
        )

    def item(self, reply: Reply) -> Json:
        """Return the single resource in a reply."""
        body = reply.json()
        key = self.profile["item_envelope"]
        found = body.get(key) if key and isinstance(body, dict) else body
        if not isinstance(found, dict):
            raise BrokenError(f"{reply}: no resource in the body")
        return found

    def create(self, overrides: Mapping[str, Any] | None = None, api: Api | None = None) -> Json:
        """Create a valid row and return it as the service shows it."""
        reply = self.call("create", api=api, body=self.values.body(overrides))
        if reply.status != self.profile["operations"]["create"]["status"]:
            raise BrokenError(f"a valid resource was not created: {reply}")
        return self.item(reply)

    def key(self, row: Json) -> Any:
        """Return the id of a row."""
        if self.id["name"] not in row:
            raise BrokenError(f"a resource has no {self.id['name']!r}: {row}")
        return row[self.id["name"]]

    def read(self, id: Any, api: Api | None = None) -> Json | None:
        """Return a row, or None where it is not there, by get or through the list."""
        if not self.has("get"):
            return next((row for row in self.everything(api=api) if self.key(row) == id), None)
        reply = self.call("get", id, api=api)
        if reply.status == self.profile["errors"]["not_found"]:
            return None
        if reply.status != self.profile["operations"]["get"]["status"]:
            raise BrokenError(f"a resource could not be read: {reply}")
        return self.item(reply)

    @property
    def readable(self) -> bool:
        """Whether a row can be read back in any way."""
        return self.has("get") or self.has("list")

    def alike(self, one: Json | None, other: Json | None) -> bool:
        """Say whether two answers show the same row."""
        return one is not None and other is not None and not self.differences(one, other)

    def differences(self, one: Json, other: Json) -> set[str]:
        """Return the keys that differ by more than how a value is written."""
        fields = {field["wire"]: field for field in self.profile["fields"]}
        stamps = set((self.profile["timestamps"] or {}).values())
        return {
            key
            for key in one.keys() | other.keys()
            if (a := one.get(key)) != (b := other.get(key))
            and not (key in fields and same(fields[key], a, b))
            and not (key in stamps and a and b and abs(instant(a) - instant(b)) < _ROUNDING)
        }

    # --- lists ---------------------------------------------------------------------------------

    def page(self, number: Any, limit: Any) -> dict[str, Any]:
        """Return the parameters that ask for page ``number``, counted from 1."""
        names = self.listing["params"]
        if self.listing["style"] == "page":
            return {names["page"]: number, names["limit"]: limit}
        return {names["offset"]: (number - 1) * limit, names["limit"]: limit}

    def fetch(self, params: Mapping[str, Any] | None = None, api: Api | None = None) -> Page:
        """Ask for a list and take it apart; raise BrokenError where it is not one."""
        reply = self.call("list", params=params, api=api)
        if reply.status != self.profile["operations"]["list"]["status"]:
            raise BrokenError(f"no list: {reply}")
        items, total = dig(reply, self.listing["items"]), dig(reply, self.listing["total"])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise BrokenError(f"{reply}: no items at {self.listing['items']!r}")
        if not isinstance(total, int):
            raise BrokenError(f"{reply}: no total at {self.listing['total']!r}")
        return Page(items, total, reply)

    def everything(
        self, params: Mapping[str, Any] | None = None, api: Api | None = None
    ) -> list[Json]:
        """Return the items of all pages."""
        rows: list[Json] = []
        limit = self.listing["max_limit"]
        for number in range(1, MOST_PAGES):
            page = self.fetch({**self.page(number, limit), **(params or {})}, api)
            rows += page.items
            if len(page.items) < limit or len(rows) >= page.total:
                break
        return rows


def dig(reply: Reply, path: str) -> Any:
    """Return what stands at a dotted path of the body, or in a header, or None."""
    if path.startswith("header:"):
        value = reply.headers.get(path.removeprefix("header:"), "")
        return int(value) if value.isdigit() else None
    found: Any = reply.json()
    for key in path.split(".") if path else ():
        found = found.get(key) if isinstance(found, dict) else None
    return found


def first_rows(body: Any) -> list[Json]:
    """Return the first list of objects in a body."""
    if isinstance(body, list):
        return [row for row in body if isinstance(row, dict)]
    values = body.values() if isinstance(body, dict) else ()
    return next((rows for rows in map(first_rows, values) if rows), [])
