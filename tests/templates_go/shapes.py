"""The shapes that are tried: every form × layers × fields, the other traits spread over them."""

from __future__ import annotations

from itertools import product

from templates_go.contexts import FIELDS, Shape

_FORMS = ("class", "closures", "functions")
_LAYERS: tuple[tuple[str, ...], ...] = (
    (),
    ("service",),
    ("repository",),
    ("repository", "service"),
)
_IDS = ("uint", "uuid.UUID", "string", "int64")
_RESOURCES = ("users", "order-items", "types", "api-keys")
_MIGRATED = (
    ("usual", "uint", "postgresql", True),
    ("typed", "uuid.UUID", "postgresql", False),
    ("required", "int64", "sqlite", True),
    ("optional", "string", "sqlite", False),
    ("odd", "uuid.UUID", "sqlite", True),
)
_EMBEDDED: tuple[tuple[str, tuple[str, ...], str, bool, bool], ...] = (
    ("class", (), "usual", False, True),
    ("class", ("service",), "typed", True, True),
    ("closures", (), "optional", False, False),
    ("functions", (), "odd", True, True),
)


def every() -> list[Shape]:
    """Return all shapes."""
    spread = [
        (form, layers, fields)
        for form, layers, fields in product(_FORMS, _LAYERS, FIELDS)
        if form != "functions" or not layers
    ]
    shapes = [_spread(number, *of) for number, of in enumerate(spread, 1)]
    return [*shapes, *_migrated(), *_embedded(), *_partial()]


def some() -> list[Shape]:
    """Return a few that have every trait among them."""
    return [shape for number, shape in enumerate(every()) if number % 7 in (0, 3) or number > 62]


def _spread(number: int, form: str, layers: tuple[str, ...], fields: str) -> Shape:
    return Shape(
        name=f"{number}-{form}-{'-'.join(layers) or 'inline'}-{fields}",
        form=form,
        layers=layers,
        fields=fields,
        owner=number % 2 == 1,
        deviating=number % 3 == 0,
        home="users.go" if number % 4 == 0 else "",
        response=number % 5 == 0,
        dto=number % 4 == 2,
        translates=number % 3 != 0,
        swag=number % 6 == 1,
        id=_IDS[number % 4],
        interface=number % 2 == 1,
        siblings=number % 3 == 1,
        register=number % 5 == 1,
        database=("sqlite", "postgresql")[number % 2],
        resource=_RESOURCES[number % 4],
        test=("go-testing", "testify")[number % 2],
    )


def _migrated() -> list[Shape]:
    return [
        Shape(
            name=f"migrated-{fields}", form="closures", layers=("service",), fields=fields,
            owner=owner, swag=True, id=id, siblings=True, register=True, database=database,
            resource="order-items", migration=True, test="testify",
        )
        for fields, id, database, owner in _MIGRATED
    ]  # fmt: skip


def _embedded() -> list[Shape]:
    return [
        Shape(
            name=f"embedded-{form}-{fields}", form=form, layers=layers, fields=fields, owner=owner,
            translates=translates, embedded=True, test="go-testing",
        )
        for form, layers, fields, owner, translates in _EMBEDDED
    ]  # fmt: skip


def _partial() -> list[Shape]:
    asked = (("create", "list"), ("list",), ("get", "delete"), ("create", "update"))
    return [
        Shape(name=f"only-{'-'.join(ops)}", ops=ops, layers=layers, fields="usual",
              test="go-testing")
        for ops, layers in product(asked, ((), ("service",)))
    ]  # fmt: skip
