"""How a sibling is built where handlers are functions over a request's context.

Handlers are methods of a type, functions that return one, or plain functions; what they hold, by
its type, leads to the layers below, and from there to the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.values import At, ClassValue, External

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.routes import Served

NAMED = ("function_declaration", "method_declaration")
LAYERS = ("service", "repository")
DEPTH = 3


class Handler(Struct, frozen=True, eq=False):
    """A handler: ``at`` is the function with its name, ``inner`` the one that takes the context."""

    served: Served
    at: At
    inner: At
    context: str
    form: str


class Held(Struct, frozen=True, eq=False):
    """A field or parameter: its type, and the class of the project behind it."""

    name: str
    type: At
    role: str
    cls: At | None = None
    interface: At | None = None


class Layer(Struct, frozen=True, eq=False):
    """A layer below the handlers, and the name by which the one above holds it."""

    role: str
    held: str
    cls: At
    interface: At | None
    inside: tuple[Held, ...]


class Anatomy(Struct, dict=True):
    """The parts of a sibling."""

    form: str = "class"
    handlers: dict[str, Handler] = field(default_factory=dict)
    owner: At | None = None
    held: tuple[Held, ...] = ()
    layers: dict[str, Layer] = field(default_factory=dict)

    @property
    def session(self) -> Held | None:
        """The field or parameter that holds the session, in the layer that stores."""
        holders = [h for layer in reversed(self.layers.values()) for h in layer.inside]
        return next((h for h in (*holders, *self.held) if h.role == "session"), None)

    @property
    def functions(self) -> list[At]:
        """The handlers, and the layers' methods."""
        return [h.at for h in self.handlers.values()]


def anatomy(study: Study, sibling: Sibling, words: Renamer) -> Anatomy:
    """Take a sibling apart."""
    found = {
        op: handler
        for op, served in sibling.operations.items()
        if (handler := handler_of(study, served)) is not None
    }
    forms = [h.form for h in found.values()]
    form = max(dict.fromkeys(forms), key=forms.count, default="inline")
    out = Anatomy(form, {op: h for op, h in found.items() if h.form == form})
    first = next(iter(out.handlers.values()), None)
    if first is None:
        return out
    if form == "class":
        out.owner = owner_of(study, first.at)
        out.held = fields_held(study, out.owner) if out.owner is not None else ()
    elif form == "closures":
        out.held = tuple(_params_held(study, first.at))
    out.layers = _layers(study, out.held, words)
    return out


def handler_of(study: Study, served: Served) -> Handler | None:
    """Return the handler of an endpoint; None where it does not take the request's context."""
    inner = served.handler
    if inner is None:
        return None
    language = study.language
    kinds = study.types("context")
    context = next(
        (
            p.name
            for p in language.params(inner.source, inner.node)
            if p.type is not None and study.type_names(inner.to(p.type)) & kinds
        ),
        "",
    )
    if not context:
        return None
    named = inner.node
    while named.type not in NAMED and named.parent is not None:
        named = named.parent
    if named.type not in NAMED:
        return None
    at = At(inner.source, named)
    if named.id != inner.node.id:
        name = study.language.qualified_name(inner.source, named)
        made = served.route.handler_name.rpartition(".")[2] == name.rpartition(".")[2]
        return Handler(served, at, inner, context, "closures" if made else "inline")
    form = "class" if language.is_method(inner.source, named) else "functions"
    return Handler(served, at, inner, context, form)


def owner_of(study: Study, method: At) -> At | None:
    """Return the type that a method belongs to."""
    node = study.language.owner_type(method.source, method.node)
    values = study.ev.evaluate(At(method.source, node)) if node is not None else []
    return next((v.at for v in values if isinstance(v, ClassValue)), None)


def fields_held(study: Study, cls: At) -> tuple[Held, ...]:
    """Return what the fields of a type hold, embedded types by their names."""
    out = []
    for node in study.language.declarations(cls.node):
        declared = node.child_by_field_name("type")
        if declared is None:
            continue
        names = [cls.source.text(n) for n in node.children_by_field_name("name")]
        typed = At(cls.source, declared)
        for name in names or [study.language.last_name(cls.source, declared)]:
            out.append(held(study, name, typed))
    return tuple(out)


def _params_held(study: Study, function: At) -> Iterator[Held]:
    for param in study.language.params(function.source, function.node):
        if param.type is not None:
            yield held(study, param.name, At(function.source, param.type))


def held(study: Study, name: str, typed: At) -> Held:
    """Return what a field or a parameter of a type holds."""
    inner = study.language.type_of(typed.source, typed.node)
    place = typed.to(inner) if inner is not None else typed
    values = study.ev.evaluate(place)
    outside = {v.name for v in values if isinstance(v, External)}
    if outside & study.types("session"):
        return Held(name, typed, "session")
    cls = next((v.at for v in values if isinstance(v, ClassValue)), None)
    if cls is None:
        return Held(name, typed, "other")
    interface = study.language.interface(cls.node)
    if interface is None:
        return Held(name, typed, _role(study, cls), cls)
    made = _implementation(study, cls)
    return Held(name, typed, _role(study, made or cls), made, cls)


def _implementation(study: Study, interface: At) -> At | None:
    from apimod.languages.forms import Defined

    found = study.language.interfaces(study.code, interface.source, interface.node)
    for one in found:
        if isinstance(one.binding, Defined) and not study.language.is_test(one.source.path):
            return At(one.source, one.binding.node)
    return None


def _role(study: Study, cls: At) -> str:
    name = study.language.qualified_name(cls.source, cls.node)
    role = study.role_by_words(cls.source.path, name)
    if role in LAYERS:
        return role
    if study.language.struct(cls.node) is None:
        return "other"
    holds = any(_is_session(study, cls, node) for node in study.language.declarations(cls.node))
    return "repository" if holds else "other"


def _is_session(study: Study, cls: At, node: Node) -> bool:
    declared = node.child_by_field_name("type")
    return declared is not None and bool(
        study.type_names(At(cls.source, declared)) & study.types("session")
    )


def _layers(study: Study, given: tuple[Held, ...], words: Renamer) -> dict[str, Layer]:
    """Follow what is held to the layers that bear the sibling's name, from the top down."""
    out: dict[str, Layer] = {}
    for _ in range(DEPTH):
        below = next((h for h in given if _is_layer(study, h, words) and h.role not in out), None)
        if below is None or below.cls is None:
            break
        given = fields_held(study, below.cls)
        out[below.role] = Layer(below.role, below.name, below.cls, below.interface, given)
    return out


def _is_layer(study: Study, one: Held, words: Renamer) -> bool:
    if one.cls is None or one.role not in LAYERS:
        return False
    named = study.language.qualified_name(one.cls.source, one.cls.node)
    return words.mentions(named) or words.mentions(one.cls.source.path.rpartition("/")[0])


def calls_in(study: Study, function: At) -> Iterator[At]:
    """Yield the calls in a function's body, in order."""
    for node in study.language.subtree(function.node):
        if node.type == "call_expression":
            yield function.to(node)
