from collections.abc import Sequence
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ItemT = TypeVar("ItemT")


def reject_null(value: Any) -> Any:
    """For update schemas: a field may be left out, but not cleared."""
    if value is None:
        raise ValueError("must not be null")
    return value


# PostgreSQL takes neither NUL in a text nor an integer beyond 32 bits.
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
Line = Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1)]
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ORMModel(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PageParams(BaseModel):
    page: int = Field(default=1, ge=1, le=1_000_000)
    limit: int = Field(default=20, ge=1, le=100)

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.limit


class Page(BaseModel, Generic[ItemT]):
    items: list[ItemT]
    page: int
    limit: int
    total: int
    pages: int

    @classmethod
    def build(cls, items: Sequence[Any], total: int, params: PageParams) -> Self:
        return cls.model_validate(
            {
                "items": items,
                "page": params.page,
                "limit": params.limit,
                "total": total,
                "pages": -(-total // params.limit),
            }
        )
