from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from depot.db import get_session
from depot.models.user import User

bearer = HTTPBearer()


async def get_current_user(
    session: Annotated[AsyncSession, Depends(get_session)],
    credentials: HTTPAuthorizationCredentials = Depends(bearer),
) -> User:
    user = await session.scalar(select(User).where(User.email == credentials.credentials))
    if user is None:
        raise HTTPException(401, "Unknown user")
    return user
