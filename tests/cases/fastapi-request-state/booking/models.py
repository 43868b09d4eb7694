from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base


class Desk(Base):
    __tablename__ = "desks"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(20), unique=True)
