"""The overlay of a version: a small database beside the base, with the rows that changed since the base and views that put both together.

    change.person            everybody touched since the base was made
    change.mart_<relation>   per person: their rows; counts: the totals of the keys that changed, zeros for what is gone
    mart.<relation>, kept.<relation>   what pages and the next refresh read: base without what changed, and what changed

An overlay is always over its base, never over another overlay: it takes over what the overlay before it says and is not said anew.
"""

from dashboard.build import kept, sql

TARGET = "published"


class Overlay:
    """Writes the attached, empty file `published`. Catalogs on the connection: base; standing (the overlay before, None for the first);
    fresh (mart of the touched people now); before (what they counted as); everyone (relations that are made whole)."""

    def __init__(self, connection, served: str, standing: str | None):
        self.connection, self.served, self.standing = connection, served, standing
        for schema in ("change", "mart", "kept"):
            connection.execute(f"CREATE SCHEMA {TARGET}.{schema}")
        connection.execute(f"CREATE TABLE {TARGET}.change.person AS SELECT person FROM touched"
                           + (f" UNION SELECT person FROM {standing}.change.person" if standing else "") + " ORDER BY person")

    def per_person(self, schema: str, name: str, fresh: str, sorted_by: str = "") -> None:
        """Rows of touched people in place of what they had. fresh: SELECT of the rows now."""
        change = f"change.{schema}_{name}"
        older = f" UNION ALL BY NAME SELECT * FROM {self.standing}.{change} ANTI JOIN touched USING (person)" if self.standing else ""
        self.connection.execute(f"CREATE TABLE {TARGET}.{change} AS SELECT * FROM ({fresh}{older}) ORDER BY {sorted_by or 'person'}")
        self._view(f"{schema}.{name}", f"""SELECT * FROM base.{schema}.{name} ANTI JOIN change.person USING (person)
                                           UNION ALL BY NAME SELECT * FROM {change}""")

    def whole(self, schema: str, name: str, select: str) -> None:
        """A relation that is made anew."""
        self.connection.execute(f"CREATE TABLE {TARGET}.{schema}.{name} AS {select}")

    def counts(self, item: sql.Relation) -> None:
        """Signed differences on top of the served totals."""
        name, change = item.name, f"change.mart_{item.name}"
        types = {row[0]: row[1] for row in self.connection.execute(f"DESCRIBE fresh.mart.{name}").fetchall()}
        keys = [column for column in types if column not in item.counts]
        listed, same = ", ".join(keys), " AND ".join(f"a.{key} IS NOT DISTINCT FROM b.{key}" for key in keys)
        added = ", ".join(f"sum({count}) AS {count}" for count in item.counts)
        negative = ", ".join(f"-{count}" for count in item.counts)
        self.connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE difference AS
            SELECT {listed}, {added} FROM (SELECT {listed}, {', '.join(item.counts)} FROM fresh.mart.{name}
                UNION ALL SELECT {listed}, {negative} FROM before.mart.{name})
            GROUP BY {listed} HAVING {' OR '.join(f'sum({count}) <> 0' for count in item.counts)}""")
        totals = ", ".join(f"CAST(coalesce(b.{count}, 0) + a.{count} AS {types[count]}) AS {count}" for count in item.counts)
        older = f" UNION ALL BY NAME SELECT a.* FROM {self.standing}.{change} AS a ANTI JOIN difference AS b ON {same}" if self.standing else ""
        self.connection.execute(f"""
            CREATE TABLE {TARGET}.{change} AS SELECT * FROM (
                SELECT {', '.join(f'a.{key}' for key in keys)}, {totals}
                FROM difference AS a LEFT JOIN {self.served}.mart.{name} AS b ON {same}{older})
            ORDER BY {item.sorted_by or listed}""")
        columns, there = ", ".join(types), " OR ".join(f"{count} <> 0" for count in item.counts)
        self._view(f"mart.{name}", f"""SELECT {columns} FROM base.mart.{name} AS a ANTI JOIN {change} AS b ON {same}
                                       UNION ALL SELECT {columns} FROM {change} WHERE {there}""")

    def _view(self, name: str, select: str) -> None:
        """A view inside the overlay: it names the base's catalog, so the base is attached as `base` wherever the overlay is opened."""
        work = self.connection.execute("SELECT current_database()").fetchone()[0]
        self.connection.execute(f"USE {TARGET}")
        try:
            self.connection.execute(f"CREATE VIEW {name} AS {select}")
        finally:
            self.connection.execute(f"USE {work}")


def kept_select(relation: str, served: str, work: str, columns: str) -> str:
    """What is kept of a relation, for everybody as it is now."""
    name = kept.name_of(relation)
    fresh, stood = f"SELECT {columns} FROM {work}.{relation}", f"SELECT * FROM {served}.kept.{name}"
    if relation in kept.PEOPLE:
        return f"{stood} ANTI JOIN {work}.main.touched USING (person) UNION ALL BY NAME {fresh}"
    if relation == "extract.sent_code":
        return f"""{stood} WHERE file_no IN (SELECT file_no FROM {work}.extract.file)
            UNION ALL BY NAME {fresh} WHERE file_no NOT IN (SELECT file_no FROM {served}.mart.file)"""
    return f"""{stood} WHERE source_row >> 36 IN (SELECT file_no FROM {work}.extract.file) AND table_name <> 'unreadable'
            AND source_row NOT IN (SELECT source_row FROM {work}.extract.every_row WHERE source_row IS NOT NULL)
        UNION ALL BY NAME {fresh}"""
