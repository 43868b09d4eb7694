"""What the Rust templates are rendered with: one case is one shape of a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apimod import names
from apimod.conventions.model import (
    Conventions,
    DocStyle,
    EnvelopeStyle,
    ErrorStyle,
    IdStyle,
    ItemStyle,
    ListStyle,
    OwnerStyle,
    SchemaStyle,
    SessionStyle,
)
from apimod.fields import parse_all
from apimod.languages.buffer import ImportNeed
from apimod.languages.identifiers import RUST
from apimod.migrations import Chain
from apimod.planning.context import ProjectView, Roles
from apimod.planning.fields import views
from apimod.views import (
    Case,
    Operations,
    OperationView,
    ResourceView,
    RoleView,
    Snippet,
    Symbols,
    TargetView,
)
from templates_go.contexts import FIELDS, OPS

SUPPORT = "src/extract.rs"


@dataclass(frozen=True)
class Shape:
    """One project and one request."""

    name: str = "default"
    form: str = "attributes"
    fields: str = "usual"
    orm: str = "rust-sqlx"
    validator: str = "rust-validator"
    docs: str = ""
    layered: bool = False
    owner: bool = False
    own_errors: bool = False
    response: bool = False
    deviating: bool = False
    database: str = "sqlite"
    id: str = "i64"
    resource: str = "users"
    ops: tuple[str, ...] = tuple(OPS)
    state: str = ""
    """The member of the application's state that holds the database; ``""`` where it stands alone."""
    register: bool = True

    def __str__(self) -> str:
        return self.name

    @property
    def singular(self) -> Case:
        return Case(names.singular(self.resource))

    @property
    def plural(self) -> Case:
        return Case(names.snake(self.resource))

    @property
    def base(self) -> str:
        return f"/api/v1/{self.plural.kebab}"

    @property
    def pool(self) -> str:
        if self.orm == "diesel":
            return "DbPool"
        return "PgPool" if self.database == "postgresql" else "SqlitePool"


def context(shape: Shape) -> dict[str, Any]:
    """Return the variables of the templates."""
    teams = TargetView(
        name=Case("team"), model="Team", table="teams", pk_type="int", pk_column="id",
        module="crate::models::team", pk_annotation="i32" if shape.orm == "diesel" else "i64",
    )  # fmt: skip
    specs = parse_all(FIELDS[shape.fields])
    targets = {spec.name: teams for spec in specs if spec.type == "ref"}
    stem = f"migrations/20240301000000_{shape.plural.snake}"
    return {
        "resource": ResourceView(shape.singular, shape.plural),
        "fields": views(specs, shape.singular, "camel" if shape.deviating else "snake", RUST, targets),
        "ops": _operations(shape),
        "roles": _roles(shape),
        "conv": conventions(shape),
        "project": ProjectView((1, 85), {}, "tracker", shape.database, _units(shape), "tracker"),
        "migration": Chain("migrations", "2", "1", f"{stem}.up.sql", f"{stem}.down.sql", "", None),
        "router": None,
    }  # fmt: skip


def _units(shape: Shape) -> frozenset[str]:
    used = {
        "actix-web",
        shape.orm,
        shape.validator,
        "rust-log",
        *([shape.docs] if shape.docs else ()),
    }
    return frozenset(used)


def _operations(shape: Shape) -> Operations:
    made: dict[str, OperationView] = {}
    for name in shape.ops:
        method, end = OPS[name]
        end = end.replace("/:id", "/{id}")
        params = [_session(shape)]
        if shape.owner:
            params.append(Snippet("user: AuthUser", (ImportNeed("crate::auth", "AuthUser"),)))
        summary = {
            "create": "Makes",
            "list": "Lists",
            "get": "Shows",
            "update": "Changes",
            "delete": "Removes",
        }[name]
        what = shape.plural.words if name == "list" else shape.singular.a
        made[name] = OperationView(
            name=name, method=method, path=f"/{shape.plural.kebab}{end}", full_path=shape.base + end,
            status={"create": 201, "delete": 204}.get(name, 200), summary=f"{summary} {what}.",
            params=tuple(params), auth=shape.owner,
        )  # fmt: skip
    return Operations(**made)


def _session(shape: Shape) -> Snippet:
    if shape.state:
        return Snippet(
            "state: web::Data<AppState>",
            (ImportNeed("crate::state", "AppState"), ImportNeed("actix_web", "web")),
        )
    module = "crate::db" if shape.orm == "diesel" else "sqlx"
    return Snippet(
        f"pool: web::Data<{shape.pool}>",
        (ImportNeed(module, shape.pool), ImportNeed("actix_web", "web")),
    )


