"""JavaScript: the import by which another file has what a name means in this one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of
from apimod.languages.buffer import Buffer, ImportNeed
from apimod.languages.javascript_bound import imports_of, top_names
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_paths import locate
from apimod.languages.javascript_style import DEFAULT, TYPE

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.source import Source


def need(code: Codebase, source: Source, name: str) -> ImportNeed | None:
    """Return the import of ``name``; None for what a file cannot give to another."""
    buffer = Buffer(source, JAVASCRIPT)
    for each in imports_of(buffer):
        if each.local == name:
            path = locate(code, folder_of(source.path), each.module)
            module = f"/{path}" if path is not None else each.module
            own = each.name if each.name is None or not each.type else f"{TYPE}{each.name}"
            return ImportNeed(module, own, name if own != name else None)
    if name not in top_names(buffer):
        return None
    scopes = code.scopes(source)
    if name in scopes.exports:
        return ImportNeed(f"/{source.path}", name)
    text = source.text_all
    if re.search(
        rf"export\s+default\s+(?:async\s+)?(?:function\s+|class\s+)?{re.escape(name)}\b", text
    ):
        return ImportNeed(f"/{source.path}", DEFAULT, name)
    if re.search(rf"module\.exports\s*=\s*{re.escape(name)}\s*(?:;|$)", text, re.MULTILINE):
        return ImportNeed(f"/{source.path}", None, name)
    return None
