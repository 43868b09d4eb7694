from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class ArticleCreate(BaseModel):
    code: str = Field(min_length=1, max_length=20)


class ArticleUpdate(BaseModel):
    code: str | None = Field(default=None, min_length=1, max_length=20)


class ArticleRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    code: str
    created_at: datetime | None
