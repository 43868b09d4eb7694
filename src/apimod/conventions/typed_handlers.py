"""Handlers that are functions of typed parameters, of which the framework makes each by its type.

``[conventions]`` of the framework's unit lists the types by what they bring: ``path``, ``query``,
``body``, ``state``, ``context``; the units for data list the types of a ``session``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.conventions.handlers import Parameter
from apimod.values import At, ClassValue, FunctionValue

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.languages.forms import Param
    from apimod.routes import Served

EXTRACTED = ("path", "query", "body", "context")
MOST = 50
CALLS = ("call_expression", "await_expression", "try_expression")


class Given(Struct, frozen=True, eq=False):
    """A handler's parameter: the type inside of its extractor, and the classes that may be."""

    parameter: Parameter
    inner: At | None
    classes: tuple[At, ...]

    @property
    def role(self) -> str:
        """The role that it plays."""
        return self.parameter.role

    @property
    def name(self) -> str:
        """Its name."""
        return self.parameter.name


class Handler(Struct, frozen=True, eq=False):
    """A handler: the endpoint, its function, what it is given."""

    served: Served
    at: At
    given: tuple[Given, ...]

    def of(self, role: str) -> Given | None:
        """Return its first parameter of a role."""
        return next((g for g in self.given if g.role == role), None)


class Handlers(Struct, dict=True):
    """A sibling's handlers by operation."""

    by_op: dict[str, Handler] = field(default_factory=dict)

    @property
    def all(self) -> list[Handler]:
        """All of them, in the order of the operations."""
        return list(self.by_op.values())

    def first(self, role: str) -> Given | None:
        """Return the first parameter of a role that any of them has."""
        return next((g for h in self.all if (g := h.of(role)) is not None), None)


def handlers(study: Study, sibling: Sibling) -> Handlers:
    """Return the handlers of a sibling that are known."""
    out = Handlers()
    for op, served in sibling.operations.items():
        at = function_of(study, served)
        if at is not None:
            out.by_op[op] = Handler(served, at, tuple(_given(study, served, at)))
    return out


def every_handler(study: Study) -> Handlers:
    """Return the handlers of all that the project serves, up to a bound."""
    out = Handlers()
    for index, served in enumerate(study.graph.served[:MOST]):
        at = function_of(study, served)
        if at is not None:
            out.by_op[str(index)] = Handler(served, at, tuple(_given(study, served, at)))
    return out


def function_of(study: Study, served: Served) -> At | None:
    """Return the function that answers an endpoint."""
    found = served.handler
    if found is None:
        return None
    values = [] if found.node.type.startswith("function") else study.ev.evaluate(found)
    return next((v.at for v in values if isinstance(v, FunctionValue)), found)


def _given(study: Study, served: Served, function: At) -> Iterator[Given]:
    for param in study.language.params(function.source, function.node):
        yield given(study, function, param, guarded=served.endpoint.auth is True)


def given(study: Study, function: At, param: Param, *, guarded: bool) -> Given:
    """Return what a parameter is. ``guarded`` says that the endpoint knows who calls."""
    typed = At(function.source, param.type) if param.type is not None else None
    names = study.type_names(typed) if typed is not None else frozenset()
    inner = argument(typed) if typed is not None else None
    wrapped = inner if inner is not None else typed
    classes = tuple(study.classes(wrapped)) if wrapped is not None else ()
    role = _role(study, names, inner, classes, guarded=guarded)
    text = study.snippet(At(function.source, param.node))
    made = Parameter(param.name, role, text, classes, True, None, function.to(param.node), names)
    return Given(made, inner, classes)


def _role(
    study: Study, names: frozenset[str], inner: At | None, classes: tuple[At, ...], *, guarded: bool
) -> str:
    for role in EXTRACTED:
        if names & study.types(role):
            return role
    if names & study.types("session"):
        return "session"
    if names & study.types("state"):
        holds = inner is not None and session_in(study, inner, classes) is not None
        return "session" if holds else "other"
    return "user" if guarded and classes else "other"


def session_in(study: Study, typed: At, classes: tuple[At, ...]) -> str | None:
    """Return the field of a shared state that holds the session; ``""`` where it is the session."""
    kinds = study.types("session")
    if inner_names(study, typed) & kinds:
        return ""
    for cls in classes:
        for node in study.language.declarations(cls.node):
            declared, name = node.child_by_field_name("type"), node.child_by_field_name("name")
            if declared is not None and name is not None:
                if inner_names(study, At(cls.source, declared)) & kinds:
                    return cls.source.text(name)
    return None


def inner_names(study: Study, typed: At) -> frozenset[str]:
    """Return the canonical names of a type, of what stands for it, and of its arguments."""
    out = set(study.type_names(typed))
    for place in study.ev.definition(typed):
        out |= study.type_names(place)
    return frozenset(out)


def argument(typed: At) -> At | None:
    """Return the first argument of a generic type."""
    node: Node | None = typed.node
    while node is not None and node.type in ("reference_type", "pointer_type"):
        node = node.child_by_field_name("type")
    arguments = node.child_by_field_name("type_arguments") if node is not None else None
    types = [c for c in arguments.named_children if c.type != "lifetime"] if arguments else []
    return typed.to(types[0]) if types else None


def calls(study: Study, function: At) -> Iterator[tuple[At, At]]:
    """Yield the project's functions that a function calls, each with the call."""
    for node in study.language.subtree(function.node):
        called = node.child_by_field_name("function") if node.type == "call_expression" else None
        if called is None:
            continue
        for value in study.ev.evaluate(function.to(called)):
            if isinstance(value, FunctionValue) and study.inside(value.at.source.path):
                yield function.to(node), value.at


def class_of(study: Study, typed: At | None) -> At | None:
    """Return the project's class that a type stands for."""
    found = study.classes(typed) if typed is not None else []
    return found[0] if found else None


__all__ = ["CALLS", "ClassValue", "Given", "Handler", "Handlers", "argument", "calls", "handlers"]
