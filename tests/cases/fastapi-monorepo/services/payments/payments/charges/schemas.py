from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class ChargeCreate(Wire):
    currency: str = Field(min_length=3, max_length=3)
    amount_cents: int = Field(ge=1)


class ChargeView(Wire):
    id: UUID
    currency: str
    amount_cents: int
