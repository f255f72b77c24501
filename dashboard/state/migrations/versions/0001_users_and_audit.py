"""Users, scopes, sign-ins and the append-only audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = """
    CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
_POSTGRESQL = """
    CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
    CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();
"""


def upgrade() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("username", sa.String(80), nullable=False, unique=True),
        sa.Column("display_name", sa.String(120), nullable=False), sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False), sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("disabled_at", sa.DateTime), sa.Column("last_sign_in_at", sa.DateTime),
    )
    op.create_table(
        "scope",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False), sa.Column("value", sa.String(80), nullable=False),
        sa.Column("start_date", sa.Date, nullable=False), sa.Column("end_date", sa.Date),
    )
    op.create_table(
        "sign_in",
        sa.Column("secret_hash", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False, index=True),
        sa.Column("started_at", sa.DateTime, nullable=False), sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("username", sa.String(80), nullable=False), sa.Column("address", sa.String(64), nullable=False),
        sa.Index("ix_sign_in_failure_username", "username", "at"), sa.Index("ix_sign_in_failure_address", "address", "at"),
    )
    _create_audit_log()


def _create_audit_log() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("user_id", sa.Integer, index=True), sa.Column("username", sa.String(80), nullable=False),
        sa.Column("role", sa.String(20), nullable=False), sa.Column("action", sa.String(40), nullable=False),
        sa.Column("page", sa.String(40), nullable=False), sa.Column("person", sa.BigInteger, index=True),
        sa.Column("detail", sa.JSON, nullable=False), sa.Column("address", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(verb=verb))


def downgrade() -> None:
    for table in ("audit_event", "sign_in_failure", "sign_in", "scope", "user_account"):
        op.drop_table(table)
