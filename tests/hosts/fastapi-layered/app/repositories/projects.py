from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Project
from app.schemas.project import ProjectListParams

SORT_COLUMNS = {"name": Project.name, "created_at": Project.created_at}


class ProjectRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def list(self, owner_id: int, params: ProjectListParams) -> tuple[Sequence[Project], int]:
        query = select(Project).where(Project.owner_id == owner_id)
        if params.search:
            query = query.where(
                or_(
                    Project.name.icontains(params.search, autoescape=True),
                    Project.description.icontains(params.search, autoescape=True),
                )
            )
        total = await self.session.scalar(select(func.count()).select_from(query.subquery()))
        column = SORT_COLUMNS[params.sort.removeprefix("-")]
        order = column.desc() if params.sort.startswith("-") else column.asc()
        rows = await self.session.scalars(
            query.order_by(order, Project.id.desc()).offset(params.offset).limit(params.limit)
        )
        return rows.all(), total or 0

    async def get(self, project_id: int, owner_id: int) -> Project | None:
        return await self.session.scalar(
            select(Project).where(Project.id == project_id, Project.owner_id == owner_id)
        )

    async def get_any(self, project_id: int) -> Project | None:
        """Whoever owns it: for superusers only."""
        return await self.session.get(Project, project_id)

    async def save(self, project: Project) -> None:
        self.session.add(project)
        await self.session.flush()
        await self.session.refresh(project)

    async def delete(self, project: Project) -> None:
        await self.session.delete(project)
        await self.session.flush()
