"""Contexts as the engine would make them for a scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apimod import names
from apimod.conventions.model import (
    AuthStyle,
    Conventions,
    DeleteStyle,
    EnvelopeStyle,
    ErrorStyle,
    IdStyle,
    ItemStyle,
    ListStyle,
    ModelStyle,
    OwnerStyle,
    SchemaStyle,
    SessionStyle,
    TestStyle,
)
from apimod.languages.identifiers import PYTHON
from apimod.planning.fields import views
from apimod.planning.routers import RouterView
from apimod.views import (
    Case,
    ImportNeed,
    Operations,
    OperationView,
    ResourceView,
    RoleView,
    Snippet,
    Symbols,
    TargetView,
)
from templates_python.scenario import Scenario

STATUSES = {"create": 201, "list": 200, "get": 200, "update": 200, "delete": 204}
ERRORS = {"create": (409,), "get": (404,), "update": (404, 409), "delete": (404, 409)}
METHODS = {"create": "POST", "list": "GET", "get": "GET", "update": "PUT", "delete": "DELETE"}
PYTHON_TYPES = {"int": "int", "uuid": "UUID", "string": "str"}


@dataclass
class Project:
    """What a template may ask of the project."""

    python: tuple[int, ...] = (3, 11)
    versions: dict[str, tuple[int, ...]] = field(default_factory=dict)
    database: str = "sqlite"

    def uses(self, unit: str) -> bool:
        """Tell whether a unit is in use."""
        return unit in self.versions


@dataclass(frozen=True)
class Chain:
    """The place of the migration, as ``apimod.migrations`` gives it."""

    revision: str = "0a1b2c3d4e5f"
    previous: str = ""
    message: str = ""


def need(module: str, name: str) -> ImportNeed:
    """Return the need of one name."""
    return ImportNeed(module, name)


def snippet(text: str, *needs: ImportNeed) -> Snippet:
    """Return a piece of the project's code."""
    return Snippet(text, needs)


def context(scenario: Scenario) -> dict[str, Any]:
    """Return all that a template sees, but ``store``."""
    one, many = Case(scenario.resource), Case(scenario.plural)
    target = TargetView(
        Case("team"), "Team", "teams", "int", "id", "app.models.base",
        sample=snippet("Team(name='a')", need("app.models.base", "Team")),
    )  # fmt: skip
    targets = {spec.name: target for spec in scenario.specs if spec.type == "ref"}
    roles = _roles(scenario, one, many)
    return {
        "resource": ResourceView(one, many),
        "fields": views(
            scenario.specs, one, "camel" if scenario.deviating else "snake", PYTHON, targets
        ),
        "roles": roles,
        "conv": conventions(scenario, one),
        "ops": Operations(**{op: _operation(scenario, op, one, many) for op in scenario.only}),
        "project": Project(),
        "migration": Chain(message=f"create {many.words}"),
        "router": RouterView(
            "app" if scenario.one_file else "router",
            None,
            f"/{many.kebab}",
            own=not scenario.one_file,
        ),
    }


def conventions(scenario: Scenario, one: Case) -> Conventions:
    """Return what the siblings of the scenario teach."""
    deviating = scenario.deviating
    message = snippet("Message(message={})", need("app.base", "Message"))
    return Conventions(
        async_=scenario.asynchronous,
        id=IdStyle(type=scenario.key, param=f"{one.snake}_id"),
        owner=_owner(scenario),
        session=SessionStyle(commit=scenario.commit),
        model=ModelStyle(
            base=None if scenario.database else _base(scenario),
            dataclass=scenario.dataclass_models,
            datetime=snippet("UTCDateTime", need("app.database", "UTCDateTime")),
        ),
        schema=SchemaStyle(
            base=snippet("WireModel", need("app.base", "WireModel")) if deviating else None,
            read_base=snippet("WireModel", need("app.base", "WireModel")) if deviating else None,
            camel=deviating,
            own_alias=deviating,
        ),
        list=_list(scenario),
        item=ItemStyle("data" if deviating else ""),
        delete=DeleteStyle(200, message, snippet("Message", need("app.base", "Message")))
        if deviating
        else DeleteStyle(),
        errors=_errors(scenario),
        auth=AuthStyle("current_user", "api-key") if scenario.owner else None,
        test=_test(scenario),
        docs=Conventions().docs.__class__(docstrings=scenario.docstrings),
    )


