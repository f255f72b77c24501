"""The extract layer: one view per contract table over the accepted parquet files of the home directory.

A view has the contract's columns in the contract's types, `person` (after merges), `source_row`, and
`broken_rule`: NULL for a good row, else the first rule that the row breaks (`broken_value` says with what).
Views, not copies: nothing is read before a query asks for it, and a rule costs nothing where nobody reads `broken_rule`.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from dashboard.contract import Table, read_contract
from dashboard.errors import Fault

LINES_OF_A_FILE = 1 << 36
EXTRA = {"person_key": "INTEGER", "source_row": "BIGINT"}


@dataclass(frozen=True)
class File:
    """An accepted parquet file of the ledger."""
    file_no: int
    table_name: str
    path: str


def create_extract_views(connection, home: str | Path, people=None, known_at: datetime.datetime | None = None) -> None:
    """Create schema extract over the accepted files of a home directory.

    people: persons (after merges) to which every view with a person is limited; None = all. known_at: only files received by then.
    """
    home = Path(home)
    files, merges = _read_ledger(connection, home, known_at)
    connection.execute("CREATE SCHEMA IF NOT EXISTS extract")
    _create_people(connection, merges, people)
    by_table = defaultdict(list)
    for file in files:
        by_table[file.table_name].append(str(home / file.path))
    for table in read_contract().values():
        sources = _sources(connection, by_table[table.name])
        create_view(connection, table, sources, merged=bool(merges), limited=people is not None)


def _read_ledger(connection, home: Path, known_at) -> tuple[list[File], list[tuple[int, int]]]:
    from dashboard.intake.registry import people_of
    ledger = home / "intake.duckdb"
    if not ledger.exists():
        raise Fault(home, "nothing has been taken in here.", "Run `huddleboard intake` first.")
    connection.execute(f"ATTACH '{_quoted(ledger)}' AS ledger (READ_ONLY)")
    try:
        files = connection.execute(
            """SELECT file_no, table_name, path FROM ledger.file JOIN ledger.delivery USING (delivery_no)
               WHERE file.accepted AND (CAST($known_at AS TIMESTAMP) IS NULL OR received_at <= $known_at) ORDER BY file_no""",
            {"known_at": known_at}).fetchall()
        people = people_of(connection)
        merges = [(key, person) for key, person in people.filter("person_key <> person").fetchall()]
    finally:
        connection.execute("DETACH ledger")
    return [File(*row) for row in files], merges


def _create_people(connection, merges, people) -> None:
    """Small tables that the views join: which keys mean another person, and which keys are wanted."""
    connection.execute("CREATE OR REPLACE TABLE extract.merged_person (person_key INTEGER, person INTEGER)")
    if merges:
        connection.executemany("INSERT INTO extract.merged_person VALUES (?, ?)", merges)
    if people is None:
        return
    wanted = set(people)
    keys = (wanted - {key for key, _ in merges}) | {key for key, person in merges if person in wanted}
    connection.execute("CREATE OR REPLACE TABLE extract.wanted_person AS SELECT CAST(unnest($keys) AS INTEGER) AS person_key", {"keys": sorted(keys)})


def _sources(connection, paths: list[str]) -> dict[str, dict[str, str]]:
    """Relations to read -> their columns and types: files of one shape are read together, in one list.

    One list over files of different shapes would let DuckDB cast between them in silence (leading zeros of codes are lost so).
    """
    shapes = defaultdict(list)
    for path in paths:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{_quoted(path)}')").fetchall()
        shapes[tuple((row[0], row[1].replace('"', "")) for row in rows)].append(path)
    return {f"read_parquet([{', '.join(repr_text(path) for path in group)}])": dict(shape) for shape, group in shapes.items()}


def create_view(connection, table: Table, sources: dict[str, dict[str, str]], merged: bool = False, limited: bool = False) -> None:
    """Create extract.<table> over relations (SQL text -> its columns and types); an empty table where there is none.

    Tests and evaluate call it over tables of their own.
    """
    connection.execute(f"DROP VIEW IF EXISTS extract.{table.name}; DROP TABLE IF EXISTS extract.{table.name}")
    if not sources:
        columns = table.columns | (EXTRA | {"person": "INTEGER"} if table.of_person else {"source_row": "BIGINT"})
        body = ", ".join(f'"{name}" {kind}' for name, kind in (columns | {"broken_rule": "VARCHAR", "broken_value": "VARCHAR"}).items())
        connection.execute(f"CREATE TABLE extract.{table.name} ({body})")
        return
    parts = [_select(table, source, columns, merged, limited) for source, columns in sources.items()]
    connection.execute(f"CREATE VIEW extract.{table.name} AS\n" + "\nUNION ALL\n".join(parts))


def _select(table: Table, source: str, found: dict[str, str], merged: bool, limited: bool) -> str:
    """SELECT of one source: cast, person, first broken rule."""
    columns = [f'{cast(name, kind, found.get(name))} AS "{name}"' for name, kind in table.columns.items()]
    joins = ""
    if table.of_person:
        columns += ["row.person_key", f"{'coalesce(merged.person, row.person_key)' if merged else 'row.person_key'} AS person"]
        joins += "\n    LEFT JOIN extract.merged_person AS merged ON merged.person_key = row.person_key" if merged else ""
        joins += "\n    SEMI JOIN extract.wanted_person AS wanted ON wanted.person_key = row.person_key" if limited else ""
    columns.append("row.source_row")
    unreadable = {name: found[name] for name, kind in table.columns.items() if found.get(name, kind) != kind and needs_check(kind, found[name])}
    rules, values = _broken(table, unreadable)
    return (f"SELECT * EXCLUDE ({', '.join(f'as_sent_{name}' for name in unreadable)}),\n" if unreadable else "SELECT *,\n") + (
        f"    {rules} AS broken_rule,\n    {values} AS broken_value\nFROM (\n    SELECT {', '.join(columns)}"
        + "".join(f', row."{name}" AS as_sent_{name}' for name in unreadable)
        + f"\n    FROM {source} AS row{joins}\n)")


def needs_check(kind: str, found: str) -> bool:
    """Can a value of the found type fail to become the wanted type?"""
    return found == "VARCHAR" and kind != "VARCHAR"


def cast(name: str, kind: str, found: str | None) -> str:
    """The column in the contract's type; NULL when the source has no such column."""
    if found is None:
        return f"CAST(NULL AS {kind})"
    if found == kind:
        return f'row."{name}"'
    if found == "VARCHAR" and kind in ("DOUBLE", "INTEGER"):
        # Amounts are sent as '1,234.56' and '$12': thousands separators go only where they stand like thousands separators.
        text = rf"""CASE WHEN regexp_matches(row."{name}", '^-?\$?\d{{1,3}}(,\d{{3}})*(\.\d*)?$') THEN translate(row."{name}", '$,', '') ELSE row."{name}" END"""
        return f"TRY_CAST({text} AS {kind})"
    return f'TRY_CAST(row."{name}" AS {kind})'


