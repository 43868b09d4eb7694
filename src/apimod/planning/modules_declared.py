"""Declares the modules of new files, in the files above them that hold such declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages.buffer import Buffer
from apimod.languages.rust_edit_modules import declare, declared, visibility
from apimod.languages.rust_paths import parent_of

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.files import Files
    from apimod.planning.output import Output


def declare_modules(builder: Builder, outputs: dict[str, Output], files: Files) -> None:
    """Insert ``mod x;`` for every new file; a folder that is new gets a file of declarations."""
    code, suffix = builder.graph.code, builder.tools.suffix
    todo = [p for p in outputs if p.endswith(suffix) and not code.has(p)]
    todo = [p for p in todo if not builder.language.is_test(p)]
    made: dict[str, list[str]] = {}
    while todo:
        path = todo.pop(0)
        folder, _, file = path.rpartition("/")
        above = parent_of(code, path)
        if not above and not code.has_folder(folder):
            above = f"{folder}/mod.rs"
        if not above or above == path:
            continue
        name = folder.rpartition("/")[2] if file == "mod.rs" else file.removesuffix(suffix)
        if code.has(above):
            buffer = Buffer(files.source(above), builder.tools.syntax)
            files.insert(above, declare(buffer, name, _head(buffer)), f"{name} is a module")
        else:
            todo += [] if above in made else [above]
            made.setdefault(above, []).append(name)
    for path, names in made.items():
        lines = "\n".join(f"pub mod {name};" for name in sorted(names))
        files.create(path, f"{lines}\n", "the modules of a new folder")


def _head(buffer: Buffer) -> str:
    """Return how a declaration begins that others reach into; ``""`` for as its neighbours do.

    Neighbours that are private to their folder hand their names on, which a new one does not.
    """
    if buffer.path.rpartition("/")[2] in ("main.rs", "lib.rs"):
        return ""
    marks = {visibility(buffer, node) for node in declared(buffer)}
    return "pub mod" if "mod" in marks and len(marks) == 1 else ""
