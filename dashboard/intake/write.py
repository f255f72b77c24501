"""Parts -> parquet files of the extract. A file counts only once the ledger says so, so nothing here needs to be undone but tidied."""

from collections import Counter
from pathlib import Path

from dashboard import parallel
from dashboard.contract import read_contract
from dashboard.intake import finish, ledger
from dashboard.intake.delivery import Delivery, Part, SentFile
from dashboard.intake.gates import reading
from dashboard.intake.ledger import literal
from dashboard.intake.report import Warning

UNREADABLE = "CREATE OR REPLACE TABLE unreadable (file_index INTEGER, row_number BIGINT, rule VARCHAR, found VARCHAR, cure VARCHAR)"
_columns: dict[str, list[str]] = {}


def write(connection, home: Path, delivery: Delivery, parts: list[Part], number: int, record_source: str | None) -> list[tuple]:
    """Write the parts of files that do not stand already; rows for the ledger's table file."""
    contract, first_file, standing = read_contract(), ledger.next_file(connection), _standing(connection, delivery)
    constants = {"data_source": delivery.data_source, "file_date": delivery.manifest.file_date, "received_at": delivery.received_at,
                 "record_source": record_source}

    def write_part(cursor, numbered: tuple[int, Part]) -> tuple | None:
        k, part = numbered
        path = Path("extract") / part.table / f"{number}-{k}.parquet"
        with reading(part.file):
            select = finish.finished(contract[part.table], part.select, columns_of(cursor, part))
            rows = copy(cursor, home / path, select, constants | {"file_name": part.file.name, "file_no": first_file + k})
        return (first_file + k, number, part.table, delivery.data_source, part.file.name, str(path), rows, part.file.sha256, True) if rows else None

    wanted = sorted((part for part in parts if part.file not in standing), key=lambda part: -part.file.size)
    files = [file for file in parallel.each(connection, write_part, enumerate(wanted)) if file]
    files += _write_unreadable(connection, home, delivery, number, first_file + len(parts), standing)
    rows = Counter()
    for file in files:
        rows[file[2]] += file[6]
    delivery.report.unreadable = rows.pop("unreadable", 0)
    delivery.report.rows = dict(rows)
    return files


def _standing(connection, delivery: Delivery) -> set[SentFile]:
    """Files whose very bytes stand already, from another delivery of the source: read for what others look up in them, not written again."""
    known = {row[0] for row in connection.execute("SELECT DISTINCT sha256 FROM ledger.file WHERE accepted AND data_source = ?",
                                                  [delivery.data_source]).fetchall()}
    if not delivery.manifest.made:
        return set()
    standing = {file for file in delivery.files if file.sha256 in known}
    delivery.report.warnings += [Warning(file.name, None, "duplicate_file", 0, None, "the same bytes stand already", "nothing is taken twice")
                                 for file in sorted(standing, key=lambda f: f.name)]
    return standing


def _write_unreadable(connection, home, delivery, number, file_no, standing) -> list[tuple]:
    files = []
    for index, count in connection.execute("SELECT file_index, count(*) FROM unreadable GROUP BY ALL ORDER BY ALL").fetchall():
        file, path = delivery.files[index], Path("extract") / "unreadable" / f"{number}-{index}.parquet"
        if file in standing:
            continue
        copy(connection, home / path, f"""
            SELECT {literal(delivery.data_source)} AS data_source, {literal(file.name)} AS file_name, row_number, rule, found, cure,
                source_row_of({file_no}, row_number, 0) AS source_row
            FROM unreadable WHERE file_index = {index} ORDER BY row_number""", {})
        files.append((file_no, number, "unreadable", delivery.data_source, file.name, str(path), count, file.sha256, True))
        file_no += 1
    return files


def columns_of(connection, part: Part) -> list[str]:
    """Names of a part's columns; SELECTs of one key are described once."""
    key = part.key or part.select
    if key not in _columns:
        _columns[key] = [row[0] for row in connection.execute(f"DESCRIBE {part.select}").fetchall()]
    return _columns[key]


def copy(connection, path: Path, select: str, parameters: dict) -> int:
    """Write a SELECT as parquet; its rows. A SELECT without rows leaves no file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    named = {name: value for name, value in parameters.items() if f"${name}" in select}
    rows = connection.execute(f"COPY (\n{select}\n) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)", named).fetchone()[0]
    if not rows:
        path.unlink()
    return rows


def tidy(home: Path, number: int) -> None:
    """Remove what a refused delivery has written."""
    for path in (home / "extract").glob(f"*/{number}-*.parquet"):
        path.unlink()