def own_client(scenario: Scenario) -> bool:
    """Tell whether the tests make their own client, since the project's have none."""
    return not (scenario.asynchronous or scenario.owner or scenario.deviating)


def _test(scenario: Scenario) -> TestStyle:
    if own_client(scenario):
        database = "app.database"
        metadata = "SQLModel" if scenario.orm == "sqlmodel" else "Base"
        module = "app.database" if scenario.database else "app.base"
        module = "sqlmodel" if metadata == "SQLModel" else module
        return TestStyle(
            app=snippet("app", need("app.main", "app")),
            provider=snippet("get_session", need(database, "get_session")),
            metadata=snippet(f"{metadata}.metadata", need(module, metadata)),
        )
    waits = scenario.asynchronous
    client = need("httpx", "AsyncClient") if waits else need("fastapi.testclient", "TestClient")
    return TestStyle(
        client="client",
        client_type=snippet(client.name or "", client),
        asynchronous=waits,
        marker=snippet("pytestmark = pytest.mark.anyio", ImportNeed("pytest")) if waits else None,
        headers="first" if scenario.owner else "",
        other_headers="second" if scenario.owner else "",
        headers_type=snippet("Headers", need("tests.conftest", "Headers"))
        if scenario.owner
        else None,
        session="rows",
    )


def _base(scenario: Scenario) -> Snippet:
    if scenario.orm == "sqlmodel":
        return snippet("SQLModel", need("sqlmodel", "SQLModel"))
    return snippet("Base", need("app.base", "Base"))


def _list(scenario: Scenario) -> ListStyle:
    if not scenario.deviating:
        return ListStyle()
    envelope = EnvelopeStyle("data", "meta.count", "", "meta.limit", "", "meta.skip")
    return ListStyle(
        "offset", offset="skip", search="q", sort="order_by", default_limit=10, max_limit=50,
        envelope=envelope,
    )  # fmt: skip


def _owner(scenario: Scenario) -> OwnerStyle | None:
    if not scenario.owner:
        return None
    return OwnerStyle(
        field="owner_id",
        user_id="current_user.id",
        override="current_user.is_admin" if scenario.owner == "override" else "",
        denied=403 if scenario.owner == "forbidden" else 404,
        reference="accounts.id",
    )


def _errors(scenario: Scenario) -> ErrorStyle:
    if scenario.raises == "handler":
        return ErrorStyle()
    classes = {
        "not_found": "NotFound",
        "conflict": "Taken",
        "invalid": "Invalid",
        "forbidden": "Denied",
    }
    made: dict[str, Any] = {
        kind: snippet(f"raise {name}({{}})", need("app.errors", name))
        for kind, name in classes.items()
    }
    return ErrorStyle(where="store", **made)


def _operation(scenario: Scenario, op: str, one: Case, many: Case) -> OperationView:
    status = 200 if scenario.deviating and op in ("create", "delete") else STATUSES[op]
    item = "" if op in ("create", "list") else f"/{{{one.snake}_id}}"
    method = "PATCH" if scenario.deviating and op == "update" else METHODS[op]
    path = f"/{many.kebab}{item}"
    words = f"{op.capitalize()} {many.words if op == 'list' else one.a}"
    return OperationView(
        op, method, path if scenario.one_file else item, path, status, words,
        tuple(_params(scenario, one)), (), bool(scenario.owner), ERRORS.get(op, ()),
    )  # fmt: skip


