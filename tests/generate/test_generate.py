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
    "a social need of adults": ("regexp_matches(diagnosis, '^Z(5[5-9]|6[0-5])')", "age >= 18", 0.005, 0.03),
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


def test_everybody_under_25_has_a_clinician_who_sees_the_young(made):
    young = made.execute(f"""SELECT a.practice_id, d.specialty, count(*) FROM patient AS p LEFT JOIN provider_attribution AS a USING (person_id)
        LEFT JOIN practitioner AS d ON d.npi = a.provider_npi WHERE p.birth_date > DATE '{AS_OF}' - INTERVAL 25 YEAR GROUP BY ALL""").fetchall()
    assert {specialty for _, specialty, _ in young} == {"pediatrics", "family medicine"}
    assert len({practice for practice, _, _ in young}) == 16


def test_a_clinician_is_booked_by_one_patient_at_a_time(made):
    assert not one(made, """SELECT count(*) FROM (SELECT practitioner_id, start_datetime FROM appointment GROUP BY ALL
        HAVING count(DISTINCT appointment_id) > 1)""")


def test_nobody_lies_in_two_beds(made):
    assert one(made, "SELECT count(*) FROM encounter WHERE length_of_stay > 0") > 100
    assert not one(made, """SELECT count(*) FROM encounter AS a JOIN encounter AS b ON a.person_id = b.person_id AND a.encounter_id < b.encounter_id
        WHERE a.length_of_stay > 0 AND b.length_of_stay > 0 AND a.encounter_start_date < b.encounter_end_date
            AND b.encounter_start_date < a.encounter_end_date""")


def test_the_reason_of_a_visit_is_its_first_diagnosis(made):
    assert one(made, """SELECT count(*) FROM medical_claim WHERE place_of_service_code = '81' AND diagnosis_code_1 LIKE 'F%'""") == 0
    assert one(made, "SELECT avg(CAST(diagnosis_code_1 LIKE 'Z00.0%' AS INTEGER)) FROM medical_claim WHERE hcpcs_code IN ('99395', '99396', 'G0439')") == 1
    assert one(made, "SELECT count(*) FROM medical_claim WHERE diagnosis_code_1 = diagnosis_code_2 OR diagnosis_code_2 = diagnosis_code_3") == 0


def test_weight_height_and_body_mass_index_of_a_visit_agree(made):
    share, visits = made.execute("""SELECT avg(CAST(abs(weight / (height / 100) ** 2 - bmi) < 0.03 * bmi AS INTEGER)), count(*) FROM (
        SELECT panel_id, any_value(result_numeric) FILTER (source_description = 'weight') AS weight, any_value(result_numeric) FILTER (source_description = 'height') AS height,
            any_value(result_numeric) FILTER (source_description = 'BMI') AS bmi FROM observation GROUP BY panel_id) WHERE weight * height * bmi > 0""").fetchone()
    assert share > 0.97 and visits > 1000


