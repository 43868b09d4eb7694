"""The contract's profile of a scenario."""

from __future__ import annotations

from typing import Any

from contract.profile import FieldShape, Profile
from templates_python.context import context
from templates_python.scenario import Scenario


def profile(scenario: Scenario) -> Profile:
    """Return the shape that the scenario's endpoints have."""
    values = context(scenario)
    conv, fields, many = values["conv"], values["fields"], values["resource"].plural
    base = f"/{many.kebab}"
    envelope, style = conv.list.envelope, conv.list
    camel = conv.schema.camel

    def wire(name: str) -> str:
        first, *rest = name.split("_")
        return first + "".join(map(str.capitalize, rest)) if camel else name

    reserved = {style.page, style.limit, style.offset, style.search, style.sort}
    searchable = any(field.searchable for field in fields)
    return {
        "schema": 1,
        "resource": many.snake,
        "base_path": base,
        "operations": {
            op.name: {
                "method": op.method,
                "path": base + ("" if op.name in ("create", "list") else "/{id}"),
                "status": op.status,
                "auth": bool(scenario.owner),
                "location": op.name == "create" and op.status == 201,
            }
            for op in values["ops"].all
        },
        "item_envelope": conv.item.envelope or None,
        "list": {
            "style": style.style,
            "params": {style.style: wire(getattr(style, style.style)), "limit": style.limit},
            "items": envelope.items,
            "total": envelope.total,
            "page": envelope.page or None,
            "limit": envelope.limit or None,
            "pages": envelope.pages or None,
            "search": style.search if searchable else None,
            "sort": wire(style.sort),
            "filters": [
                f.wire
                for f in fields
                if f.filterable
                and f.symbol not in reserved
                and not (f.readonly and f.default is None)
            ],
            "sorts": [f.wire for f in fields if f.sortable],
            "default_limit": style.default_limit,
            "max_limit": style.max_limit,
        },
        "case": "camel" if camel else "snake",
        "id": {"name": "id", "type": scenario.key},
        "timestamps": {"created": wire("created_at"), "updated": wire("updated_at")},
        "fields": [_field(field) for field in fields],
        "errors": {
            "validation": [400, 422],
            "not_found": 404,
            "conflict": 409,
            "malformed_id": [400, 404, 422],
            "unauthenticated": [401, 403],
        },
        "auth": {"required": bool(scenario.owner)},
        "owner": {"scoped": scenario.owner != "forbidden", "field": wire("owner_id")}
        if scenario.owner
        else None,
    }


def _field(field: Any) -> FieldShape:
    default = field.default.value if field.default is not None else None
    if field.type == "bigint" and default is not None:
        default = str(default)
    optional = field.optional or (field.readonly and field.default is None)
    return {
        "name": field.name,
        "wire": field.wire,
        "type": field.type,
        "required": field.required and not field.readonly,
        "unique": field.unique,
        "optional": optional,
        "secret": field.secret,
        "readonly": field.readonly,
        "min": field.min,
        "max": field.max,
        "values": [value.value.value for value in field.values],
        "default": default,
        "ref": {"resource": "teams", "type": "int", "list": None} if field.target else None,
    }
