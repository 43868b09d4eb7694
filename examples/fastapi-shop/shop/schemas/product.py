from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, field_validator

from shop.schemas.common import not_null


class ProductCreate(BaseModel):
    sku: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=10_000)
    price_cents: int = Field(ge=0, le=100_000_000)


class ProductUpdate(BaseModel):
    sku: str | None = Field(default=None, min_length=1, max_length=40)
    name: str | None = Field(default=None, min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=10_000)
    price_cents: int | None = Field(default=None, ge=0, le=100_000_000)

    _not_null = field_validator("sku", "name", "price_cents")(not_null)


class ProductRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    sku: str
    name: str
    description: str | None
    price_cents: int
    created_at: datetime
    updated_at: datetime
