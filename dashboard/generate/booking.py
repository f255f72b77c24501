"""A clinician's time is booked once: appointments are drawn person by person, so those of two people may meet; the second is taken out."""

from dataclasses import replace
from pathlib import Path

from dashboard import database
from dashboard.build import sql
from dashboard.settings import QUERIES

TABLE = "appointment"
KEPT = "SELECT a.* FROM read_parquet('{path}') AS a WHERE a.appointment_id NOT IN (SELECT appointment_id FROM double_booked)"


def book_once(folder: Path, files: list) -> list:
    """The files of an extract (dashboard.generate.writer.File), those of appointments written again without what is booked double."""
    ours = [file for file in files if file.table == TABLE]
    question = QUERIES / "generate" / "double_booked.sql"
    with database.connect(threads=1) as connection:  # one thread keeps the order of rows
        sql.execute(connection, f"CREATE TEMP TABLE double_booked AS {sql.relation(question).text}",
                    {"files": [str(folder / file.name) for file in ours]}, place=question)
        again = {file.name: _again(connection, folder, file) for file in ours}
    kept = [again.get(file.name, file) for file in files]
    return [file for file in kept if file.table != TABLE or file.rows or (folder / file.name).exists()]


def _again(connection, folder: Path, file):
    """The file without its double bookings; none is left of a file that held nothing else."""
    path = folder / file.name
    part = path.with_suffix(".part")
    rows = connection.execute(f"COPY ({KEPT.format(path=sql.quoted(path))}) TO '{sql.quoted(part)}' (FORMAT parquet, COMPRESSION zstd)").fetchone()[0]
    part.replace(path)
    if file.rows and not rows:
        path.unlink()
    return replace(file, rows=rows)
