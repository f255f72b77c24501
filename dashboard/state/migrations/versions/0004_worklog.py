"""Contacts with patients, actions made ready for a visit, clinicians' own targets (append-only); the last day of a user's training."""

import sqlalchemy as sa
from alembic import op

from dashboard.state import append_only

revision = "0004"
down_revision = "0003"

TABLES = ("contact", "prepared", "own_target")
REFUSES = ("worklog_refuse", "what was noted is append-only")


def _user(index: bool = False) -> sa.Column:
    return sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False, index=index)


def upgrade() -> None:
    op.add_column("user_account", sa.Column("training_until", sa.Date))
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False), _user(),
        sa.Column("display_name", sa.String(120), nullable=False), sa.Column("person", sa.BigInteger, nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False), sa.Column("outcome", sa.String(20), nullable=False), sa.Column("next_date", sa.Date),
    )
    op.create_table(
        "prepared",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False), _user(),
        sa.Column("display_name", sa.String(120), nullable=False), sa.Column("visit_date", sa.Date, nullable=False, index=True),
        sa.Column("person", sa.BigInteger, nullable=False), sa.Column("measure_id", sa.String(40), nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
    )
    op.create_table(
        "own_target",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False), _user(index=True),
        sa.Column("rate", sa.String(80), nullable=False), sa.Column("value", sa.Float),
    )
    append_only.keep_for_ever(TABLES, *REFUSES)


def downgrade() -> None:
    append_only.drop(TABLES, REFUSES[0])
    op.drop_column("user_account", "training_until")
