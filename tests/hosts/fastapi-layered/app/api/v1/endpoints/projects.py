from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response, status

from app.api.deps import CurrentUser, PathId, ProjectServiceDep, get_current_superuser
from app.models import Project
from app.schemas.common import Page
from app.schemas.project import (
    ProjectCreate,
    ProjectListParams,
    ProjectRead,
    ProjectTransfer,
    ProjectUpdate,
)

router = APIRouter()


@router.get("")
async def list_projects(
    params: Annotated[ProjectListParams, Query()],
    current_user: CurrentUser,
    service: ProjectServiceDep,
) -> Page[ProjectRead]:
    return await service.list(current_user, params)


@router.post("", response_model=ProjectRead, status_code=status.HTTP_201_CREATED)
async def create_project(
    data: ProjectCreate,
    current_user: CurrentUser,
    service: ProjectServiceDep,
    request: Request,
    response: Response,
) -> Project:
    project = await service.create(data, current_user)
    response.headers["Location"] = request.url_for("get_project", project_id=project.id).path
    return project


@router.get("/{project_id}", response_model=ProjectRead)
async def get_project(
    project_id: PathId, current_user: CurrentUser, service: ProjectServiceDep
) -> Project:
    return await service.get(project_id, current_user)


@router.put("/{project_id}", response_model=ProjectRead)
async def update_project(
    project_id: PathId, data: ProjectUpdate, current_user: CurrentUser, service: ProjectServiceDep
) -> Project:
    return await service.update(project_id, data, current_user)


@router.delete("/{project_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_project(
    project_id: PathId, current_user: CurrentUser, service: ProjectServiceDep
) -> None:
    await service.delete(project_id, current_user)


@router.post(
    "/{project_id}/transfer",
    response_model=ProjectRead,
    dependencies=[Depends(get_current_superuser)],
)
async def transfer_project(
    project_id: PathId, data: ProjectTransfer, service: ProjectServiceDep
) -> Project:
    return await service.transfer(project_id, data.owner_id)
