"""Cohorts that users keep: words, never people."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False, index=True),
        sa.Column("username", sa.String(80), nullable=False), sa.Column("name", sa.String(60), nullable=False),
        sa.Column("who", sa.String(1000), nullable=False), sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False), sa.Column("removed_at", sa.DateTime),
    )


def downgrade() -> None:
    op.drop_table("cohort")
