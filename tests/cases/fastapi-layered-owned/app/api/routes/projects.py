from fastapi import APIRouter, HTTPException, Query, status
from sqlalchemy import func, select

from app.api.deps import CurrentUser, SessionDep
from app.models import Project, User
from app.schemas.project import ProjectCreate, ProjectList, ProjectOut, ProjectUpdate

router = APIRouter()


async def _owned(project_id: int, session: SessionDep, user: User) -> Project:
    project = await session.get(Project, project_id)
    if project is None:
        raise HTTPException(status_code=404, detail="Project not found")
    if not user.is_superuser and project.owner_id != user.id:
        raise HTTPException(status_code=403, detail="Not enough permissions")
    return project


@router.get("", response_model=ProjectList)
async def list_projects(
    session: SessionDep,
    user: CurrentUser,
    page: int = Query(1, ge=1),
    limit: int = Query(20, ge=1, le=100),
) -> dict[str, object]:
    query = select(Project)
    if not user.is_superuser:
        query = query.where(Project.owner_id == user.id)
    total = await session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = await session.scalars(query.order_by(Project.id).offset((page - 1) * limit).limit(limit))
    pages = -(-total // limit)
    return {"items": rows.all(), "total": total, "page": page, "limit": limit, "pages": pages}


@router.post("", response_model=ProjectOut, status_code=status.HTTP_201_CREATED)
async def create_project(data: ProjectCreate, session: SessionDep, user: CurrentUser) -> Project:
    project = Project(**data.model_dump(), owner_id=user.id)
    session.add(project)
    await session.commit()
    return project


@router.get("/{project_id}", response_model=ProjectOut)
async def get_project(project_id: int, session: SessionDep, user: CurrentUser) -> Project:
    return await _owned(project_id, session, user)


@router.put("/{project_id}", response_model=ProjectOut)
async def update_project(
    project_id: int, data: ProjectUpdate, session: SessionDep, user: CurrentUser
) -> Project:
    project = await _owned(project_id, session, user)
    for key, value in data.model_dump(exclude_unset=True).items():
        setattr(project, key, value)
    await session.commit()
    return project


@router.delete("/{project_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_project(project_id: int, session: SessionDep, user: CurrentUser) -> None:
    project = await _owned(project_id, session, user)
    await session.delete(project)
    await session.commit()
