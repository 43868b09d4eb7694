from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from ..database import UTCDateTime, now
from ..schemas import Name, Text, WireModel, not_null


class Supplier(SQLModel, table=True):
    __tablename__ = 'supplier'

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(max_length=100, unique=True)
    contact_email: str | None = Field(default=None, max_length=254)
    created: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    modified: datetime = Field(
        default_factory=now, sa_type=UTCDateTime, sa_column_kwargs={'onupdate': now}
    )


class SupplierCreate(WireModel):
    name: Name = Field(max_length=100)
    contact_email: Text | None = Field(default=None, max_length=254)


class SupplierUpdate(WireModel):
    name: Name | None = Field(default=None, max_length=100)
    contact_email: Text | None = Field(default=None, max_length=254)

    _not_null = field_validator('name')(not_null)


class SupplierPublic(WireModel):
    id: UUID
    name: str
    contact_email: str | None
    created: datetime
    modified: datetime


class SuppliersPublic(WireModel):
    data: list[SupplierPublic]
    count: int


class SupplierOrder(StrEnum):
    NAME = 'name'
    NAME_DESC = '-name'
    CREATED = 'created'
    CREATED_DESC = '-created'
