"""Tables whose rows nobody changes or takes away: the database itself refuses."""

from alembic import op

_SQLITE = """
    CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{words}'); END
"""
_POSTGRESQL = """
    CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{words}'; END $$
"""
_POSTGRESQL_TRIGGER = """
    CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""


def keep_for_ever(tables: tuple[str, ...], function: str, words: str) -> None:
    """In a migration: refuse changes of the tables with these words. function: the name of PostgreSQL's refusing function."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL.format(function=function, words=words))
        for table in tables:
            op.execute(_POSTGRESQL_TRIGGER.format(table=table, function=function))
        return
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(table=table, verb=verb, words=words))


def drop(tables: tuple[str, ...], function: str) -> None:
    """The way back: the tables go, and what refused."""
    for table in reversed(tables):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {function}()")
