from uuid import UUID, uuid4

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Charge(Base):
    __tablename__ = "charges"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4, init=False)
    currency: Mapped[str] = mapped_column(String(3))
    amount_cents: Mapped[int]
