from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator

from app.models.task import TaskStatus
from app.schemas.common import Line, ORMModel, PageParams, RowId, Text, reject_null

TaskTitle = Annotated[Line, Field(max_length=200)]
TaskNotes = Annotated[Text, Field(max_length=10_000)]


class TaskCreate(BaseModel):
    title: TaskTitle
    notes: TaskNotes | None = None
    status: TaskStatus = TaskStatus.TODO
    due_on: date | None = None
    project_id: RowId


class TaskUpdate(BaseModel):
    title: TaskTitle | None = None
    notes: TaskNotes | None = None
    status: TaskStatus | None = None
    due_on: date | None = None
    project_id: RowId | None = None

    _not_null = field_validator("title", "status", "project_id")(reject_null)


class TaskRead(ORMModel):
    id: int
    title: str
    notes: str | None
    status: TaskStatus
    due_on: date | None
    project_id: int
    owner_id: int
    created_at: datetime
    updated_at: datetime


class TaskListParams(PageParams):
    search: Annotated[Text, Field(max_length=100)] | None = None
    sort: Literal["title", "-title", "due_on", "-due_on", "created_at", "-created_at"] = (
        "-created_at"
    )
    status: TaskStatus | None = None
    project_id: RowId | None = None
