"""Registers the new routes: as the sibling is registered, else by the codemod's own statement.

Whatever wires the sibling in files that several resources share is copied with the new words. Where
there is no sibling to follow, or a person named the router, the template whose front matter says
``into: mount`` gives the statement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod import names
from apimod.analogy import (
    Clone,
    Kin,
    Note,
    Places,
    Wired,
    Wiring,
    defined_names,
    register_first,
    wire,
)
from apimod.analogy_file import File
from apimod.conventions.places import parts
from apimod.errors import NoAnchor
from apimod.insert import add_import
from apimod.insertion import compose
from apimod.languages.buffer import Buffer, ImportNeed, ImportStyle
from apimod.mentions import Noun
from apimod.planning.ordered import closing, ordered_place
from apimod.planning.output import Output, styled
from apimod.planning.routers import chosen_router, mount_prefix, statement_name
from apimod.planning.side_imports import register_model_module
from apimod.planning.target import shape
from apimod.planning.wording import renamer_for
from apimod.render import environment, render
from apimod.source import Source
from apimod.views import Case

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.routes import RouterNode

Place = tuple[str, int, int]


def register(builder: Builder, context: Context, outputs: dict[str, Output], files: Files) -> None:
    """Plan the registration. ``outputs`` are the new bodies. Raises NoAnchor where it is unsure."""
    by_hand = builder.by_hand or bool(context.placing.home)
    if not by_hand or builder.sibling is not None:
        wired = wire(wiring(builder, context, outputs))
        for clone in wired.clones:
            _copy(builder, context, files, clone, by_hand=by_hand)
        context.notes += _told(builder, wired)
    if by_hand and not (context.placing.home and not context.placing.router.own):
        _mount(builder, context, files)
    if builder.sibling is not None:
        register_model_module(builder, context, files)


def _told(builder: Builder, wired: Wired) -> list[str]:
    """Return what was left alone; in languages where every file is full of it, a line a file."""
    shown: dict[tuple[str, object], Note] = {}
    for note in wired.notes:
        key = (note.path, 0 if builder.tools.marks else (note.line, note.text))
        shown.setdefault(key, note)
    return [f"{n.path}:{n.line} {n.text}; look whether it wants more" for n in shown.values()]


def import_auth(builder: Builder, context: Context, files: Files) -> None:
    """Import the new check of callers into the files whose new lines use it."""
    auth = context.roles.get("auth")
    if auth is None or auth.module == context.placing.routes.module:
        return
    for path in list(files.changed):
        source = files.source(path)
        if f"{auth.package}.{auth.symbols['dependency']}(".encode() not in source.data:
            continue
        style = import_style(builder, context, path)
        need = ImportNeed(auth.module, auth.package)
        added = add_import(Buffer(source, builder.tools.syntax), need, style)
        files.insert(path, added.insertions, "the new routes ask who calls")


# --- by analogy ----------------------------------------------------------------------------------


def wiring(builder: Builder, context: Context, outputs: dict[str, Output]) -> Wiring:
    """Return what to copy and where to look."""
    assert builder.sibling is not None and builder.words is not None
    own = _files(builder, context)
    others = []
    for other in builder.found:
        if other is builder.sibling:
            continue
        words = renamer_for(other, builder.found, builder.request.resource, builder.tools)
        found = parts(builder.study, other, words)
        paths = {p.path for p in found.values() if words.mentions(p.path)}
        others.append(Kin(Noun(other.singular, other.plural), frozenset(paths - own)))
    return Wiring(
        sibling=Kin(builder.words.old, frozenset(own)),
        new=builder.words.new,
        buffers=_buffers(builder),
        outline=builder.tools.outline,
        others=others,
        places=places(builder),
        spelling=builder.words.spelling,
        style=lambda path: import_style(builder, context, path),
        defined=_defined(builder, context, outputs),
        root=builder.study.prefix,
        marks=_marks(builder),
    )


def _marks(builder: Builder) -> frozenset[str]:
    """Return the strings at the sibling's routes that are neither paths nor the noun alone."""
    sibling, words = builder.sibling, builder.words
    if sibling is None or words is None or not builder.tools.marks:
        return frozenset()
    fragments = {
        leaf.text
        for served in (*sibling.operations.values(), *sibling.others)
        for use in served.route.uses
        if use.scope == "route"
        for leaf in File(
            Buffer(use.at.source, builder.tools.syntax), builder.tools.outline
        ).leaves_in(use.at.node)
        if leaf.kind == "string"
    }
    nouns = (sibling.singular, sibling.plural)
    return frozenset(
        text
        for text in fragments
        if re.fullmatch(r"[\w:.-]+", text) and names.snake(text) not in nouns
    )


