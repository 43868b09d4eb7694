"""What varies between the projects that the templates are rendered for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from apimod.fields import parse_all
from apimod.model import Field

Layers = Literal["inline", "service", "repository", "both"]
Form = Literal["functions", "class"]
Owner = Literal["", "own", "override", "forbidden"]

EVERY = (
    "email:email:unique",
    "name:string:min=2:max=80",
    "nickname:string:optional:index",
    "bio:text:optional",
    "age:int:optional:min=0:max=150",
    "visits:bigint:default=0",
    "rating:float:optional:max=5",
    "price:decimal:min=0.01",
    "is_active:bool:default=true",
    "born:date:optional",
    "seen_at:datetime:optional",
    "token:uuid:optional:unique",
    "home_page:url:optional",
    "details:json:optional",
    "role:enum=user,admin:default=user",
    "kind:enum=a-b,2nd",
    "team:ref=teams",
    "mentor:ref=teams:optional",
    "password:string:secret:min=8",
    "pin:string:secret:optional",
    "score:int:readonly:default=0",
    "note:string:readonly",
)
PLAIN = ("name:string",)
ODD = ("date:date", "datetime:datetime:optional", "page:int", "metadata:json", "class:string:optional",
       "limit:bigint:unique:min=1", "id_code:string:max=12:unique:index")  # fmt: skip


@dataclass(frozen=True)
class Scenario:
    """One project: its layers, its style, and what is asked for."""

    name: str
    resource: str = "user"
    plural: str = "users"
    fields: tuple[str, ...] = EVERY
    layers: Layers = "inline"
    form: Form = "class"
    raises: Literal["handler", "store"] = "handler"
    orm: Literal["sqlalchemy", "sqlmodel"] = "sqlalchemy"
    asynchronous: bool = False
    owner: Owner = ""
    deviating: bool = False
    one_file: bool = False
    key: Literal["int", "uuid", "string"] = "int"
    commit: bool = True
    docstrings: bool = False
    dataclass_models: bool = False
    only: tuple[str, ...] = ("create", "list", "get", "update", "delete")
    width: int = 88
    owned_refs: bool = False
    """What refs point at belongs to users as well."""
    database: bool = False
    """The project has no database: the one that the codemod makes is used."""

    @property
    def specs(self) -> tuple[Field, ...]:
        """The fields as a request holds them."""
        return parse_all(self.fields)


def matrix() -> list[Scenario]:
    """Return the scenarios that every template change is tried on."""
    base = [
        Scenario("inline-sync"),
        Scenario("inline-async-owner", asynchronous=True, owner="own", docstrings=True),
        Scenario("inline-override", owner="override", width=100, key="uuid"),
        Scenario("inline-forbidden", owner="forbidden", asynchronous=True, fields=PLAIN),
        Scenario("inline-odd", "class", "classes", ODD, key="string"),
        Scenario("inline-plain", "customer_invoice_line_item", "customer_invoice_line_items", PLAIN),
        Scenario("inline-long", "customer_invoice_line_item", "customer_invoice_line_items", owner="override"),
        Scenario("inline-deviating", deviating=True, asynchronous=True),
        Scenario("inline-flush", commit=False, asynchronous=True),
        Scenario("inline-create-only", only=("create",)),
        Scenario("inline-list-only", only=("list",)),
        Scenario("inline-no-update", only=("create", "get", "delete")),
        Scenario("inline-dataclass", dataclass_models=True, owner="own"),
        Scenario("one-file", one_file=True),
        Scenario("one-file-async-owner", one_file=True, asynchronous=True, owner="own", deviating=True),
        Scenario("service-functions", layers="service", form="functions", raises="store"),
        Scenario("service-class-handler", layers="service", raises="handler", asynchronous=True, owner="forbidden"),
        Scenario("service-functions-handler", layers="service", form="functions", owner="own"),
        Scenario("repository-class", layers="repository", raises="store", asynchronous=True, owner="override"),
        Scenario("repository-functions", layers="repository", form="functions", raises="handler"),
        Scenario("both-async-owner", layers="both", raises="store", asynchronous=True, owner="own", width=100),
        Scenario("both-sync", layers="both", raises="store"),
        Scenario("both-forbidden", layers="both", raises="store", owner="forbidden", deviating=True),
        Scenario("both-override-flush", layers="both", raises="store", owner="override", commit=False, asynchronous=True),
        Scenario("inline-owned-refs", owner="override", owned_refs=True),
        Scenario("both-owned-refs", layers="both", raises="store", owner="own", owned_refs=True, asynchronous=True),
        Scenario("service-owned-refs", layers="service", owner="override", owned_refs=True, asynchronous=True),
        Scenario("database", database=True),
        Scenario("database-one-file", database=True, one_file=True, fields=PLAIN),
    ]  # fmt: skip
    shared = {"inline-sync", "inline-async-owner", "inline-odd", "inline-deviating", "one-file",
              "service-functions", "both-async-owner", "inline-override", "repository-functions",
              "inline-long", "inline-plain", "inline-owned-refs", "both-owned-refs"}  # fmt: skip
    models = [
        replace(s, name=f"sqlmodel-{s.name}", orm="sqlmodel") for s in base if s.name in shared
    ]
    return base + models
