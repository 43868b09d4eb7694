"""create heroes"""

import sqlalchemy as sa
from alembic import op

revision = "5b0d7c2f9e11"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "heroes",
        sa.Column("hero_id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("heroes")
