"""Education sessions with practices, what was promised in them, the EMR of a practice (append-only)."""

import sqlalchemy as sa
from alembic import op

from dashboard.state import append_only

revision = "0005"
down_revision = "0004"

TABLES = ("education_session", "commitment", "practice_record")
REFUSES = ("education_refuse", "what was noted of a practice is append-only")


def _noted() -> list[sa.Column]:
    """Who noted what of which practice, when."""
    return [sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False),
            sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False),
            sa.Column("display_name", sa.String(120), nullable=False), sa.Column("practice_id", sa.String(80), nullable=False, index=True)]


def _standing() -> list[sa.Column]:
    return [sa.Column("of", sa.Integer), sa.Column("standing", sa.String(20), nullable=False)]


def upgrade() -> None:
    op.create_table("education_session", *_noted(), *_standing(), sa.Column("on_date", sa.Date, nullable=False),
                    sa.Column("measures", sa.JSON, nullable=False), sa.Column("attendees", sa.String(200), nullable=False))
    op.create_table("commitment", *_noted(), *_standing(), sa.Column("what", sa.String(200), nullable=False),
                    sa.Column("who", sa.String(80), nullable=False), sa.Column("due_date", sa.Date, nullable=False))
    op.create_table("practice_record", *_noted(), sa.Column("emr", sa.String(80), nullable=False))
    append_only.keep_for_ever(TABLES, *REFUSES)


def downgrade() -> None:
    append_only.drop(TABLES, REFUSES[0])
