from sqlmodel import Field, SQLModel


class ProductBase(SQLModel):
    name: str = Field(max_length=100, index=True)
    sku: str = Field(max_length=20, unique=True)
    price_cents: int = Field(ge=0)


class Product(ProductBase, table=True):
    id: int | None = Field(default=None, primary_key=True)


class ProductCreate(ProductBase):
    pass


class ProductUpdate(SQLModel):
    name: str | None = Field(default=None, max_length=100)
    sku: str | None = Field(default=None, max_length=20)
    price_cents: int | None = Field(default=None, ge=0)


class ProductRead(ProductBase):
    id: int
