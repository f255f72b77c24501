"""Contract tables as sent -> contract tables: columns checked by name and type, NULLs that are spelled out emptied, the rest as it came."""

import difflib
from pathlib import Path

from dashboard.contract import Table, read_contract
from dashboard.intake import registry, text_files
from dashboard.intake.delivery import Delivery, Part, SentFile
from dashboard.intake.finish import quoted
from dashboard.intake.gates import reading
from dashboard.intake.ledger import literal
from dashboard.intake.report import Problem, Refused, Warning

RECORD_SOURCE = None  # the sender's word stands
STRICT = True
OURS = {"data_source", "file_name", "file_date", "ingest_datetime"}
# Types that may stand for a contract type without loss; text always may: what does not read is refused row by row.
ACCEPTED = {
    "VARCHAR": ("VARCHAR", "UUID"),
    "DATE": ("DATE", "TIMESTAMP", "VARCHAR"), "TIMESTAMP": ("TIMESTAMP", "DATE", "VARCHAR"),
    "INTEGER": ("INT", "UINT", "BIGINT", "UBIGINT", "SMALLINT", "USMALLINT", "TINYINT", "UTINYINT", "HUGEINT", "BOOLEAN", "DOUBLE", "FLOAT",
                "DECIMAL", "VARCHAR"),
    "BOOLEAN": ("BOOLEAN", "TINYINT", "INT", "SMALLINT", "BIGINT", "VARCHAR"),
}
ACCEPTED |= {"DOUBLE": ACCEPTED["INTEGER"], "SMALLINT": ACCEPTED["INTEGER"], "BIGINT": ACCEPTED["INTEGER"]}


def table_of(name: str, contract: dict[str, Table]) -> str | None:
    """The contract table that a file holds: its name (medical_claim_2024.csv.gz) or its folder's (medical_claim/part-0.parquet)."""
    path = Path(name)
    for word in (path.name, path.parent.name):
        fits = [table for table in contract if word == table or (word.startswith(table) and word[len(table)] in "._-")]
        if fits:
            return max(fits, key=len)
    return None


def read(connection, delivery: Delivery) -> list[Part]:
    """Check the files against the contract and give the SELECTs over them; Unreadable names every fault at once."""
    contract, parts, problems = read_contract(), [], []
    for file in delivery.files:
        name = table_of(file.name, contract)
        if name is None:
            problems.append(Problem(file.name, "unknown_table", "the name says no table of the contract.",
                                    f"Name it after one: {', '.join(contract)}."))
            continue
        with reading(file):
            relation, found = _relation(connection, file)
            faults = column_faults(file.name, contract[name], _filled(connection, relation, contract[name], found))
        problems += faults
        if not faults:
            parts.append(_part(connection, delivery, file, contract[name], relation, found))
    if problems:
        raise Refused(problems)
    return parts


def people(connection, delivery: Delivery) -> None:
    """Tell the registry who is named, the identifiers that may join people, and the sender's merges."""
    own, names, identifiers, crosswalk = literal(delivery.data_source), [], [], []
    for select, table, columns in delivery.sent:
        source = f"coalesce(data_source, {own})" if "data_source" in columns else own
        if "person_id" in columns:
            names.append(f"SELECT {source}, person_id FROM ({select})")
        if {"person_id", "medicare_beneficiary_id"} <= set(columns):
            identifiers.append(_identifier(source, "'mbi'", "NULL", "medicare_beneficiary_id", columns, select))
        if table == "eligibility" and {"member_id", "payer"} <= set(columns):
            identifiers.append(_identifier(source, "'member_id'", "payer", "member_id", columns, select))
        if table == "person_xref":
            unmerge = "TRY_CAST(unmerge AS BOOLEAN)" if "unmerge" in columns else "FALSE"
            crosswalk.append(f"SELECT {source}, old_person_id, new_person_id, {unmerge} FROM ({select})")
            names += [f"SELECT {source}, {column} FROM ({select})" for column in ("old_person_id", "new_person_id")]
    registry.sent(connection, names, identifiers, crosswalk)


def keep(connection, delivery: Delivery) -> None:
    """Nothing to keep beside the extract."""


