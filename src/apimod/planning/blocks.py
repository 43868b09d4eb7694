"""Registers where routes are listed line by line: the lines are written anew, all else is copied.

What wires a sibling in shared files is copied by analogy. In a copy that lists the sibling's routes,
those lines give way to the new resource's; a function of the sibling's own file that lists them is
copied whole, into the new resource's file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.analogy import Clone, Kin, Wiring, wire
from apimod.errors import NoAnchor
from apimod.insert import after as insert_after
from apimod.languages.buffer import Buffer
from apimod.mentions import Noun
from apimod.planning.constructing import trimmed
from apimod.planning.copies import insertions, with_lines
from apimod.planning.kin import MADE, kin_files
from apimod.planning.lines import STATEMENT, Registrar, block
from apimod.planning.models_listed import list_model
from apimod.planning.own_routes import own_functions
from apimod.planning.registration import _buffers, _defined, asked_url, import_style, places
from apimod.planning.wording import renamer_for

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.planning.output import Output

NOBODY = Noun("nobody in particular", "nobodies in particular")
"""Whose the files are that belong to no resource, and are nobody else's to edit."""


def register_lines(
    builder: Builder, context: Context, outputs: dict[str, Output], files: Files
) -> None:
    """Plan the registration. Raises NoAnchor where there is no place that is sure."""
    made = Registrar(builder, context)
    if context.roles.get("database") is not None:
        _behind_the_last(made, files)
        return
    own = own_functions(made, outputs)
    wired = wire(_wiring(made, outputs, own))
    for clone in wired.clones:
        text = trimmed(builder, asked_url(builder, with_lines(made, clone)))
        if clone.nodes[0].type == "var_spec":
            text = _aligned(builder, clone, text)
        if text.strip():
            files.merge(clone.path, insertions(made, clone, text), str(clone.reason))
    taught = {p.path for p in builder.lesson.parts.values()}
    context.notes += [
        f"{n.path}:{n.line} {n.text}; look whether it wants more" for n in wired.notes
        if not n.path.endswith(MADE) and n.path not in taught
    ]  # fmt: skip
    if not any(_names_model(made, clone.text) for clone in wired.clones):
        list_model(builder, context, files)
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


def _aligned(builder: Builder, clone: Clone, text: str) -> str:
    """Return declarations of a group in columns of their own, as the formatter has them."""
    whole = builder.tools.formatted(
        f"package p\n\nvar (\n{text}\n)\n", builder.space.root, builder.space.root, whole=True
    )
    inner = whole.partition("var (\n")[2].rpartition("\n)")[0]
    return inner.strip() if inner else text


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
    taken = ours.union(*(kin.files for kin in others))
    others.append(Kin(NOBODY, frozenset(_handlers_only(made) - taken)))
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


def _handlers_only(made: Registrar) -> set[str]:
    """Return the files that hold other handlers and list no routes: nothing is wired there."""
    graph = made.builder.graph
    listing = {r.fact.source.path for r in graph.routes}
    return {h.source.path for s in graph.served if (h := s.handler) is not None} - listing


def _names_model(made: Registrar, text: str) -> bool:
    """Whether a copy lists the new model itself."""
    model = made.context.roles["model"]
    return model is not None and bool(re.search(rf"\b{model.symbols['model']}\{{\}}", text))


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
