from pydantic import BaseModel, ConfigDict, Field


class OrderIn(BaseModel):
    product_id: int
    quantity: int = Field(ge=1)


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    product_id: int
    quantity: int
