"""How a file of Rust names a module: from its own crate's root, or by the crate's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of, join
from apimod.languages.rust_modules import ROOTS, RustModules
from apimod.languages.rust_use import parts

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.source import Source

CRATE = "crate"


def parent_of(code: Codebase, path: str) -> str:
    """Return the file that declares the module at ``path``, or would; ``""`` for a crate's root."""
    folder, _, file = path.rpartition("/")
    if file == "mod.rs":
        folder, _, file = folder.rpartition("/")
    elif file in ROOTS:
        return ""
    for name in ("mod.rs", "lib.rs", "main.rs"):
        candidate = join(folder, name)
        if candidate != path and code.has(candidate):
            return candidate
    beside = f"{folder}.rs"
    return beside if folder and code.has(beside) else ""


def home_of(language: RustModules, code: Codebase, path: str) -> str:
    """Return the root of the crate that a file, which need not exist, belongs to."""
    at = path
    if not code.has(path):
        at = parent_of(code, path)
        if not at:
            above = folder_of(path)
            return home_of(language, code, f"{above}.rs") if above not in ("", ".") else path
    roots = language.roots(code, at)
    return next((r for r in roots if r.endswith("lib.rs")), roots[0])


def import_path(language: RustModules, code: Codebase, path: str, module: str) -> str:
    """Return how the file at ``path`` names a module: ``crate::a``, ``shop::a``, ``serde::de``.

    ``module`` is a path, or a canonical name, whose first part is the package's name, or ``crate``
    for the package that the file is in.
    """
    head, *inner = parts(module)
    package = language.package_of(code, path)
    name = package.name if package is not None else ""
    if package is None or head not in (CRATE, name):
        return "::".join((head, *inner))
    home = home_of(language, code, path)
    library = package.library if code.has(package.library) else ""
    there = _owner(language, code, home, library, inner)
    return "::".join((CRATE if there == home else name, *inner))


def _owner(language: RustModules, code: Codebase, home: str, library: str, inner: list[str]) -> str:
    """Return the root of the crate that a module of the package is in."""
    if not library or home == library:
        return home
    source = code.source(home)
    declared = source is not None and inner and language.exported(code, home, inner[0])
    in_library = inner and language.exported(code, library, inner[0])
    return home if declared and not in_library else library


def own_path(language: RustModules, code: Codebase, source: Source) -> str:
    """Return the path of a file's module from its crate's root: ``crate::handlers::users``."""
    names = language.module_name(code, source).split(".")[1:]
    return "::".join((CRATE, *names))
