from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, status

from app.api.deps import CurrentUser, PathId, TaskServiceDep
from app.models import Task
from app.schemas.common import Page
from app.schemas.task import TaskCreate, TaskListParams, TaskRead, TaskUpdate

router = APIRouter()


@router.get("")
async def list_tasks(
    params: Annotated[TaskListParams, Query()],
    current_user: CurrentUser,
    service: TaskServiceDep,
) -> Page[TaskRead]:
    return await service.list(current_user, params)


@router.post("", response_model=TaskRead, status_code=status.HTTP_201_CREATED)
async def create_task(
    data: TaskCreate,
    current_user: CurrentUser,
    service: TaskServiceDep,
    request: Request,
    response: Response,
) -> Task:
    task = await service.create(data, current_user)
    response.headers["Location"] = request.url_for("get_task", task_id=task.id).path
    return task


@router.get("/{task_id}", response_model=TaskRead)
async def get_task(task_id: PathId, current_user: CurrentUser, service: TaskServiceDep) -> Task:
    return await service.get(task_id, current_user)


@router.put("/{task_id}", response_model=TaskRead)
async def update_task(
    task_id: PathId, data: TaskUpdate, current_user: CurrentUser, service: TaskServiceDep
) -> Task:
    return await service.update(task_id, data, current_user)


@router.delete("/{task_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_task(task_id: PathId, current_user: CurrentUser, service: TaskServiceDep) -> None:
    await service.delete(task_id, current_user)
