"""Contacts with patients, actions made ready for a visit, clinicians' own targets (append-only); the last day of a user's training."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = ("contact", "prepared", "own_target")
_SQLITE = """
    CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, 'what was noted is append-only'); END
"""
_POSTGRESQL = """
    CREATE FUNCTION worklog_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what was noted is append-only'; END $$
"""
_POSTGRESQL_TRIGGER = """
    CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION worklog_refuse()
"""


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
    _keep_for_ever()


def _keep_for_ever() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        for table in TABLES:
            op.execute(_POSTGRESQL_TRIGGER.format(table=table))
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(table=table, verb=verb))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("user_account", "training_until")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION worklog_refuse()")
