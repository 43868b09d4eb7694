from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from ..database import UTCDateTime, now
from ..schemas import Name, WireModel, not_null

MAX_INT = 2**31 - 1


class Product(SQLModel, table=True):
    __tablename__ = 'product'

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    sku: str = Field(max_length=40, unique=True)
    title: str = Field(max_length=200)
    unit_price_cents: int
    in_stock: int = 0
    supplier_id: UUID = Field(foreign_key='supplier.id', index=True)
    created: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    modified: datetime = Field(
        default_factory=now, sa_type=UTCDateTime, sa_column_kwargs={'onupdate': now}
    )


class ProductCreate(WireModel):
    sku: Name = Field(max_length=40)
    title: Name = Field(max_length=200)
    unit_price_cents: int = Field(ge=0, le=MAX_INT)
    in_stock: int = Field(default=0, ge=0, le=MAX_INT)
    supplier_id: UUID


class ProductUpdate(WireModel):
    sku: Name | None = Field(default=None, max_length=40)
    title: Name | None = Field(default=None, max_length=200)
    unit_price_cents: int | None = Field(default=None, ge=0, le=MAX_INT)
    in_stock: int | None = Field(default=None, ge=0, le=MAX_INT)
    supplier_id: UUID | None = None

    _not_null = field_validator('*')(not_null)


class ProductPublic(WireModel):
    id: UUID
    sku: str
    title: str
    unit_price_cents: int
    in_stock: int
    supplier_id: UUID
    created: datetime
    modified: datetime


class ProductsPublic(WireModel):
    data: list[ProductPublic]
    count: int


class ProductOrder(StrEnum):
    SKU = 'sku'
    SKU_DESC = '-sku'
    CREATED = 'created'
    CREATED_DESC = '-created'
