"""From an adapter's SELECT to the contract's columns.

An adapter names what it has. A moment comes as one text (`observed`) and becomes its four columns: day as written, instant, offset and
precision. A list (`hcpcs_modifier`) becomes its numbered columns. What an adapter does not name is not written.
"""

import functools
import re

from dashboard.contract import Table

NUMBERED = re.compile(r"^(\w+)_(\d+)$")
OURS = ("row_number", "sub", "data_source", "file_name", "file_date", "ingest_datetime", "record_source")


def finished(table: Table, select: str, given: list[str]) -> str:
    """SELECT of the contract's columns over the adapter's SELECT, which has the columns `given`.

    It needs $data_source, $file_name, $file_date, $received_at, $record_source and $file_no, and the relation person.
    """
    columns = [f"{expression} AS {quoted(name)}" for name, expression in expressions(table, set(given)).items()]
    sub = "sent.sub" if "sub" in given else "0"
    columns.append(f"source_row_of($file_no, sent.row_number, {sub}) AS source_row")
    join = ""
    if table.of_person:
        columns.append("person.person_key")
        join = f"\nLEFT JOIN person ON person.data_source = {_source(given)} AND person.person_id = sent.person_id"
    return f"SELECT {', '.join(columns)}\nFROM (\n{select}\n) AS sent{join}"


def expressions(table: Table, given: set[str]) -> dict[str, str]:
    """Contract column -> expression over `sent`, for the columns that the adapter's columns can fill."""
    found = {"data_source": _source(given), "file_name": "$file_name", "ingest_datetime": "$received_at",
             "file_date": "coalesce(sent.file_date, $file_date)" if "file_date" in given else "$file_date"}
    if "record_source" in table.columns:
        found["record_source"] = "coalesce(sent.record_source, $record_source)" if "record_source" in given else "$record_source"
    moment_columns = moments(table)
    for column in table.columns:
        base, macro = moment_columns.get(column, (None, None))
        numbered = NUMBERED.match(column)
        if column in found:
            continue
        if base in given:
            found[column] = f"{macro}(sent.{quoted(base)})"
        elif numbered and numbered[1] in given:
            found[column] = f"sent.{quoted(numbered[1])}[{numbered[2]}]"
        elif column in given:
            found[column] = f"sent.{quoted(column)}"
    return {column: found[column] for column in table.columns if column in found}


def _source(given) -> str:
    return "coalesce(sent.data_source, $data_source)" if "data_source" in given else "$data_source"


def moments(table: Table) -> dict[str, tuple[str, str]]:
    """Contract column -> (name of the moment, macro that makes the column from its text)."""
    return _moments(tuple(table.columns.items()))


@functools.cache
def _moments(columns) -> dict[str, tuple[str, str]]:
    names = [name for name, _ in columns]
    found = {}
    for place, name in enumerate(names):
        base = name.removesuffix("_instant")
        if base == name or f"{base}_precision" not in names:
            continue
        found |= {name: (base, "instant_of"), f"{base}_offset_minutes": (base, "offset_of"), f"{base}_precision": (base, "precision_of"),
                  # procedure_date belongs to performed_instant: a moment's day stands before its instant
                  names[place - 1]: (base, "day_of")}
    return found


def quoted(name: str) -> str:
    """A column name as SQL."""
    return '"' + name.replace('"', '""') + '"'
