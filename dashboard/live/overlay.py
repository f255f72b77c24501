"""The overlay of a version: a small database beside the base, with the rows that changed since the base and views that put both together.

    change.person            everybody touched since the base was made
    key.mart_<relation>      whose rows (people, facts or files) may differ from the base's
    change.mart_<relation>   their rows; of counts the totals of the keys that changed, zeros for what is gone
    mart.<relation>, kept.<relation>   what pages and the next refresh read: base without what changed, and what changed

A relation that stands as in the base has no rows of its own here. An overlay is always over its base, never over another overlay: it takes
over what the overlay before it says and is not said anew.
"""

from dashboard import parallel
from dashboard.build import kept, sql

TARGET = "published"


class Overlay:
    """Writes the attached, empty file `published`. Catalogs on the connection: base; standing (the overlay before, None for the first);
    fresh (mart of the touched people now); before (what they counted as); everyone (relations that are made whole)."""

    def __init__(self, connection, served: str, standing: str | None):
        self.served, self.standing, self.views = served, standing, []
        self.older = {f"{schema}.{name}" for schema, name in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ?", [standing]).fetchall()}
        for schema in ("change", "key", "mart", "kept"):
            connection.execute(f"CREATE SCHEMA {TARGET}.{schema}")
        connection.execute(f"CREATE TABLE {TARGET}.change.person AS SELECT person FROM touched"
                           + (f" UNION SELECT person FROM {standing}.change.person" if standing else "") + " ORDER BY person")

    def keyed(self, cursor, relation: str, key: str, differing: str | None, fresh: str, sorted_by: str) -> None:
        """Rows of the keys (people, facts, files) that may differ, in place of what these had. differing: SELECT of them; None where all rows stand.
        fresh: SELECT of the rows that the relation has now, at least of these."""
        named = relation.replace(".", "_")
        change, keys = f"change.{named}", f"key.{named}"
        if not differing and change not in self.older:
            self.views.append((relation, f"FROM base.{relation}"))
            return
        listed, rows = f"FROM {self.standing}.{keys}", f"FROM {self.standing}.{change}"  # in their order
        if differing:
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE differing AS {differing}")
            now, older = f"SELECT * FROM ({fresh}) SEMI JOIN differing USING ({key})", f" UNION ALL BY NAME {rows} ANTI JOIN differing USING ({key})"
            listed = f"FROM differing {f'UNION {listed}' if change in self.older else ''} ORDER BY {key}"
            rows = f"SELECT * FROM ({now}{older if change in self.older else ''}) ORDER BY {sorted_by or key}"
        cursor.execute(f"CREATE TABLE {TARGET}.{keys} AS {listed}; CREATE TABLE {TARGET}.{change} AS {rows}")
        self.views.append((relation, f"SELECT * FROM base.{relation} ANTI JOIN {keys} USING ({key}) UNION ALL BY NAME SELECT * FROM {change}"))

    def whole(self, cursor, relation: str, select: str | None) -> None:
        """A relation that is made anew; None where it stands as it is served."""
        if select or relation in self.older:
            cursor.execute(f"CREATE TABLE {TARGET}.{relation} AS {select or f'FROM {self.standing}.{relation}'}")
        else:
            self.views.append((relation, f"FROM base.{relation}"))

    def counts(self, cursor, item: sql.Relation, stands: bool) -> None:
        """Signed differences on top of the served totals; none where the counts stand."""
        relation, change = item.full_name, f"change.mart_{item.name}"
        if stands and change not in self.older:
            self.views.append((relation, f"FROM base.{relation}"))
            return
        types = {row[0]: row[1] for row in cursor.execute(f"DESCRIBE {self.served}.{relation}").fetchall()}
        keys = [column for column in types if column not in item.counts]
        same = " AND ".join(f"a.{key} IS NOT DISTINCT FROM b.{key}" for key in keys)
        rows = f"FROM {self.standing}.{change}" if stands else self._totals(cursor, item, types, keys, same)
        cursor.execute(f"CREATE TABLE {TARGET}.{change} AS SELECT * FROM ({rows}) ORDER BY {item.sorted_by or ', '.join(keys)}")
        columns, there = ", ".join(types), " OR ".join(f"{count} <> 0" for count in item.counts)
        self.views.append((relation, f"""SELECT {columns} FROM base.{relation} AS a ANTI JOIN {change} AS b ON {same}
                                         UNION ALL SELECT {columns} FROM {change} WHERE {there}"""))

    def _totals(self, cursor, item: sql.Relation, types: dict[str, str], keys: list[str], same: str) -> str:
        """SELECT of the totals of the keys that changed now or before."""
        change, listed = f"change.mart_{item.name}", ", ".join(keys)
        added = ", ".join(f"sum({count}) AS {count}" for count in item.counts)
        negative = ", ".join(f"-{count}" for count in item.counts)
        cursor.execute(f"""
            CREATE OR REPLACE TEMP TABLE difference AS
            SELECT {listed}, {added} FROM (SELECT {listed}, {', '.join(item.counts)} FROM fresh.{item.full_name}
                UNION ALL SELECT {listed}, {negative} FROM before.{item.full_name})
            GROUP BY {listed} HAVING {' OR '.join(f'sum({count}) <> 0' for count in item.counts)}""")
        totals = ", ".join(f"CAST(coalesce(b.{count}, 0) + a.{count} AS {types[count]}) AS {count}" for count in item.counts)
        select = f"""SELECT {', '.join(f'a.{key}' for key in keys)}, {totals}
                     FROM difference AS a LEFT JOIN {self.served}.{item.full_name} AS b ON {same}"""
        older = f" UNION ALL BY NAME SELECT a.* FROM {self.standing}.{change} AS a ANTI JOIN difference AS b ON {same}"
        return select + (older if change in self.older else "")

    def finish(self, connection) -> None:
        """The views inside the overlay: they name the base's catalog, so the base is attached as `base` wherever the overlay is opened."""
        parallel.each(connection, lambda cursor, half: cursor.execute(f"USE {TARGET}; " + "; ".join(half)),
                      [[f"CREATE VIEW {name} AS {select}" for name, select in self.views[part::2]] for part in (0, 1)])


def kept_select(relation: str, served: str, work: str) -> str | None:
    """What is kept of a relation, for everybody as it is now; None where nothing is."""
    if relation not in kept.KNOWN:
        return None
    fresh, stood = f"SELECT {kept.ALL.get(relation, '*')} FROM {work}.{relation}", f"SELECT * FROM {kept.stood(relation, served)}"
    if relation not in kept.FILES:
        return f"{stood} ANTI JOIN {work}.main.touched USING (person) UNION ALL BY NAME {fresh}"
    if relation == "extract.sent_code":
        return f"""{stood} WHERE file_no IN (SELECT file_no FROM {work}.extract.file)
            UNION ALL BY NAME {fresh} WHERE file_no NOT IN (SELECT file_no FROM {served}.mart.file)"""
    return f"""{stood} WHERE source_row >> 36 IN (SELECT file_no FROM {work}.extract.file) AND table_name <> 'unreadable'
            AND source_row NOT IN (SELECT source_row FROM {work}.extract.every_row WHERE source_row IS NOT NULL)
        UNION ALL BY NAME {fresh}"""
