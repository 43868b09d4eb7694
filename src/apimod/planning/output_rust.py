"""New files of Rust: their imports, and the formatter that leaves them as cargo does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from apimod.languages.buffer import ImportNeed
from apimod.languages.rust_use import HEADS, order, parts
from apimod.manifests import toml
from apimod.planning.children import piped, tool

SETTINGS = ("rustfmt.toml", ".rustfmt.toml")
_STANDARD = ("std", "core", "alloc")
_HEAD = re.compile(r"(?:[ \t]*(?://![^\n]*|#!\[[^\n]*)?\n)*(?:[ \t]*(?://![^\n]*|#!\[[^\n]*\])\n?)")


def rust_file(needs: Iterable[ImportNeed], body: str, own: str) -> str:
    """Return a file: what documents it, the imports in groups, the body. ``own`` is the crate."""
    groups: tuple[dict[str, set[str]], ...] = ({}, {}, {})
    for need in needs:
        module, name = need.module, need.name
        if not name:
            module, _, name = module.rpartition("::")
        if not module:
            continue
        alias = f" as {need.alias}" if need.alias and need.alias != name else ""
        head = parts(module)[0]
        kind = 2 if head in (*HEADS, own) else 0 if head in _STANDARD else 1
        groups[kind].setdefault(module, set()).add(f"{name}{alias}")
    shown = ["\n".join(_lines(group)) for group in groups if group]
    described = _HEAD.match(body)
    docs = described[0].strip() if described else ""
    rest = body[described.end() :].lstrip("\n") if described else body
    text = "\n\n".join(piece for piece in (docs, *shown, rest) if piece)
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def _lines(group: dict[str, set[str]]) -> list[str]:
    out = []
    for module, names in group.items():
        found = sorted(names, key=lambda name: str(order(name, versions=False)))
        listed = found[0] if len(found) == 1 else "{" + ", ".join(found) + "}"
        out.append(f"use {module}::{listed};")
    return sorted(out)


def format_rust(text: str, path: Path, root: Path) -> str:
    """Format with rustfmt where it is on PATH, in the edition and with the settings of a path.

    ``root`` is the project's folder. rustfmt runs no code of the project. Without it the text stays
    as it is.
    """
    formatter = tool("rustfmt")
    if not formatter:
        return text
    command = [formatter, "--quiet", "--edition", edition_at(path, root)]
    settings = _settings(path, root)
    command += ["--config-path", str(settings)] if settings else []
    # Not in the project's folder: there a settings file may name a toolchain of the project's own.
    return piped(command, text) or text


def edition_at(path: Path, root: Path) -> str:
    """Return the edition of the package that a file is of, its workspace's where it inherits."""
    for folder in (path.parent, *path.parent.parents):
        table = _table(folder / "Cargo.toml")
        package = table.get("package")
        given = package.get("edition", "2015") if isinstance(package, dict) else None
        if isinstance(given, dict):
            for above in (folder, *folder.parents):
                shared = _table(above / "Cargo.toml").get("workspace", {}).get("package", {})
                if "edition" in shared:
                    return str(shared["edition"])
        if given is not None:
            return str(given) if isinstance(given, str) else "2021"
        if folder == root.parent:
            break
    return "2021"


def _table(file: Path) -> dict[str, Any]:
    try:
        return toml.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def _settings(path: Path, root: Path) -> Path | None:
    for folder in (path.parent, *path.parent.parents):
        for name in SETTINGS:
            if (folder / name).is_file():
                return folder / name
        if (folder / ".git").exists():
            return None
    return None