IMPOSSIBLE = {
    "pregnant after a hysterectomy": ("Z90.710", "Z34%"),
    "two types of diabetes": ("E10%", "E11%"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_nobody_has_what_excludes_each_other(name, made):
    made.execute("""CREATE OR REPLACE TEMP TABLE diagnosed AS SELECT DISTINCT person_id, unnest([diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4,
        diagnosis_code_5, diagnosis_code_6, diagnosis_code_7, diagnosis_code_8]) AS code FROM medical_claim""")
    first, second = IMPOSSIBLE[name]
    people = [one(made, f"SELECT count(DISTINCT person_id) FROM diagnosed WHERE code LIKE '{code}'") for code in (first, second)]
    assert min(people) > 0
    assert one(made, f"""SELECT count(*) FROM diagnosed AS a JOIN diagnosed AS b USING (person_id) WHERE a.code LIKE '{first}' AND b.code LIKE '{second}'""") == 0


def test_children_have_the_pressure_and_the_eyes_of_children(made):
    median = "SELECT median(result_numeric) FROM observation JOIN patient USING (person_id) WHERE source_description = 'systolic blood pressure' AND observation_date - birth_date"
    assert one(made, f"{median} < 12 * 365") < 115 < one(made, f"{median} > 40 * 365")
    assert one(made, "SELECT count(*) FROM medical_claim JOIN patient USING (person_id) WHERE claim_start_date - birth_date < 18 * 365 AND diagnosis_code_1 IN ('H25.9', 'H52.4')") == 0


def test_kidneys_that_fail_show_in_the_laboratory(made):
    median = """SELECT median(TRY_CAST(result AS DOUBLE)) FROM lab_result WHERE source_component_description = 'eGFR' AND person_id {} IN
        (SELECT person_id FROM medical_claim WHERE diagnosis_code_1 IN ('N18.31', 'N18.32', 'N18.4'))"""
    assert one(made, median.format("")) < 60 < 75 < one(made, median.format("NOT"))


def test_what_is_charted_at_a_visit_lies_within_it(made):
    for table, moment in {"observation": "observed_instant", "procedure": "performed_instant", "service_order": "authored_instant"}.items():
        outside, inside = made.execute(f"""SELECT count(*) FILTER (e.person_id IS NULL), count(e.person_id) FROM {table} AS t LEFT JOIN encounter AS e ON e.encounter_id = t.encounter_id
            AND t.person_id = e.person_id AND {moment} BETWEEN encounter_start_instant AND encounter_end_instant WHERE t.encounter_id IS NOT NULL""").fetchone()
        assert outside == 0 and inside > 30, table


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
              "chlamydia test": "chlamydia_screening", "medication reconciliation": "med_rec", "frailty": "frailty", "advanced cancer": "advanced_illness",
              "current medications": "current_medications_documented", "fall risk assessment": "falls_screening", "tobacco status": "tobacco_use_screening",
              "smoker": "tobacco_user", "not a smoker": "tobacco_non_user", "tobacco counselling": "tobacco_use_cessation_counseling",
              "adult depression screen": "adult_depression_screening", "adolescent depression screen": "adolescent_depression_screening",
              "psychotherapy begun": "follow_up_for_adult_depression", "psychiatry referral": "referral_for_adult_depression", "weight advice": "follow_up_for_above_normal_bmi",
              "HIV result": "human_immunodeficiency_virus_hiv_laboratory_test_codes_ab_and_ag", "bone scan order": "dxa_dual_energy_xray_absorptiometry_scan",
              "pressure recheck": "follow_up_within_4_weeks", "lifestyle advice": "lifestyle_recommendation", "height": "body_height", "weight": "body_weight",
              "blood pressure prescription": "pharmacologic_therapy_for_hypertension", "benzodiazepine": "potentially_harmful_benzodiazepines_for_older_adults"}
    lists = _rows(DATA / "reference" / "generate" / "code.csv")
    for name, concept in wanted.items():
        codes = {row["code"].replace(".", "") for row in _rows(MEASURES / "value_sets" / f"{concept}.csv")}
        assert {row["code"].replace(".", "") for row in lists if row["name"] == name} <= codes, name


def test_every_name_in_the_files_is_defined():
    folder = DATA / "reference" / "generate"
    lists = {row["name"] for row in _rows(folder / "code.csv")}
    cares = {row["care"] for row in _rows(folder / "care.csv")}
    illnesses = {row["illness"] for row in _rows(folder / "illness.csv")}
    for name in ("need", "line", "reading", "fill", "vaccine", "charted"):
        assert {row["care"] for row in _rows(folder / f"{name}.csv")} - {""} <= cares, name
    assert {row["illness"] for row in _rows(folder / "need.csv")} - {""} <= illnesses
    assert {row["anchor"] for row in _rows(folder / "need.csv")} <= cares | {"calendar", "birth", "onset"}
    assert {row["without"] for name in ("need", "illness") for row in _rows(folder / f"{name}.csv")} - {""} <= illnesses
    assert {row["code"] for row in _rows(folder / "altered.csv")} <= {row["code"] for row in _rows(folder / "code.csv")}
    assert {row["test"] for name in ("altered", "charted") for row in _rows(folder / f"{name}.csv")} - {""} <= {row["test"] for row in _rows(folder / "reading.csv")}
    used = illnesses | {row["hcpcs"] for row in _rows(folder / "line.csv")} | {row["code"] for row in _rows(folder / "reading.csv")}
    used |= {row["reason"] for row in _rows(folder / "care.csv")} | {f"{row['product']} CVX" for row in _rows(folder / "vaccine.csv")}
    used |= {row[part] for row in _rows(folder / "charted.csv") for part in ("code", "answer", "reason")}
    used |= {row["drug"] for row in _rows(folder / "fill.csv")} | {row["hcpcs"] for row in _rows(folder / "result_code.csv")}
    assert used - {"", "illness"} <= lists


def _rows(path: Path) -> list[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_plan_counts_kidney_tests_where_blood_and_urine_were_both_tested(made):
    """As the HEDIS measure asks: eGFR, and albumin and creatinine of urine. What it forgets or has from a vendor is a few in a hundred."""
    blood, urine = "hcpcs_code IN ('80048', '80053')", "hcpcs_code = '82043') AND bool_or(hcpcs_code = '82570'"
    billed = f"""SELECT person_id FROM medical_claim WHERE claim_status = 'paid' AND adjustment_type = 'original' AND year(claim_start_date) = 2026
        AND received_date <= DATE '{AS_OF}' - 28 GROUP BY person_id HAVING bool_or({urine}) AND bool_or({blood})"""
    tested = f"""SELECT person_id FROM (SELECT person_id, {blood} AS of_blood, hcpcs_code = '82043' AS of_urine FROM medical_claim WHERE year(claim_start_date) = 2026
        UNION ALL SELECT person_id, source_component_description = 'eGFR', source_component_description LIKE 'urine albumin%' FROM lab_result
        WHERE year(collection_datetime) = 2026) GROUP BY person_id HAVING bool_or(of_blood) AND bool_or(of_urine)"""
    closed = """SELECT avg(CAST(status = 'closed' AS INT)) FROM plan_gap WHERE measure = 'KED' AND status <> 'excluded' AND measurement_year = 2026
        AND person_id {} IN ({})"""
    assert one(made, closed.format("", billed)) > 0.85 and one(made, closed.format("NOT", tested)) < 0.1
