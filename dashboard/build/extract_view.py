"""The SQL of one view of the extract layer.

It has the contract's columns in the contract's types, `person_key`, `person` (after merges) and `source_row`, and
`broken_rule`: NULL for a good row, else the first rule that the row breaks, with what was found in `broken_value`;
`unread_column`, `unread_value`: a column that the row can do without, left empty because it does not read.
A rule costs nothing in queries that do not read these columns.
"""

import os
import re
from collections import defaultdict

from dashboard import database
from dashboard.contract import Table

JUDGEMENT = dict.fromkeys(("broken_rule", "broken_value", "unread_column", "unread_value"), "VARCHAR")
# Amounts come as '1,234.56' and '$12': separators go only where they stand like separators of thousands.
AMOUNT = r"""CASE WHEN regexp_matches({0}, '^-?\$?\d{{1,3}}(,\d{{3}})*(\.\d*)?$') THEN translate({0}, '$,', '') ELSE {0} END"""
FLAG = "CASE WHEN upper(trim({0})) IN ('Y', 'YES', 'T', 'TRUE') THEN '1' WHEN upper(trim({0})) IN ('N', 'NO', 'F', 'FALSE') THEN '0' ELSE {0} END"
# Of files by path, size and time (a restored home may have others): columns and types; columns of a sender without any value.
SHAPES: dict[tuple[str, int, int], tuple[tuple[tuple[str, str], ...], frozenset[str]]] = {}
DAY = "coalesce(TRY_CAST({0} AS DATE), CAST(try_strptime({0}, ['%Y%m%d', '%m/%d/%Y']) AS DATE))"


def create_view(connection, table: Table, sources: dict[str, dict[str, str]], merged: bool = False, few: bool = False) -> None:
    """Create extract.<table> over relations (SQL text -> its columns and types); an empty table where there is none.

    merged: extract.merged_person says which keys mean another person. few: the rows are looked for once, in a table, before anything is made of them:
    they come out of files a few at a time, and many expressions cost for each time.
    """
    _drop(connection, table.name)
    if not sources:
        person = {"person_key": "INTEGER", "person": "INTEGER"} if table.of_person else {}
        columns = table.columns | person | {"source_row": "BIGINT"} | JUDGEMENT
        connection.execute(f"CREATE TABLE extract.{table.name} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
        return
    if few:
        sources = {_found_rows(connection, place, *source): source[1] for place, source in enumerate(sources.items())}
    parts = [_select(table, source, columns, merged) for source, columns in sources.items()]
    connection.execute(f"CREATE {'TABLE' if few else 'VIEW'} extract.{table.name} AS\n" + "\nUNION ALL\n".join(parts))


def _found_rows(connection, place: int, source: str, columns: dict[str, str]) -> str:
    """A table of the rows of a relation."""
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE found_{place} AS SELECT {names} FROM {source}")
    return f"found_{place}"


def create_every_row(connection, tables) -> None:
    """extract.every_row: the rows of all tables with what judges them: (table_name, person_key, source_row, data_source, file_name, ...)."""
    connection.execute("CREATE OR REPLACE VIEW extract.every_row AS\n" + "\nUNION ALL ".join(
        f"SELECT '{table.name}' AS table_name, {'person_key' if table.of_person else 'NULL::INTEGER AS person_key'}, source_row, data_source, "
        f"file_name, {', '.join(JUDGEMENT)} FROM extract.{table.name}" for table in tables))


def sources(connection, paths: list[str]) -> dict[str, dict[str, str]]:
    """Relations to read -> their columns and types: files of one shape are read together, in one list.

    One list over files of different shapes would let DuckDB cast between them in silence (leading zeros of codes are lost so).
    """
    shapes = defaultdict(list)
    known = {path: _known_by(path) for path in paths}
    _look_into(connection, [path for path in paths if known[path] not in SHAPES])
    for path in paths:
        shapes[SHAPES[known[path]][0]].append(path)
    found = {}
    for shape, group in shapes.items():
        # A column that is empty in all of them need not be read: half of the many of a claim are, and each costs something for every row.
        empty = frozenset.intersection(*(SHAPES[known[path]][1] for path in group))
        found[f"read_parquet([{', '.join(literal(path) for path in group)}])"] = {name: kind for name, kind in shape if name not in empty}
    return found


def _known_by(path: str) -> tuple[str, int, int]:
    found = os.stat(path)
    return path, found.st_size, found.st_mtime_ns


def _look_into(connection, paths: list[str]) -> None:
    """SHAPES of files."""
    if not paths:
        return
    empty, lists = defaultdict(set), defaultdict(set)
    for path, column, of_list in connection.execute(f"""
            SELECT file_name, split_part(path_in_schema, ', ', 1) AS name, bool_or(contains(path_in_schema, ', '))
            FROM parquet_metadata([{', '.join(literal(path) for path in paths)}])
            GROUP BY ALL HAVING bool_and(coalesce(stats_null_count = num_values, FALSE))""").fetchall():
        (lists if of_list else empty)[path].add(column)
    for path, columns in lists.items():  # an element without value is counted there like none: the lists themselves tell
        counts = ", ".join(f'count("{column}")' for column in columns)
        found = connection.execute(f"SELECT {counts} FROM read_parquet({literal(path)})").fetchone()
        empty[path].update(column for column, count in zip(columns, found, strict=True) if not count)
    for path in paths:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(path)})").fetchall()
        SHAPES[_known_by(path)] = tuple((row[0], row[1].replace('"', "")) for row in rows), frozenset(empty[path] - {"person_key", "source_row"})


