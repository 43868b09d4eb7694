"""The profile of a rendered case, as a plan would carry it."""

from __future__ import annotations

from typing import Any

from contract.profile import FieldShape, ListShape, Operation, OperationName, Profile
from templates_go.contexts import Shape, context

_LISTED = {"page", "limit", "search", "sort", "offset", "skip", "take", "q", "orderBy"}


def profile(shape: Shape) -> Profile:
    """Return what the contract suite has to know of a case."""
    values = context(shape)
    fields = [_field(view) for view in values["fields"]]
    return {
        "schema": 1,
        "resource": shape.plural.snake,
        "base_path": shape.base,
        "operations": _operations(values["ops"], shape),
        "item_envelope": "data" if shape.deviating or shape.embedded else None,
        "list": _list(shape, values["fields"]),
        "case": "camel" if shape.deviating else "snake",
        "id": {
            "name": "entryId" if shape.deviating else "ID" if shape.embedded else "id",
            "type": {"uuid.UUID": "uuid", "string": "uuid"}.get(shape.id, "int"),  # type: ignore[typeddict-item]
        },
        "timestamps": {"created": "insertedAt", "updated": "changedAt"}
        if shape.deviating
        else {"created": "CreatedAt", "updated": "UpdatedAt"}
        if shape.embedded
        else {"created": "created_at", "updated": "updated_at"},
        "fields": fields,
        "errors": {
            "validation": [
                422 if shape.embedded or (shape.deviating and not shape.siblings) else 400
            ],
            "not_found": 404,
            "conflict": 409,
            "malformed_id": [404],
            "unauthenticated": [401],
        },
        "auth": {"required": shape.owner},
        "owner": {"scoped": True, "field": None} if shape.owner else None,
    }


def _operations(ops: Any, shape: Shape) -> dict[OperationName, Operation]:
    return {
        op.name: {
            "method": op.method,
            "path": op.full_path,
            "status": op.status,
            "auth": shape.owner,
            "location": op.name == "create" and op.status == 201,
        }
        for op in ops.all
    }


def _field(view: Any) -> FieldShape:
    ref = {"resource": "teams", "type": "int", "list": None} if view.type == "ref" else None
    return {
        "name": view.name,
        "wire": view.wire,
        "type": view.type,
        "required": view.required and view.writable,
        "unique": view.unique,
        "optional": view.optional,
        "secret": view.secret,
        "readonly": view.readonly,
        "min": view.min,
        "max": view.max,
        "values": [value.value.value for value in view.values],
        "default": None if view.default is None else _default(view),
        "ref": ref,  # type: ignore[typeddict-item]
    }


def _default(view: Any) -> Any:
    value = view.default.value
    return str(value) if view.type == "bigint" else value


def _list(shape: Shape, fields: Any) -> ListShape:
    filters = [f.wire for f in fields if f.filterable and f.wire not in _LISTED]
    sorts = [f.wire for f in fields if f.sortable]
    found: ListShape = {
        "style": "offset" if shape.deviating else "page",
        "params": {"offset": "skip", "limit": "take"}
        if shape.deviating
        else {"page": "page", "limit": "limit"},
        "items": "items", "total": "total", "page": "page", "limit": "limit", "pages": "pages",
        "search": "search" if any(f.searchable for f in fields) else None,
        "sort": "sort", "sorts": sorts, "filters": filters, "default_limit": 20, "max_limit": 100,
    }  # fmt: skip
    if shape.embedded:
        found |= {
            "style": "offset", "params": {"offset": "offset", "limit": "limit"}, "items": "data",
            "total": "meta.total", "page": None, "limit": "meta.limit", "pages": None,
        }  # fmt: skip
    if shape.deviating:
        found |= {
            "items": "data", "total": "meta.count", "page": None, "limit": "meta.take",
            "pages": None,
            "search": "q" if found["search"] else None, "sort": "orderBy",
            "default_limit": 10, "max_limit": 50,
        }  # fmt: skip
    return found
