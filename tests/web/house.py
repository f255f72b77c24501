"""A small home directory, published: drawn coded, evidence and result rows through the real mart queries.

Two groups. G1 has practice P1 with the clinicians Adams and Brown and P2 with Cole; G2 has P3 with Dunn. Person 90 has nobody.
"""

import functools
import shutil
import tempfile
from pathlib import Path

import drawn
import house_cohorts
import house_plans
import house_risk

from dashboard import database
from dashboard.build import layers, macros, publish, sql
from dashboard.risk.tables import load_tables

AS_OF = "2026-11-22"
FILE_3, FILE_4 = 3 << 36, 4 << 36

PEOPLE = """
    person | person_id | first_name | last_name | birth_date | sex    | language | interpreter_needed | phone        | medical_record_number | has_coverage | held | data_source | death_date
    1      | p-1       | Maria      | Lopez     | 1959-03-07 | female | es       | T                  | 555-010-0001 | MRN1                  | T            | F    | ehr_a       |
    2      | p-2       | Wei        | Chen      | 1955-06-30 | male   | zh       | F                  | 555-010-0002 | MRN2                  | T            | F    | ehr_a       |
    3      | p-3       | John       | Smith     | 1980-11-22 | male   | en       | F                  |              | MRN3                  | F            | F    | ehr_a       |
    4      | p-4       | Ana        | Silva     | 1990-01-01 | female | en       | F                  |              | MRN4                  | T            | F    | ehr_a       |
    5      | p-5       | Old        | Gone      | 1940-01-01 | male   | en       | F                  |              | MRN5                  | T            | F    | ehr_a       | 2026-05-01
    20     | p-20      | Bea        | Brownlee  | 1970-02-02 | female | en       | F                  |              | MRN20                 | T            | F    | ehr_a       |
    30     | p-30      | Carl       | Coleman   | 1965-05-05 | male   | en       | F                  |              | MRN30                 | T            | F    | ehr_a       |
    40     | p-40      | Dora       | Duncan    | 1950-10-10 | female | en       | F                  |              | MRN40                 | T            | F    | ehr_b       |
    90     | p-90      | Nora       | Nobody    | 1950-10-10 | female | en       | F                  |              | MRN90                 | T            | F    | ehr_b       |
"""
ATTRIBUTION = """
    person | contract | clinician_npi | practice_id | group_id | start_date | end_date   | method
    1      | 0        | 1000000001    | P1          | G1       | 2026-03-01 | infinity   | plan roster
    2      | 0        | 1000000001    | P1          | G1       | 2025-01-01 | infinity   | plan roster
    3      | 0        | 1000000001    | P1          | G1       | 2025-01-01 | infinity   | most recent visit
    4      | 0        | 1000000001    | P1          | G1       | 2025-01-01 | infinity   | plan roster
    5      | 0        | 1000000001    | P1          | G1       | 2025-01-01 | infinity   | plan roster
    20     | 0        | 1000000001    | P1          | G1       | 2024-01-01 | 2025-12-31 | plan roster
    20     | 0        | 1000000002    | P1          | G1       | 2026-01-01 | infinity   | plan roster
    30     | 0        | 1000000003    | P2          | G1       | 2025-01-01 | infinity   | plan roster
    40     | 0        | 1000000004    | P3          | G2       | 2025-01-01 | infinity   | plan roster
"""
CLINICIANS = """
    npi        | name         | practice_id | group_id | specialty       | start_date | end_date
    1000000001 | Adams, Alice | P1          | G1       | Family Medicine | 2020-01-01 |
    1000000002 | Brown, Bob   | P1          | G1       | Family Medicine | 2020-01-01 |
    1000000003 | Cole, Cora   | P2          | G1       | Internal Medicine | 2020-01-01 |
    1000000004 | Dunn, Dan    | P3          | G2       | Internal Medicine | 2020-01-01 |
    1000000005 | Empty, Eve   | P3          | G2       | Internal Medicine | 2020-01-01 |
"""
PRACTICES = """
    practice_id | group_id | practice_name  | group_name
    P1          | G1       | Alder Medicine | North Doctors
    P2          | G1       | Birch Care     | North Doctors
    P3          | G2       | Cedar Clinic   | South Doctors
"""
BENCHMARKS = """
    programme        | year | measurement_year | measure_id | variant | rate  | product_line | level            | value | source
    CMS Star Ratings | 2026 | 2024             | COL-E      | HEDIS   | COL-E | medicare     | 4 stars          | 70    | cut points
    CMS Star Ratings | 2026 | 2024             | COL-E      | HEDIS   | COL-E | medicare     | national average | 71    | averages
    CMS Star Ratings | 2026 | 2024             | GSD        | HEDIS   | poor  | medicare     | 4 stars          | 13    | cut points
"""
CONTRACTS = """
    contract | payer  | plan         | product_line
    7        | Plan A | Plan A MA    | medicare
    8        | Plan B | Plan B Dual  | medicaid
"""
COVERAGE = """
    person | contract | start_date | end_date
    1      | 7        | 2024-01-01 | infinity
    1      | 8        | 2024-01-01 | infinity
    2      | 7        | 2024-01-01 | infinity
    4      | 7        | 2024-01-01 | 2026-06-30
    20     | 7        | 2024-01-01 | infinity
    30     | 7        | 2024-01-01 | infinity
    40     | 7        | 2024-01-01 | infinity
"""
CONCEPTS = """
    concept | name                    | title                       | origin
    1       | office_visit            | Office Visit                | official
    2       | hba1c_laboratory_test   | HbA1c Laboratory Test       | official
    3       | colonoscopy             | Colonoscopy                 | official
    4       | diabetes                | Diabetes                    | official
    5       | statin                  | High-intensity statin       | official
    6       | influenza_vaccine       | Influenza Vaccine           | official
    7       | acute_stay              | Acute inpatient stay        | built_in
"""
RATES = """
    rate_id | measure_id | variant | rate    | title                                    | better | action                                             | basis  | harm | chart_only | why
    1       | GSD        | HEDIS   | poor    | Blood sugar out of control (A1c above 9) | lower  | Order an A1c; if above 9, step up treatment.       | person | 2    | F | High blood sugar harms eyes, kidneys and nerves.
    2       | COL-E      | HEDIS   | COL-E   | Colorectal cancer screening              | higher | Hand out a FIT kit today, or refer for colonoscopy. | person | 4    | F |
    3       | COL-E      | CMS130  | CMS130  | Colorectal cancer screening              | higher | Hand out a FIT kit today, or refer for colonoscopy. | person | 4    | F |
    4       | BCS-E      | HEDIS   | BCS-E   | Breast cancer screening                  | higher | Refer for a mammogram.                             | person | 4    | F |
    5       | TRC        | HEDIS   | mrp     | Medicines reconciled after discharge     | higher | Reconcile the medicines and record it.             | episode | 1   | F |
    6       | TRC        | HEDIS   | told    | Practice told of the admission           | higher | Reconcile the medicines and record it.             | episode | 1   | T |
"""
CLAUSES = """
    rate_id | clause | role               | text
    1       | 1      | initial_population | Aged 18 to 75 on 31 Dec 2026
    1       | 2      | initial_population | Diabetes from 1 Jan 2025 to 31 Dec 2026: at least 2 on different days
    1       | 3      | exclusions         | Hospice care in the year
    1       | 4      | exclusions         | Palliative care in the year
    1       | 5      | numerator          | Last A1c of the year above 9
    1       | 6      | numerator          | No A1c from 1 Jan 2026 to 31 Dec 2026
    2       | 1      | initial_population | Aged 46 to 75 on 31 Dec 2026
    2       | 2      | initial_population | Enrolled with medical benefit for 2 years, no more than one gap of up to 45 days a year
    2       | 3      | exclusions         | Colorectal cancer, ever
    2       | 4      | exclusions         | Total colectomy, ever
    2       | 5      | numerator          | Colonoscopy from 1 Jan 2017 to 31 Dec 2026
    2       | 6      | numerator          | Stool test (FIT or FOBT) from 1 Jan 2026 to 31 Dec 2026
    3       | 1      | initial_population | Aged 46 to 75 on 31 Dec 2026
    3       | 2      | initial_population | Office visit from 1 Jan 2026 to 31 Dec 2026
    3       | 3      | exclusions         | Colorectal cancer, ever
    3       | 5      | numerator          | Colonoscopy from 1 Jan 2017 to 31 Dec 2026
    4       | 1      | initial_population | Aged 42 to 74 on 31 Dec 2026
    4       | 2      | numerator          | Mammogram from 1 Oct 2024 to 31 Dec 2026
    5       | 1      | initial_population | Discharged from a hospital stay in the year
    5       | 2      | numerator          | Medicines reconciled within 30 days of discharge
    6       | 1      | initial_population | Discharged from a hospital stay in the year
    6       | 2      | numerator          | Practice told of the admission
"""
RESULTS = """
    rate_id | period | person | unit | unit_date  | contract | initial_population | denominator | exclusion | exception | numerator | last_day   | met
    1       | 2026   | 1      | 0    |            | 7        | T                  | T           | F         | F         | T         | 2026-12-31 | 19
    1       | 2026   | 1      | 0    |            | 8        | T                  | T           | F         | F         | T         | 2026-12-31 | 19
    2       | 2026   | 1      | 0    |            | 7        | T                  | T           | F         | F         | F         | 2026-12-31 | 3
    4       | 2026   | 1      | 0    |            | 7        | T                  | T           | F         | F         | T         | 2026-12-31 | 3
    5       | 2026   | 1      | 77   | 2026-11-02 | 7        | T                  | T           | F         | F         | F         | 2026-11-30 | 1
    6       | 2026   | 1      | 77   | 2026-11-02 | 7        | T                  | T           | F         | F         | F         | 2026-11-30 | 1
    5       | 2026   | 1      | 78   | 2026-02-02 | 7        | T                  | T           | F         | F         | F         | 2026-03-04 | 1
    1       | 2026   | 2      | 0    |            | 7        | T                  | T           | F         | F         | F         | 2026-12-31 | 3
    2       | 2026   | 2      | 0    |            | 7        | T                  | T           | T         | F         | F         | 2026-12-31 | 7
    3       | 2026   | 3      | 0    |            | 0        | T                  | T           | F         | F         | F         | 2026-12-31 | 3
    2       | 2026   | 20     | 0    |            | 7        | T                  | T           | F         | F         | F         | 2026-12-31 | 3
    2       | 2026   | 30     | 0    |            | 7        | T                  | T           | F         | F         | F         | 2026-12-31 | 3
    2       | 2026   | 40     | 0    |            | 7        | T                  | T           | F         | F         | F         | 2026-12-31 | 3
"""
FOUND = f"""
    rate_id | period | person | unit | contract | clause | role               | date       | value | fact
    1       | 2026   | 1      | 0    | 7        | 2      | initial_population | 2026-01-12 |       | {FILE_3 + 40}
    1       | 2026   | 1      | 0    | 7        | 2      | initial_population | 2026-05-03 |       | {FILE_3 + 41}
    1       | 2026   | 1      | 0    | 7        | 5      | numerator          | 2026-02-12 | 9.4   | {FILE_4 + 5}
    1       | 2026   | 1      | 0    | 8        | 5      | numerator          | 2026-02-12 | 9.4   | {FILE_4 + 5}
    4       | 2026   | 1      | 0    | 7        | 2      | numerator          | 2025-08-09 |       | {FILE_3 + 44}
    2       | 2026   | 2      | 0    | 7        | 3      | exclusions         | 2019-04-04 |       | {FILE_3 + 50}
    3       | 2026   | 3      | 0    | 0        | 2      | initial_population | 2026-10-01 |       | {FILE_3 + 60}
"""
# Brownlee's colonoscopy was billed and refused, Coleman's is not decided yet.
CLAIMS = f"""
    person | fact          | claim_id | status  | received_date | start_date
    20     | {FILE_3 + 21} | c-20     | denied  | 2026-09-20    | 2026-09-01
    30     | {FILE_3 + 31} | c-30     | pending | 2026-11-10    | 2026-11-01
"""
MISSES = f"""
    rate_id | period | person | unit | contract | clause | date       | value | fact          | why
    2       | 2026   | 1      | 0    | 7        | 5      | 2015-06-01 |       | {FILE_3 + 12} | too early
    5       | 2026   | 1      | 77   | 7        | 2      |            |       |               | none found
    2       | 2026   | 20     | 0    | 7        | 5      | 2026-09-01 |       | {FILE_3 + 21} | not yet counted
    2       | 2026   | 30     | 0    | 7        | 5      | 2026-11-01 |       | {FILE_3 + 31} | not yet counted
"""
EVENTS = f"""
    concept | person | fact          | kinds                       | start_date | end_date   | value | unit
    1       | 1      | {FILE_3 + 1}  | encounter encounter_begun   | 2026-10-20 | 2026-10-20 |       |
    1       | 1      | {FILE_3 + 2}  | encounter encounter_begun   | 2026-05-03 | 2026-05-03 |       |
    2       | 1      | {FILE_4 + 5}  | observation laboratory      | 2026-02-12 | 2026-02-12 | 9.4   | %
    2       | 1      | {FILE_4 + 6}  | observation laboratory      | 2025-08-01 | 2025-08-01 | 8.8   | %
    2       | 1      | {FILE_4 + 7}  | observation laboratory      | 2025-02-01 | 2025-02-01 | 8.1   | %
    3       | 1      | {FILE_3 + 12} | procedure                   | 2015-06-01 | 2015-06-01 |       |
    4       | 1      | {FILE_3 + 40} | condition                   | 2020-01-12 | infinity   |       |
    5       | 1      | {FILE_3 + 13} | medication dispensed        | 2026-09-01 | 2026-11-29 | 90    |
    6       | 1      | {FILE_3 + 14} | immunization                | 2026-10-20 | 2026-10-20 |       |
    1       | 3      | {FILE_3 + 60} | encounter encounter_begun   | 2026-10-01 | 2026-10-01 |       |
"""
STAYS = f"""
    person | stay | admit_date | discharge_date | acute | fact
    1      | 5    | 2026-10-25 | 2026-11-02     | T     | {FILE_3 + 70}
"""
FILES = """
    file_no | delivery_no | table_name | data_source | feed  | file_name              | row_count | received_at
    3       | 1           | encounter  | ehr_a       | ehr_a | Encounter.ndjson       | 100       | 2026-11-20 06:00:00
    4       | 1           | lab_result | ehr_a       | ehr_a | Observation.ndjson     | 100       | 2026-11-20 06:00:00
    5       | 1           | appointment | ehr_a      | ehr_a | Appointment.ndjson     | 9         | 2026-11-20 06:00:00
"""
RULES = """
    table_name | rule             | wrong                   | cure         | outcome
    lab_result | lab_91_no_number | the result is no number | send numbers | doubtful
"""
WARNINGS = """
    table_name | data_source | file_name          | rule             | rows | first_row | found | cure
    lab_result | ehr_a       | Observation.ndjson | lab_91_no_number | 7    | 12        |       | send numbers
"""
APPOINTMENTS = """
    person | start_at            | status    | clinician_npi | appointment_id
    1      | 2026-11-22 08:20:00 | booked    | 1000000001    | a1
    2      | 2026-11-22 08:40:00 | booked    | 1000000001    | a2
    3      | 2026-11-22 09:00:00 | arrived   | 1000000002    | a3
    4      | 2026-11-22 09:20:00 | cancelled | 1000000001    | a4
    1      | 2026-12-01 10:00:00 | booked    | 1000000001    | a5
    4      | 2026-11-24 10:20:00 | booked    | 1000000001    | a6
    20     | 2026-11-22 09:40:00 | booked    | 1000000002    | a7
    40     | 2026-11-22 11:00:00 | booked    | 1000000004    | a8
    1      | 2026-11-02 10:00:00 | fulfilled | 1000000001    | a9
"""
DELEGABLE = """
    measure_id | assistant_action         | standing_order              | source   | unconfirmed
    GSD        | Point-of-care A1c        | Run one when none is on file | law      | yes
    COL-E      | Hand out a FIT kit       | Hand out when none on file   | law      |
"""
TABLES = {
    **house_cohorts.TABLES, **house_plans.TABLES, **house_risk.TABLES,
    "coded.person": PEOPLE, "coded.attribution": ATTRIBUTION, "coded.clinician": CLINICIANS, "coded.contract": CONTRACTS, "coded.coverage": COVERAGE,
    "coded.stay": STAYS, "reference.concept": CONCEPTS, "reference.rate": RATES, "reference.clause": CLAUSES, "result.measure_result": RESULTS,
    "evidence.found": FOUND, "result.nearest_miss": MISSES, "extract.file": FILES,
    "coded.appointment": APPOINTMENTS, "reference.delegable": DELEGABLE,
    "valid.warning": WARNINGS, "reference.rule": RULES, "coded.practice": PRACTICES, "coded.uncounted_claim": CLAIMS, "reference.benchmark": BENCHMARKS,
}


