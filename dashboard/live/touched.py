"""Whom new files, replaced files, merges and answers touch, and what a refresh cannot do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dashboard.build import asked, kept, sql
from dashboard.build.extract import ACCEPTED, ANSWER, Reading
from dashboard.build.extract_view import cast, sources
from dashboard.contract import read_contract
from dashboard.intake.registry import MERGES
from dashboard.live import standing
from dashboard.settings import QUERIES


@dataclass(frozen=True)
class Change:
    """What happened since the served version: files that came or went and their tables, the people they touch (as known before or as known now),
    the tables that must be read of these again, and of whom all. adding: of the tables to be read those that only new files came to (new_files), in
    which the rows of the touched people before stand, but for `redone()`, of whom a new row may decide about an older one. known: roster and record
    are read of `wide` only, for nothing came to them that would have to be, and nothing that is read hangs on them."""
    files: int
    tables: frozenset[str]
    people: frozenset[int]
    again: frozenset[str]
    wide: frozenset[int]
    adding: frozenset[str] = frozenset()
    new_files: frozenset[int] = frozenset()
    redone: Callable[[], frozenset[int]] = frozenset
    known: bool = False

    @property
    def reading(self) -> Reading:
        """What is read of whom."""
        roster = frozenset() if self.known else standing.ROSTER
        return Reading((self.again - self.adding) | roster, self.wide, self.adding, self.new_files, self.redone)


def touch(connection, home: Path, served: str) -> int:
    """Make the table `touched` of the people whom changes of the ledger since the served version, attached as `served`, touch; gives their number."""
    kept.attach(connection, home / "intake.duckdb", "ledger")
    try:
        connection.execute(f"CREATE OR REPLACE TABLE now_file AS {ACCEPTED}")
        connection.execute(f"""
            CREATE OR REPLACE TABLE changed_file AS
            SELECT file_no, table_name, path FROM now_file ANTI JOIN {served}.mart.file USING (file_no)
            UNION ALL
            SELECT f.file_no, f.table_name, f.path FROM ledger.file AS f JOIN {served}.mart.file AS s USING (file_no) WHERE NOT f.accepted""")
        connection.execute("CREATE OR REPLACE TABLE now_person AS " + MERGES)
    finally:
        connection.execute("DETACH ledger")
    _keys(connection, home, served)
    _load_answers(connection, home)
    connection.execute(f"""
        CREATE TABLE touched AS
        SELECT person FROM extract.answer GROUP BY person, measure_id, period, unit
        HAVING max(answer_id) NOT IN (SELECT answer_id FROM {served}.kept.coded_answer)
        UNION SELECT coalesce(n.person, k.person_key) FROM touched_key AS k LEFT JOIN now_person AS n USING (person_key)
        UNION SELECT coalesce(b.person, k.person_key) FROM touched_key AS k LEFT JOIN {served}.kept.merge AS b USING (person_key)""")
    return connection.execute("SELECT count(*) FROM touched").fetchone()[0]


def changes(connection, home: Path, served: str, meanwhile: Callable | None = None) -> Change:
    """What happened since the served version, on a connection where `touch` found whom it touches. meanwhile: has work(cursor) done on another
    thread, and gives what waits for it."""
    files = connection.execute("SELECT count(*) FROM changed_file").fetchone()[0]
    tables = frozenset(name for (name,) in connection.execute("SELECT DISTINCT table_name FROM changed_file").fetchall())
    people = frozenset(person for (person,) in connection.execute("FROM touched").fetchall())
    again = standing.remade(connection, tables)
    adding = standing.adding(connection, again, tables, went=_went(connection, served))
    connection.execute(f"CREATE TABLE new_file AS FROM now_file ANTI JOIN {served}.mart.file USING (file_no)")
    new_files = frozenset(number for (number,) in connection.execute("SELECT file_no FROM new_file").fetchall())
    redo = partial(_redone, home=home, served=served, tables=adding & tables)
    redone = meanwhile(redo) if meanwhile else partial(redo, connection)
    # Rows of nobody in the record's own files are read as those of the touched people are.
    known = not tables & standing.OF_WHOM and not standing.hangs_on_roster(connection, again) and not _may_share_an_id(connection, served)
    return Change(files, tables, people, again, _wide(connection, served), adding, new_files, redone, known)


def _may_share_an_id(connection, served: str) -> bool:
    """Whether any of the touched people may have, beside the id by which they are known, one that two people use: no row of that counts, and only
    the rows of the roster and the record tell."""
    shared = f"SELECT 1 FROM {served}.kept.valid_reject WHERE rule = 'person_76_shared_id' LIMIT 1"
    merged = "SELECT 1 FROM now_person SEMI JOIN touched USING (person) LIMIT 1"
    return all(connection.execute(some).fetchone() for some in (merged, shared))


def _went(connection, served: str) -> frozenset[str]:
    """The tables of which a file no longer counts."""
    went = connection.execute(f"SELECT DISTINCT table_name FROM changed_file SEMI JOIN {served}.mart.file USING (file_no)").fetchall()
    return frozenset(table for (table,) in went)


def _redone(connection, home: Path, served: str, tables: frozenset[str]) -> frozenset[int]:
    """The touched people of whom rows of new files of one of the tables do more than add: they have a key in common with older ones, or say so
    themselves."""
    connection.execute("""CREATE OR REPLACE TEMP TABLE key_of_touched AS
        SELECT person AS person_key, person FROM touched UNION SELECT person_key, person FROM now_person SEMI JOIN touched USING (person)""")
    return frozenset().union(*(_redone_of(connection, home, served, table) for table in tables))


def _redone_of(connection, home: Path, served: str, table: str) -> frozenset[int]:
    relation, keys = standing.DECIDES_BY[table]
    with asked.answers(connection, home, relation) as told:
        known = f"ANTI JOIN new_file USING (file_no) SEMI JOIN {told}.file USING (file_no, row_count)" if told else "LIMIT 0"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE known_file AS SELECT file_no FROM now_file {known}")
        _ask_new(connection, home, served, table)
        older = _said(table, _rows(connection, home, table, "ANTI JOIN new_file USING (file_no) ANTI JOIN known_file USING (file_no)"))
        older += f" UNION ALL BY NAME (FROM {told}.{relation} SEMI JOIN known_file USING (file_no))" if told else ""
        met = " OR ".join(f"{key} IN (SELECT key FROM new_key WHERE key IS NOT NULL)" for key in keys)
        rows = f"""SELECT person FROM new_key WHERE key IS NULL
            UNION SELECT person FROM ({older}) JOIN key_of_touched USING (person_key) WHERE {met}"""
        return frozenset(person for (person,) in connection.execute(rows).fetchall())


def _ask_new(connection, home: Path, served: str, table: str) -> None:
    """new_key: the people of new rows and the keys of older ones on which these hang; without a key whoever is read again whatever older rows say."""
    keys = ", ".join(standing.DECIDES_BY[table][1])
    connection.execute("CREATE OR REPLACE TEMP VIEW new_row AS SELECT person, n.* FROM "
                       f"({_rows(connection, home, table, 'SEMI JOIN new_file USING (file_no)')}) AS n JOIN key_of_touched USING (person_key)")
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE new_key AS SELECT person, key
        FROM (SELECT person_key, unnest([{keys}]) AS key FROM ({_said(table, "FROM new_row")})) JOIN key_of_touched USING (person_key)
        WHERE key IS NOT NULL""")
    more = QUERIES / "redone" / f"{table}.sql"
    if more.exists():
        text = sql.relation(more).text.replace(f"extract.{table}", "new_row").replace("kept.", f"{served}.kept.")
        connection.execute("INSERT INTO new_key BY NAME " + text.replace("reference.", "base.reference."))


