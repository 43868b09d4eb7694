from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite:///countries.db")
app = FastAPI()


class Base(DeclarativeBase):
    pass


class Country(Base):
    __tablename__ = "countries"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))


class CountryRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    code: str
    name: str


def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


@app.get("/countries", response_model=list[CountryRead])
def list_countries(session: SessionDep) -> list[Country]:
    return list(session.scalars(select(Country)))


@app.get("/countries/{code}", response_model=CountryRead)
def read_country(code: str, session: SessionDep) -> Country:
    country = session.get(Country, code)
    if country is None:
        raise HTTPException(404, "Country not found")
    return country
