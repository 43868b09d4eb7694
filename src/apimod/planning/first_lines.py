"""Registers on a router that somebody made, where no sibling shows how: its routes, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.analogy import register_first
from apimod.errors import NoAnchor
from apimod.insert import add_import
from apimod.insertion import compose
from apimod.languages.buffer import Buffer, ImportNeed
from apimod.planning.models_listed import list_model
from apimod.planning.registration import (
    _makers,
    _mounts_on,
    _moved,
    catchalls,
    import_style,
)
from apimod.planning.routers import chosen_router
from apimod.render import environment, render
from apimod.views import Operations

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.routes import RouterNode

BINDS = ("short_var_declaration", "assignment_statement")


def register_first_lines(builder: Builder, context: Context, files: Files) -> None:
    """Plan the registration on the router that was named, or on the only one."""
    router = _group(builder, chosen_router(builder))
    name = bound_name(router)
    path = router.at.source.path
    if not name:
        raise NoAnchor(
            "the router to register on is not bound to a name there",
            where=f"{path}:{router.line}",
            advice="name another with --into FILE:LINE",
            flag="--into",
        )
    source = builder.graph.code.source(path) or router.at.source
    buffer = Buffer(source, builder.tools.syntax)
    routes = context.placing.routes
    package, imports = "", []
    if builder.study.module(source) != routes.module:
        style = import_style(builder, context, path)
        added = add_import(buffer, ImportNeed(routes.module), style)
        package, imports = f"{added.local}.", list(added.insertions)
    text = _lines(builder, context, name, router, package)
    after = buffer.after(imports) if imports else buffer
    function = _function(router.at.node)
    made = register_first(
        after,
        text,
        mounts=_moved(
            after,
            buffer,
            _same(function, _mounts_on(builder, router, router.at.source.path)),
            imports,
        ),
        makers=_moved(
            after, buffer, _same(function, _makers(builder, router, router.at.source.path)), imports
        ),
        catchalls=_moved(
            after, buffer, _same(function, [n for p, n in catchalls(builder) if p == path]), imports
        ),
    )
    because = f"the routes hang on {name}, made at {path}:{router.line}"
    files.merge(path, compose(imports, made), because)
    list_model(builder, context, files)


def _group(builder: Builder, root: RouterNode) -> RouterNode:
    """Return the group at the new routes' own parent URL, where there is one; else the root.

    Of several, one that asks who calls comes first, then the one with most routes.
    """
    above = builder.target.path.rpartition("/")[0]
    if builder.request.into or not above:
        return root
    found = [
        node
        for node in builder.graph.routers
        if node.unit == root.unit and not node.is_root and bound_name(node)
        and [url.rstrip("/") for url in node.reached] == [above] and node.routes
    ]  # fmt: skip
    return max(found, key=lambda n: (_guards(builder, n), len(n.routes)), default=root)


def _guards(builder: Builder, node: RouterNode) -> bool:
    return any(builder.study.checks(use.at) for use in node.uses)


def bound_name(router: RouterNode) -> str:
    """Return the variable that a router's own statement puts it into; ``""`` where none is."""
    node: Node | None = router.at.node
    source = router.at.source
    while node is not None and node.type not in (*BINDS, "var_spec"):
        if node.type in ("literal_element", "argument_list", "block", "func_literal"):
            return ""
        node = node.parent
    if node is None:
        return ""
    left = node.child_by_field_name("name" if node.type == "var_spec" else "left")
    text = source.text(left) if left is not None else ""
    return text if text.replace(".", "").isidentifier() else ""


def _lines(builder: Builder, context: Context, name: str, router: RouterNode, package: str) -> str:
    routes, session = context.placing.routes, context.conventions.session
    above = router.reached[0].rstrip("/") if router.reached else ""
    style = builder.pack.by_name[builder.request.framework].table("roles")
    param = str(style.get("path_param", ":{}")).format(builder.target.param)
    held = f"({session.name})" if routes.form == "closures" else ""
    views = {}
    for op in context.ops.all:
        url = op.full_path.removeprefix(above).replace(f"{{{builder.target.param}}}", param)
        handler = f"{package}{routes.symbols[op.name]}{held}"
        views[op.name] = replace(op, path=url, handler=handler)
    found = builder.codemod.of("routes", builder.request.framework)
    template = next(t for t in found if t.front.into == "block")
    env = environment(builder.pack.root, builder.tools.literal)
    values = {**context.values(), "group": name, "ops": Operations(**views)}
    return render(env, template, values).strip("\n")


def _function(node: Node) -> Node | None:
    up: Node | None = node
    while up is not None and up.type not in ("function_declaration", "method_declaration"):
        up = up.parent
    return up


def _same(function: Node | None, nodes: list[Node]) -> list[Node]:
    """Return the nodes that stand in a function."""
    return [n for n in nodes if _function(n) == function]