def _broken(table: Table, unreadable) -> tuple[str, str]:
    """Two CASE expressions: the first broken rule, and what was found in the columns that it names."""
    cases = [(f"as_sent_{name} IS NOT NULL AND {name} IS NULL", f"unreadable_{name}", f"as_sent_{name}") for name in unreadable]
    cases += [(f"{name} IS NULL", f"missing_{name}", "NULL") for name in table.required]
    if table.of_person:
        cases.append(("person IS NULL", "unknown_person", "NULL"))
    for rule in table.rules:
        if rule.expression:
            named = [name for name in table.columns if _names(rule.expression, name)]
            found = "concat_ws(', ', " + ", ".join(f"'{name} ' || CAST({name} AS VARCHAR)" for name in named) + ")"
            cases.append((f"NOT ({rule.expression})", rule.name, found))
    if not cases:
        return "CAST(NULL AS VARCHAR)", "CAST(NULL AS VARCHAR)"
    rules = "CASE " + " ".join(f"WHEN {broken} THEN '{name}'" for broken, name, _ in cases) + " END"
    values = "CASE " + " ".join(f"WHEN {broken} THEN {found}" for broken, _, found in cases) + " END"
    return rules, values


def _names(expression: str, column: str) -> bool:
    import re
    return re.search(rf"\b{column}\b", expression) is not None


def rule_rows() -> list[tuple[str, str, str, str, str]]:
    """Rows of reference.rule: (table_name, rule, wrong, cure, outcome) of every rule that a row can break."""
    rows = []
    for table in read_contract().values():
        rows += [(table.name, rule.name, rule.wrong, rule.cure, rule.outcome) for rule in table.rules]
        rows += [(table.name, f"missing_{name}", f"{name} is empty", f"send {name}", "refused") for name in table.required]
        rows += [(table.name, f"unreadable_{name}", f"{name} is no {kind}", f"send {name} as {kind}", "refused")
                 for name, kind in table.columns.items() if kind != "VARCHAR"]
        if table.of_person:
            rows.append((table.name, "unknown_person", "the row names no person", "send the person id of the source", "refused"))
    return rows


def repr_text(text: str) -> str:
    """A text as an SQL literal."""
    return f"'{_quoted(text)}'"


def _quoted(text: object) -> str:
    return str(text).replace("'", "''")
