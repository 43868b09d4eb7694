from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import DateTime, Dialect, Engine, TypeDecorator, event
from sqlmodel import Session, create_engine
from sqlmodel.pool import StaticPool


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, also where the database forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


def make_engine(url: str) -> Engine:
    if not url.startswith('sqlite'):
        return create_engine(url, pool_pre_ping=True)

    options: dict[str, Any] = {'connect_args': {'check_same_thread': False}}
    if url == 'sqlite://':
        options['poolclass'] = StaticPool
    engine = create_engine(url, **options)

    @event.listens_for(engine, 'connect')
    def enforce_foreign_keys(connection: Any, record: Any) -> None:
        connection.execute('PRAGMA foreign_keys = ON')

    return engine


def get_session(request: Request) -> Iterator[Session]:
    with Session(request.app.state.engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]
