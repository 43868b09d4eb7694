"""What the new tests need of the project: its application, its session, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from apimod import names
from apimod.conventions.testing import application
from apimod.languages.buffer import ImportNeed
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.placing import Placing


def with_tests(builder: Builder, placing: Placing, taught: Any) -> Any:
    """Add what a test that makes its own client needs; drop the tests that could not sign in."""
    style = taught.test
    if placing.roles.get("auth") is not None:
        placing.roles["test"] = None
        builder.notes.append("no tests: they would need credentials, which only you can give")
        return taught
    guarded = taught.auth is not None
    if guarded and not style.headers and not style.client:
        placing.roles["test"] = None
        builder.notes.append("no tests: nothing in the project's tests shows how they sign in")
        return taught
    if style.client:
        return taught
    app = application(builder.study)
    if app is None and placing.roles.get("test") is not None:
        placing.roles["test"] = None
        builder.notes.append("no tests: nothing shows how a test reaches the application")
    return replace(
        taught,
        test=replace(
            style,
            app=app,
            provider=_provider(builder, placing),
            metadata=_metadata(placing, taught),
        ),
    )


def with_set_up(builder: Builder, placing: Placing, taught: Any) -> Any:
    """Keep the project's own set-up where it gives all that the tests need; else drop it."""
    style, test = taught.test, placing.roles.get("test")
    refs = any(f.type == "ref" for f in builder.request.resource.fields)
    if style.setup is not None and refs:
        given = style.database
        text = f"{style.setup.text}\n\tdb := {given}"
        kept = Snippet(text, style.setup.imports) if given is not None else None
        style = replace(style, setup=kept, sign=style.sign if kept is not None else None)
    if refs and test is not None and _needs_more(builder):
        placing.roles["test"] = None
        builder.notes.append("no tests: what the new resource refers to refers to others itself")
    routes = placing.routes
    made = taught.session.takes is None and not routes.joins
    if style.setup is None and not made and test is not None:
        placing.roles["test"] = None
        builder.notes.append("no tests: nothing in the project's tests shows how they are set up")
    if style.setup is None and taught.owner is not None and test is not None:
        placing.roles["test"] = None
        builder.notes.append("no tests: nothing in the project's tests shows how they sign in")
    if style.setup is not None and test is not None and builder.lesson.set_up is not None:
        from apimod.planning.structs_places import beside

        placing.roles["test"] = beside(builder, test, builder.lesson.set_up)
    return replace(taught, test=style)


def _needs_more(builder: Builder) -> bool:
    """Whether a row that a ref points at cannot be stored by itself: it has to refer to others."""
    from apimod.conventions.tags import tagged
    from apimod.planning.fields import find_model

    for field in builder.request.resource.fields:
        model = find_model(builder.study, names.singular(field.target)) if field.target else None
        for one in tagged(builder.study, model) if model is not None else ():
            words = names.words(one.name)
            if len(words) > 1 and words[-1] == "id" and not one.type.startswith("*"):
                return True
    return False


def _provider(builder: Builder, placing: Placing) -> Snippet | None:
    database = placing.roles.get("database")
    if database is not None and "provider" in database.symbols:
        name = database.symbols["provider"]
        return Snippet(name, (ImportNeed(database.module, name),))
    for params in builder.lesson.parameters.values():
        for param in params:
            if param.role == "session" and param.provider is not None:
                source = param.provider.source
                name = builder.study.language.function_name(source, param.provider.node) or ""
                return Snippet(name, (ImportNeed(builder.study.module(source), name),))
    return None


def _metadata(placing: Placing, taught: Any) -> Snippet | None:
    database = placing.roles.get("database")
    if database is not None and "base" in database.symbols:
        name = database.symbols["base"]
        return Snippet(f"{name}.metadata", (ImportNeed(database.module, name),))
    base = taught.model.base
    if base is None:
        return None
    last = base.text.split(",")[-1].strip()
    needs = tuple(n for n in base.imports if (n.alias or n.name) == last)
    return Snippet(f"{last}.metadata", needs)
