"""Answers to gaps, and what was done elsewhere (supplemental data). Append-only."""

import sqlalchemy as sa
from alembic import op

from dashboard.state import append_only

revision = "0002"
down_revision = "0001"

TABLES = ("answer", "supplement")
REFUSES = ("answer_refuse", "answers are append-only")


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("username", sa.String(80), nullable=False), sa.Column("display_name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(20), nullable=False), sa.Column("person", sa.BigInteger, nullable=False, index=True),
        sa.Column("measure_id", sa.String(40), nullable=False), sa.Column("period", sa.Integer, nullable=False),
        sa.Column("unit", sa.BigInteger, nullable=False), sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False), sa.Column("note", sa.String(500), nullable=False),
        sa.Column("remark", sa.String(40), nullable=False), sa.Column("proposed", sa.Boolean, nullable=False),
        sa.Column("known", sa.JSON, nullable=False), sa.Column("follows", sa.Integer, nullable=False),
        sa.UniqueConstraint("measure_id", "person", "period", "unit", "follows", name="uq_answer_follows"),
    )
    op.create_table(
        "supplement",
        sa.Column("answer_id", sa.Integer, sa.ForeignKey("answer.id"), primary_key=True),
        sa.Column("service", sa.String(80), nullable=False), sa.Column("on_date", sa.Date, nullable=False),
        sa.Column("result", sa.String(40), nullable=False), sa.Column("place", sa.String(120), nullable=False),
        sa.Column("practitioner", sa.String(120), nullable=False), sa.Column("proof", sa.String(80), nullable=False),
        sa.Column("data_source", sa.String(120), nullable=False), sa.Column("person_id", sa.String(120), nullable=False),
        sa.Column("lacks", sa.JSON, nullable=False),
    )
    append_only.keep_for_ever(TABLES, *REFUSES)


def downgrade() -> None:
    append_only.drop(TABLES, REFUSES[0])
