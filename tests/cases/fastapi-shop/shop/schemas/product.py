from pydantic import BaseModel, ConfigDict, Field


class ProductIn(BaseModel):
    name: str = Field(max_length=100)
    price: int = Field(ge=0)


class ProductUpdate(BaseModel):
    name: str | None = Field(default=None, max_length=100)
    price: int | None = Field(default=None, ge=0)


class ProductOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    price: int
