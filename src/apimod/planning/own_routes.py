"""Files of a sibling's own in which functions list its routes: copied for the new resource."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.analogy_file import File
from apimod.analogy_text import extent, renamed
from apimod.languages.buffer import Buffer, ImportNeed
from apimod.planning.copies import replaced
from apimod.planning.kin import is_whole
from apimod.planning.output import Output
from apimod.planning.registration import asked_url

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.languages.outline import ImportedName
    from apimod.planning.builder import Builder
    from apimod.planning.lines import Registrar

FUNCTIONS = ("function_declaration", "method_declaration")
TYPES = ("type_declaration",)


def own_functions(made: Registrar, outputs: dict[str, Output]) -> set[str]:
    """Copy the functions of the sibling's own files that list its routes; return these files.

    What else such a file declares in the sibling's name comes along, but for the handlers' file.
    """
    builder = made.builder
    found: dict[str, dict[int, Node]] = {}
    for line in made.lines:
        function: Node | None = line.node
        while function is not None and function.type not in FUNCTIONS:
            function = function.parent
        if function is not None and _is_own(builder, line.path, function):
            found.setdefault(line.path, {})[function.start_byte] = function
    part = builder.lesson.parts.get("routes")
    for path, listing in sorted(found.items()):
        nodes = dict(listing)
        if part is None or part.path != path:
            nodes |= {n.start_byte: n for n in _declared(builder, path)}
        for _, node in sorted(nodes.items()):
            _copy(made, outputs, path, node, lists=node.start_byte in listing)
    return set(found)


def _is_own(builder: Builder, path: str, function: Node) -> bool:
    """Whether a function is the sibling's: by its name, its receiver, its file or its package."""
    words = builder.words
    source = builder.graph.code.source(path)
    assert words is not None and source is not None
    name = builder.language.qualified_name(source, function)
    folder, _, file = path.rpartition("/")
    if words.mentions(name) or words.mentions(file.partition(".")[0]):
        return True
    return is_whole(words, folder.rpartition("/")[2])


def _declared(builder: Builder, path: str) -> list[Node]:
    """Return the types and functions that a file declares in the sibling's name."""
    words, source = builder.words, builder.graph.code.source(path)
    assert words is not None and source is not None
    out = []
    for node in builder.graph.code.root(source).named_children:
        target = node
        if node.type in TYPES and node.named_child_count == 1:
            target = node.named_children[0]
        elif node.type not in FUNCTIONS:
            continue
        if words.mentions(str(builder.language.qualified_name(source, target)).partition(".")[0]):
            out.append(node)
    return out


def _copy(
    made: Registrar, outputs: dict[str, Output], path: str, node: Node, *, lists: bool
) -> None:
    builder, words = made.builder, made.builder.words
    source = builder.graph.code.source(path)
    assert words is not None and source is not None
    file = File(Buffer(source, builder.tools.syntax), builder.tools.outline)
    start, _ = extent(file, (node,), words)
    body = node.child_by_field_name("body") if lists else None
    if body is None:
        whole = renamed(file, start, node.end_byte, words, {})
    else:
        head = renamed(file, start, body.start_byte + 1, words, {})
        inner = renamed(file, body.start_byte + 1, body.end_byte - 1, words, {})
        text = replaced(made, inner.strip("\n"), [body], made.within(path, [body]))
        whole = f"{head}\n{text}\n}}"
    needs = [
        ImportNeed(_module(builder, each.module), None, each.local if _aliased(each) else None)
        for each in file.imported
    ]
    target = _target(made, path)
    out = outputs.setdefault(target, Output(target))
    out.add(asked_url(builder, whole), needs, f"the routes, as in {path}")


def _module(builder: Builder, module: str) -> str:
    """Return a package with the new words below the project's own prefix; others as they are."""
    words = builder.words
    assert words is not None
    for prefix in builder.study.own_modules:
        if module.startswith(f"{prefix}/"):
            return prefix + words.module(module.removeprefix(prefix))
    return module


def _aliased(each: ImportedName) -> bool:
    """Whether an import's local name is not what its module's path says."""
    parts = [p for p in each.module.split("/") if not re.fullmatch(r"v\d+", p)]
    last = parts[-1] if parts else ""
    return each.local not in (last, last.partition(".")[0], last.removeprefix("go-"))


def _target(made: Registrar, path: str) -> str:
    """Return the new resource's file for what stands in one of the sibling's."""
    part = made.builder.lesson.parts.get("routes")
    if part is not None and part.path == path:
        return made.context.placing.routes.path
    words = made.builder.words
    assert words is not None
    return words.path(path)
