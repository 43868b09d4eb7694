"""The rest of a scenario's project: what its own team wrote before."""

from __future__ import annotations

from templates_python.context import own_client
from templates_python.rendering import Piece
from templates_python.scenario import Scenario

SETTINGS = """\
[project]
name = "example"
version = "1"
requires-python = ">=3.11"

[tool.ruff]
line-length = {width}
target-version = "py311"

[tool.ruff.lint]
select = ["E", "F", "W", "I", "N", "UP", "B", "SIM", "C4", "ASYNC", "RUF", "PT", "RET", "PIE", "Q", "ANN", "S"]

[tool.ruff.lint.per-file-ignores]
"tests/*" = ["S101", "S105", "S106"]

[tool.mypy]
strict = true
files = ["app", "tests"]

[tool.pytest.ini_options]
testpaths = ["tests"]
"""

BASE = """\
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase{dataclass_import}

NAMING = {{
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}}


class Base({bases}):
    metadata = MetaData(naming_convention=NAMING)


class WireModel(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, from_attributes=True
    )


class Message(WireModel):
    message: str
"""

SQLMODEL_BASE = """\
from pydantic.alias_generators import to_camel
from sqlmodel import SQLModel


class WireModel(SQLModel):
    model_config = {"alias_generator": to_camel, "populate_by_name": True}


class Message(WireModel):
    message: str
"""

DATABASE_BASE = """\
from app.database import Base

__all__ = ["Base"]
"""

DATABASE = """\
import os
from collections.abc import {generator}
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import DateTime, Dialect, StaticPool, TypeDecorator, event
{imports}

URL = os.environ.get("DATABASE_URL", "{url}")
engine = {make}(URL{pool})


@event.listens_for({sync_engine}, "connect")
def enforce_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


class UTCDateTime(TypeDecorator[datetime]):
    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


{session}
"""

SYNC_SESSION = """\
def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session{commit}


SessionDep = Annotated[Session, Depends(get_session)]
"""

ASYNC_SESSION = """\
maker = async_sessionmaker(engine, expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with maker() as session:
        yield session{commit}


SessionDep = Annotated[AsyncSession, Depends(get_session)]
"""

MODELS = """\
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.base import Base


class Team(Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class Account(Base):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_admin: Mapped[bool] = mapped_column(default=False)
"""

SQLMODEL_MODELS = """\
from sqlmodel import Field, SQLModel


class Team(SQLModel, table=True):
    __tablename__ = "teams"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)


class Account(SQLModel, table=True):
    __tablename__ = "accounts"

    id: int | None = Field(default=None, primary_key=True)
    is_admin: bool = False
"""

AUTH = """\
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import APIKeyHeader

KEYS = {"first": 1, "second": 2, "admin": 3}
header = APIKeyHeader(name="X-Key", auto_error=False)


@dataclass
class Caller:
    id: int
    is_admin: bool


def current_user(key: Annotated[str | None, Depends(header)]) -> Caller:
    if key not in KEYS:
        raise HTTPException(401, "Who are you?")
    return Caller(KEYS[key], key == "admin")


CurrentUser = Annotated[Caller, Depends(current_user)]
"""

ERRORS = """\
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse


class Failure(Exception):  # noqa: N818
    status = 400


class NotFound(Failure):
    status = 404


class Taken(Failure):
    status = 409


class Invalid(Failure):
    status = 422


class Denied(Failure):
    status = 403


def answer(request: Request, exc: Failure) -> JSONResponse:
    return JSONResponse({"detail": str(exc)}, exc.status)


def install(app: FastAPI) -> None:
    app.exception_handler(Failure)(answer)
"""

MAIN = """\
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import errors
from app.base import {base_name}
from app.database import engine
from app.models.base import Account, Team
{router_import}
from sqlalchemy.orm import Session


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
{create}
    yield


app = FastAPI(lifespan=lifespan)
errors.install(app)
{include}
"""


ASYNC_TESTS = """\
from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient

{session}

from app.database import engine, maker
from app.main import app, lifespan

Headers = dict[str, str]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def client(anyio_backend: str) -> AsyncIterator[AsyncClient]:
    async with (
        lifespan(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
    ):
        yield client
    await engine.dispose()


@pytest.fixture
async def rows(client: AsyncClient) -> AsyncIterator[AsyncSession]:
    async with maker() as session:
        yield session


@pytest.fixture
def first() -> Headers:
    return {"X-Key": "first"}


@pytest.fixture
def second() -> Headers:
    return {"X-Key": "second"}
"""

SYNC_TESTS = """\
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

{session}

from app.database import engine
from app.main import app

Headers = dict[str, str]


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client
    engine.dispose()


@pytest.fixture
def rows(client: TestClient) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def first() -> Headers:
    return {"X-Key": "first"}


@pytest.fixture
def second() -> Headers:
    return {"X-Key": "second"}
"""


