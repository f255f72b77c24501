"""Take deliveries in: gates, adapter, person registry, parquet files, ledger. Nothing counts before the ledger's transaction commits."""

import datetime
import json
from pathlib import Path

from dashboard.build import sql
from dashboard.contract import read_contract
from dashboard.intake import delivery as deliveries
from dashboard.intake import finish, formats, ledger, parallel, registry
from dashboard.intake.delivery import Delivery, Part, SentFile
from dashboard.intake.ledger import literal
from dashboard.intake.report import DeliveryReport, IntakeReport

_columns: dict[str, list[str]] = {}


def intake(paths, home, format: str | None = None, tenant: str = "default", data_source: str | None = None, dry_run: bool = False) -> IntakeReport:
    """Take files or folders into the home directory.

    A folder is one delivery, the loose files of one folder another. format: fhir-r4, fhir-bundles, tuva or synthea-csv; None = seen from the
    files. data_source: who sends; None = as the manifest or the folder's name says. dry_run: report only. A refused delivery leaves
    everything as it was.
    """
    home, report = Path(home), IntakeReport()
    with ledger.opened(home) as connection:
        for place, files in deliveries.groups([paths] if isinstance(paths, (str, Path)) else list(paths)):
            report.deliveries.append(_take_in(connection, home, place, files, format, tenant, data_source, dry_run))
    return report


def _take_in(connection, home, place, files, format, tenant, data_source, dry_run) -> DeliveryReport:
    sent = [SentFile(i, path, str(path.relative_to(place)) if place.is_dir() else path.name, path.stat().st_size, deliveries.sha256_of(path))
            for i, path in enumerate(files)]
    source = data_source or (place if place.is_dir() else place.parent).resolve().name
    delivery = Delivery(place, sent, source, report=DeliveryReport(str(place), source, files=len(sent)))
    delivery.format = delivery.report.format = formats.adapter_of(delivery, format)
    adapter = formats.ADAPTERS[delivery.format]
    parts = adapter.read(connection, delivery)
    adapter.people(connection, delivery)
    delivery.report.new_people = registry.assign(connection, tenant)
    number = ledger.next_delivery(connection)
    files = _write(connection, home, delivery, parts, number, adapter.RECORD_SOURCE)
    with ledger.transaction(connection):
        registry.keep(connection, tenant, number)
        registry.match(connection, tenant, number)
        _record(connection, delivery, tenant, number, files)
    delivery.report.delivery_no = number
    return delivery.report


def _write(connection, home: Path, delivery: Delivery, parts: list[Part], number: int, record_source: str) -> list[tuple]:
    """Write the parts' parquet files; rows for the ledger's table file."""
    contract, first_file = read_contract(), ledger.next_file(connection)
    received = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)

    def write(cursor, numbered: tuple[int, Part]) -> tuple | None:
        k, part = numbered
        path = Path("extract") / part.table / f"{number}-{k}.parquet"
        rows = _copy(cursor, home / path, finish.finished(contract[part.table], part.select, columns_of(cursor, part)), {
            "data_source": delivery.data_source, "file_name": part.file.name, "file_date": None, "received_at": received,
            "record_source": record_source, "file_no": first_file + k})
        return (first_file + k, number, part.table, delivery.data_source, part.file.name, str(path), rows, part.file.sha256, True) if rows else None

    files = [file for file in parallel.each(connection, write, enumerate(parts)) if file]
    for file in files:
        delivery.report.rows[file[2]] = delivery.report.rows.get(file[2], 0) + file[6]
    return files + _write_unreadable(connection, home, delivery, number, first_file + len(parts))


def _write_unreadable(connection, home, delivery, number, file_no) -> list[tuple]:
    files = []
    for index, count in connection.execute("SELECT file_index, count(*) FROM unreadable GROUP BY ALL ORDER BY ALL").fetchall():
        file, path = delivery.files[index], Path("extract") / "unreadable" / f"{number}-{index}.parquet"
        _copy(connection, home / path, f"""
            SELECT {literal(delivery.data_source)} AS data_source, {literal(file.name)} AS file_name, row_number, rule, found, cure,
                source_row_of({file_no}, row_number, 0) AS source_row
            FROM unreadable WHERE file_index = {index} ORDER BY row_number""", {})
        delivery.report.unreadable += count
        files.append((file_no, number, "unreadable", delivery.data_source, file.name, str(path), count, file.sha256, True))
        file_no += 1
    return files


def columns_of(connection, part: Part) -> list[str]:
    """Names of a part's columns; SELECTs of one key are described once."""
    key = part.key or part.select
    if key not in _columns:
        _columns[key] = [row[0] for row in connection.execute(f"DESCRIBE {part.select}").fetchall()]
    return _columns[key]


def _copy(connection, path: Path, select: str, parameters: dict) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    named = {name: value for name, value in parameters.items() if f"${name}" in select}
    rows = connection.execute(f"COPY (\n{select}\n) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)", named).fetchone()[0]
    if not rows:
        path.unlink()
    return rows


def _record(connection, delivery: Delivery, tenant: str, number: int, files: list[tuple]) -> None:
    if files:
        connection.executemany("INSERT INTO ledger.file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", files)
    connection.execute("""
        INSERT INTO ledger.delivery (delivery_no, tenant, data_source, feed, format, row_count, sha256, received_at, status, manifest)
        VALUES ($number, $tenant, $source, $source, $format, $rows, $sha256, current_localtimestamp(), 'accepted', $manifest)""", {
        "number": number, "tenant": tenant, "source": delivery.data_source, "format": delivery.format,
        "rows": sum(delivery.report.rows.values()), "sha256": delivery.sha256, "manifest": json.dumps(delivery.manifest)})
