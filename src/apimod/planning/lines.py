"""The lines that add a resource's routes, one after the other, as its sibling's are listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from apimod.conventions.answers import functions
from apimod.errors import Refused
from apimod.model import OPERATIONS
from apimod.planning.operations import ITEM, NEAREST, nearest_of
from apimod.render import environment, render
from apimod.values import At
from apimod.views import Operations

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.graph import Route
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.routes import Served

STATEMENT = "expression_statement"


class Line(Struct, frozen=True, eq=False):
    """A statement that adds one of the sibling's routes. ``op`` is ``""`` for another route."""

    op: str
    served: Served
    node: Node
    path: str


class Registrar(Struct, dict=True):
    """The registration of one resource."""

    builder: Builder
    context: Context
    lines: list[Line] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lines = list(route_lines(self.builder))

    @property
    def homes(self) -> dict[str, Line]:
        """Return, for every asked operation, the sibling's line that its own stands in for."""
        by_op = {line.op: line for line in self.lines if line.op}
        out = {}
        for op in (o.name for o in self.context.ops.all):
            near = nearest_of(self.builder, op)
            near = near if near in by_op else next((n for n in NEAREST[op] if n in by_op), "")
            if near:
                out[op] = by_op[near]
        return out

    def within(self, path: str, nodes: list[Node]) -> list[Line]:
        """Return the lines that stand in nodes: the sibling's, and whatever else is routed there."""
        known = {line.node.start_byte: line for line in self.lines if line.path == path}
        every = dict(known)
        for route in self.builder.graph.routes:
            node = statement_of(route.fact.node) if route.fact.source.path == path else None
            if node is not None and node.start_byte not in every:
                first = self.lines[0]
                every[node.start_byte] = Line("", replace_route(first.served, route), node, path)
        return [
            line for _, line in sorted(every.items())
            if any(n.start_byte <= line.node.start_byte and line.node.end_byte <= n.end_byte
                   for n in nodes)
        ]  # fmt: skip


def replace_route(served: Served, route: Route) -> Served:
    """Return an endpoint with another route: all that a line needs to know of it."""
    return replace(served, route=route)


def statement_of(node: Node | None) -> Node | None:
    while node is not None and node.type != STATEMENT:
        node = node.parent
    return node


def route_lines(builder: Builder) -> Iterator[Line]:
    """Yield the statements that add the sibling's routes, in the order of the text."""
    sibling = builder.sibling
    assert sibling is not None
    served = [(op, s) for op, s in sibling.operations.items()]
    served += [("", s) for s in sibling.others]
    seen: set[tuple[str, int]] = set()
    for op, one in sorted(served, key=lambda p: p[1].route.fact.node.start_byte):
        fact = one.route.fact
        node = statement_of(fact.node)
        if node is not None and (fact.source.path, node.start_byte) not in seen:
            seen.add((fact.source.path, node.start_byte))
            yield Line(op, one, node, fact.source.path)


def block(made: Registrar, ops: list[str], home: Line) -> str:
    """Return the lines that add the operations, on the router of one of the sibling's lines."""
    builder, context = made.builder, made.context
    words = builder.words
    assert words is not None
    source = home.served.route.fact.source
    on = home.served.route.fact.one("on")
    group = _renamed_text(made, source.text(on)) if on is not None else ""
    env = environment(builder.pack.root, builder.tools.literal)
    unit = builder.request.framework
    template = next(t for t in builder.codemod.of("routes", unit) if t.front.into == "block")
    views = {
        v.name: replace(v, path=_literal_path(made, v.name), handler=_handler(made, v.name))
        for v in context.ops.all
        if v.name in ops
    }
    values = {**context.values(), "group": group}
    made.placed.update(ops)
    texts = [
        render(env, template, {**values, "ops": Operations(**{op: views[op]})})
        for op in sorted(ops, key=lambda op: _rank(made, op))
    ]
    return "\n".join(text.strip("\n") for text in texts)


