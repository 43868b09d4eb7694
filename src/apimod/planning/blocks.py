"""Registers where routes are listed line by line: the lines are written anew, all else is copied.

What wires a sibling in shared files is copied by analogy. In a copy that lists the sibling's routes,
those lines give way to the new resource's; a function of the sibling's own file that lists them is
copied whole, into the new resource's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from apimod.analogy import Clone, Kin, Wiring, wire
from apimod.analogy_file import File
from apimod.analogy_text import extent, renamed
from apimod.conventions.answers import functions
from apimod.errors import NoAnchor, Refused
from apimod.insert import after as insert_after
from apimod.insertion import Insertion
from apimod.languages.buffer import Buffer, ImportNeed
from apimod.mentions import Noun
from apimod.planning.kin import kin_files
from apimod.planning.operations import ITEM, NEAREST, nearest_of
from apimod.planning.output import Output
from apimod.planning.registration import _buffers, _defined, asked_url, import_style, places
from apimod.planning.wording import renamer_for
from apimod.render import environment, render
from apimod.source import Source
from apimod.values import At
from apimod.views import Operations

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.graph import Route
    from apimod.routes import Served

STATEMENT = "expression_statement"
FUNCTIONS = ("function_declaration", "method_declaration")
WRAP = "package p\n\nfunc _() {\n"


@dataclass(frozen=True, eq=False)
class Line:
    """A statement that adds one of the sibling's routes. ``op`` is ``""`` for another route."""

    op: str
    served: Served
    node: Node
    path: str


@dataclass
class Registrar:
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
            node = _statement_of(route.fact.node) if route.fact.source.path == path else None
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


def _statement_of(node: Node | None) -> Node | None:
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
        node = _statement_of(fact.node)
        if node is not None and (fact.source.path, node.start_byte) not in seen:
            seen.add((fact.source.path, node.start_byte))
            yield Line(op, one, node, fact.source.path)


def register_lines(
    builder: Builder, context: Context, outputs: dict[str, Output], files: Files
) -> None:
    """Plan the registration. Raises NoAnchor where there is no place that is sure."""
    made = Registrar(builder, context)
    own = _own_functions(made, outputs)
    wired = wire(_wiring(made, outputs, own))
    for clone in wired.clones:
        text = asked_url(builder, _with_lines(made, clone))
        if text.strip():
            files.merge(clone.path, _insertions(made, clone, text), str(clone.reason))
    taught = {p.path for p in builder.lesson.parts.values()}
    context.notes += [
        f"{n.path}:{n.line} {n.text}; look whether it wants more" for n in wired.notes
        if not n.path.endswith(_PSEUDO) and n.path not in taught
    ]  # fmt: skip
    _behind_the_last(made, files)
    asked = {op.name for op in context.ops.all}
    if asked - made.placed:
        first = made.lines[0] if made.lines else None
        raise NoAnchor(
            "it is not sure where the sibling's routes are registered",
            where=f"{first.path}:{first.node.start_point.row + 1}" if first else "",
            advice="follow another resource with --like",
            flag="--like",
        )


_PSEUDO = ".kin.go"


# --- the lines -------------------------------------------------------------------------------------


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
    order = [made.lines.index(made.homes[op]) for op in ops]
    shown = sorted(zip(order, ops, strict=True), key=lambda pair: pair[0])
    texts = [
        render(env, template, {**values, "ops": Operations(**{op: views[op]})}) for _, op in shown
    ]
    return "\n".join(text.strip("\n") for text in texts)


def _literal_path(made: Registrar, op: str) -> str:
    """Return an operation's path as it is written on the siblings' router."""
    builder = made.builder
    words = builder.words
    assert words is not None
    collection, item = "", ""
    for line in made.lines:
        node = line.served.route.fact.one("path")
        if not line.op or node is None:
            continue
        texts = builder.study.ev.strings(_at(line, node))
        text = texts[0] if texts else ""
        if line.op in ITEM:
            item = item or text
        else:
            collection = collection or text
    if not collection and item:
        collection = item.rstrip("/").rpartition("/")[0]
    usual = words.string("/" + builder.sibling.word).lstrip("/") if builder.sibling else ""
    wanted = builder.target.path.rpartition("/")[2]
    head = words.string(collection) if "/" in collection else collection
    head = re.sub(rf"(^|/){re.escape(usual)}(?=/|$)", rf"\g<1>{wanted}", head) if usual else head
    if op not in ITEM:
        return head
    style = builder.pack.by_name[builder.request.framework].table("roles")
    param = str(style.get("path_param", ":{}")).format(builder.target.param)
    slash = "/" if item.endswith("/") else ""
    return f"{head.rstrip('/')}/{param}{slash}"


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


