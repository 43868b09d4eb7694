"""New files of one class: the package, imports in the siblings' groups, their indentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.languages.buffer import Buffer
from apimod.languages.java_edit_imports import arranged, learnt_layout

if TYPE_CHECKING:
    from apimod.languages.buffer import ImportNeed
    from apimod.planning.builder import Builder
    from apimod.source import Source

HEAD = re.compile(
    r"^(?:[\w@]+ )*(?:class|interface|record|enum) [^{]*\{[^\n]*\n(?:[ \t]*\r?\n)*([ \t]+)\S",
    re.MULTILINE,
)
"""The head of a class at a file's top, and the blanks before the line below it."""
UNIT = "    "
"""A level of indentation in a template."""
ENOUGH = 40
"""So many files show how a project groups its imports."""


def new_file(builder: Builder, path: str, package: str, needs: list[ImportNeed], body: str) -> str:
    """Return a whole file: ``body`` with its package and its imports, as the siblings' are."""
    like = _like(builder)
    texts = [written(n.module, n.name) for n in needs]
    wanted = [t for t in texts if t.rpartition(".")[0] not in (package, "java.lang")]
    imports = arranged(wanted, layout(builder))
    head = [f"package {package};"] if package else []
    parts = [*head, *([imports] if imports else []), _laid_out(body.strip("\n"), like)]
    return "\n\n".join(parts) + "\n"


def written(module: str, name: str | None) -> str:
    """Return what an import names; a member of a class is imported as ``static``."""
    if not name:
        return module
    of_class = module.rpartition(".")[2][:1].isupper()
    member = name[:1].islower() or (name.isupper() and len(name) > 1)
    static = of_class and member and not module.startswith("static ")
    return f"{'static ' if static else ''}{module}.{name}"


def layout(builder: Builder) -> tuple[tuple[str, ...], ...]:
    """Return the groups of imports that the project's files show."""
    code, syntax = builder.graph.code, builder.tools.syntax
    first = [part.path for part in builder.lesson.parts.values()]
    sources = [code.source(p) for p in [*first, *builder.study.paths][:ENOUGH]]
    ours = (s for s in sources if s is not None and s.path.endswith(builder.tools.suffix))
    return learnt_layout(Buffer(source, syntax) for source in ours)


def _like(builder: Builder) -> Source | None:
    """Return the sibling's file that shows how classes are laid out."""
    for role in ("routes", "service", "model"):
        part = builder.lesson.parts.get(role)
        if part is not None:
            return part.source
    return None


def _laid_out(body: str, like: Source | None) -> str:
    """Return a body with the sibling's indentation, and its blank line below a class's head."""
    unit = _unit(like)
    if like is not None and not _opens_with_blank(like.data.decode("utf-8", "replace")):
        body = re.sub(
            r"^((?:public |abstract |final )*class [^\n]*\{\n)\n", r"\1", body, flags=re.M
        )
    if unit == UNIT:
        return body
    lines, inside = [], False
    for line in body.split("\n"):
        lines.append(line if inside else _indented(line, unit))
        inside ^= line.count('"""') % 2 == 1
    return "\n".join(lines)


def _unit(like: Source | None) -> str:
    """Return a level of indentation: what the first member of a class stands behind."""
    text = like.data.decode("utf-8", "replace") if like is not None else ""
    found = HEAD.search(text)
    return found[1] if found else UNIT


def _indented(line: str, unit: str) -> str:
    levels, rest = divmod(len(line) - len(line.lstrip(" ")), len(UNIT))
    return unit * levels + " " * rest + line.lstrip(" ")


def _opens_with_blank(text: str) -> bool:
    found = re.search(r"^(?:public |abstract |final )*class [^{]*\{\n(\s*\n)?", text, re.MULTILINE)
    return found is None or bool(found[1])
