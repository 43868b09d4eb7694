from collections.abc import Sequence

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Task
from app.schemas.task import TaskListParams

SORT_COLUMNS = {"title": Task.title, "due_on": Task.due_on, "created_at": Task.created_at}


class TaskRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def list(self, owner_id: int, params: TaskListParams) -> tuple[Sequence[Task], int]:
        query = select(Task).where(Task.owner_id == owner_id)
        if params.status is not None:
            query = query.where(Task.status == params.status)
        if params.project_id is not None:
            query = query.where(Task.project_id == params.project_id)
        if params.search:
            query = query.where(
                or_(
                    Task.title.icontains(params.search, autoescape=True),
                    Task.notes.icontains(params.search, autoescape=True),
                )
            )
        total = await self.session.scalar(select(func.count()).select_from(query.subquery()))
        column = SORT_COLUMNS[params.sort.removeprefix("-")]
        order = column.desc() if params.sort.startswith("-") else column.asc()
        rows = await self.session.scalars(
            query.order_by(order, Task.id.desc()).offset(params.offset).limit(params.limit)
        )
        return rows.all(), total or 0

    async def get(self, task_id: int, owner_id: int) -> Task | None:
        return await self.session.scalar(
            select(Task).where(Task.id == task_id, Task.owner_id == owner_id)
        )

    async def save(self, task: Task) -> None:
        self.session.add(task)
        await self.session.flush()
        await self.session.refresh(task)

    async def delete(self, task: Task) -> None:
        await self.session.delete(task)
        await self.session.flush()

    async def reassign(self, project_id: int, owner_id: int) -> None:
        await self.session.execute(
            update(Task).where(Task.project_id == project_id).values(owner_id=owner_id)
        )
