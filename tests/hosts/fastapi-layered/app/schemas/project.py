from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator

from app.schemas.common import Line, ORMModel, PageParams, RowId, Text, reject_null

ProjectName = Annotated[Line, Field(max_length=120)]
ProjectDescription = Annotated[Text, Field(max_length=5000)]


class ProjectCreate(BaseModel):
    name: ProjectName
    description: ProjectDescription | None = None


class ProjectUpdate(BaseModel):
    name: ProjectName | None = None
    description: ProjectDescription | None = None

    _not_null = field_validator("name")(reject_null)


class ProjectTransfer(BaseModel):
    owner_id: RowId


class ProjectRead(ORMModel):
    id: int
    name: str
    description: str | None
    owner_id: int
    created_at: datetime
    updated_at: datetime


class ProjectListParams(PageParams):
    search: Annotated[Text, Field(max_length=100)] | None = None
    sort: Literal["name", "-name", "created_at", "-created_at"] = "-created_at"