def _insertions(made: Registrar, clone: Clone, text: str) -> list[Insertion]:
    """Return the insertions of a copy; that of a bare block goes into the block, at its end.

    A block that is copied alone belongs to the group that is made above it, and so to all.
    """
    first = clone.nodes[0]
    if clone.kind != "statement" or len(clone.nodes) != 1 or first.type != "block":
        return clone.insertions(text)
    if not made.within(clone.path, [first]):
        return clone.insertions(text)
    inner = [n for n in _children(first) if n.type != "comment"]
    body = text.strip()
    while len(inner) == 1 and inner[0].type == "block":
        inner = [n for n in _children(inner[0]) if n.type != "comment"]
        body = body.removeprefix("{").removesuffix("}").strip()
    body = body.removeprefix("{").removesuffix("}").strip()
    if not inner:
        return clone.insertions(text)
    return list(insert_after(clone.buffer, inner[-1], body, verbatim=True, gap=1))


def _children(block: Node) -> list[Node]:
    found = list(block.named_children)
    if len(found) == 1 and found[0].type == "statement_list":
        return list(found[0].named_children)
    return found


def _with_lines(made: Registrar, clone: Clone) -> str:
    """Return a copy's text with the new lines in place of the copied ones."""
    inside = made.within(clone.path, list(clone.nodes))
    if not inside or clone.kind != "statement":
        return clone.text
    indent = clone.buffer.indent(clone.nodes[0])
    return replaced(made, clone.text, list(clone.nodes), inside, indent)


def replaced(
    made: Registrar, text: str, nodes: list[Node], inside: list[Line], indent: str = ""
) -> str:
    """Replace the copies of lines in a copy's text by the lines of the new resource.

    ``indent`` is what stands before the text itself.
    """
    data = WRAP.encode() + text.encode() + b"\n}\n"
    buffer = Buffer(Source("copy.go", data), made.builder.tools.syntax)
    copied = [n for n in _statements(buffer.root) if n.start_byte >= len(WRAP.encode())]
    original = [s for node in nodes for s in _statements(node)]
    if len(copied) != len(original):
        return text
    places = {node.start_byte: index for index, node in enumerate(original)}
    spans = []
    for line in inside:
        spans.append((copied[places[line.node.start_byte]], line))
    rendered = _grouped(made, [line for _, line in spans])
    out = _without_comments(data, buffer, [node for node, _ in spans])
    for index in range(len(spans) - 1, -1, -1):
        node, line = spans[index]
        start, end = node.start_byte, node.end_byte
        new = rendered.get(line.node.start_byte, "")
        while out[start - 1 : start] in (b" ", b"\t"):
            start -= 1
        if new:
            before = (
                indent if start <= len(WRAP.encode()) else out[start : node.start_byte].decode()
            )
            new = new.replace("\n", f"\n{before}")
            out = out[: node.start_byte] + new.encode() + out[end:]
        else:
            out = out[:start] + out[end + 1 :]
    text = out[len(WRAP.encode()) : -3].decode()
    text = re.sub(r"(?m)^[ \t]+$", "", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"\{\n\n+", "{\n", text)
    return re.sub(r"\n\n+([ \t]*\})", r"\n\1", text).strip("\n")


def _without_comments(data: bytes, buffer: Buffer, nodes: list[Node]) -> bytes:
    """Blank the comments between lines, and those right above the first: they speak of the old."""
    if not nodes:
        return data
    out = bytearray(data)
    for node in nodes:
        above = node.prev_sibling
        row = node.start_point.row
        while above is not None and above.type == "comment" and above.end_point.row >= row - 1:
            row = above.start_point.row
            out[above.start_byte : above.end_byte] = b" " * (above.end_byte - above.start_byte)
            above = above.prev_sibling
    return bytes(out)


def _grouped(made: Registrar, lines: list[Line]) -> dict[int, str]:
    """Return the new lines by the sibling's line that they replace."""
    homes = made.homes
    out: dict[int, str] = {}
    routers: dict[str, list[str]] = {}
    first: dict[str, Line] = {}
    for line in lines:
        on = line.served.route.fact.one("on")
        key = line.served.route.fact.source.text(on) if on is not None else ""
        first.setdefault(key, line)
        routers.setdefault(key, [])
        routers[key] += [op for op, home in homes.items() if home is line]
    order = [op.name for op in made.context.ops.all]
    for key, ops in routers.items():
        if ops:
            out[first[key].node.start_byte] = block(made, sorted(ops, key=order.index), first[key])
    return out


def _statements(root: Node) -> list[Node]:
    out: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == STATEMENT:
            out.append(node)
        stack.extend(reversed(node.named_children))
    return out


# --- functions of the sibling's own ---------------------------------------------------------------


def _own_functions(made: Registrar, outputs: dict[str, Output]) -> set[str]:
    """Copy the functions of the sibling's own files that list its routes; return these files."""
    builder = made.builder
    words = builder.words
    assert words is not None
    done: dict[tuple[str, int], list[Line]] = {}
    holders: dict[tuple[str, int], Node] = {}
    for line in made.lines:
        function: Node | None = line.node
        while function is not None and function.type not in FUNCTIONS:
            function = function.parent
        if function is None or not _is_own(builder, line.path, function):
            continue
        key = (line.path, function.start_byte)
        holders[key] = function
        done.setdefault(key, []).append(line)
    for (path, start), lines in sorted(done.items()):
        _copy_function(made, outputs, path, holders[path, start], lines)
    return {path for path, _ in done}


