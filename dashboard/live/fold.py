"""A new base of a base and its overlay: the same rows under the same version, so nobody is told of news. Readers are not stopped."""

import os
from pathlib import Path

from dashboard import database, parallel
from dashboard.build import asked, kept, pieces, publish, sql
from dashboard.build.lock import only_build

SHARE, LEAST = 0.05, 200  # an overlay of so many people (share of all, and at least) is folded


def is_due(home: Path, waited_for: bool = False) -> bool:
    """Whether the overlay has grown so that lists begin to feel it; where a delivery would wait for the fold (or for
    its own files), it may be twice as large."""
    if publish.served(home) is None or database.base_of(database.current_file(home)) is None:
        return False
    with database.Reader(home).cursor() as cursor:
        people = cursor.execute("SELECT people FROM mart.version").fetchone()[0]
        return cursor.execute("SELECT count(*) FROM change.person").fetchone()[0] >= max(LEAST, SHARE * people) * (2 if waited_for else 1)


def fold(home: Path) -> str | None:
    """Write and publish the new base; the version's name, None where there is no overlay. Busy when another build runs there."""
    with only_build(home):
        publish.clean(home)
        path = database.current_file(home)
        base = database.base_of(path)
        if base is None:
            return None
        version = publish.number(path.name)
        built = home / "build" / f"{version}.duckdb"
        _copy(home, path, base, built)
        os.utime(built, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))  # the same version, published when it was
        publish.publish(home, version, built)
        publish.clean(home)
        asked.ask_of_accepted(home)  # also of the small files since the last one, else each pass reads them to know of older rows
        return version


def _copy(home: Path, path: Path, base: Path, built: Path) -> None:
    built.parent.mkdir(exist_ok=True)
    with database.at_work(home / "build" / "scratch") as connection:
        database.attach_new(connection, built, "fresh")
        connection.execute("USE fresh")
        kept.attach(connection, base, "base")
        kept.attach(connection, path, "standing")
        connection.execute("CREATE SCHEMA mart; CREATE SCHEMA kept; CREATE SCHEMA reference")
        kept.read_reference(connection, "base")
        parallel.each(connection, lambda cursor, job: cursor.execute(job), _jobs(connection))
        connection.execute("USE memory; DETACH fresh")


def _jobs(connection) -> list[str]:
    """What writes the relations into the new base: one statement each, of what is made in pieces a range of people; these stand in the order in which
    they were done, each sorted."""
    names = connection.execute("""SELECT DISTINCT schema_name, table_name FROM (
        SELECT database_name, schema_name, table_name FROM duckdb_tables()
        UNION ALL SELECT database_name, schema_name, view_name FROM duckdb_views())
        WHERE database_name = 'standing' AND schema_name IN ('mart', 'kept') ORDER BY ALL""").fetchall()
    of_people = {kept.name_of(name) for name in kept.PEOPLE}
    items, first, jobs = {item.name: item for item in sql.relations("mart")}, [], []
    for schema, name in names:
        item = items.get(name) if schema == "mart" else None
        sorted_by = item.sorted_by if item else "person" if schema == "kept" and name in of_people else None
        source, ordered = f"FROM standing.{schema}.{name}", f" ORDER BY {sorted_by}" if sorted_by else ""
        if item and item.in_pieces:
            connection.execute(f"CREATE TABLE {schema}.{name} AS {source} LIMIT 0")
            ranges = pieces.ranges(connection, "standing.kept.coded_person")
            first += [f"INSERT INTO fresh.{schema}.{name} {source} WHERE {some}{ordered}" for some in ranges]
        else:
            jobs.append(f"CREATE TABLE fresh.{schema}.{name} AS {source}{ordered}")
    return [*first, *jobs]
