"""tags"""

import sqlalchemy as sa
from alembic import op

revision = "0002b"
down_revision = "0001"


def upgrade() -> None:
    op.create_table("tags", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade() -> None:
    op.drop_table("tags")
