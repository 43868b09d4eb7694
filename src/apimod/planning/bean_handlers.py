"""What is written above the handlers of a class that serves routes, and the path above them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.conventions.bean_callers import calls_in
from apimod.conventions.bean_members import methods_of
from apimod.planning.bean_annotations import STRING, above_handler, verdicts_above
from apimod.planning.routers import RouterView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apimod.planning.builder import Builder
    from apimod.routes import Served
    from apimod.values import At
    from apimod.views import Snippet


def standing_above(builder: Builder, served: Served, op: str) -> tuple[Snippet, ...]:
    """Return what stands above a sibling's handler, beside what routes to it, for a new one.

    ``op`` is the operation of the new handler. What guards the methods of the layer below that the
    handler calls comes along: the new layer has nothing above its own. Raises Refused.
    """
    handler = served.handler
    if handler is None:
        return ()
    same = builder.sibling is not None and builder.sibling.operations.get(op) is served
    found = [*above_handler(builder, handler, same)]
    for method in _called(builder, handler):
        known = {one.text for one in found}
        found += [one for one in verdicts_above(builder, method) if one.text not in known]
    return tuple(found)


def _called(builder: Builder, handler: At) -> Iterator[At]:
    """Yield the methods of the layers that a handler calls, those of an interface too."""
    layers = {layer.held: layer for layer in builder.lesson.beans.layers.values()}
    for call in calls_in(handler):
        on = call.node.child_by_field_name("object")
        name = call.node.child_by_field_name("name")
        layer = layers.get(call.source.text(on).removeprefix("this.")) if on is not None else None
        if layer is None or name is None:
            continue
        for cls in (layer.cls, layer.interface):
            method = methods_of(cls).get(call.source.text(name)) if cls is not None else None
            if method is not None:
                yield method


# --- the path above the handlers -----------------------------------------------------------------


def class_router(builder: Builder) -> RouterView:
    """Return the path that the new class has above its handlers, as the sibling's has it."""
    base = _base(builder)
    path = builder.target.path
    own = path[len(base) :] if path.startswith(f"{base}/") else path
    plain = RouterView(prefix=own, full=path)
    node = builder.sibling.first.router if builder.sibling is not None else None
    if node is None or builder.sibling is None or node.at.node.type != "class_declaration":
        return plain
    above = node.prefixes[0].text.rstrip("/") if node.prefixes else ""
    above = f"/{above.lstrip('/')}" if above else ""
    written = next((t for t in _written(node.at) if above.endswith(t.rstrip("/"))), "")
    outside = above[: len(above) - len(written.rstrip("/"))] if written else ""
    collection = builder.sibling.path.rstrip("/")
    if base + above == collection or not path.startswith(f"{base}{above}/"):
        prefix = own[len(outside) :] if own.startswith(outside) else own
        return RouterView(prefix=_as_written(builder, node.at, prefix), full=path)
    return RouterView(prefix=above[len(outside) :], full=base + above)


def _base(builder: Builder) -> str:
    """Return what the settings put before every path."""
    found = builder.graph.base(builder.request.framework)
    text = "/".join(t.text.strip("/") for t in found if t.text.strip("/"))
    return f"/{text}" if text else ""


def _written(cls: At) -> Iterator[str]:
    """Yield the strings above a class."""
    modifiers = next((c for c in cls.node.children if c.type == "modifiers"), None)
    text = cls.source.text(modifiers) if modifiers is not None else ""
    for found in STRING.findall(text):
        if found:
            yield f"/{found.lstrip('/')}"


def _as_written(builder: Builder, cls: At, prefix: str) -> str:
    """Return the prefix as the sibling writes its own, where that has a setting in it."""
    words = builder.words
    for text in _written(cls):
        if "${" in text and words is not None and words.mentions(text) and not builder.request.path:
            return words.string(text)
    return prefix