def _params(scenario: Scenario, one: Case) -> list[Snippet]:
    out = []
    handled_by_class = scenario.layers != "inline" and scenario.form == "class"
    if handled_by_class:
        role = "repository" if scenario.layers == "repository" else "service"
        ending = role.capitalize()
        alias = f"{one.pascal}{ending}Dep"
        out.append(snippet(f"{role}: {alias}", need("app.deps", alias)))
    else:
        out.append(snippet("session: SessionDep", need("app.database", "SessionDep")))
    if scenario.owner:
        out.append(snippet("current_user: CurrentUser", need("app.auth", "CurrentUser")))
    return out


class Roles(dict[str, Any]):
    """The roles by attribute."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


def _roles(scenario: Scenario, one: Case, many: Case) -> Roles:
    layers = {
        "inline": (),
        "service": ("service",),
        "repository": ("repository",),
        "both": ("service", "repository"),
    }[scenario.layers]
    wanted = ["model", "schema", *layers, "routes", "migration", "test"]
    out = Roles()
    out |= dict.fromkeys(
        (
            "database",
            "model",
            "schema",
            "repository",
            "service",
            "routes",
            "migration",
            "test",
            "auth",
        )
    )
    if scenario.database:
        wanted.append("database")
    for role in wanted:
        out[role] = _role(scenario, role, one, many)
    return out


def _role(scenario: Scenario, role: str, one: Case, many: Case) -> RoleView:
    folder = {
        "model": "models", "schema": "schemas", "service": "services", "repository": "repositories",
        "routes": "routes",
    }.get(role, "")  # fmt: skip
    path = f"app/{folder}/{many.snake}.py"
    if scenario.one_file and folder:
        path = "app/main.py"
    path = {
        "database": "app/database.py",
        "test": f"tests/test_{many.snake}.py",
        "migration": f"migrations/versions/0a1b2c3d4e5f_create_{many.snake}.py",
    }.get(role, path)
    module = path.removesuffix(".py").replace("/", ".")
    form = scenario.form if role in ("service", "repository") else "functions"
    return RoleView(
        name=role,
        path=path,
        module=module,
        shared=scenario.one_file and bool(folder),
        form=form,
        symbols=Symbols(_symbols(scenario, role, one, many)),
        qualifier=_qualifier(role, form, module),
    )


def _qualifier(role: str, form: str, module: str) -> Snippet | None:
    if role not in ("service", "repository"):
        return None
    if form == "class":
        return snippet(role)
    parent, _, last = module.rpartition(".")
    return Snippet(f"{last}_{role}", (ImportNeed(parent, last, f"{last}_{role}"),))


def _symbols(scenario: Scenario, role: str, one: Case, many: Case) -> dict[str, str]:
    if role == "model":
        enums = {
            f"enum_{f.name}": one.pascal + names.pascal(f.name)
            for f in scenario.specs
            if f.type == "enum"
        }
        return {"model": one.pascal, "table": many.snake, **enums}
    if role == "schema":
        pascal = one.pascal
        return {
            "base": f"{pascal}Base", "create": f"{pascal}Create", "update": f"{pascal}Update",
            "read": f"{pascal}Read", "list": f"{pascal}Page", "query": f"{pascal}Query",
            "item": f"{pascal}Envelope",
        }  # fmt: skip
    if role in ("service", "repository"):
        verbs = ("create", "list", "get", "update", "delete")
        if scenario.form == "class":
            return {"type": one.pascal + role.capitalize(), "new": "", **{v: v for v in verbs}}
        return {"type": "", "new": "", **{v: f"{v}_{many if v == 'list' else one}" for v in verbs}}
    if role == "routes":
        verbs = ("create", "list", "get", "update", "delete")
        return {
            "router": "app" if scenario.one_file else "router",
            **{v: f"{v}_{many if v == 'list' else one}" for v in verbs},
        }
    if role == "database":
        return {
            "base": "Base", "engine": "engine", "session": "SessionDep", "provider": "get_session",
            "datetime": "UTCDateTime", "lifespan": "create_tables",
        }  # fmt: skip
    return {}