def _rank(made: Registrar, op: str) -> tuple[int, int]:
    """Return where an operation's line stands: where the sibling's does, else behind the one before."""
    own = {line.op: index for index, line in enumerate(made.lines)}
    before = [o for o in OPERATIONS[: OPERATIONS.index(op) + 1] if o in own]
    return (own[before[-1]], OPERATIONS.index(op)) if before else (-1, OPERATIONS.index(op))


def _literal_path(made: Registrar, op: str) -> str:
    """Return an operation's path as it is written on the router of its sibling's line."""
    builder, home = made.builder, made.homes[op]
    words, node = builder.words, home.served.route.fact.one("path")
    assert words is not None and builder.sibling is not None
    texts = builder.study.ev.strings(_at(home, node)) if node is not None else []
    written = texts[0] if texts else ""
    slash = "/" if written.endswith("/") and len(written) > 1 else ""
    collection = written
    if home.op in ITEM:
        collection = written.rstrip("/").rpartition("/")[0]
    head = words.string(collection) if "/" in collection else collection
    usual = words.string("/" + builder.sibling.word).lstrip("/")
    wanted = builder.target.path.rpartition("/")[2]
    head = re.sub(rf"(^|/){re.escape(usual)}(?=/|$)", rf"\g<1>{wanted}", head)
    if op not in ITEM:
        return head.rstrip("/") + builder.target.ending(op) if home.op in ITEM else head
    style = builder.pack.by_name[builder.request.framework].table("roles")
    param = str(style.get("path_param", ":{}")).format(builder.target.param)
    return f"{head.rstrip('/')}/{param}{slash if home.op in ITEM else ''}"


def _at(line: Line, node: Node) -> At:
    return At(line.served.route.fact.source, node, line.served.route.frame)


def _handler(made: Registrar, op: str) -> str:
    """Return the expression of a handler, as the sibling's nearest route writes its own."""
    builder, context = made.builder, made.context
    line = made.homes[op]
    fact = line.served.route.fact
    node = fact.one("handler")
    symbols = context.placing.routes.symbols
    text = fact.source.text(node) if node is not None else ""
    old = builder.lesson.anatomy.handlers.get(line.op)
    if context.roles.get("database") is not None:
        here = builder.study.module(fact.source)
        routes = context.placing.routes
        return symbols[op] if here == routes.module else f"{routes.package}.{symbols[op]}"
    if old is None or old.form == "inline":
        session = builder.lesson.conventions.session
        return (
            f"{symbols[op]}({session.name})"
            if context.placing.routes.form == "closures"
            else symbols[op]
        )
    name = str(builder.language.qualified_name(old.at.source, old.at.node)).rpartition(".")[2]
    _check_wrapper(made, line, node)
    found = re.sub(rf"\b{re.escape(name)}\b(?!.*\b{re.escape(name)}\b)", "\0", text, count=1)
    return _renamed_text(made, found).replace("\0", symbols[op])


def _check_wrapper(made: Registrar, line: Line, node: Node | None) -> None:
    """Refuse where a function around the sibling's handler was written for the sibling alone."""
    builder, words = made.builder, made.builder.words
    assert words is not None
    old = builder.lesson.anatomy.handlers[line.op]
    if node is None or node.type != "call_expression" or old.form == "closures":
        return
    for function in functions(builder.study, _at(line, node)):
        if words.mentions(function.source.text(function.node)):
            raise Refused(
                "what wraps the sibling's handlers is written for the sibling alone",
                where=f"{function.source.path}:{function.line}",
                advice="follow another resource with --like",
                flag="--like",
            )


def _renamed_text(made: Registrar, text: str) -> str:
    words = made.builder.words
    assert words is not None
    return re.sub(
        r"[A-Za-z_]\w*", lambda m: words.identifier(m[0]) if words.mentions(m[0]) else m[0], text
    )
