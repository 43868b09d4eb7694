import logging

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.exceptions import ConflictError, InvalidReferenceError, NotFoundError
from app.models import Project, User
from app.repositories.projects import ProjectRepository
from app.repositories.tasks import TaskRepository
from app.repositories.users import UserRepository
from app.schemas.common import Page
from app.schemas.project import ProjectCreate, ProjectListParams, ProjectRead, ProjectUpdate

logger = logging.getLogger(__name__)


class ProjectService:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.projects = ProjectRepository(session)
        self.tasks = TaskRepository(session)
        self.users = UserRepository(session)

    async def list(self, owner: User, params: ProjectListParams) -> Page[ProjectRead]:
        projects, total = await self.projects.list(owner.id, params)
        return Page[ProjectRead].build(projects, total, params)

    async def get(self, project_id: int, owner: User) -> Project:
        project = await self.projects.get(project_id, owner.id)
        if project is None:
            raise NotFoundError("Project not found")
        return project

    async def create(self, data: ProjectCreate, owner: User) -> Project:
        project = Project(**data.model_dump(), owner_id=owner.id)
        await self._save(project)
        logger.info("created project %d", project.id)
        return project

    async def update(self, project_id: int, data: ProjectUpdate, owner: User) -> Project:
        project = await self.get(project_id, owner)
        for field, value in data.model_dump(exclude_unset=True).items():
            setattr(project, field, value)
        await self._save(project)
        return project

    async def transfer(self, project_id: int, owner_id: int) -> Project:
        project = await self.projects.get_any(project_id)
        if project is None:
            raise NotFoundError("Project not found")
        if await self.users.get(owner_id) is None:
            raise InvalidReferenceError("owner_id: no such user")
        await self.tasks.reassign(project_id, owner_id)
        project.owner_id = owner_id
        await self._save(project)
        logger.info("transferred project %d to user %d", project.id, owner_id)
        return project

    async def delete(self, project_id: int, owner: User) -> None:
        project = await self.get(project_id, owner)
        try:
            await self.projects.delete(project)
        except IntegrityError as exc:
            await self.session.rollback()
            raise ConflictError("The project still has tasks") from exc
        await self.session.commit()
        logger.info("deleted project %d", project_id)

    async def _save(self, project: Project) -> None:
        try:
            await self.projects.save(project)
        except IntegrityError as exc:
            await self.session.rollback()
            raise ConflictError("A project with this name already exists") from exc
        await self.session.commit()