def application(scenario: Scenario, home: Piece | None) -> dict[str, str]:
    """Return the project's own files; ``home`` is what one-file projects hold besides."""
    asynchronous, models = scenario.asynchronous, scenario.orm == "sqlmodel"
    commit = (
        "" if scenario.commit else f"\n        {'await ' if asynchronous else ''}session.commit()"
    )
    files = {
        "pyproject.toml": SETTINGS.format(width=scenario.width),
        "app/__init__.py": "",
        "app/models/__init__.py": "",
        "app/errors.py": ERRORS,
        "app/auth.py": AUTH,
        "app/base.py": DATABASE_BASE
        if scenario.database
        else SQLMODEL_BASE
        if models
        else _base(scenario),
        "app/models/base.py": SQLMODEL_MODELS if models else _models(scenario),
        "app/main.py": _main(scenario, home),
        "tests/__init__.py": "",
    }
    if not own_client(scenario):
        source = ("sqlmodel" if models else "sqlalchemy") + (
            ".ext.asyncio" if asynchronous else "" if models else ".orm"
        )
        source += ".session" if models and asynchronous else ""
        name = "AsyncSession" if asynchronous else "Session"
        tests = ASYNC_TESTS if asynchronous else SYNC_TESTS
        files["tests/conftest.py"] = tests.replace("{session}", f"from {source} import {name}")
    for folder in ("schemas", "services", "repositories", "routes"):
        files[f"app/{folder}/__init__.py"] = ""
    if not scenario.database:
        files["app/database.py"] = _database(scenario, commit)
    if scenario.layers != "inline" and scenario.form == "class":
        files["app/deps.py"] = _deps(scenario)
    return files


def _models(scenario: Scenario) -> str:
    init = "init=False, primary_key" if scenario.dataclass_models else "primary_key"
    return MODELS.replace("primary_key", init)


def _base(scenario: Scenario) -> str:
    if scenario.dataclass_models:
        return BASE.format(
            bases="MappedAsDataclass, DeclarativeBase", dataclass_import=", MappedAsDataclass"
        )
    return BASE.format(bases="DeclarativeBase", dataclass_import="")


def _database(scenario: Scenario, commit: str) -> str:
    pool = ", poolclass=StaticPool if URL.endswith('//') else None"
    if scenario.asynchronous:
        imports = "from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine"
        if scenario.orm == "sqlmodel":
            imports = (
                "from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine\n"
                "from sqlmodel.ext.asyncio.session import AsyncSession"
            )
        session = ASYNC_SESSION.format(commit=commit)
        if scenario.orm == "sqlmodel":
            session = session.replace(
                "async_sessionmaker(engine,", "async_sessionmaker(engine, class_=AsyncSession,"
            )
        return DATABASE.format(
            generator="AsyncIterator", url="sqlite+aiosqlite://", make="create_async_engine",
            sync_engine="engine.sync_engine", imports=imports, pool=pool, session=session,
        )  # fmt: skip
    source = "sqlmodel" if scenario.orm == "sqlmodel" else "sqlalchemy.orm"
    return DATABASE.format(
        generator="Iterator", url="sqlite://", make="create_engine", sync_engine="engine",
        imports=f"from sqlalchemy import create_engine\nfrom {source} import Session",
        pool=pool + ", connect_args={'check_same_thread': False}",
        session=SYNC_SESSION.format(commit=commit),
    )  # fmt: skip


def _deps(scenario: Scenario) -> str:
    role = "repository" if scenario.layers == "repository" else "service"
    folder = {"repository": "repositories", "service": "services"}[role]
    pascal = "".join(map(str.capitalize, scenario.resource.split("_")))
    name = f"{pascal}{role.capitalize()}"
    return f"""\
from typing import Annotated

from fastapi import Depends

from app.database import SessionDep
from app.{folder}.{scenario.plural} import {name}


def get_{role}(session: SessionDep) -> {name}:
    return {name}(session)


{name}Dep = Annotated[{name}, Depends(get_{role})]
"""


def _main(scenario: Scenario, home: Piece | None) -> str:
    models = scenario.orm == "sqlmodel"
    metadata = "SQLModel.metadata" if models else "Base.metadata"
    rows = "[Team(id=1, name='a'), Team(id=2, name='b'), *(Account(id=i, is_admin=i == 3) for i in (1, 2, 3))]"
    if scenario.dataclass_models:
        rows = "[Team(name='a'), Team(name='b'), Account(), Account(), Account(is_admin=True)]"
    fill = f"session.add_all({rows})"
    if scenario.asynchronous:
        create = f"""\
    async with engine.begin() as connection:
        await connection.run_sync({metadata}.create_all)
    async with maker() as session:
        {fill}
        await session.commit()"""
    else:
        create = f"""\
    {metadata}.create_all(engine)
    with Session(engine) as session:
        {fill}
        session.commit()"""
    text = MAIN.format(
        base_name="WireModel" if models else "Base",
        router_import="" if scenario.one_file else f"from app.routes import {scenario.plural}",
        include="" if scenario.one_file else f"app.include_router({scenario.plural}.router)",
        create=create,
    )
    if scenario.asynchronous:
        text = text.replace(
            "from app.database import engine", "from app.database import engine, maker"
        )
        text = text.replace("from sqlalchemy.orm import Session\n", "")
    if scenario.database:
        text = text.replace(
            "from app.base import Base\nfrom app.database import engine",
            "from app.database import Base, engine",
        )
    if models:
        text = text.replace("from app.base import WireModel\n", "")
        text = text.replace(
            "from fastapi import FastAPI\n",
            "from fastapi import FastAPI\nfrom sqlmodel import SQLModel\n",
        )
        text = text.replace("from sqlalchemy.orm import Session", "from sqlmodel import Session")
    return f"{home.header}\n{text}\n\n{home.body}\n" if home else text
