"""The command line: what it answers, where it says what is wrong, and its exit status."""

import csv
import json
from datetime import date

import pytest
from small import parts

from dashboard import database
from dashboard.build import build
from dashboard.cli.main import main

MART = {
    "mart__measure_result": """-- One row a result.
        SELECT 1 AS rate_id, 2024 AS period, 1 AS person, 0 AS unit, 7 AS contract, true AS initial_population, true AS denominator,
            false AS exclusion, false AS exception, true AS numerator, 'closed' AS status""",
    "mart__rate_name": "-- One row a rate.\nSELECT 1 AS rate_id, 'COL-E' AS measure_id, 'HEDIS' AS variant, 'total' AS rate",
    "mart__contract": "-- One row a contract.\nSELECT 7 AS contract, 'Gold' AS plan",
    "mart__counted_person": """-- One row a person.
        SELECT 1 AS person, 'A1' AS person_id, '1234567893' AS clinician_npi, 'P' AS practice_id, 'G' AS group_id""",
}
COLUMNS = [
    "measure_id", "variant", "rate", "period", "contract", "person_id", "unit_id", "initial_population", "denominator",
    "exclusion", "exception", "numerator", "status", "clinician_npi", "practice_id", "group_id", "plan"]



@pytest.fixture
def home(tmp_path):
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path, **MART))
    return tmp_path


def test_results_writes_the_promised_columns_as_csv_and_parquet(home):
    assert main(["results", "--home", str(home), "--out", str(home / "out.csv")]) == 0
    assert main(["results", "--home", str(home), "--out", str(home / "out.parquet")]) == 0
    with (home / "out.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == COLUMNS
    assert (row["measure_id"], row["person_id"], row["status"], row["plan"], row["numerator"]) == ("COL-E", "A1", "closed", "Gold", "true")
    found = database.connect(threads=1).execute(f"FROM read_parquet('{home / 'out.parquet'}')")
    assert [column[0] for column in found.description] == COLUMNS
    assert not list(home.glob(".*half"))


def test_status_is_json_for_programs(home, capsys):
    assert main(["status", "--json", "--home", str(home)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["as_of"], found["people"], found["feeds"]) == ("000001", "2024-12-31", 3, [])
    assert found["published_at"]


def test_status_before_the_first_build_says_what_to_do(tmp_path, capsys):
    assert main(["status", "--home", str(tmp_path)]) == 0
    assert "huddleboard build" in capsys.readouterr().out
    assert main(["status", "--json", "--home", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["version"] is None


@pytest.mark.parametrize(("out", "said"), [("out.xlsx", "End it in .parquet or .csv"), ("nowhere/out.csv", "folder does not exist")])
def test_a_fault_goes_to_standard_error_with_status_one(home, capsys, out, said):
    assert main(["results", "--home", str(home), "--out", str(home / out)]) == 1
    printed = capsys.readouterr()
    assert said in printed.err and not printed.out


def test_results_before_the_first_build(tmp_path, capsys):
    assert main(["results", "--home", str(tmp_path), "--out", str(tmp_path / "out.csv")]) == 1
    assert "nothing is published" in capsys.readouterr().err


@pytest.mark.parametrize("line", [[], ["biuld"], ["build", "--as-of", "tomorrow"], ["evaluate", "--period", "2026-12-31:2026-01-01"]])
def test_a_wrong_command_line_is_status_two(line):
    with pytest.raises(SystemExit) as caught:
        main(line)
    assert caught.value.code == 2


@pytest.mark.parametrize("command", ["build", "status", "results", "serve", "evaluate"])
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0 and len(capsys.readouterr().out) > 100
