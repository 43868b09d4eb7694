from app.db.base import Base
from app.models.project import Project
from app.models.task import Task, TaskStatus
from app.models.user import User

__all__ = ["Base", "Project", "Task", "TaskStatus", "User"]