def _is_own(builder: Builder, path: str, function: Node) -> bool:
    """Whether a function is the sibling's: by its name, its receiver, or its file."""
    words = builder.words
    source = builder.graph.code.source(path)
    assert words is not None and source is not None
    name = builder.language.qualified_name(source, function)
    stem = path.rpartition("/")[2].partition(".")[0]
    return words.mentions(name) or words.mentions(stem)


def _copy_function(
    made: Registrar, outputs: dict[str, Output], path: str, function: Node, lines: list[Line]
) -> None:
    builder, words = made.builder, made.builder.words
    source = builder.graph.code.source(path)
    assert words is not None and source is not None
    file = File(Buffer(source, builder.tools.syntax), builder.tools.outline)
    body = function.child_by_field_name("body")
    assert body is not None
    start, _ = extent(file, (function,), words)
    head = renamed(file, start, body.start_byte + 1, words, {})
    inner = renamed(file, body.start_byte + 1, body.end_byte - 1, words, {})
    text = replaced(made, inner.strip("\n"), [body], made.within(path, [body]))
    whole = asked_url(builder, f"{head}\n{text}\n}}")
    target = _target(made, path)
    needs = [
        ImportNeed(words.module(each.module), None, each.local if _aliased(each) else None)
        for each in file.imported
    ]
    reason = f"the routes, as in {path}"
    outputs.setdefault(target, Output(target)).add(whole, needs, reason)


def _aliased(each: object) -> bool:
    module, local = str(getattr(each, "module", "")), str(getattr(each, "local", ""))
    last = re.sub(r"^v\d+$", "", module.rpartition("/")[2])
    return bool(last) and local != last and not re.search(rf"{re.escape(local)}(\.|$)", module)


def _target(made: Registrar, path: str) -> str:
    """Return the new resource's file for what stands in one of the sibling's."""
    part = made.builder.lesson.parts.get("routes")
    if part is not None and part.path == path:
        return made.context.placing.routes.path
    words = made.builder.words
    assert words is not None
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.partition(".")
    new = words.identifier(stem) if words.mentions(stem) else stem
    pieces = [words.identifier(p) if words.mentions(p) else p for p in folder.split("/")]
    return "/".join([p for p in pieces if p] + [new + dot + ending])


# --- the shared files ------------------------------------------------------------------------------


def _wiring(made: Registrar, outputs: dict[str, Output], own: set[str]) -> Wiring:
    builder, context = made.builder, made.context
    assert builder.sibling is not None and builder.words is not None
    buffers = _buffers(builder)
    ours = kin_files(builder, builder.sibling, builder.words, buffers) | own
    others = []
    for other in builder.found:
        if other is builder.sibling:
            continue
        words = renamer_for(other, builder.found, builder.request.resource, builder.tools)
        paths = kin_files(builder, other, words, buffers)
        others.append(Kin(Noun(other.singular, other.plural), frozenset(paths - ours)))
    return Wiring(
        sibling=Kin(builder.words.old, frozenset(ours)),
        new=builder.words.new,
        buffers=buffers,
        outline=builder.tools.outline,
        others=others,
        places=places(builder),
        spelling=builder.words.spelling,
        style=lambda path: import_style(builder, context, path),
        defined=_defined(builder, context, outputs) | _members(made),
        root=builder.study.prefix,
    )


def _members(made: Registrar) -> frozenset[str]:
    return frozenset(made.context.placing.routes.symbols.values())


def _behind_the_last(made: Registrar, files: Files) -> None:
    """Put what no copy held behind the last of the sibling's lines, where these are shared."""
    left = [op.name for op in made.context.ops.all if op.name not in made.placed]
    homes = made.homes
    by_router: dict[tuple[str, str], list[str]] = {}
    for op in left:
        if op in homes:
            on = homes[op].served.route.fact.one("on")
            text = homes[op].served.route.fact.source.text(on) if on is not None else ""
            by_router.setdefault((homes[op].path, text), []).append(op)
    for (path, _), ops in by_router.items():
        around = homes[ops[0]].node.parent
        last = [line for line in made.lines if line.path == path and line.node.parent == around][-1]
        source = made.builder.graph.code.source(path)
        assert source is not None
        buffer = Buffer(source, made.builder.tools.syntax)
        node = buffer.root.descendant_for_byte_range(last.node.start_byte, last.node.end_byte)
        while node is not None and node.type != STATEMENT:
            node = node.parent
        assert node is not None
        text = block(made, ops, homes[ops[0]])
        reason = f"as the sibling's routes are listed at {path}:{last.node.start_point.row + 1}"
        files.merge(path, insert_after(buffer, node, text, gap=1), reason)
