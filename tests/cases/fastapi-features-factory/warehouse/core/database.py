from collections.abc import Iterator

from sqlmodel import Session, SQLModel, create_engine

engine = create_engine("postgresql+psycopg://warehouse@localhost/warehouse")


def init_db() -> None:
    SQLModel.metadata.create_all(engine)


def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session