def _events() -> str:
    """EVENTS with the names of the kinds turned into bits."""
    bits, lines = macros.kind_bits(), EVENTS.strip().splitlines()
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    for row in table[1:]:
        row[3] = str(sum(bits[name] for name in row[3].split()))
    return "\n".join(" | ".join(row) for row in table)


def publish_house(home, crowd: int = 0, answers: str = "") -> None:
    """Publish the house in a home directory; `crowd` adds so many plain people to Adams, each with an open colorectal gap. answers: coded.answer."""
    version = publish.next_version(home)
    built = home / "build" / f"{version}.duckdb"
    built.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_built(version, crowd, answers), built)
    publish.publish(home, version, built)


@functools.cache
def _folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory()


@functools.cache
def _built(version: str, crowd: int, answers: str) -> Path:
    """The file of a version, made once: many tests publish the same house in a home of their own."""
    built = Path(_folder().name) / f"{version}-{crowd}-{hash(answers)}.duckdb"
    connection = database.connect(built)
    macros.prepare(connection)
    for name, text in {**TABLES, "coded.event": _events()}.items():
        drawn.create(connection, name, text)
    for name in ("reference.sensitive", "valid.reject", "valid.code", "reference.value_set_code", "reference.programme", "reference.ndc", "reference.omb_name", "history.past", "history.past_risk",
                 "history.past_panel_set", "history.past_rule", "history.then_version", "history.then_rule", "history.then_contract", "history.then_key", "history.then_result",
                 "extract.replaced_file", "coded.answer", "valid.medical_claim", "coded.diagnosed_year", "coded.attribute"):
        drawn.create_empty(connection, name, drawn._known()[name])
    load_tables(connection)
    if answers:
        drawn.create(connection, "coded.answer", answers)
    _add_crowd(connection, crowd)
    parameters = layers.layer_parameters(drawn.date.fromisoformat(AS_OF))
    layers.run_layer(connection, "history", parameters)
    if crowd:
        _add_past(connection)
    sql.create(connection, sql.relation(drawn.QUERIES / "result" / "contact.sql"), parameters)
    layers.run_layer(connection, "mart", parameters)
    connection.execute("""CREATE TABLE mart.version AS SELECT $1 AS version, CAST($2 AS DATE) AS as_of, CAST($2 AS TIMESTAMP) AS published_at,
                          (SELECT count(*) FROM coded.person) AS people""", [version, AS_OF])
    connection.execute("; ".join(f"DROP SCHEMA {schema} CASCADE" for schema in ("coded", "evidence", "result", "history", "reference", "extract", "valid")))
    connection.close()
    return built


