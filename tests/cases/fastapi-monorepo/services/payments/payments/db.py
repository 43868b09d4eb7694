from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass

engine = create_async_engine("postgresql+asyncpg://localhost/payments")
factory = async_sessionmaker(engine, expire_on_commit=False)


class Base(MappedAsDataclass, DeclarativeBase):
    pass


async def session() -> AsyncIterator[AsyncSession]:
    async with factory.begin() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]
