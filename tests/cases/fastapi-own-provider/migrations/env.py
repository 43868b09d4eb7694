from alembic import context

from app.database import Base
from app.heroes import models  # noqa: F401

target_metadata = Base.metadata
