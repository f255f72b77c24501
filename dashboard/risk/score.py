"""huddleboard risk: people and diagnoses of two parquet files, scored by one model."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from dashboard import database
from dashboard.build import sql
from dashboard.errors import Fault
from dashboard.risk.tables import load_tables
from dashboard.settings import MEASURES

MEMBERS = ("person_id", "age", "sex", "dual_status", "orec", "crec", "new_enrollee", "snp", "lti", "low_income")
DIAGNOSES = ("person_id", "code")


@dataclass(frozen=True)
class Scored:
    """How many people were given, scored, and not scored by reason; rows of diagnoses about nobody in the file of members."""
    people: int
    scored: int
    not_scoreable: dict[str, int]
    strangers: int


def score_files(members: Path, diagnoses: Path, model: str, year: int, out: Path) -> Scored:
    """Write person_id, model, payment_year, segment, raw_score DECIMAL(12,3), hccs, factors, not_scoreable; the file appears whole or not at all.

    members: one row a person with the columns MEMBERS; diagnoses: DIAGNOSES, codes with or without dots. Fault for what can be put right.
    """
    if not out.absolute().parent.is_dir():
        raise Fault(out, "its folder does not exist.", "Make it first.")
    with tempfile.TemporaryDirectory() as scratch:
        connection = database.connect(scratch=Path(scratch))
        try:
            load_tables(connection)
            sql.script(connection, MEASURES / "risk" / "files.sql")
            release = _release(connection, model, year)
            _check(connection, members, MEMBERS)
            _check(connection, diagnoses, DIAGNOSES)
            _check_rows(connection, members)
            return _score(connection, diagnoses, release, out)
        finally:
            connection.close()


def _score(connection, diagnoses: Path, release: str, out: Path) -> Scored:
    half = out.with_name(f".{out.name}.half")
    # A view takes no parameters.
    connection.execute(f"CREATE TEMP VIEW diagnosis AS FROM risk_diagnoses('{sql.quoted(diagnoses)}', '{release}')")
    sql.script(connection, MEASURES / "risk" / "run.sql", {"release": release})
    item = sql.relation(MEASURES / "risk" / "answer.sql")
    try:
        sql.execute(connection, f"COPY (\n{item.text}\n) TO '{sql.quoted(half)}' (FORMAT parquet)", {}, place=item.path)
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)
    reasons = dict(connection.execute("SELECT not_scoreable, count(*) FROM placed WHERE segment IS NULL GROUP BY ALL ORDER BY ALL").fetchall())
    people = connection.execute("SELECT count(*) FROM placed").fetchone()[0]
    strangers = connection.execute("SELECT count(*) FROM diagnosis ANTI JOIN placed USING (member)").fetchone()[0]
    return Scored(people, people - sum(reasons.values()), reasons, strangers)


def _release(connection, model: str, year: int) -> str:
    known = connection.execute("SELECT DISTINCT model, payment_year FROM reference.risk_category ORDER BY ALL").fetchall()
    if model not in {name for name, _ in known}:
        raise Fault("--model", f"no model {model}.", f"Known: {', '.join(sorted({name for name, _ in known}))}.")
    years = [of_year for name, of_year in known if name == model]
    if year not in years:
        cure = f"There are {', '.join(map(str, years))}; `huddleboard risk-tables` loads others."
        raise Fault("--year", f"no tables of {model} for payment year {year}.", cure)
    return f"{model}-{year}"


def _check(connection, path: Path, wanted: tuple[str, ...]) -> None:
    """The file is there, is parquet and has the columns."""
    if not path.is_file():
        raise Fault(path, "no such file.", "")
    try:
        columns = [row[0] for row in connection.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()]
    except database.Error:
        raise Fault(path, "not a parquet file that can be read.", "Write it anew as parquet.") from None
    missing = [name for name in wanted if name not in {column.lower() for column in columns}]
    if missing:
        raise Fault(path, f"no column {', '.join(missing)}.", f"It has {', '.join(columns)}; wanted are {', '.join(wanted)}.")


def _check_rows(connection, members: Path) -> None:
    connection.execute("CREATE TEMP TABLE sent AS FROM risk_sent(?)", [str(members)])
    faults = connection.execute("FROM risk_faults('sent')").fetchall()
    if faults:
        lines = [f"column {column}, row {row}: {found} ({rows:,} such row{'s' if rows > 1 else ''}). Wanted: {cure}."
                 for column, row, found, cure, rows in faults]
        raise Fault(members, "\n".join([f"{len(faults)} kinds of fault; nothing was scored.", *lines]))