def rows_read(connection, delivery: Delivery) -> dict[str, int]:
    """Rows of each file, broken records counted too."""
    broken = dict(connection.execute("SELECT file_index, count(*) FROM unreadable GROUP BY ALL").fetchall())
    return {file.name: broken.get(file.index, 0) + connection.execute(f"SELECT count(*) FROM ({select})").fetchone()[0]
            for file, (select, _, _) in zip(delivery.files, delivery.sent, strict=True)}


def _identifier(source: str, kind: str, issuer: str, value: str, columns: list[str], select: str) -> str:
    born = "birth_date" if "birth_date" in columns else "NULL"
    return (f"SELECT {source}, person_id, {kind}, {issuer}, CAST({value} AS VARCHAR), CAST({born} AS VARCHAR) FROM ({select}) "
            f"WHERE {value} IS NOT NULL")


def _relation(connection, file: SentFile) -> tuple[str, dict[str, str]]:
    """The file as a relation with row_number, and its columns with their types."""
    if file.name.endswith(".parquet"):
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(file.path)})").fetchall()
        relation = f"(SELECT file_row_number + 1 AS row_number, * FROM read_parquet({literal(file.path)}, file_row_number = true))"
        return relation, {row[0]: row[1] for row in rows}
    header = text_files.header_of(file)
    text_files.load(connection, file, header, f"text_{file.index}")
    return f"text_{file.index}", dict.fromkeys(header.columns, "VARCHAR")


def _filled(connection, relation: str, table: Table, found: dict[str, str]) -> dict[str, str]:
    """The columns without those of a wrong type that hold nothing: writers give an empty column any type."""
    wrong = [name for name, kind in found.items() if name in table.columns and not _accepted(table.columns[name], kind)]
    if not wrong:
        return found
    counts = connection.execute(f"SELECT {', '.join(f'count({quoted(name)})' for name in wrong)} FROM {relation}").fetchone()
    empty = {name for name, count in zip(wrong, counts, strict=True) if not count}
    return {name: "VARCHAR" if name in empty else kind for name, kind in found.items()}


def _accepted(wanted: str | None, kind: str) -> bool:
    return wanted not in ACCEPTED or kind.startswith(ACCEPTED[wanted])


def column_faults(place: str, table: Table, found: dict[str, str]) -> list[Problem]:
    """Cases 6, 7 and 8: required columns that are missing, names in other letters, types that lose something."""
    faults = []
    for name in found:
        if name not in table.columns and name.lower() in table.columns:
            faults.append(Problem(f"{place}, column {name}", "renamed_column", "the contract writes it in small letters.",
                                  f'Call it "{name.lower()}".'))
    for name in table.required:
        if name not in found and name not in OURS and name.lower() not in {f.lower() for f in found}:
            near = difflib.get_close_matches(name, [f for f in found if f not in table.columns], n=1)
            cure = f'Is it "{near[0]}"? Call it "{name}".' if near else f'Send "{name}".'
            faults.append(Problem(place, "missing_column", f'the required column "{name}" of {table.name} is not there.', cure))
    for name, kind in found.items():
        wanted = table.columns.get(name)
        if name not in OURS and not _accepted(wanted, kind):
            why = "leading zeros may be lost" if wanted == "VARCHAR" else f"it does not become {wanted}"
            faults.append(Problem(f"{place}, column {name}", "type_drift", f"sent as {kind}: {why}.", f"Send it as {wanted}."))
    return faults


def _part(connection, delivery: Delivery, file: SentFile, table: Table, relation: str, found: dict[str, str]) -> Part:
    known = [name for name in found if name in table.columns and name not in ("file_name", "ingest_datetime")]
    texts = [name for name in known if found[name] == "VARCHAR"]
    with reading(file):
        altered = text_files.spelled_nulls(connection, relation, texts)
    empties = {name for name in texts if not file.name.endswith(".parquet")} | altered.keys()
    columns = ", ".join(f"{text_files.without_spelled_null(n)} AS {quoted(n)}" if n in empties else quoted(n) for n in known)
    select = f"SELECT row_number, {columns} FROM {relation}"
    delivery.report.warnings += [Warning(file.name, table.name, "spelled_null", count, first, f"{name} spells out a NULL", "taken as empty")
                                 for name, (count, first) in altered.items()]
    delivery.report.warnings += [Warning(file.name, table.name, "extra_column", 0, None, f'column "{name}" is not in the contract', "ignored")
                                 for name in found if name not in table.columns]
    delivery.sent.append((select, table.name, known))
    return Part(file, table.name, select)