def _defined(builder: Builder, context: Context, outputs: dict[str, Output]) -> frozenset[str]:
    """Return the names that the new code defines: a copy may use no other of the new words."""
    tools = builder.tools
    buffers = [
        Buffer(Source(path, f"{out.text}\n".encode()), tools.syntax)
        for path, out in outputs.items()
        if path.endswith(tools.suffix)
    ]
    return defined_names(buffers, tools.outline)


def _files(builder: Builder, context: Context) -> set[str]:
    words = builder.words
    assert words is not None
    found = {p.path for p in builder.lesson.parts.values() if words.mentions(p.path)}
    if builder.lesson.test_file is not None:
        found.add(builder.lesson.test_file.path)
    return found | builder.way.own_files(builder)


def _buffers(builder: Builder) -> dict[str, Buffer]:
    code = builder.graph.code
    closed = builder.way.closed_files(builder)
    sources = {path: code.source(path) for path in builder.study.paths if path not in closed}
    return {p: Buffer(s, builder.tools.syntax) for p, s in sources.items() if s is not None}


def import_style(builder: Builder, context: Context, path: str) -> ImportStyle:
    """Return how imports are written in a file of the project."""
    style = ImportStyle(
        own=tuple(dict.fromkeys((*builder.study.own_modules, *_new_prefixes(builder, context)))),
        package=builder.study.module_package(path),
        width=context.placing.width,
        edition=builder.way.edition(builder, path),
    )
    return builder.way.import_style(builder, style)


def _new_prefixes(builder: Builder, context: Context) -> list[str]:
    """Return what the names of new modules begin with, where a dot parts them."""
    if builder.tools.separator != ".":
        return []
    return [r.module.split(".")[0] for r in context.roles.values() if r is not None and r.module]


def places(builder: Builder) -> Places:
    """Return the nodes that the router graph knows."""
    mounts = {_place(m.fact.source.path, m.fact.node) for m in builder.graph.mounts}
    mounts |= {_place(r.fact.source.path, r.fact.node) for r in builder.graph.routes}
    known = builder.study.classes_known.all
    models = {_place(f.at.source.path, f.at.node) for f in known}
    return Places(
        frozenset(mounts),
        frozenset(_place(path, node) for path, node in catchalls(builder)),
        frozenset(models),
    )


def _place(path: str, node: Node) -> Place:
    return path, node.start_byte, node.end_byte


def catchalls(builder: Builder) -> list[tuple[str, Node]]:
    """Return what serves everything that is left: nothing works that is registered after it."""
    out = [(f.source.path, f.node) for f in builder.graph.facts.get("catchall", ())]
    for served in builder.graph.served:
        if re.fullmatch(r"/?\{[^}/]*\*\}", served.endpoint.path):
            out.append((served.route.fact.source.path, served.route.fact.node))
    for fact in builder.graph.facts.get("mount", ()):
        path = fact.one("path")
        if path is not None and fact.source.text(path).strip("\"'`") in ("", "/"):
            known = any(m.fact is fact for m in builder.graph.mounts)
            if not known:
                out.append((fact.source.path, fact.node))
    return out


def _copy(builder: Builder, context: Context, files: Files, clone: Clone, *, by_hand: bool) -> None:
    inside = places(builder)
    if by_hand and any(inside.within(inside.mounts, clone.path, node) for node in clone.nodes):
        return
    if by_hand and context.placing.home:
        return
    text = asked_url(builder, clone.text)
    files.merge(clone.path, clone.insertions(text), str(clone.reason))


def asked_url(builder: Builder, text: str) -> str:
    """Write the URL that was asked for with --path in the place of the one made by the words."""
    words = builder.words
    if not builder.request.path or words is None or builder.sibling is None:
        return text
    usual = words.string("/" + builder.sibling.word).lstrip("/")
    wanted = builder.target.path.rpartition("/")[2]
    return re.sub(rf"([\"'/]){re.escape(usual)}(?=[\"'/])", rf"\g<1>{wanted}", text)


# --- by the codemod's own statement --------------------------------------------------------------


