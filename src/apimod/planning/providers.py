"""Providers of the sibling's own: functions that build its service or repository for a handler.

Those in files that all resources share are copied where they stand. One in a file of the sibling's
own has no place to be copied to: the new resource's routes bring theirs along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.conventions.handlers import Parameter, parameters_of
from apimod.planning.operations import renamed
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.placing import Placing
    from apimod.views import RoleView

LAYERS = ("service", "repository")


def own_providers(builder: Builder, placing: Placing) -> list[Snippet]:
    """Return the definitions that the handlers' parameters need, each once, by name."""
    words, study = builder.words, builder.study
    if words is None:
        return []
    made: dict[str, Snippet] = {}
    for given in builder.lesson.parameters.values():
        for param in given:
            role = placing.roles.get(param.role) if param.role in LAYERS else None
            if param.provider is None or role is None or not role.symbols.get("type"):
                continue
            provider = param.provider
            name = study.language.function_name(provider.source, provider.node)
            own = provider.source.path == placing.routes.like
            if name and words.mentions(name) and (own or words.mentions(provider.source.path)):
                text = _definition(builder, param, words.identifier(name), role)
                if text is not None:
                    made.setdefault(name, text)
    return list(made.values())


def _definition(builder: Builder, param: Parameter, name: str, role: RoleView) -> Snippet | None:
    """Return a function that makes the layer's object from a session, as handlers get theirs."""
    assert param.provider is not None
    inner = parameters_of(builder.study, param.provider)
    session = next((p for p in inner if p.role == "session"), None)
    held = session.name if session is not None else builder.lesson.conventions.session.name
    given = session.text if session is not None else builder.lesson.conventions.session.param
    if given is None:
        return None
    made = role.symbols["type"]
    given = renamed(given, builder.words)
    text = f"def {name}({given.text}) -> {made}:\n    return {made}({held})"
    return Snippet(text, (*given.imports, ImportNeed(role.module, made)), given.evidence)


__all__ = ["own_providers"]
