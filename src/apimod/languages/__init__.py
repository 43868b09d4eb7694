"""The languages that the engine can read. A module a language; the rest of the engine asks here."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apimod.languages.base import Language

SUFFIXES = {
    ".py": "python",
    ".go": "go",
    ".rs": "rust",
    ".java": "java",
    ".kt": "java",
    **dict.fromkeys(
        (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"),
        "javascript",
    ),
}
"""Which module under ``apimod.languages`` reads a file; each offers ``LANGUAGE``."""


MODULE_FILES = re.compile(
    r"go\.mod|Cargo\.toml|pom\.xml|.*\.gradle(\.kts)?|package\.json|[jt]sconfig(\.[\w-]+)*\.json"
)
"""Names of files, in no language, that say where imports lead, or what is needed."""


SCHEMAS = (".graphql", ".graphqls", ".gql")
"""Endings of documents that define a schema."""

CONTRACTS = (*SCHEMAS, ".proto", ".yml", ".yaml")
"""Endings of files that declare what a server offers, or name such files."""

SETTINGS = (".properties", ".yml", ".yaml")
"""Endings of files, in no language, that a matcher may name as holding settings."""


def is_readable(path: str) -> bool:
    """Whether a codebase needs a file: it is in a language, says where imports lead, or declares.

    What declares is a contract, services and schemas, or holds settings.
    """
    if language_of(path) is not None or path.endswith((*CONTRACTS, *SETTINGS)):
        return True
    return MODULE_FILES.fullmatch(path.rpartition("/")[2]) is not None


def language_of(path: str) -> Language | None:
    """Return the language of a file by its name, or None."""
    dot = path.rfind(".")
    name = SUFFIXES.get(path[dot:]) if dot > 0 else None
    return language_named(name) if name else None


@cache
def language_named(name: str) -> Language:
    """Return a language by its name."""
    language: Language = import_module(f"apimod.languages.{name}").LANGUAGE
    return language


def known_languages() -> tuple[str, ...]:
    """Return the names of all languages."""
    return tuple(dict.fromkeys(SUFFIXES.values()))


__all__ = [
    "CONTRACTS",
    "MODULE_FILES",
    "SCHEMAS",
    "SETTINGS",
    "SUFFIXES",
    "is_readable",
    "known_languages",
    "language_named",
    "language_of",
]
