"""The engine knows languages and never a library: no library's name stands in ``src/``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apimod.pack import Pack, builtin_root, load_pack

ROOT = Path(__file__).parents[2]
TOOLS = {"formatter", "linter", "test"}
"""Kinds that no generated endpoint stands on; the engine runs formatters by their names."""

WORDS = frozenset(
    "atlas bun echo goose graphql grpc jwt oauth2 log sqlite sqlite3 testing validator wire".split()
)
"""Names that are words of the engine's own as well: English, a kind of unit, a kind of
authentication, an ending of files. The module paths of these libraries are still looked for."""

OTHERS = frozenset(
    "django flask starlette litestar tornado aiohttp express.js fastify nestjs koa hapi axum actix "
    "laravel symfony rails sinatra spring-boot quarkus micronaut typeorm prisma sequelize mongoose "
    "hibernate zod joi diesel seaorm fiber gorilla uvicorn gunicorn hypercorn celery".split()
)
"""Libraries that no matcher describes yet."""


def library_names(pack: Pack) -> set[str]:
    """Return the names of units, and of the packages and modules that they are recognised by."""
    found = set(OTHERS)
    for unit in pack.units:
        if unit.kind in TOOLS:
            continue
        found.add(unit.name)
        found.update(unit.names("detect", "packages"), unit.names("detect", "imports"))
    return found - WORDS


NAMES = sorted(library_names(load_pack(builtin_root())), reverse=True)
PATTERN = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, NAMES))})(?![\w-])", re.IGNORECASE)


def named(text: str) -> list[str]:
    """Return the lines that name a library, each with its number."""
    lines = enumerate(text.splitlines(), 1)
    return [f"{number}: {line.strip()}" for number, line in lines if PATTERN.search(line)]


@pytest.mark.parametrize(
    "line",
    [
        "from fastapi import FastAPI",
        "# as SQLAlchemy does",
        '"github.com/gin-gonic/gin"',
        "x = GORM",
    ],
)
def test_a_name_is_seen(line: str) -> None:
    assert named(line) == [f"1: {line}"]


@pytest.mark.parametrize("line", ["the name on the wire", "origin = 1", "beginning", "engine"])
def test_a_word_is_no_name(line: str) -> None:
    assert named(line) == []


def test_the_engine_names_no_library() -> None:
    guilty = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sorted((ROOT / "src").rglob("*.py"))
        if (lines := named(path.read_text("utf-8")))
    }
    assert guilty == {}
