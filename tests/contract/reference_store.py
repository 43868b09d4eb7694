"""The reference service's rows: created, read, changed and deleted under one lock."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from contract.profile import FieldShape, Json, Profile
from contract.reference_rules import Broken, Fault, RuleError, clean


class Failure(Exception):
    """An answer other than success."""

    def __init__(self, status: int, detail: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


@dataclass(slots=True)
class Row:
    """One kept row; ``values`` go by wire name and include secrets."""

    id: Any
    owner: str
    values: Json
    created: datetime
    updated: datetime


class Store:
    """All rows of all users."""

    def __init__(
        self, profile: Profile, broken: Broken, references: Mapping[str, list[Any]]
    ) -> None:
        self.profile = profile
        self.broken = broken
        self.rows: dict[Any, Row] = {}
        self.referenced: set[Any] = set()
        self._known = {name: {str(id) for id in ids} for name, ids in references.items()}
        self._lock = Lock()
        self._last = datetime.now(UTC)
        self._count = 0

    def now(self) -> datetime:
        """Return a time later than any that was returned before."""
        self._last = max(datetime.now(UTC), self._last + timedelta(microseconds=1))
        return self._last

    def create(self, owner: str, body: Json) -> Row:
        values = self._defaults() | self.checked(body)
        self._require(values)
        guard = nullcontext() if self.broken("race") else self._lock
        with guard:
            self._unique(values, None, "create")
            if self.broken("race"):
                time.sleep(0.25)
            id = self._new_id(body)
            moment = self.now()
            row = self.rows[id] = Row(id, owner, values, moment, moment)
        return row

    def update(self, row: Row, body: Json) -> Row:
        values = self._for_update(row, body)
        if self.broken("update_race"):
            self._unique(values, row, "update")
            time.sleep(0.25)
        with self._lock:
            if not self.broken("update_race"):
                self._unique(values, row, "update")
            row.values = values
            if not self.broken("updated_frozen"):
                row.updated = self.now()
            if self.broken("update_sets_created"):
                row.created = self.now()
        return row

    def _for_update(self, row: Row, body: Json) -> Json:
        checked = body if self.broken("update_unchecked") else self.checked(body)
        if self.broken("optional_kept"):
            checked = {key: value for key, value in checked.items() if value is not None}
        if self.broken("update_replaces"):
            return dict.fromkeys(row.values) | self._defaults() | checked
        return row.values | checked

    def delete(self, row: Row) -> None:
        with self._lock:
            if row.id in self.referenced and not self.broken("deletes_referenced"):
                raise Failure(self.profile["errors"]["conflict"], "others refer to it")
            if not self.broken("delete_keeps"):
                self.rows.pop(row.id, None)

    def find(self, owner: str, text: str) -> Row:
        id = self._parsed_id(text)
        row = self.rows.get(id)
        if row is None or not (self.sees(owner, row) or self.broken("other_user_reads")):
            raise Failure(self.profile["errors"]["not_found"], "not found")
        return row

    def sees(self, owner: str, row: Row) -> bool:
        scope = self.profile["owner"]
        return not (scope and scope["scoped"]) or row.owner == owner

    def checked(self, body: Json) -> Json:
        """Return the kept values of a body, or raise a Failure that names each bad field."""
        errors, values = {}, {}
        for field in self.profile["fields"]:
            wire = field["wire"]
            if wire not in body or (field["readonly"] and not self.broken("sets_readonly")):
                continue
            try:
                values[wire] = self._clean(field, body[wire])
            except RuleError as error:
                errors[wire] = str(error)
        if errors:
            raise self._invalid(errors, body)
        return values

    def _clean(self, field: FieldShape, value: Any) -> Any:
        if value is None and self.broken("null_taken"):
            return None
        if value is None and self.broken("null_refused"):
            raise RuleError("must not be null")
        known = self._known.get(field["ref"]["resource"], set()) if field["ref"] else set()
        kept = clean(field, value, known, self.broken)
        garbled = isinstance(kept, str) and self.broken("garbles_quotes")
        return kept.replace("'", "''") if garbled else kept

    def _invalid(self, errors: Mapping[str, str], body: Json) -> Failure:
        detail: Json = dict(errors)
        if self.broken("first_error_only"):
            detail = dict([next(iter(errors.items()))])
        if self.broken("errors_unnamed"):
            detail = {"body": "is not valid"}
        if self.broken("errors_name_all"):
            detail = {field["wire"]: "may be wrong" for field in self.profile["fields"]}
        if self.broken("echoes_input"):
            detail["input"] = list(body.values())
        return Failure(self.profile["errors"]["validation"][-1], detail)

    def _defaults(self) -> Json:
        lost = self.broken("default_lost")
        return {
            field["wire"]: None if lost else field["default"] for field in self.profile["fields"]
        }

    def _require(self, values: Json) -> None:
        missing = {
            field["wire"]: "is required"
            for field in self.profile["fields"]
            if field["required"] and values[field["wire"]] is None and not self.broken("null_taken")
        }
        if missing and not self.broken("missing_taken"):
            raise self._invalid(missing, values)

    def _unique(self, values: Json, row: Row | None, name: str) -> None:
        if self.broken(f"{name}_no_conflict"):
            return
        for wire in (field["wire"] for field in self.profile["fields"] if field["unique"]):
            for other in list(self.rows.values()):
                mine = other is row and not self.broken("own_unique_conflicts")
                if not mine and values[wire] is not None and other.values[wire] == values[wire]:
                    raise Failure(self.profile["errors"]["conflict"], "is taken")

    def _new_id(self, body: Json) -> Any:
        self._count += 1
        if self.broken("sets_id") and self.profile["id"]["name"] in body:
            return body[self.profile["id"]["name"]]
        return self._count if self.profile["id"]["type"] == "int" else str(uuid.uuid4())

    def _parsed_id(self, text: str) -> Any:
        errors = self.profile["errors"]
        pattern = r"-?[0-9]{1,18}"
        if self.profile["id"]["type"] != "int":
            pattern = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
        if re.fullmatch(pattern, text):
            return int(text) if self.profile["id"]["type"] == "int" else text
        if self.broken("malformed_id_fails"):
            raise Fault
        raise Failure(errors["malformed_id"][-1], "is no id")
