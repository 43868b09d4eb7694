"""What a sibling's handler is given: its parameters, and the role that each plays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod.languages.forms import Call
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.languages.forms import Param
    from apimod.routes import Served

CARRIED = ("request", "session", "service", "repository", "user")
"""The roles of parameters that a new handler takes over from its sibling."""


class Parameter(Struct, frozen=True):
    """A handler's parameter.

    ``role`` is one of path, body, query, request, response, session, user, service, repository,
    other. ``classes`` are the project's classes that it may be of; ``injected`` tells that the
    framework makes it by calling ``provider``.
    """

    name: str
    role: str
    text: Snippet
    classes: tuple[At, ...]
    injected: bool
    provider: At | None
    at: At
    names: frozenset[str] = frozenset()
    """The canonical names of its type."""


def parameters(study: Study, served: Served) -> list[Parameter]:
    """Return the parameters of an endpoint's handler; none where it is not known."""
    handler = served.handler
    if handler is None:
        return []
    in_path = frozenset(re.findall(r"\{(\w+)\*?\}", served.endpoint.path))
    return parameters_of(study, handler, in_path)


def parameters_of(
    study: Study, function: At, in_path: frozenset[str] = frozenset()
) -> list[Parameter]:
    """Return the parameters of a function that the framework calls."""
    params = study.language.params(function.source, function.node)
    receiver = study.language.receiver(function.source, function.node)
    return [_parameter(study, function, p, in_path) for p in params if p.name != receiver]


def _parameter(study: Study, handler: At, param: Param, in_path: frozenset[str]) -> Parameter:
    at = At(handler.source, param.node)
    typed = At(handler.source, param.type) if param.type is not None else None
    classes = tuple(study.classes(typed)) if typed else ()
    provider, injected = _provider(study, handler, param)
    role = _role(study, param, typed, classes, provider, injected, in_path)
    names = study.type_names(typed) if typed is not None else frozenset()
    return Parameter(param.name, role, study.snippet(at), classes, injected, provider, at, names)


def _provider(study: Study, handler: At, param: Param) -> tuple[At | None, bool]:
    """Return what makes the parameter, and whether the framework injects it."""
    for places in study.marks(handler, param):
        return (places[0] if places else None), True
    return None, False


def _role(
    study: Study,
    param: Param,
    typed: At | None,
    classes: tuple[At, ...],
    provider: At | None,
    injected: bool,
    in_path: frozenset[str],
) -> str:
    if param.name in in_path:
        return "path"
    names = study.type_names(typed) if typed is not None else frozenset()
    for key, role in (
        ("session_sync", "session"),
        ("session_async", "session"),
        ("request", "request"),
        ("response", "response"),
        ("context", "request"),
    ):
        if names & study.types(key):
            return role
    if any(study.is_model(cls) for cls in classes) and injected:
        return "user"
    if injected and provider is not None and study.authenticates(provider):
        return "user"
    for cls in classes:
        name = study.ev.name_of(cls).rpartition(".")[2]
        layer = study.role_by_words(cls.source.path, name)
        if layer in ("service", "repository"):
            return layer
    if any(study.is_schema(cls) for cls in classes):
        return "query" if injected or _asked_in_url(study, param, typed) else "body"
    return "other" if injected else "query"


def _asked_in_url(study: Study, param: Param, typed: At | None) -> bool:
    """Whether a parameter is marked as part of the URL's query."""
    marks = study.metadata(typed) if typed is not None else []
    if param.default is not None and typed is not None:
        marks.append(typed.to(param.default))
    for mark in marks:
        form = study.ev.form(mark)
        if isinstance(form, Call):
            names = study.ev.canonical(mark.to(form.function))
            if study.types("query") & set(names):
                return True
    return False
