from typing import Annotated

import jwt
from fastapi import Depends, Path
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import settings
from app.core.exceptions import InvalidCredentialsError, PermissionDeniedError
from app.core.security import decode_access_token
from app.db.session import get_session
from app.models import User
from app.repositories.users import UserRepository
from app.services.auth import AuthService
from app.services.projects import ProjectService
from app.services.tasks import TaskService

oauth2_scheme = OAuth2PasswordBearer(tokenUrl=f"{settings.api_v1_prefix}/auth/token")

SessionDep = Annotated[AsyncSession, Depends(get_session)]
TokenDep = Annotated[str, Depends(oauth2_scheme)]
PathId = Annotated[int, Path(ge=1, le=2**31 - 1)]


async def get_current_user(session: SessionDep, token: TokenDep) -> User:
    try:
        user_id = decode_access_token(token)
    except jwt.InvalidTokenError as exc:
        raise InvalidCredentialsError("Could not validate credentials") from exc
    user = await UserRepository(session).get(user_id)
    if user is None or not user.is_active:
        raise InvalidCredentialsError("Could not validate credentials")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


async def get_current_superuser(current_user: CurrentUser) -> User:
    if not current_user.is_superuser:
        raise PermissionDeniedError("The user doesn't have enough privileges")
    return current_user


def get_auth_service(session: SessionDep) -> AuthService:
    return AuthService(session)


def get_project_service(session: SessionDep) -> ProjectService:
    return ProjectService(session)


def get_task_service(session: SessionDep) -> TaskService:
    return TaskService(session)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
ProjectServiceDep = Annotated[ProjectService, Depends(get_project_service)]
TaskServiceDep = Annotated[TaskService, Depends(get_task_service)]
