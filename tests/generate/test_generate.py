"""The synthetic extract: the same again for a seed, by the contract, and like people in its shares."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from dashboard import database
from dashboard.build import extract, macros
from dashboard.contract import read_contract
from dashboard.errors import Fault
from dashboard.generate import generate
from dashboard.settings import DATA, MEASURES

AS_OF = date(2026, 11, 20)
PEOPLE = 3000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("generated") / "mso"
    generate(PEOPLE, out, as_of=AS_OF)
    return out


@pytest.fixture(scope="module")
def made(folder):
    """A connection with one view per table of the extract."""
    connection = database.connect()
    for table in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{folder}/{table}/*.parquet')")
    yield connection
    connection.close()


def one(connection, text):
    return connection.execute(text).fetchone()[0]


def tables(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def difference(connection, table, one_folder, other_folder, where="true"):
    sides = [f"SELECT * FROM read_parquet('{folder}/{table}/*.parquet') WHERE {where}" for folder in (one_folder, other_folder)]
    return one(connection, f"SELECT count(*) FROM (({sides[0]} EXCEPT ALL {sides[1]}) UNION ALL ({sides[1]} EXCEPT ALL {sides[0]}))")


def test_same_seed_gives_the_same_files(tmp_path):
    for name in ("a", "b"):
        generate(300, tmp_path / name, seed=7, as_of=AS_OF)
    assert (tmp_path / "a" / "_manifest.json").read_text() == (tmp_path / "b" / "_manifest.json").read_text()


def test_another_seed_gives_other_people(tmp_path, made):
    generate(50, tmp_path / "other", seed=2, as_of=AS_OF)
    same = one(made, f"SELECT count(*) FROM patient JOIN read_parquet('{tmp_path}/other/patient/*.parquet') USING (person_id, birth_date)")
    assert same < 3


def test_a_person_does_not_depend_on_how_many_there_are(tmp_path, folder, made):
    generate(400, tmp_path / "fewer", as_of=AS_OF, shard=150)
    for table in set(tables(folder)) - {"practitioner", "location"}:
        assert difference(made, table, folder, tmp_path / "fewer", "person_id <= 'S00000400'") == 0, table


def test_manifest_counts_every_row(folder, made):
    manifest = json.loads((folder / "_manifest.json").read_text())
    for file in manifest["files"]:
        assert one(made, f"SELECT count(*) FROM read_parquet('{folder / file['name']}')") == file["row_count"]
    assert sum(file["row_count"] for file in manifest["files"]) == manifest["row_count"]


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Fault, match="not empty"):
        generate(10, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_every_table_has_the_columns_and_types_of_the_contract(folder, made):
    for name in tables(folder):
        found = {row[0]: row[1].replace('"', "") for row in made.execute(f"DESCRIBE {name}").fetchall()}
        assert found == read_contract()[name].columns


def test_no_row_breaks_a_rule_but_the_planted_ones(folder):
    connection, broken = database.connect(), {}
    macros.prepare(connection)
    for name in tables(folder):
        source = f"(SELECT *, 1 AS person_key, 1 AS source_row FROM read_parquet('{folder}/{name}/*.parquet'))"
        columns = {row[0]: row[1].replace('"', "") for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()}
        extract.create_view(connection, read_contract()[name], {source: columns})
        broken |= dict(connection.execute(f"SELECT broken_rule, count(*) FROM extract.{name} WHERE broken_rule IS NOT NULL GROUP BY 1").fetchall())
    planted = broken.pop("claim_41_service_date")
    assert not broken
    assert 5 < planted < 120


def test_claims_lie_within_coverage_and_life(made):
    # The roster tells late of some who have just joined.
    assert one(made, """SELECT count(*) FROM medical_claim AS c ANTI JOIN eligibility AS e ON e.person_id = c.person_id AND e.plan = c.plan
        AND c.claim_start_date >= e.enrollment_start_date AND (e.enrollment_end_date IS NULL OR c.claim_start_date <= e.enrollment_end_date)
        WHERE c.claim_start_date < DATE '2026-08-01'""") == 0
    assert one(made, "SELECT count(*) FROM medical_claim JOIN patient USING (person_id) WHERE claim_start_date < birth_date OR claim_end_date > death_date") == 0
    assert one(made, f"SELECT count(*) FROM medical_claim WHERE received_date > DATE '{AS_OF}'") == 0


def test_ids_are_unique(made):
    for table, key in {"patient": "person_id", "lab_result": "lab_result_id", "observation": "observation_id", "immunization": "immunization_id",
                       "procedure": "procedure_id", "encounter": "encounter_id", "pharmacy_claim": "claim_id", "practitioner": "npi"}.items():
        assert one(made, f"SELECT count(*) - count(DISTINCT {key}) FROM {table}") == 0, table
    assert one(made, "SELECT count(*) - count(DISTINCT medicare_beneficiary_id) FROM patient WHERE medicare_beneficiary_id IS NOT NULL") == 0
    # A claim sent twice is the only repetition of a line.
    assert one(made, "SELECT count(*) FROM (SELECT claim_id, claim_line_number, count(*) AS times FROM medical_claim GROUP BY ALL) WHERE times > 2") == 0


SHARES = {  # name: (share of whom, at least, at most); about what US surveys and claims show
    "hypertension of adults": ("diagnosis LIKE 'I10'", "age >= 18", 0.24, 0.42),
    "diabetes of adults": ("diagnosis LIKE 'E11%' OR diagnosis LIKE 'E10%'", "age >= 18", 0.07, 0.17),
    "diabetes of the old": ("diagnosis LIKE 'E11%'", "age >= 65", 0.15, 0.33),
    "asthma of children": ("diagnosis LIKE 'J45%'", "age BETWEEN 5 AND 17", 0.03, 0.12),
    "depression of adults": ("diagnosis LIKE 'F32%' OR diagnosis LIKE 'F33%'", "age >= 18", 0.06, 0.2),
    "COPD of the old": ("diagnosis LIKE 'J44%'", "age >= 65", 0.06, 0.2),
    "pregnancy of women 20 to 40": ("diagnosis LIKE 'Z34%'", "age BETWEEN 20 AND 40 AND sex = 'female'", 0.1, 0.35),
}


@pytest.mark.parametrize("name", SHARES)
def test_illnesses_are_as_common_as_they_are(name, made):
    having, among, low, high = SHARES[name]
    share = one(made, f"""
        WITH covered AS (SELECT DISTINCT p.person_id, date_diff('year', p.birth_date, DATE '{AS_OF}') AS age, p.sex FROM patient AS p SEMI JOIN eligibility USING (person_id)),
        ill AS (SELECT DISTINCT person_id FROM (SELECT person_id, unnest([diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5]) AS diagnosis
            FROM medical_claim) WHERE {having})
        SELECT avg(CAST(ill.person_id IS NOT NULL AS INTEGER)) FROM covered LEFT JOIN ill USING (person_id) WHERE {among}""")
    assert low < share < high


def test_rows_per_person_are_those_of_a_health_plan(made):
    per_person = {table: one(made, f"SELECT count(*) FROM {table}") / PEOPLE for table in ("medical_claim", "pharmacy_claim", "lab_result")}
    assert 70 < sum(per_person.values()) < 110, per_person


def test_feeds_are_not_clean(made):
    status = dict(made.execute("SELECT claim_status, count(DISTINCT claim_id) / sum(count(DISTINCT claim_id)) OVER () FROM medical_claim GROUP BY 1").fetchall())
    assert 0.01 < status["denied"] < 0.05 and 0.001 < status["pending"] < 0.03
    assert one(made, "SELECT count(*) FROM medical_claim WHERE adjustment_type = 'replacement'") > 0
    assert one(made, "SELECT count(*) FROM medical_claim WHERE adjustment_type = 'void'") > 0
    assert one(made, "SELECT count(*) FROM pharmacy_claim WHERE claim_status = 'reversed'") > 0
    assert one(made, "SELECT count(*) FROM lab_result WHERE source_component_code_type = 'local'") > 0
    gaps = one(made, "SELECT count(*) FROM (SELECT person_id FROM eligibility GROUP BY 1 HAVING count(*) > 1)") / PEOPLE
    assert 0.02 < gaps < 0.2


def test_codes_that_measures_need_stand_in_their_value_sets():
    wanted = {"hypertension": "essential_hypertension", "diabetes": "diabetes", "mammogram": "mammography", "colonoscopy": "colonoscopy", "pap test": "pap_test",
              "A1c test": "hba1c_laboratory_test", "eGFR test": "estimated_glomerular_filtration_rate", "eye visit": "eye_exam", "strong statin": "high_intensity_statin_therapy",
              "ACE inhibitor or ARB": "rasa", "metformin": "oral_antidiabetics_pdc", "PHQ-9 total": "phq9", "MMR CVX": "vax_mmr", "well infant": "well_care",
              "chlamydia test": "chlamydia_screening", "medication reconciliation": "med_rec", "frailty": "frailty", "advanced cancer": "advanced_illness"}
    lists = _rows(DATA / "reference" / "generate" / "code.csv")
    for name, concept in wanted.items():
        codes = {row["code"].replace(".", "") for row in _rows(MEASURES / "value_sets" / f"{concept}.csv")}
        assert {row["code"].replace(".", "") for row in lists if row["name"] == name} <= codes, name


def test_every_name_in_the_files_is_defined():
    folder = DATA / "reference" / "generate"
    lists = {row["name"] for row in _rows(folder / "code.csv")}
    cares = {row["care"] for row in _rows(folder / "care.csv")}
    illnesses = {row["illness"] for row in _rows(folder / "illness.csv")}
    for name in ("need", "line", "reading", "fill", "vaccine"):
        assert {row["care"] for row in _rows(folder / f"{name}.csv")} <= cares, name
    assert {row["illness"] for row in _rows(folder / "need.csv")} - {""} <= illnesses
    assert {row["anchor"] for row in _rows(folder / "need.csv")} <= cares | {"calendar", "birth", "onset"}
    used = illnesses | {row["hcpcs"] for row in _rows(folder / "line.csv")} | {row["code"] for row in _rows(folder / "reading.csv")}
    used |= {row["reason"] for row in _rows(folder / "care.csv")} | {f"{row['product']} CVX" for row in _rows(folder / "vaccine.csv")}
    used |= {row["drug"] for row in _rows(folder / "fill.csv")} | {row["hcpcs"] for row in _rows(folder / "result_code.csv")}
    assert used - {"", "illness"} <= lists


def _rows(path: Path) -> list[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
