"""What a plan tells beside its edits: the contract's profile, calls to try, next steps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apimod import names
from apimod.model import Json, Step

if TYPE_CHECKING:
    from apimod.manifests import Lock
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.views import FieldView, OperationView

EXAMPLES: dict[str, Any] = {
    "string": "example",
    "text": "An example",
    "int": 1,
    "bigint": 1,
    "float": 1.5,
    "decimal": "9.99",
    "bool": True,
    "date": "2026-01-31",
    "datetime": "2026-01-31T12:00:00Z",
    "uuid": "6f1f4d9e-6c55-4f7a-9d0a-2b4f5a1e7c11",
    "email": "ada@example.com",
    "url": "https://example.com",
    "json": {},
}


def profile(builder: Builder, context: Context) -> Json:
    """Return the shape of the REST contract that was chosen; ``docs/profile.md`` describes it."""
    conv = context.conventions
    envelope = conv.list.envelope
    camel = conv.schema.camel
    stamps = conv.timestamps
    params = (
        {"offset": conv.list.offset, "limit": conv.list.limit}
        if conv.list.style == "offset"
        else {"page": conv.list.page, "limit": conv.list.limit}
    )
    return {
        "schema": 1,
        "resource": builder.request.resource.plural,
        "base_path": builder.target.path,
        "operations": {op.name: _operation(op, builder.target.param) for op in context.ops.all},
        "item_envelope": conv.item.envelope or None,
        "list": {
            "style": conv.list.style,
            "params": {key: _wire(value, camel) for key, value in params.items()},
            "items": envelope.items,
            "total": _key(envelope.total, camel),
            "page": _key(envelope.page, camel),
            "limit": _key(envelope.limit, camel),
            "pages": _key(envelope.pages, camel),
            "search": _wire(conv.list.search, camel)
            if any(f.searchable for f in context.fields)
            else None,
            "sort": _wire(conv.list.sort, camel),
            "filters": [f.wire for f in context.fields if f.filterable],
            "sorts": _sorts(context),
            "default_limit": conv.list.default_limit,
            "max_limit": conv.list.max_limit,
        },
        "case": "camel" if camel else "snake",
        "id": {"name": conv.id.wire, "type": conv.id.type},
        "timestamps": {
            "created": _key(stamps.created_wire or stamps.created, camel),
            "updated": _key(stamps.updated_wire or stamps.updated, camel),
        }
        if stamps
        else None,
        "fields": [_field(f) for f in context.fields],
        "errors": {
            "validation": [400, 422],
            "not_found": 404,
            "conflict": 409,
            "malformed_id": [400, 404, 422],
            "unauthenticated": [401, 403],
        },
        "auth": {"required": any(op.auth for op in context.ops.all)},
        "owner": {"scoped": True} if conv.owner else None,
    }


def _sorts(context: Context) -> list[str]:
    """Return the wire names that a list can be sorted by."""
    conv = context.conventions
    stamps = conv.timestamps
    extra = [conv.id.wire]
    if stamps:
        own = ((stamps.created_wire, stamps.created), (stamps.updated_wire, stamps.updated))
        extra += [wire or _wire(name, conv.schema.camel) for wire, name in own if wire or name]
    return [f.wire for f in context.fields if f.sortable] + extra


def _operation(op: OperationView, param: str) -> Json:
    row: Json = {
        "method": op.method,
        "path": op.full_path.replace("{" + param + "}", "{id}"),
        "status": op.status,
        "auth": op.auth,
    }
    if op.name == "create":
        row["location"] = op.status == 201
    return row


def _field(field: FieldView) -> Json:
    return {
        "name": field.name,
        "wire": field.wire,
        "type": field.type,
        "required": field.required,
        "unique": field.unique,
        "optional": field.optional,
        "secret": field.secret,
        "readonly": field.readonly,
        "min": field.min,
        "max": field.max,
        "values": [v.value.value for v in field.values],
        "default": _default(field),
        "ref": _ref(field),
    }


def _default(field: FieldView) -> Any:
    """Return a default as JSON has it."""
    text = field.spec.default
    if text is None:
        return None
    if field.type == "bool":
        return text.lower() == "true"
    if field.type == "int":
        return int(text)
    if field.type == "float":
        return float(text)
    return json.loads(text) if field.type == "json" else text


def _ref(field: FieldView) -> Json | None:
    if field.target is None:
        return None
    return {
        "resource": field.target.name.snake,
        "type": field.target.pk_type,
        "list": field.target.path or None,
    }


def _wire(name: str, camel: bool) -> str:
    return names.camel(name) if camel else name


def _key(name: str, camel: bool) -> str | None:
    return ".".join(_wire(part, camel) for part in name.split(".")) if name else None


def calls(builder: Builder, context: Context) -> tuple[str, ...]:
    """Return a curl command for each operation; the port is the framework's usual one."""
    table = builder.pack.by_name[builder.request.framework].table("roles")
    base = str(table.get("address", "http://localhost:8000"))
    header = f" -H {_header(builder)}"
    given = {f.wire: _example(f) for f in context.fields if f.writable and f.required}
    body = json.dumps(given)
    key = "1" if context.conventions.id.type == "int" else "$ID"
    out = []
    for op in context.ops.all:
        url = base + op.full_path.replace("{" + builder.target.param + "}", key)
        url = f'"{url}"' if "$" in url else url
        method = "" if op.method == "GET" else f" -X {op.method}"
        data = op.name in ("create", "update")
        sent = f" -H 'Content-Type: application/json' -d {_quoted(body)}" if data else ""
        out.append(f"curl{method} {url}{header if op.auth else ''}{sent}")
    return tuple(out)


def _header(builder: Builder) -> str:
    """Return the header that carries the credentials, with a variable for the secret part."""
    own = builder.lesson.conventions.auth
    if own is not None and own.header:
        return f'"{own.header}: $API_KEY"'
    return '"Authorization: Bearer $TOKEN"'


def _example(field: FieldView) -> Any:
    if field.values:
        return field.values[0].value.value
    value = EXAMPLES.get(field.type, 1)
    if isinstance(value, str) and field.min is not None and len(value) < field.min:
        return value.ljust(int(field.min), "x")
    if isinstance(value, int | float) and not isinstance(value, bool) and field.min is not None:
        return max(value, field.min)
    return value


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def steps(builder: Builder, context: Context, lock: Lock | None) -> tuple[Step, ...]:
    """Return what the user does next."""
    out: list[Step] = []
    if lock is not None:
        out.append(Step("Install the new dependencies.", str(lock)))
    units = {f.unit for f in builder.stack.facts}
    for unit in builder.pack.units:
        if unit.language != builder.project.language or unit.name not in units:
            continue
        for row in unit.table("roles").get("steps", ()):
            role = context.roles.get(str(row.get("role", "")))
            if role is not None:
                out.append(Step(str(row["text"]), str(row["command"]).format(path=role.path)))
    table = builder.pack.by_name[builder.request.framework].table("roles")
    if table.get("docs"):
        base = str(table.get("address", "http://localhost:8000"))
        out.append(Step(f"The API's documentation is at {base}{table['docs']}."))
    if not any(op.auth for op in context.ops.all):
        out.append(Step("These endpoints are public: nothing here asks who calls."))
    return tuple(out)
