"""Profiles for trying the suite: the default shape, and one that deviates in everything."""

from __future__ import annotations

from typing import Any

from contract.profile import FieldShape, FieldType, Operation, OperationName, Profile, Ref


def field(name: str, type: FieldType, wire: str = "", **given: Any) -> FieldShape:
    """Return a field: required unless it is optional, read-only or has a default."""
    free = given.get("optional") or given.get("readonly") or given.get("default") is not None
    made: FieldShape = {
        "name": name,
        "wire": wire or name,
        "type": type,
        "required": not free,
        "unique": False,
        "optional": False,
        "secret": False,
        "readonly": False,
        "min": None,
        "max": None,
        "values": [],
        "default": None,
        "ref": None,
    }
    return {**made, **given}  # type: ignore[typeddict-item]


def _operations(
    path: str, update: str, created: int, deleted: int
) -> dict[OperationName, Operation]:
    one = path + "/{id}"
    auth = True
    location = created == 201
    return {
        "create": {
            "method": "POST",
            "path": path,
            "status": created,
            "auth": auth,
            "location": location,
        },
        "list": {"method": "GET", "path": path, "status": 200, "auth": auth},
        "get": {"method": "GET", "path": one, "status": 200, "auth": auth},
        "update": {"method": update, "path": one, "status": 200, "auth": auth},
        "delete": {"method": "DELETE", "path": one, "status": deleted, "auth": auth},
    }


_TEAM: Ref = {"resource": "teams", "type": "int", "list": None}
DEFAULT: Profile = {
    "schema": 1,
    "resource": "users",
    "base_path": "/api/v1/users",
    "operations": _operations("/api/v1/users", "PUT", 201, 204),
    "item_envelope": None,
    "list": {
        "style": "page",
        "params": {"page": "page", "limit": "limit"},
        "items": "items",
        "total": "total",
        "page": "page",
        "limit": "limit",
        "pages": "pages",
        "search": "search",
        "sort": "sort",
        "filters": ["email", "name", "role", "age", "price", "active", "born", "team_id"],
        "default_limit": 20,
        "max_limit": 100,
    },
    "case": "snake",
    "id": {"name": "id", "type": "int"},
    "timestamps": {"created": "created_at", "updated": "updated_at"},
    "fields": [
        field("email", "email", unique=True),
        field("name", "string", min=1, max=80),
        field("role", "enum", values=["user", "admin"], default="user"),
        field("age", "int", optional=True, min=0, max=150),
        field("bio", "text", optional=True),
        field("price", "decimal"),
        field("active", "bool", default=True),
        field("born", "date", optional=True),
        field("password", "string", secret=True, min=8),
        field("team_id", "ref", ref=_TEAM),
        field("score", "int", readonly=True, default=0),
    ],
    "errors": {
        "validation": [400, 422],
        "not_found": 404,
        "conflict": 409,
        "malformed_id": [400, 404, 422],
        "unauthenticated": [401, 403],
    },
    "auth": {"required": True},
    "owner": {"scoped": True},
    "referenced": {"method": "POST", "path": "/api/v1/orders", "field": "user_id", "body": {}},
}
DEVIATING: Profile = {
    "schema": 1,
    "resource": "ledger_entries",
    "base_path": "/ledger-entries",
    "operations": _operations("/ledger-entries", "PATCH", 200, 200),
    "item_envelope": "data",
    "list": {
        "style": "offset",
        "params": {"offset": "skip", "limit": "take"},
        "items": "data",
        "total": "meta.count",
        "page": None,
        "limit": "meta.take",
        "pages": None,
        "search": "q",
        "sort": "orderBy",
        "filters": ["externalId", "kind", "isOpen", "weight"],
        "default_limit": 10,
        "max_limit": 50,
    },
    "case": "camel",
    "id": {"name": "entryId", "type": "uuid"},
    "timestamps": {"created": "insertedAt", "updated": "changedAt"},
    "fields": [
        field("external_id", "uuid", "externalId", unique=True),
        field("kind", "enum", values=["debit", "credit", "void"]),
        field("account_number", "bigint", "accountNumber", unique=True),
        field("weight", "float", optional=True, min=-10, max=1000),
        field("is_open", "bool", "isOpen", default=False),
        field("home_page", "url", "homePage", optional=True),
        field("details", "json", optional=True),
        field("due_at", "datetime", "dueAt"),
        field("code", "string", min=3, max=40, unique=True),
        field("pin", "string", secret=True, optional=True, min=6, max=64),
    ],
    "errors": {
        "validation": [422],
        "not_found": 404,
        "conflict": 409,
        "malformed_id": [404],
        "unauthenticated": [401],
    },
    "auth": {"required": True},
    "owner": None,
}
