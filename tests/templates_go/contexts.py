"""What the Go templates are rendered with: one case is one shape of a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from apimod import names
from apimod.conventions.model import (
    Conventions,
    DeleteStyle,
    DocStyle,
    EnvelopeStyle,
    ErrorStyle,
    IdStyle,
    ItemStyle,
    ListStyle,
    ModelStyle,
    OwnerStyle,
    RespondStyle,
    SchemaStyle,
    SessionStyle,
    TestStyle,
    TimestampStyle,
)
from apimod.fields import parse_all
from apimod.languages.buffer import ImportNeed
from apimod.languages.identifiers import GO
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

MODULE = "example.com/shop"
OPS = {
    "create": ("POST", ""),
    "list": ("GET", ""),
    "get": ("GET", "/:id"),
    "update": ("PUT", "/:id"),
    "delete": ("DELETE", "/:id"),
}
FIELDS = {
    "none": ("name:string",),
    "usual": (
        "email:email:unique", "name:string:min=1:max=80", "role:enum=user,admin:default=user",
        "age:int:optional:min=0:max=150", "bio:text:optional", "price:decimal",
        "active:bool:default=true", "born:date:optional", "password:string:secret:min=8",
        "team:ref=teams", "score:int:readonly:default=0",
    ),
    "typed": (
        "external_id:uuid:unique", "kind:enum=debit,credit,in-between",
        "account_number:bigint:unique",
        "weight:float:optional:min=-10:max=1000", "is_open:bool:default=false",
        "home_page:url:optional", "details:json:optional", "due_at:datetime",
        "code:string:min=3:max=40:unique", "pin:string:secret:optional:min=6:max=64",
    ),
    "required": (
        "s:string", "t:text", "i:int", "b:bigint:min=1:max=9000000000000000000", "f:float",
        "d:decimal:min=0.5:max=99.95", "flag:bool", "day:date", "moment:datetime", "u:uuid",
        "mail:email:max=100", "site:url", "doc:json", "level:enum=low,high", "team:ref=teams",
    ),
    "optional": (
        "s:string:optional", "t:text:optional", "i:int:optional", "b:bigint:optional",
        "f:float:optional", "d:decimal:optional", "flag:bool:optional", "day:date:optional",
        "moment:datetime:optional", "u:uuid:optional:unique", "mail:email:optional",
        "site:url:optional", "doc:json:optional", "level:enum=low,high:optional",
        "team:ref=teams:optional",
    ),
    "defaults": (
        "s:string:default=x\"y", "t:text:default=long", "i:int:default=7", "b:bigint:default=8",
        "f:float:default=1.5", "d:decimal:default=2.50", "flag:bool:default=true",
        "day:date:default=2024-02-29", "moment:datetime:default=2024-02-29T12:30:00Z",
        "u:uuid:default=11111111-1111-4111-8111-111111111111", "mail:email:default=a@example.com",
        "site:url:default=https://example.com/", "doc:json:default={\"a\":[1]}",
        "level:enum=low,very high:default=very high", "opt:int:optional:default=3",
        "optday:date:optional:default=2024-01-01", "ro:string:readonly:default=fixed",
        "optlevel:enum=one,two:optional:default=two", "optdoc:json:optional:default=[]",
    ),
    "odd": (
        "order:string", "group:int", "type:string:optional", "key:string:unique", "limit:int",
        "sort:string", "http_url:url",
        "a_very_long_name_that_goes_on_and_on_and_never_stops:string:min=2:max=300",
        "url:url:optional", "user_id:int", "name:string", "sku_vat_id:string:unique",
        "line_2:string:optional", "api_key:string:secret",
    ),
}  # fmt: skip
PACKAGES = {
    "model": ("internal/models", "models"),
    "schema": ("internal/handlers", "handlers"),
    "repository": ("internal/repository", "repository"),
    "service": ("internal/services", "services"),
    "routes": ("internal/handlers", "handlers"),
}


@dataclass(frozen=True)
class Shape:
    """One project and one request."""

    name: str = "default"
    form: str = "class"
    layers: tuple[str, ...] = ()
    owner: bool = False
    home: str = ""
    """The file that holds everything, or ``""``."""
    fields: str = "usual"
    deviating: bool = False
    response: bool = False
    dto: bool = False
    """Requests and responses live in a package of their own."""
    translates: bool = True
    swag: bool = False
    id: str = "uint"
    database: str = "sqlite"
    resource: str = "users"
    ops: tuple[str, ...] = tuple(OPS)
    interface: bool = False
    siblings: bool = False
    """The project answers for errors, and has errors of its own."""
    register: bool = False
    migration: bool = False
    handlers_exported: bool = True
    test: str = ""
    embedded: bool = False
    """Models embed a base with soft deletion, answers go through a response package."""

    def __str__(self) -> str:
        return self.name

    @property
    def singular(self) -> Case:
        return Case(names.singular(self.resource), GO.initialisms)

    @property
    def plural(self) -> Case:
        return Case(names.snake(self.resource), GO.initialisms)

    @property
    def base(self) -> str:
        return f"/api/v1/{self.plural.kebab}"

    @property
    def wire(self) -> str:
        return "camel" if self.deviating else "snake"


def context(shape: Shape) -> dict[str, Any]:
    """Return the variables of the templates."""
    roles = _roles(shape)
    teams = TargetView(
        name=Case("team"), model="Team", table="teams", pk_type="int", pk_column="id",
        module=roles["model"].module, pk_annotation="uint",
    )  # fmt: skip
    specs = parse_all(FIELDS[shape.fields])
    targets = {spec.name: teams for spec in specs if spec.type == "ref"}
    return {
        "resource": ResourceView(shape.singular, shape.plural),
        "fields": views(specs, shape.singular, shape.wire, GO, targets),
        "ops": _operations(shape),
        "roles": Roles({name: roles.get(name) for name in (
            "database", "auth", "model", "schema", "repository", "service", "routes", "migration", "test",
        )}),
        "conv": conventions(shape, roles),
        "project": ProjectView((1, 26), {}, MODULE, shape.database, frozenset(), "shop"),
        "migration": _chain(shape),
        "router": None,
        "group": "group",
        "handlers": {op: f"h.{op}" for op in OPS},
    }  # fmt: skip


def _operations(shape: Shape) -> Operations:
    made: dict[str, OperationView] = {}
    for name in shape.ops:
        method, end = OPS[name]
        if shape.deviating and name == "update":
            method = "PATCH"
        full = shape.base + end.replace(":id", "{id}")
        made[name] = OperationView(
            name=name,
            method=method,
            path=f"/{shape.plural.kebab}{end}",
            full_path=full,
            status=_status(shape, name),
            summary=f"{name.capitalize()} {shape.singular.a}",
            auth=shape.owner,
        )
    return Operations(**made)


def _chain(shape: Shape) -> Chain | None:
    if not shape.migration:
        return None
    stem = f"migrations/000002_create_{shape.plural.snake}"
    return Chain("migrations", "2", "1", f"{stem}.up.sql", f"{stem}.down.sql", "", None)


def _status(shape: Shape, name: str) -> int:
    if shape.deviating or (shape.embedded and name == "delete"):
        return 200
    return {"create": 201, "delete": 204}.get(name, 200)


def _roles(shape: Shape) -> dict[str, RoleView]:
    one, many = shape.singular.pascal, shape.plural.pascal
    symbols: dict[str, dict[str, str]] = {
        "model": {"model": one, "table": shape.plural.snake},
        "schema": {
            "create": f"Create{one}Request", "update": f"Update{one}Request",
            "query": f"List{many}Query", "read": f"{one}Response",
        },
        "repository": _layer(one, "Repository", shape.interface),
        "service": _layer(one, "Service", False),
        "routes": _handlers(shape, one, many),
    }  # fmt: skip
    made = {}
    for name in ("model", "schema", *shape.layers, "routes"):
        folder, package = PACKAGES[name]
        if shape.dto and name == "schema":
            folder, package = "internal/dto", "dto"
        path = f"{folder}/{shape.singular.snake}.go"
        module = f"{MODULE}/{folder}"
        if shape.home:
            path, package, module = shape.home, "main", MODULE
        made[name] = RoleView(
            name=name, path=path, module=module, package=package, form=shape.form,
            symbols=Symbols(symbols[name]), shared=bool(shape.home),
        )  # fmt: skip
    support = shape.home or "internal/handlers/request.go"
    made["routes"] = replace(
        made["routes"],
        support=support,
        hasher=shape.home or "internal/handlers/secret.go",
        prefix=f"/{shape.plural.kebab}",
    )
    if shape.migration:
        made["migration"] = RoleView(name="migration", path="migrations", module="")
    if shape.test:
        folder = "" if shape.home else "internal/handlers/"
        made["test"] = RoleView(
            name="test", path=f"{folder}{shape.singular.snake}_test.go",
            module=made["routes"].module, package=made["routes"].package,
        )  # fmt: skip
    return made


def _layer(one: str, ending: str, interface: bool) -> dict[str, str]:
    found = {
        "type": f"{one}{ending}", "new": f"New{one}{ending}", "filter": f"{one}Filter",
        "create": "Create", "list": "List", "get": "Get", "update": "Update", "delete": "Delete",
    }  # fmt: skip
    if interface:
        found |= {"interface": f"{one}{ending}", "type": one[:1].lower() + one[1:] + ending}
    return found


def _handlers(shape: Shape, one: str, many: str) -> dict[str, str]:
    if shape.form == "class":
        found = {op: op.capitalize() for op in OPS} | {
            "type": f"{one}Handler",
            "new": f"New{one}Handler",
        }
    else:
        found = {op: f"{op.capitalize()}{many if op == 'list' else one}" for op in OPS}
        if shape.home:
            found = {op: name[:1].lower() + name[1:] for op, name in found.items()}
    if shape.register:
        found["register"] = f"Register{one}Routes"
    return found


def conventions(shape: Shape, roles: Mapping[str, RoleView]) -> Conventions:
    """Return what the siblings of such a project teach."""
    package = "" if shape.home else "services."
    return Conventions(
        id=_id(shape),
        timestamps=_timestamps(shape),
        owner=_owner(shape) if shape.owner else None,
        session=SessionStyle(
            name="db", field="db", translates=shape.translates,
            rounds=shape.database != "postgresql",
            param=None if shape.home else Snippet("database.DB", (_need("internal/database"),)),
        ),
        model=_model(shape),
        schema=SchemaStyle(response=shape.response),
        list=_list(shape),
        item=ItemStyle("data" if shape.deviating or shape.embedded else ""),
        delete=DeleteStyle(
            status=_status(shape, "delete"),
            body=Snippet('gin.H{"deleted": {id}}') if shape.deviating else None,
        ),
        errors=_errors(shape, package),
        respond=_respond(shape),
        docs=DocStyle(
            comments=shape.swag,
            comment_security=Snippet("@Security	BearerAuth") if shape.swag else None,
        ),
        test=TestStyle(identify=Snippet('c.Set("user", uint({user}))')),
    )  # fmt: skip


def _need(folder: str) -> ImportNeed:
    return ImportNeed(f"{MODULE}/{folder}")


def _id(shape: Shape) -> IdStyle:
    kind = {"uuid.UUID": "uuid", "string": "string"}.get(shape.id, "int")
    wire = "entryId" if shape.deviating else "ID" if shape.embedded else "id"
    needs = (ImportNeed("github.com/google/uuid"),) if kind == "uuid" else ()
    return IdStyle(
        type=kind, name="id", symbol="ID", wire=wire,
        param="id", annotation=Snippet(shape.id, needs), generated=kind != "int",
    )  # fmt: skip


def _model(shape: Shape) -> ModelStyle:
    if not shape.embedded:
        return ModelStyle(explicit_table=False)
    return ModelStyle(
        base=Snippet("gorm.Model", (ImportNeed("gorm.io/gorm"),)),
        explicit_table=False,
        soft_delete=True,
    )


def _respond(shape: Shape) -> RespondStyle:
    if not shape.embedded:
        return RespondStyle()
    needs = (_need("internal/response"),)
    return RespondStyle(
        ok=Snippet("response.OK(c, {body})", needs),
        created=Snippet("response.With(c, {status}, {body})", needs),
        listed=Snippet(
            "response.List(c, {items}, "
            "response.Meta{Total: {total}, Offset: {offset}, Limit: {limit}})",
            needs,
        ),
        deleted=Snippet('response.OK(c, gin.H{"id": {id}, "deleted": true})', needs),
    )


def _timestamps(shape: Shape) -> TimestampStyle:
    if shape.embedded:
        return TimestampStyle(
            created="created_at", updated="updated_at", mixin=True,
            created_wire="CreatedAt", updated_wire="UpdatedAt",
        )  # fmt: skip
    if not shape.deviating:
        return TimestampStyle()
    needs = (ImportNeed("time"),)
    lines = (
        'InsertedAt time.Time `gorm:"autoCreateTime" json:"insertedAt"`',
        'ChangedAt time.Time `gorm:"autoUpdateTime" json:"changedAt"`',
    )
    return TimestampStyle(
        created="inserted_at", updated="changed_at",
        declarations=tuple(Snippet(line, needs) for line in lines),
        created_symbol="InsertedAt", updated_symbol="ChangedAt",
        created_wire="insertedAt", updated_wire="changedAt",
    )  # fmt: skip


def _owner(shape: Shape) -> OwnerStyle:
    own = "userID(c)" if shape.home else "middleware.UserID(c)"
    return OwnerStyle(
        field="owner_id", user_id=own, symbol="OwnerID", id_type="int",
        annotation=Snippet("uint", () if shape.home else (_need("internal/middleware"),)),
        declaration=Snippet('OwnerID uint `gorm:"not null;index" json:"-"`'),
        readable=False,
    )  # fmt: skip


def _list(shape: Shape) -> ListStyle:
    if shape.embedded:
        return ListStyle(
            style="offset", embed=Snippet("Window"),
            envelope=EnvelopeStyle(
                items="data", total="meta.total", page="", limit="meta.limit", pages="",
                offset="meta.offset",
            ),
        )  # fmt: skip
    if not shape.deviating:
        return ListStyle()
    return ListStyle(
        style="offset", offset="skip", limit="take", search="q", sort="orderBy",
        default_limit=10, max_limit=50,
        envelope=EnvelopeStyle(
            items="data", total="meta.count", page="", limit="meta.take", pages="", offset="",
        ),
    )  # fmt: skip


def _errors(shape: Shape, package: str) -> ErrorStyle:
    if shape.embedded:
        needs = (_need("internal/response"),)
        return ErrorStyle(
            answer=Snippet("response.Error(c, {})", needs), answers=frozenset({"missing", "taken"}),
            invalid=Snippet("response.InvalidFields(c, {})", needs), validation=422,
            bad_request=Snippet(
                'response.Fail(c, http.StatusUnprocessableEntity, "MALFORMED", {})', needs
            ),
            conflict=Snippet('response.Fail(c, http.StatusConflict, "CONFLICT", {})', needs),
        )  # fmt: skip
    if not shape.siblings:
        return ErrorStyle(validation=422 if shape.deviating else 400)
    if not shape.layers:
        return ErrorStyle(
            answer=Snippet("fail(c, {})"), answers=frozenset({"missing", "taken"}),
            bad_request=Snippet('c.JSON(http.StatusBadRequest, gin.H{"error": {}})'),
        )  # fmt: skip
    return ErrorStyle(
        missing=Snippet("ErrNotFound"),
        taken=Snippet("ErrConflict"),
        in_use=Snippet("ErrInUse"),
    )


__all__ = ["FIELDS", "MODULE", "Shape", "context"]
