import logging

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.exceptions import InvalidReferenceError, NotFoundError
from app.models import Task, User
from app.repositories.projects import ProjectRepository
from app.repositories.tasks import TaskRepository
from app.schemas.common import Page
from app.schemas.task import TaskCreate, TaskListParams, TaskRead, TaskUpdate

logger = logging.getLogger(__name__)


class TaskService:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.tasks = TaskRepository(session)
        self.projects = ProjectRepository(session)

    async def list(self, owner: User, params: TaskListParams) -> Page[TaskRead]:
        tasks, total = await self.tasks.list(owner.id, params)
        return Page[TaskRead].build(tasks, total, params)

    async def get(self, task_id: int, owner: User) -> Task:
        task = await self.tasks.get(task_id, owner.id)
        if task is None:
            raise NotFoundError("Task not found")
        return task

    async def create(self, data: TaskCreate, owner: User) -> Task:
        await self._check_project(data.project_id, owner)
        task = Task(**data.model_dump(), owner_id=owner.id)
        await self._save(task)
        logger.info("created task %d", task.id)
        return task

    async def update(self, task_id: int, data: TaskUpdate, owner: User) -> Task:
        task = await self.get(task_id, owner)
        if data.project_id is not None:
            await self._check_project(data.project_id, owner)
        for field, value in data.model_dump(exclude_unset=True).items():
            setattr(task, field, value)
        await self._save(task)
        return task

    async def delete(self, task_id: int, owner: User) -> None:
        task = await self.get(task_id, owner)
        await self.tasks.delete(task)
        await self.session.commit()
        logger.info("deleted task %d", task_id)

    async def _check_project(self, project_id: int, owner: User) -> None:
        if await self.projects.get(project_id, owner.id) is None:
            raise InvalidReferenceError("project_id: no such project")

    async def _save(self, task: Task) -> None:
        try:
            await self.tasks.save(task)
        except IntegrityError as exc:
            await self.session.rollback()
            raise InvalidReferenceError("project_id: no such project") from exc
        await self.session.commit()