def _roles(shape: Shape) -> Roles:
    one, many = shape.singular, shape.plural
    symbols = {
        "model": {"model": one.pascal, "table": many.snake},
        "schema": {"create": f"Create{one.pascal}", "update": f"Update{one.pascal}",
                   "query": f"{one.pascal}Query", "sort": f"{one.pascal}SortKey", "read": f"{one.pascal}Response"},
        "repository": {"list": "list", "get": "find", "create": "insert", "update": "update", "delete": "delete"},
        "routes": {op: f"{op}_{many.snake if op == 'list' else one.snake}" for op in OPS},
    }  # fmt: skip
    if shape.register:
        symbols["routes"]["configure"] = "configure"
    paths = {
        "model": f"src/models/{one.snake}.rs", "schema": f"src/models/{one.snake}.rs",
        "repository": f"src/store/{many.snake}.rs", "routes": f"src/routes/{many.snake}.rs",
    }  # fmt: skip
    made: dict[str, RoleView | None] = dict.fromkeys(
        ("database", "auth", "service", "test", "repository", "migration")
    )
    for name in ("model", "schema", "repository", "routes"):
        if name == "repository" and not shape.layered:
            continue
        module = "crate::" + paths[name].removeprefix("src/").removesuffix(".rs").replace("/", "::")
        made[name] = RoleView(
            name=name, path=paths[name], module=module, form=shape.form, symbols=Symbols(symbols[name]),
            support=SUPPORT, prefix=f"/{many.kebab}",
            qualifier=Snippet(f"store::{many.snake}", (ImportNeed("crate", "store"),)) if name == "repository" else None,
        )  # fmt: skip
    made["migration"] = RoleView(name="migration", path="migrations", module="")
    return Roles(made)


def conventions(shape: Shape) -> Conventions:
    """Return what the siblings of such a project teach."""
    kind = {"Uuid": "uuid", "String": "string"}.get(shape.id, "int")
    needs = (ImportNeed("uuid", "Uuid"),) if shape.id == "Uuid" else ()
    return Conventions(
        id=IdStyle(type=kind, annotation=Snippet(shape.id, needs)),
        owner=_owner(shape) if shape.owner else None,
        session=SessionStyle(
            name="state" if shape.state else "pool",
            param=_session(shape),
            expression=f"&state.{shape.state}" if shape.state else "&pool",
            annotation=Snippet(shape.pool, (ImportNeed("sqlx", shape.pool),)) if shape.orm == "rust-sqlx" else None,
        ),
        schema=SchemaStyle(response=shape.response, camel=shape.deviating),
        list=_list(shape),
        item=ItemStyle("data" if shape.deviating else ""),
        errors=_errors(shape),
        docs=DocStyle(comment_security=Snippet('security(("bearer" = []))')) if shape.docs else DocStyle(),
        hash=Snippet("store::accounts::hash({})", (ImportNeed("crate", "store"),)) if shape.own_errors else None,
    )  # fmt: skip


def _owner(shape: Shape) -> OwnerStyle:
    return OwnerStyle(
        field="owner_id", user_id="user.id", symbol="owner_id", id_type="int", annotation=Snippet("i64"),
        reference="accounts.id", on_delete="CASCADE", readable=False,
    )  # fmt: skip


def _list(shape: Shape) -> ListStyle:
    if shape.deviating:
        return ListStyle(
            style="offset", offset="skip", limit="take", search="q", sort="orderBy", default_limit=10, max_limit=50,
            envelope=EnvelopeStyle(items="data", total="meta.count", page="", limit="meta.take", pages=""),
        )  # fmt: skip
    if not shape.own_errors:
        return ListStyle()
    page = Snippet(
        "Page::new({items}, total, {page}, {limit})", (ImportNeed("crate::models::page", "Page"),)
    )
    return ListStyle(envelope=EnvelopeStyle(generic=page))


def _errors(shape: Shape) -> ErrorStyle:
    if not shape.own_errors:
        return ErrorStyle()
    needs = (ImportNeed("crate::error", "ApiError"),)
    return ErrorStyle(
        type=Snippet("ApiError", needs),
        not_found=Snippet("ApiError::NotFound", needs),
        conflict=Snippet("ApiError::Conflict({}.to_owned())", needs),
        invalid=Snippet("ApiError::Validation({})", needs),
        bad_request=Snippet("ApiError::BadRequest({})", needs),
        internal=Snippet("ApiError::Internal", needs),
        converts=frozenset({"sqlx::Error"}),
        answers=frozenset({"missing", "taken", "in_use"}),
        validation=422,
    )
