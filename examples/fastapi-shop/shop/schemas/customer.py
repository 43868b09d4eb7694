from datetime import datetime

from pydantic import BaseModel, ConfigDict, EmailStr, Field, field_validator

from shop.schemas.common import not_null


class CustomerCreate(BaseModel):
    email: EmailStr = Field(max_length=254)
    name: str = Field(min_length=1, max_length=120)


class CustomerUpdate(BaseModel):
    email: EmailStr | None = Field(default=None, max_length=254)
    name: str | None = Field(default=None, min_length=1, max_length=120)

    _not_null = field_validator("email", "name")(not_null)


class CustomerRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    email: EmailStr
    name: str
    created_at: datetime
    updated_at: datetime
