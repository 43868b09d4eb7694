from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.database import Base


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]
