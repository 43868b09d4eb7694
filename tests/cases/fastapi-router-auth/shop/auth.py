from typing import Annotated

from fastapi import Depends, HTTPException, status
from fastapi.security import OAuth2PasswordBearer

scheme = OAuth2PasswordBearer(tokenUrl="/token")
TOKENS = {"user-token": "user", "admin-token": "admin"}


def require_user(token: Annotated[str, Depends(scheme)]) -> str:
    role = TOKENS.get(token)
    if role is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Not authenticated")
    return role


def require_admin(role: Annotated[str, Depends(require_user)]) -> None:
    if role != "admin":
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Administrators only")
