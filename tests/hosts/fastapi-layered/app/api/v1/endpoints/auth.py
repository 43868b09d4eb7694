from typing import Annotated

from fastapi import APIRouter, Depends, status
from fastapi.security import OAuth2PasswordRequestForm

from app.api.deps import AuthServiceDep, CurrentUser, PathId, get_current_superuser
from app.models import User
from app.schemas.auth import Token
from app.schemas.user import UserAdminUpdate, UserRead, UserRegister

router = APIRouter()


@router.post("/register", response_model=UserRead, status_code=status.HTTP_201_CREATED)
async def register(data: UserRegister, service: AuthServiceDep) -> User:
    return await service.register(data)


@router.post("/token")
async def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], service: AuthServiceDep
) -> Token:
    return Token(access_token=await service.login(form.username, form.password))


@router.get("/me", response_model=UserRead)
async def read_me(current_user: CurrentUser) -> User:
    return current_user


@router.put(
    "/users/{user_id}/privileges",
    response_model=UserRead,
    dependencies=[Depends(get_current_superuser)],
)
async def update_privileges(
    user_id: PathId, data: UserAdminUpdate, service: AuthServiceDep
) -> User:
    return await service.update_privileges(user_id, data)