def _mount(builder: Builder, context: Context, files: Files) -> None:
    router = chosen_router(builder)
    name = statement_name(router)
    if not name:
        raise NoAnchor(
            "the router to register on is not bound to a name there",
            where=f"{router.at.source.path}:{router.line}",
            advice="name another with --into FILE:LINE",
            flag="--into",
        )
    path = router.at.source.path
    ordered = bool(builder.pack.by_name[router.unit].table("middleware").get("ordered"))
    if ordered and builder.way.mounts_in_order:
        path, name = ordered_place(router, name)
    buffer = Buffer(builder.graph.code.source(path) or router.at.source, builder.tools.syntax)
    idents = builder.tools.identifiers
    alias = Case(f"{builder.request.resource.plural}_router").written(idents.members)
    style = import_style(builder, context, path)
    symbol = context.placing.routes.symbols["router"]
    need = builder.way.router_import(context.placing.routes, symbol, alias)
    need = styled(need, style.package, style.own, _relative(builder, path))
    imported = add_import(buffer, need, style)
    text = builder.way.statement(builder, _statement(builder, context, name, imported.local))
    after = buffer.after(imported.insertions) if imported.insertions else buffer
    made = register_first(
        after,
        text,
        mounts=_moved(after, buffer, _mounts_on(builder, router, path), imported.insertions),
        makers=_moved(after, buffer, _makers(builder, router, path), imported.insertions),
        catchalls=_moved(
            after,
            buffer,
            [
                *(n for p, n in catchalls(builder) if p == path),
                *(closing(router, path) if ordered and builder.way.mounts_in_order else ()),
            ],
            imported.insertions,
        ),
    )
    because = f"the routes hang on {name}, made at {path}:{router.line}"
    files.merge(path, compose(imported.insertions, made), because)


def _relative(builder: Builder, path: str) -> bool:
    source = builder.graph.code.source(path)
    return source is not None and bool(re.search(rb"(?m)^[ \t]*from \.", source.data))


def _statement(builder: Builder, context: Context, on: str, router: str) -> str:
    env = environment(builder.pack.root, builder.tools.literal)
    unit = builder.request.framework
    found = [t for t in builder.codemod.of("routes", unit) if t.front.into == "mount"]
    if not found:
        raise NoAnchor(f"{builder.codemod.name} cannot register on a router by itself")
    values = {
        **context.values(),
        "on": on,
        "registered": router,
        "mounted_at": _mounted_at(builder, context),
    }
    return render(env, found[0], values).strip("\n")


def _mounted_at(builder: Builder, context: Context) -> str:
    """Return the prefix that the mount has to give, where the router's own statement gives none."""
    view = context.placing.router
    last = "/" + builder.target.path.rpartition("/")[2]
    if view.definition is None or last in view.definition.text:
        return ""
    if context.ops.all and context.ops.all[0].path.startswith(last):
        return ""
    above = mount_prefix(builder)
    return builder.target.path[len(above) :]


def _mounts_on(builder: Builder, router: RouterNode, path: str) -> list[Node]:
    found = [m.fact.node for m in router.mounts if m.fact.source.path == path]
    return [n for n in found if not any(n == c for _, c in catchalls(builder))]


def _makers(builder: Builder, router: RouterNode, path: str) -> list[Node]:
    own = [r.fact.node for r in router.routes if r.fact.source.path == path]
    uses = [u.fact.node for u in router.uses if u.fact is not None and u.fact.source.path == path]
    blocked = {(n.start_byte, n.end_byte) for p, n in catchalls(builder) if p == path}
    made = [router.at.node] if path == router.at.source.path else []
    return [n for n in (*made, *uses, *own) if (n.start_byte, n.end_byte) not in blocked]


def _moved(after: Buffer, before: Buffer, nodes: list[Node], insertions: object) -> list[Node]:
    """Return the nodes of the new tree that stand where these stood in the old one."""
    if after is before:
        return nodes
    out = []
    for node in nodes:
        start = node.start_byte + _shift(insertions, node.start_byte)
        found = after.root.descendant_for_byte_range(start, start + 1)
        while found is not None and found.type != node.type and found.parent is not None:
            found = found.parent
        if found is not None:
            out.append(found)
    return out


def _shift(insertions: object, offset: int) -> int:
    assert isinstance(insertions, tuple | list)
    return sum(len(i.text) for i in insertions if i.offset <= offset)


__all__ = ["Wired", "register", "shape"]