def _add_past(connection) -> None:
    """Nine month ends of this year, whose rates rise by two points a month."""
    connection.execute("""INSERT INTO history.past BY NAME
        SELECT last_day(make_date(2026, m::INTEGER, 1)) AS as_of, c.rate_key, c.period, c.plan_key, c.panel_set, c.panel, p.clinician_npi, p.practice_id,
            p.group_id, c.denominator,
            CASE WHEN c.denominator > 100 THEN (c.denominator * m / 50)::INTEGER ELSE c.numerator END AS numerator,
            CASE WHEN c.denominator > 100 THEN (c.denominator * m / 50)::INTEGER ELSE c.closed END AS closed, c.excluded
        FROM history.unit_count AS c JOIN history.panel AS p USING (panel), range(2, 11) AS t(m)""")
    connection.execute("INSERT INTO history.past_panel_set BY NAME FROM history.panel_set")
    # In October 24 of the crowd were screened by claims that were taken back since.
    connection.execute("""
        INSERT INTO history.then_version VALUES (1, 1, DATE '2026-10-31', TIMESTAMP '2026-10-31 23:59:59');
        INSERT INTO history.then_rule FROM history.rule; INSERT INTO history.then_contract SELECT contract, product_line FROM coded.contract;
        INSERT INTO history.then_key SELECT rate_key, period, person, true FROM history.result WHERE person BETWEEN 1000 AND 1023;
        INSERT INTO history.then_result BY NAME SELECT * EXCLUDE (panel) REPLACE (true AS numerator) FROM history.result WHERE person BETWEEN 1000 AND 1023""")


def _add_crowd(connection, crowd: int) -> None:
    connection.execute("""INSERT INTO coded.person (person, person_id, first_name, last_name, birth_date, sex, has_coverage, held, data_source)
        SELECT 1000 + i, 'c-' || i, 'Case', 'Crowd' || lpad(i::VARCHAR, 3, '0'), DATE '1960-01-01' + i::INTEGER * 31, 'male', true, false, 'ehr_a'
        FROM range($1) AS t(i)""", [crowd])
    connection.execute("""INSERT INTO coded.attribution (person, contract, clinician_npi, practice_id, group_id, start_date, end_date, method)
        SELECT 1000 + i, 0, '1000000001', 'P1', 'G1', DATE '2025-01-01', DATE 'infinity', 'plan roster' FROM range($1) AS t(i)""", [crowd])
    house_plans.add_crowd(connection, crowd)
    connection.execute("""INSERT INTO result.measure_result SELECT r.* REPLACE (1000 + i AS person) FROM result.measure_result AS r, range($1) AS t(i)
        WHERE rate_id = 2 AND person = 20""", [crowd])
