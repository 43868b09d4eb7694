"""Files of a resource's own that only hand its parts on: the new resource gets one too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of, join
from apimod.languages.buffer import Buffer, blank_lines_between
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_outline import JAVASCRIPT_OUTLINE
from apimod.languages.javascript_print import printed
from apimod.languages.javascript_style import bare

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.files import Files
    from apimod.planning.output import Output
    from apimod.source import Source


def own_barrels(builder: Builder) -> list[str]:
    """Return the sibling's own files that hand its parts on: the index of its folder."""
    words = builder.words
    if words is None:
        return []
    parts = {part.path for part in builder.lesson.parts.values()}
    folders = {folder_of(path) for path in parts}
    prefix = builder.study.prefix
    return [
        path
        for path in builder.study.paths
        if folder_of(path) in folders
        and path not in parts
        and words.mentions(path.removeprefix(prefix).rpartition("/")[0].rpartition("/")[2])
        and re.fullmatch(r"index\.[cm]?[jt]s", path.rpartition("/")[2])
    ]


def copy_barrels(builder: Builder, outputs: dict[str, Output], files: Files) -> None:
    """Plan a copy of each for the new resource, of what it has a counterpart for."""
    words = builder.words
    made = {bare(path) for path in outputs}
    for path in own_barrels(builder):
        source = builder.graph.code.source(path)
        if source is None or words is None:
            continue
        target = words.path(path)
        if target in outputs or target == path:
            continue
        text = _copied(builder, source, made)
        if text.strip():
            because = f"hands the parts on, as {path}"
            files.create(target, printed(text, target, builder.tools.script), because)


def _copied(builder: Builder, barrel: Source, made: set[str]) -> str:
    """Return the text of a copy; what leads to no new file is left out, and all that names it."""
    words = builder.words
    assert words is not None
    buffer = Buffer(barrel, JAVASCRIPT)
    gone: set[str] = set()
    kept: list[str] = []
    imported = list(JAVASCRIPT_OUTLINE.imported(buffer))
    for statement in buffer.root.named_children:
        inside = [
            each
            for each in imported
            if statement.start_byte <= each.statement.start_byte < statement.end_byte
        ]
        missing = [
            each
            for each in inside
            if each.module.startswith(".")
            and bare(join(folder_of(words.path(barrel.path)), words.path(each.module))) not in made
        ]
        if missing:
            gone.update(each.local for each in missing)
            continue
        above = statement.prev_named_sibling
        apart = above is not None and blank_lines_between(above, statement) > 0
        kept.append(("\n\n" if apart else "\n") * bool(kept) + buffer.text(statement))
    text = "".join(kept)
    for name in gone:
        if re.fullmatch(r"\w+", name):
            text = re.sub(rf"(?<=[{{,\s]){name}\s*,\s*|,\s*{name}(?=\s*\}})", "", text)
    return _renamed(builder, text) + "\n"


def _renamed(builder: Builder, text: str) -> str:
    words = builder.words
    assert words is not None

    def one(found: re.Match[str]) -> str:
        if found[1]:
            return f"{found[1]}{words.path(found[2])}{found[1]}"
        return words.identifier(found[0])

    return re.sub(r"(['\"])([^'\"\n]*)\1|[A-Za-z_$][\w$]*", one, text)
