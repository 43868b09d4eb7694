"""The files that are a resource's own, also where it shares its files with others.

What a shared file defines for a resource (its model among other models) is put into a file of
its own for the eyes of the analogy, so that the rest of the project is seen to use it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.languages.buffer import Buffer
from apimod.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.siblings import Sibling
    from apimod.planning.builder import Builder
    from apimod.rename import Renamer

MADE = ".kin.go"
"""What the names of the files that are made up end with."""
DEFINITIONS = ("type_declaration", "function_declaration", "method_declaration")


def kin_files(
    builder: Builder, sibling: Sibling, words: Renamer, buffers: dict[str, Buffer]
) -> set[str]:
    """Return a resource's own files; a made one for each file in which it defines things."""
    out: set[str] = set()
    for path in sorted(p for p in buffers if not p.endswith(MADE)):
        stem = path.rpartition("/")[2].partition(".")[0]
        folder = path.rpartition("/")[0].rpartition("/")[2]
        if _is_name(words, stem) or is_whole(words, folder):
            out.add(path)
            continue
        own = [n for n in buffers[path].root.named_children if _defines(builder, path, n, words)]
        if own:
            made = f"{path.removesuffix('.go')}.{sibling.singular}{MADE}"
            source = buffers[path].source
            clause = re.search(rb"^package\s+\w+", source.data, re.MULTILINE)
            head = clause[0] if clause else b"package p"
            text = (
                head + b"\n\n" + b"\n\n".join(source.data[n.start_byte : n.end_byte] for n in own)
            )
            buffers[made] = Buffer(Source(made, text + b"\n"), builder.tools.syntax)
            out.add(made)
    return out


def _is_name(words: Renamer, stem: str) -> bool:
    """Whether a file is named for the resource: ``book``, ``book_handler``, ``bookHandler``."""
    return words.mentions(stem)


def is_whole(words: Renamer, folder: str) -> bool:
    """Whether a folder is the resource's: its name and nothing else."""
    new = words.new
    whole = (new.singular, new.plural, new.singular.replace("_", ""), new.plural.replace("_", ""))
    return words.mentions(folder) and words.module(folder) in whole


def _defines(builder: Builder, path: str, node: Node, words: Renamer) -> bool:
    """Whether a definition of a shared file is the resource's: a type, a function, a method."""
    if node.type not in DEFINITIONS:
        return False
    source = builder.graph.code.source(path)
    if source is None:
        return False
    target = node
    if node.type == "type_declaration":
        specs = [c for c in node.named_children if c.type in ("type_spec", "type_alias")]
        if len(specs) != 1:
            return False
        target = specs[0]
    name = builder.language.qualified_name(source, target)
    return words.mentions(name.partition(".")[0]) or words.mentions(name)
