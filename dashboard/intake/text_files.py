"""CSV files -> tables of text: typed by nobody, every record numbered, records that do not read set aside by number."""

import csv
import gzip
import io
import re
from dataclasses import dataclass
from pathlib import Path

from dashboard.intake.delivery import SentFile
from dashboard.intake.finish import quoted
from dashboard.intake.ledger import literal
from dashboard.intake.report import Problem, Refused

LONGEST_RECORD = 16 << 20
DELIMITERS = ",|\t;"
SPELLED_NULLS = ("", "NULL", "null", "N/A", "n/a", "\\N", "-", ".")
CURES = {"MISSING COLUMNS": "send every column of the header in each record", "TOO MANY COLUMNS": "quote values that hold the delimiter",
         "UNQUOTED VALUE": "double quotes inside a quoted value", "LINE SIZE OVER MAXIMUM": "close the quote that was opened"}


@dataclass(frozen=True)
class Header:
    """First record of a CSV file."""
    columns: list[str]
    delimiter: str


def header_of(file: SentFile) -> Header:
    """The columns as sent; Refused when the first record is no UTF-8 text."""
    start = file.start(1 << 20)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start:
        raise Refused([encoding_problem(file.name, "UTF-16, or NUL bytes in the header")])
    try:
        line = start.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([encoding_problem(file.name, "a header that is no UTF-8")]) from None
    delimiter = max(DELIMITERS, key=line.count)
    return Header([name.strip() for name in next(csv.reader(io.StringIO(line), delimiter=delimiter), [])], delimiter)


def encoding_problem(place: str, found: str) -> Problem:
    """Case 15: the encoding must be UTF-8 or be declared."""
    return Problem(place, "encoding", f"found {found}.", 'Send UTF-8, or declare it in _manifest.json: "encoding": "latin-1".')


def load(connection, file: SentFile, header: Header, table: str) -> list[int]:
    """Make `table` (row_number, one text column per header column); broken records go to `unreadable`. The numbers of the latter.

    row_number is the record's place in the file, the header not counted, broken records counted.
    """
    names = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header.columns)
    connection.execute("DROP TABLE IF EXISTS broken; DROP TABLE IF EXISTS scanned")
    connection.execute(f"""
        CREATE OR REPLACE TABLE {table} AS
        SELECT row_number() OVER () AS row_number, *
        FROM read_csv({literal(file.path)}, columns = {{{names}}}, header = true, auto_detect = false, delim = {literal(header.delimiter)},
            quote = '"', escape = '"', compression = '{file.compression}', max_line_size = {LONGEST_RECORD},
            store_rejects = true, rejects_table = 'broken', rejects_scan = 'scanned', rejects_limit = 0)""")
    broken = _broken(connection, file)
    if broken:
        connection.executemany("INSERT INTO unreadable VALUES (?, ?, ?, ?, ?)", [[file.index, *row] for row in broken])
        numbers = [row[0] for row in broken]
        # The n-th good record stands after as many broken ones as have at most n good records before them.
        connection.execute(f"UPDATE {table} SET row_number = row_number + len(list_filter($numbers, lambda b, i: b - i < row_number))",
                           {"numbers": numbers})
    nul_bytes = _set_nul_bytes_aside(connection, file, header, table)
    return [row[0] for row in broken] + nul_bytes


def _broken(connection, file: SentFile) -> list[tuple]:
    rows = connection.execute("""
        SELECT line - 1, any_value(CAST(error_type AS VARCHAR)), any_value(length(csv_line)),
            max(length(csv_line) - length(replace(csv_line, chr(10), '')))
        FROM broken GROUP BY line ORDER BY line""").fetchall()
    for number, kind, _, newlines in rows:
        if kind == "INVALID ENCODING":
            raise Refused([encoding_problem(f"{file.name}, record {number}", "a byte that is no UTF-8")])
        if kind == "UNQUOTED VALUE" and newlines > 1:
            raise Refused([Problem(f"{file.name}, record {number}", "open_quote",
                                   f"a quote is opened and swallows the {newlines} lines after it.", "Close it, and send the file again.")])
    return [(number, re.sub(r"\W+", "_", kind.lower()), f"a record of {length} characters", CURES.get(kind, "send the record again, complete"))
            for number, kind, length, _ in rows]


def _set_nul_bytes_aside(connection, file: SentFile, header: Header, table: str) -> list[int]:
    holds_nul = " OR ".join(f"contains({quoted(name)}, chr(0))" for name in header.columns)
    numbers = [row[0] for row in connection.execute(f"SELECT row_number FROM {table} WHERE {holds_nul} ORDER BY ALL").fetchall()]
    if numbers:
        connection.executemany("INSERT INTO unreadable VALUES (?, ?, 'nul_byte', 'a NUL byte in a value', 'send text without NUL bytes')",
                               [[file.index, number] for number in numbers])
        connection.execute(f"DELETE FROM {table} WHERE {holds_nul}")
    return numbers


def spelled_nulls(connection, relation: str, columns: list[str]) -> dict[str, tuple[int, int]]:
    """Column -> (values that spell out a NULL, row of the first), for the columns that have some; empty text is not counted."""
    if not columns:
        return {}
    words = ", ".join(map(literal, SPELLED_NULLS[1:]))
    # In steps, because most columns of a claim are empty and hardly any spells out a NULL: a look at every value is what costs.
    filled = _with_any(connection, relation, columns, "count({0})")
    spelled = _with_any(connection, relation, filled, f"count_if({{0}} IN ({words}))")
    if not spelled:
        return {}
    found = ", ".join(f"count(*) FILTER ({quoted(c)} IN ({words})), min(row_number) FILTER ({quoted(c)} IN ({words}))" for c in spelled)
    counts = connection.execute(f"SELECT {found} FROM {relation}").fetchone()
    return {column: counts[2 * i:2 * i + 2] for i, column in enumerate(spelled)}


def _with_any(connection, relation: str, columns: list[str], count: str) -> list[str]:
    """The columns for which a count is not 0."""
    if not columns:
        return []
    counts = connection.execute(f"SELECT {', '.join(count.format(quoted(c)) for c in columns)} FROM {relation}").fetchone()
    return [column for column, found in zip(columns, counts, strict=True) if found]


def without_spelled_null(column: str) -> str:
    """The column with NULL where a NULL is spelled out."""
    return f"CASE WHEN {quoted(column)} NOT IN ({', '.join(map(literal, SPELLED_NULLS))}) THEN {quoted(column)} END"


def decoded(file: SentFile, encoding: str, folder: Path) -> SentFile:
    """The file as UTF-8, from an encoding that the manifest declares."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{file.index}.csv"
    with (gzip.open if file.zipped else open)(file.path, "rt", encoding=encoding, newline="") as source, \
            target.open("w", encoding="utf-8", newline="") as plain:
        while text := source.read(1 << 20):
            plain.write(text)
    return SentFile(file.index, target, file.name.removesuffix(".gz"), file.size, file.sha256)
