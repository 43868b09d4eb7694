import os
from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import StaticPool
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

os.environ.setdefault("SECRET_KEY", "test-only-test-only-test-only-test-only")

from app.core.security import create_access_token
from app.db.session import build_engine, get_session
from app.main import app
from app.models import Base, User

Headers = dict[str, str]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def session(anyio_backend: str) -> AsyncIterator[AsyncSession]:
    engine = build_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with async_sessionmaker(engine, expire_on_commit=False)() as session:
        yield session
    await engine.dispose()


@pytest.fixture
async def client(session: AsyncSession) -> AsyncIterator[AsyncClient]:
    async def override() -> AsyncIterator[AsyncSession]:
        yield session

    app.dependency_overrides[get_session] = override
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client
    app.dependency_overrides.clear()


async def headers_for(session: AsyncSession, email: str, *, is_superuser: bool = False) -> Headers:
    user = User(email=email, hashed_password="unusable", is_superuser=is_superuser)
    session.add(user)
    await session.commit()
    return {"Authorization": f"Bearer {create_access_token(user.id)}"}


@pytest.fixture
async def alice(session: AsyncSession) -> Headers:
    return await headers_for(session, "alice@example.com")


@pytest.fixture
async def bob(session: AsyncSession) -> Headers:
    return await headers_for(session, "bob@example.com")


@pytest.fixture
async def admin(session: AsyncSession) -> Headers:
    return await headers_for(session, "admin@example.com", is_superuser=True)
