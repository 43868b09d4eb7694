from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, EmailStr, Field, SecretStr, field_validator

from app.schemas.common import Line, ORMModel, reject_null

FullName = Annotated[Line, Field(max_length=120)]


class UserRegister(BaseModel):
    email: EmailStr = Field(max_length=254)
    full_name: FullName | None = None
    password: SecretStr = Field(min_length=10, max_length=128)


class UserAdminUpdate(BaseModel):
    is_active: bool | None = None
    is_superuser: bool | None = None

    _not_null = field_validator("is_active", "is_superuser")(reject_null)


class UserRead(ORMModel):
    id: int
    email: str
    full_name: str | None
    is_active: bool
    created_at: datetime
    updated_at: datetime
