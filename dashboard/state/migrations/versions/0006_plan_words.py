"""What was said of people on whom a plan's own list and we differ (append-only)."""

import sqlalchemy as sa
from alembic import op

from dashboard.state import append_only

revision = "0006"
down_revision = "0005"

TABLES = ("plan_word",)
REFUSES = ("plan_word_refuse", "words on a list of a plan are append-only")


def upgrade() -> None:
    op.create_table("plan_word", sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False),
                    sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False),
                    sa.Column("display_name", sa.String(120), nullable=False), sa.Column("person", sa.BigInteger, nullable=False, index=True),
                    sa.Column("rate", sa.String(80), nullable=False, index=True), sa.Column("period", sa.Integer, nullable=False),
                    sa.Column("contract", sa.BigInteger, nullable=False), sa.Column("difference", sa.String(20), nullable=False),
                    sa.Column("kind", sa.String(20), nullable=False))
    append_only.keep_for_ever(TABLES, *REFUSES)


def downgrade() -> None:
    append_only.drop(TABLES, REFUSES[0])
