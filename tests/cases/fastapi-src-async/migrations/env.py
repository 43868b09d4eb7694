import asyncio

from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

from depot.db import Base
from depot.models import article, user  # noqa: F401

config = context.config


def run(connection):
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()


async def main():
    engine = create_async_engine(config.get_main_option("sqlalchemy.url"))
    async with engine.connect() as connection:
        await connection.run_sync(run)


asyncio.run(main())