def _drop(connection, name: str) -> None:
    try:
        connection.execute(f"DROP TABLE IF EXISTS extract.{name}")
    except database.OtherForm:  # asking first takes longer, of each table of each pass
        connection.execute(f"DROP VIEW extract.{name}")


def _select(table: Table, source: str, found: dict[str, str], merged: bool) -> str:
    """SELECT over one source: cast, person, first broken rule."""
    columns = [f"{cast(name, kind, found.get(name))} AS {name}" for name, kind in table.columns.items()]
    joins = ""
    if table.of_person:
        columns += ["row.person_key", f"{'coalesce(merged.person, row.person_key)' if merged else 'row.person_key'} AS person"]
        joins += "\n    LEFT JOIN extract.merged_person AS merged ON merged.person_key = row.person_key" if merged else ""
    columns.append("row.source_row")
    as_text = [name for name, kind in table.columns.items() if found.get(name) == "VARCHAR" and kind != "VARCHAR"]
    columns += [f"row.{name} AS as_sent_{name}" for name in as_text]
    exclude = f"EXCLUDE ({', '.join(f'as_sent_{name}' for name in as_text)}) " if as_text else ""
    return f"SELECT * {exclude},\n    {_judgement(table, as_text)}\nFROM (\n    SELECT {', '.join(columns)}\n    FROM {source} AS row{joins}\n)"


def of_wanted(source: str, wanted: str, with_nobody: bool) -> str:
    """The rows of the keys in a table, and with_nobody those that name nobody."""
    # Rows of nobody are refused, and that is told. Equality alone lets DuckDB look for rows by their keys first.
    nobody = f" UNION ALL FROM {source} WHERE person_key IS NULL" if with_nobody else ""
    return f"(FROM {source} SEMI JOIN {wanted} USING (person_key){nobody})"


def cast(name: str, kind: str, found: str | None) -> str:
    """The column in the contract's type; NULL where the source has no such column or its text does not read."""
    column = f"row.{name}"
    if found is None:
        return f"CAST(NULL AS {kind})"
    if found == kind:
        return column
    if found == "VARCHAR" and kind == "DATE":
        return DAY.format(column)
    if found == "VARCHAR" and kind in ("DOUBLE", "INTEGER"):
        column = (FLAG if name.endswith("_flag") else AMOUNT).format(column)
    return f"TRY_CAST({column} AS {kind})"


def _judgement(table: Table, as_text: list[str]) -> str:
    unread = [(f"as_sent_{name} IS NOT NULL AND {name} IS NULL", name) for name in as_text]
    broken = [(test, f"unreadable_{name}", f"as_sent_{name}") for test, name in unread if table.needs(name)]
    broken += [(f"{name} IS NULL", f"missing_{name}", "NULL") for name in table.required]
    if table.of_person:
        broken.append(("person IS NULL", "unknown_person", "NULL"))
    broken += [(f"NOT ({rule.expression})", rule.name, _found(table, rule.expression)) for rule in table.rules if rule.expression]
    harmless = [(test, name) for test, name in unread if not table.needs(name)]
    return ",\n    ".join([
        _case([(test, literal(rule)) for test, rule, _ in broken]) + " AS broken_rule",
        _case([(test, found) for test, _, found in broken]) + " AS broken_value",
        _case([(test, literal(name)) for test, name in harmless]) + " AS unread_column",
        _case([(test, f"as_sent_{name}") for test, name in harmless]) + " AS unread_value"])


def _case(branches: list[tuple[str, str]]) -> str:
    if not branches:
        return "CAST(NULL AS VARCHAR)"
    return "CASE " + " ".join(f"WHEN {test} THEN {result}" for test, result in branches) + " END"


def _found(table: Table, expression: str) -> str:
    """What the columns of a rule hold, as a text."""
    named = [name for name in table.columns if re.search(rf"\b{name}\b", expression) and name not in ("file_date", "ingest_datetime")]
    return "concat_ws(', ', " + ", ".join(f"'{name} ' || CAST({name} AS VARCHAR)" for name in named) + ")"


def literal(text: object) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"