def _said(table: str, rows: str) -> str:
    """SELECT of the keys that rows of a table have, by which they decide about others."""
    relation, _ = standing.DECIDES_BY[table]
    return sql.relation(QUERIES / "extract" / f"{relation}.sql").text.replace(f"extract.{table}", f"({rows})")


def _rows(connection, home: Path, table: str, which: str) -> str:
    """SELECT of the rows of some files of a table, in the contract's types."""
    columns = read_contract()[table].columns
    files = connection.execute(f"SELECT path FROM now_file {which} WHERE table_name = ?", [table]).fetchall()
    none = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in ({"person_key": "INTEGER", "source_row": "BIGINT"} | columns).items())
    selects = [f"SELECT {none} LIMIT 0"]
    for source, found in sources(connection, [str(home / path) for (path,) in files]).items():
        contract = ", ".join(f"{cast(name, kind, found.get(name))} AS {name}" for name, kind in columns.items())
        selects.append(f"SELECT row.person_key, row.source_row, {contract} FROM {source} AS row")
    return " UNION ALL BY NAME ".join(f"({select})" for select in selects)


def _wide(connection, served: str) -> frozenset[int]:
    """Of the touched people those of whom everything must be read: who means others than before, of whom the roster or the record says something
    else (what it says decides which rows of all tables stand), and whom the served version does not know by name."""
    return frozenset(person for (person,) in connection.execute(f"""
        SELECT DISTINCT person FROM touched LEFT JOIN {served}.kept.coded_person AS p USING (person) WHERE p.held IS DISTINCT FROM FALSE
        UNION SELECT coalesce(n.person, k.person_key) FROM all_of_key AS k LEFT JOIN now_person AS n USING (person_key)
        UNION SELECT coalesce(b.person, k.person_key) FROM all_of_key AS k LEFT JOIN {served}.kept.merge AS b USING (person_key)""").fetchall())


def _load_answers(connection, home: Path) -> None:
    """extract.answer: what people answered to gaps, as a build reads it."""
    from dashboard.answers.load import load_answers
    connection.execute(f"""
        CREATE SCHEMA IF NOT EXISTS extract; CREATE TABLE extract.answer ({ANSWER});
        CREATE TABLE extract.merged_person AS SELECT person_key, person FROM now_person WHERE person_key <> person""")
    load_answers(connection, home)


def _keys(connection, home: Path, served: str) -> None:
    """Temp tables touched_key: keys with a row in a changed file, and keys that mean another person than before; all_of_key: the latter, and
    keys with a changed row of who they are."""
    of_person = {table.name for table in read_contract().values() if table.of_person}
    files = [row for row in connection.execute("SELECT table_name, path FROM changed_file").fetchall() if row[0] in of_person]
    for name, some in (("touched_key", files), ("all_of_key", [row for row in files if row[0] in standing.OF_WHOM])):
        paths = ", ".join(_text(str(home / path)) for _, path in some)
        rows = f"SELECT person_key FROM read_parquet([{paths}])" if some else "SELECT NULL::INTEGER AS person_key"
        connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE {name} AS
            SELECT DISTINCT person_key FROM ({rows}) WHERE person_key IS NOT NULL
            UNION
            SELECT person_key FROM now_person AS n FULL JOIN {served}.kept.merge AS b USING (person_key)
            WHERE coalesce(b.person, person_key) <> coalesce(n.person, person_key)""")


def _text(path: str) -> str:
    return f"'{sql.quoted(path)}'"
