from typing import Annotated, Any

from fastapi import Query
from pydantic import StringConstraints
from pydantic.alias_generators import to_camel
from sqlmodel import SQLModel


class WireModel(SQLModel):
    """What travels: snake_case here, camelCase in JSON."""

    model_config = {'alias_generator': to_camel, 'populate_by_name': True}


class Message(WireModel):
    message: str


def not_null(value: Any) -> Any:
    if value is None:
        raise ValueError('must not be null')
    return value


Text = Annotated[str, StringConstraints(pattern=r'^[^\x00]*$')]
Name = Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1)]

Skip = Annotated[int, Query(ge=0, le=2**31 - 1)]
Limit = Annotated[int, Query(ge=1, le=100)]
Search = Annotated[Text | None, Query(max_length=100)]
