from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from shop.database import Base, Timestamps


class Customer(Timestamps, Base):
    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
